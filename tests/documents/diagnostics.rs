//! Every message that a scenario file or a flag can cause, as it is shown.
//!
//! Each `tests/fixtures/diagnostics/NAME.toml` is read as the command line reads it, with the flags of `NAME.set` (one
//! NAME=VALUE a line), `NAME.given` (one proposition a line) and `NAME.variant` (one name a line) if there are any, and its messages must be those of `NAME.txt`. With `UPDATE_FIXTURES=1` in the
//! environment the `.txt` files are written instead.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use foretell::diagnostic::{
    Diagnostic, Excerpt, Hint, Severity, SourceFile, SourceId, Sources, Style, render, render_all,
};
use foretell::expression::Ident;
use foretell::scenario::{self, Attachments, Override};
use foretell::{build, diagnostic::Diagnostics};

/// Folders and files whose messages are not about what a scenario file says: they have tests of their own.
const ELSEWHERE: [&str; 8] =
    ["cli", "interchange", "analysis", "program", "simulation", "session", "chart", "report"];

#[test]
fn every_fixture_shows_its_messages() {
    let mut wrong = Vec::new();
    for path in files("toml") {
        let shown = messages(&path);
        let expected = path.with_extension("txt");
        if std::env::var_os("UPDATE_FIXTURES").is_some() {
            fs::write(&expected, &shown).expect("a fixture can be written");
        } else if fs::read_to_string(&expected).ok().as_deref() != Some(&shown) {
            wrong.push(format!("== {} shows\n{shown}", path.display()));
        }
    }
    assert!(wrong.is_empty(), "UPDATE_FIXTURES=1 accepts these:\n{}", wrong.join("\n"));
}

#[test]
fn every_fixture_has_a_message_and_every_text_its_fixture() {
    for path in files("txt") {
        assert!(path.with_extension("toml").exists(), "{} belongs to no fixture", path.display());
        let text = fs::read_to_string(&path).expect("a fixture can be read");
        assert!(text.starts_with("error[") || text.starts_with("warning["), "{} is empty", path.display());
    }
    assert!(files("toml").len() > 30, "the fixtures were not found");
}

#[test]
fn every_code_has_a_fixture() {
    let shown: String =
        files("txt").iter().map(|path| fs::read_to_string(path).expect("a fixture")).collect();
    let mut sources = Vec::new();
    collect(&root().join("src"), &mut sources);
    let codes: BTreeSet<String> = sources.iter().flat_map(|text| codes(text)).collect();
    assert!(codes.len() > 30, "the codes were not found");
    let missing: Vec<&String> = codes.iter().filter(|code| !shown.contains(&format!("[{code}]"))).collect();
    assert!(missing.is_empty(), "no fixture shows {missing:?}");
}

#[test]
fn every_error_has_a_place_and_says_what_to_write() {
    for path in files("toml") {
        let (_, found) = read(&path);
        for one in found.iter() {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            assert!(!one.labels.is_empty(), "{name}: no place: {}", one.message);
            assert!(!one.hints.is_empty(), "{name}: no hint: {}", one.message);
            assert!(!one.message.ends_with('.'), "{name}: a full stop: {}", one.message);
            assert!(
                one.labels.iter().all(|label| !label.text.is_empty()),
                "{name}: an empty label: {}",
                one.message
            );
        }
    }
}

/// Texts with 20,000 mistakes of a kind each.
fn crowds() -> [(&'static str, String, usize); 4] {
    let many = |line: &dyn Fn(usize) -> String| (0..20_000).map(line).collect::<String>();
    [
        ("expressions", many(&|at| format!("[factors.f{at}]\nvalue = 'a +'\n")), 20_000),
        (
            "names",
            format!(
                "[outcomes.a]\n[outcomes.b]\n{}",
                many(&|at| format!("[derived.d{at}]\nvalue = 'x{at}'\n"))
            ),
            20_000,
        ),
        (
            "keys",
            format!("[outcomes.a]\n[outcomes.b]\n[scenario]\n{}", many(&|at| format!("k{at} = 1\n"))),
            20_000,
        ),
        ("lines", format!("[scenario]\n{}", many(&|at| format!("k{at} = {at} {at}\n"))), 20_000),
    ]
}

#[test]
fn of_many_mistakes_the_first_are_shown_and_all_are_counted() {
    for (name, text, count) in crowds() {
        let (sources, found) = found(&Fixture { name: name.into(), texts: vec![("toml", text)] });
        assert_eq!(found.counts(), (count, 0), "{name}");
        let shown = render_all(&found, &sources, Style::Plain);
        assert_eq!(shown.matches("error[").count(), 50, "{name}");
        assert!(shown.ends_with("\n19 950 more messages not shown: mend these first\n"), "{name}");
        assert!(shown.len() < 50_000, "{name}: {} bytes", shown.len());
    }
}

#[test]
fn errors_are_shown_before_warnings() {
    let mut list = Diagnostics::new();
    list.extend((0..40).map(|at| Diagnostic::warning("odd", format!("warning {at}"))));
    list.extend((0..30).map(|at| Diagnostic::error("wrong", format!("error {at}"))));
    let (shown, hidden) = list.shown();
    let errors = shown.iter().filter(|one| one.severity == Severity::Error).count();
    assert_eq!((errors, shown.len(), hidden), (30, 50, 20));
    assert_eq!(
        (shown[0].message.as_str(), shown[20].message.as_str()),
        ("warning 0", "error 0"),
        "in their order"
    );
}

#[test]
fn a_table_passed_by_mistake_is_one_mistake() {
    let rows: String = (0..20_000).map(|at| format!("{at},{},x\n", 2 * at)).collect();
    for text in [format!("a,b,c\n{rows}"), "Will it pass?\nWe do not know.\n".into(), "a\0=\0".into()] {
        let (_, found) = found(&Fixture { name: "table".into(), texts: vec![("toml", text)] });
        assert_eq!(found.counts(), (1, 0));
    }
}

/// What a message is about, wherever it stands.
fn told(one: &Diagnostic) -> (Severity, &'static str, String) {
    (one.severity, one.code, one.message.clone())
}

#[test]
fn every_edit_mends_its_mistake_and_makes_no_other() {
    let (mut wrong, mut count) = (Vec::new(), 0);
    for path in files("toml") {
        let fixture = Fixture::open(&path);
        let (_, before) = found(&fixture);
        for one in before.iter() {
            for hint in one.hints.iter().filter(|hint| !hint.edits.is_empty()) {
                count += 1;
                let mended = fixture.mended(hint);
                let (sources, after) = found(&mended);
                let mut left: Vec<_> = before.iter().map(told).collect();
                let own = left.iter().position(|other| *other == told(one)).expect("the message itself");
                left.swap_remove(own);
                let mut new = Vec::new();
                for other in
                    after.iter().filter(|other| other.severity == Severity::Error || told(other) == told(one))
                {
                    match left.iter().position(|known| *known == told(other)) {
                        Some(at) => drop(left.swap_remove(at)),
                        None => new.push(render(other, &sources, Style::Plain)),
                    }
                }
                if !new.is_empty() {
                    wrong.push(format!(
                        "== {}: {}\n   {}\n{}",
                        fixture.name,
                        one.message,
                        hint.text,
                        new.concat()
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {count} edits lead to:\n{}", wrong.len(), wrong.join("\n"));
    assert!(count > 150, "only {count} edits were found");
}

/// Words that promise what is to be written.
const PROMISES: [&str; 4] = ["write `", "did you mean", "leave the quotes out: `", "put it in quotes: `"];

/// Hints that promise it and can't do it: nothing in the file stands where it would be written.
const UNDOABLE: [&str; 0] = [];

#[test]
fn every_hint_that_says_what_to_write_carries_the_edit() {
    let mut wrong = Vec::new();
    for path in files("toml") {
        let (_, before) = read(&path);
        for hint in before.iter().flat_map(|one| &one.hints).filter(|hint| hint.edits.is_empty()) {
            let is_promise = PROMISES.iter().any(|words| hint.text.contains(words));
            if is_promise && UNDOABLE.iter().all(|words| !hint.text.contains(words)) {
                wrong.push(format!("{}: {}", path.file_name().unwrap_or_default().display(), hint.text));
            }
        }
    }
    assert!(wrong.is_empty(), "without an edit:\n{}", wrong.join("\n"));
}

fn messages(path: &Path) -> String {
    let (sources, found) = read(path);
    render_all(&found, &sources, Style::Plain)
}

/// A fixture: its file, and the lines of its flags in the order in which they become sources.
#[derive(Clone)]
struct Fixture {
    name: String,
    texts: Vec<(&'static str, String)>,
}

/// The flags that fixtures have, by the endings of their files, in the order in which they are read.
const FLAGS: [&str; 6] = ["set", "given", "vary", "also", "joint", "variant"];

impl Fixture {
    fn open(path: &Path) -> Fixture {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let mut texts = vec![("toml", fs::read_to_string(path).expect("a fixture can be read"))];
        for flag in FLAGS {
            let lines = fs::read_to_string(path.with_extension(flag)).unwrap_or_default();
            texts.extend(lines.lines().map(|line| (flag, line.to_string())));
        }
        Fixture { name, texts }
    }

    /// The fixture as a hint would have it.
    fn mended(&self, hint: &Hint) -> Fixture {
        let mut mended = self.clone();
        let mut edits = hint.edits.clone();
        edits.sort_by_key(|edit| std::cmp::Reverse(edit.span));
        for edit in &edits {
            let text = &mut mended.texts[usize::from(edit.span.source.0)].1;
            // Sources begin behind a byte order mark.
            let mark = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
            let range = edit.span.range();
            text.replace_range(range.start + mark..range.end + mark, &edit.text);
        }
        mended
    }
}

/// All messages about a file and its flags, as the command line finds them.
fn read(path: &Path) -> (Sources, Diagnostics) {
    found(&Fixture::open(path))
}

fn found(fixture: &Fixture) -> (Sources, Diagnostics) {
    let name = &fixture.name;
    let mut sources = Sources::new(SourceFile::new(name.as_str(), fixture.texts[0].1.as_str()));
    let (mut document, mut found) = scenario::parse(sources.file());
    let overrides = flags("set", fixture, &mut sources, &mut found, scenario::parse_override);
    document.given = flags("given", fixture, &mut sources, &mut found, scenario::parse_given);
    flags("vary", fixture, &mut sources, &mut found, scenario::parse_stretch);
    flags("also", fixture, &mut sources, &mut found, scenario::parse_levels);
    flags("joint", fixture, &mut sources, &mut found, scenario::parse_list);
    let named = |file: &SourceFile, id| {
        let span = Excerpt::verbatim(id, 0, file.text.as_str()).whole();
        document.variant(&Ident { text: file.text.to_string(), span }).cloned()
    };
    flags("variant", fixture, &mut sources, &mut found, named);
    if found.iter().all(|one| one.code != "toml-syntax") {
        let named = overrides.iter().flat_map(Override::attachments).map(|(name, _)| name);
        let attachments =
            named.chain(document.attachments.keys().cloned()).map(attachment).collect::<Attachments>();
        let (model, more) = build::build(&document, &attachments, &overrides);
        assert!(model.is_none() || !more.has_errors(), "{name}: a model in spite of errors");
        found.extend(more);
        for variant in &document.variants {
            let (model, more) = build::build_variant(&document, &attachments, &overrides, variant);
            assert!(model.is_none() || !more.has_errors(), "{name}: a variant in spite of errors");
            let new: Vec<Diagnostic> =
                more.iter().filter(|one| found.iter().all(|known| known != *one)).cloned().collect();
            found.extend(new);
        }
        assert!(model.is_some() || found.has_errors(), "{name}: no model, and no reason");
    }
    found.sort();
    (sources, found)
}

/// Each of the flags of one kind.
fn flags<T>(
    flag: &str,
    fixture: &Fixture,
    sources: &mut Sources,
    found: &mut Diagnostics,
    parse: impl Fn(&SourceFile, SourceId) -> Result<T, Diagnostic>,
) -> Vec<T> {
    let mut read = Vec::new();
    for (_, line) in fixture.texts.iter().filter(|(kind, _)| *kind == flag) {
        let source = SourceFile::new(format!("--{flag}"), line.as_str());
        let id = sources.add(source.clone());
        match parse(&source, id) {
            Ok(one) => read.push(one),
            Err(problem) => found.push(problem),
        }
    }
    read
}

fn attachment(name: String) -> (String, Result<String, String>) {
    let content = fs::read_to_string(folder().join(&name)).map_err(|_| "no such file".to_string());
    (name, content)
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn folder() -> PathBuf {
    root().join("tests/fixtures/diagnostics")
}

fn files(ending: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder()).expect("the fixtures' folder can be read");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|found| found == ending));
    paths.sort();
    paths
}

/// The texts of all sources that speak about scenario files.
fn collect(folder: &Path, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).expect("the source folder can be read") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().to_string();
        if path.is_dir() && !ELSEWHERE.contains(&name.as_str()) {
            collect(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(fs::read_to_string(&path).expect("a source file can be read"));
        }
    }
}

/// The first arguments of `Diagnostic::error(…)` and `Diagnostic::warning(…)`, outside comments.
fn codes(text: &str) -> Vec<String> {
    let code: String = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
    let calls = code.split("Diagnostic::error(").skip(1).chain(code.split("Diagnostic::warning(").skip(1));
    calls
        .filter_map(|rest| rest.trim_start().strip_prefix('"')?.split('"').next().map(String::from))
        .collect()
}

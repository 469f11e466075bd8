//! Every message that a scenario file or a flag can cause, as it is shown.
//!
//! Each `tests/fixtures/diagnostics/NAME.toml` is read as the command line reads it, with the flags of `NAME.set` (one
//! NAME=VALUE a line), `NAME.given` (one proposition a line) and `NAME.variant` (one name a line) if there are any, and its messages must be those of `NAME.txt`. With `UPDATE_FIXTURES=1` in the
//! environment the `.txt` files are written instead.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use foretell::diagnostic::{Diagnostic, Excerpt, SourceFile, SourceId, Sources, Style, render_all};
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

fn messages(path: &Path) -> String {
    let (sources, found) = read(path);
    render_all(&found, &sources, Style::Plain)
}

/// All messages about a file and its flags, as the command line finds them.
fn read(path: &Path) -> (Sources, Diagnostics) {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let text = fs::read_to_string(path).expect("a fixture can be read");
    let mut sources = Sources::new(SourceFile::new(name, text));
    let (mut document, mut found) = scenario::parse(sources.file());
    let set = path.with_extension("set");
    let overrides = flags("--set", &set, &mut sources, &mut found, scenario::parse_override);
    let given = path.with_extension("given");
    document.given = flags("--given", &given, &mut sources, &mut found, scenario::parse_given);
    let name = |file: &SourceFile, id| {
        let span = Excerpt::verbatim(id, 0, file.text.as_str()).whole();
        document.variant(&Ident { text: file.text.to_string(), span }).cloned()
    };
    flags("--vary", &path.with_extension("vary"), &mut sources, &mut found, scenario::parse_stretch);
    flags("--also", &path.with_extension("also"), &mut sources, &mut found, scenario::parse_levels);
    flags("--joint", &path.with_extension("joint"), &mut sources, &mut found, scenario::parse_list);
    flags("--variant", &path.with_extension("variant"), &mut sources, &mut found, name);
    if found.iter().all(|one| one.code != "toml-syntax") {
        let named = overrides.iter().flat_map(Override::attachments).map(|(name, _)| name);
        let attachments =
            named.chain(document.attachments.keys().cloned()).map(attachment).collect::<Attachments>();
        let (model, more) = build::build(&document, &attachments, &overrides);
        assert!(model.is_none() || !more.has_errors(), "{}: a model in spite of errors", path.display());
        found.extend(more);
        for variant in &document.variants {
            let (model, more) = build::build_variant(&document, &attachments, &overrides, variant);
            assert!(
                model.is_none() || !more.has_errors(),
                "{}: a variant in spite of errors",
                path.display()
            );
            let new: Vec<Diagnostic> =
                more.iter().filter(|one| found.iter().all(|known| known != *one)).cloned().collect();
            found.extend(new);
        }
        assert!(model.is_some() || found.has_errors(), "{}: no model, and no reason", path.display());
    }
    found.sort();
    (sources, found)
}

/// One flag a line.
fn flags<T>(
    flag: &str,
    path: &Path,
    sources: &mut Sources,
    found: &mut Diagnostics,
    parse: impl Fn(&SourceFile, SourceId) -> Result<T, Diagnostic>,
) -> Vec<T> {
    let mut read = Vec::new();
    for line in fs::read_to_string(path).unwrap_or_default().lines() {
        let source = SourceFile::new(flag, line);
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

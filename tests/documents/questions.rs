//! `docs/questions.md` and `docs/tutorial.md`: every answer and every picture in them is what the command that stands there
//! gives.
//!
//! `just questions` writes them. A section needs no more than a heading, a `console` block with the command, and where it has a
//! picture a line `![what it shows](pictures/ANYTHING/CHART.svg)`: the chart of that name among the command's files. The `text`
//! block behind the command is filled in, and added where there is none; `text first=12` keeps its first twelve lines.

#![allow(clippy::disallowed_methods)]
#![cfg(all(feature = "cli", feature = "charts"))]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

const QUESTIONS: &str = "docs/questions.md";
const DOCUMENTS: [&str; 2] = [QUESTIONS, "docs/tutorial.md"];

fn document(path: &str) -> String {
    std::fs::read_to_string(root(path)).expect("a file of the project")
}

// The document.

/// A part of the document.
#[derive(Clone, Debug, PartialEq)]
enum Item {
    Line(String),
    /// What stands behind the opening fence, and the lines up to the closing one.
    Block(String, Vec<String>),
}

fn items(document: &str) -> Vec<Item> {
    let mut lines = document.lines();
    let mut found = Vec::new();
    while let Some(line) = lines.next() {
        found.push(match line.strip_prefix("```") {
            None => Item::Line(line.into()),
            Some(mark) => Item::Block(
                mark.into(),
                lines.by_ref().take_while(|line| *line != "```").map(String::from).collect(),
            ),
        });
    }
    found
}

fn written(items: &[Item]) -> String {
    let text = |item: &Item| match item {
        Item::Line(line) => format!("{line}\n"),
        Item::Block(mark, lines) => {
            format!("```{mark}\n{}```\n", lines.iter().map(|one| format!("{one}\n")).collect::<String>())
        }
    };
    items.iter().map(text).collect()
}

fn is_marked(item: &Item, word: &str) -> bool {
    matches!(item, Item::Block(mark, _) if mark.split(' ').next() == Some(word))
}

/// What a command gives: what it prints, and the charts among its files by their names.
#[derive(Clone, Debug, Default)]
struct Given {
    printed: String,
    charts: BTreeMap<String, Vec<u8>>,
}

type Pictures = BTreeMap<String, Vec<u8>>;

/// The document with every answer in it as `ask` gives it, and its pictures by their paths.
fn renewed(document: &str, mut ask: impl FnMut(&str) -> Given) -> (String, Pictures) {
    let (mut old, mut new, mut pictures) =
        (items(document).into_iter().peekable(), Vec::new(), Pictures::new());
    let mut given = Given::default();
    while let Some(item) = old.next() {
        if let Item::Line(line) = &item
            && let Some(path) = picture(line)
        {
            let chart = path.rsplit('/').next().unwrap_or(path);
            let bytes = given.charts.get(chart);
            pictures.insert(path.into(), bytes.unwrap_or_else(|| panic!("no chart {chart}: {line}")).clone());
        }
        let commands = if is_marked(&item, "console") { commands(&item) } else { Vec::new() };
        new.push(item);
        if commands.is_empty() {
            continue;
        }
        given = commands.iter().map(|one| ask(one)).fold(Given::default(), joined);
        new.push(Item::Line(String::new()));
        while old.next_if(|item| *item == Item::Line(String::new())).is_some() {}
        let mark = match old.next_if(|item| is_marked(item, "text")) {
            Some(Item::Block(mark, _)) => mark,
            _ => "text".into(),
        };
        new.push(Item::Block(mark.clone(), shortened(&given.printed, &mark)));
        if old.peek().is_some_and(|item| *item != Item::Line(String::new())) {
            new.push(Item::Line(String::new()));
        }
    }
    (written(&new), pictures)
}

/// The commands of a block, without their `$`.
fn commands(block: &Item) -> Vec<String> {
    let Item::Block(_, lines) = block else { return Vec::new() };
    let command =
        |line: &String| line.strip_prefix("$ ").unwrap_or_else(|| panic!("no command: {line}")).to_string();
    lines.iter().map(command).collect()
}

fn joined(mut one: Given, other: Given) -> Given {
    one.charts.extend(other.charts);
    Given { printed: one.printed + &other.printed, ..one }
}

/// The path of a line that is a picture.
fn picture(line: &str) -> Option<&str> {
    line.strip_prefix("![")?.split_once("](")?.1.strip_suffix(')')
}

/// As many lines as the mark wants, and a sign where there are more.
fn shortened(printed: &str, mark: &str) -> Vec<String> {
    let most = mark.split_once("first=").map_or(usize::MAX, |(_, count)| count.parse().expect("a number"));
    let all: Vec<String> = printed.trim_end().lines().map(|line| line.trim_end().into()).collect();
    let more = (all.len() > most).then(|| "…".into());
    all.into_iter().take(most).chain(more).collect()
}

// The command.

/// The words of a command, without a comment at its end; quotes hold a word together.
fn words(command: &str) -> Vec<String> {
    let (mut found, mut quote) = (vec![String::new()], None);
    for letter in command.chars() {
        match (quote, letter) {
            (Some(open), letter) if open == letter => quote = None,
            (None, '\'' | '"') => quote = Some(letter),
            (None, '#') if found.last().is_some_and(String::is_empty) => break,
            (None, ' ') => found.push(String::new()),
            (_, letter) => found.last_mut().expect("a word").push(letter),
        }
    }
    found.retain(|word| !word.is_empty());
    found
}

/// Runs a command of the document in the project's folder; its files go elsewhere.
fn ask(command: &str) -> Given {
    let words = words(command);
    assert_eq!(words.first().map(String::as_str), Some("foretell"), "{command}");
    let folder = tempfile::tempdir().expect("a folder");
    let mut run = Command::new(env!("CARGO_BIN_EXE_foretell"));
    run.current_dir(root("")).args(&words[1..]).arg("-o").arg(folder.path().join("out"));
    let said = run.output().expect("the command runs");
    // A claim that does not hold is an answer too.
    assert!(
        matches!(said.status.code(), Some(0 | 1)),
        "{command}\n{}",
        String::from_utf8_lossy(&said.stderr)
    );
    let charts = std::fs::read_dir(folder.path().join("out/charts")).into_iter().flatten();
    let chart = |entry: std::io::Result<std::fs::DirEntry>| {
        let entry = entry.expect("an entry");
        (entry.file_name().to_string_lossy().into_owned(), std::fs::read(entry.path()).expect("a chart"))
    };
    Given { printed: String::from_utf8(said.stdout).expect("text"), charts: charts.map(chart).collect() }
}

/// The verbs of the command.
fn verbs() -> Vec<String> {
    let said = Command::new(env!("CARGO_BIN_EXE_foretell")).arg("--help").output().expect("the command runs");
    let help = String::from_utf8(said.stdout).expect("text");
    let list = help.split_once("Commands:\n").expect("a list").1.split("\n\n").next().unwrap_or_default();
    let first = |line: &str| line.strip_prefix("  ").filter(|line| !line.starts_with(' ')).map(String::from);
    list.lines().filter_map(first).filter_map(|line| Some(line.split(' ').next()?.to_string())).collect()
}

// What must hold.

/// The pictures of the document, by their paths in `docs`; the gallery has its own.
fn own_pictures() -> Vec<String> {
    let mut all = files(&root("docs/pictures"));
    all.retain(|path| !path.starts_with("pictures/gallery/"));
    all
}

/// The files below a folder, by their paths in `docs`.
fn files(folder: &Path) -> Vec<String> {
    let entries =
        std::fs::read_dir(folder).into_iter().flatten().map(|entry| entry.expect("an entry").path());
    let each = |path: PathBuf| match path.is_dir() {
        true => files(&path),
        false => {
            vec![path.strip_prefix(root("docs")).expect("below docs").to_string_lossy().replace('\\', "/")]
        }
    };
    entries.flat_map(each).collect()
}

fn bless(documents: &[(&str, String)], pictures: &Pictures) {
    for path in own_pictures().iter().filter(|path| !pictures.contains_key(*path)) {
        std::fs::remove_file(root("docs").join(path)).expect("a picture can be removed");
    }
    for (path, bytes) in pictures {
        let path = root("docs").join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder can be made");
        std::fs::write(path, bytes).expect("a picture can be written");
    }
    for (path, document) in documents {
        std::fs::write(root(path), document).expect("the document can be written");
    }
}

#[test]
fn the_documents_are_what_the_commands_give() {
    let (mut wanted, mut pictures) = (Vec::new(), Pictures::new());
    for path in DOCUMENTS {
        let (text, shown) = renewed(&document(path), ask);
        wanted.push((path, text));
        pictures.extend(shown);
    }
    if std::env::var_os("BLESS").is_some() {
        return bless(&wanted, &pictures);
    }
    let hint = "`just questions` writes the documents and their pictures";
    for (path, wanted) in &wanted {
        let document = document(path);
        let differs = document.lines().zip(wanted.lines()).find(|(is, should)| is != should);
        assert!(document == *wanted, "{hint}: {path}: {differs:?}");
    }
    let mut there = own_pictures();
    there.sort();
    assert!(pictures.keys().eq(&there), "{hint}: {:?} and {there:?}", pictures.keys());
    for (path, bytes) in &pictures {
        assert!(std::fs::read(root("docs").join(path)).is_ok_and(|own| own == *bytes), "{hint}: {path}");
    }
}

/// Verbs that put no question to a scenario.
const OTHERS: [&str; 6] = ["plot", "merge", "new", "import", "schema", "help"];

#[test]
fn every_question_has_a_section() {
    let document = document(QUESTIONS);
    let asked: Vec<String> =
        items(&document).iter().filter(|item| is_marked(item, "console")).flat_map(commands).collect();
    for verb in verbs().into_iter().filter(|verb| !OTHERS.contains(&verb.as_str())) {
        let start = format!("foretell {verb} ");
        assert!(asked.iter().any(|command| command.starts_with(&start)), "no section asks `{start}…`");
    }
    for section in document.split("\n## ").skip(1) {
        let heading = section.lines().next().unwrap_or_default();
        for part in ["```console\n$ foretell ", "```text", "**How to read it.**", "**What it is not.**"] {
            assert!(section.contains(part), "{heading}: no {part}");
        }
    }
}

// The mechanism.

fn given(command: &str) -> Given {
    let charts = BTreeMap::from([("bars.svg".to_string(), command.as_bytes().to_vec())]);
    Given { printed: format!("{command}\ntwo  \nthree\n"), charts }
}

#[test]
fn answers_are_put_behind_their_commands() {
    let stale =
        "# A\n\n```console\n$ foretell x\n```\n\n```text first=2\nold\n```\n\n![Bars](pictures/a/bars.svg)\n";
    let fresh = "# A\n\n```console\n$ foretell x\n```\n\n```text first=2\nforetell x\ntwo\n…\n```\n\n![Bars](pictures/a/bars.svg)\n";
    let (found, pictures) = renewed(stale, given);
    assert_eq!(found, fresh);
    assert_eq!(pictures, Pictures::from([("pictures/a/bars.svg".into(), b"foretell x".to_vec())]));
    assert_eq!(renewed(fresh, given).0, fresh);
    assert_ne!(
        renewed(&fresh.replace("foretell x\ntwo", "foretell x\n2"), given).0,
        fresh.replace("two", "2")
    );
}

#[test]
fn a_heading_a_command_and_a_picture_are_enough() {
    let bare = "## A\n```console\n$ foretell x\n$ foretell y\n```\n![Bars](pictures/bars.svg)\n";
    let whole = "## A\n```console\n$ foretell x\n$ foretell y\n```\n\n```text\nforetell x\ntwo\nthree\nforetell y\ntwo\nthree\n```\n\n![Bars](pictures/bars.svg)\n";
    let (found, pictures) = renewed(bare, given);
    assert_eq!((found.as_str(), pictures.len()), (whole, 1));
    assert_eq!(renewed(whole, given).0, whole);
}

#[test]
#[should_panic(expected = "no chart dots.svg")]
fn a_picture_that_no_command_gives_is_refused() {
    renewed("```console\n$ foretell x\n```\n![Dots](pictures/dots.svg)\n", given);
}

#[test]
fn words_are_those_of_a_shell() {
    assert_eq!(
        words("foretell run x.toml --joint 'a > 0.6, b' # why"),
        ["foretell", "run", "x.toml", "--joint", "a > 0.6, b"]
    );
    assert_eq!(words("a  \"b # c\""), ["a", "b # c"]);
}

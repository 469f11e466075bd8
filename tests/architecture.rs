//! The floors of the house: what each module may know. `docs/architecture.md` explains them.

#![allow(clippy::disallowed_methods)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Floors from the ground up; on each, modules from left to right. A module may use modules of lower floors, and on its
/// own floor those to its left.
const FLOORS: [&[&str]; 9] = [
    &["math", "diagnostic"],
    &["random", "distribution", "statistics", "design"],
    &["expression", "scenario", "interchange"],
    &["model"],
    &["program"],
    &["simulation"],
    &["analysis"],
    &["chart", "report"],
    &["cli"],
];

/// What has one owner: the words that give it away, and the only place where they may stand.
const OWNERS: [(&str, &[&str], &str); 8] = [
    ("threads that compute", &["rayon"], "src/simulation/"),
    ("the drawing library", &["plotters"], "src/chart/draw.rs"),
    ("TOML", &["toml::"], "src/scenario/"),
    ("files", &["std::fs", "fs::", "File::open", "File::create"], "src/cli/"),
    ("printing", &["println!", "eprintln!", "print!", "eprint!", "stdout()", "stderr()"], "src/cli/"),
    ("arguments and the environment", &["std::env", "clap::"], "src/cli/"),
    ("the clock", &["std::time", "Instant::", "SystemTime"], "src/cli/"),
    ("JSON", &["serde_json"], "src/report/"),
];

/// Longer files hold two nouns.
const LONGEST_FILE: usize = 520;

struct Source {
    path: PathBuf,
    /// The text without comments and without the unit tests at its end.
    code: String,
}

fn sources() -> Vec<Source> {
    let mut found = Vec::new();
    collect(Path::new(env!("CARGO_MANIFEST_DIR")).join("src").as_path(), &mut found);
    assert!(found.len() > 50, "the sources were not found");
    found
}

fn collect(folder: &Path, found: &mut Vec<Source>) {
    let entries = std::fs::read_dir(folder).expect("the source folder can be read");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            collect(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let text = std::fs::read_to_string(&path).expect("a source file can be read");
            found.push(Source { path: relative(&path), code: code(&text) });
        }
    }
}

fn relative(path: &Path) -> PathBuf {
    path.strip_prefix(env!("CARGO_MANIFEST_DIR")).expect("inside the project").to_path_buf()
}

fn code(text: &str) -> String {
    let body = text.split("#[cfg(test)]").next().unwrap_or("");
    let uncommented = body.lines().map(|line| line.split("//").next().unwrap_or(""));
    uncommented.collect::<Vec<_>>().join("\n")
}

fn module(path: &Path) -> Option<String> {
    let inner = path.strip_prefix("src").ok()?;
    let first = inner.components().next()?.as_os_str().to_string_lossy().to_string();
    Some(first.trim_end_matches(".rs").to_string())
}

/// Position in the house: floor, then place on the floor.
fn positions() -> BTreeMap<&'static str, (usize, usize)> {
    let place = |(floor, modules): (usize, &&'static [&'static str])| {
        modules.iter().enumerate().map(move |(at, name)| (*name, (floor, at))).collect::<Vec<_>>()
    };
    FLOORS.iter().enumerate().flat_map(place).collect()
}

/// The modules that a piece of code names through `crate::`, also in braces.
fn mentions(code: &str) -> Vec<String> {
    let words = |text: &str| -> String {
        text.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect()
    };
    let mut found = Vec::new();
    for rest in code.split("crate::").skip(1) {
        match rest.strip_prefix('{') {
            Some(list) => {
                let end = list.find(';').unwrap_or(list.len());
                found.extend(list[..end].split(',').map(|item| words(item.trim())));
            }
            None => found.push(words(rest)),
        }
    }
    found
}

/// Every use that goes up or to the right.
fn violations(sources: &[Source]) -> Vec<String> {
    let positions = positions();
    let mut found = Vec::new();
    for source in sources {
        let Some(here) = module(&source.path).and_then(|name| positions.get(name.as_str()).copied()) else {
            continue;
        };
        for name in mentions(&source.code) {
            if positions.get(name.as_str()).is_some_and(|there| *there > here) {
                found.push(format!("{} uses `{name}`, which stands above it", source.path.display()));
            }
        }
    }
    found
}

#[test]
fn every_module_has_its_floor() {
    let positions = positions();
    for source in sources() {
        let name = module(&source.path).expect("a module");
        let known = positions.contains_key(name.as_str()) || ["lib", "main"].contains(&name.as_str());
        assert!(known, "{} stands on no floor", source.path.display());
    }
}

#[test]
fn nobody_looks_up() {
    let found = violations(&sources());
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn looking_up_would_be_seen() {
    let planted = |code: &str| vec![Source { path: "src/model/planted.rs".into(), code: code.into() }];
    assert_eq!(violations(&planted("use crate::simulation::Plan;")).len(), 1);
    assert_eq!(violations(&planted("use crate::{math, report::Table};")).len(), 1);
    assert_eq!(violations(&planted("fn f() -> crate::chart::Picture {}")).len(), 1);
    assert_eq!(violations(&planted("use crate::expression::Expr;")).len(), 0);
}

#[test]
fn everything_has_one_owner() {
    for source in sources() {
        let path = source.path.to_string_lossy().replace('\\', "/");
        for (what, words, owner) in &OWNERS {
            let word = words.iter().find(|word| source.code.contains(**word));
            let allowed = path.starts_with(owner) || path == "src/main.rs";
            assert!(
                word.is_none() || allowed,
                "{path} knows {what} (`{}`): that is {owner}'s",
                word.unwrap_or(&"")
            );
        }
    }
}

#[test]
fn no_file_holds_two_nouns() {
    for source in sources() {
        let lines = source.code.lines().count();
        assert!(lines <= LONGEST_FILE, "{} has {lines} lines: split it", source.path.display());
    }
}

#[test]
fn core_types_do_not_know_serde() {
    for source in sources() {
        assert!(!source.code.contains("serde::"), "{} uses serde", source.path.display());
    }
}

//! The floors of the house: what each module may know. `docs/architecture.md` explains them.

#![allow(clippy::disallowed_methods)]

mod circles;
mod names;
mod recipes;
mod source;

use std::collections::BTreeMap;

use circles::circles;
use names::Crate;
use source::{Source, sources};

/// Floors from the ground up; on each, modules from left to right. A module may use modules of lower floors, and on its
/// own floor those to its left.
const FLOORS: [&[&str]; 10] = [
    &["math", "limits", "diagnostic"],
    &["random", "distribution", "statistics", "design"],
    &["expression", "scenario", "interchange"],
    &["model", "build"],
    &["program"],
    &["simulation"],
    &["analysis"],
    &["session"],
    &["chart", "report"],
    &["cli"],
];

/// What has one owner: the words that give it away, and the only place where they may stand.
const OWNERS: [(&str, &[&str], &str); 9] = [
    ("threads that compute", &["rayon"], "src/simulation/"),
    ("the drawing library", &["plotters"], "src/chart/draw/"),
    ("TOML", &["toml::"], "src/scenario/"),
    ("files", &["std::fs", "fs::", "File::open", "File::create"], "src/cli/"),
    ("printing", &["println!", "eprintln!", "print!", "eprint!", "stdout()", "stderr()"], "src/cli/"),
    ("arguments and the environment", &["std::env", "clap::"], "src/cli/"),
    ("the clock", &["std::time", "Instant::", "SystemTime"], "src/cli/"),
    ("JSON", &["serde_json"], "src/report/"),
    ("the policies of answers", &["::is_too_rare"], "src/session/"),
];

/// What a model may know of the scenario file: plain facts that go through as they are.
const FACTS: [&str; 5] = ["CorrelationKind", "Date", "Header", "Located", "Origin"];

/// Longer files hold two nouns, or say in a line `//! Long because …` why they do not.
const LONGEST_FILE: usize = 450;

/// Longer files without a reason. The list can only shrink.
const LONG: [&str; 0] = [];

/// The circles between files of one folder. The list can only shrink.
const CIRCLES: [(&str, &[&str]); 0] = [];

/// Position in the house: floor, then place on the floor.
fn positions() -> BTreeMap<&'static str, (usize, usize)> {
    let place = |(floor, modules): (usize, &&'static [&'static str])| {
        modules.iter().enumerate().map(move |(at, name)| (*name, (floor, at))).collect::<Vec<_>>()
    };
    FLOORS.iter().enumerate().flat_map(place).collect()
}

/// Every use that goes up or to the right.
fn violations(sources: &[Source]) -> Vec<String> {
    let positions = positions();
    let place = |path: &[String]| path.first().and_then(|name| positions.get(name.as_str()));
    let mut found = Vec::new();
    for (here, used) in Crate::read(sources).uses() {
        for there in used {
            if place(&here).zip(place(&there)).is_some_and(|(here, there)| there > here) {
                found.push(format!(
                    "`{}` uses `{}`, which stands above it",
                    here.join("::"),
                    there.join("::")
                ));
            }
        }
    }
    found
}

#[test]
fn every_module_has_its_floor() {
    let positions = positions();
    for source in sources() {
        let path = source.module();
        let known = path.first().is_none_or(|name| name == "main" || positions.contains_key(name.as_str()));
        assert!(known, "{} stands on no floor", source.name());
    }
}

#[test]
fn nobody_looks_up() {
    let found = violations(&sources());
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn looking_up_would_be_seen() {
    let planted = |code: &str| {
        let faces = FLOORS
            .iter()
            .flat_map(|floor| floor.iter())
            .map(|name| Source::new(format!("src/{name}/mod.rs"), ""));
        faces.chain([Source::new("src/model/planted.rs", code)]).collect::<Vec<_>>()
    };
    let count = |code: &str| violations(&planted(code)).len();
    assert_eq!(count("use crate::simulation::Plan;"), 1);
    assert_eq!(count("#[cfg(test)]\nmod tests;\nuse crate::{math, report::Table};"), 1);
    assert_eq!(count("fn f() -> crate::chart::Picture {}"), 1);
    assert_eq!(count("use super::super::cli;"), 1);
    assert_eq!(count("use crate::expression::Expr;"), 0);
    assert_eq!(count("#[cfg(test)]\nuse crate::cli;"), 0);
}

/// What the model knows of documents, as module and path.
fn documents_known(sources: &[Source]) -> Vec<String> {
    let model = Crate::read(sources)
        .named()
        .into_iter()
        .filter(|(here, _)| here.first().is_some_and(|one| one == "model"));
    let is_fact = |path: &[String]| path.len() == 2 && FACTS.contains(&path[1].as_str());
    let strange = model.flat_map(|(_, paths)| paths).filter(|path| path[0] == "scenario" && !is_fact(path));
    strange.map(|path| path.join("::")).collect()
}

#[test]
fn the_model_knows_no_document() {
    assert_eq!(documents_known(&sources()), [""; 0]);
    let planted = |code: &str| {
        let faces = ["model", "scenario"].map(|name| Source::new(format!("src/{name}/mod.rs"), ""));
        documents_known(
            &faces.into_iter().chain([Source::new("src/model/planted.rs", code)]).collect::<Vec<_>>(),
        )
    };
    assert_eq!(planted("use crate::scenario::{Date, Document};"), ["scenario::Document"]);
    assert_eq!(planted("use crate::scenario;"), ["scenario"]);
}

#[test]
fn files_use_each_other_without_circles() {
    let found = circles(&sources());
    let known: Vec<circles::Circle> = CIRCLES
        .iter()
        .map(|(folder, names)| (folder.to_string(), names.iter().map(|one| one.to_string()).collect()))
        .collect();
    let new: Vec<_> = found.iter().filter(|one| !known.contains(one)).collect();
    assert!(new.is_empty(), "files that stand in circles: {new:#?}");
    let gone: Vec<_> = known.iter().filter(|one| !found.contains(one)).collect();
    assert!(gone.is_empty(), "no circles any more, to be taken from the list: {gone:#?}");
}

#[test]
fn everything_has_one_owner() {
    for source in sources() {
        let path = source.name();
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

/// Whether a file is too long, and does not say why.
fn is_long(source: &Source) -> bool {
    let has_reason = source.text.lines().any(|line| line.starts_with("//! Long because "));
    source.text.lines().count() > LONGEST_FILE && !has_reason
}

#[test]
fn no_file_holds_two_nouns() {
    for source in sources() {
        let (name, lines) = (source.name(), source.text.lines().count());
        match LONG.contains(&name.as_str()) {
            false => {
                assert!(!is_long(&source), "{name} has {lines} lines: split it, or say `//! Long because …`")
            }
            true => assert!(is_long(&source), "{name} is not too long any more: take it from the list"),
        }
    }
}

#[test]
fn two_nouns_would_be_seen() {
    let long = "fn f() {}\n".repeat(LONGEST_FILE + 1);
    assert!(is_long(&Source::new("src/planted.rs", long.clone())));
    assert!(!is_long(&Source::new("src/planted.rs", format!("//! Long because it is planted.\n{long}"))));
    assert!(!is_long(&Source::new("src/planted.rs", "fn f() {}\n")));
}

/// Whether a file of the floors up to the engine knows how findings are written.
fn knows_serde(source: &Source) -> bool {
    let floor = source.module().first().and_then(|name| positions().get(name.as_str()).map(|one| one.0));
    floor.is_some_and(|floor| floor <= 5)
        && ["serde::", "serde(", "schemars"].iter().any(|word| source.code.contains(word))
}

#[test]
fn serde_stays_out_of_the_lower_floors() {
    let found: Vec<String> = sources().iter().filter(|one| knows_serde(one)).map(Source::name).collect();
    assert_eq!(found, [""; 0]);
    assert!(knows_serde(&Source::new("src/model/planted.rs", "use serde::Serialize;")));
    assert!(!knows_serde(&Source::new("src/analysis/planted.rs", "use serde::Serialize;")));
}

/// The verbs and formats that a file names, where it must know none.
fn verbs_known(source: &Source) -> Vec<&'static str> {
    let words = ["RunFinding", "UpdateFinding", "CheckFinding", "analysis::", "session::"];
    words.into_iter().filter(|word| source.code.contains(word)).collect()
}

#[test]
fn forms_know_no_verb() {
    let forms: Vec<Source> =
        sources().into_iter().filter(|one| one.name().starts_with("src/report/form/")).collect();
    assert!(forms.len() >= 4, "the forms were not found");
    for form in forms {
        assert_eq!(verbs_known(&form), [""; 0], "{}", form.name());
    }
    assert_eq!(
        verbs_known(&Source::new("src/report/form/x.rs", "use crate::session::Facts;")),
        ["session::"]
    );
}

/// The engine, as a second opinion must not know it, but for the file that holds what the engine says.
fn engine_known(source: &Source) -> Vec<&'static str> {
    let words = [
        "program::",
        "simulation::",
        "design::",
        "crate::random",
        "quantile",
        "Definition",
        "run::",
        "round::",
        "math::special",
        "softmax",
    ];
    words.into_iter().filter(|word| source.code.contains(word)).collect()
}

#[test]
fn a_second_opinion_is_one() {
    let folder = "src/analysis/second_opinion/";
    let (own, told): (Vec<Source>, Vec<Source>) = sources()
        .into_iter()
        .filter(|one| one.name().starts_with(folder))
        .partition(|one| !one.name().ends_with("/integrated.rs"));
    assert!(own.len() > 8 && told.len() == 1, "the second opinion was not found");
    for source in own {
        // What tests compile may compare.
        assert_eq!(engine_known(&source), [""; 0], "{}", source.name());
    }
    assert_eq!(engine_known(&told[0]), ["simulation::", "run::"]);
    let planted = |code: &str| engine_known(&Source::new(format!("{folder}planted.rs"), code));
    assert_eq!(planted("use crate::program::Ask;"), ["program::"]);
    assert_eq!(planted("fn f(law: &Distribution) -> f64 { law.quantile(0.5) }"), ["quantile"]);
}

#[test]
fn questions_and_findings_know_no_format() {
    for source in sources().iter().filter(|one| one.name().starts_with("src/analysis/")) {
        for word in ["Format::", "form::", "Detail::", "Page"] {
            assert!(!source.code.contains(word), "{} knows `{word}`", source.name());
        }
    }
}

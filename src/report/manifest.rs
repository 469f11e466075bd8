//! The list of the files that foretell wrote into a folder, by the question that they answer, and may replace.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::path::{Component, Path};

use serde::Serialize;
use serde_json::Value;

use super::form::json;
use crate::session::CONTRACT;

/// What the list itself is called.
pub const NAME: &str = "manifest.json";

/// The versions that write such lists: what an earlier one wrote is foretell's own all the same.
const VERSIONS: RangeInclusive<u32> = 1..=CONTRACT;

/// The files of a folder.
///
/// ```
/// use foretell::report::manifest::Manifest;
/// let list = Manifest::default().with("run", ["report.md"].map(String::from).to_vec());
/// let list = list.with("check", ["check.md", "../secret"].map(String::from).to_vec());
/// let list = Manifest::read(&String::from_utf8_lossy(&list.render()));
/// assert_eq!(list.all(), ["check.md", "report.md"]);
/// assert_eq!(list.of("run"), ["report.md"]);
/// // Of what an earlier version wrote, it is not known which question it answers.
/// assert_eq!(Manifest::read("{\"foretell\": 1, \"files\": [\"old.md\"]}").of("run"), ["old.md"]);
/// assert!(Manifest::read("{\"files\": [\"new.md\"]}").all().is_empty());
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Manifest {
    /// Whether foretell wrote it.
    pub is_own: bool,
    /// By verb.
    answers: BTreeMap<String, Vec<String>>,
    /// What belongs to no verb that is known.
    others: Vec<String>,
}

/// How a list stands in JSON.
#[derive(Serialize)]
struct Form<'a> {
    foretell: u32,
    files: Vec<&'a String>,
    answers: &'a BTreeMap<String, Vec<String>>,
}

impl Manifest {
    /// What a text lists; nothing if it is no list of foretell's. Names that lead out of the folder are left out.
    pub fn read(text: &str) -> Manifest {
        let list: Value = serde_json::from_str(text).unwrap_or_default();
        if VERSIONS.into_iter().all(|version| list["foretell"] != version) {
            return Manifest::default();
        }
        let answers = list["answers"].as_object().into_iter().flatten();
        let answers: BTreeMap<_, _> = answers.map(|(verb, one)| (verb.clone(), names(one))).collect();
        let mut others = names(&list["files"]);
        others.retain(|name| answers.values().all(|known| !known.contains(name)));
        Manifest { is_own: true, answers, others }
    }

    /// The list with these files as those of a verb.
    pub fn with(mut self, verb: &str, files: Vec<String>) -> Manifest {
        self.answers.insert(verb.into(), files);
        Manifest { is_own: true, others: Vec::new(), ..self }
    }

    /// The files that a verb may replace: its own, and those of which no verb is known.
    pub fn of(&self, verb: &str) -> Vec<String> {
        let own = self.answers.get(verb).into_iter().flatten();
        own.chain(&self.others).cloned().collect()
    }

    /// All files.
    pub fn all(&self) -> Vec<String> {
        self.answers.values().flatten().chain(&self.others).cloned().collect()
    }

    /// The list as JSON.
    pub fn render(&self) -> Vec<u8> {
        let files = self.answers.values().flatten().chain(&self.others).collect();
        json::render(&Form { foretell: CONTRACT, files, answers: &self.answers })
    }
}

fn names(list: &Value) -> Vec<String> {
    let names = list.as_array().into_iter().flatten().filter_map(Value::as_str);
    names.filter(|name| stays_inside(name)).map(String::from).collect()
}

fn stays_inside(name: &str) -> bool {
    !name.is_empty() && Path::new(name).components().all(|part| matches!(part, Component::Normal(_)))
}

//! The list of the files that foretell wrote into a folder, by the question that they answer, each with its hash: what is replaced or
//! removed has to bear it.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::path::{Component, Path};

use serde::Serialize;
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::form::json;
use crate::session::CONTRACT;

/// What the list itself is called.
pub const NAME: &str = "manifest.json";

/// The versions that write such lists: what an earlier one wrote is foretell's own all the same.
const VERSIONS: RangeInclusive<u32> = 1..=CONTRACT;

/// Who wrote a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Author {
    /// Not foretell.
    #[default]
    Stranger,
    /// Foretell, and somebody changed it afterwards.
    Changed,
    /// A version of foretell that noted no hashes: nothing proves that the files are still its own.
    Earlier,
    /// Foretell, and it is as it was written.
    Own,
}

/// The files of a folder.
///
/// ```
/// use foretell::report::manifest::{Author, Manifest, hash};
/// let file = |name: &str| (name.to_string(), hash(b"text"));
/// let list = Manifest::default().with("run", vec![file("report.md")]);
/// let list = list.with("check", vec![file("check.md"), file("../secret"), file("notes.txt")]);
/// let text = String::from_utf8_lossy(&list.render()).into_owned();
/// let list = Manifest::read(&text);
/// assert_eq!((list.author, list.all()), (Author::Own, vec!["check.md".into(), "report.md".into()]));
/// assert_eq!((list.of("run"), list.hash("report.md")), (vec!["report.md".into()], Some(hash(b"text").as_str())));
/// // What was changed is foretell's no more.
/// assert_eq!(Manifest::read(&text.replace("report.md", "result.csv")).author, Author::Changed);
/// // An earlier version noted neither hashes nor, once, which question a file answers.
/// let list = Manifest::read("{\"foretell\": 1, \"files\": [\"report.md\"]}");
/// assert_eq!((list.author, list.of("run"), list.hash("report.md")), (Author::Earlier, vec!["report.md".into()], None));
/// assert!(Manifest::read("{\"files\": [\"new.md\"]}").all().is_empty());
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Manifest {
    /// Who wrote it.
    pub author: Author,
    /// By verb.
    answers: BTreeMap<String, Vec<String>>,
    /// What belongs to no verb that is known.
    others: Vec<String>,
    /// By file.
    hashes: BTreeMap<String, String>,
}

/// How a list stands in JSON. A last key `hash` is the hash of all that is above it.
#[derive(Serialize)]
struct Form<'a> {
    foretell: u32,
    files: Vec<&'a String>,
    answers: &'a BTreeMap<String, Vec<String>>,
    hashes: &'a BTreeMap<String, String>,
}

/// The key under which a list holds its own hash.
const OWN_HASH: &str = "hash";

impl Manifest {
    /// What a text lists; nothing if it is no list of foretell's, or was changed. Names that lead out of the folder, or that foretell
    /// gives no file, are left out.
    pub fn read(text: &str) -> Manifest {
        let mut list: Value = serde_json::from_str(text).unwrap_or_default();
        if VERSIONS.into_iter().all(|version| list["foretell"] != version) {
            return Manifest::default();
        }
        let noted = list.as_object_mut().and_then(|keys| keys.shift_remove(OWN_HASH));
        let author = match noted {
            None => Author::Earlier,
            Some(noted) if noted == hash(&json::render(&list)) => Author::Own,
            Some(_) => return Manifest { author: Author::Changed, ..Manifest::default() },
        };
        let answers = list["answers"].as_object().into_iter().flatten();
        let answers: BTreeMap<_, _> =
            answers.map(|(verb, one)| (verb.clone(), names(one, |name| is_given(verb, name)))).collect();
        let mut others = names(&list["files"], is_given_to_some);
        others.retain(|name| answers.values().all(|known| !known.contains(name)));
        let hashes = list["hashes"].as_object().filter(|_| author == Author::Own).into_iter().flatten();
        let hashes = hashes.filter_map(|(name, hash)| Some((name.clone(), hash.as_str()?.into())));
        Manifest { author, answers, others, hashes: hashes.collect() }
    }

    /// The list with these files, each with its hash, as those of a verb.
    pub fn with(mut self, verb: &str, files: Vec<(String, String)>) -> Manifest {
        self.answers.insert(verb.into(), files.iter().map(|(name, _)| name.clone()).collect());
        self.others.clear();
        self.hashes.extend(files);
        let known: Vec<&String> = self.answers.values().flatten().collect();
        self.hashes.retain(|name, _| known.contains(&name));
        Manifest { author: Author::Own, ..self }
    }

    /// The files that a verb may replace: its own, and those of which no verb is known.
    pub fn of(&self, verb: &str) -> Vec<String> {
        let own = self.answers.get(verb).into_iter().flatten();
        own.chain(self.others.iter().filter(|name| is_given(verb, name))).cloned().collect()
    }

    /// All files.
    pub fn all(&self) -> Vec<String> {
        self.answers.values().flatten().chain(&self.others).cloned().collect()
    }

    /// The hash of a file as it was written; `None` if it is not listed, or an earlier version wrote it.
    pub fn hash(&self, name: &str) -> Option<&str> {
        self.hashes.get(name).map(String::as_str)
    }

    /// The list as JSON.
    pub fn render(&self) -> Vec<u8> {
        let files = self.answers.values().flatten().chain(&self.others).collect();
        let form = Form { foretell: CONTRACT, files, answers: &self.answers, hashes: &self.hashes };
        let mut list = serde_json::to_value(form).unwrap_or_default();
        let own = hash(&json::render(&list));
        list[OWN_HASH] = own.into();
        json::render(&list)
    }
}

/// The SHA-256 of bytes, in hexadecimal digits.
pub fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn names(list: &Value, is_given: impl Fn(&str) -> bool) -> Vec<String> {
    let names = list.as_array().into_iter().flatten().filter_map(Value::as_str);
    names.filter(|name| stays_inside(name) && is_given(name)).map(String::from).collect()
}

fn stays_inside(name: &str) -> bool {
    !name.is_empty() && Path::new(name).components().all(|part| matches!(part, Component::Normal(_)))
}

/// Whether a verb gives a file this name.
fn is_given(verb: &str, name: &str) -> bool {
    let own = name.strip_prefix(verb).is_some_and(|ending| [".json", ".csv", ".md"].contains(&ending));
    own || is_picture(name) || (verb == "run" && ["result.json", "result.csv", "report.md"].contains(&name))
}

/// Whether foretell gives some file this name, whatever the question.
pub fn is_given_to_some(name: &str) -> bool {
    let is_answer = !name.contains('/') && [".json", ".csv", ".md"].iter().any(|one| name.ends_with(one));
    is_answer || is_picture(name)
}

fn is_picture(name: &str) -> bool {
    let file = name.strip_prefix("charts/").filter(|file| !file.contains('/'));
    file.is_some_and(|file| [".png", ".svg"].iter().any(|one| file.ends_with(one)))
}

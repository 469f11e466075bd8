//! The list of the files that foretell wrote into a folder, and may replace.

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

/// How a list stands in JSON.
#[derive(Serialize)]
struct Form<'a> {
    foretell: u32,
    files: Vec<&'a str>,
}

/// The list of `names`.
pub fn render<'a>(names: impl Iterator<Item = &'a str>) -> Vec<u8> {
    json::render(&Form { foretell: CONTRACT, files: names.collect() })
}

/// The names in a list, and its own; none if the text is no list of foretell's. Names that lead out of the folder are
/// left out.
///
/// ```
/// use foretell::report::manifest;
/// let list = manifest::render(["report.md", "../secret"].into_iter());
/// assert_eq!(manifest::read(&String::from_utf8_lossy(&list)), ["report.md", "manifest.json"]);
/// assert_eq!(manifest::read("{\"foretell\": 1, \"files\": [\"old.md\"]}"), ["old.md", "manifest.json"]);
/// assert!(manifest::read("{\"files\": [\"new.md\"]}").is_empty());
/// ```
pub fn read(text: &str) -> Vec<String> {
    let list: Value = serde_json::from_str(text).unwrap_or_default();
    if VERSIONS.into_iter().all(|version| list["foretell"] != version) {
        return Vec::new();
    }
    let names = list["files"].as_array().into_iter().flatten().filter_map(Value::as_str);
    names.filter(|name| stays_inside(name)).chain([NAME]).map(String::from).collect()
}

fn stays_inside(name: &str) -> bool {
    !name.is_empty() && Path::new(name).components().all(|part| matches!(part, Component::Normal(_)))
}

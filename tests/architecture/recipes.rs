//! `CONTRIBUTING.md` says where a change goes; here it is held to an example of each kind of change.
//!
//! A recipe is a heading `### A … (as NAME)` and a numbered list of places. In a place, `NAME`, `Name` and `NAME-` stand for the
//! example; the code that follows a path and a colon stands in that file. No other source file knows the example's marks, which
//! the heading lists.

use std::path::Path;

use crate::source::sources;

/// One way to change the program.
#[derive(Debug)]
struct Recipe {
    heading: String,
    /// The word that is in the names of files.
    name: String,
    /// What only files of the recipe hold.
    marks: Vec<String>,
    places: Vec<Place>,
}

#[derive(Debug)]
struct Place {
    path: String,
    code: Option<String>,
}

fn recipes(document: &str) -> Vec<Recipe> {
    document.split("\n### ").skip(1).filter_map(recipe).collect()
}

/// The recipe of a section, if its heading names an example.
fn recipe(section: &str) -> Option<Recipe> {
    let (heading, body) = section.split_once('\n')?;
    let (_, example) = heading.split_once("(as ")?;
    let words: Vec<String> = spans(example).into_iter().map(String::from).collect();
    let (name, marks) = words.split_first()?;
    let body = body.split("\n## ").next().unwrap_or_default();
    let items = body.lines().filter(|line| line.starts_with(|one: char| one.is_ascii_digit()));
    let places = items.filter_map(|line| place(line, name)).collect();
    Some(Recipe { heading: heading.into(), name: name.clone(), marks: marks.to_vec(), places })
}

/// What stands between backquotes.
fn spans(text: &str) -> Vec<&str> {
    text.split('`').skip(1).step_by(2).collect()
}

fn place(line: &str, name: &str) -> Option<Place> {
    let filled = line.replace("NAME", name).replace("Name", &camel(name));
    let path = spans(&filled).first()?.to_string();
    let code = filled.split_once("`: `").and_then(|(_, rest)| rest.split('`').next().map(String::from));
    Some(Place { path, code })
}

/// `evidence_steps` as `EvidenceSteps`.
fn camel(name: &str) -> String {
    let word = |word: &str| word[..1].to_uppercase() + &word[1..];
    name.split('_').filter(|one| !one.is_empty()).map(word).collect()
}

fn read(path: &str) -> Option<String> {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).ok()
}

fn contributing() -> Vec<Recipe> {
    let found = recipes(&read("CONTRIBUTING.md").expect("a file of the project"));
    assert!(found.len() >= 6, "the recipes were not found");
    found
}

#[test]
fn every_place_of_a_recipe_is_there() {
    for Recipe { heading, places, .. } in contributing() {
        assert!(places.len() >= 2, "{heading}: no places");
        for Place { path, code } in places {
            let whole = Path::new(env!("CARGO_MANIFEST_DIR")).join(&path);
            assert!(whole.exists(), "{heading}: {path} does not exist");
            let Some(code) = code else { continue };
            let text = read(&path).unwrap_or_else(|| panic!("{heading}: {path} holds no code"));
            assert!(text.contains(&code), "{heading}: {path} does not hold `{code}`");
        }
    }
}

/// The source files that know a mark and stand in no place.
fn forgotten(recipe: &Recipe) -> Vec<String> {
    // The face of a folder stands for the folder.
    let is_list = |place: &Place| place.code.as_ref().is_some_and(|code| code.contains("mod "));
    let start = |place: &Place| match place.path.strip_suffix("mod.rs") {
        Some(folder) if !is_list(place) => folder.to_string(),
        _ => place.path.clone(),
    };
    let is_place = |file: &str| recipe.places.iter().any(|place| file.starts_with(&start(place)));
    let knows = |code: &str| recipe.marks.iter().any(|mark| code.contains(mark.as_str()));
    let all = sources();
    let strange = all.iter().filter(|one| !one.name().ends_with("/tests.rs") && knows(&one.code));
    strange.map(|one| one.name()).filter(|name| !is_place(name)).collect()
}

#[test]
fn no_recipe_forgets_a_place() {
    for recipe in contributing() {
        assert!(!recipe.marks.is_empty(), "{}: nothing marks `{}`", recipe.heading, recipe.name);
        let found = forgotten(&recipe);
        assert!(found.is_empty(), "{}: also {}", recipe.heading, found.join(", "));
    }
}

#[test]
fn a_forgotten_place_would_be_seen() {
    let text = "# X\n\n### A family (as `weibull`: `Weibull`)\n\n1. `src/distribution/NAME.rs`: `pub struct Name`, the law\n\
                2. `src/distribution/mod.rs`: `mod NAME;`\n";
    let [recipe] = &recipes(text)[..] else { panic!("one recipe") };
    assert_eq!(recipe.places[0].code.as_deref(), Some("pub struct Weibull"));
    assert!(forgotten(recipe).contains(&"src/distribution/family.rs".to_string()));
}

/// How many files of `src/` a verb that puts one question is in.
#[test]
fn a_verb_is_at_most_five_files() {
    let all = contributing();
    let question =
        all.iter().find(|one| one.heading.starts_with("A question")).expect("the recipe of a question");
    // A picture has a recipe of its own, whose list is not counted.
    let is_counted = |path: &str| path.starts_with("src/") && path != "src/report/plot.rs";
    let files = question.places.iter().filter(|one| is_counted(&one.path)).count();
    assert!(files <= 5, "{files} files");
}

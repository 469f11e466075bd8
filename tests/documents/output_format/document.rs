//! The document, and its tables.

use super::*;

/// The rows of a schema: path, type, meaning.
fn rows(schema: &Value, root: &Value, path: &str, found: &mut Vec<[String; 3]>) {
    let schema = schema.get("$ref").map_or(schema, |reference| resolve(reference, root));
    for one in ["anyOf", "oneOf"].iter().filter_map(|word| schema[word].as_array()).flatten() {
        rows(one, root, path, found);
    }
    if schema["items"].is_object() {
        rows(&schema["items"], root, &format!("{path}[]"), found);
    }
    // What has names of the file for keys.
    if schema["additionalProperties"].is_object() {
        rows(&schema["additionalProperties"], root, &format!("{path}.NAME"), found);
    }
    for (name, inner) in schema["properties"].as_object().into_iter().flatten() {
        let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
        let target = inner.get("$ref").map_or(inner, |reference| resolve(reference, root));
        let meaning = [inner, target].iter().find_map(|one| one["description"].as_str()).unwrap_or_default();
        let is_required =
            schema["required"].as_array().is_some_and(|all| all.contains(&name.as_str().into()));
        let kind = kind(inner, root) + if is_required { "" } else { " or missing" };
        let row = [path.clone(), kind, meaning.replace('\n', " ")];
        if !found.contains(&row) {
            found.push(row);
        }
        rows(inner, root, &path, found);
    }
}

/// A type in words.
fn kind(schema: &Value, root: &Value) -> String {
    let schema = schema.get("$ref").map_or(schema, |reference| resolve(reference, root));
    if let Some(all) = ["anyOf", "oneOf"].iter().find_map(|word| schema[word].as_array()) {
        let mut kinds: Vec<String> = all.iter().map(|one| kind(one, root)).collect();
        kinds.dedup();
        return kinds.join(" or ");
    }
    let word = |name: &Value| match name.as_str().unwrap_or("string") {
        "array" => "list".to_string(),
        "boolean" => "true or false".into(),
        "string" => "text".into(),
        "integer" => "whole number".into(),
        other => other.to_string(),
    };
    match &schema["type"] {
        Value::Array(all) => all.iter().map(word).collect::<Vec<_>>().join(" or "),
        one => word(one),
    }
}

/// A table of the document: the keys that `skip` does not name.
fn table(schema: &Value, skip: &[&str], only: &[&str]) -> String {
    let mut found = Vec::new();
    rows(schema, schema, "", &mut found);
    let first = |path: &str| path.split(['.', '[']).next().unwrap_or_default().to_string();
    found.retain(|[path, ..]| !skip.contains(&first(path).as_str()));
    found.retain(|[path, ..]| only.is_empty() || only.contains(&first(path).as_str()));
    let mut text = String::from("| key | type | meaning |\n|:--|:--|:--|\n");
    for [path, kind, meaning] in found {
        let _ = writeln!(text, "| `{path}` | {kind} | {meaning} |");
    }
    text
}

/// What stands around the finding in every answer.
const FACTS: [&str; 6] = ["foretell", "scenario", "run", "void", "warnings", "readings"];

/// The tables by the names of their places in the document.
fn tables() -> Vec<(&'static str, String)> {
    let run = schema_of::<Answer<RunFinding>>();
    vec![
        ("facts", table(&run, &[], &FACTS)),
        ("run", table(&run, &FACTS, &[])),
        ("check", table(&schema_of::<Answer<CheckFinding>>(), &FACTS, &[])),
        ("update", table(&schema_of::<Answer<UpdateFinding>>(), &FACTS, &[])),
        ("voi", table(&schema_of::<Answer<InformationFinding>>(), &FACTS, &[])),
        ("discover", table(&schema_of::<Answer<DiscoverFinding>>(), &FACTS, &[])),
        ("flip", table(&schema_of::<Answer<FlipFinding>>(), &FACTS, &[])),
        ("influence", table(&schema_of::<Answer<InfluenceFinding>>(), &FACTS, &[])),
        ("decide", table(&schema_of::<Answer<DecideFinding>>(), &FACTS, &[])),
        ("sensitivity", table(&schema_of::<Answer<SensitivityFinding>>(), &FACTS, &[])),
        ("explain", table(&schema_of::<Answer<ExplainFinding>>(), &FACTS, &[])),
        ("worlds", table(&schema_of::<Answer<WorldsFinding>>(), &FACTS, &[])),
        ("sweep", table(&schema_of::<Answer<SweepFinding>>(), &FACTS, &[])),
        ("compare", table(&schema_of::<Answer<CompareFinding>>(), &FACTS, &[])),
        ("written", table(&schema_of::<Written>(), &[], &[])),
        ("mistakes", table(&schema_of::<Mistakes>(), &[], &[])),
    ]
}

/// The document with the tables at their places.
fn with_tables(document: &str) -> String {
    tables().into_iter().fold(document.to_string(), |text, (name, table)| {
        let (start, end) = (format!("<!-- {name} -->\n"), format!("<!-- /{name} -->"));
        let (before, rest) = text.split_once(&start).unwrap_or_else(|| panic!("no place for {name}"));
        let (_, after) = rest.split_once(&end).unwrap_or_else(|| panic!("no end of {name}"));
        format!("{before}{start}\n{table}\n{end}{after}")
    })
}

#[test]
fn the_document_describes_every_key() {
    let path = root("docs/output-format.md");
    let document = std::fs::read_to_string(&path).expect("a file of the project");
    let wanted = with_tables(&document);
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, &wanted).expect("the document can be written");
        return;
    }
    let differs = document.lines().zip(wanted.lines()).find(|(is, should)| is != should);
    assert!(document == wanted, "`just bless` writes the tables of docs/output-format.md: {differs:?}");
}

#[test]
fn descriptions_are_for_every_language() {
    for schema in [schema_of::<Mistakes>(), schema_of::<Written>(), schema_of::<Answer<RunFinding>>()] {
        assert!(!schema.to_string().contains("```"), "{schema:#}");
    }
}

#[test]
fn every_key_has_its_meaning() {
    for (name, table) in tables() {
        for row in table.lines().skip(2) {
            assert!(!row.ends_with("|  |"), "{name}: {row}");
        }
    }
}

//! Whether a value fits a schema.

use super::*;

/// Words of a schema that only explain, or narrow a number that fits anyway.
const WORDS: [&str; 6] = ["$schema", "title", "description", "format", "minimum", "maximum"];

/// Everything in a value that the schema does not allow; also keys that it does not name.
pub(crate) fn misfits(value: &Value, schema: &Value, root: &Value, path: &str) -> Vec<String> {
    let Some(rules) = schema.as_object() else { return Vec::new() };
    let mut found = Vec::new();
    for (word, rule) in rules {
        match word.as_str() {
            "$ref" => found.extend(misfits(value, resolve(rule, root), root, path)),
            "type" => found.extend((!has_type(value, rule)).then(|| format!("{path}: no {rule}"))),
            "const" => found.extend((value != rule).then(|| format!("{path}: not {rule}"))),
            "enum" => {
                let all = rule.as_array().expect("a list");
                found.extend((!all.contains(value)).then(|| format!("{path}: none of {rule}")));
            }
            "anyOf" | "oneOf" => {
                let each = rule.as_array().expect("a list").iter();
                let worst = each.map(|one| misfits(value, one, root, path)).min_by_key(Vec::len);
                found.extend(worst.unwrap_or_default());
            }
            "items" => {
                let items = value.as_array().into_iter().flatten().enumerate();
                found.extend(items.flat_map(|(at, one)| misfits(one, rule, root, &format!("{path}[{at}]"))));
            }
            "prefixItems" => {
                let rules = rule.as_array().expect("a list");
                let items = value.as_array().into_iter().flatten().zip(rules).enumerate();
                found.extend(
                    items.flat_map(|(at, (one, rule))| misfits(one, rule, root, &format!("{path}[{at}]"))),
                );
            }
            "minItems" | "maxItems" => {
                let (count, bound) =
                    (value.as_array().map(Vec::len), rule.as_u64().expect("a number") as usize);
                let fits = count
                    .is_none_or(|count| if word == "minItems" { count >= bound } else { count <= bound });
                found.extend((!fits).then(|| format!("{path}: {word} {bound}")));
            }
            "required" => {
                let names = rule.as_array().expect("a list").iter().filter_map(Value::as_str);
                let missing = names.filter(|name| value.is_object() && value.get(name).is_none());
                found.extend(missing.map(|name| format!("{path}.{name}: missing")));
            }
            "properties" | "additionalProperties" | "$defs" => {}
            other => assert!(WORDS.contains(&other), "{path}: `{other}` is not understood"),
        }
    }
    found.extend(keys(value, rules, root, path));
    found
}

/// Misfits of the keys of an object.
fn keys(value: &Value, rules: &Map<String, Value>, root: &Value, path: &str) -> Vec<String> {
    let (known, others) = (rules.get("properties"), rules.get("additionalProperties"));
    let Some(object) = value.as_object().filter(|_| known.is_some() || others.is_some()) else {
        return Vec::new();
    };
    let misfit = |(name, inner): (&String, &Value)| {
        let path = format!("{path}.{name}");
        match known.and_then(|known| known.get(name)).or(others) {
            Some(rule) => misfits(inner, rule, root, &path),
            None => vec![format!("{path}: not in the schema")],
        }
    };
    object.iter().flat_map(misfit).collect()
}

pub(crate) fn resolve<'s>(reference: &Value, root: &'s Value) -> &'s Value {
    let path = reference.as_str().expect("a reference").trim_start_matches('#');
    root.pointer(path).expect("a definition")
}

fn has_type(value: &Value, rule: &Value) -> bool {
    let is = |name: &Value| match name.as_str().expect("a type") {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_u64() || value.is_i64(),
        "number" => value.is_number(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        other => panic!("{other} is no type"),
    };
    rule.as_array().map_or_else(|| is(rule), |all| all.iter().any(is))
}

#[track_caller]
pub(crate) fn assert_fits(what: &str, value: &Value, schema: &Value) {
    let found = misfits(value, schema, schema, "");
    assert!(found.is_empty(), "{what}: {found:#?}");
}

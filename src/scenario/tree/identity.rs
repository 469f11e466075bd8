//! What makes two tables without names the same one.

use super::branch::Node;

/// What the element at a position of a list under `key` is known by in another file.
pub(super) fn of(key: &str, node: &Node, at: usize) -> String {
    let said = |name: &str| match &node.get(name)?.node {
        Node::Value(value) => Some(value.meaning.clone()),
        _ => Some(whole(&node.get(name)?.node)),
    };
    let known = match key {
        "evidence" => said("id").or_else(|| Some(format!("{} {}", said("date")?, said("text")?))),
        "decisions" => said("id"),
        "correlations" => said("between").map(|pair| sorted(&pair)),
        "claims" => said("expect"),
        "table" => said("when").or_else(|| said("else").map(|_| "else".into())),
        _ => None,
    };
    known.unwrap_or_else(|| format!("#{}", at + 1))
}

/// How the file's addresses call the element.
pub(super) fn address(path: &[&str], node: &Node, at: usize) -> String {
    let by_default = match path {
        ["evidence"] => format!("evidence_{}", at + 1),
        ["decisions"] => format!("decision_{}", at + 1),
        _ => return (at + 1).to_string(),
    };
    match node.get("id").map(|branch| &branch.node) {
        Some(Node::Value(value)) => value.meaning.trim_matches('\'').into(),
        _ => by_default,
    }
}

/// The key of the element that is the same as one or more before it.
pub(super) fn again(own: &str, before: usize) -> String {
    format!("{own}\u{0}{}", before + 1)
}

/// The names of a pair in the order of letters.
fn sorted(pair: &str) -> String {
    let mut names: Vec<&str> = pair.trim_matches(['[', ']']).split(',').collect();
    names.sort_unstable();
    names.join(",")
}

/// What a table says, whatever the order of its keys.
fn whole(node: &Node) -> String {
    match node {
        Node::Value(value) => value.meaning.clone(),
        _ => {
            let mut all: Vec<String> =
                node.branches().iter().map(|one| format!("{}={}", one.key, whole(&one.node))).collect();
            all.sort();
            all.join(",")
        }
    }
}

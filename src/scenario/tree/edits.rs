//! What another file says otherwise.

use super::branch::{Branch, Node, Tree, Value};
use super::words::{Bearing, is_words};
use crate::diagnostic::Span;

/// One thing that two files say otherwise.
#[derive(Clone, Debug, PartialEq)]
pub struct Edit {
    /// The address of what is said, as `--set` takes it: of an element of a list by its position in the file that has it, the later
    /// one where both have.
    pub address: String,
    /// What became of it.
    pub kind: EditKind,
    /// What the first file says; `None` if it says nothing.
    pub before: Option<Part>,
    /// What the second file says; `None` if it says nothing.
    pub after: Option<Part>,
    /// Whether an answer can depend on it: what is only words changes none.
    pub bears: bool,
    /// The keys that lead to it.
    pub(super) path: Vec<String>,
}

/// What an edit does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EditKind {
    /// Only the second file says something.
    Added,
    /// Only the first file does.
    Removed,
    /// They say different things.
    Changed,
}

/// What stands in a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// As it is written; of a section what bears on numbers, as a table in one line.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

/// Tables of which each entry says something by itself: one that is new is as many edits as it has entries.
const MAPS: [&str; 1] = ["weights"];

/// Sections whose entries are elements.
const DEPTH_OF_ELEMENTS: usize = 2;

impl Tree {
    /// What `other` says otherwise, in the order of this file; what is new comes after what stands in the same section. An
    /// element that one of the two does not have is one edit.
    pub fn edits(&self, other: &Tree, bearing: &Bearing) -> Vec<Edit> {
        let mut finding = Finding { bearing, edits: Vec::new() };
        finding.tables(&mut Place::default(), &self.root, &other.root);
        finding.edits
    }
}

/// Where the comparison stands: the keys that lead there, and the same in the words of addresses.
#[derive(Clone, Debug, Default)]
struct Place {
    path: Vec<String>,
    address: Vec<String>,
}

struct Finding<'b> {
    bearing: &'b Bearing,
    edits: Vec<Edit>,
}

impl Finding<'_> {
    fn tables(&mut self, place: &mut Place, before: &Node, after: &Node) {
        for one in before.branches() {
            self.branches(place, Some(one), after.get(&one.key));
        }
        for new in after.branches().iter().filter(|one| before.get(&one.key).is_none()) {
            self.branches(place, None, Some(new));
        }
    }

    fn branches(&mut self, place: &mut Place, before: Option<&Branch>, after: Option<&Branch>) {
        let Some(own) = after.or(before) else { return };
        place.path.push(own.key.clone());
        place.address.push(own.address.clone());
        let nothing = Node::Table(Vec::new());
        let node = |one: Option<&Branch>| one.map(|one| one.node.clone());
        match (node(before), node(after)) {
            (Some(Node::Value(one)), Some(Node::Value(other))) if one.meaning == other.meaning => {}
            (Some(one), Some(other)) if is_inner(&one) && is_inner(&other) => {
                self.tables(place, &one, &other);
            }
            (Some(one), None) if self.is_open(place, &one) => self.tables(place, &one, &nothing),
            (None, Some(other)) if self.is_open(place, &other) => self.tables(place, &nothing, &other),
            _ => self.edit(place, before, after),
        }
        place.path.pop();
        place.address.pop();
    }

    /// Whether a table that one of the files does not have is looked into: a section, whose entries are elements, and a map.
    fn is_open(&self, place: &Place, node: &Node) -> bool {
        let is_section = place.path.len() < DEPTH_OF_ELEMENTS;
        let is_map = place.path.last().is_some_and(|key| MAPS.contains(&key.as_str()));
        is_inner(node) && !node.branches().is_empty() && (is_section || is_map)
    }

    fn edit(&mut self, place: &Place, before: Option<&Branch>, after: Option<&Branch>) {
        let path: Vec<&str> = place.path.iter().map(String::as_str).collect();
        let part = |one: &Branch| Part { text: written(&one.node, &path, self.bearing), span: span(one) };
        let kind = match (before, after) {
            (None, _) => EditKind::Added,
            (_, None) => EditKind::Removed,
            _ => EditKind::Changed,
        };
        self.edits.push(Edit {
            address: place.address.join("."),
            kind,
            before: before.map(part),
            after: after.map(part),
            bears: !is_words(&path, self.bearing),
            path: place.path.clone(),
        });
    }
}

/// Whether there is something below.
fn is_inner(node: &Node) -> bool {
    !matches!(node, Node::Value(_))
}

fn span(branch: &Branch) -> Span {
    match &branch.node {
        Node::Value(value) => value.span,
        _ => branch.span,
    }
}

/// What bears on numbers under a path, in one line.
pub(super) fn written(node: &Node, path: &[&str], bearing: &Bearing) -> String {
    let inner = |one: &Branch| written(&one.node, &[path, &[one.key.as_str()]].concat(), bearing);
    let all = node.branches().iter();
    let is_words_already = is_words(path, bearing);
    let all = all.filter(|one| is_words_already || !is_words(&[path, &[one.key.as_str()]].concat(), bearing));
    match node {
        Node::Value(Value { text, .. }) => text.clone(),
        Node::Table(_) => {
            let entries: Vec<String> = all.map(|one| format!("{} = {}", one.key, inner(one))).collect();
            if entries.is_empty() { "{}".into() } else { format!("{{ {} }}", entries.join(", ")) }
        }
        Node::List(_) => format!("[{}]", all.map(inner).collect::<Vec<_>>().join(", ")),
    }
}

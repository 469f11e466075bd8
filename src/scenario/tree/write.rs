//! Files between two files.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::branch::{Branch, Node, Tree};
use super::edits::Edit;
use super::words::{Bearing, is_words};

impl Tree {
    /// The text of this file with some of the edits that lead to `other`, without what is only words: elements in the order of this
    /// file, then those that are new. Every value reads as the file has it that it is taken from.
    pub fn edited(&self, other: &Tree, edits: &[&Edit], bearing: &Bearing) -> String {
        let taken: BTreeSet<&[String]> = edits.iter().map(|one| one.path.as_slice()).collect();
        let merging = Merging { taken, bearing };
        let root = merging.node(&mut Vec::new(), Some(&self.root), Some(&other.root), false);
        let mut text = String::new();
        for branch in root.iter().flat_map(Node::branches) {
            let _ = write!(text, "{} = ", quoted(&branch.key));
            value(&branch.node, &mut text);
            text.push('\n');
        }
        text
    }
}

struct Merging<'e> {
    taken: BTreeSet<&'e [String]>,
    bearing: &'e Bearing,
}

impl Merging<'_> {
    /// What stands under a path in the file between; `is_taken` if it stands in something that is taken from the other file.
    fn node(
        &self,
        path: &mut Vec<String>,
        own: Option<&Node>,
        other: Option<&Node>,
        is_taken: bool,
    ) -> Option<Node> {
        let is_taken = is_taken || self.taken.contains(path.as_slice());
        match (own, other) {
            (_, new) if is_taken => new.map(|one| self.whole(path, one)),
            (Some(Node::Table(one)), Some(Node::Table(two))) => {
                Some(Node::Table(self.branches(path, one, two)))
            }
            (Some(Node::List(one)), Some(Node::List(two))) => Some(Node::List(self.branches(path, one, two))),
            (Some(Node::Table(one)), None) => Some(Node::Table(self.branches(path, one, &[]))),
            (Some(Node::List(one)), None) => Some(Node::List(self.branches(path, one, &[]))),
            (None, Some(new)) => self.added(path, new),
            (one, _) => one.cloned(),
        }
    }

    /// What only the other file has, as far as it is taken.
    fn added(&self, path: &mut Vec<String>, new: &Node) -> Option<Node> {
        let below = |key: &[String]| key.starts_with(path);
        if !self.taken.iter().any(|one| below(one)) {
            return None;
        }
        match new {
            Node::Value(_) => None,
            Node::Table(two) => Some(Node::Table(self.branches(path, &[], two))),
            Node::List(two) => Some(Node::List(self.branches(path, &[], two))),
        }
    }

    fn branches(&self, path: &mut Vec<String>, own: &[Branch], other: &[Branch]) -> Vec<Branch> {
        let find = |among: &[Branch], key: &str| among.iter().position(|one| one.key == key);
        let new = other.iter().filter(|one| find(own, &one.key).is_none());
        let mut merged = Vec::new();
        for one in own.iter().chain(new) {
            path.push(one.key.clone());
            if !self.is_words(path) {
                let [a, b] = [own, other].map(|among| find(among, &one.key).map(|at| &among[at].node));
                let node = self.node(path, a, b, false);
                merged.extend(node.map(|node| Branch { node, ..one.clone() }));
            }
            path.pop();
        }
        merged
    }

    /// All of it, but what is only words.
    fn whole(&self, path: &mut Vec<String>, node: &Node) -> Node {
        let mut each = |all: &[Branch]| {
            let mut kept = Vec::new();
            for one in all {
                path.push(one.key.clone());
                if !self.is_words(path) {
                    kept.push(Branch { node: self.whole(path, &one.node), ..one.clone() });
                }
                path.pop();
            }
            kept
        };
        match node {
            Node::Value(value) => Node::Value(value.clone()),
            Node::Table(all) => Node::Table(each(all)),
            Node::List(all) => Node::List(each(all)),
        }
    }

    fn is_words(&self, path: &[String]) -> bool {
        let keys: Vec<&str> = path.iter().map(String::as_str).collect();
        is_words(&keys, self.bearing)
    }
}

/// A value on one line, as far as its own text is.
fn value(node: &Node, text: &mut String) {
    match node {
        Node::Value(value) => text.push_str(&value.text),
        Node::Table(branches) => {
            text.push('{');
            for (at, branch) in branches.iter().enumerate() {
                let _ = write!(text, "{}{} = ", if at == 0 { " " } else { ", " }, quoted(&branch.key));
                value(&branch.node, text);
            }
            text.push_str(" }");
        }
        Node::List(branches) => {
            text.push('[');
            for branch in branches {
                value(&branch.node, text);
                text.push_str(", ");
            }
            text.push(']');
        }
    }
}

/// A key in quotes, with everything escaped that means something in them.
fn quoted(key: &str) -> String {
    let mut text = String::from("\"");
    for letter in key.chars() {
        match letter {
            '"' | '\\' => text.extend(['\\', letter]),
            _ if letter.is_control() => {
                let _ = write!(text, "\\u{:04X}", u32::from(letter));
            }
            _ => text.push(letter),
        }
    }
    text.push('"');
    text
}

//! What a tree is made of.

use crate::diagnostic::Span;

/// A scenario file as the tree of its keys.
#[derive(Clone, Debug)]
pub struct Tree {
    pub(super) root: Node,
}

/// A key and what stands under it.
#[derive(Clone, Debug)]
pub(super) struct Branch {
    /// The key; of an element of a list, what it is known by.
    pub(super) key: String,
    /// How the file's addresses call it: its key, or its position in a list from 1.
    pub(super) address: String,
    /// Where the key stands, or the element of a list.
    pub(super) span: Span,
    pub(super) node: Node,
}

/// What stands under a key.
#[derive(Clone, Debug)]
pub(super) enum Node {
    /// A value.
    Value(Value),
    /// Keys of its own.
    Table(Vec<Branch>),
    /// Tables without names.
    List(Vec<Branch>),
}

/// A value as it is written.
#[derive(Clone, Debug)]
pub(super) struct Value {
    /// Its text in the file.
    pub(super) text: String,
    /// What it says, however it is written.
    pub(super) meaning: String,
    /// Where it stands.
    pub(super) span: Span,
}

impl Node {
    /// What stands below, if it is no value.
    pub(super) fn branches(&self) -> &[Branch] {
        match self {
            Node::Value(_) => &[],
            Node::Table(branches) | Node::List(branches) => branches,
        }
    }

    /// What stands under a key.
    pub(super) fn get(&self, key: &str) -> Option<&Branch> {
        self.branches().iter().find(|one| one.key == key)
    }
}

//! Things, and what leads from one to another, as plain data.

use crate::chart::page::Wording;

/// Things of a model and what leads from one to another.
#[derive(Debug, Clone, PartialEq)]
pub struct Influence {
    /// Title, subtitle and caption.
    pub wording: Wording,
    /// What there is, each after all that leads to it.
    pub nodes: Vec<InfluenceNode>,
    /// What leads from one to another, by position.
    pub arrows: Vec<InfluenceArrow>,
    /// What goes together without one leading to the other.
    pub links: Vec<InfluenceArrow>,
}

/// One thing.
#[derive(Debug, Clone, PartialEq)]
pub struct InfluenceNode {
    /// What it is called, in few words: two lines are shown.
    pub label: String,
    /// Its mean or its probability as printed; may be empty.
    pub value: String,
    /// What it is, which its shape shows.
    pub kind: InfluenceKind,
}

/// What a thing is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum InfluenceKind {
    /// A number that is not known.
    Factor,
    /// Something not known that is one of several things.
    States,
    /// A value that follows.
    Derived,
    /// Something that happens or not.
    Event,
    /// Which theory is right.
    Theory,
    /// An answer, by its place in the file, which gives its hue.
    Outcome(usize),
}

/// How one thing bears on another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct InfluenceArrow {
    /// Where it comes from, by position.
    pub from: usize,
    /// Where it leads.
    pub to: usize,
    /// Its strength, 0 to 1: the line is as thick as its root says.
    pub strength: f64,
    /// In which direction it works.
    pub sign: InfluenceSign,
}

/// In which direction one thing works on another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum InfluenceSign {
    /// It raises it.
    Raises,
    /// It lowers it.
    Lowers,
    /// Both, or there is no order.
    Mixed,
    /// The draws can't tell that it does anything.
    Untold,
}

//! What files of all formats say of a network, with the place of everything: nothing is checked yet.

use super::format::Format;
use crate::diagnostic::Span;

/// A name or number as it stands in the file, without quotes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Its letters.
    pub text: String,
    /// Its place.
    pub span: Span,
}

/// All blocks of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blocks {
    /// The format of the file.
    pub format: Format,
    /// What the network is called.
    pub name: Option<Word>,
    /// The variables and decisions, in the order of the file.
    pub variables: Vec<VariableBlock>,
    /// The distributions, in the order of the file.
    pub probabilities: Vec<ProbabilityBlock>,
    /// What is to be gained, in the order of the file.
    pub utilities: Vec<UtilityBlock>,
    /// What can't be imported.
    pub left_out: Vec<LeftOut>,
}

impl Blocks {
    /// None yet.
    pub fn new(format: Format) -> Blocks {
        Blocks {
            format,
            name: None,
            variables: Vec::new(),
            probabilities: Vec::new(),
            utilities: Vec::new(),
            left_out: Vec::new(),
        }
    }
}

/// A variable, or a decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VariableBlock {
    /// Its name.
    pub name: Word,
    /// What people call it, if the file says so.
    pub label: Option<String>,
    /// How many states it says to have.
    pub count: Option<Word>,
    /// Its states.
    pub states: Vec<StateBlock>,
    /// For a decision, what is known before it is taken; `None` for what comes by chance.
    pub known: Option<Vec<Word>>,
}

/// A state of a variable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StateBlock {
    /// Its name.
    pub name: Word,
    /// What people call it, if the file says so.
    pub label: Option<String>,
}

impl From<Word> for StateBlock {
    fn from(name: Word) -> StateBlock {
        StateBlock { name, label: None }
    }
}

/// The distribution of a variable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProbabilityBlock {
    /// Whose distribution it is.
    pub child: Word,
    /// On what it depends.
    pub parents: Vec<Word>,
    /// Its lines.
    pub entries: Vec<Entry>,
}

/// One line of a distribution.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What the numbers are about.
    pub kind: EntryKind,
    /// The numbers, still as text.
    pub numbers: Vec<Word>,
    /// The whole line.
    pub span: Span,
}

/// What the numbers of a line are about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EntryKind {
    /// One state of each parent.
    Row(Vec<Word>),
    /// Every combination that has no line of its own.
    Default,
    /// All combinations at once, the child varying slowest and the last parent fastest.
    ChildSlowest,
    /// All combinations at once, the first parent varying slowest and the child fastest.
    ChildFastest,
    /// In place of numbers the state that the child has, for all combinations, the last parent varying fastest.
    States,
    /// What each parent brings about by itself, a distribution for each of its states, and one that holds whatever they are:
    /// a noisy maximum. The numbers of a parent's states, in the order of their distributions, stand beside it.
    NoisyMax(Vec<Word>),
}

/// What is to be gained.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UtilityBlock {
    /// Its name.
    pub name: Word,
    /// What people call it, if the file says so.
    pub label: Option<String>,
    /// On what it depends.
    pub parents: Vec<Word>,
    /// For each combination of the parents' states, the last varying fastest.
    pub numbers: Vec<Word>,
    /// How often it counts.
    pub weight: Option<Word>,
}

/// Something that can't be imported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// What it is called.
    pub name: Word,
    /// What it is, such as "an equation".
    pub what: String,
    /// What can be done in place of it.
    pub hint: &'static str,
}

//! Hugin's NET language, in its second and third revision (Hugin Expert, *Hugin API Reference Manual*, chapter 14).
//!
//! ```text
//! net { name = …; }                       in the third revision class NAME { … } around all
//! node NAME { label = "…"; states = ("…" "…"); }
//! decision NAME { states = (…); }
//! utility NAME { }
//! potential (CHILD | PARENT PARENT) { data = ((0.1 0.9) (0.2 0.8)); }
//! ```
//!
//! Data are nested by parents, the first outermost; the numbers of the child's states are innermost.

use super::blocks::{
    Blocks, Entry, EntryKind, LeftOut, ProbabilityBlock, StateBlock, UtilityBlock, VariableBlock, Word,
};
use super::format::Format;
use super::interval::{intervals, is_number};
use super::statements::{self, Body, Statement, span, value, word, words};
use super::token::{Kind, Lexicon, Token};
use crate::diagnostic::{Diagnostic, Diagnostics, SourceFile};

const LEXICON: Lexicon = Lexicon {
    signs: &['{', '}', '(', ')', ';', '=', '|', ',', ':'],
    ignored: &[],
    comment: "%",
    has_blocks: false,
    has_escapes: true,
    form: "a block is `node rain { … }`, a value `states = (\"no\" \"yes\");`; this is read as Hugin's NET language, --from names another format",
};

/// Reads the blocks of a file. What can't be read is left out, with a message.
pub(super) fn parse(file: &SourceFile) -> (Blocks, Diagnostics) {
    let (statements, found) = statements::parse(file, &LEXICON);
    let mut reader = Reader { blocks: Blocks::new(Format::Hugin), found };
    reader.nodes(&statements);
    reader.potentials(&statements);
    (reader.blocks, reader.found)
}

struct Reader {
    blocks: Blocks,
    found: Diagnostics,
}

/// What kind of block its first words say that it is.
fn kind<'s>(statement: &'s Statement) -> &'s str {
    const ADJECTIVES: [&str; 4] = ["discrete", "continuous", "chance", "boolean"];
    let mut words = statement.head.iter().map(|one| one.text.as_str());
    let first = words.next().unwrap_or_default();
    match ADJECTIVES.contains(&first) {
        true if first == "continuous" => "continuous",
        true => words.find(|one| !ADJECTIVES.contains(one)).unwrap_or_default(),
        false => first,
    }
}

impl Reader {
    /// All that are in the text or in a class of it.
    fn nodes(&mut self, statements: &[Statement]) {
        for one in statements {
            let (Body::Block(inner), Some(name)) = (&one.body, one.name()) else {
                if kind(one) == "instance" {
                    self.leave_out(one, "an instance of another network");
                }
                continue;
            };
            match kind(one) {
                "net" => {
                    let own = value(inner, "name").and_then(word);
                    self.blocks.name = self.blocks.name.take().or(own);
                }
                "class" => {
                    self.blocks.name = self.blocks.name.take().or_else(|| Some(name.clone()));
                    self.nodes(inner);
                }
                "node" => self.variable(name, inner, None),
                "decision" => self.variable(name, inner, Some(Vec::new())),
                "utility" => self.blocks.utilities.push(UtilityBlock {
                    name: name.clone(),
                    label: label(inner),
                    parents: Vec::new(),
                    numbers: Vec::new(),
                    weight: None,
                }),
                "continuous" => self.leave_out(one, "a continuous node"),
                "function" => self.leave_out(one, "a function node"),
                "instance" => self.leave_out(one, "an instance of another network"),
                "potential" => {}
                other => {
                    let message = format!("{} is no block of a network", super::findings::shown(other));
                    let problem = Diagnostic::error("network-syntax", message).at(one.span(), "not known");
                    self.found.push(problem.hint(LEXICON.form));
                }
            }
        }
    }

    fn leave_out(&mut self, statement: &Statement, what: &str) {
        // Of an instance the name stands before the colon and its class behind.
        let is_instance = statement.head.first().is_some_and(|one| one.text == "instance");
        let name = if is_instance { statement.head.get(1) } else { statement.name() };
        let Some(name) = name.cloned() else { return };
        let hint =
            "only nodes with states and tables are imported: let Hugin discretize it, or give it states";
        self.blocks.left_out.push(LeftOut { name, what: what.into(), hint });
    }

    fn variable(&mut self, name: &Word, inner: &[Statement], known: Option<Vec<Word>>) {
        let states = states(name, inner);
        self.blocks.variables.push(VariableBlock {
            name: name.clone(),
            label: label(inner),
            count: None,
            states,
            known,
        });
    }

    fn potentials(&mut self, statements: &[Statement]) {
        for one in statements {
            match (&one.body, kind(one)) {
                (Body::Block(inner), "class") => self.potentials(inner),
                (Body::Block(inner), "potential") => self.potential(one, inner),
                _ => {}
            }
        }
    }

    fn potential(&mut self, statement: &Statement, inner: &[Statement]) {
        let is_bar = |one: &Token| one.kind == Kind::Sign('|');
        let bar = statement.group.iter().position(is_bar).unwrap_or(statement.group.len());
        let (children, parents) = (words(&statement.group[..bar]), words(&statement.group[bar..]));
        let [child] = &children[..] else {
            let place = children.get(1).map_or(statement.span(), |second| second.span);
            let message = "a potential is the distribution of one node given its parents";
            let problem =
                Diagnostic::error("network-unsupported", message).at(place, "not one node before `|`");
            return self.found.push(problem.hint("write `potential (rain | season) { … }`"));
        };
        let data = value(inner, "data");
        let is_it = |name: &Word| name.text == child.text;
        if let Some(utility) = self.blocks.utilities.iter_mut().find(|one| is_it(&one.name)) {
            utility.parents = parents;
            utility.numbers = data.map(words).unwrap_or_default();
            return;
        }
        let own = self.blocks.variables.iter_mut().find(|one| is_it(&one.name));
        if let Some(known) = own.and_then(|one| one.known.as_mut()) {
            *known = parents;
            return;
        }
        if self.blocks.left_out.iter().any(|one| is_it(&one.name)) {
            return;
        }
        let entries = match data {
            Some(data) => {
                vec![Entry { kind: EntryKind::ChildFastest, numbers: words(data), span: span(data) }]
            }
            None => {
                if let Some(model) = value(inner, "model_data") {
                    let message = "this distribution is given by an expression alone";
                    let problem =
                        Diagnostic::error("network-unsupported", message).at(span(model), "no `data`");
                    self.found
                        .push(problem.hint("let Hugin compute the table, and save the network with it"));
                    return;
                }
                Vec::new()
            }
        };
        self.blocks.probabilities.push(ProbabilityBlock { child: child.clone(), parents, entries });
    }
}

fn label(inner: &[Statement]) -> Option<String> {
    value(inner, "label").and_then(word).map(|one| one.text)
}

/// The states that a node lists, or those that its kind has: truth values, numbers, the intervals between numbers.
fn states(name: &Word, inner: &[Statement]) -> Vec<StateBlock> {
    let listed = value(inner, "states").map(words).unwrap_or_default();
    if !listed.is_empty() {
        return listed.into_iter().map(StateBlock::from).collect();
    }
    let kind = value(inner, "subtype").and_then(word).map(|one| one.text).unwrap_or_default();
    let values = value(inner, "state_values").map(words).unwrap_or_default();
    let names: Vec<Word> = match kind.as_str() {
        "boolean" => ["false", "true"].map(|one| Word { text: one.into(), span: name.span }).into(),
        "interval" if values.iter().all(|one| is_number(&one.text)) => intervals(&values),
        "number" | "numbered" => values,
        _ => Vec::new(),
    };
    names.into_iter().map(StateBlock::from).collect()
}

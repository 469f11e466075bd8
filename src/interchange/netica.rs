//! DNET-1, the text format of Netica (Norsys Software, *DNET-1 File Format*, 1998).
//!
//! ```text
//! // ~->[DNET-1]->~
//! bnet NAME { node NAME {
//!   kind = NATURE | DECISION | UTILITY | CONSTANT;  discrete = TRUE;  title = "…";
//!   states = (…);  statetitles = ("…", "…");  levels = (…);  parents = (…);
//!   probs = ((0.1, 0.9), (0.2, 0.8));  functable = (…);
//! }; };
//! ```
//!
//! Tables are nested by parents, the first outermost; the numbers of the node's own states are innermost. A table of a
//! deterministic node names states, also by their numbers from 0 on, as in `#1`.

use super::blocks::{
    Blocks, Entry, EntryKind, LeftOut, ProbabilityBlock, StateBlock, UtilityBlock, VariableBlock, Word,
};
use super::format::Format;
use super::interval::{intervals, is_number};
use super::statements::{self, Body, Statement, span, value, word, words};
use super::token::{Kind, Lexicon, Token};
use crate::diagnostic::{Diagnostic, Diagnostics, SourceFile};

const LEXICON: Lexicon = Lexicon {
    signs: &['{', '}', '(', ')', ';', '=', ',', '|'],
    ignored: &[],
    comment: "//",
    has_blocks: true,
    has_escapes: true,
    form: "a block is `node Rain { … };`, a value `states = (no, yes);`; this is read as Netica's DNET, --from names another format",
};

/// Reads the blocks of a file. What can't be read is left out, with a message.
pub(super) fn parse(file: &SourceFile) -> (Blocks, Diagnostics) {
    let (statements, found) = statements::parse(file, &LEXICON);
    let mut reader = Reader { blocks: Blocks::new(Format::Netica), found };
    reader.network(&statements);
    (reader.blocks, reader.found)
}

struct Reader {
    blocks: Blocks,
    found: Diagnostics,
}

impl Reader {
    fn network(&mut self, statements: &[Statement]) {
        for one in statements {
            let (Body::Block(inner), Some(name)) = (&one.body, one.name()) else { continue };
            match one.head[0].text.as_str() {
                "bnet" => {
                    let title = value(inner, "title").and_then(word).filter(|one| !one.text.is_empty());
                    self.blocks.name = title.or_else(|| Some(name.clone()));
                    self.network(inner);
                }
                "node" => self.node(name, inner),
                _ if !statements::has(statements, "bnet") && self.blocks.name.is_none() => {
                    let message =
                        format!("{} is no block of a network", super::findings::shown(&one.head[0].text));
                    let problem = Diagnostic::error("network-syntax", message).at(one.span(), "not known");
                    return self.found.push(problem.hint(LEXICON.form));
                }
                // How the network looks.
                _ => {}
            }
        }
    }

    fn node(&mut self, name: &Word, inner: &[Statement]) {
        let text = |key: &str| value(inner, key).and_then(word).map(|one| one.text);
        let label = text("title").filter(|one| !one.is_empty());
        let parents = value(inner, "parents").map(words).unwrap_or_default();
        let table = value(inner, "probs").or_else(|| value(inner, "functable"));
        match text("kind").unwrap_or("NATURE".into()).as_str() {
            "UTILITY" => {
                let numbers = value(inner, "functable").or(table).map(words).unwrap_or_default();
                let utility = UtilityBlock { name: name.clone(), label, parents, numbers, weight: None };
                return self.blocks.utilities.push(utility);
            }
            "CONSTANT" => return self.leave_out(name, "a constant"),
            "DECISION" => {
                let states = states(name, inner);
                let known = Some(parents);
                let decision =
                    VariableBlock { name: name.clone(), label, count: count(inner), states, known };
                return self.blocks.variables.push(decision);
            }
            _ => {}
        }
        let states = states(name, inner);
        if let (None, Some(_)) = (table, value(inner, "equation")) {
            return self.leave_out(name, "an equation without a table");
        }
        if states.is_empty() && text("discrete").is_some_and(|one| one == "FALSE") {
            return self.leave_out(name, "a continuous node without levels");
        }
        if let Some(found) = value(inner, "evidence").or_else(|| value(inner, "value")).and_then(word) {
            self.blocks.left_out.push(LeftOut {
                name: Word { text: format!("evidence of {}", name.text), span: found.span },
                what: "what was learned of it".into(),
                hint: "give it to the run, as in --given 'rain == yes'",
            });
        }
        let entries = table.map(|table| self.entry(inner, &states, table));
        self.blocks.variables.push(VariableBlock {
            name: name.clone(),
            label,
            count: count(inner),
            states,
            known: None,
        });
        let entries = entries.into_iter().collect();
        self.blocks.probabilities.push(ProbabilityBlock { child: name.clone(), parents, entries });
    }

    /// A table of probabilities, or one of states.
    fn entry(&self, inner: &[Statement], states: &[StateBlock], table: &[Token]) -> Entry {
        let (span, mut numbers) = (span(table), words(table));
        if value(inner, "probs").is_some() {
            return Entry { kind: EntryKind::ChildFastest, numbers, span };
        }
        for word in &mut numbers {
            let number = word.text.strip_prefix('#').and_then(|one| one.parse::<usize>().ok());
            if let Some(state) = number.and_then(|one| states.get(one)) {
                word.text.clone_from(&state.name.text);
            }
        }
        Entry { kind: EntryKind::States, numbers, span }
    }

    fn leave_out(&mut self, name: &Word, what: &str) {
        let hint = "only nodes with states and tables are imported: let Netica convert it to a table, and save the network";
        self.blocks.left_out.push(LeftOut { name: name.clone(), what: what.into(), hint });
    }
}

fn count(inner: &[Statement]) -> Option<Word> {
    value(inner, "numstates").and_then(word)
}

/// The states that a node lists; else the intervals between its levels or the levels themselves, its titles, or numbers.
fn states(name: &Word, inner: &[Statement]) -> Vec<StateBlock> {
    let titles = value(inner, "statetitles").map(items).unwrap_or_default();
    let title =
        |at: usize| titles.get(at).cloned().flatten().map(|one| one.text).filter(|one| !one.is_empty());
    let levels = value(inner, "levels").map(words).unwrap_or_default();
    let is_discrete = value(inner, "discrete").and_then(word).is_none_or(|one| one.text != "FALSE");
    let listed = value(inner, "states").map(words).unwrap_or_default();
    let numbered = count(inner).and_then(|one| one.text.parse::<usize>().ok()).filter(|one| *one <= 1 << 16);
    let names = match () {
        () if !listed.is_empty() => listed,
        () if !is_discrete && levels.iter().all(|one| is_number(&one.text)) => intervals(&levels),
        () if !levels.is_empty() => levels,
        () if titles.iter().all(Option::is_some) && !titles.is_empty() => {
            titles.iter().flatten().cloned().collect()
        }
        () => (0..numbered.unwrap_or(0)).map(|at| Word { text: format!("s{at}"), span: name.span }).collect(),
    };
    (0..).zip(names).map(|(at, name)| StateBlock { name, label: title(at) }).collect()
}

/// The members of a list, of which some may be empty.
fn items(tokens: &[Token]) -> Vec<Option<Word>> {
    let mut items = vec![None];
    for token in tokens {
        match token.kind {
            Kind::Sign(',') => items.push(None),
            Kind::Word => {
                if let Some(last) = items.last_mut() {
                    *last = Some(token.word());
                }
            }
            _ => {}
        }
    }
    items
}

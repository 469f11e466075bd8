//! XMLBIF 0.3 (Cozman 1998).
//!
//! ```text
//! <BIF VERSION="0.3"><NETWORK><NAME>…</NAME>
//! <VARIABLE TYPE="nature|decision|utility"><NAME>…</NAME><OUTCOME>…</OUTCOME>…</VARIABLE>
//! <DEFINITION><FOR>CHILD</FOR><GIVEN>PARENT</GIVEN>…<TABLE>…</TABLE></DEFINITION>
//! </NETWORK></BIF>
//! ```
//!
//! In a table the child varies fastest and the first parent slowest.

use super::blocks::{
    Blocks, Entry, EntryKind, ProbabilityBlock, StateBlock, UtilityBlock, VariableBlock, Word,
};
use super::format::Format;
use super::xml::{self, Element};
use crate::diagnostic::{Diagnostic, Diagnostics, SourceFile};

/// Reads the blocks of a file. What can't be read is left out, with a message.
pub(super) fn parse(file: &SourceFile) -> (Blocks, Diagnostics) {
    let mut reader = Reader { blocks: Blocks::new(Format::Xmlbif), found: Diagnostics::new() };
    match xml::parse(file) {
        Ok(root) => reader.root(&root),
        Err(problem) => reader.found.push(problem),
    }
    (reader.blocks, reader.found)
}

struct Reader {
    blocks: Blocks,
    found: Diagnostics,
}

impl Reader {
    fn root(&mut self, root: &Element) {
        let network = if root.is("network") { Some(root) } else { root.first("network") };
        let Some(network) = network.filter(|_| root.is("bif") || root.is("network")) else {
            let message = format!("`<{}>` is no network", root.name.escape_debug());
            let problem =
                Diagnostic::error("network-syntax", message).at(root.span, "no `<BIF>` with a `<NETWORK>`");
            return self.found.push(problem.hint("this is read as XMLBIF 0.3; --from names another format"));
        };
        self.blocks.name = network.first("name").map(Element::text);
        for one in network.all("variable") {
            self.variable(one);
        }
        for one in network.children.iter().filter(|one| one.is("definition") || one.is("probability")) {
            self.definition(one);
        }
    }

    fn variable(&mut self, element: &Element) {
        let Some(name) = self.one(element, "name") else { return };
        let outcomes = element.children.iter().filter(|one| one.is("outcome") || one.is("value"));
        let states = outcomes.map(|one| StateBlock::from(one.text())).collect();
        let kind = element.attribute("type").map_or("nature", |kind| kind.text.as_str());
        let known = match kind.to_ascii_lowercase().as_str() {
            "utility" => {
                let (parents, numbers) = (Vec::new(), Vec::new());
                return self.blocks.utilities.push(UtilityBlock {
                    name,
                    label: None,
                    parents,
                    numbers,
                    weight: None,
                });
            }
            "decision" => Some(Vec::new()),
            _ => None,
        };
        self.blocks.variables.push(VariableBlock { name, label: None, count: None, states, known });
    }

    fn definition(&mut self, element: &Element) {
        let Some(child) = self.one(element, "for") else { return };
        if let Some(second) = element.all("for").nth(1) {
            let problem =
                Diagnostic::error("network-unsupported", "a distribution of two variables together");
            let problem = problem.at(second.span, "a second variable");
            return self
                .found
                .push(problem.hint("give each variable a distribution of its own, given the other"));
        }
        let parents: Vec<Word> = element.all("given").map(Element::text).collect();
        let table = element.first("table");
        let numbers = table.map(Element::words).unwrap_or_default();
        let is_it = |name: &Word| name.text == child.text;
        if let Some(utility) = self.blocks.utilities.iter_mut().find(|one| is_it(&one.name)) {
            (utility.parents, utility.numbers) = (parents, numbers);
            return;
        }
        if let Some(decision) = self.blocks.variables.iter_mut().find(|one| is_it(&one.name))
            && let Some(known) = &mut decision.known
        {
            *known = parents;
            return;
        }
        let span = table.map_or(element.span, |table| table.text().span);
        let entries = table.map(|_| Entry { kind: EntryKind::ChildFastest, numbers, span });
        self.blocks.probabilities.push(ProbabilityBlock {
            child,
            parents,
            entries: entries.into_iter().collect(),
        });
    }

    /// The text of the element of a name that must be there.
    fn one(&mut self, element: &Element, name: &str) -> Option<Word> {
        let found = element.first(name).map(Element::text);
        if found.is_none() {
            let wanted = name.to_ascii_uppercase();
            let message = format!("this `<{}>` has no `<{wanted}>`", element.name.escape_debug());
            let problem =
                Diagnostic::error("network-syntax", message).at(element.span, "says of nothing what it is");
            self.found
                .push(problem.hint(format!("add `<{wanted}>…</{wanted}>` with the name of the variable")));
        }
        found
    }
}

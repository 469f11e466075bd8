//! XDSL, the format of GeNIe and SMILE.
//!
//! ```text
//! <smile id="…"><nodes>
//! <cpt id="…"><state id="…" />…<parents>ID ID</parents><probabilities>…</probabilities></cpt>
//! <deterministic id="…"><state id="…" />…<parents>…</parents><resultingstates>STATE …</resultingstates></deterministic>
//! <noisymax id="…">…<parents>…</parents><strengths>0 1 …</strengths><parameters>…</parameters></noisymax>
//! <decision id="…"><state id="…" />…<parents>…</parents></decision>
//! <utility id="…"><parents>…</parents><utilities>…</utilities></utility>
//! <mau id="…"><parents>…</parents><weights>…</weights></mau>
//! </nodes><extensions><genie><node id="…"><name>…</name></node></genie></extensions></smile>
//! ```
//!
//! Tables are flat, the first parent most significant and the state of the node itself least (BayesFusion, *SMILE
//! Programmer's Manual*, "Multidimensional arrays"). The parameters of a noisy maximum are a distribution for each state
//! of each parent, in the order of its strengths, and the leak; those of the weakest state put all on the last state.

use std::collections::BTreeMap;

use super::blocks::{
    Blocks, Entry, EntryKind, LeftOut, ProbabilityBlock, StateBlock, UtilityBlock, VariableBlock, Word,
};
use super::format::Format;
use super::xml::{self, Element};
use crate::diagnostic::{Diagnostic, Diagnostics, SourceFile};

/// Reads the blocks of a file. What can't be read is left out, with a message.
pub(super) fn parse(file: &SourceFile) -> (Blocks, Diagnostics) {
    let mut reader =
        Reader { blocks: Blocks::new(Format::Xdsl), found: Diagnostics::new(), labels: BTreeMap::new() };
    match xml::parse(file) {
        Ok(root) => reader.root(&root),
        Err(problem) => reader.found.push(problem),
    }
    (reader.blocks, reader.found)
}

struct Reader {
    blocks: Blocks,
    found: Diagnostics,
    /// What people call each node.
    labels: BTreeMap<String, String>,
}

impl Reader {
    fn root(&mut self, root: &Element) {
        let Some(nodes) = root.first("nodes").filter(|_| root.is("smile")) else {
            let message = format!("`<{}>` is no network", root.name.escape_debug());
            let problem =
                Diagnostic::error("network-syntax", message).at(root.span, "no `<smile>` with `<nodes>`");
            return self
                .found
                .push(problem.hint("this is read as GeNIe's XDSL; --from names another format"));
        };
        let extensions = root.first("extensions");
        let genie = extensions.and_then(|one| one.first("genie"));
        let title = genie.and_then(|one| one.attribute("name"));
        self.blocks.name = title.or(root.attribute("id")).cloned();
        extensions.into_iter().for_each(|one| self.labels(one));
        for node in &nodes.children {
            self.node(node);
        }
        nodes.all("mau").for_each(|node| self.weigh(node));
    }

    /// The names that GeNIe shows, also of nodes in submodels.
    fn labels(&mut self, element: &Element) {
        for one in &element.children {
            if let (true, Some(id), Some(name)) = (one.is("node"), one.attribute("id"), one.first("name")) {
                self.labels.entry(id.text.clone()).or_insert_with(|| name.text().text);
            }
            self.labels(one);
        }
    }

    fn node(&mut self, element: &Element) {
        if element.is("mau") {
            return;
        }
        let Some(name) = self.name(element) else { return };
        let label = self.labels.get(&name.text).cloned();
        let parents = element.first("parents").map(Element::words).unwrap_or_default();
        let kind = match element.name.to_ascii_lowercase().as_str() {
            "cpt" => Some(("probabilities", EntryKind::ChildFastest)),
            "deterministic" => Some(("resultingstates", EntryKind::States)),
            "noisymax" => {
                let order = element.first("strengths").map(Element::words).unwrap_or_default();
                Some(("parameters", EntryKind::NoisyMax(order)))
            }
            "decision" => None,
            "utility" => {
                let numbers = element.first("utilities").map(Element::words).unwrap_or_default();
                return self.blocks.utilities.push(UtilityBlock {
                    name,
                    label,
                    parents,
                    numbers,
                    weight: None,
                });
            }
            other => {
                let what = format!("a node of the kind `{}`", other.escape_debug());
                let hint = "only nodes with states and tables are imported: let GeNIe discretize it, or change its type to CPT";
                return self.blocks.left_out.push(LeftOut { name, what, hint });
            }
        };
        let states = element.all("state").filter_map(|one| self.name(one)).map(StateBlock::from).collect();
        let known = kind.is_none().then(|| parents.clone());
        self.blocks.variables.push(VariableBlock { name: name.clone(), label, count: None, states, known });
        let Some((key, kind)) = kind else { return };
        // A table by time steps stands in elements of its own, and has no meaning here.
        let entries =
            element.first(key).map(|one| Entry { kind, numbers: one.words(), span: one.text().span });
        let entries = entries.into_iter().collect();
        self.blocks.probabilities.push(ProbabilityBlock { child: name, parents, entries });
    }

    /// The weights of a sum of utilities.
    fn weigh(&mut self, element: &Element) {
        let Some(name) = self.name(element) else { return };
        let parents = element.first("parents").map(Element::words).unwrap_or_default();
        let weights = element.first("weights").map(Element::words).unwrap_or_default();
        let has_all = parents.iter().all(|parent| {
            self.blocks.utilities.iter().any(|one| one.name.text == parent.text && one.weight.is_none())
        });
        if !has_all || weights.len() != parents.len() {
            let what = "a sum that is not one of utilities, each with a weight and in no other sum".into();
            let hint = "write what it is to be as a `[derived]` value of the scenario";
            return self.blocks.left_out.push(LeftOut { name, what, hint });
        }
        for (parent, weight) in parents.iter().zip(weights) {
            let own = self.blocks.utilities.iter_mut().find(|one| one.name.text == parent.text);
            if let Some(own) = own {
                own.weight = Some(weight);
            }
        }
    }

    /// The attribute by which everything is called.
    fn name(&mut self, element: &Element) -> Option<Word> {
        let found = element.attribute("id").cloned();
        if found.is_none() {
            let message = format!("this `<{}>` has no `id`", element.name.escape_debug());
            let problem = Diagnostic::error("network-syntax", message).at(element.span, "called nothing");
            self.found.push(problem.hint("name it, as in `id=\"rain\"`"));
        }
        found
    }
}

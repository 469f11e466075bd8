//! The order of computation: everything after all that it depends on, or the circle that forbids it.

use std::collections::{BTreeMap, BTreeSet};

use super::builder::Builder;
use crate::diagnostic::{Diagnostic, Span};
use crate::model::{Quantity, Term, Variable, mentions};

impl Builder<'_> {
    /// The order of computation; circles are reported and cut.
    pub(super) fn order(&mut self) -> Vec<Variable> {
        let formulas: BTreeMap<Variable, Vec<&Term>> = self
            .variables()
            .map(|one| (one, self.formulas(one)))
            .filter(|(_, formulas)| !formulas.is_empty())
            .collect();
        let (order, circles) = order(&formulas, &self.resolver.quantities);
        let document = self.document;
        for path in circles {
            let error = cycle(&path, |variable| match variable {
                Variable::Factor(id) => document.factors[id.0].name.text.clone(),
                Variable::Derived(id) => document.derived[id.0].name.text.clone(),
                Variable::Event(id) => document.events[id.0].name.text.clone(),
                Variable::Category(id) => document.categories[id.0].name.text.clone(),
            });
            self.report(error);
        }
        order
    }
}

/// A circle: the variables around it, each with the place where it names the next.
pub(super) type Circle = Vec<(Variable, Span)>;

type Edges = BTreeMap<Variable, Vec<(Variable, Span)>>;

/// All variables, each after all that its formula names, file order where there is a choice; and the circles that forbid
/// it, no variable in two of them. Where there is a circle the order passes over one of its links.
pub(super) fn order(
    formulas: &BTreeMap<Variable, Vec<&Term>>,
    quantities: &[Quantity],
) -> (Vec<Variable>, Vec<Circle>) {
    let all = |terms: &Vec<&Term>| terms.iter().flat_map(|term| mentions(term, quantities)).collect();
    let edges: Edges = formulas.iter().map(|(variable, terms)| (*variable, all(terms))).collect();
    let mut search = Search {
        edges: &edges,
        finished: BTreeSet::new(),
        order: Vec::new(),
        circles: Vec::new(),
        in_circles: BTreeSet::new(),
    };
    for start in formulas.keys() {
        search.visit(*start);
    }
    (search.order, search.circles)
}

struct Search<'e> {
    edges: &'e Edges,
    finished: BTreeSet<Variable>,
    order: Vec<Variable>,
    circles: Vec<Circle>,
    in_circles: BTreeSet<Variable>,
}

impl Search<'_> {
    /// Depth-first search with a stack of its own, so that a long chain can't exhaust the program's.
    fn visit(&mut self, start: Variable) {
        if self.finished.contains(&start) {
            return;
        }
        let edges = self.edges;
        let mut path: Vec<(Variable, usize)> = vec![(start, 0)];
        let mut open = BTreeSet::from([start]);
        while let Some((variable, next)) = path.last_mut() {
            let here = *variable;
            let Some((target, _)) = edges.get(&here).and_then(|list| list.get(*next)) else {
                path.pop();
                open.remove(&here);
                self.finished.insert(here);
                self.order.push(here);
                continue;
            };
            *next += 1;
            if open.contains(target) {
                self.close(&path, *target);
            } else if edges.contains_key(target) && !self.finished.contains(target) {
                open.insert(*target);
                path.push((*target, 0));
            }
        }
    }

    /// Keeps the circle that `path` closes at `target`, if none of its variables is in one already.
    fn close(&mut self, path: &[(Variable, usize)], target: Variable) {
        let start = path.iter().position(|(variable, _)| *variable == target).unwrap_or(0);
        let circle: Circle = path[start..]
            .iter()
            .filter_map(|(variable, next)| Some((*variable, self.edges.get(variable)?.get(next - 1)?.1)))
            .collect();
        if circle.iter().all(|(variable, _)| !self.in_circles.contains(variable)) {
            self.in_circles.extend(circle.iter().map(|(variable, _)| *variable));
            self.circles.push(circle);
        }
    }
}

/// As many links of a circle as are shown.
const MOST_SHOWN: usize = 12;

/// The error of a circle.
pub(super) fn cycle(path: &[(Variable, Span)], name: impl Fn(Variable) -> String) -> Diagnostic {
    let mut names: Vec<String> = path.iter().map(|(variable, _)| format!("`{}`", name(*variable))).collect();
    names.extend(names.first().cloned());
    let mut error = Diagnostic::error("cycle", format!("{} depends on itself", names[0]));
    for (index, (_, span)) in path.iter().enumerate().take(MOST_SHOWN) {
        error = error.at(*span, format!("{} needs {}", names[index], names[index + 1]));
    }
    let hidden = names.len().saturating_sub(MOST_SHOWN + 1);
    if hidden > 0 {
        let last = names.pop();
        names.truncate(MOST_SHOWN);
        names.push(format!("{hidden} more"));
        names.extend(last);
    }
    error.hint(format!("the circle is {}: cut it at one place", names.join(" → ")))
}

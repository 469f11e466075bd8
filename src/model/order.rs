//! The order of computation: everything after all that it depends on, or the circle that forbids it.

use std::collections::{BTreeMap, BTreeSet};

use super::id::Variable;
use super::quantity::Quantity;
use super::term::{Term, TermKind};
use crate::diagnostic::{Diagnostic, Span};

/// The variables that a formula names directly, with the place of each, in the order of the text.
pub(super) fn mentions(term: &Term, quantities: &[Quantity]) -> Vec<(Variable, Span)> {
    let mut found = Vec::new();
    term.walk(&mut |one| match &one.kind {
        TermKind::Variable(variable) => found.push((*variable, one.span)),
        TermKind::Draw(id) => {
            for parameter in quantities[id.0].shape.parameters() {
                found.extend(mentions(parameter, quantities));
            }
        }
        _ => {}
    });
    found
}

/// All variables, each after all that its formula names; file order where there is a choice.
///
/// # Errors
/// A circle, as the path of variables around it, each with the place where it names the next.
pub(super) fn order(
    formulas: &BTreeMap<Variable, &Term>,
    quantities: &[Quantity],
) -> Result<Vec<Variable>, Vec<(Variable, Span)>> {
    let edges: BTreeMap<Variable, Vec<(Variable, Span)>> =
        formulas.iter().map(|(variable, term)| (*variable, mentions(term, quantities))).collect();
    let mut done = Vec::new();
    let mut finished = BTreeSet::new();
    for start in formulas.keys() {
        visit(*start, &edges, &mut finished, &mut done)?;
    }
    Ok(done)
}

/// Depth-first search with a stack of its own, so that a long chain can't exhaust the program's.
fn visit(
    start: Variable,
    edges: &BTreeMap<Variable, Vec<(Variable, Span)>>,
    finished: &mut BTreeSet<Variable>,
    done: &mut Vec<Variable>,
) -> Result<(), Vec<(Variable, Span)>> {
    let mut path: Vec<(Variable, usize)> = vec![(start, 0)];
    let mut open = BTreeSet::from([start]);
    if finished.contains(&start) {
        return Ok(());
    }
    while let Some((variable, next)) = path.last_mut() {
        let here = *variable;
        let Some((target, _)) = edges.get(&here).and_then(|list| list.get(*next)) else {
            path.pop();
            open.remove(&here);
            finished.insert(here);
            done.push(here);
            continue;
        };
        *next += 1;
        if open.contains(target) {
            return Err(circle(&path, *target, edges));
        }
        if edges.contains_key(target) && !finished.contains(target) {
            open.insert(*target);
            path.push((*target, 0));
        }
    }
    Ok(())
}

fn circle(
    path: &[(Variable, usize)],
    target: Variable,
    edges: &BTreeMap<Variable, Vec<(Variable, Span)>>,
) -> Vec<(Variable, Span)> {
    path.iter()
        .skip_while(|(variable, _)| *variable != target)
        .filter_map(|(variable, next)| Some((*variable, edges.get(variable)?.get(next - 1)?.1)))
        .collect()
}

/// The error of a circle.
pub(super) fn cycle(path: &[(Variable, Span)], name: impl Fn(Variable) -> String) -> Diagnostic {
    let mut names: Vec<String> = path.iter().map(|(variable, _)| format!("`{}`", name(*variable))).collect();
    names.extend(names.first().cloned());
    let mut error = Diagnostic::error("cycle", format!("{} depends on itself", names[0]));
    for (index, (_, span)) in path.iter().enumerate() {
        error = error.at(*span, format!("{} needs {}", names[index], names[index + 1]));
    }
    error.hint(format!("the circle is {}: cut it at one place", names.join(" → ")))
}

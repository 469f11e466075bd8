//! Probabilities of states and events as the file gives them, to formulas: shares completed, rows of conditional tables put
//! in order, causes multiplied.

use std::collections::BTreeMap;

use super::names::{Meaning, Names};
use super::shares::{Shares, Whole, in_proportion};
use crate::diagnostic::{Diagnostic, Hint, Span, did_you_mean, list};
use crate::expression::{Binary, Comparison, Ident, Node, Unary};
use crate::limits::Meter;
use crate::model::{Lookup, Term, TermKind, Variable, constant};
use crate::scenario::{self, Category, Choice, Document, Row, Value};

/// How far probabilities may be from summing to 1.
pub(super) const SLACK: f64 = 1e-9;

/// The most combinations of parents' states that a table may have.
const MOST_ROWS: usize = 1 << 16;

/// The formulas of values, by their addresses.
pub(super) type Terms = BTreeMap<String, Term>;

/// What a table depends on, each with its number of states.
pub(super) type Parents = Vec<(Variable, usize)>;

/// Reads the chances of one document.
pub(super) struct ChanceReader<'a> {
    pub(super) document: &'a Document,
    pub(super) names: &'a Names,
    pub(super) terms: &'a Terms,
    pub(super) set: Shares<'a>,
    pub(super) meter: &'a Meter,
    pub(super) faults: Vec<Diagnostic>,
}

impl ChanceReader<'_> {
    /// The formula of a value; a number of a table that is a text is one by itself.
    pub(super) fn term(&self, value: &Value) -> Option<Term> {
        let number = || match value.expr.node {
            Node::Number(number) => Some(Term::constant(number, value.expr.span)),
            _ => None,
        };
        self.terms.get(&value.address).cloned().or_else(number)
    }

    /// The probabilities of a factor's states, in the order of the states.
    pub(super) fn shares(&mut self, category: &Category, shares: &scenario::Shares) -> Option<Vec<Term>> {
        let states: Vec<&str> = category.states.iter().map(|state| state.text.as_str()).collect();
        let places: BTreeMap<&str, usize> =
            states.iter().enumerate().map(|(at, one)| (*one, at)).rev().collect();
        let mut given: Vec<Option<Term>> = vec![None; states.len()];
        let mut is_whole = true;
        for (state, value) in &shares.entries {
            match places.get(state.text.as_str()) {
                Some(&at) => {
                    given[at] = self.term(value);
                    is_whole &= given[at].is_some();
                }
                None => {
                    self.faults.push(unknown_state(&category.name.text, state, &states));
                    is_whole = false;
                }
            }
        }
        // What could not be read is told already.
        if !is_whole {
            return None;
        }
        let missing: Vec<usize> = (0..states.len()).filter(|at| given[*at].is_none()).collect();
        if missing.len() > 1 {
            let names = list(missing.iter().map(|at| states[*at]), "and");
            self.faults.push(
                Diagnostic::error("probabilities", format!("no probability for {names}"))
                    .at(shares.span, "one state may be left out, and takes the rest")
                    .hint("give every state a probability, or all but one"),
            );
            return None;
        }
        let known: Vec<Term> = given.iter().flatten().cloned().collect();
        let sum = sum(known, shares.span);
        let complete = match missing.first() {
            Some(at) => {
                let rest = Term::constant(1.0, shares.span).binary(Binary::Subtract, sum, shares.span);
                given[*at] = Some(rest);
                given.into_iter().flatten().collect()
            }
            None => whole(given.into_iter().flatten().collect(), sum, shares.span)
                .map_err(|fault| self.faults.push(fault))
                .ok()?,
        };
        let own = self.chances(complete)?;
        match shares.path() {
            Some(path) => self.replaced(own, category, path, shares.span),
            None => Some(own),
        }
    }

    /// The probabilities of states under the address `path` with what is set in place of the file's.
    fn replaced(&mut self, own: Vec<Term>, category: &Category, path: &str, span: Span) -> Option<Vec<Term>> {
        let addresses = addresses(category, path);
        let mut held = self.set.held(&addresses);
        for term in held.values_mut() {
            // What is wrong with a number is told of all that are set together.
            if constant(term).is_none() {
                *term = self.chance(term.clone())?;
            }
        }
        if held.len() == own.len() && held.values().any(|term| constant(term).is_none()) {
            let terms: Vec<Term> = held.into_values().collect();
            let sum = sum(terms.clone(), span);
            return whole(terms, sum, span).map_err(|fault| self.faults.push(fault)).ok();
        }
        let found = self.set.apply(&own, &addresses, &held, Whole::States);
        found.map_err(|fault| self.faults.push(fault)).ok()
    }

    /// Each held to [0, 1].
    fn chances(&mut self, terms: Vec<Term>) -> Option<Vec<Term>> {
        let held: Vec<Option<Term>> = terms.into_iter().map(|term| self.chance(term)).collect();
        held.into_iter().collect()
    }

    pub(super) fn chance(&mut self, term: Term) -> Option<Term> {
        match constant(&term) {
            Some(value) if (-SLACK..=1.0 + SLACK).contains(&value) => {
                Some(Term::constant(value.clamp(0.0, 1.0), term.span))
            }
            Some(value) => {
                let error =
                    Diagnostic::error("impossible-probability", "a probability must lie between 0 and 1");
                self.faults.push(
                    error
                        .at(term.span, format!("this is {value}"))
                        .hint("give numbers such as `0.35`; those of all states sum to 1"),
                );
                None
            }
            None => {
                let span = term.span;
                Some(Term { kind: TermKind::Within(Box::new(term), 0.0, 1.0), span })
            }
        }
    }

    /// A table of a factor with states: for each state, its probability by the states of the parents.
    pub(super) fn category_table(&mut self, category: &Category, rows: &[Row]) -> Option<Vec<Term>> {
        let known: Vec<Option<Vec<Term>>> =
            rows.iter().map(|row| self.shares(category, &row.shares)).collect();
        let (parents, order) = self.combinations(rows, category.states.len(), category.name.span)?;
        let known: Vec<Vec<Term>> = known.into_iter().collect::<Option<_>>()?;
        let table = by_states(category, &known, (&parents, &order));
        let path = format!("factors.{}.probabilities", category.name.text);
        self.set_once(category, rows, &path)?;
        self.replaced(table, category, &path, category.name.span)
    }

    /// Nothing, if shares are set in all rows and in some row besides, which can't both stand.
    fn set_once(&mut self, category: &Category, rows: &[Row], path: &str) -> Option<()> {
        let everywhere = self.set.place(&addresses(category, path));
        let row = |row: &Row| self.set.place(&addresses(category, row.shares.path()?));
        let (Some(everywhere), Some(row)) = (everywhere, rows.iter().find_map(row)) else { return Some(()) };
        let name = &category.name.text;
        self.faults.push(
            Diagnostic::error(
                "set-twice",
                format!("`{name}` is set in all rows of its table, and in one besides"),
            )
            .at(everywhere, "in all rows")
            .at(row, "in one row")
            .hint("leave one of them out, or set the rows one by one"),
        );
        None
    }

    /// A table of an event: its probability by the states of the parents.
    pub(super) fn event_table(&mut self, rows: &[Row], name: Span) -> Option<Term> {
        let known: Vec<Option<Term>> = rows
            .iter()
            .map(|row| {
                let term = self.term(&row.shares.entries.first()?.1)?;
                self.chance(term)
            })
            .collect();
        let (parents, order) = self.combinations(rows, 1, name)?;
        let known: Vec<Term> = known.into_iter().collect::<Option<_>>()?;
        Some(lookup(&parents, order.iter().map(|row| known[*row].clone()).collect(), name))
    }

    /// The parents of a table that gives `width` probabilities for each combination of their states, and the row for each.
    pub(super) fn combinations(
        &mut self,
        rows: &[Row],
        width: usize,
        name: Span,
    ) -> Option<(Parents, Vec<usize>)> {
        let faults = self.faults.len();
        let mut parents = Parents::new();
        let mut masks: Vec<Vec<(Variable, Vec<usize>)>> = Vec::new();
        for row in rows {
            let choices = row.when.iter().flatten().filter_map(|choice| self.choice(choice)).collect();
            masks.push(choices);
            for (parent, _) in masks.last().into_iter().flatten() {
                if parents.iter().all(|(one, _)| one != parent) {
                    parents.push((*parent, self.count(*parent)));
                }
            }
        }
        let size = parents.iter().try_fold(1usize, |size, (_, count)| size.checked_mul(*count));
        if size.is_none_or(|size| size > MOST_ROWS) {
            self.faults.push(
                Diagnostic::error("chance-table", "this table has too many combinations of states")
                    .at(name, format!("more than {MOST_ROWS}"))
                    .hint("many causes that work apart from each other are given in `noisy_or`; or put an event between"),
            );
        }
        if self.faults.len() > faults {
            return None;
        }
        let rest: Vec<usize> = (0..rows.len()).filter(|at| rows[*at].when.is_none()).collect();
        if let [first, second, ..] = rest[..] {
            self.faults.push(
                Diagnostic::error("chance-table", "more than one row takes the rest")
                    .at(rows[second].span, "another `else`")
                    .at(rows[first].span, "the first `else`")
                    .hint("keep one of the two"),
            );
            return None;
        }
        // Each combination gets a formula of its own for each.
        if !self.meter.takes((size? * width * size_of::<Term>()) as u64) {
            return None;
        }
        let cover = self.cover(rows, &masks, &parents, size?)?;
        let order: Vec<Option<usize>> = cover.into_iter().map(|own| own.or(rest.first().copied())).collect();
        if let Some(at) = order.iter().position(Option::is_none) {
            let message = format!("the table has no row for {}", self.describe(&parents, at));
            // Rows of a text come without their numbers.
            let is_text = rows.iter().all(|row| row.shares.entries.is_empty());
            let rest = if is_text { "else | …" } else { "{ else = true, … }" };
            self.faults.push(
                Diagnostic::error("chance-table", message)
                    .at(rows.first()?.span, "the rows of this table leave a gap")
                    .hint(format!("add a row for it, or `{rest}` for all that no other row names")),
            );
        }
        Some((parents, order.into_iter().collect::<Option<_>>()?))
    }

    /// The row that says of each combination what is the case, but for the one that takes the rest; of the first row that says
    /// what another says already, a fault.
    fn cover(
        &mut self,
        rows: &[Row],
        masks: &[Vec<(Variable, Vec<usize>)>],
        parents: &[(Variable, usize)],
        size: usize,
    ) -> Option<Vec<Option<usize>>> {
        let mut cover: Vec<Option<usize>> = vec![None; size];
        for (row, masks) in masks.iter().enumerate().filter(|(row, _)| rows[*row].when.is_some()) {
            let mut twice = None;
            for at in combinations(parents, masks) {
                match cover[at] {
                    Some(first) => twice = twice.or(Some((first, at))),
                    None => cover[at] = Some(row),
                }
            }
            if let Some((first, at)) = twice {
                let message = format!("the table has two rows for {}", self.describe(parents, at));
                self.faults.push(
                    Diagnostic::error("chance-table", message)
                        .at(rows[row].span, "holds too")
                        .at(rows[first].span, "holds")
                        .hint("narrow the `when` of one of the two"),
                );
            }
            if twice.is_some() || !self.meter.goes_on() {
                return None;
            }
        }
        Some(cover)
    }

    /// A combination in words.
    fn describe(&self, parents: &[(Variable, usize)], at: usize) -> String {
        let states = states(parents, at);
        let one = |(parent, _): &(Variable, usize)| match *parent {
            Variable::Category(id) => {
                let category = &self.document.categories[id.0];
                format!("`{} = \"{}\"`", category.name.text, category.states[states[parent]].text)
            }
            Variable::Event(id) => {
                format!("`{} = {}`", self.document.events[id.0].name.text, states[parent] == 1)
            }
            _ => String::new(),
        };
        parents.iter().map(one).collect::<Vec<_>>().join(" and ")
    }

    fn count(&self, parent: Variable) -> usize {
        match parent {
            Variable::Category(id) => self.document.categories[id.0].states.len(),
            _ => 2,
        }
    }

    /// The parent and the states that a row allows it.
    fn choice(&mut self, choice: &Choice) -> Option<(Variable, Vec<usize>)> {
        let parent = &choice.parent;
        let (variable, states): (Variable, Vec<&str>) = match self.names.get(&parent.text) {
            Some(Meaning::Variable(Variable::Category(id))) => {
                let states = self.document.categories[id.0].states.iter().map(|state| state.text.as_str());
                (Variable::Category(id), states.collect())
            }
            Some(Meaning::Variable(event @ Variable::Event(_))) => (event, vec!["false", "true"]),
            _ => {
                let admits =
                    |named| matches!(named, Meaning::Variable(Variable::Category(_) | Variable::Event(_)));
                self.faults.push(self.names.unknown(parent, "an event or a factor with states", admits));
                return None;
            }
        };
        let mut allowed = Vec::new();
        for state in &choice.states {
            match states.iter().position(|one| *one == state.text) {
                Some(at) => allowed.push(at),
                None => self.faults.push(unknown_state(&parent.text, state, &states)),
            }
        }
        Some((variable, allowed))
    }
}

fn sum(terms: Vec<Term>, span: Span) -> Term {
    match terms.is_empty() {
        true => Term::constant(0.0, span),
        false => Term::join(terms, Binary::Add, |_| span),
    }
}

/// Probabilities of all states: constants must sum to 1; formulas that do not make the draw void.
fn whole(terms: Vec<Term>, sum: Term, span: Span) -> Result<Vec<Term>, Diagnostic> {
    if let Some(total) = constant(&sum) {
        return match (total - 1.0).abs() <= SLACK {
            true => Ok(terms),
            false => Err(not_whole(&terms, total, span)),
        };
    }
    let distance = sum.binary(Binary::Subtract, Term::constant(1.0, span), span).unary(Unary::Abs);
    let slack = Box::new(Term::constant(SLACK, span));
    let sound = Term { kind: TermKind::Compare(Comparison::LessOrEqual, Box::new(distance), slack), span };
    let held = |term: Term| {
        let parts = [sound.clone(), term, Term::constant(f64::NAN, span)];
        Term { kind: TermKind::If(Box::new(parts)), span }
    };
    Ok(terms.into_iter().map(held).collect())
}

fn not_whole(terms: &[Term], total: f64, span: Span) -> Diagnostic {
    let given: Option<Vec<(f64, Span)>> = terms.iter().map(|one| Some((constant(one)?, one.span))).collect();
    let shown = (total * 1e12).round() / 1e12;
    let error = Diagnostic::error("probabilities", format!("the probabilities sum to {shown}, not to 1"));
    let error = error.at(span, "these");
    let error = match given.filter(|given| total > 0.0 && given.iter().all(|(value, _)| *value >= 0.0)) {
        Some(given) => error.hint(in_proportion(&given)),
        None => error,
    };
    error.hint("or leave one state out: it takes the rest")
}

/// For each state, its probability by the states of the parents, where `known` has those of each row.
pub(super) fn by_states(
    category: &Category,
    known: &[Vec<Term>],
    (parents, order): (&Parents, &[usize]),
) -> Vec<Term> {
    let one = |state: usize| {
        let chosen = order.iter().map(|row| known[*row][state].clone()).collect();
        lookup(parents, chosen, category.name.span)
    };
    (0..category.states.len()).map(one).collect()
}

pub(super) fn lookup(parents: &[(Variable, usize)], rows: Vec<Term>, span: Span) -> Term {
    match parents.is_empty() {
        // Only `else`.
        true => rows.into_iter().next().unwrap_or(Term::constant(f64::NAN, span)),
        false => Term { kind: TermKind::Table(Box::new(Lookup { parents: parents.to_vec(), rows })), span },
    }
}

/// The error of a state that something does not have.
pub(super) fn unknown_state(owner: &str, state: &Ident, states: &[&str]) -> Diagnostic {
    let hint = match did_you_mean(&state.text, states.iter().copied()) {
        Some(near) => Hint::meant(state.span, &state.text, near),
        None => format!("its states are {}", list(states.iter().copied(), "and")).into(),
    };
    Diagnostic::error("unknown-state", format!("`{owner}` has no state `{}`", state.text))
        .at(state.span, "none of its states")
        .hint(hint)
}

/// The addresses of a category's shares.
fn addresses(category: &Category, path: &str) -> Vec<String> {
    category.states.iter().map(|state| format!("{path}.{}", state.text)).collect()
}

/// The states of a combination, of which those of the last parent change fastest.
fn states(parents: &[(Variable, usize)], at: usize) -> BTreeMap<Variable, usize> {
    let mut left = at;
    let mut states = BTreeMap::new();
    for (parent, count) in parents.iter().rev() {
        states.insert(*parent, left % count);
        left /= count;
    }
    states
}

/// The combinations that a row allows, ascending.
fn combinations(parents: &[(Variable, usize)], masks: &[(Variable, Vec<usize>)]) -> Vec<usize> {
    let mut found = vec![0];
    for (parent, count) in parents {
        let is_allowed = |state: &usize| {
            masks.iter().filter(|(one, _)| one == parent).all(|(_, allowed)| allowed.contains(state))
        };
        let allowed: Vec<usize> = (0..*count).filter(is_allowed).collect();
        found = found.iter().flat_map(|at| allowed.iter().map(move |state| at * count + state)).collect();
    }
    found
}

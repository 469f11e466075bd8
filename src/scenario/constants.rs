//! Numbers of a document that are no expressions: ranges, neutral points, correlations, and what evidence counts. Each has
//! an address, and can be replaced by another number that could stand there in the file.

use super::decision::Decision;
use super::document::Document;
use super::range::Range;
use super::sections::{Correlation, EvidenceEntry, Factor, NumberOrWord};
use super::value::{Located, Override};
use super::{correlations, decisions, evidence};
use crate::diagnostic::Diagnostic;
use crate::expression::{Expr, Loose, Node, scale};

/// A number that can be replaced.
struct Constant<'d> {
    /// That of its key.
    address: String,
    /// Its position under that key from 1, if it does not stand there alone.
    position: Option<usize>,
    number: &'d mut Located<f64>,
    /// The word that is written in its place, where there can be one.
    word: Option<&'d mut Option<&'static scale::Band>>,
}

impl Document {
    /// Every number that is no expression, with the address of its key and, as of both ends of a range, its position under
    /// that key from 1.
    pub fn constants(&self) -> Vec<(String, Option<usize>, Located<f64>)> {
        let mut copy = Document {
            factors: self.factors.clone(),
            correlations: self.correlations.clone(),
            evidence: self.evidence.clone(),
            decisions: self.decisions.clone(),
            ..Document::default()
        };
        let found = copy.constants_mut().into_iter();
        found.map(|one| (one.address, one.position, one.number.clone())).collect()
    }

    /// This with other numbers in the place of constants: for each override the address of its key and the position of its
    /// number from 1, or `None` for all that stand under it. Addresses and positions that the document does not have say nothing.
    ///
    /// # Errors
    /// What can't stand there, by itself or beside the others.
    pub fn with_constants(
        &self,
        changes: &[(String, Option<usize>, &Override)],
    ) -> Result<Document, Vec<Diagnostic>> {
        let mut changed = self.clone();
        let mut faults = Vec::new();
        for (address, position, change) in changes {
            let mut all = changed.constants_mut();
            all.retain(|one| one.address == *address);
            faults.extend(replace(all, *position, &change.expr).err());
        }
        if faults.is_empty() {
            faults = changed.faults();
        }
        if faults.is_empty() { Ok(changed) } else { Err(faults) }
    }

    fn constants_mut(&mut self) -> Vec<Constant<'_>> {
        let factors = self.factors.iter_mut().flat_map(of_factor);
        let correlations = self.correlations.iter_mut().flat_map(of_correlation);
        let evidence = self.evidence.iter_mut().flat_map(of_item);
        let costs = self.decisions.iter_mut().flat_map(of_decision);
        factors.chain(correlations).chain(evidence).chain(costs).collect()
    }

    /// What constants can't be, as the file is checked when it is read.
    fn faults(&self) -> Vec<Diagnostic> {
        let ranges = self.factors.iter().filter_map(|one| one.range.as_ref()?.fault());
        let correlations = self.correlations.iter().flat_map(correlations::faults);
        let trials = self.decisions.iter().flat_map(|one| &one.trials);
        let costs = trials.filter_map(|one| decisions::negative(one.cost.as_ref()?));
        let evidence = self.evidence.iter().flat_map(evidence::faults);
        ranges.chain(correlations).chain(evidence).chain(costs).collect()
    }
}

fn plain(address: String, number: &mut Located<f64>) -> Constant<'_> {
    Constant { address, position: None, number, word: None }
}

fn of_factor(factor: &mut Factor) -> Vec<Constant<'_>> {
    let address = |key: &str| format!("factors.{}.{key}", factor.name.text);
    let (range, neutral) = (address("range"), address("neutral"));
    let ends = factor.range.iter_mut().flat_map(|Range { low, high, .. }| [(1, low), (2, high)]);
    let end = |(at, end)| Constant { position: Some(at), ..plain(range.clone(), end) };
    ends.map(end).chain(factor.neutral.iter_mut().map(|one| plain(neutral.clone(), one))).collect()
}

fn of_correlation(correlation: &mut Correlation) -> Vec<Constant<'_>> {
    let (strength, degrees) = (correlation.address(correlation.kind.key()), correlation.address("degrees"));
    let value = std::iter::once(plain(strength, &mut correlation.value));
    value.chain(correlation.degrees.iter_mut().map(|one| plain(degrees.clone(), one))).collect()
}

fn of_decision(decision: &mut Decision) -> Vec<Constant<'_>> {
    let path = format!("decisions.{}.tests", decision.id.text);
    let tests = decision.trials.iter_mut();
    tests
        .filter_map(|one| Some(plain(format!("{path}.{}.cost", one.name.text), one.cost.as_mut()?)))
        .collect()
}

fn of_item(item: &mut EvidenceEntry) -> Vec<Constant<'_>> {
    let address = |key: &str| format!("evidence.{}.{key}", item.id.text);
    let (reliability, overlap) = (address("reliability"), address("overlap"));
    let shares = [(reliability, &mut item.reliability), (overlap, &mut item.overlap)];
    let shares = shares.into_iter().filter_map(|(address, one)| Some(plain(address, one.as_mut()?)));
    let mut found: Vec<Constant> = shares.collect();
    if let Some(likelihood) = &mut item.likelihood {
        let (key, is_ratio) = (likelihood.key(), likelihood.is_ratio);
        for (state, NumberOrWord { number, word }) in &mut likelihood.entries {
            let address = format!("evidence.{}.{key}.{}", item.id.text, state.text);
            found.push(Constant { word: (!is_ratio).then_some(word), ..plain(address, number) });
        }
    }
    found
}

/// Puts what an override says in the place of one constant, or of all.
fn replace(all: Vec<Constant>, position: Option<usize>, expr: &Expr) -> Result<(), Diagnostic> {
    match (position, &expr.node) {
        (None, Node::List(items)) if items.len() == all.len() && all.len() > 1 => {
            all.into_iter().zip(items).try_for_each(|(one, item)| one.set(item))
        }
        (None, Node::Loose(Loose { list: Some(list), .. })) if list.len() == all.len() => {
            let number = |value: f64| Expr { node: Node::Number(value), span: expr.span };
            all.into_iter().zip(list).try_for_each(|(one, value)| one.set(&number(*value)))
        }
        (None, _) if all.len() > 1 => Err(both(&all[0].address, expr)),
        _ => all
            .into_iter()
            .nth(position.map_or(0, |one| one.saturating_sub(1)))
            .map_or(Ok(()), |one| one.set(expr)),
    }
}

impl Constant<'_> {
    /// What says the same as the file keeps its place there.
    fn set(self, expr: &Expr) -> Result<(), Diagnostic> {
        let new = match (&expr.node, &self.word) {
            (Node::Number(value), _) => NumberOrWord::number(*value, expr.span),
            (Node::Text(word) | Node::Name(word), Some(_)) => evidence::verbal(word, expr.span)?,
            _ => return Err(self.not_a_number(expr)),
        };
        let is_same = new.number.value.to_bits() == self.number.value.to_bits();
        if is_same && self.word.as_ref().is_none_or(|own| own.is_some() == new.word.is_some()) {
            return Ok(());
        }
        *self.number = new.number;
        if let Some(own) = self.word {
            *own = new.word;
        }
        Ok(())
    }

    fn not_a_number(&self, expr: &Expr) -> Diagnostic {
        let (wanted, hint) = match self.word {
            Some(_) => (
                "a number or a word of the verbal scale",
                "give a number such as `0.7`, or a word such as `\"likely\"`",
            ),
            None => ("a number", "give a number such as `0.35`: expressions stand in values only"),
        };
        Diagnostic::error("wrong-kind", format!("`{}` must be {wanted}", self.address))
            .at(expr.span, "something else")
            .hint(hint)
    }
}

fn both(address: &str, expr: &Expr) -> Diagnostic {
    Diagnostic::error("wrong-kind", format!("`{address}` must be two numbers"))
        .at(expr.span, "something else")
        .hint(format!("give both, as in `[0, 1]`, or set one of them, as in `{address}@2=1`"))
}

//! Evidence from the document to the model.

use super::builder::Builder;
use super::names::Meaning;
use crate::diagnostic::{Diagnostic, Hint, Span, did_you_mean, list};
use crate::expression::Ident;
use crate::model::{Evidence, Named, Reading, Variable};
use crate::scenario::{Document, EvidenceEntry, Likelihood};

/// The names of the states that likelihoods are about.
fn states(document: &Document, about: Option<Variable>) -> Vec<&str> {
    match about {
        None => document.outcomes.iter().map(|one| one.name.text.as_str()).collect(),
        Some(Variable::Category(id)) => {
            document.categories[id.0].states.iter().map(|one| one.text.as_str()).collect()
        }
        Some(_) => vec!["false", "true"],
    }
}

impl Builder<'_> {
    /// All items, if all are sound.
    pub(super) fn evidence(&mut self) -> Option<Vec<Evidence>> {
        let document = self.document;
        let found: Vec<Option<Evidence>> =
            (0..document.evidence.len()).map(|at| self.evidence_item(at)).collect();
        found.into_iter().collect()
    }

    fn evidence_item(&mut self, at: usize) -> Option<Evidence> {
        let document = self.document;
        let entry = &document.evidence[at];
        if let Some(first) = document.evidence[..at].iter().find(|one| one.id.text == entry.id.text) {
            self.report(twice(&entry.id, first.id.span));
        }
        let about = self.about(entry);
        let date = entry.date.as_ref();
        date.into_iter().for_each(|_| self.check_dates(entry));
        let depends_on: Vec<Option<usize>> =
            entry.depends_on.iter().map(|one| self.earlier(at, one)).collect();
        let likelihoods = self.likelihoods(entry, about?);
        Some(Evidence {
            id: entry.id.text.clone(),
            text: Named::new(&entry.id.text, entry.text.as_deref(), None).label,
            date: date?.value,
            publisher: entry.publisher.clone(),
            url: entry.url.clone(),
            about: about?,
            likelihoods: likelihoods?,
            is_ratio: entry.likelihood.as_ref().is_some_and(|one| one.is_ratio),
            reliability: entry.reliability.as_ref().map_or(1.0, |one| one.value),
            depends_on: depends_on.into_iter().collect::<Option<_>>()?,
            overlap: entry.overlap.as_ref().map_or(1.0, |one| one.value),
            active: false,
            cost: entry.cost,
            origin: entry.origin.clone(),
            span: entry.span,
        })
    }

    /// What the likelihoods are about: the outcome is `Some(None)`.
    fn about(&mut self, entry: &EvidenceEntry) -> Option<Option<Variable>> {
        let Some(name) = &entry.about else {
            if self.document.outcomes.is_empty() {
                self.report(
                    Diagnostic::error("evidence", "there are no outcomes that this could be evidence of")
                        .at(entry.span, "about what?")
                        .hint("name an event or a factor with states, as in `about = \"china\"`"),
                );
                return None;
            }
            return Some(None);
        };
        let admits = |named| matches!(named, Meaning::Variable(Variable::Event(_) | Variable::Category(_)));
        match self.resolver.names.get(&name.text) {
            Some(Meaning::Variable(one)) if admits(Meaning::Variable(one)) => Some(Some(one)),
            _ => {
                let problem = self.resolver.names.unknown(name, "an event or a factor with states", admits);
                self.report(problem);
                None
            }
        }
    }

    /// What was known when the scenario was written is in its numbers already.
    fn check_dates(&mut self, entry: &EvidenceEntry) {
        let (Some(date), Some(as_of)) = (&entry.date, &self.document.header.as_of) else { return };
        if date.value < as_of.value {
            self.report(
                Diagnostic::warning("evidence", "this was known when the scenario was written")
                    .at(date.span, "before `as_of`")
                    .at(as_of.span, "what was known then is in the factors and weights")
                    .hint("counting it once more would count it twice: leave it out, or move `as_of`"),
            );
        }
    }

    /// The position of an item that the `at`-th depends on.
    fn earlier(&mut self, at: usize, name: &Ident) -> Option<usize> {
        let items = &self.document.evidence;
        let Some(other) = items.iter().position(|one| one.id.text == name.text) else {
            let known = items.iter().map(|one| one.id.text.as_str());
            let near = did_you_mean(&name.text, known.clone());
            let hint = match near {
                Some(near) => Hint::meant(name.span, &name.text, near),
                None => format!("items are {}", list(known, "and")).into(),
            };
            let message = format!("no evidence is called `{}`", name.text);
            self.report(Diagnostic::error("unknown-evidence", message).at(name.span, "no `id`").hint(hint));
            return None;
        };
        let day = |at: usize| items[at].date.as_ref().map(|date| date.value);
        if (day(other), other) >= (day(at), at) && day(other).is_some() && day(at).is_some() {
            self.report(
                Diagnostic::error("evidence", "evidence can only repeat what came before it")
                    .at(name.span, "no earlier item")
                    .hint("let the later item depend on the earlier one; of two on one day, the later in the file"),
            );
            return None;
        }
        Some(other)
    }

    /// The likelihoods in the order of the states.
    fn likelihoods(&mut self, entry: &EvidenceEntry, about: Option<Variable>) -> Option<Vec<f64>> {
        let likelihood = entry.likelihood.as_ref()?;
        let document = self.document;
        let states = states(document, about);
        let strangers = likelihood.entries.iter().filter(|(name, _)| !states.contains(&name.text.as_str()));
        let strangers: Vec<Diagnostic> =
            strangers.map(|(name, _)| no_state(name, &states, about.is_none())).collect();
        let missing: Vec<&str> = states
            .iter()
            .copied()
            .filter(|state| likelihood.entries.iter().all(|(name, _)| name.text != *state))
            .collect();
        if !strangers.is_empty() {
            strangers.into_iter().for_each(|one| self.report(one));
            return None;
        }
        if !likelihood.is_ratio && !missing.is_empty() {
            self.report(incomplete(likelihood, &missing));
            return None;
        }
        let value = |state: &&str| {
            likelihood
                .entries
                .iter()
                .find(|(name, _)| name.text == **state)
                .map_or(1.0, |(_, one)| one.number.value)
        };
        let found: Vec<f64> = states.iter().map(value).collect();
        if found.iter().all(|one| *one == 0.0) {
            self.report(
                Diagnostic::error("evidence", "a report that is impossible in every case can never come in")
                    .at(likelihood.span, "all are 0")
                    .hint("give at least one of them a likelihood above 0"),
            );
            return None;
        }
        for (_, level) in &likelihood.entries {
            if let Some(band) = level.word {
                let percent = |share: f64| (100.0 * share).round();
                let (low, high) = (percent(band.low), percent(band.high));
                let text =
                    format!("\"{}\" as {}, the middle of {low}–{high} %", band.word(), level.number.value);
                self.resolver.readings.push(Reading { span: level.number.span, text, is_rounding: false });
            }
        }
        Some(found)
    }
}

fn twice(id: &Ident, first: Span) -> Diagnostic {
    Diagnostic::error("duplicate-name", format!("two items of evidence are called `{}`", id.text))
        .at(id.span, "used again")
        .at(first, "the first")
        .hint("give each an `id` of its own")
}

fn no_state(name: &Ident, states: &[&str], is_outcome: bool) -> Diagnostic {
    let what = if is_outcome { "outcome" } else { "state" };
    let near = did_you_mean(&name.text, states.iter().copied());
    let hint = match near {
        Some(near) => Hint::meant(name.span, &name.text, near),
        None => format!("there are {}", list(states.iter().copied(), "and")).into(),
    };
    Diagnostic::error("unknown-state", format!("no {what} is called `{}`", name.text))
        .at(name.span, format!("no {what} that the likelihoods are about"))
        .hint(hint)
}

fn incomplete(likelihood: &Likelihood, missing: &[&str]) -> Diagnostic {
    let named = list(missing.iter().copied(), "and");
    Diagnostic::error("evidence", format!("no likelihood is given under {named}"))
        .at(likelihood.span, "not complete")
        .hint(format!("say how probable the report is there too, as in `{} = 0.5`", missing[0]))
        .hint("or give proportions: in `likelihood_ratio = { … }` what is not named counts 1")
}

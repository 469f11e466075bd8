//! What a run found and what it was made from, in one value.

use std::collections::BTreeMap;

use super::variant::Variant;
use crate::analysis::correlations::{self, Reached};
use crate::analysis::drivers::{Driver, Drivers};
use crate::analysis::learned::LearnedSummary;
use crate::analysis::run::Run;
use crate::analysis::summary::{
    CategorySummary, DerivedSummary, EventSummary, FactorSummary, OutcomeSummary, TheorySummary,
};
use crate::analysis::void::VoidSummary;
use crate::design::Kind;
use crate::diagnostic::{Diagnostic, Diagnostics, Sources};
use crate::model::Model;
use crate::scenario::Source;
use crate::simulation::{Plan, Rule, Settings, Target};
use crate::statistics::Estimate;

/// Everything that a page says about a run. Lists are in the order of the file.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// What was run.
    pub scenario: Facts,
    /// How it was run.
    pub run: RunFacts,
    /// The answers.
    pub outcomes: Vec<OutcomeSummary>,
    /// Each theory by itself, if the file names any.
    pub theories: Vec<TheorySummary>,
    /// What is not known.
    pub factors: Vec<FactorSummary>,
    /// What is not known and is one of several things.
    pub categories: Vec<CategorySummary>,
    /// What follows from it.
    pub derived: Vec<DerivedSummary>,
    /// What happens or not.
    pub events: Vec<EventSummary>,
    /// What was learned, if anything was.
    pub learned: Option<LearnedSummary>,
    /// The correlations of factors, as asked for and as reached.
    pub correlations: Vec<Reached>,
    /// What moves each outcome.
    pub drivers: Drivers,
    /// For each outcome, its probability in the first draws.
    pub kept: Vec<Vec<f64>>,
    /// What pictures call the outcomes that have a short name, by their ids.
    pub shorts: BTreeMap<String, String>,
    /// The file's variants that were run beside it.
    pub variants: Vec<Variant>,
    /// Draws that were left out.
    pub void: VoidFacts,
    /// How expressions that allow more than one reading were read: place and reading.
    pub readings: Vec<(String, String)>,
    /// What the reader should know, each in a sentence.
    pub warnings: Vec<String>,
    /// The names that the report was asked to keep to; none if it tells of everything.
    pub of: Vec<String>,
    /// The percentiles that were asked for, each above 0 and below 100, ascending.
    pub percents: Vec<f64>,
}

/// The scenario in its own words.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facts {
    /// The file as the user named it.
    pub file: String,
    /// Its title.
    pub title: String,
    /// The question that the outcomes answer.
    pub question: Option<String>,
    /// What was known when, as YYYY-MM-DD.
    pub as_of: Option<String>,
    /// When the question resolves, as YYYY-MM-DD.
    pub by: Option<String>,
    /// The text that the file encodes.
    pub source: Source,
}

/// How the answers were made.
#[derive(Clone, Debug, PartialEq)]
pub struct RunFacts {
    /// Draws in all.
    pub draws: u64,
    /// The seed.
    pub seed: u64,
    /// The kind of design.
    pub design: Kind,
    /// Independent randomisations.
    pub replicates: u32,
    /// Whether no draw entered any answer.
    pub exact: bool,
    /// Whether the wanted precision was reached; true where none was asked for.
    pub reached: bool,
    /// Seconds on the clock; `None` in whatever is kept.
    pub elapsed_seconds: Option<f64>,
    /// The version of foretell.
    pub version: &'static str,
    /// SHA-256, in hexadecimal digits, over the file and its attachments in the order of their paths.
    pub file_hash: String,
    /// The variants that were run in place of the file.
    pub chosen: Vec<String>,
    /// Values that replaced the file's, as NAME=VALUE.
    pub overrides: Vec<String>,
    /// The addresses of exclusive shares that were rescaled, as others of the same whole were replaced.
    pub rescaled: Vec<String>,
    /// What was learned, as propositions.
    pub given: Vec<String>,
    /// The items of evidence that count, by their ids.
    pub evidence: Vec<String>,
    /// Decimals of a percentage that the wanted precision makes right, at least one.
    pub decimals: usize,
}

/// Draws that gave no number.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct VoidFacts {
    /// How many.
    pub draws: u64,
    /// `file:line:column` of the formula that first failed in the first of them.
    pub place: Option<String>,
    /// The factors' values in it.
    pub example: Vec<(String, f64)>,
}

/// What a report needs to know besides the model and the run.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The texts that the model came from.
    pub sources: &'a Sources,
    /// How the run was asked for.
    pub settings: &'a Settings,
    /// The names of the variants that were run in place of the file.
    pub chosen: &'a [String],
    /// Values that replaced the file's, as NAME=VALUE.
    pub overrides: &'a [String],
    /// What was learned, as propositions.
    pub given: &'a [String],
    /// What was found of the variants that were run beside the file.
    pub variants: &'a [Variant],
    /// The percentiles that the run was asked for.
    pub percents: &'a [f64],
    /// The hash of file and attachments.
    pub file_hash: &'a str,
    /// Seconds on the clock.
    pub elapsed_seconds: Option<f64>,
    /// What was found on the way.
    pub warnings: &'a Diagnostics,
}

/// Gathers a report.
pub fn compose(model: &Model, run: &Run, context: &Context) -> Report {
    let summary = run.summary.clone();
    Report {
        scenario: Facts::of(model, context.sources),
        run: RunFacts::of(model, &summary.plan, (summary.exact, run.reached), context),
        kept: run.shares.clone(),
        outcomes: summary.outcomes,
        theories: summary.theories,
        factors: summary.factors,
        categories: summary.categories,
        learned: summary.learned,
        derived: summary.derived,
        events: summary.events,
        correlations: correlations::find(model, summary.plan.kind, summary.plan.seed),
        drivers: run.drivers.clone(),
        shorts: shorts(model),
        variants: context.variants.to_vec(),
        void: VoidFacts::of(&summary.void, context.sources),
        readings: readings(model, context.sources),
        warnings: context.warnings.iter().map(|one| sentence(one, context.sources)).collect(),
        of: Vec::new(),
        percents: context.percents.to_vec(),
    }
}

fn shorts(model: &Model) -> BTreeMap<String, String> {
    let named = model.outcomes.iter().map(|one| &one.named);
    named.filter_map(|one| Some((one.id.clone(), one.short.clone()?))).collect()
}

/// The probability of an event or of a state of a factor.
#[derive(Clone, Debug, PartialEq)]
pub struct Chance {
    /// The event's name, or the factor's and the state's with a full stop between.
    pub id: String,
    /// The same in words.
    pub label: String,
    /// How probable it is.
    pub probability: Estimate,
}

impl Report {
    /// The probabilities of all states and events: the answers of a file without outcomes.
    pub fn chances(&self) -> Vec<Chance> {
        let states = self.categories.iter().flat_map(|category| {
            category.states.iter().map(|state| Chance {
                id: format!("{}.{}", category.id, state.id),
                label: format!("{}: {}", category.label, state.label),
                probability: state.probability,
            })
        });
        let events = self.events.iter().map(|event| Chance {
            id: event.id.clone(),
            label: event.label.clone(),
            probability: event.probability,
        });
        states.chain(events).collect()
    }

    /// What pictures call an outcome: its short name, else its label.
    pub fn short<'r>(&'r self, outcome: &'r OutcomeSummary) -> &'r str {
        self.shorts.get(&outcome.id).unwrap_or(&outcome.label)
    }

    /// The report as it is kept: without clock time.
    pub fn timeless(&self) -> Report {
        Report { run: RunFacts { elapsed_seconds: None, ..self.run.clone() }, ..self.clone() }
    }

    /// The drivers of an outcome that move it by more than the decimals hide, strongest first.
    pub fn felt_drivers(&self, outcome: usize) -> impl Iterator<Item = &Driver> {
        let least = 0.5 * 10f64.powi(-2 - self.run.decimals as i32);
        let drivers = self.drivers.outcomes.get(outcome).into_iter().flatten();
        drivers.filter(move |one| one.swing.value.abs() >= least)
    }

    /// The theories that are shown beside each other: those that can be right, if there are several.
    pub fn rivals(&self) -> Vec<&TheorySummary> {
        let possible: Vec<&TheorySummary> =
            self.theories.iter().filter(|one| !one.outcomes.is_empty()).collect();
        if possible.len() > 1 { possible } else { Vec::new() }
    }

    /// The outcomes' positions, most probable first.
    pub fn by_probability(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.outcomes.len()).collect();
        let value = |at: &usize| self.outcomes[*at].probability.value;
        order.sort_by(|a, b| value(b).total_cmp(&value(a)));
        order
    }
}

impl Facts {
    /// What a model says of itself.
    pub fn of(model: &Model, sources: &Sources) -> Facts {
        let header = &model.header;
        Facts {
            file: sources.file().name.clone(),
            title: model.title().into(),
            question: header.question.clone(),
            as_of: header.as_of.as_ref().map(|date| date.value.to_string()),
            by: header.by.as_ref().map(|date| date.value.to_string()),
            source: header.source.clone(),
        }
    }
}

impl RunFacts {
    /// What is to be said of draws made by `plan`.
    pub(super) fn of(
        model: &Model,
        plan: &Plan,
        (exact, reached): (bool, bool),
        context: &Context,
    ) -> RunFacts {
        RunFacts {
            draws: plan.draws(),
            seed: plan.seed,
            design: plan.kind,
            replicates: plan.replicates,
            exact,
            reached,
            elapsed_seconds: context.elapsed_seconds,
            version: env!("CARGO_PKG_VERSION"),
            file_hash: context.file_hash.into(),
            chosen: context.chosen.to_vec(),
            overrides: context.overrides.to_vec(),
            rescaled: model.rescaled.clone(),
            given: context.given.to_vec(),
            evidence: active(model),
            decimals: decimals(context.settings.rule),
        }
    }
}

impl VoidFacts {
    pub(super) fn of(void: &VoidSummary, sources: &Sources) -> VoidFacts {
        let place = void.place.map(|span| sources.place(span));
        VoidFacts { draws: void.draws, place, example: void.example.clone() }
    }
}

/// The ids of the evidence that counts.
pub(super) fn active(model: &Model) -> Vec<String> {
    model.evidence.iter().filter(|one| one.active).map(|one| one.id.clone()).collect()
}

/// How expressions were read, with their places.
pub(super) fn readings(model: &Model, sources: &Sources) -> Vec<(String, String)> {
    model.readings.iter().map(|one| (sources.place(one.span), one.text.clone())).collect()
}

/// A message in one line, with its place.
pub(super) fn sentence(message: &Diagnostic, sources: &Sources) -> String {
    match message.span() {
        Some(span) => format!("{} ({})", message.message, sources.place(span)),
        None => message.message.clone(),
    }
}

/// The decimals of a percentage that a rule makes right: the most of which half a step is at least the target's
/// half-width, but at least one.
fn decimals(rule: Rule) -> usize {
    let half_width = match rule {
        Rule::Draws(_) => return 1,
        Rule::Until { target: Target::HalfWidth(half_width), .. } => half_width,
        // The 90 % interval of a normal estimate.
        Rule::Until { target: Target::StandardError(error), .. } => 1.645 * error,
    };
    (2..=9).take_while(|places| 100.0 * half_width <= 0.5 * 10f64.powi(-places)).last().unwrap_or(1) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_follow_the_precision() {
        let until = |target| Rule::Until { target, most: 1 };
        assert_eq!(decimals(Rule::default()), 1);
        assert_eq!(decimals(Rule::Draws(10)), 1);
        assert_eq!(decimals(until(Target::StandardError(0.01))), 1);
        assert_eq!(decimals(until(Target::StandardError(0.00003))), 2);
        assert_eq!(decimals(until(Target::HalfWidth(0.000005))), 3);
    }
}

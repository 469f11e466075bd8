//! What the engine says, answer by answer. Of all files of this folder, this one alone knows it.

use super::finding::Kind;
use super::target::{Asked, Target};
use crate::analysis::derived::DerivedFinding;
use crate::analysis::factors::NumberFinding;
use crate::analysis::run::{Run, RunFinding};
use crate::analysis::spread::Percentile;
use crate::analysis::tails::Settling;
use crate::analysis::{Course, Failure, Question, Study};
use crate::model::{CategoryId, DerivedId, FactorId, Model, Variable};
use crate::simulation::Rule;
use crate::statistics::Estimate;

/// The percentiles that are held against the worlds.
const PERCENTS: [f64; 3] = [5.0, 50.0, 95.0];

/// How the worlds are drawn.
pub(super) struct Drawing {
    /// How many, if that was said.
    pub(super) worlds: Option<u64>,
    pub(super) seed: u64,
}

/// How the worlds of a study are drawn.
pub(super) fn drawing(study: &Study) -> Drawing {
    let worlds = match study.settings.rule {
        Rule::Draws(draws) => Some(draws),
        Rule::Until { .. } => None,
    };
    Drawing { worlds, seed: study.settings.seed }
}

/// Every answer of a run, with the course of its draws.
///
/// # Errors
/// See [`Question::answer`].
pub(super) fn answers(study: &Study) -> Result<(Vec<Asked>, Course), Failure> {
    let run = Run { percents: PERCENTS.to_vec(), ..Run::default() };
    let answered = run.answer(&Study { variants: &[], ..*study })?;
    Ok((all(&answered.finding, study.model), answered.course))
}

fn all(run: &RunFinding, model: &Model) -> Vec<Asked> {
    let mut asked = Vec::new();
    for (at, one) in run.outcomes.iter().enumerate() {
        asked.push(Asked::new(
            Kind::Outcome,
            format!("P({})", one.id),
            Target::Outcome(at),
            one.probability.0,
        ));
    }
    for (at, one) in run.events.iter().enumerate() {
        let target = Target::State(Variable::Event(crate::model::EventId(at)), 1);
        asked.push(Asked::new(Kind::Event, format!("P({})", one.id), target, one.probability.0));
    }
    states(run, model, &mut asked);
    theories(run, &mut asked);
    asked.extend(run.evidence.map(|one| {
        Asked::new(Kind::Evidence, "P(what was learned)".into(), Target::Learned, one.probability.0)
    }));
    run.numbers().for_each(|one| number(one, model, &mut asked));
    run.derived.iter().for_each(|one| derived(one, model, &mut asked));
    asked
}

fn states(run: &RunFinding, model: &Model, asked: &mut Vec<Asked>) {
    for one in run.states() {
        let Some(at) = model.categories.iter().position(|category| category.named.id == one.id) else {
            continue;
        };
        let variable = Variable::Category(CategoryId(at));
        asked.extend(one.states.iter().enumerate().map(|(state, found)| {
            let what = format!("P({} = {})", one.id, found.id);
            Asked::new(Kind::State, what, Target::State(variable, state), found.probability.0)
        }));
    }
}

fn theories(run: &RunFinding, asked: &mut Vec<Asked>) {
    for (at, one) in run.theories.iter().enumerate() {
        asked.push(Asked::new(Kind::Theory, format!("P({})", one.id), Target::Theory(at), one.posterior.0));
        for (outcome, under) in one.outcomes.iter().enumerate().filter(|_| one.is_possible) {
            let what = format!("P({} | {})", under.id, one.id);
            let target = Target::Under { theory: at, outcome };
            asked.push(Asked::new(Kind::OutcomeUnderTheory, what, target, under.probability.0));
        }
    }
}

fn number(one: &NumberFinding, model: &Model, asked: &mut Vec<Asked>) {
    let at = model.factors.iter().position(|factor| factor.named.id == one.id);
    let Some(at) = at else { return };
    let variable = Variable::Factor(FactorId(at));
    asked.push(mean(&one.id, variable, one.mean.0, one.sd, one.settles));
    asked.extend(percentiles(&one.id, variable, model.factors[at].neutral, &one.percentiles));
}

fn derived(one: &DerivedFinding, model: &Model, asked: &mut Vec<Asked>) {
    let at = model.derived.iter().position(|derived| derived.named.id == one.id);
    let Some(at) = at else { return };
    let variable = Variable::Derived(DerivedId(at));
    asked.push(mean(&one.id, variable, one.mean.0, one.sd, one.settles));
    asked.extend(percentiles(&one.id, variable, model.derived[at].neutral, &one.percentiles));
    for (outcome, given) in one.by_outcome.iter().enumerate() {
        let what = format!("mean of {} | {}", one.id, given.id);
        let told = mean(&one.id, variable, given.mean.0, f64::NAN, one.settles);
        let target = Target::MeanGiven(variable, outcome);
        let unfit = told.unfit.or(one.sd.is_nan().then_some(HEAVY));
        asked.push(Asked { kind: Kind::MeanGivenOutcome, what, target, unfit, ..told });
    }
}

const HEAVY: &str = "its tail is too heavy for means of so many worlds; its percentiles are compared";

fn mean(id: &str, variable: Variable, mean: Estimate, sd: f64, settles: Settling) -> Asked {
    let is_heavy = settles != Settling::Well || !mean.value.is_finite();
    let asked = Asked::new(Kind::Mean, format!("mean of {id}"), Target::Mean(variable), mean);
    Asked { sd, unfit: is_heavy.then_some(HEAVY), ..asked }
}

/// A percentile is held against the share of worlds at or below it.
fn percentiles(id: &str, variable: Variable, neutral: f64, all: &[Percentile]) -> Vec<Asked> {
    let one = |one: &Percentile| {
        let target =
            Target::Percentile { variable, at: one.value, error: one.std_error.unwrap_or(f64::NAN), neutral };
        let what = format!("P{} of {id}", one.percent);
        Asked {
            at: Some(one.value),
            unfit: one.std_error.is_none().then_some("its error can't be told"),
            ..Asked::new(Kind::Percentile, what, target, Estimate::exact(one.percent / 100.0))
        }
    };
    all.iter().map(one).collect()
}

//! How probable is each outcome, how sure is that, and what drives it?

use schemars::JsonSchema;
use serde::Serialize;

use super::correlations::{self, Reached};
use super::derived::{DerivedAsked, DerivedFinding};
use super::drivers::{Drivers, DriversAsked, DriversFinding};
use super::events::{EventFinding, EventsAsked};
use super::factors::{FactorFinding, NumberFinding, NumbersAsked};
use super::joint::{Joint, JointAsked, JointFinding};
use super::learned::Learned;
use super::outcomes::{OutcomeFinding, OutcomesAsked};
use super::round::{Inquiry, Round, Told, Topic};
use super::states::{StatesAsked, StatesFinding};
use super::tails::{Tails, doubts};
use super::theories::{TheoriesAsked, TheoryFinding};
use super::variants::{Variants, VariantsAsked, VariantsFinding};
use super::{Failure, Study};
use crate::diagnostic::Diagnostic;
use crate::model::Model;

/// Everything about a model.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Run {
    /// The factors, derived values and events that are wanted, by name; all if there are none.
    pub of: Vec<String>,
    /// The percentiles of every spread that are wanted besides P5, P50 and P95, each above 0 and below 100.
    pub percents: Vec<f64>,
    /// Whether the file's variants are compared with the file itself, on the same draws.
    pub all_variants: bool,
    /// What is told jointly.
    pub joint: Vec<Joint>,
}

/// The answers of a run. Lists are in the order of the file.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct RunFinding {
    /// The probability of each outcome, and its spread.
    pub outcomes: Vec<OutcomeFinding>,
    /// What is not known.
    pub factors: Vec<FactorFinding>,
    /// What follows from it.
    pub derived: Vec<DerivedFinding>,
    /// What happens or not.
    pub events: Vec<EventFinding>,
    /// What moves each outcome.
    #[serde(flatten)]
    pub drivers: DriversFinding,
    /// What was learned; null if nothing was.
    pub evidence: Option<Learned>,
    /// The correlations of factors, as asked for and as reached.
    pub correlations: Vec<Reached>,
    /// Each theory by itself, if the file names any.
    pub theories: Vec<TheoryFinding>,
    /// Each variant that was run beside the file.
    #[serde(flatten)]
    pub variants: VariantsFinding,
    /// How things go together of which that was asked.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub joint: Vec<JointFinding>,
    /// What was wanted.
    #[serde(skip)]
    pub wanted: Run,
}

impl Run {
    /// The program that answers.
    ///
    /// # Errors
    /// See [`compile`](crate::program::compile).
    pub fn compile<'q, 'm>(&'q self, study: &Study<'m>) -> Result<Round<'q, 'm, Run>, Failure> {
        Round::compile(self, study)
    }

    fn is_wanted(&self, name: &str) -> bool {
        self.variants().is_wanted(name)
    }
}

impl RunFinding {
    /// The factors that are numbers.
    pub fn numbers(&self) -> impl Iterator<Item = &NumberFinding> {
        self.factors.iter().filter_map(|one| match one {
            FactorFinding::Number(number) => Some(number),
            FactorFinding::States(_) => None,
        })
    }

    /// The factors with states.
    pub fn states(&self) -> impl Iterator<Item = &StatesFinding> {
        self.factors.iter().filter_map(|one| match one {
            FactorFinding::Number(_) => None,
            FactorFinding::States(states) => Some(states),
        })
    }
}

/// What was asked for a run.
pub struct RunAsked {
    outcomes: OutcomesAsked,
    theories: TheoriesAsked,
    drivers: DriversAsked,
    events: EventsAsked,
    states: StatesAsked,
    numbers: NumbersAsked,
    derived: DerivedAsked,
    variants: VariantsAsked,
    joint: Vec<JointAsked>,
    tails: Tails,
}

impl Topic for Run {
    type Asked = RunAsked;
    type Finding = RunFinding;

    fn ask<'m>(&self, study: &Study<'m>, inquiry: &mut Inquiry<'m>) -> RunAsked {
        let (model, is_wanted) = (study.model, |name: &str| self.is_wanted(name));
        let tails = Tails::of(model);
        RunAsked {
            outcomes: OutcomesAsked::ask(model, inquiry),
            theories: TheoriesAsked::ask(study, inquiry),
            drivers: self.drivers().ask(study, inquiry),
            events: EventsAsked::ask(study, inquiry, is_wanted),
            states: StatesAsked::ask(study, inquiry, is_wanted),
            numbers: NumbersAsked::ask(model, inquiry, &tails, is_wanted),
            derived: DerivedAsked::ask(model, inquiry, &tails, is_wanted),
            variants: self.variants().ask(&self.compared(study), inquiry),
            joint: self.joint.iter().map(|one| one.ask(study, inquiry)).collect(),
            tails,
        }
    }

    fn find(&self, asked: &RunAsked, told: &Told) -> RunFinding {
        let (model, percents) = (told.model(), &self.percents[..]);
        let is_wanted = |name: &str| self.is_wanted(name);
        let plan = told.course.plan;
        RunFinding {
            outcomes: asked.outcomes.find(percents, &asked.theories, told),
            factors: self.factors(asked, told),
            derived: asked.derived.find(percents, &asked.tails, told, is_wanted),
            events: asked.events.find(told, is_wanted),
            drivers: self.drivers().find(&asked.drivers, told),
            evidence: told.course.learned(),
            correlations: correlations::find(model, plan.kind, plan.seed),
            theories: asked.theories.find(told),
            variants: self.variants().find(&asked.variants, told),
            joint: self.joint.iter().zip(&asked.joint).map(|(one, asked)| one.find(asked, told)).collect(),
            wanted: self.clone(),
        }
    }

    fn doubts(&self, asked: &RunAsked, found: &RunFinding, told: &Told) -> Vec<Diagnostic> {
        let mut all = asked.numbers.settled(&found.factors, told);
        all.extend(asked.derived.settled(&found.derived, told));
        let mut doubts = doubts(&all);
        doubts.extend(self.untold(asked, found, told.model()).map(|name| not_asked(name)));
        doubts
    }
}

impl Run {
    fn drivers(&self) -> Drivers<'_> {
        Drivers { of: &self.of }
    }

    /// What is named and varies, of which it was not asked how outcomes go along with it: parts of a run were made before it was named.
    fn untold<'f>(
        &'f self,
        asked: &'f RunAsked,
        found: &'f RunFinding,
        model: &'f Model,
    ) -> impl Iterator<Item = &'f String> {
        let is_open = |one: &&EventFinding| !matches!(one.probability.0.value, 0.0 | 1.0);
        let events = found.events.iter().filter(is_open).map(|one| &one.id);
        let derived = found.derived.iter().filter(|one| one.sd != 0.0).map(|one| &one.id);
        let named = derived.chain(events).filter(|name| self.of.contains(name));
        named.filter(|name| !model.outcomes.is_empty() && !asked.drivers.has(name, model))
    }

    fn variants(&self) -> Variants<'_> {
        Variants { of: &self.of }
    }

    /// The study with the variants that are compared.
    fn compared<'m>(&self, study: &Study<'m>) -> Study<'m> {
        Study { variants: if self.all_variants { study.variants } else { &[] }, ..*study }
    }

    /// Numbers and states, in the order of the file.
    fn factors(&self, asked: &RunAsked, told: &Told) -> Vec<FactorFinding> {
        let is_wanted = |name: &str| self.is_wanted(name);
        let mut all = asked.numbers.find(&self.percents, &asked.tails, told, is_wanted);
        let states = asked.states.find(told, is_wanted).into_iter();
        all.extend(states.map(|(span, states)| (span, FactorFinding::States(states))));
        all.sort_by_key(|(span, _)| *span);
        all.into_iter().map(|(_, one)| one).collect()
    }
}

fn not_asked(name: &str) -> Diagnostic {
    let message =
        format!("`{name}` leads to no outcome, and the parts don't tell how outcomes go along with it");
    Diagnostic::warning("parts", message).hint(format!("make the parts with `--of {name}`"))
}

//! One draw, step by step: what is drawn, what follows, what happens, how each score comes about.

use schemars::JsonSchema;
use serde::Serialize;

use super::text::{PutIn, Written, written};
use crate::analysis::Study;
use crate::analysis::futures::{Decided, Future, Place};
use crate::analysis::worlds::FutureFinding;
use crate::math::elementary::ln;
use crate::model::{Model, Named, Outcomes, Term, TermKind, Variable, Weight};

/// One draw, step by step. The numbers have all their digits: whoever computes with them gets the probabilities.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Followed {
    /// The future that the draw becomes, as `worlds` tells it.
    pub world: FutureFinding,
    /// The replicate and the index of the draw, as `run --draws-out` has them, both from 0.
    pub replicate: u32,
    /// See `replicate`.
    pub index: u64,
    /// How probable what was learned is given the numbers of this draw: its weight; 1 where nothing was learned but what draws are
    /// confined to.
    pub weight: f64,
    /// Factors, derived values and events, each after all that it depends on.
    pub steps: Vec<Step>,
    /// Which theory is right, if the file names any.
    pub theory: Option<Decision>,
    /// The score of each outcome under that theory, or whether its rule holds.
    pub scores: Vec<ScoreOf>,
    /// Whether the outcome is decided by scores, of which the probabilities are the shares of exp(score); else by rules, one of which
    /// holds.
    pub by_scores: bool,
    /// Which outcome comes true, and how probable each is.
    pub outcome: Option<Decision>,
}

/// One step.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Step {
    /// What it computes.
    pub kind: StepKind,
    /// Its name.
    pub id: String,
    /// What people call it.
    pub label: String,
    /// What it is measured in, if the file says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// How it is computed: the formula of its value, or of its probabilities.
    pub given: Vec<Given>,
    /// Its value, of a number.
    pub value: Option<f64>,
    /// How it is decided, of an event or a factor with states.
    pub decision: Option<Decision>,
}

/// What a step computes.
#[derive(Clone, Copy, Debug, JsonSchema, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum StepKind {
    /// A factor that is a number.
    Factor,
    /// A factor with states.
    States,
    /// A derived value.
    Derived,
    /// An event.
    Event,
}

/// A formula and its value.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Given {
    /// As the file has it.
    pub expression: String,
    /// With the values of this draw in place of names and of what is drawn.
    pub put_in: String,
    /// These values.
    pub with: Vec<PutIn>,
    /// What it comes to.
    pub value: Option<f64>,
}

/// A state that chance decides.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Decision {
    /// The states.
    pub states: Vec<Chances>,
    /// Which of them it is in.
    pub state: String,
    /// What people call that.
    pub label: String,
}

/// How probable a state is.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Chances {
    /// Its name; of an event `false` or `true`.
    pub id: String,
    /// What people call it.
    pub label: String,
    /// How probable it is given what the file says that decides it.
    pub probability: f64,
    /// The same given all that was learned, by which it is drawn.
    pub drawn_by: f64,
}

/// The score of an outcome.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ScoreOf {
    /// The outcome's name.
    pub id: String,
    /// What people call it.
    pub label: String,
    /// Its base, of which the logarithm is the first term of the score, where it has weights.
    pub base: Option<f64>,
    /// What its weights add.
    pub weights: Vec<WeightOf>,
    /// The formula of the score or of the rule, where it has no weights.
    pub formula: Option<Given>,
    /// The score; of a rule 1 if it holds and 0 if not. Null for the rule `else`, and for an outcome that can't come true.
    pub score: Option<f64>,
    /// How probable it is, given all of this.
    pub probability: f64,
}

/// What one weight adds to a score: weight × (value − neutral).
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct WeightOf {
    /// What it weighs.
    pub id: String,
    /// What people call it.
    pub label: String,
    /// The weight.
    pub weight: f64,
    /// The value of what it weighs; of an event or a state 1 if it is so.
    pub value: f64,
    /// The point at which it says nothing.
    pub neutral: f64,
    /// What it adds.
    pub term: f64,
}

impl Followed {
    /// A future step by step.
    pub(super) fn of(future: &Future, world: FutureFinding, place: Place, study: &Study) -> Followed {
        let follow = Follow { future, study };
        let model = study.model;
        let theories: Vec<&Named> = model.theories.iter().map(|one| &one.named).collect();
        let outcomes: Vec<&Named> = model.outcomes.iter().map(|one| &one.named).collect();
        Followed {
            world,
            replicate: place.replicate,
            index: place.index,
            weight: future.weight,
            steps: model.order.iter().map(|one| follow.step(*one)).collect(),
            theory: model.has_theories().then(|| decision(&future.theory, &theories)),
            scores: follow.scores(),
            by_scores: follow.form().is_some_and(|form| form.scores().is_some()),
            outcome: future.outcome.as_ref().map(|one| decision(one, &outcomes)),
        }
    }
}

/// A future that is followed.
struct Follow<'a> {
    future: &'a Future,
    study: &'a Study<'a>,
}

impl Follow<'_> {
    fn model(&self) -> &Model {
        self.study.model
    }

    fn step(&self, variable: Variable) -> Step {
        let (model, future) = (self.model(), self.future);
        let named = model.named(variable);
        let (kind, value, decision) = match variable {
            Variable::Factor(_) => (StepKind::Factor, Some(future.variable(variable)), None),
            Variable::Derived(_) => (StepKind::Derived, Some(future.variable(variable)), None),
            Variable::Event(id) => (StepKind::Event, None, Some(happening(&future.events[id.0]))),
            Variable::Category(id) => {
                let states: Vec<&Named> =
                    model.categories[id.0].states.iter().map(|one| &one.named).collect();
                (StepKind::States, None, Some(decision(&future.categories[id.0], &states)))
            }
        };
        Step {
            kind,
            id: named.id.clone(),
            label: named.label.clone(),
            unit: model.unit(&named.id).map(String::from),
            given: model.formulas(variable).into_iter().map(|one| self.given(one)).collect(),
            value,
            decision,
        }
    }

    fn given(&self, term: &Term) -> Given {
        let row = self.row(term);
        let Written { expression, put_in, with } =
            written(row, self.future, self.model(), self.study.sources);
        Given { expression, put_in, with, value: finite(self.future.value(term)) }
    }

    /// Of a table, the row that the states of this future choose.
    fn row<'t>(&self, term: &'t Term) -> &'t Term {
        let TermKind::Table(lookup) = &term.kind else { return term };
        let state = |variable: Variable| match variable {
            Variable::Event(id) => Ok(self.future.events[id.0].state),
            Variable::Category(id) => Ok(self.future.categories[id.0].state),
            Variable::Factor(_) | Variable::Derived(_) => Err(()),
        };
        lookup.row(state).unwrap_or(term)
    }

    fn form(&self) -> Option<&Outcomes> {
        let model = self.model();
        let form = model.theories.get(self.future.theory.state).map(|one| &one.form);
        form.filter(|_| !model.outcomes.is_empty())
    }

    fn scores(&self) -> Vec<ScoreOf> {
        let (model, future) = (self.model(), self.future);
        let Some(form) = self.form() else { return Vec::new() };
        let (scores, chances) = (future.scores(model), future.outcomes(model));
        let one = |at: usize| {
            let (base, weights, formula) = match form {
                Outcomes::Weighted { bases, weights, .. } => {
                    let weights = weights[at].iter().map(|one| self.weight(one)).collect();
                    (Some(future.value(&bases[at])), weights, None)
                }
                Outcomes::Scored(scores) => (None, Vec::new(), Some(self.given(&scores[at]))),
                Outcomes::Ruled(rules) => (None, Vec::new(), rules[at].as_ref().map(|rule| self.given(rule))),
            };
            let named = &model.outcomes[at].named;
            ScoreOf {
                id: named.id.clone(),
                label: named.label.clone(),
                base,
                weights,
                formula,
                score: scores[at].and_then(finite),
                probability: chances[at],
            }
        };
        (0..model.outcomes.len()).map(one).collect()
    }

    fn weight(&self, one: &Weight) -> WeightOf {
        let (model, future) = (self.model(), self.future);
        let named = model.named(one.variable);
        let (id, label, value) = match (one.variable, one.state) {
            (Variable::Category(category), Some(state)) => {
                let own = &model.categories[category.0].states[state].named;
                let is_so = future.categories[category.0].state == state;
                let label = format!("{}: {}", named.label, own.label);
                (format!("{}.{}", named.id, own.id), label, f64::from(u8::from(is_so)))
            }
            (variable, _) => (named.id.clone(), named.label.clone(), future.variable(variable)),
        };
        let weight = future.value(&one.value);
        WeightOf { id, label, weight, value, neutral: one.neutral, term: weight * (value - one.neutral) }
    }
}

impl ScoreOf {
    /// The logarithm of the base.
    pub fn start(&self) -> Option<f64> {
        self.base.map(ln)
    }
}

fn finite(value: f64) -> Option<f64> {
    value.is_finite().then_some(value)
}

fn happening(one: &Decided) -> Decision {
    let names = [("false", "does not happen"), ("true", "happens")];
    let names = names.map(|(id, label)| Named::new(id, Some(label), None));
    decision(one, &names.iter().collect::<Vec<_>>())
}

fn decision(one: &Decided, names: &[&Named]) -> Decision {
    let chance = |(at, named): (usize, &&Named)| Chances {
        id: named.id.clone(),
        label: named.label.clone(),
        probability: one.chances[at],
        drawn_by: one.drawn_by[at],
    };
    Decision {
        states: names.iter().enumerate().map(chance).collect(),
        state: names[one.state].id.clone(),
        label: names[one.state].label.clone(),
    }
}

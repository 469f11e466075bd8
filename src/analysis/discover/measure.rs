//! What boxes hold in a model: probabilities as any others, from draws that had no part in their choice, or exact where the model is
//! finite.

use super::draws::Drawn;
use super::finding::{DiscoverFinding, FieldName, FoundBox, Measured, MeasuredOn, Numbers, Target, Without};
use super::region::Region;
use super::search::Found;
use super::subject::proposition;
use super::test::one_sided;
use crate::analysis::estimated::{Figure, Probability};
use crate::analysis::round::Inquiry;
use crate::analysis::{Answered, Failure, Study};
use crate::design::Kind;
use crate::expression::{Binary, Unary};
use crate::model::{Model, Term, Variable};
use crate::program::{Aim, QueryId, States, World, WorldId};
use crate::simulation::{Estimates, Rule, Sampled, Settings, simulate_on};
use crate::statistics::Estimate;

/// Draws that boxes are measured on where nobody says how many.
const DRAWS: u64 = 1 << 16;

/// Boxes that were found in some worlds.
pub(super) struct Measuring<'a> {
    pub(super) study: &'a Study<'a>,
    pub(super) drawn: &'a Drawn,
    pub(super) found: &'a [Found],
    pub(super) support: f64,
}

/// The probabilities of some worlds.
struct Asked {
    mass: QueryId,
    coverage: QueryId,
    density: QueryId,
}

struct BoxAsked {
    own: Asked,
    outside: QueryId,
    path: Vec<Asked>,
    without: Vec<(usize, Asked)>,
}

struct AllAsked {
    probability: QueryId,
    boxes: Vec<BoxAsked>,
    together: Asked,
}

impl Measuring<'_> {
    /// Measures them on the run's own draws.
    ///
    /// # Errors
    /// See [`Study::compile`]; an interruption.
    pub(super) fn answer(&self) -> Result<Answered<DiscoverFinding>, Failure> {
        // States that are too many to be summed over are drawn.
        match self.answer_in(self.study.world()) {
            Err(Failure::Compile(error, _)) if is_too_many(&error) => {
                self.answer_in(World { states: States::Drawn, ..self.study.world() })
            }
            other => other,
        }
    }

    fn answer_in(&self, world: World) -> Result<Answered<DiscoverFinding>, Failure> {
        let study = self.study;
        let mut inquiry = Inquiry::new(study);
        let world = match world.states == study.states {
            true => inquiry.world,
            false => inquiry.ask.world(World { model: study.model, states: world.states, ..study.world() }),
        };
        let asked = self.ask(&mut inquiry, world);
        let program = inquiry.compile(study)?;
        let sampled = simulate_on(study.level, &program, &settings(&study.settings), study.watch)?;
        let estimates = sampled.estimates();
        let course = inquiry.course(&sampled, &estimates);
        Ok(Answered::new(self.find(&asked, &estimates, freedom(&sampled)), course))
    }

    fn ask(&self, inquiry: &mut Inquiry, world: WorldId) -> AllAsked {
        let of = self.drawn.of.proposition(self.study.model);
        let probability = inquiry.ask.probability(world, of.clone());
        inquiry.ask.aim(Aim::Probability(probability));
        let mut asking = Asking { inquiry, world, of };
        let mut before: Vec<Term> = Vec::new();
        let mut boxes = Vec::new();
        for found in self.found {
            boxes.push(self.ask_box(found, &before, &mut asking));
            before.push(self.proposition(&found.region));
        }
        let together = asking.ask(either(&before));
        AllAsked { probability, boxes, together }
    }

    fn ask_box(&self, found: &Found, before: &[Term], asking: &mut Asking) -> BoxAsked {
        let (rows, region) = (&self.drawn.rows, &found.region);
        let left = |region: &Region| left(self.proposition(region), before);
        let own = asking.ask(left(region));
        let aims = [own.mass, own.coverage, own.density];
        aims.into_iter().for_each(|one| asking.inquiry.ask.aim(Aim::Probability(one)));
        let with_own: Vec<Term> = before.iter().cloned().chain([self.proposition(region)]).collect();
        let outside = either(&with_own).unary(Unary::Not);
        let outside = asking.inquiry.ask.conditional(asking.world, asking.of.clone(), outside);
        let path = found.path.iter().map(|stage| asking.ask(left(&stage.region))).collect();
        let without = region.restricted().into_iter().map(|field| {
            let wider = asking.ask(left(&region.without(field, rows)));
            asking.inquiry.ask.compare(&[own.density, wider.density]);
            (field, wider)
        });
        let without = without.collect();
        BoxAsked { own, outside, path, without }
    }

    fn proposition(&self, region: &Region) -> Term {
        proposition(region, &self.drawn.variables, self.study.model)
    }

    fn find(&self, asked: &AllAsked, estimates: &Estimates, freedom: Option<f64>) -> DiscoverFinding {
        let (drawn, model) = (self.drawn, self.study.model);
        let names: Vec<FieldName> = drawn.variables.iter().map(|one| name(model, *one)).collect();
        let boxes = self.found.iter().zip(&asked.boxes).map(|(found, asked)| {
            let numbers = asked.find(estimates, freedom);
            FoundBox::of(found, numbers, &drawn.rows, &names)
        });
        DiscoverFinding {
            of: Target { id: drawn.of.id(model), label: drawn.of.label(model), short: drawn.of.short(model) },
            probability: Probability(estimates.probability(asked.probability)),
            measured_on: MeasuredOn::FreshDraws,
            searched: drawn.rows.len() as u64,
            support: self.support,
            boxes: boxes.collect(),
            together: (self.found.len() > 1).then(|| asked.together.find(estimates)),
        }
    }
}

/// Where and of what is asked.
struct Asking<'a, 'm> {
    inquiry: &'a mut Inquiry<'m>,
    world: WorldId,
    of: Term,
}

impl Asking<'_, '_> {
    fn ask(&mut self, inside: Term) -> Asked {
        let ask = &mut self.inquiry.ask;
        Asked {
            mass: ask.probability(self.world, inside.clone()),
            coverage: ask.conditional(self.world, inside.clone(), self.of.clone()),
            density: ask.conditional(self.world, self.of.clone(), inside),
        }
    }
}

impl Asked {
    fn find(&self, estimates: &Estimates) -> Measured {
        let figure = |query: QueryId| Figure(known(estimates.probability(query)));
        Measured { mass: figure(self.mass), coverage: figure(self.coverage), density: figure(self.density) }
    }
}

impl BoxAsked {
    fn find(&self, estimates: &Estimates, freedom: Option<f64>) -> Numbers {
        let without = |(field, wider): &(usize, Asked)| {
            let found = wider.find(estimates);
            let more = estimates.difference(self.own.density, wider.density);
            let p_value = if more.exact { f64::NAN } else { one_sided(more.value / more.std_error, freedom) };
            Without { field: *field, density: found.density, coverage: found.coverage, p_value }
        };
        Numbers {
            measured: self.own.find(estimates),
            outside: Figure(known(estimates.probability(self.outside))),
            path: self.path.iter().map(|one| one.find(estimates)).collect(),
            without: self.without.iter().map(without).collect(),
        }
    }
}

/// Nothing is told of what follows from the impossible.
fn known(one: Estimate) -> Estimate {
    if one.value.is_finite() { one } else { Estimate::unknown() }
}

/// What lies in a box and in none before it.
fn left(inside: Term, before: &[Term]) -> Term {
    if before.is_empty() {
        return inside;
    }
    let span = inside.span;
    inside.binary(Binary::And, either(before).unary(Unary::Not), span)
}

fn either(all: &[Term]) -> Term {
    Term::join(all.to_vec(), Binary::Or, |one| one.span)
}

fn settings(settings: &Settings) -> Settings {
    match settings.rule == Rule::default() {
        true => Settings { rule: Rule::Draws(DRAWS), ..*settings },
        false => *settings,
    }
}

/// The degrees of freedom of errors: one less than there are replicates; of independent draws as many as there are.
fn freedom(sampled: &Sampled) -> Option<f64> {
    let plan = sampled.plan();
    (plan.kind != Kind::Independent).then(|| f64::from(plan.replicates) - 1.0)
}

fn is_too_many(error: &crate::program::CompileError) -> bool {
    matches!(error.why, crate::program::Obstacle::TooManyStates { .. })
}

fn name(model: &Model, variable: Variable) -> FieldName {
    let named = model.named(variable);
    let states = match variable {
        Variable::Category(id) => {
            let states = model.categories[id.0].states.iter();
            states.map(|one| (one.named.id.clone(), one.named.label.clone())).collect()
        }
        Variable::Event(_) => [("false", "does not happen"), ("true", "happens")]
            .map(|(id, label)| (id.to_string(), label.to_string()))
            .into(),
        Variable::Factor(_) | Variable::Derived(_) => Vec::new(),
    };
    FieldName {
        id: named.id.clone(),
        label: named.label.clone(),
        short: named.short.clone().unwrap_or_else(|| named.label.clone()),
        unit: model.unit(&named.id).map(String::from),
        states,
        is_event: matches!(variable, Variable::Event(_)),
    }
}

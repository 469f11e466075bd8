//! Worlds in which boxes are looked for: draws of everything that is not known, with the states and events of each drawn too, and how
//! probable in each of them it is that what is asked about happens.

use super::rows::{Field, Rows};
use super::subject::states;
use crate::analysis::{Chance, Failure, Study};
use crate::model::Variable;
use crate::program::{Ask, Output, Program, QueryId, States, ValueId, World, WorldId};
use crate::random::Key;
use crate::simulation::{Kept, Rule, Settings, simulate_on};

/// Draws that are looked at; as many are kept.
const DRAWS: u64 = 1 << 14;

/// The fewest effective draws that a box is looked for in.
const FEWEST: f64 = 100.0;

/// Worlds, with the variables of their fields and what is asked about.
pub(super) struct Drawn {
    pub(super) rows: Rows,
    pub(super) variables: Vec<Variable>,
    pub(super) of: Chance,
    /// The rows of each replicate, or of each eighth of independent draws.
    pub(super) parts: Vec<Vec<usize>>,
}

/// What is asked to have them.
struct Asked {
    world: WorldId,
    targets: Vec<QueryId>,
    fields: Vec<FieldAsked>,
}

enum FieldAsked {
    /// The value, and its mean where that is all there is.
    Number(ValueId, QueryId),
    States(Vec<QueryId>),
}

/// Draws worlds from numbers of their own, so that what is found in them can be measured on the run's.
///
/// # Errors
/// See [`Study::compile`]; an interruption; or what was learned leaves too few worlds.
pub(super) fn drawn(study: &Study, targets: &[Chance], variables: &[Variable]) -> Result<Drawn, Failure> {
    let mut ask = Ask::new();
    let asked = Asked::ask(study, &mut ask, targets, variables);
    let program = study.compile(&ask)?;
    let settings = settings(&study.settings);
    let sampled = simulate_on(study.level, &program, &settings, study.watch)?;
    asked.find(&program, sampled.sampling.kept(), (targets, variables))
}

/// As many draws as can be kept, or as were asked for, of a seed that belongs to the run's.
fn settings(settings: &Settings) -> Settings {
    let draws = match settings.rule {
        Rule::Draws(draws) => draws.min(DRAWS),
        Rule::Until { most, .. } => most.min(DRAWS),
    };
    let seed = Key::new(settings.seed).named("discover").bits();
    Settings { seed, rule: Rule::Draws(draws), ..*settings }
}

impl Asked {
    fn ask<'m>(study: &Study<'m>, ask: &mut Ask<'m>, targets: &[Chance], variables: &[Variable]) -> Asked {
        let model = study.model;
        let world = ask.world(World { states: States::Drawn, ..study.world() });
        let kept = |query: QueryId, ask: &mut Ask<'m>| {
            ask.keep(query);
            query
        };
        let targets = targets.iter().map(|one| {
            let query = ask.probability(world, one.proposition(model));
            kept(query, ask)
        });
        let targets = targets.collect();
        let field = |variable: &Variable| match variable {
            Variable::Factor(_) | Variable::Derived(_) => {
                let term = model.term_of(*variable);
                let mean = ask.expectation(world, term.clone(), None);
                FieldAsked::Number(ask.value(world, term), kept(mean, ask))
            }
            Variable::Category(_) | Variable::Event(_) => {
                let query = |state| {
                    let query = ask.probability(world, state);
                    kept(query, ask)
                };
                FieldAsked::States(states(model, *variable).into_iter().map(query).collect())
            }
        };
        Asked { world, targets, fields: variables.iter().map(field).collect() }
    }

    fn find(
        &self,
        program: &Program,
        kept: &Kept,
        (targets, variables): (&[Chance], &[Variable]),
    ) -> Result<Drawn, Failure> {
        let columns = Columns { program, kept, weight: program.learned(self.world).weight };
        let weights = columns.weights();
        let target = |query: &QueryId| columns.share(*query, &weights);
        let mean = |all: &[f64]| -> f64 { all.iter().zip(&weights).map(|(one, weight)| one * weight).sum() };
        let all = self.targets.iter().map(target).enumerate();
        // Of equal ones the first of the file.
        let best = all.reduce(|a, b| if mean(&b.1) > mean(&a.1) { b } else { a });
        let (at, target) = best.unwrap_or_default();
        enough(&weights)?;
        let fields = self.fields.iter().zip(variables);
        let fields = fields.filter_map(|(one, variable)| Some((columns.field(one, &weights)?, *variable)));
        let (fields, variables) = fields.unzip();
        let parts = kept.groups(8).into_iter().map(Iterator::collect).collect();
        Ok(Drawn { rows: Rows { fields, weights, target }, variables, of: targets[at], parts })
    }
}

/// The kept draws of a program.
struct Columns<'a> {
    program: &'a Program,
    kept: &'a Kept,
    weight: Option<Output>,
}

impl Columns<'_> {
    fn weights(&self) -> Vec<f64> {
        match self.weight {
            Some(weight) => self.column(weight),
            None => vec![1.0; self.kept.len()],
        }
    }

    fn column(&self, output: Output) -> Vec<f64> {
        match self.program.constant(output) {
            Some(value) => vec![value; self.kept.len()],
            None => self.kept.column(output).to_vec(),
        }
    }

    /// What a query is in each draw that counts.
    fn share(&self, query: QueryId, weights: &[f64]) -> Vec<f64> {
        let query = self.program.query(query);
        let above = self.column(query.numerator);
        match query.weight {
            None => above,
            Some(_) => {
                let share = |(one, weight): (f64, &f64)| if *weight > 0.0 { one / weight } else { 0.0 };
                above.into_iter().zip(weights).map(share).collect()
            }
        }
    }

    /// A field that varies and is known in every draw.
    fn field(&self, asked: &FieldAsked, weights: &[f64]) -> Option<Field> {
        match asked {
            FieldAsked::Number(value, mean) => {
                let values = match self.program.value(*value) {
                    Some(output) => self.column(output),
                    None => self.share(*mean, weights),
                };
                let varies = values.windows(2).any(|pair| pair[0] != pair[1]);
                let is_known = values.len() == weights.len() && values.iter().all(|one| one.is_finite());
                (varies && is_known).then_some(Field::Number(values))
            }
            FieldAsked::States(queries) => {
                let shares: Vec<Vec<f64>> = queries.iter().map(|one| self.share(*one, weights)).collect();
                let state = |at: usize| match weights[at] > 0.0 {
                    true => shares.iter().position(|one| one[at] > 1.0 - 1e-9),
                    false => Some(0),
                };
                let states = (0..weights.len()).map(state).collect::<Option<Vec<usize>>>()?;
                let varies = states.windows(2).any(|pair| pair[0] != pair[1]);
                varies.then_some(Field::States(states, queries.len()))
            }
        }
    }
}

/// Whether the draws, by (Σ w)² / Σ w² (Kong 1992), are enough.
fn enough(weights: &[f64]) -> Result<(), Failure> {
    let (sum, squares) = weights.iter().fold((0.0, 0.0), |(sum, squares), w| (sum + w, squares + w * w));
    if squares > 0.0 && sum * sum / squares >= FEWEST.min(weights.len() as f64) {
        return Ok(());
    }
    let message = "what was learned leaves too few drawn worlds to look for a box in";
    let hint = "learn something wider, or set it with --set in place of learning it";
    Err(crate::diagnostic::Diagnostic::error("rare-evidence", message).hint(hint).into())
}

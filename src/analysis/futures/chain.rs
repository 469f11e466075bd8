//! Chance variables, drawn one after the other: each by its probabilities given those before it and all that was learned.
//!
//! P(x₁, x₂, … | learned) is the product of P(xᵢ | x₁ … xᵢ₋₁, learned). What no report and no proposition bears on needs no more than
//! its own table (ancestral sampling; Henrion 1988). What one bears on is summed out first, and then drawn the other way round, each given those that were
//! summed out after it (bucket elimination; Dechter 1999), so that no world has to be thrown away.

use std::collections::{BTreeMap, BTreeSet};

use super::own::Own;
use super::tables::Tables;
use crate::limits::Limits;
use crate::math::elementary::ln;
use crate::model::Model;
use crate::program::{Buckets, ChanceVariable, Network, Obstacle, Part, Refusal, Take, Way, times_power};

/// As many numbers as all that was learned bears on may be summed out by, to be drawn at once; else one variable is drawn after the other.
const AT_ONCE: f64 = (1 << 22) as f64;

/// So many causes of an event are looked at together.
const FEW_CAUSES: usize = 8;

/// The order in which the chance variables of a world are drawn.
pub(super) struct Chain {
    pub(super) tables: Tables,
    /// What bears on what was learned.
    steps: Vec<Step>,
    /// All others, each after those that decide it.
    rest: Vec<usize>,
    /// The tables of each variable that is open.
    own: BTreeMap<usize, Own>,
}

/// Some variables that are drawn together.
struct Step {
    /// Their tables.
    tables: Vec<usize>,
    way: Way,
    /// What is the same for every draw.
    fixed: Option<Buckets>,
}

/// The chance variables of a world as they were drawn, by position.
pub(super) struct Drawn {
    /// The state of each.
    pub(super) states: Vec<usize>,
    /// How probable the states were of each that was open; of the others nothing.
    pub(super) chances: Vec<Chances>,
    /// The logarithm of the probability of all of them together with what was learned.
    pub(super) log_probability: f64,
    /// The probability of what was learned, given what the draw knows.
    pub(super) weight: f64,
}

/// How probable the states of a variable were.
#[derive(Clone, Debug, Default)]
pub(super) struct Chances {
    /// When it was drawn.
    pub(super) drawn_by: Vec<f64>,
    /// By its own tables alone, given the states of what decides it.
    pub(super) own: Vec<f64>,
}

impl Chain {
    /// `order` has every variable of the model after those that decide it.
    ///
    /// # Errors
    /// Tables that would be too large; the limits.
    pub(super) fn new(
        network: &Network,
        (model, order): (&Model, &[ChanceVariable]),
        limits: &Limits,
    ) -> Result<Chain, Obstacle> {
        let tables = Tables::new(network, order);
        let open: Vec<usize> = tables.open(order).collect();
        let bearing = tables.bearing();
        let (first, rest): (Vec<usize>, Vec<usize>) = open.iter().partition(|one| bearing.contains(one));
        let steps = steps(&tables, &first, &bearing, limits);
        let steps = steps.map_err(|why| obstacle(why, &tables.variables, model))?;
        let own = open.into_iter().map(|one| (one, Own::of(&tables, one))).collect();
        Ok(Chain { tables, steps, rest, own })
    }

    /// Draws every variable: `choose` takes one of several states by their probabilities, which sum to 1. `numbers` has those of each table
    /// that draws decide. Nothing where a number is missing, or where what was learned can't be.
    pub(super) fn draw(
        &self,
        numbers: &[Vec<f64>],
        limits: &Limits,
        mut choose: impl FnMut(ChanceVariable, &[f64]) -> Option<usize>,
    ) -> Option<Drawn> {
        let tables = &self.tables;
        let mut states = tables.known();
        let mut chances: Vec<Chances> = vec![Chances::default(); states.len()];
        let mut take = |variable: usize, weights: Vec<f64>| {
            let shares = shares(weights)?;
            let state = choose(tables.variables[variable], &shares)?;
            chances[variable].drawn_by = shares;
            Some(state)
        };
        let mut weight = None;
        for step in &self.steps {
            let filled;
            let buckets = match &step.fixed {
                Some(fixed) => fixed,
                None => {
                    let own = step.tables.iter().map(|at| tables.given(*at, numbers, &states)).collect();
                    filled = Buckets::fill(&step.way, own, Take::Sum, limits).ok()?;
                    &filled
                }
            };
            // The first step sums over all that was learned bears on.
            weight.get_or_insert_with(|| times_power(buckets.whole.values[0], buckets.whole.exponent));
            buckets.walk(&mut states, &mut take)?;
        }
        // What decides these is drawn before them.
        let mut own_of: BTreeMap<usize, Vec<f64>> = BTreeMap::new();
        for variable in &self.rest {
            let own = self.own[variable].weights(tables, numbers, &mut states);
            states[*variable] = take(*variable, own.clone())?;
            own_of.insert(*variable, own);
        }
        let learned = tables.learned(numbers, &states);
        let mut log_probability: f64 = learned.iter().copied().map(ln).sum();
        for (variable, own) in &self.own {
            let known = own_of.remove(variable);
            let weights = known.unwrap_or_else(|| own.weights(tables, numbers, &mut states));
            log_probability += ln(*weights.get(states[*variable])?);
            chances[*variable].own = weights;
        }
        let weight = weight.unwrap_or_else(|| learned.iter().product());
        Some(Drawn { states, chances, log_probability, weight })
    }
}

/// Why no world can be drawn.
fn obstacle(why: Refusal, variables: &[ChanceVariable], model: &Model) -> Obstacle {
    let answer = "a whole world".to_string();
    match why {
        Refusal::TooLarge(together) => {
            Obstacle::too_many(answer, together.into_iter().map(|one| variables[one]).collect(), model)
        }
        Refusal::Memory(bytes) => Obstacle::Memory { answer, bytes },
        Refusal::Interrupted => Obstacle::Interrupted,
    }
}

/// Weights as shares of their sum; nothing if that is no positive number. Rounding may leave a little below 0 of what is between an event
/// and its causes.
fn shares(weights: Vec<f64>) -> Option<Vec<f64>> {
    let weights: Vec<f64> = weights.into_iter().map(|one| if one < 0.0 { 0.0 } else { one }).collect();
    let total: f64 = weights.iter().sum();
    (total > 0.0 && total.is_finite()).then(|| weights.iter().map(|one| one / total).collect())
}

/// What bears on what was learned: in one step where that takes few numbers, else in as many as there are variables, `first` of them in
/// their order.
fn steps(
    tables: &Tables,
    first: &[usize],
    bearing: &BTreeSet<usize>,
    limits: &Limits,
) -> Result<Vec<Step>, Refusal> {
    if first.is_empty() {
        return Ok(Vec::new());
    }
    let own = tables.of(bearing);
    let at_once = at_once(tables, &own);
    let is_any_between = bearing.iter().any(|one| tables.is_between(*one));
    if at_once.cost > AT_ONCE && is_any_between {
        return Ok(one_by_one(tables, first, &own));
    }
    let fixed = tables.fixed(&own, &tables.known());
    let fixed = fixed.map(|all| Buckets::fill(&at_once, all, Take::Sum, limits)).transpose()?;
    Ok(vec![Step { tables: own, way: at_once, fixed }])
}

/// A way to draw all at once. What stands between an event and its causes is no one's probability, and is summed over: before anything
/// is drawn where the causes are few, else whenever one is.
fn at_once(tables: &Tables, own: &[usize]) -> Way {
    let scopes = tables.scopes(own, &tables.known());
    let mut held = vec![0; tables.counts.len()];
    scopes.iter().flatten().for_each(|(one, _)| held[*one] += 1);
    Way::new(tables.counts.clone(), &scopes, |one| match tables.is_between(one) {
        false => Part::Told,
        true if held[one] > FEW_CAUSES => Part::Left,
        true => Part::First,
    })
}

/// Ways to draw one after the other, each with all that are not drawn yet summed over.
fn one_by_one(tables: &Tables, first: &[usize], own: &[usize]) -> Vec<Step> {
    let mut states = tables.known();
    let step = |variable: &usize| {
        let part = |one: usize| if one == *variable { Part::Told } else { Part::First };
        let way = Way::new(tables.counts.clone(), &tables.scopes(own, &states), part);
        states[*variable] = 0;
        Step { tables: own.to_vec(), way, fixed: None }
    };
    first.iter().map(step).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::EventId;
    use crate::program::{Entry, Table};

    /// Ten causes of an event that was learned to have happened, by a variable between them.
    fn network(count: usize) -> (Network, Vec<ChanceVariable>) {
        let table = |scope: &[ChanceVariable], numbers: &[f64]| Table {
            scope: scope.iter().map(|one| (*one, 2)).collect(),
            entries: numbers.iter().map(|one| Entry::Number(*one)).collect(),
        };
        let event = |at: usize| ChanceVariable::Event(EventId(at));
        let between = ChanceVariable::Causes(EventId(count));
        let mut given = Vec::new();
        for at in 0..count {
            let (chance, strength) = (0.05 + 0.03 * at as f64, 0.9 - 0.06 * at as f64);
            given.push(table(&[event(at)], &[1.0 - chance, chance]));
            given.push(table(&[event(at), between], &[1.0, 1.0, 1.0 - strength, 1.0]));
        }
        given.push(table(&[between, event(count)], &[1.0, -1.0, 0.0, 1.0]));
        let learned = vec![table(&[event(count)], &[0.0, 1.0])];
        (Network { learned, given, ..Network::default() }, (0..=count).map(event).collect())
    }

    /// By every way every combination is drawn as often as it is probable: of few causes, of many, and one after the other.
    #[test]
    fn every_way_draws_each_combination_as_often_as_it_is_probable() {
        for count in [6, FEW_CAUSES + 2] {
            let (network, order) = network(count);
            let tables = || Tables::new(&network, &order);
            let (known, bearing) = (tables(), tables().bearing());
            let open: Vec<usize> = known.open(&order).collect();
            let own = known.of(&bearing);
            let together = vec![Step { way: at_once(&known, &own), tables: own.clone(), fixed: None }];
            for steps in [together, one_by_one(&known, &open, &own)] {
                let own = open.iter().map(|one| (*one, Own::of(&known, *one))).collect();
                let chain = Chain { tables: tables(), steps, rest: Vec::new(), own };
                let (mut total, numbers) = (0.0, vec![Vec::new(); known.all.len()]);
                for bits in 0..1usize << count {
                    let mut share = 1.0;
                    let state = |one: ChanceVariable| match one {
                        ChanceVariable::Event(EventId(at)) if at < count => bits >> at & 1,
                        _ => 1,
                    };
                    let drawn = chain.draw(&numbers, &Limits::none(), |one, shares| {
                        share *= shares[state(one)];
                        Some(state(one))
                    });
                    // Nothing that can't be is drawn.
                    let Some(drawn) = drawn.filter(|_| share > 0.0) else { continue };
                    let probable = crate::math::elementary::exp(drawn.log_probability) / drawn.weight;
                    assert!((share - probable).abs() < 1e-13, "{count}, {bits}: {share} {probable}");
                    total += share;
                }
                assert!((total - 1.0).abs() < 1e-12, "{total}");
            }
        }
    }
}

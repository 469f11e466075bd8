//! How strong a link is, and in which direction it works.
//!
//! The strength is a correlation ratio (Pearson 1905): the share of the variance of what a link leads to that goes away once it is
//! known what it comes from; of what has states that of all their indicators together (Goodman & Kruskal 1954, "Measures of
//! association for cross classifications", J. Am. Stat. Assoc. 49, their τ). It is that of the link with all that comes along with
//! it, not of the link alone.

use super::finding::Sign;
use super::network::{Network, Thing};
use super::own::Own;
use crate::analysis::Study;
use crate::analysis::drivers::states_share::{StatesShare, Variance};
use crate::analysis::round::{Inquiry, Told};
use crate::analysis::sensitivity::associations::{Draws, Ranked, Whole};
use crate::model::{Term, Variable};
use crate::program::{Aim, Output, QueryId, States, ValueId, World, WorldId};
use crate::statistics::Estimate;

/// What is asked of a link from something that has states.
pub(super) struct Chances {
    /// The probability of each state.
    states: Vec<QueryId>,
    /// What it leads to, each with its mean in each of the states.
    ends: Vec<(QueryId, Vec<QueryId>)>,
    /// Whether both are one thing or the other: then there is a direction.
    has_direction: bool,
}

impl Chances {
    pub(super) fn ask<'m>(
        [from, to]: [Thing; 2],
        states: &[QueryId],
        own: &Own,
        study: &Study<'m>,
        inquiry: &mut Inquiry<'m>,
    ) -> Chances {
        let (model, world) = (study.model, inquiry.world);
        let given: Vec<Term> = from.states(model).into_iter().map(|(term, _)| term).collect();
        let mut ends: Vec<(QueryId, Vec<QueryId>)> = Vec::new();
        match own {
            Own::Number(variable, _, mean) => {
                let value = model.term_of(*variable);
                let in_state = given
                    .iter()
                    .map(|state| inquiry.ask.expectation(world, value.clone(), Some(state.clone())));
                ends.push((*mean, in_state.collect()));
            }
            Own::States(own) => {
                let all = to.states(model).into_iter().zip(own).skip(usize::from(is_event(to)));
                for ((what, _), own) in all {
                    let in_state =
                        given.iter().map(|state| inquiry.ask.conditional(world, what.clone(), state.clone()));
                    ends.push((*own, in_state.collect()));
                }
            }
        }
        for (own, in_state) in &ends {
            let all: Vec<QueryId> = in_state.iter().chain(states).chain([own]).copied().collect();
            inquiry.ask.compare(&all);
        }
        Chances { states: states.to_vec(), has_direction: is_event(from) && ends.len() == 1, ends }
    }

    /// The share, and the sign if it is more than so many errors from none; nothing if what it comes from is certain.
    pub(super) fn find(&self, deviation: Option<f64>, limit: f64, told: &Told) -> Option<(Estimate, Sign)> {
        let value = |query: QueryId| told.estimates.query(query).value;
        let possible: Vec<usize> =
            (0..self.states.len()).filter(|at| value(self.states[*at]) > 0.0).collect();
        if possible.len() < 2 {
            return None;
        }
        let one = |(own, in_state): &(QueryId, Vec<QueryId>)| {
            let of = deviation.map_or_else(|| Variance::chance(value(*own)), Variance::value);
            let states = possible.iter().map(|at| (self.states[*at], in_state[*at])).collect();
            let share = StatesShare { states, own: *own, of }.estimate(told);
            (share, of.size())
        };
        let share = together(&self.ends.iter().map(one).collect::<Vec<_>>());
        let (_, in_state) = &self.ends[0];
        let is_told = is_more(&share, limit);
        let sign = match self.has_direction {
            true => {
                let change = told.estimates.combination(0.0, &[(1.0, in_state[1]), (-1.0, in_state[0])]);
                let sign = if change.value > 0.0 { Sign::Raises } else { Sign::Lowers };
                if is_told || is_more(&change, limit) { sign } else { Sign::Untold }
            }
            false if is_told => Sign::Mixed,
            false => Sign::Untold,
        };
        Some((share, sign))
    }
}

/// What is asked of a link from a number.
pub(super) struct Numbers {
    world: usize,
    from: ValueId,
    to: Vec<End>,
}

/// What a number leads to.
enum End {
    Value(ValueId),
    Chance(QueryId),
}

/// Where numbers are looked at: in the file's own world, and where chance has a part in them in one whose states are drawn.
pub(super) struct Worlds([Option<WorldId>; 2]);

impl Worlds {
    pub(super) fn ask<'m>(network: &Network, study: &Study<'m>, inquiry: &mut Inquiry<'m>) -> Worlds {
        let is_mixed = |(from, to): &(usize, usize)| {
            network.things[*from].is_number() && (network.is_mixed[*from] || network.is_mixed[*to])
        };
        let drawn = network
            .links
            .iter()
            .any(is_mixed)
            .then(|| inquiry.ask.world(World { states: States::Drawn, ..study.world() }));
        Worlds([Some(inquiry.world), drawn])
    }

    pub(super) fn numbers<'m>(
        &self,
        from: Variable,
        to: Thing,
        is_mixed: bool,
        study: &Study<'m>,
        inquiry: &mut Inquiry<'m>,
    ) -> Numbers {
        let at = usize::from(is_mixed);
        let world = self.0[at].unwrap_or(inquiry.world);
        let mut value = |variable: Variable| {
            let term = study.model.term_of(variable);
            if is_mixed {
                // It has to be drawn, also where sums would do.
                let spread = inquiry.ask.spread(world, term.clone());
                inquiry.ask.aim(Aim::Values(spread));
                let mean = inquiry.ask.expectation(world, term.clone(), None);
                inquiry.ask.keep(mean);
            }
            inquiry.ask.value(world, term)
        };
        let from = value(from);
        let to = match to {
            Thing::Variable(variable) if to.is_number() => vec![End::Value(value(variable))],
            _ => {
                let chance = |(term, _)| {
                    let query = inquiry.ask.probability(world, term);
                    inquiry.ask.keep(query);
                    End::Chance(query)
                };
                to.states(study.model).into_iter().skip(usize::from(is_event(to))).map(chance).collect()
            }
        };
        Numbers { world: at, from, to }
    }

    /// The draws in each world.
    pub(super) fn draws<'a, 'k>(
        &self,
        numbers: impl Iterator<Item = &'a Numbers>,
        told: &Told<'k>,
    ) -> [Option<Draws<'k>>; 2] {
        let mut shares: [Vec<Output>; 2] = Default::default();
        for one in numbers {
            let chances = one.to.iter().filter_map(|end| match end {
                End::Chance(query) => Some(told.program.query(*query).numerator),
                End::Value(_) => None,
            });
            shares[one.world].extend(chances);
        }
        [0, 1].map(|at| self.0[at].map(|world| Draws::of(told, world, &shares[at])))
    }
}

impl Numbers {
    pub(super) fn find(
        &self,
        draws: &[Option<Draws>; 2],
        deviation: Option<f64>,
        limit: f64,
        told: &Told,
    ) -> Option<(Estimate, Sign)> {
        let draws = draws[self.world].as_ref()?;
        let x = draws.ranked(told.program.value(self.from)?)?;
        if !x.varies() {
            return None;
        }
        if deviation.is_some_and(f64::is_nan) {
            return Some((Estimate::unknown(), Sign::Untold));
        }
        let mut found = Vec::new();
        for end in &self.to {
            let (y, whole) = match end {
                End::Value(id) => (draws.ranked(told.program.value(*id)?)?, Whole::Values),
                End::Chance(query) => {
                    (draws.varying(told.program.query(*query).numerator, told)?, Whole::Chance)
                }
            };
            let size = y.mean() * (1.0 - y.mean());
            found.push((draws.share(&x, &y, whole), size, y));
        }
        let share = together(&found.iter().map(|(share, size, _)| (*share, *size)).collect::<Vec<_>>());
        let sign = match &found[..] {
            [(_, _, y)] => direction(draws, &x, y, &share, limit),
            _ if is_more(&share, limit) => Sign::Mixed,
            _ => Sign::Untold,
        };
        Some((share, sign))
    }
}

/// The direction in which y goes as x rises: that of their ranks, if these tell at least half of what x tells.
fn direction(draws: &Draws, x: &Ranked, y: &Ranked, share: &Estimate, limit: f64) -> Sign {
    let ranks = draws.rank_correlation(x, y);
    let all = draws.share(x, y, Whole::Values).value;
    let is_monotone = is_more(&ranks, limit) && ranks.value * ranks.value >= 0.5 * all;
    match ranks.value > 0.0 {
        true if is_monotone => Sign::Raises,
        false if is_monotone => Sign::Lowers,
        _ if is_more(share, limit) => Sign::Mixed,
        _ => Sign::Untold,
    }
}

/// The share of all variances together: each by its size, with the sum of the errors, as all are of the same draws.
fn together(parts: &[(Estimate, f64)]) -> Estimate {
    if let [(only, _)] = parts {
        return *only;
    }
    let open = || parts.iter().filter(|(one, _)| one.value.is_finite());
    let whole: f64 = open().map(|(_, size)| size).sum();
    let sum = |of: &dyn Fn(&Estimate) -> f64| open().map(|(one, size)| of(one) * size).sum::<f64>() / whole;
    let (value, half) = (sum(&|one| one.value), sum(&|one| one.half_width()));
    let interval = (value - half, value + half);
    let exact = open().all(|(one, _)| one.exact);
    Estimate { value, std_error: sum(&|one| one.std_error), interval, exact }.within(0.0, 1.0)
}

/// Whether something is more than so many errors from nothing.
fn is_more(one: &Estimate, limit: f64) -> bool {
    one.value.abs() > limit * one.std_error && one.value.abs() > 1e-12
}

fn is_event(thing: Thing) -> bool {
    matches!(thing, Thing::Variable(Variable::Event(_)))
}

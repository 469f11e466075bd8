//! Shapley effects (Owen 2014; Song, Nelson & Staum 2016): an answer's variance shared out among inputs that may depend on each
//! other, so that the shares sum to 1.
//!
//! The worth of a set J of inputs is v(J) = Var(E[Y | J]) = V − ½ E[(Y_A − Y_C)²], where C has J in common with A and all else
//! anew. A copula is factorised anew for each J, so that the members of J come first in it and what is drawn anew are the others
//! given these. The effect of an input is its mean contribution v(J ∪ i) − v(J) over all orders in which inputs may come to be
//! known; up to [`MOST_LISTED`] inputs all are listed, of more some are drawn, each with its reverse.

use std::collections::{BTreeMap, BTreeSet};

use super::finding::Effect;
use super::finite::Table;
use super::indices::Unknowns;
use super::inputs::{Member, Ties};
use super::paired::{Paired, Pairing, Part, Sums};
use super::ratio::{Above, Shares};
use super::subject::THEORY;
use crate::analysis::chances::Chances;
use crate::analysis::{Failure, Study};
use crate::diagnostic::Diagnostic;
use crate::model::{Model, QuantityId};
use crate::random::{Key, Permutation};
use crate::statistics::Estimate;

/// As many inputs as all orders are listed of.
const MOST_LISTED: usize = 8;

/// As many sets as are looked at where orders are drawn.
const MOST_SETS: usize = 384;

/// The fewest orders that are drawn.
const FEWEST_ORDERS: usize = 8;

/// A set of players, by position.
type Set = BTreeSet<usize>;

/// The effects on every answer.
///
/// # Errors
/// What was learned ties what is not known together, or a copula can't be factorised anew; too many inputs; see
/// [`compile`](crate::program::compile); an interruption.
pub(super) fn effects(
    study: &Study,
    chances: &Chances,
    unknowns: &Unknowns,
    (points, centres): (u64, &[f64]),
) -> Result<Vec<Vec<Effect>>, Failure> {
    let answers = chances.all().len();
    match unknowns {
        Unknowns::Nothing => Ok(vec![Vec::new(); answers]),
        Unknowns::Listed(table) => Ok((0..answers).map(|answer| listed(table, answer)).collect()),
        Unknowns::Drawn { inputs, ties, has_theories } => {
            let members: Vec<&Member> = inputs.iter().flat_map(|one| &one.members).collect();
            fit(study, *ties, members.len())?;
            let game = Game { members, has_theories: *has_theories };
            game.effects(study, chances, points, centres)
        }
    }
}

/// Whether effects can be told.
fn fit(study: &Study, ties: Ties, members: usize) -> Result<(), Diagnostic> {
    let refused = |message: &str, hint: &str| Err(Diagnostic::error("shapley", message).hint(hint));
    if ties.learned {
        let message = "Shapley effects can't be told of what was learned: it ties what is not known together";
        return refused(
            message,
            "leave --given and --evidence out, or read the shares of `foretell run`, which hold under anything learned",
        );
    }
    if ties.correlated && !study.model.has_orders() {
        let message = "Shapley effects can't be told of t copulas and of correlated factors with states";
        return refused(message, "leave --shapley out: correlated factors are then taken as one");
    }
    if members * FEWEST_ORDERS > 2 * MOST_SETS {
        let message = format!("Shapley effects of {members} inputs would take too long");
        return refused(&message, "hold some of them with --set, or leave --shapley out");
    }
    Ok(())
}

/// Those on an answer of which every combination of states is listed.
fn listed(table: &Table, answer: usize) -> Vec<Effect> {
    let (variance, players) = (table.variance(answer), table.choices.len());
    if variance.is_nan() || variance <= 0.0 {
        return Vec::new();
    }
    let worth: BTreeMap<Set, f64> =
        subsets(players).map(|set| (set.clone(), table.explained(answer, &set) / variance)).collect();
    let effect = |at: usize| {
        let gains = contributions(players, at).into_iter();
        let share = gains.map(|(set, weight)| weight * (worth[&with(&set, at)] - worth[&set])).sum();
        let choice = &table.choices[at];
        Effect { id: choice.id.clone(), label: choice.label.clone(), share: Estimate::exact(share).into() }
    };
    ranked((0..players).map(effect).collect())
}

/// All sets of so many players.
fn subsets(players: usize) -> impl Iterator<Item = Set> {
    (0..1u64 << players).map(move |bits| (0..players).filter(|at| bits & (1 << at) != 0).collect())
}

/// The sets that a player can join, each with the share of all orders in which it comes right before the player.
fn contributions(players: usize, player: usize) -> Vec<(Set, f64)> {
    // |J|! (p − |J| − 1)! / p!, as 1 / (p · C(p − 1, |J|)).
    let choose = |n: usize, k: usize| (0..k).fold(1.0, |all, at| all * (n - at) as f64 / (at + 1) as f64);
    let all = subsets(players).filter(|set| !set.contains(&player));
    all.map(|set| {
        let weight = 1.0 / (players as f64 * choose(players - 1, set.len()));
        (set, weight)
    })
    .collect()
}

fn with(set: &Set, player: usize) -> Set {
    set.iter().copied().chain([player]).collect()
}

/// The inputs as players.
struct Game<'a> {
    members: Vec<&'a Member>,
    /// Whether which theory is right is the last player.
    has_theories: bool,
}

impl Game<'_> {
    fn players(&self) -> usize {
        self.members.len() + usize::from(self.has_theories)
    }

    fn effects(
        &self,
        study: &Study,
        chances: &Chances,
        points: u64,
        centres: &[f64],
    ) -> Result<Vec<Vec<Effect>>, Failure> {
        let orders = self.orders(study.settings.seed);
        let sets = self.sets(orders.as_deref());
        let models = self.models(study.model, &sets);
        let part = |set: &Set| Part {
            redrawn: self.outside(set).flat_map(|one| &one.keys).cloned().collect(),
            model: models.get(&self.first(study.model, set)),
        };
        let parts = sets.iter().map(part).collect();
        let all = self.members.iter().flat_map(|one| &one.keys).cloned().collect();
        let paired = Paired::compile(study, &Pairing { chances, centres: centres.to_vec(), all, parts })?;
        let sums = paired.draw(study, points)?;
        let places = sets.into_iter().enumerate().map(|(at, set)| (set, at)).collect();
        let played = Played { game: self, sets: places, paired: &paired, sums: &sums, orders };
        Ok((0..chances.all().len()).map(|answer| played.effects(answer)).collect())
    }

    /// The orders that are looked at, if not all are: each with its reverse.
    fn orders(&self, seed: u64) -> Option<Vec<Vec<usize>>> {
        let players = self.players();
        if players <= MOST_LISTED {
            return None;
        }
        let pairs = (MOST_SETS / players / 2).max(FEWEST_ORDERS / 2);
        let key = Key::new(seed).named("orders of inputs");
        let order = |at: usize| -> Vec<usize> {
            let permutation = Permutation::new(key.numbered(at as u64), players as u64);
            (0..players as u64).map(|at| permutation.at(at) as usize).collect()
        };
        let both = |order: Vec<usize>| [order.clone(), order.into_iter().rev().collect()];
        Some((0..pairs).map(order).flat_map(both).collect())
    }

    /// The sets of members whose worth is looked at: some are in them, and some are not.
    fn sets(&self, orders: Option<&[Vec<usize>]>) -> Vec<Set> {
        let all: BTreeSet<Set> = match orders {
            None => subsets(self.players()).map(|set| self.of_members(&set)).collect(),
            Some(orders) => {
                let prefixes = |order: &Vec<usize>| -> Vec<Set> {
                    (0..=order.len())
                        .map(|count| self.of_members(&order[..count].iter().copied().collect()))
                        .collect()
                };
                orders.iter().flat_map(prefixes).collect()
            }
        };
        all.into_iter().filter(|set| !set.is_empty() && set.len() < self.members.len()).collect()
    }

    fn of_members(&self, set: &Set) -> Set {
        set.iter().copied().filter(|at| *at < self.members.len()).collect()
    }

    fn outside<'s>(&'s self, set: &'s Set) -> impl Iterator<Item = &'s Member> {
        self.members.iter().enumerate().filter(|(at, _)| !set.contains(at)).map(|(_, one)| *one)
    }

    /// The quantities of copulas that come first for a set, if it divides a copula.
    fn first(&self, model: &Model, set: &Set) -> BTreeSet<QuantityId> {
        let is_in = |id: &QuantityId| {
            let key = &model.quantities[id.0].key;
            set.iter().any(|at| self.members[*at].keys.contains(key))
        };
        let mut first = BTreeSet::new();
        for group in model.copulas() {
            let inside: BTreeSet<QuantityId> = group.iter().copied().filter(is_in).collect();
            if inside.len() < group.len() {
                first.extend(inside);
            }
        }
        first
    }

    /// The models with the copulas factorised for each set, by what comes first.
    fn models(&self, model: &Model, sets: &[Set]) -> BTreeMap<BTreeSet<QuantityId>, Model> {
        let all: BTreeSet<BTreeSet<QuantityId>> = sets.iter().map(|set| self.first(model, set)).collect();
        let wanted = all.into_iter().filter(|one| !one.is_empty());
        wanted.filter_map(|first| Some((first.clone(), model.factorised(&first)?))).collect()
    }

    fn effect(&self, player: usize, share: Estimate) -> Effect {
        let (id, label) = match self.members.get(player) {
            Some(member) => (member.id.clone(), member.label.clone()),
            None => (THEORY.0.to_string(), THEORY.1.to_string()),
        };
        Effect { id, label, share: share.into() }
    }
}

/// A game with the draws that tell what sets are worth.
struct Played<'a> {
    game: &'a Game<'a>,
    sets: BTreeMap<Set, usize>,
    paired: &'a Paired,
    sums: &'a Sums,
    orders: Option<Vec<Vec<usize>>>,
}

/// An answer whose effects are asked for.
struct Asked<'s> {
    shares: &'s Shares<'s>,
    answer: usize,
    /// The members that it depends on.
    felt: Set,
}

/// A share of the variance: a number, and a part that draws tell.
#[derive(Clone, Default)]
struct Worth {
    constant: f64,
    above: Above,
}

impl Worth {
    fn add(&mut self, weight: f64, other: &Worth) {
        self.constant += weight * other.constant;
        self.above.extend(other.above.iter().map(|(place, one)| (*place, weight * one)));
    }

    /// Each place once.
    fn gathered(self) -> Worth {
        let mut sums: BTreeMap<usize, f64> = BTreeMap::new();
        self.above.iter().for_each(|(place, one)| *sums.entry(*place).or_default() += one);
        Worth { above: sums.into_iter().filter(|(_, one)| *one != 0.0).collect(), ..self }
    }
}

impl Played<'_> {
    fn effects(&self, answer: usize) -> Vec<Effect> {
        let shares = Shares::new(self.sums, answer, self.paired.jumps(answer));
        let variance = shares.variance();
        if variance.is_nan() || variance <= 0.0 {
            return Vec::new();
        }
        let keys = self.paired.keys_of(answer);
        let members = self.game.members.iter().enumerate();
        let felt = members.filter(|(_, one)| one.keys.iter().any(|key| keys.contains(key.as_str())));
        let asked = Asked { shares: &shares, answer, felt: felt.map(|(at, _)| at).collect() };
        let effect = |player: usize| {
            let share = match &self.orders {
                None => self.over_all(&asked, player),
                Some(orders) => self.over_some(&asked, player, orders),
            };
            self.game.effect(player, share.within(0.0, 1.0))
        };
        ranked((0..self.game.players()).map(effect).collect())
    }

    fn over_all(&self, asked: &Asked, player: usize) -> Estimate {
        let mut mean = Worth::default();
        for (set, weight) in contributions(self.game.players(), player) {
            mean.add(weight, &self.worth(asked, &with(&set, player)));
            mean.add(-weight, &self.worth(asked, &set));
        }
        told(asked.shares, mean)
    }

    /// The mean over some orders. What the draws leave open and what the orders leave open add up.
    fn over_some(&self, asked: &Asked, player: usize, orders: &[Vec<usize>]) -> Estimate {
        let mut mean = Worth::default();
        let mut of_pairs: Vec<f64> = Vec::new();
        for pair in orders.chunks_exact(2) {
            let mut one = Worth::default();
            for order in pair {
                let place = order.iter().position(|one| *one == player).unwrap_or(0);
                let before: Set = order[..place].iter().copied().collect();
                one.add(0.5, &self.worth(asked, &with(&before, player)));
                one.add(-0.5, &self.worth(asked, &before));
            }
            mean.add(2.0 / orders.len() as f64, &one);
            of_pairs.push(asked.shares.value_of(one.constant, &one.gathered().above));
        }
        let drawn = told(asked.shares, mean);
        let ordered = Estimate::from_replicates(&of_pairs);
        let half = |one: &Estimate| one.half_width() / crate::statistics::NORMAL;
        let error = (half(&drawn).powi(2) + half(&ordered).powi(2)).sqrt();
        Estimate::from_error(drawn.value, error)
    }

    /// v(J) / V.
    fn worth(&self, asked: &Asked, set: &Set) -> Worth {
        let (places, answer) = (asked.shares.places(), asked.answer);
        let members = self.game.of_members(set);
        let felt: Set = &members & &asked.felt;
        let has_theory = self.game.has_theories && set.contains(&self.game.members.len());
        let knows_theory = has_theory || !self.game.has_theories;
        let (square, mixed) = ((places.square(answer), 1.0), (places.mixed(answer), -1.0));
        let is_open = !felt.is_empty() && felt != asked.felt;
        match self.sets.get(&members).filter(|_| is_open) {
            Some(at) if knows_theory => self.less(places.distance(answer, *at)),
            Some(at) => self.less(places.distance_apart(answer, *at)),
            // All is known, or nothing.
            None if !felt.is_empty() && knows_theory => Worth { constant: 1.0, above: Vec::new() },
            None if !felt.is_empty() => {
                Worth { constant: 1.0, above: vec![(square.0, -1.0), (mixed.0, 1.0)] }
            }
            None if has_theory => {
                let above = vec![(places.same_theory(answer), 1.0), (places.apart(answer), -1.0)];
                Worth { constant: 0.0, above }
            }
            None => Worth::default(),
        }
    }

    fn less(&self, place: usize) -> Worth {
        Worth { constant: 1.0, above: vec![(place, -1.0)] }
    }
}

/// The share that draws tell; exact if they tell nothing of it.
fn told(shares: &Shares, worth: Worth) -> Estimate {
    let Worth { constant, above } = worth.gathered();
    match above.is_empty() {
        true => Estimate::exact(constant),
        false => shares.share(constant, &above),
    }
}

/// Greatest first, ties in the order of the file.
fn ranked(mut all: Vec<Effect>) -> Vec<Effect> {
    all.sort_by(|a, b| b.share.value.total_cmp(&a.share.value));
    all
}

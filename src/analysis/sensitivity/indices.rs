//! Sobol's indices (Sobol 1993): the shares of an answer's variance over what is not known.
//!
//! Of an answer Y, with V = Var(Y), input i has the first-order index S = Var(E[Y | i]) / V and the total index
//! T = E[Var(Y | all but i)] / V. From pairs of draws A and B, with C as A but for i, which it has from B,
//!
//! > V S = E[Y_B (Y_C − Y_A)] (Saltelli et al. 2010, table 2 b),  V T = ½ E[(Y_A − Y_C)²] (Jansen 1999).

use std::collections::BTreeSet;

use super::finding::{Index, Method};
use super::finite::Table;
use super::inputs::{Input, Ties, independent, members};
use super::paired::{Paired, Pairing, Part, Sums, worlds};
use super::ratio::{Above, Shares};
use super::subject::THEORY;
use crate::analysis::chances::Chances;
use crate::analysis::{Failure, Study};
use crate::program::Ask;
use crate::statistics::Estimate;

/// As many inputs as have indices; of more, each has its elementary effects.
pub(super) const MOST_INPUTS: usize = 64;

/// What is not known, in a form that indices can be told of.
pub(super) enum Unknowns {
    /// Nothing is not known that enters an answer.
    Nothing,
    /// It is a choice among few combinations of states.
    Listed(Table),
    /// It is drawn.
    Drawn {
        /// What does not depend on each other.
        inputs: Vec<Input>,
        /// Why some are looked at together.
        ties: Ties,
        /// Whether which theory is right is one more.
        has_theories: bool,
    },
}

impl Unknowns {
    /// Those that some answers depend on.
    ///
    /// # Errors
    /// See [`compile`](crate::program::compile).
    pub(super) fn of(study: &Study, chances: &Chances) -> Result<Unknowns, Failure> {
        let mut ask = Ask::new();
        let worlds = worlds(study, study.model);
        let has_theories = worlds.len() > 1;
        let mut first = None;
        for (_, world) in worlds {
            let id = ask.world(world);
            first.get_or_insert(id);
            chances.ask(&mut ask, id, study.model);
        }
        let program = study.compile(&ask)?;
        let all = members(study.model, &program);
        let is_state = |id: &String| study.model.categories.iter().any(|one| one.named.id == *id);
        if all.iter().all(|one| is_state(&one.id))
            && let Some(table) = Table::of(study, chances)?
        {
            return Ok(Unknowns::Listed(table));
        }
        let weight = first.and_then(|world| program.learned(world).weight);
        let (inputs, ties) = independent(study.model, &program, all, weight);
        match inputs.is_empty() && !has_theories {
            true => Ok(Unknowns::Nothing),
            false => Ok(Unknowns::Drawn { inputs, ties, has_theories }),
        }
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        match self {
            Unknowns::Nothing => 0,
            Unknowns::Listed(table) => table.independent.len(),
            Unknowns::Drawn { inputs, has_theories, .. } => inputs.len() + usize::from(*has_theories),
        }
    }

    /// What the reader should know of what is looked at together.
    pub(super) fn notes(&self, study: &Study, is_shared_out: bool) -> Vec<String> {
        let (ties, sets) = match self {
            Unknowns::Nothing => return Vec::new(),
            Unknowns::Listed(table) => {
                let tied = table.independent.iter().filter(|one| one.len() > 1);
                let names = tied.map(|one| names(one.iter().map(|at| table.choices[*at].label.as_str())));
                (Ties { correlated: true, learned: false }, names.collect::<Vec<String>>())
            }
            Unknowns::Drawn { inputs, ties, .. } => {
                let tied = inputs.iter().filter(|one| one.members.len() > 1);
                let names = tied.map(|one| names(one.members.iter().map(|one| one.label.as_str())));
                (*ties, names.collect())
            }
        };
        let why = match (ties.correlated, ties.learned) {
            (true, true) => "correlations and what was learned tie them together",
            (false, true) => "what was learned ties them together",
            _ => "they depend on each other",
        };
        let can_be = study.model.has_orders();
        let more = match ties.learned || is_shared_out || !can_be {
            true => "",
            false => "; --shapley shares out what they do, where it can be told",
        };
        let one = |names: String| format!("{names} are taken as one, as {why}{more}.");
        let averaged =
            matches!(self, Unknowns::Drawn { has_theories: false, .. }) && study.model.has_theories();
        let averaged = averaged.then(|| {
            "Which theory is right is averaged over in the shares, as something was learned: it is no part of what is not known \
             there."
                .to_string()
        });
        sets.into_iter().map(one).chain(averaged).collect()
    }
}

fn names<'a>(all: impl Iterator<Item = &'a str>) -> String {
    let all: Vec<String> = all.map(|one| format!("“{one}”")).collect();
    match &all[..] {
        [rest @ .., last] if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => all.concat(),
    }
}

/// The indices of every answer, and how they were found.
pub(super) struct Indices {
    pub(super) method: Method,
    /// By answer.
    pub(super) all: Vec<Vec<Index>>,
    /// On how many base points; 0 where no draw enters.
    pub(super) points: u64,
}

impl Indices {
    /// Those on so many base points. `centres` are about what the answers are.
    ///
    /// # Errors
    /// See [`compile`](crate::program::compile); an interruption.
    pub(super) fn of(
        study: &Study,
        chances: &Chances,
        unknowns: &Unknowns,
        (points, centres): (u64, &[f64]),
    ) -> Result<Indices, Failure> {
        let answers = chances.all().len();
        let nothing = |method| Indices::nothing(method, answers);
        let (inputs, has_theories) = match unknowns {
            Unknowns::Nothing => return Ok(nothing(Method::None)),
            Unknowns::Listed(table) => {
                let all = (0..answers).map(|answer| listed(table, answer)).collect();
                return Ok(Indices { method: Method::Exact, all, points: 0 });
            }
            Unknowns::Drawn { inputs, has_theories, .. } => (inputs, *has_theories),
        };
        if unknowns.count() > MOST_INPUTS {
            return Ok(nothing(Method::Screened));
        }
        let part = |one: &Input| Part { redrawn: one.keys().cloned().collect(), model: None };
        let parts = inputs.iter().map(part).collect();
        let all = inputs.iter().flat_map(Input::keys).cloned().collect();
        let paired = Paired::compile(study, &Pairing { chances, centres: centres.to_vec(), all, parts })?;
        let sums = paired.draw(study, points)?;
        let drawn = Drawn { inputs, has_theories, paired: &paired, sums: &sums };
        Ok(Indices {
            method: Method::Sampled,
            all: (0..answers).map(|at| drawn.indices(at)).collect(),
            points: points.min(sums.points()),
        })
    }

    /// None of so many answers.
    pub(super) fn nothing(method: Method, answers: usize) -> Indices {
        Indices { method, all: vec![Vec::new(); answers], points: 0 }
    }
}

/// Those of an answer of which every combination of states is listed.
fn listed(table: &Table, answer: usize) -> Vec<Index> {
    let variance = table.variance(answer);
    if variance.is_nan() || variance <= 0.0 {
        return Vec::new();
    }
    let sets = &table.independent;
    let all: BTreeSet<usize> = sets.iter().flatten().copied().collect();
    let index = |set: &BTreeSet<usize>| {
        let first = table.explained(answer, set) / variance;
        let total = 1.0 - table.explained(answer, &(&all - set)) / variance;
        let parts = [first, total, total - first].map(Estimate::exact);
        let named = |name: fn(&super::finite::Choice) -> &str| -> Vec<String> {
            set.iter().map(|at| name(&table.choices[*at]).to_string()).collect()
        };
        let (ids, labels) = (named(|one| &one.id), named(|one| &one.label));
        Index::new(ids.join(" & "), labels.join(" & "), ids, parts)
    };
    ranked(sets.iter().map(index).collect())
}

/// Indices from draws.
struct Drawn<'a> {
    inputs: &'a [Input],
    has_theories: bool,
    paired: &'a Paired,
    sums: &'a Sums,
}

impl Drawn<'_> {
    fn indices(&self, answer: usize) -> Vec<Index> {
        let shares = Shares::new(self.sums, answer, self.paired.jumps(answer));
        let variance = shares.variance();
        if variance.is_nan() || variance <= 0.0 {
            return Vec::new();
        }
        let mut all: Vec<Index> = (0..self.inputs.len()).map(|at| self.index(&shares, answer, at)).collect();
        if self.has_theories {
            let places = shares.places();
            let first: Above = vec![(places.same_theory(answer), 1.0), (places.apart(answer), -1.0)];
            let total: Above = vec![(places.square(answer), 1.0), (places.mixed(answer), -1.0)];
            let parts = match self.paired.is_same_under_all(answer) {
                true => [Estimate::exact(0.0); 3],
                false => [
                    shares.share(0.0, &first),
                    shares.share(0.0, &total),
                    shares.share(0.0, &less(&total, &first)),
                ],
            };
            all.push(Index::new(THEORY.0.into(), THEORY.1.into(), vec![THEORY.0.into()], parts));
        }
        ranked(all)
    }

    fn index(&self, shares: &Shares, answer: usize, at: usize) -> Index {
        let input = &self.inputs[at];
        let is_moved = |other: usize| !self.paired.is_same(answer, other);
        let is_alone =
            !self.has_theories && (0..self.inputs.len()).all(|other| is_moved(other) == (other == at));
        let parts = if !is_moved(at) {
            [Estimate::exact(0.0); 3]
        } else if is_alone {
            [1.0, 1.0, 0.0].map(Estimate::exact)
        } else {
            let places = shares.places();
            let first: Above = vec![(places.covariance(answer, at), 1.0)];
            let total: Above = vec![(places.distance(answer, at), 1.0)];
            [shares.share(0.0, &first), shares.share(0.0, &total), shares.share(0.0, &less(&total, &first))]
        };
        let members = input.members.iter().map(|one| one.id.clone()).collect();
        Index::new(input.id(), input.label(), members, parts)
    }
}

fn less(one: &Above, other: &Above) -> Above {
    let taken = other.iter().map(|(place, coefficient)| (*place, -coefficient));
    one.iter().copied().chain(taken).collect()
}

/// Greatest total first, ties in the order of the file.
fn ranked(mut all: Vec<Index>) -> Vec<Index> {
    all.sort_by(|a, b| b.total.value.total_cmp(&a.total.value));
    all
}

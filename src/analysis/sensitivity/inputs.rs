//! What is not known: the inputs of the indices, each with the uniforms that it is drawn from.

use std::collections::{BTreeMap, BTreeSet};

use crate::analysis::drivers::weights::weights;
use crate::model::{Model, QuantityId};
use crate::program::{Output, Program};

/// Some things that are not known and are looked at together: one, or several that depend on each other.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Input {
    /// What belongs to it.
    pub(super) members: Vec<Member>,
}

/// One thing that is not known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Member {
    /// The name of a factor, or the address of a weight or a base.
    pub(super) id: String,
    /// What people call it.
    pub(super) label: String,
    /// The keys of the uniforms that it is drawn from.
    pub(super) keys: BTreeSet<String>,
}

/// Why some things are looked at together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Ties {
    /// Correlations of the file tie some.
    pub(super) correlated: bool,
    /// What was learned ties some.
    pub(super) learned: bool,
}

impl Input {
    /// Its name: those of its members, with "&" between.
    pub(super) fn id(&self) -> String {
        self.joined(" & ", |one| &one.id)
    }

    /// What people call it.
    pub(super) fn label(&self) -> String {
        self.joined(" & ", |one| &one.label)
    }

    /// All uniforms that it is drawn from.
    pub(super) fn keys(&self) -> impl Iterator<Item = &String> {
        self.members.iter().flat_map(|one| &one.keys)
    }

    fn joined(&self, with: &str, name: impl Fn(&Member) -> &String) -> String {
        let names: Vec<&str> = self.members.iter().map(|one| name(one).as_str()).collect();
        names.join(with)
    }
}

/// Everything that some program draws, by what it belongs to, in the order of the file.
pub(super) fn members(model: &Model, program: &Program) -> Vec<Member> {
    let mut inputs: Vec<_> = program.inputs().iter().collect();
    inputs.sort_by_key(|one| one.dimension);
    let mut all: Vec<Member> = Vec::new();
    for input in inputs {
        let id = owner(&input.key);
        match all.iter_mut().find(|one| one.id == id) {
            Some(known) => {
                known.keys.insert(input.key.clone());
            }
            None => {
                let label = label(model, &id);
                all.push(Member { id, label, keys: BTreeSet::from([input.key.clone()]) });
            }
        }
    }
    all
}

/// What a uniform belongs to: the name of a factor, the address of a weight or a base.
fn owner(key: &str) -> String {
    let address = key.split(['#', '@']).next().unwrap_or(key);
    match address.strip_prefix("factors.") {
        Some(rest) => rest.split('.').next().unwrap_or(rest).into(),
        // The streams under theories keep the name that they had.
        None => address.strip_prefix("models.").map_or(address.into(), |rest| format!("theories.{rest}")),
    }
}

/// Whether it is the normal of a correlated event or factor with states.
fn is_hidden(key: &str) -> bool {
    key.ends_with(".normal")
}

fn label(model: &Model, id: &str) -> String {
    if is_hidden(id) {
        let name = id.split('.').nth(1).unwrap_or(id);
        let of = model.order.iter().find(|one| model.name(**one) == name);
        let of = of.map_or(name, |one| model.label(*one));
        return format!("chance that “{of}” shares with what it is correlated with");
    }
    if id.ends_with(".mixing") {
        return "how far out all of them are".into();
    }
    let named = model.order.iter().find(|one| model.name(**one) == id);
    let weight = || weights(model).into_iter().map(|(one, _)| one.described(model)).find(|one| one.0 == id);
    named.map(|one| model.label(*one).to_string()).or_else(|| Some(weight()?.1)).unwrap_or_else(|| id.into())
}

/// The members as inputs that do not depend on each other: what a copula joins is one input, and what a weight under what was
/// learned depends on is another, or the same.
pub(super) fn independent(
    model: &Model,
    program: &Program,
    members: Vec<Member>,
    weight: Option<Output>,
) -> (Vec<Input>, Ties) {
    let mut joined = Joined::new(members.len());
    let of_key: BTreeMap<&str, usize> = members
        .iter()
        .enumerate()
        .flat_map(|(at, one)| one.keys.iter().map(move |key| (key.as_str(), at)))
        .collect();
    let at = |id: &QuantityId| of_key.get(model.quantities[id.0].key.as_str()).copied();
    for quantity in &model.quantities {
        let shared = quantity.mixing.map(|one| one.quantity);
        let own = quantity.normals.iter().filter(|(_, own)| *own != 0.0).map(|(id, _)| *id);
        let together: Vec<usize> = own.chain(shared).filter_map(|id| at(&id)).collect();
        joined.join(&together);
    }
    // What correlated events have in common is one, in whatever order they stand in the file.
    for group in model.copulas() {
        let hidden = group.iter().filter(|id| is_hidden(&model.quantities[id.0].key));
        joined.join(&hidden.filter_map(at).collect::<Vec<usize>>());
    }
    let correlated = joined.has_joined();
    if let Some(weight) = weight {
        let keys = program.inputs_of(weight).into_iter().map(|at| program.inputs()[at].key.as_str());
        let together: Vec<usize> = keys.filter_map(|key| of_key.get(key).copied()).collect();
        joined.join(&together);
    }
    let learned = weight.is_some_and(|one| program.inputs_of(one).len() > 1);
    drop(of_key);
    (joined.inputs(members), Ties { correlated, learned })
}

/// Which members are joined: each with the first of those that it is joined with.
struct Joined(Vec<usize>);

impl Joined {
    fn new(count: usize) -> Joined {
        Joined((0..count).collect())
    }

    fn join(&mut self, members: &[usize]) {
        let groups: BTreeSet<usize> = members.iter().map(|at| self.0[*at]).collect();
        let Some(first) = groups.first().copied() else { return };
        self.0.iter_mut().filter(|group| groups.contains(group)).for_each(|group| *group = first);
    }

    fn has_joined(&self) -> bool {
        self.0.iter().enumerate().any(|(at, group)| at != *group)
    }

    fn inputs(&self, members: Vec<Member>) -> Vec<Input> {
        let mut inputs: BTreeMap<usize, Input> = BTreeMap::new();
        for (at, member) in members.into_iter().enumerate() {
            inputs.entry(self.0[at]).or_insert_with(|| Input { members: Vec::new() }).members.push(member);
        }
        inputs.into_values().collect()
    }
}

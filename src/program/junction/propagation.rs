//! Messages between the clusters of a tree, upwards all at once and downwards as they are asked for.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use super::order::order;
use super::room::{Counted, Refusal, allow, size};
use super::table::{Table, eliminate, sum_product};
use super::tree::Tree;
use crate::limits::Limits;

/// Across more clusters than so many, variables are far apart.
const FAR: usize = 32;

/// The variables of up to so many clusters are looked at all at once, of more along the tree.
const NEAR: usize = 8;

/// Variables whose tables are numbers, with what was learned of them.
#[derive(Clone)]
pub(super) struct Propagation {
    pub(super) counts: Vec<usize>,
    /// The states that are known.
    pub(super) known: BTreeMap<usize, usize>,
    pub(super) tree: Tree,
    /// The product of what no variable has a part in.
    constant: Table,
    /// For each cluster what it says to the one above it.
    up: Vec<Vec<Rc<Table>>>,
    /// What the one above it says to each cluster, as far as it was asked for.
    down: Vec<Option<Vec<Rc<Table>>>>,
    /// What the whole part under each top is, where it is not 1.
    tops: BTreeMap<usize, Table>,
}

impl Propagation {
    /// A tree for all of some tables, which takes the values of all its clusters from the room that there is for them.
    pub(super) fn within(
        room: &mut f64,
        counts: Vec<usize>,
        tables: Vec<Table>,
        limits: &Limits,
    ) -> Result<Propagation, Refusal> {
        let (known, tables) = settled(tables);
        let tables: Vec<Rc<Table>> = tables
            .into_iter()
            .map(|one| Rc::new(if one.head.is_some() { one } else { one.scaled() }))
            .collect();
        let scopes: Vec<Vec<Counted>> = tables.iter().map(|one| one.scope.clone()).collect();
        let order = order(&counts, &scopes);
        let tree = Tree::new(&order, &counts, &tables);
        // A message has no more values than what is gone through to make it: of one, no more is asked here.
        let largest = tree.largest(&counts);
        allow(&[], size(&largest), limits)
            .map_err(|why| named(why, largest.iter().map(|(one, _)| *one).collect()))?;
        if order.cost > *room {
            return Err(Refusal::TooLarge(largest.iter().map(|(one, _)| *one).collect()));
        }
        *room -= order.cost;
        let constants: Vec<Rc<Table>> = tables.iter().filter(|one| one.scope.is_empty()).cloned().collect();
        let count = tree.clusters.len();
        let mut found = Propagation {
            counts,
            known,
            tree,
            constant: sum_product(&constants, Vec::new(), None),
            up: vec![Vec::new(); count],
            down: vec![None; count],
            tops: BTreeMap::new(),
        };
        found.collect(limits)?;
        Ok(found)
    }

    /// All messages upwards.
    fn collect(&mut self, limits: &Limits) -> Result<(), Refusal> {
        for at in (0..self.tree.clusters.len()).rev() {
            let cluster = &self.tree.clusters[at];
            let tables = self.said_to(at, None);
            let shared = &cluster.shared;
            let found = eliminate(tables, |one| shared.binary_search(&one).is_ok(), limits)?;
            if cluster.above.is_none() {
                let whole = sum_product(&found, Vec::new(), None);
                if !whole.is_nothing() {
                    self.tops.insert(at, whole);
                }
            } else {
                self.up[at] = found;
            }
        }
        Ok(())
    }

    /// The tables of a cluster, and what those below say, one left out.
    fn said_to(&self, at: usize, left_out: Option<usize>) -> Vec<Rc<Table>> {
        let cluster = &self.tree.clusters[at];
        let below = cluster.below.iter().filter(|one| Some(**one) != left_out);
        cluster.tables.iter().chain(below.flat_map(|one| &self.up[*one])).cloned().collect()
    }

    /// What is said downwards to a cluster.
    fn heard(&mut self, at: usize, limits: &Limits) -> Result<Vec<Rc<Table>>, Refusal> {
        let unknown: Vec<usize> = self.tree.way_up(at).take_while(|one| self.down[*one].is_none()).collect();
        for one in unknown.into_iter().rev() {
            let found = match self.tree.clusters[one].above {
                None => Vec::new(),
                Some(above) => {
                    let mut tables = self.said_to(above, Some(one));
                    tables.extend(self.down[above].iter().flatten().cloned());
                    let shared = &self.tree.clusters[one].shared;
                    eliminate(tables, |one| shared.binary_search(&one).is_ok(), limits)?
                }
            };
            self.down[one] = Some(found);
        }
        Ok(self.down[at].clone().unwrap_or_default())
    }

    /// The joint distribution of some variables with all that was learned: by their states, in their order.
    pub(super) fn joint(&mut self, targets: &[usize], limits: &Limits) -> Result<Table, Refusal> {
        let open = self.open(targets);
        let mut tables = vec![Rc::new(self.constant.clone())];
        let mut tops: BTreeSet<usize> = self.tops.keys().copied().collect();
        for (top, own) in self.by_part(&open) {
            tops.remove(&top);
            tables.extend(self.marginal(&own, limits)?);
        }
        tables.extend(tops.iter().map(|top| Rc::new(self.tops[top].clone())));
        let scope: Vec<Counted> = open.iter().map(|one| (*one, self.counts[*one])).collect();
        allow(&scope, size(&scope), limits)?;
        Ok(self.spread_out(sum_product(&tables, scope, None), targets))
    }

    /// Those of some variables whose states are not known.
    pub(super) fn open(&self, targets: &[usize]) -> Vec<usize> {
        targets.iter().copied().filter(|one| !self.known.contains_key(one)).collect()
    }

    /// Whether some variables, at least two, lie far apart in one part of the tree.
    pub(super) fn is_far(&self, open: &[usize]) -> bool {
        let is_far = |own: Vec<usize>| self.subtree(&own, FAR).is_none();
        open.len() > 1 && self.by_part(open).into_values().any(is_far)
    }

    /// Variables by the top of the part of the tree that holds them.
    pub(super) fn by_part(&self, open: &[usize]) -> BTreeMap<usize, Vec<usize>> {
        let mut parts: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for variable in open {
            let top = self.tree.tops[self.tree.home[*variable]];
            parts.entry(top).or_default().push(*variable);
        }
        parts
    }

    /// The joint distribution of some variables of one part, as tables that are still to be multiplied: from the tables of the smallest
    /// subtree that holds them, and what is said to it.
    pub(super) fn marginal(
        &mut self,
        variables: &[usize],
        limits: &Limits,
    ) -> Result<Vec<Rc<Table>>, Refusal> {
        let clusters = self.subtree(variables, usize::MAX).unwrap_or_default();
        let is_near = clusters.len() <= NEAR;
        let mut said: BTreeMap<usize, Vec<Rc<Table>>> = BTreeMap::new();
        for at in clusters.iter().rev() {
            let mut tables = self.around(*at, &clusters);
            tables.extend(said.remove(at).unwrap_or_default());
            let cluster = &self.tree.clusters[*at];
            match cluster.above.filter(|above| clusters.contains(above)) {
                Some(above) if is_near => said.entry(above).or_default().extend(tables),
                Some(above) => {
                    let is_kept =
                        |one| cluster.shared.binary_search(&one).is_ok() || variables.contains(&one);
                    said.entry(above).or_default().extend(eliminate(tables, is_kept, limits)?);
                }
                None => {
                    tables.extend(self.heard(*at, limits)?);
                    return eliminate(tables, |one| variables.contains(&one), limits);
                }
            }
        }
        Ok(Vec::new())
    }

    /// The tables of one of some clusters, and what those below say that are none of them.
    fn around(&self, at: usize, clusters: &BTreeSet<usize>) -> Vec<Rc<Table>> {
        let cluster = &self.tree.clusters[at];
        let below = cluster.below.iter().filter(|one| !clusters.contains(one));
        cluster.tables.iter().chain(below.flat_map(|one| &self.up[*one])).cloned().collect()
    }

    /// The smallest subtree that holds some variables, its top first, unless it has more than `most` clusters.
    pub(super) fn subtree(&self, variables: &[usize], most: usize) -> Option<BTreeSet<usize>> {
        let clusters = &self.tree.clusters;
        let holds_all =
            |at: &usize| variables.iter().all(|one| clusters[*at].variables.binary_search(one).is_ok());
        let homes: BTreeSet<usize> = variables.iter().map(|one| self.tree.home[*one]).collect();
        if let Some(one) = homes.iter().find(|at| holds_all(at)) {
            return Some(BTreeSet::from([*one]));
        }
        let mut open = homes;
        let mut found = BTreeSet::new();
        // Whatever comes last in the order of clusters has the others above it or beside it.
        while open.len() > 1 {
            let Some(last) = open.pop_last() else { break };
            found.insert(last);
            if found.len() >= most {
                return None;
            }
            open.extend(clusters[last].above);
        }
        found.extend(open);
        Some(found)
    }

    /// With the states that are known put back: 0 in all others.
    pub(super) fn spread_out(&self, table: Table, targets: &[usize]) -> Table {
        let scope: Vec<Counted> = targets.iter().map(|one| (*one, self.counts[*one])).collect();
        if table.scope.len() == scope.len() {
            return table;
        }
        let is_so = |one: &Counted| {
            let state = self.known.get(&one.0).copied();
            let value = |at: usize| f64::from(u8::from(state == Some(at)));
            state.map(|_| Rc::new(Table::new(vec![*one], (0..one.1).map(value).collect())))
        };
        let mut tables: Vec<Rc<Table>> = scope.iter().filter_map(is_so).collect();
        tables.push(Rc::new(table));
        sum_product(&tables, scope, None)
    }

    /// How many numbers are in the tree.
    pub(super) fn held(&self) -> usize {
        let own = self.tree.clusters.iter().flat_map(|one| &one.tables);
        own.chain(self.up.iter().flatten()).map(|table| table.values.len()).sum()
    }

    /// The same tree with a variable in a state.
    pub(super) fn with(
        &self,
        variable: usize,
        state: usize,
        limits: &Limits,
    ) -> Result<Propagation, Refusal> {
        let mut found = Propagation { tops: BTreeMap::new(), ..self.clone() };
        let mut constants = vec![Rc::new(found.constant.clone())];
        for cluster in &mut found.tree.clusters {
            for table in cluster.tables.iter_mut().filter(|one| one.holds(variable)) {
                *table = Rc::new(table.sliced(variable, state));
            }
            let (single, tables): (Vec<_>, Vec<_>) =
                std::mem::take(&mut cluster.tables).into_iter().partition(|one| one.scope.is_empty());
            constants.extend(single);
            cluster.tables = tables;
        }
        found.constant = sum_product(&constants, Vec::new(), None);
        found.up.iter_mut().for_each(Vec::clear);
        found.down.iter_mut().for_each(|one| *one = None);
        found.collect(limits)?;
        Ok(found)
    }
}

/// Tables cut down to the states that are known because nothing else can be, until no more are.
fn settled(mut tables: Vec<Table>) -> (BTreeMap<usize, usize>, Vec<Table>) {
    let mut known = BTreeMap::new();
    let mut holders: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (at, table) in tables.iter().enumerate() {
        table.scope.iter().for_each(|(one, _)| holders.entry(*one).or_default().push(at));
    }
    let mut open: Vec<usize> = (0..tables.len()).collect();
    while let Some(at) = open.pop() {
        let Some((variable, state)) = tables[at].only_state() else { continue };
        known.insert(variable, state);
        for holder in holders.remove(&variable).unwrap_or_default() {
            tables[holder] = tables[holder].sliced(variable, state);
            open.push(holder);
        }
    }
    (known, tables)
}

/// A refusal of these variables where it names none.
fn named(why: Refusal, variables: Vec<usize>) -> Refusal {
    match why {
        Refusal::TooLarge(_) => Refusal::TooLarge(variables),
        other => other,
    }
}

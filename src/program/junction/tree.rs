//! Clusters of variables in a tree, in which each table has its place and what one part says of another is a message.
//!
//! Messages are kept as factors that are multiplied as late as possible (lazy propagation; Madsen & Jensen 1999, "Lazy propagation: a
//! junction tree inference algorithm based on lazy evaluation", Artificial Intelligence 113), without divisions (Shafer & Shenoy 1990).

use std::collections::BTreeSet;
use std::rc::Rc;

use super::order::Order;
use super::room::{Counted, size};
use super::table::Table;

/// As many hang on a cluster.
const MOST_BELOW: usize = 8;

/// A cluster of variables.
#[derive(Clone)]
pub(super) struct Cluster {
    /// Its variables, ascending.
    pub(super) variables: Vec<usize>,
    /// What it shares with the one above it, ascending.
    pub(super) shared: Vec<usize>,
    pub(super) above: Option<usize>,
    pub(super) below: Vec<usize>,
    /// The tables that have their place here.
    pub(super) tables: Vec<Rc<Table>>,
}

/// The clusters, each after the one above it.
#[derive(Clone)]
pub(super) struct Tree {
    pub(super) clusters: Vec<Cluster>,
    /// The smallest cluster that holds each variable.
    pub(super) home: Vec<usize>,
    /// For each cluster the top of its part.
    pub(super) tops: Vec<usize>,
}

impl Tree {
    /// The clusters that an order makes, those that others hold joined with these (supernodes; Blair & Peyton 1993), with each table
    /// where its first variable is.
    pub(super) fn new(order: &Order, counts: &[usize], tables: &[Rc<Table>]) -> Tree {
        let mut place = vec![usize::MAX; counts.len()];
        order.variables.iter().enumerate().for_each(|(at, one)| place[*one] = at);
        let mut clusters: Vec<Cluster> = Vec::new();
        // Where each variable is summed over.
        let mut own = vec![usize::MAX; counts.len()];
        for (variable, left) in order.variables.iter().zip(&order.left).rev() {
            let above = left.iter().min_by_key(|one| place[**one]).map(|one| own[*one]);
            own[*variable] = match above {
                Some(at) if clusters[at].variables.len() == left.len() => {
                    let joined = &mut clusters[at].variables;
                    joined.insert(joined.partition_point(|one| one < variable), *variable);
                    at
                }
                _ => {
                    let mut variables = left.clone();
                    variables.insert(variables.partition_point(|one| one < variable), *variable);
                    clusters.push(Cluster {
                        variables,
                        shared: left.clone(),
                        above,
                        below: Vec::new(),
                        tables: Vec::new(),
                    });
                    clusters.len() - 1
                }
            };
        }
        for table in tables {
            if let Some((first, _)) = table.scope.iter().min_by_key(|(one, _)| place[*one]) {
                clusters[own[*first]].tables.push(table.clone());
            }
        }
        hang(&mut clusters);
        if clusters.iter().any(|one| one.below.len() > MOST_BELOW) {
            clusters = branched(clusters);
        }
        let home = homes(&clusters, counts);
        let tops = tops(&clusters);
        Tree { clusters, home, tops }
    }

    /// The variables of the largest cluster.
    pub(super) fn largest(&self, counts: &[usize]) -> Vec<Counted> {
        let counted =
            |one: &Cluster| -> Vec<Counted> { one.variables.iter().map(|at| (*at, counts[*at])).collect() };
        self.clusters.iter().map(counted).max_by_key(|one| size(one)).unwrap_or_default()
    }

    /// The way from a cluster to the top of its part, itself first.
    pub(super) fn way_up(&self, from: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(Some(from), |at| self.clusters[*at].above)
    }
}

/// Tells each cluster which are below it.
fn hang(clusters: &mut [Cluster]) {
    for at in 0..clusters.len() {
        if let Some(above) = clusters[at].above {
            clusters[above].below.push(at);
        }
    }
}

/// The same clusters, where many hang on one with others between: what these say to each is then found for many at once, and not for each
/// from all others.
fn branched(clusters: Vec<Cluster>) -> Vec<Cluster> {
    let tops = (0..clusters.len()).filter(|at| clusters[*at].above.is_none());
    // Old clusters, each with the new one that it comes to hang on.
    let mut open: Vec<(Option<usize>, Vec<usize>)> = tops.map(|top| (None, vec![top])).collect();
    open.reverse();
    let mut old: Vec<Option<Cluster>> = clusters.into_iter().map(Some).collect();
    let mut found: Vec<Cluster> = Vec::with_capacity(old.len());
    while let Some((above, group)) = open.pop() {
        let (cluster, below) = match group[..] {
            [one] => {
                let Some(own) = old[one].take() else { continue };
                let below = own.below;
                (Cluster { above, below: Vec::new(), ..own }, below)
            }
            _ => (between(above, &group, &old), group),
        };
        let each = if below.len() <= MOST_BELOW { 1 } else { below.len().div_ceil(MOST_BELOW) };
        open.extend(below.chunks(each).rev().map(|chunk| (Some(found.len()), chunk.to_vec())));
        found.push(cluster);
    }
    hang(&mut found);
    found
}

/// A cluster of what some share with the one above them.
fn between(above: Option<usize>, group: &[usize], old: &[Option<Cluster>]) -> Cluster {
    let shared: BTreeSet<usize> =
        group.iter().filter_map(|at| old[*at].as_ref()).flat_map(|one| &one.shared).copied().collect();
    let variables: Vec<usize> = shared.into_iter().collect();
    Cluster { shared: variables.clone(), variables, above, below: Vec::new(), tables: Vec::new() }
}

fn tops(clusters: &[Cluster]) -> Vec<usize> {
    let mut tops: Vec<usize> = Vec::with_capacity(clusters.len());
    for (at, cluster) in clusters.iter().enumerate() {
        tops.push(cluster.above.map_or(at, |above| tops[above]));
    }
    tops
}

fn homes(clusters: &[Cluster], counts: &[usize]) -> Vec<usize> {
    let mut home = vec![usize::MAX; counts.len()];
    let mut least = vec![f64::INFINITY; counts.len()];
    for (at, cluster) in clusters.iter().enumerate() {
        let size: f64 = cluster.variables.iter().map(|one| counts[*one] as f64).product();
        for variable in &cluster.variables {
            if size < least[*variable] {
                (home[*variable], least[*variable]) = (at, size);
            }
        }
    }
    home
}

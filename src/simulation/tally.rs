//! What a run adds up, in one pass and in memory that does not grow with the draws.

use std::borrow::Cow;

use super::collector::{Batch, Collector, SoundDraws};
use super::columns::{Columns, add_values};
use super::plan::{Plan, Range};
use super::sums::Sums;
use crate::program::{CompanyId, Program, WorldId};
use crate::statistics::{Comoments, Merge, ProbabilityHistogram, Tree, ValueHistogram};

/// One replicate's share of a tally.
#[derive(Clone, Debug)]
pub(super) struct Replicate {
    pub(super) tree: Tree<Sums>,
    pub(super) beliefs: Vec<ProbabilityHistogram>,
    /// The values of each spread.
    pub(super) values: Vec<ValueHistogram>,
}

/// Draws that are void in a world.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Void {
    /// How many.
    pub draws: u64,
    /// The first of them: (replicate, index).
    pub first: Option<(u32, u64)>,
}

impl Void {
    /// The share of void draws above which a world's answers are refused.
    pub const MOST: f64 = 0.001;

    /// The share of void draws.
    pub fn share(&self, draws: u64) -> f64 {
        self.draws as f64 / draws.max(1) as f64
    }

    fn add(&mut self, later: Void) {
        self.draws += later.draws;
        self.first = self.first.or(later.first);
    }

    /// Adds those of other draws, which may come before these.
    pub(super) fn add_any(&mut self, other: Void) {
        self.draws += other.draws;
        self.first = self.first.into_iter().chain(other.first).min();
    }
}

/// Collects the sums, the histograms and the void draws of a run.
#[derive(Clone, Debug)]
pub struct Tally {
    pub(super) columns: Columns,
    pub(super) replicates: Vec<Replicate>,
    /// Draws left out, by world.
    pub(super) void: Vec<Void>,
    /// Draws in a leaf of the trees.
    pub(super) leaf: u64,
    worlds: Vec<CompanyId>,
    /// How many companies of worlds there are.
    pub(super) companies: usize,
}

/// A part of a tally.
pub struct TallyPart {
    leaf: Option<Sums>,
    tree: Tree<Sums>,
    beliefs: Vec<ProbabilityHistogram>,
    values: Vec<ValueHistogram>,
    void: Vec<Void>,
}

impl Tally {
    /// An empty tally of what `program` answers under `plan`.
    pub fn new(program: &Program, plan: &Plan) -> Tally {
        let columns = Columns::new(program, plan);
        let replicate = Replicate {
            tree: Tree::new().up_to(plan.highest()),
            beliefs: vec![ProbabilityHistogram::default(); columns.beliefs.len()],
            values: columns.histograms(),
        };
        let worlds: Vec<CompanyId> = program.worlds().map(|world| program.alone(world)).collect();
        Tally {
            replicates: vec![replicate; plan.replicates as usize],
            void: vec![Void::default(); worlds.len()],
            leaf: plan.leaf(),
            worlds,
            companies: program.companies().len(),
            columns,
        }
    }

    /// An empty tally of a share of a run: its trees begin where `ranges` do.
    pub(super) fn starting_at(program: &Program, plan: &Plan, ranges: &[Range]) -> Tally {
        let mut tally = Tally::new(program, plan);
        for range in ranges {
            let tree = Tree::starting_at(range.start / tally.leaf).up_to(plan.highest());
            tally.replicates[range.replicate as usize].tree = tree;
        }
        tally
    }

    /// Makes it ready for the further draws of a plan that has more of them.
    pub(super) fn prepare(&mut self, plan: &Plan) {
        let levels = (plan.leaf() / self.leaf).max(1).ilog2();
        self.leaf = plan.leaf();
        for own in &mut self.replicates {
            let tree = std::mem::take(&mut own.tree);
            own.tree = tree.up_to(plan.highest().saturating_add(levels)).with_leaves_of(levels);
        }
    }

    /// Draws that were left out of a world.
    pub fn void(&self, world: WorldId) -> Void {
        self.void[world.position()]
    }

    /// Adds what can be counted in any order: histograms and void draws.
    pub(super) fn add_counts(&mut self, other: Tally) {
        for (mine, theirs) in self.replicates.iter_mut().zip(other.replicates) {
            mine.beliefs.iter_mut().zip(theirs.beliefs).for_each(|(mine, theirs)| mine.absorb(theirs));
            mine.values.iter_mut().zip(theirs.values).for_each(|(mine, theirs)| mine.absorb(theirs));
        }
        self.void.iter_mut().zip(other.void).for_each(|(mine, theirs)| mine.add_any(theirs));
    }

    /// Adds the sums of each leaf's draws.
    fn add_sums(&self, part: &mut TallyPart, batch: &Batch) {
        let (start, end) = (batch.start, batch.start + batch.len());
        let ends: Vec<u64> = (start / self.leaf + 1..end.div_ceil(self.leaf))
            .map(|leaf| leaf * self.leaf)
            .chain([end])
            .collect();
        let companies = if batch.is_whole() { 1 } else { self.companies };
        let mut sums: Vec<_> = (0..companies)
            .map(|one| self.sums_of(&batch.sound(CompanyId::at(one)), &ends).into_iter())
            .collect();
        for end in ends {
            let own = Sums::of(sums.iter_mut().filter_map(Iterator::next).collect());
            match (&mut part.leaf, own) {
                (Some(leaf), Some(own)) => leaf.merge(&own),
                (leaf, own) => *leaf = own,
            }
            if end.is_multiple_of(self.leaf) {
                self.end_leaf(part);
            }
        }
    }

    /// Up to each of several draws. Columns are read where they stand; only what has to be computed first is written down.
    fn sums_of(&self, draws: &SoundDraws, ends: &[u64]) -> Vec<Comoments> {
        let columns: Vec<Cow<[f64]>> =
            self.columns.all.iter().map(|column| self.columns.values(*column, draws)).collect();
        let columns: Vec<&[f64]> = columns.iter().map(|column| &column[..]).collect();
        let ends: Vec<usize> = ends.iter().map(|end| draws.before(*end).min(draws.len())).collect();
        Comoments::of_each(draws.level(), &self.columns.pairs, &columns, &ends)
    }

    fn end_leaf(&self, part: &mut TallyPart) {
        if let Some(leaf) = part.leaf.take() {
            part.tree.push(leaf);
        }
    }
}

impl Collector for Tally {
    type Part = TallyPart;

    fn part(&self, start: u64) -> TallyPart {
        let highest = self.replicates.first().map_or(u32::MAX, |own| own.tree.highest());
        TallyPart {
            leaf: None,
            tree: Tree::starting_at(start / self.leaf).up_to(highest),
            beliefs: vec![ProbabilityHistogram::default(); self.columns.beliefs.len()],
            values: self.columns.histograms(),
            void: vec![Void::default(); self.void.len()],
        }
    }

    fn part_bytes(&self, _: u64) -> usize {
        self.columns.beliefs.len() * ProbabilityHistogram::BYTES
            + self.columns.spreads.len() * ValueHistogram::BYTES
    }

    fn observe(&self, part: &mut TallyPart, batch: &Batch) {
        if !batch.is_whole() {
            for (void, world) in part.void.iter_mut().zip(&self.worlds) {
                let draws = batch.sound(*world);
                let first = draws.first_void().map(|index| (batch.replicate, index));
                void.add(Void { draws: draws.void, first });
            }
        }
        for ((spread, company), histogram) in self.columns.beliefs.iter().zip(&mut part.beliefs) {
            add_values(spread, &batch.sound(*company), histogram);
        }
        for (one, histogram) in self.columns.spreads.iter().zip(&mut part.values) {
            add_values(&one.spread, &batch.sound(one.company), histogram);
        }
        self.add_sums(part, batch);
    }

    fn end_block(&self, part: &mut TallyPart) {
        self.end_leaf(part);
    }

    fn collect(&mut self, replicate: u32, part: TallyPart) {
        let own = &mut self.replicates[replicate as usize];
        for (level, subtree) in part.tree.into_subtrees() {
            // Parts are collected in order and start on boundaries of groups, so that none is out of place.
            let placed = own.tree.push_subtree(level, subtree);
            debug_assert!(placed.is_ok());
        }
        own.beliefs.iter_mut().zip(part.beliefs).for_each(|(mine, theirs)| mine.absorb(theirs));
        own.values.iter_mut().zip(part.values).for_each(|(mine, theirs)| mine.absorb(theirs));
        self.void.iter_mut().zip(part.void).for_each(|(mine, theirs)| mine.add(theirs));
    }
}

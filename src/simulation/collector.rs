//! What is done with draws.

use std::borrow::Cow;

use super::soundness::Soundness;
use crate::math::instruction_set::InstructionSet;
use crate::program::{Arena, CompanyId, Output, Program};

/// The draws of one batch.
pub struct Batch<'a> {
    program: &'a Program,
    arena: &'a Arena,
    soundness: &'a Soundness,
    length: usize,
    /// The replicate that the batch belongs to.
    pub replicate: u32,
    /// The index of its first draw in the replicate.
    pub start: u64,
}

impl<'a> Batch<'a> {
    pub(super) fn new(
        program: &'a Program,
        arena: &'a Arena,
        soundness: &'a Soundness,
        (replicate, start): (u32, u64),
        length: usize,
    ) -> Batch<'a> {
        Batch { program, arena, soundness, length, replicate, start }
    }

    /// The draws that are sound in each of a company's worlds.
    pub fn sound(&self, company: CompanyId) -> SoundDraws<'a> {
        let sound = self.soundness.of(company);
        let length = sound.map_or(self.length, <[u16]>::len);
        let void = (self.length - length) as u64;
        SoundDraws { program: self.program, arena: self.arena, sound, length, start: self.start, void }
    }

    /// How many draws there are, sound or not.
    pub(super) fn len(&self) -> u64 {
        self.length as u64
    }

    /// Whether every draw is sound in every world.
    pub fn is_whole(&self) -> bool {
        self.soundness.is_whole()
    }

    /// The instructions that the draws were made with.
    pub fn level(&self) -> InstructionSet {
        self.arena.level()
    }
}

/// The sound draws of one batch: void ones are left out.
pub struct SoundDraws<'a> {
    program: &'a Program,
    arena: &'a Arena,
    /// Which draws of the batch are sound, if not all are.
    sound: Option<&'a [u16]>,
    length: usize,
    start: u64,
    /// How many draws were void.
    pub void: u64,
}

impl<'a> SoundDraws<'a> {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.length
    }

    /// Whether every draw was void.
    pub fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// The instructions that the draws were made with.
    pub fn level(&self) -> InstructionSet {
        self.arena.level()
    }

    /// An output's values: where they stand, unless some have to be left out.
    pub fn column(&self, output: Output) -> Cow<'a, [f64]> {
        let column = self.program.output(self.arena, output);
        match self.sound {
            None => Cow::Borrowed(column),
            Some(sound) => Cow::Owned(sound.iter().map(|index| column[usize::from(*index)]).collect()),
        }
    }

    /// The index, in the replicate, of the first void draw.
    pub(super) fn first_void(&self) -> Option<u64> {
        let sound = self.sound.unwrap_or(&[]);
        let total = self.length as u64 + self.void;
        (0..total)
            .find(|at| !sound.contains(&(*at as u16)))
            .filter(|_| self.void > 0)
            .map(|at| self.start + at)
    }

    /// How many of them come before the draw of this index in the replicate.
    pub(super) fn before(&self, index: u64) -> usize {
        let at = index.saturating_sub(self.start);
        self.sound.map_or(at as usize, |sound| sound.partition_point(|own| u64::from(*own) < at))
    }

    /// The indices of the draws in the replicate.
    pub fn indices(&self) -> impl Iterator<Item = u64> + '_ {
        (0..self.length)
            .map(move |at| self.start + self.sound.map_or(at as u64, |sound| u64::from(sound[at])))
    }
}

/// Something that takes in draws. Parts are filled on any thread; what belongs to one group of blocks goes into one part,
/// and parts are collected in the order of replicates and draws.
pub trait Collector: Sync {
    /// What a group of blocks leaves.
    type Part: Send;

    /// An empty part for the draws of a replicate from `start` on, where a block begins.
    fn part(&self, start: u64) -> Self::Part;

    /// How many draws go into each part but the last of a replicate, a multiple of [`BLOCK`](super::BLOCK); `None` if any number will
    /// do, so that the number of threads may decide.
    fn part_draws(&self) -> Option<u64> {
        None
    }

    /// About how much memory a part of so many draws takes; 0 for little.
    fn part_bytes(&self, draws: u64) -> usize {
        let _ = draws;
        0
    }

    /// Takes in a batch.
    fn observe(&self, part: &mut Self::Part, batch: &Batch);

    /// Ends a block of draws: a leaf of the tree along which sums are folded.
    fn end_block(&self, part: &mut Self::Part);

    /// Ends a part, on the thread that filled it.
    fn end_part(&self, part: &mut Self::Part) {
        let _ = part;
    }

    /// Takes in a part; called in the order of replicates and draws.
    fn collect(&mut self, replicate: u32, part: Self::Part);
}

impl<A: Collector, B: Collector> Collector for (A, B) {
    type Part = (A::Part, B::Part);

    fn part(&self, start: u64) -> Self::Part {
        (self.0.part(start), self.1.part(start))
    }

    fn part_draws(&self) -> Option<u64> {
        self.0.part_draws().or(self.1.part_draws())
    }

    fn part_bytes(&self, draws: u64) -> usize {
        self.0.part_bytes(draws) + self.1.part_bytes(draws)
    }

    fn observe(&self, part: &mut Self::Part, batch: &Batch) {
        self.0.observe(&mut part.0, batch);
        self.1.observe(&mut part.1, batch);
    }

    fn end_block(&self, part: &mut Self::Part) {
        self.0.end_block(&mut part.0);
        self.1.end_block(&mut part.1);
    }

    fn end_part(&self, part: &mut Self::Part) {
        self.0.end_part(&mut part.0);
        self.1.end_part(&mut part.1);
    }

    fn collect(&mut self, replicate: u32, part: Self::Part) {
        self.0.collect(replicate, part.0);
        self.1.collect(replicate, part.1);
    }
}

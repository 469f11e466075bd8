//! What is done with draws.

use std::borrow::Cow;

use crate::math::level::Level;
use crate::program::{Arena, Output, Program};

/// The sound draws of one batch: void ones are left out.
pub struct Batch<'a> {
    program: &'a Program,
    arena: &'a Arena,
    /// Which draws of the batch are sound, if not all are.
    sound: Option<&'a [u16]>,
    length: usize,
    /// The replicate that the batch belongs to.
    pub replicate: u32,
    /// The index of its first draw in the replicate.
    pub start: u64,
    /// How many draws were void.
    pub void: u64,
}

impl<'a> Batch<'a> {
    pub(super) fn new(
        program: &'a Program,
        arena: &'a Arena,
        (replicate, start): (u32, u64),
        length: usize,
        sound: Option<&'a [u16]>,
    ) -> Batch<'a> {
        let kept = sound.map_or(length, <[u16]>::len);
        Batch { program, arena, sound, length: kept, replicate, start, void: (length - kept) as u64 }
    }

    /// How many sound draws there are.
    pub fn len(&self) -> usize {
        self.length
    }

    /// The instructions that the draws were made with.
    pub fn level(&self) -> Level {
        self.arena.level()
    }

    /// Whether every draw was void.
    pub fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// An output's values in the sound draws: where they stand, unless some have to be left out.
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

    /// The indices of the sound draws in the replicate.
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

    /// An empty part for blocks from `first_block` of a replicate on.
    fn part(&self, first_block: u64) -> Self::Part;

    /// About how much memory a part of so many draws takes; 0 for little.
    fn part_bytes(&self, draws: u64) -> usize {
        let _ = draws;
        0
    }

    /// Takes in a batch.
    fn observe(&self, part: &mut Self::Part, batch: &Batch);

    /// Ends a block of draws: a leaf of the tree along which sums are folded.
    fn end_block(&self, part: &mut Self::Part);

    /// Takes in a part; called in the order of replicates and draws.
    fn collect(&mut self, replicate: u32, part: Self::Part);
}

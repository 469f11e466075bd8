//! Edits that need each other: done alone, they make no sound scenario.
//!
//! A block is a set of edits that are done together. To begin with each edit is a block; one that can't be done without others, or
//! undone without others, is joined with as few of these as will do, found by QuickXplain (Junker 2004, "QUICKXPLAIN: preferred
//! explanations and relaxations for over-constrained problems", AAAI-04).

use super::pool::Pool;
use crate::analysis::Failure;

/// Blocks of edits, by position, in the order of their first.
pub(super) type Blocks = Vec<Vec<usize>>;

/// As many scenarios are tried to find out what needs what; where that is not enough, all edits are one.
const MOST_TRIED: usize = 4096;

/// What is known of the blocks of so many edits.
pub(super) struct Joining<'p, 'b> {
    pool: &'p mut Pool<'b>,
    edits: usize,
    pub blocks: Blocks,
    is_late: &'p dyn Fn() -> bool,
}

impl<'p, 'b> Joining<'p, 'b> {
    /// Each edit with those that it needs and that need it.
    ///
    /// # Errors
    /// See [`Pool::find`].
    pub fn new(
        pool: &'p mut Pool<'b>,
        edits: usize,
        is_late: &'p dyn Fn() -> bool,
    ) -> Result<Joining<'p, 'b>, Failure> {
        let blocks = (0..edits).map(|at| vec![at]).collect();
        let mut joining = Joining { pool, edits, blocks, is_late };
        while let Some(lonely) = joining.lonely()? {
            joining.join(lonely)?;
        }
        Ok(joining)
    }

    /// Whether time ran out.
    pub fn is_late(&self) -> bool {
        (self.is_late)()
    }

    /// Where the model stands in which these blocks are done. If there is none, the blocks that need each other are joined and
    /// nothing is returned: positions of blocks mean something else then.
    ///
    /// # Errors
    /// See [`Pool::find`].
    pub fn find(&mut self, done: &[bool]) -> Result<Option<usize>, Failure> {
        let place = self.pool.find(&self.expanded(done))?;
        if place.is_none() {
            self.join(done.to_vec())?;
        }
        Ok(place)
    }

    /// Puts neighbours together until there are no more than `most` blocks; whether there were more.
    pub fn gather(&mut self, most: usize) -> bool {
        let is_many = self.blocks.len() > most;
        if is_many {
            let size = self.blocks.len().div_ceil(most);
            self.blocks = self.blocks.chunks(size).map(<[_]>::concat).collect();
        }
        is_many
    }

    /// A block that can't be done alone, or all but one that can't be undone alone.
    fn lonely(&mut self) -> Result<Option<Vec<bool>>, Failure> {
        let count = self.blocks.len();
        for is_done in [true, false] {
            for at in 0..count {
                let done: Vec<bool> = (0..count).map(|one| (one == at) == is_done).collect();
                if !self.is_sound(&done)? {
                    return Ok(Some(done));
                }
            }
        }
        Ok(None)
    }

    /// Joins blocks so that these no longer can be done without the others: those that keep them from being done, with as few as
    /// let them be done.
    fn join(&mut self, done: Vec<bool>) -> Result<(), Failure> {
        if self.pool.count() > MOST_TRIED || self.is_late() {
            self.blocks = vec![(0..self.edits).collect()];
            return Ok(());
        }
        let mut blame = done;
        for at in 0..blame.len() {
            if blame[at] && blame.iter().filter(|one| **one).count() > 1 {
                let less = with(&blame, &[at], false);
                if !self.is_sound(&less)? {
                    blame = less;
                }
            }
        }
        let others: Vec<usize> = (0..blame.len()).filter(|at| !blame[*at]).collect();
        let needed = match self.few(&blame, &others)? {
            Some(needed) => needed,
            None => self.fewest(&blame, false, &others)?,
        };
        let together = with(&blame, &needed, true);
        let mut joined: Vec<usize> =
            self.expanded(&together).iter().enumerate().filter(|one| *one.1).map(|one| one.0).collect();
        joined.sort_unstable();
        let mut at = 0;
        self.blocks.retain(|_| {
            at += 1;
            !together[at - 1]
        });
        self.blocks.push(joined);
        self.blocks.sort();
        Ok(())
    }

    /// One, two or three of `others` that make `base` sound, if so few do and there are not too many to try: others that need each
    /// other too would lead [`fewest`](Joining::fewest) astray, which takes it that more never hinders.
    fn few(&mut self, base: &[bool], others: &[usize]) -> Result<Option<Vec<usize>>, Failure> {
        let mut sets: Vec<Vec<usize>> = vec![Vec::new()];
        for most in [usize::MAX, 24, 12] {
            if others.len() > most {
                break;
            }
            let grown = |set: &Vec<usize>| {
                let set = set.clone();
                let later = others.iter().filter(move |one| set.last().is_none_or(|last| last < one));
                later.copied().collect::<Vec<usize>>()
            };
            let larger =
                sets.iter().flat_map(|set| grown(set).into_iter().map(|one| [&set[..], &[one]].concat()));
            sets = larger.collect();
            for set in &sets {
                if self.is_sound(&with(base, set, true))? {
                    return Ok(Some(set.clone()));
                }
            }
        }
        Ok(None)
    }

    /// As few of `others` as make `base` sound, if more never hinder.
    fn fewest(&mut self, base: &[bool], has_grown: bool, others: &[usize]) -> Result<Vec<usize>, Failure> {
        if others.is_empty() || has_grown && self.is_sound(base)? {
            return Ok(Vec::new());
        }
        let [_, _, ..] = others else { return Ok(others.to_vec()) };
        let (first, second) = others.split_at(others.len() / 2);
        let late = self.fewest(&with(base, first, true), true, second)?;
        let early = self.fewest(&with(base, &late, true), !late.is_empty(), first)?;
        Ok([early, late].concat())
    }

    fn is_sound(&mut self, done: &[bool]) -> Result<bool, Failure> {
        let all = self.expanded(done);
        Ok(self.pool.find(&all)?.is_some())
    }

    /// Which edits are done where these blocks are.
    fn expanded(&self, done: &[bool]) -> Vec<bool> {
        let mut edits = vec![false; self.edits];
        for (block, is_done) in self.blocks.iter().zip(done) {
            block.iter().for_each(|at| edits[*at] = *is_done);
        }
        edits
    }
}

fn with(done: &[bool], more: &[usize], is_done: bool) -> Vec<bool> {
    let mut done = done.to_vec();
    more.iter().for_each(|at| done[*at] = is_done);
    done
}

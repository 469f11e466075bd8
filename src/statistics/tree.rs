//! The fixed order in which partial results are merged.

use std::fmt;

/// Partial results that combine: of some draws, and of the draws right after them.
pub trait Merge {
    /// Takes in the result of the draws that follow those of `self`.
    fn merge(&mut self, later: &Self);
}

impl Merge for f64 {
    fn merge(&mut self, later: &f64) {
        *self += later;
    }
}

/// Folds leaves 0, 1, 2, … along one fixed binary tree: leaves 2i and 2i + 1 merge into node i of level 1, and so on up.
///
/// Float addition is not associative, so the tree is what makes the result the same bytes for any division of the
/// work: whoever holds a range of leaves stores its maximal whole subtrees ([`Tree::into_subtrees`]) and the final
/// fold takes them in as they are ([`Tree::push_subtree`]). Memory is one partial result a level, or one for each subtree of
/// the [highest](Tree::up_to) level that is merged. A run with twice the leaves continues the same tree.
///
/// ```
/// use foretell::statistics::Tree;
///
/// let leaves = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6];
/// let mut whole = Tree::new();
/// leaves.iter().for_each(|&leaf| whole.push(leaf));
///
/// let mut later_part = Tree::starting_at(2);
/// leaves[2..].iter().for_each(|&leaf| later_part.push(leaf));
/// let mut merged = Tree::new();
/// leaves[..2].iter().for_each(|&leaf| merged.push(leaf));
/// for (level, part) in later_part.into_subtrees() {
///     merged.push_subtree(level, part)?;
/// }
/// assert_eq!(merged.finish(), whole.finish());
/// # Ok::<(), foretell::statistics::Misaligned>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Tree<T> {
    next_leaf: u64,
    /// The level above which nothing is merged before the end.
    highest: u32,
    subtrees: Vec<(u32, T)>,
}

/// A subtree that does not start at a multiple of its own size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Misaligned {
    /// The leaf at which the subtree would have started.
    pub leaf: u64,
    /// The level of the subtree, which has 2^level leaves.
    pub level: u32,
}

impl fmt::Display for Misaligned {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "a subtree of level {} cannot start at leaf {}", self.level, self.leaf)
    }
}

impl std::error::Error for Misaligned {}

impl<T: Merge> Tree<T> {
    /// The tree without leaves.
    pub fn new() -> Tree<T> {
        Tree::starting_at(0)
    }

    /// The part of the tree that begins at leaf `leaf`.
    pub fn starting_at(leaf: u64) -> Tree<T> {
        Tree { next_leaf: leaf, highest: u32::MAX, subtrees: Vec::new() }
    }

    /// The same tree, of which subtrees of 2^level leaves are kept apart until it is finished; what is there already is merged
    /// as far as that.
    pub fn up_to(mut self, level: u32) -> Tree<T> {
        self.highest = level;
        let (last, subtrees) = (self.next_leaf, std::mem::take(&mut self.subtrees));
        self.next_leaf = subtrees.iter().fold(last, |first, (level, _)| first - (1 << level));
        for (level, subtree) in subtrees {
            self.next_leaf += 1 << level;
            self.subtrees.push((level, subtree));
            self.merge_completed();
        }
        self
    }

    /// The same tree with leaves that are 2^levels of its leaves each; none of it may be smaller.
    pub fn with_leaves_of(mut self, levels: u32) -> Tree<T> {
        self.next_leaf >>= levels;
        self.highest = self.highest.saturating_sub(levels);
        self.subtrees.iter_mut().for_each(|(level, _)| *level = level.saturating_sub(levels));
        self
    }

    /// The level above which nothing is merged before the end.
    pub fn highest(&self) -> u32 {
        self.highest
    }

    /// The subtrees with their levels, from the first leaf to the last.
    pub fn subtrees(&self) -> &[(u32, T)] {
        &self.subtrees
    }

    /// The number of the leaf that comes next.
    pub fn next_leaf(&self) -> u64 {
        self.next_leaf
    }

    /// Adds the next leaf.
    pub fn push(&mut self, leaf: T) {
        self.subtrees.push((0, leaf));
        self.next_leaf += 1;
        self.merge_completed();
    }

    /// Adds the subtree of the next 2^level leaves, folded elsewhere.
    ///
    /// # Errors
    ///
    /// [`Misaligned`] if the next leaf's number is not a multiple of 2^level, or the last leaf's number would not fit
    /// into 64 bits; the tree is as before.
    pub fn push_subtree(&mut self, level: u32, subtree: T) -> Result<(), Misaligned> {
        let misaligned = Misaligned { leaf: self.next_leaf, level };
        let size = 1u64.checked_shl(level).ok_or(misaligned)?;
        if !self.next_leaf.is_multiple_of(size) {
            return Err(misaligned);
        }
        self.next_leaf = self.next_leaf.checked_add(size).ok_or(misaligned)?;
        self.subtrees.push((level, subtree));
        self.merge_completed();
        Ok(())
    }

    /// The maximal whole subtrees with their levels, from the first leaf to the last.
    pub fn into_subtrees(self) -> Vec<(u32, T)> {
        self.subtrees
    }

    /// The fold of all leaves, or `None` if there are none. Incomplete levels are folded from the last leaf backwards.
    pub fn finish(self) -> Option<T> {
        let whole = self.up_to(u32::MAX).subtrees;
        whole.into_iter().map(|(_, part)| part).rev().reduce(|later, mut earlier| {
            earlier.merge(&later);
            earlier
        })
    }

    /// The fold of all leaves, as [`finish`](Tree::finish) gives it, of a tree that is looked at only.
    pub fn folded(&self) -> Option<T>
    where
        T: Clone,
    {
        even(&self.subtrees).or_else(|| self.clone().finish())
    }

    /// Merges the last two subtrees for as long as they are the halves of one.
    fn merge_completed(&mut self) {
        while let [.., (left, _), (right, _)] = self.subtrees[..] {
            let completes =
                left == right && left < self.highest && (self.next_leaf >> right).is_multiple_of(2);
            let Some((level, later)) = self.subtrees.pop_if(|_| completes) else { return };
            if let Some((whole, earlier)) = self.subtrees.last_mut() {
                earlier.merge(&later);
                *whole = level + 1;
            }
        }
    }
}

/// The fold of a power of two of subtrees of one level: half of them are read where they stand.
fn even<T: Merge + Clone>(subtrees: &[(u32, T)]) -> Option<T> {
    let (level, first) = subtrees.first()?;
    if !subtrees.len().is_power_of_two() || subtrees.iter().any(|(own, _)| own != level) {
        return None;
    }
    let (left, right) = subtrees.split_at(subtrees.len() / 2);
    let mut whole = if left.len() < 2 { first.clone() } else { even(left)? };
    match right {
        [(_, other)] if !left.is_empty() => whole.merge(other),
        [_] => (),
        _ => whole.merge(&even(right)?),
    }
    Some(whole)
}

impl<T: Merge> Default for Tree<T> {
    fn default() -> Tree<T> {
        Tree::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Key, unit, word};

    fn leaves(count: u64) -> Vec<f64> {
        (0..count).map(|i| 1.0 / unit(word(Key::new(1), i))).collect()
    }

    fn part(leaves: &[f64], range: std::ops::Range<usize>) -> Tree<f64> {
        let mut tree = Tree::starting_at(range.start as u64);
        leaves[range].iter().for_each(|&leaf| tree.push(leaf));
        tree
    }

    #[test]
    fn every_division_in_two_or_three_gives_the_same_bits() {
        for count in [1, 2, 3, 7, 8, 13, 32, 37] {
            let leaves = leaves(count as u64);
            let whole = part(&leaves, 0..count);
            for first in 0..=count {
                for second in first..=count {
                    let mut merged = part(&leaves, 0..first);
                    for range in [first..second, second..count] {
                        for (level, subtree) in part(&leaves, range).into_subtrees() {
                            merged.push_subtree(level, subtree).unwrap();
                        }
                    }
                    assert_eq!(merged, whole);
                }
            }
        }
    }

    #[test]
    fn order_matters_for_these_leaves() {
        let leaves = leaves(1000);
        let by_tree = part(&leaves, 0..1000).finish().unwrap();
        assert_ne!(by_tree, leaves.iter().sum::<f64>());
    }

    #[test]
    fn a_whole_tree_is_the_recursive_halving() {
        fn halve(leaves: &[f64]) -> f64 {
            match leaves {
                [leaf] => *leaf,
                _ => halve(&leaves[..leaves.len() / 2]) + halve(&leaves[leaves.len() / 2..]),
            }
        }
        let leaves = leaves(64);
        assert_eq!(part(&leaves, 0..64).finish(), Some(halve(&leaves)));
        // A doubled run continues the tree.
        let mut doubled = part(&leaves, 0..32);
        leaves[32..].iter().for_each(|&leaf| doubled.push(leaf));
        assert_eq!(doubled.into_subtrees(), [(6, halve(&leaves))]);
    }

    #[test]
    fn what_is_kept_apart_is_merged_in_the_same_order() {
        for count in [1, 2, 3, 7, 8, 13, 32, 37] {
            let leaves = leaves(count);
            let whole = part(&leaves, 0..count as usize);
            for level in 0..6 {
                let apart = leaves.iter().fold(Tree::new().up_to(level), |mut tree, &leaf| {
                    tree.push(leaf);
                    tree
                });
                assert!(apart.subtrees().iter().all(|(own, _)| *own <= level));
                assert_eq!(apart.clone().up_to(u32::MAX), whole);
                assert_eq!(apart.folded(), whole.clone().finish());
                assert_eq!(apart.finish(), whole.clone().finish());
            }
        }
    }

    #[test]
    fn leaves_can_become_larger() {
        let leaves = leaves(32);
        let mut tree = part(&leaves[..16], 0..16).up_to(4).with_leaves_of(2);
        assert_eq!(tree.next_leaf(), 4);
        leaves[16..].chunks(4).for_each(|four| tree.push((four[0] + four[1]) + (four[2] + four[3])));
        assert_eq!(tree.finish(), part(&leaves, 0..32).finish());
    }

    #[test]
    fn misaligned_subtrees_are_refused() {
        let mut tree = Tree::new();
        tree.push(1.0);
        assert_eq!(tree.push_subtree(1, 2.0), Err(Misaligned { leaf: 1, level: 1 }));
        assert_eq!(tree.push_subtree(64, 2.0), Err(Misaligned { leaf: 1, level: 64 }));
        assert_eq!(tree.next_leaf(), 1);
        assert_eq!(Tree::<f64>::new().finish(), None);
    }
}

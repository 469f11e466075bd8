//! What was collected of some of a run's draws, in pieces that can be put together in any order.

use super::kept::Kept;
use super::plan::Range;
use super::sums::Sums;
use super::tally::Tally;
use crate::statistics::Tree;

/// What was collected of some draws: counts, which add up in any order, and pieces, which are joined where one continues the other.
pub(super) struct Collected {
    /// The histograms and the void draws of all pieces; its trees are empty.
    pub(super) tally: Tally,
    /// What is kept where nothing was kept yet.
    pub(super) kept: Kept,
    /// In the order of their draws.
    pub(super) pieces: Vec<Piece>,
}

/// What depends on the order of draws, of draws that follow one another.
pub(super) struct Piece {
    pub(super) range: Range,
    pub(super) tree: Tree<Sums>,
    /// The columns of the first draws of a replicate, as far as they are here, and how many there are.
    pub(super) columns: Vec<Vec<f64>>,
    pub(super) kept: usize,
}

impl Collected {
    /// Nothing yet, with an empty tally and nothing kept.
    pub(super) fn none(tally: Tally, kept: Kept) -> Collected {
        Collected { tally, kept, pieces: Vec::new() }
    }

    /// What was collected of `ranges`, one a replicate, beside what `self` has.
    pub(super) fn take_in(&mut self, mut tally: Tally, kept: &Kept, ranges: &[Range]) {
        for range in ranges {
            let tree = std::mem::take(&mut tally.replicates[range.replicate as usize].tree);
            let own = kept.of_replicate(range.replicate);
            let columns = kept.columns.iter().map(|column| column[own.clone()].to_vec()).collect();
            self.insert(Piece { range: *range, tree, columns, kept: own.len() });
        }
        self.tally.add_counts(tally);
    }

    /// Puts a piece where it belongs.
    pub(super) fn insert(&mut self, piece: Piece) {
        let at = self.pieces.partition_point(|own| own.start() < piece.start());
        self.pieces.insert(at, piece);
        self.join(at);
        if let Some(before) = at.checked_sub(1) {
            self.join(before);
        }
    }

    /// Whether some draws of a range are there.
    pub(super) fn has_some_of(&self, range: &Range) -> bool {
        let at = self
            .pieces
            .partition_point(|own| (own.range.replicate, own.range.end) <= (range.replicate, range.start));
        let next = self.pieces.get(at).map(|own| own.range);
        next.is_some_and(|own| own.replicate == range.replicate && own.start < range.end)
    }

    /// Joins a piece with the next, if that continues it.
    fn join(&mut self, at: usize) {
        let is_continued = |pair: &[Piece]| {
            pair[0].range.replicate == pair[1].range.replicate && pair[0].range.end == pair[1].range.start
        };
        if self.pieces[at..].get(..2).is_some_and(is_continued) {
            let later = self.pieces.remove(at + 1);
            self.pieces[at].extend(later);
        }
    }

    /// Those of each replicate together.
    pub(super) fn by_replicate(&self) -> impl Iterator<Item = &[Piece]> {
        self.pieces.chunk_by(|a, b| a.range.replicate == b.range.replicate)
    }

    /// A run whose draws are all there.
    pub(super) fn into_whole(self) -> (Tally, Kept) {
        let Collected { mut tally, mut kept, pieces } = self;
        for piece in pieces {
            tally.replicates[piece.range.replicate as usize].tree = piece.tree;
            kept.extend(piece.range.replicate, piece.kept, &piece.columns);
        }
        (tally, kept)
    }
}

impl Piece {
    fn start(&self) -> (u32, u64) {
        (self.range.replicate, self.range.start)
    }

    fn extend(&mut self, later: Piece) {
        for (level, subtree) in later.tree.into_subtrees() {
            // A subtree begins at a multiple of its size wherever it is counted from.
            let placed = self.tree.push_subtree(level, subtree);
            debug_assert!(placed.is_ok());
        }
        self.columns.iter_mut().zip(later.columns).for_each(|(own, more)| own.extend(more));
        self.kept += later.kept;
        self.range.end = later.range.end;
    }
}

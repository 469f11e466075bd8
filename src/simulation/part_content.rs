//! What was collected of a part's draws, as bytes and back.
//!
//! Sums are stored as the maximal whole subtrees of each range of draws, the counts of a replicate as pairs of a gap and a count.

use super::codec::{Reader, Unreadable, Writer};
use super::collected::{Collected, Piece};
use super::consistency::{self, Consistency};
use super::part_error::PartError;
use super::plan::Range;
use super::sums::Sums;
use super::tally::{Tally, Void};
use crate::statistics::{Comoments, Grid, Histogram, Merge, Pairs, Tree};

pub(super) fn write(collected: &Collected, to: &mut Writer) {
    for pieces in collected.by_replicate() {
        pieces.iter().for_each(|piece| write_sums(piece, to));
        let own = &collected.tally.replicates[pieces[0].range.replicate as usize];
        own.beliefs.iter().for_each(|histogram| write_histogram(histogram, to));
        own.values.iter().for_each(|histogram| write_histogram(histogram, to));
    }
    for void in &collected.tally.void {
        to.number(void.draws);
        if let Some((replicate, index)) = void.first {
            to.number(u64::from(replicate));
            to.number(index);
        }
    }
    for piece in &collected.pieces {
        to.number(piece.kept as u64);
        piece.columns.iter().for_each(|column| to.floats(column));
    }
}

fn write_sums(piece: &Piece, to: &mut Writer) {
    let subtrees = piece.tree.subtrees();
    to.number(subtrees.len() as u64);
    for (level, sums) in subtrees {
        to.number(u64::from(*level));
        to.number(sums.each().len() as u64);
        for one in sums.each() {
            to.number(one.count());
            to.floats(one.means());
            to.floats(one.products());
        }
    }
}

/// Takes in what was collected of `ranges`, of which none is there yet and none continues another.
///
/// # Errors
/// It can't be what draws give. What is there already is then of no use.
pub(super) fn read(
    collected: &mut Collected,
    consistency: &Consistency,
    ranges: &[Range],
    from: &mut Reader,
) -> Result<(), PartError> {
    let mut counted = vec![0; consistency.worlds()];
    let mut pieces = Vec::new();
    for ranges in ranges.chunk_by(|a, b| a.replicate == b.replicate) {
        let (own, more) = read_replicate(&mut collected.tally, consistency, ranges, from)?;
        counted.iter_mut().zip(own).for_each(|(sum, own)| *sum += own);
        pieces.extend(more);
    }
    let void = read_void(&mut collected.tally, &counted, ranges, from)?;
    read_kept(collected, consistency, (&mut pieces, void), from)?;
    pieces.into_iter().for_each(|piece| collected.insert(piece));
    Ok(())
}

/// Gives the draws that counted in each world, and the sums of each range.
fn read_replicate(
    tally: &mut Tally,
    consistency: &Consistency,
    ranges: &[Range],
    from: &mut Reader,
) -> Result<(Vec<u64>, Vec<Piece>), PartError> {
    let mut counted = Counted { companies: vec![0; tally.companies], worlds: vec![0; consistency.worlds()] };
    let pieces = ranges.iter().map(|range| read_piece(tally, consistency, (*range, &mut counted), from));
    let pieces = pieces.collect::<Result<Vec<Piece>, PartError>>()?;
    let Some(own) = ranges.first().map(|one| &mut tally.replicates[one.replicate as usize]) else {
        return Ok((counted.worlds, pieces));
    };
    for (mine, (spread, company)) in own.beliefs.iter_mut().zip(&tally.columns.beliefs) {
        let read = read_histogram(Default::default(), from)?;
        consistency::of_belief(spread, &read, counted.companies[company.position()])?;
        mine.merge(&read);
    }
    for (at, (mine, one)) in own.values.iter_mut().zip(&tally.columns.spreads).enumerate() {
        let read = read_histogram(one.grid, from)?;
        consistency.of_values(at, &one.spread, &read, counted.companies[one.company.position()])?;
        mine.merge(&read);
    }
    Ok((counted.worlds, pieces))
}

/// Draws that counted.
struct Counted {
    companies: Vec<u64>,
    worlds: Vec<u64>,
}

fn read_piece(
    tally: &Tally,
    consistency: &Consistency,
    (range, counted): (Range, &mut Counted),
    from: &mut Reader,
) -> Result<Piece, PartError> {
    let shape = Shape {
        columns: tally.columns.all.len(),
        pairs: tally.columns.pairs.clone(),
        companies: tally.companies,
    };
    let highest = tally.replicates[range.replicate as usize].tree.highest();
    let mut tree = Tree::starting_at(range.start / tally.leaf).up_to(highest);
    for _ in 0..from.number()? {
        let level = u32::try_from(from.number()?).map_err(|_| Unreadable)?;
        let sums = read_sums(&shape, from)?;
        let start = tree.next_leaf() * tally.leaf;
        let leaves =
            1u64.checked_shl(level).and_then(|leaves| leaves.checked_mul(tally.leaf)).ok_or(Unreadable)?;
        let end = start.checked_add(leaves).ok_or(Unreadable)?.min(range.end);
        let draws = end.checked_sub(start).ok_or(Unreadable)?;
        let worlds = consistency.of_sums(&sums, draws)?;
        counted.worlds.iter_mut().zip(worlds).for_each(|(sum, own)| *sum += own);
        counted.companies.iter_mut().enumerate().for_each(|(at, sum)| *sum += sums.at(at).count());
        tree.push_subtree(level, sums).map_err(|_| Unreadable)?;
    }
    if tree.next_leaf() != range.end.div_ceil(tally.leaf) {
        return Err(PartError::Misfit);
    }
    Ok(Piece { range, tree, columns: Vec::new(), kept: 0 })
}

/// Gives how many draws were left out, of all worlds together.
fn read_void(
    tally: &mut Tally,
    counted: &[u64],
    ranges: &[Range],
    from: &mut Reader,
) -> Result<u64, PartError> {
    let draws = ranges.iter().map(|range| range.end - range.start).sum();
    let mut left_out: u64 = 0;
    for (void, counted) in tally.void.iter_mut().zip(counted) {
        let own = from.number()?;
        if counted.checked_add(own) != Some(draws) {
            return Err(PartError::Inconsistent("it does not tell of every draw whether it counted"));
        }
        left_out = left_out.saturating_add(own);
        void.draws.checked_add(own).ok_or(Unreadable)?;
        if own > 0 {
            let first = (u32::try_from(from.number()?).map_err(|_| Unreadable)?, from.number()?);
            let inside =
                |range: &Range| range.replicate == first.0 && (range.start..range.end).contains(&first.1);
            if !ranges.iter().any(inside) {
                return Err(PartError::Inconsistent("it leaves out draws that are not its own"));
            }
            void.add_any(Void { draws: own, first: Some(first) });
        }
    }
    Ok(left_out)
}

/// The draws of each piece that were kept, where `void` draws may be missing.
fn read_kept(
    collected: &Collected,
    consistency: &Consistency,
    (pieces, void): (&mut [Piece], u64),
    from: &mut Reader,
) -> Result<(), PartError> {
    let (mut kept, mut room) = (0, 0);
    for piece in pieces {
        let (count, most) = (from.number()?, collected.kept.most_of(&piece.range));
        if count > most {
            return Err(PartError::Misfit);
        }
        (kept, room) = (kept + count, room + most);
        piece.kept = count as usize;
        let columns = collected.kept.columns.iter().map(|_| from.floats(piece.kept));
        piece.columns = columns.collect::<Result<_, _>>()?;
        consistency.of_kept(&piece.columns)?;
    }
    // Where nothing is wanted of draws, none are kept.
    let is_short = kept.saturating_add(void) < room && !collected.kept.columns.is_empty();
    if is_short { Err(PartError::Inconsistent("it does not keep the draws that it should")) } else { Ok(()) }
}

/// What the sums of a tally are of.
struct Shape {
    columns: usize,
    pairs: Pairs,
    companies: usize,
}

/// The sums of all companies of worlds together, or of each.
fn read_sums(shape: &Shape, from: &mut Reader) -> Result<Sums, Unreadable> {
    let count = from.number()?;
    if count != 1 && count != shape.companies as u64 {
        return Err(Unreadable);
    }
    let mut each = Vec::new();
    for _ in 0..count {
        let (draws, means) = (from.number()?, from.floats(shape.columns)?);
        let sums = Comoments::from_sums(&shape.pairs, draws, means, from.floats(shape.pairs.len())?);
        each.push(sums.ok_or(Unreadable)?);
    }
    Sums::of(each).ok_or(Unreadable)
}

/// The least and the greatest value, the number of cells that are not empty, and of each how many cells after the one
/// before it stands and its count.
fn write_histogram<G: Grid>(histogram: &Histogram<G>, to: &mut Writer) {
    to.floats(&[histogram.min(), histogram.max()]);
    to.number(histogram.filled().count() as u64);
    let mut next = 0;
    for (cell, count) in histogram.filled() {
        to.number((cell - next) as u64);
        to.number(count);
        next = cell + 1;
    }
}

fn read_histogram<G: Grid>(grid: G, from: &mut Reader) -> Result<Histogram<G>, Unreadable> {
    let (min, max) = (from.float()?, from.float()?);
    let mut cells = Vec::new();
    let mut next = 0;
    for _ in 0..from.number()? {
        let gap = usize::try_from(from.number()?).map_err(|_| Unreadable)?;
        let cell = gap.checked_add(next).filter(|cell| *cell < G::CELLS).ok_or(Unreadable)?;
        cells.push((cell, from.number()?));
        next = cell + 1;
    }
    Histogram::from_cells(grid, &cells, min, max).ok_or(Unreadable)
}

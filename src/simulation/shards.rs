//! Several shares of a run.

use std::cmp::Ordering;
use std::fmt;
use std::ops::Range as Span;

use super::plan::{Plan, Range};
use super::shard::{Shard, ranges};

/// Shares of a run, each once, in the order of their draws. They may be of different numbers of shares.
///
/// ```
/// use foretell::simulation::{Shard, Shards};
/// let each = [9, 3, 7, 8].map(|number| Shard::new(number, 16).unwrap());
/// assert_eq!(Shards::of(each.into()).unwrap().to_string(), "3, 7–9 of 16");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shards {
    each: Vec<Shard>,
}

/// Shares that follow one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// The number of the first, from 1.
    pub first: u64,
    /// The number of the last.
    pub last: u64,
    /// Of how many.
    pub count: u64,
}

impl Shards {
    /// Some shares in any order; `None` if there are none.
    pub fn of(mut each: Vec<Shard>) -> Option<Shards> {
        each.sort_by(by_place);
        each.dedup();
        (!each.is_empty()).then_some(Shards { each })
    }

    /// Each, in the order of their draws.
    pub fn each(&self) -> &[Shard] {
        &self.each
    }

    /// Those that follow one another, together.
    pub fn rows(&self) -> Vec<Row> {
        let mut rows: Vec<Row> = Vec::new();
        for one in &self.each {
            let continued = |row: &&mut Row| row.count == one.count() && row.last + 1 == one.number();
            match rows.last_mut().filter(continued) {
                Some(row) => row.last = one.number(),
                None => rows.push(Row { first: one.number(), last: one.number(), count: one.count() }),
            }
        }
        rows
    }

    /// Their blocks, counted through all replicates; spans that touch each other are one.
    pub fn blocks(&self, plan: &Plan) -> Vec<Span<u64>> {
        let mut spans: Vec<Span<u64>> = Vec::new();
        for own in self.each.iter().map(|one| one.blocks(plan)).filter(|own| !own.is_empty()) {
            match spans.last_mut().filter(|last| own.start <= last.end) {
                Some(last) => last.end = last.end.max(own.end),
                None => spans.push(own),
            }
        }
        spans
    }

    /// Their draws, of each replicate in ranges that do not continue each other.
    pub fn ranges(&self, plan: &Plan) -> Vec<Range> {
        self.blocks(plan).into_iter().flat_map(|span| ranges(plan, span)).collect()
    }

    /// How many draws they have.
    pub fn draws(&self, plan: &Plan) -> u64 {
        self.each.iter().map(|one| one.draws(plan)).sum()
    }

    /// Whether no two of them have a draw in common.
    pub fn are_apart(&self, plan: &Plan) -> bool {
        let size = |span: Span<u64>| span.end - span.start;
        let each: u64 = self.each.iter().map(|one| size(one.blocks(plan))).sum();
        each == self.blocks(plan).into_iter().map(size).sum::<u64>()
    }
}

impl From<Shard> for Shards {
    fn from(one: Shard) -> Shards {
        Shards { each: vec![one] }
    }
}

fn by_place(one: &Shard, other: &Shard) -> Ordering {
    let edges = |a: (u64, u64), b: (u64, u64)| (a.0 * b.1).cmp(&(b.0 * a.1));
    edges((one.number() - 1, one.count()), (other.number() - 1, other.count()))
        .then(edges((one.number(), one.count()), (other.number(), other.count())))
        .then(one.count().cmp(&other.count()))
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self.first == self.last {
            true => write!(f, "{}", self.first),
            false => write!(f, "{}–{}", self.first, self.last),
        }
    }
}

impl fmt::Display for Shards {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let rows = self.rows();
        for (at, same) in rows.chunk_by(|a, b| a.count == b.count).enumerate() {
            let names: Vec<String> = same.iter().map(Row::to_string).collect();
            let comma = if at > 0 { "; " } else { "" };
            write!(f, "{comma}{} of {}", names.join(", "), same[0].count)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::design::Kind;

    fn shards(each: &[(u64, u64)]) -> Option<Shards> {
        Shards::of(each.iter().map(|(number, count)| Shard::new(*number, *count).unwrap()).collect())
    }

    #[test]
    fn shares_are_named_by_runs() {
        let named = |each: &[(u64, u64)]| shards(each).unwrap().to_string();
        assert_eq!(named(&[(2, 5)]), "2 of 5");
        assert_eq!(named(&[(5, 5), (3, 5), (4, 5), (1, 5)]), "1, 3–5 of 5");
        assert_eq!(named(&[(4, 4), (1, 2), (3, 4)]), "1 of 2; 3–4 of 4");
        assert_eq!(shards(&[]), None);
    }

    #[test]
    fn blocks_are_those_of_each_once() {
        let plan = Plan::new(Kind::Independent, 1, 100_001, 8, 1);
        for count in [3, 24, 25, 40] {
            let odd: Vec<(u64, u64)> = (1..=count).step_by(2).map(|number| (number, count)).collect();
            let odd = shards(&odd).unwrap();
            let own: u64 =
                odd.each().iter().map(|one| one.blocks(&plan)).map(|own| own.end - own.start).sum();
            let spans = odd.blocks(&plan);
            assert_eq!(spans.iter().map(|own| own.end - own.start).sum::<u64>(), own);
            assert!(spans.windows(2).all(|pair| pair[0].end < pair[1].start));
            assert_eq!(
                odd.draws(&plan),
                odd.ranges(&plan).iter().map(|range| range.end - range.start).sum::<u64>()
            );
        }
    }

    #[test]
    fn shares_of_other_numbers_may_have_draws_in_common() {
        let plan = Plan::new(Kind::Independent, 1, 100_001, 8, 1);
        let apart = |each: &[(u64, u64)]| shards(each).unwrap().are_apart(&plan);
        assert_eq!((apart(&[(1, 2), (3, 4)]), apart(&[(1, 2), (2, 5)])), (true, false));
    }
}

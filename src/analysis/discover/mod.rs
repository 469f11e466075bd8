//! In which worlds does something happen? A box of them: a range of some numbers and a set of some states, found by peeling (the
//! patient rule induction method) and measured on draws that had no part in its choice.

mod cut;
mod draws;
mod finding;
mod measure;
mod offer;
mod peel;
mod region;
mod rows;
mod search;
mod subject;
mod table;
mod target;
mod test;
mod tidy;
mod wish;

pub use finding::{Allowed, DiscoverFinding, FoundBox, Measured, MeasuredOn, Restriction, Step, Target};
pub use table::{DiscoverRows, RowsFinding, Test};
pub use target::Wanted;
pub use wish::Wish;

use super::{Answered, Chance, Failure, Question, Study};
use crate::simulation::Watch;
use draws::Drawn;
use measure::Measuring;
use peel::Peeling;
use search::Search;

/// In which worlds does something happen?
#[derive(Clone, Debug, PartialEq)]
pub struct Discover {
    /// What happens in them.
    pub of: Wanted,
    /// The names of what boxes may restrict; without any, all factors and events that do not follow from what is asked about.
    pub by: Vec<String>,
    /// How boxes are looked for.
    pub looking: Looking,
}

/// How boxes are looked for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Looking {
    /// Which box of a path is taken.
    pub wish: Wish,
    /// How many boxes at most, each of what those before it leave; at least 1.
    pub boxes: usize,
    /// The share of a box that is peeled off at a time, above 0 and below 1.
    pub peel: f64,
    /// The least share of all worlds that a box holds, above 0 and below 1; if nobody says, a twentieth, or half of the probability
    /// of what is asked about where that is less.
    pub support: Option<f64>,
}

impl Default for Looking {
    /// One box, by peels of a twentieth.
    fn default() -> Looking {
        Looking { wish: Wish::default(), boxes: 1, peel: 0.05, support: None }
    }
}

impl Looking {
    fn search<'w>(&self, watch: &'w Watch) -> Search<'w> {
        let peeling = Peeling { share: self.peel, least: self.support };
        Search { peeling, wish: self.wish, most: self.boxes.max(1), watch }
    }
}

impl Question for Discover {
    type Finding = DiscoverFinding;

    fn answer(&self, study: &Study) -> Result<Answered<DiscoverFinding>, Failure> {
        let drawn = self.drawn(study, &target::meant(&self.of, study.model)?)?;
        let search = self.looking.search(study.watch);
        let found = search.boxes(&drawn.rows, ((0..drawn.rows.len()).collect(), &drawn.parts))?;
        let support = search.peeling.support(&drawn.rows.sums(0..drawn.rows.len()));
        let mut answered = Measuring { study, drawn: &drawn, found: &found.boxes, support }.answer()?;
        answered.doubts.extend(found.doubts);
        Ok(answered)
    }
}

impl Discover {
    /// Worlds with that of some targets which is most probable, and without what follows from it.
    fn drawn(&self, study: &Study, targets: &[Chance]) -> Result<Drawn, Failure> {
        let of = |own: Option<Chance>| own.and_then(target::variable);
        let own = targets.first().copied().filter(|_| targets.len() == 1);
        let drawn = draws::drawn(study, targets, &subject::variables(study.model, &self.by, of(own))?)?;
        match own.is_none() && of(Some(drawn.of)).is_some() {
            true => self.drawn(study, &[drawn.of]),
            false => Ok(drawn),
        }
    }
}

//! Where the lead changes.
//!
//! Between two places of a sweep with different leaders the place where one overtakes the other is enclosed more and more
//! narrowly: the root of the chord (the secant method) with two places close by, which enclose it if the curve is smooth, and the
//! middle, so that every round at least halves what is left, whatever the curve.

use super::lookout::Lookout;
use super::place::{Change, Place};
use super::reach::reach;
use super::spot::Spot;
use crate::analysis::Failure;
use crate::statistics::Estimate;

/// How narrowly a change of the lead is enclosed, as a share of the range.
const WIDTH: f64 = 1e-4;

/// The same where no draw enters.
const EXACT_WIDTH: f64 = 1e-13;

/// As many rounds as are made; each at least halves every range.
const ROUNDS: usize = 60;

/// The places on both sides of a change, with who leads there.
#[derive(Clone, Debug)]
struct Bracket {
    low: Place,
    high: Place,
    leads: [usize; 2],
}

/// Every change of the lead along the places, which ascend.
pub(super) fn changes(
    lookout: &Lookout,
    also: Option<f64>,
    places: &[Place],
    range: (f64, f64),
) -> Result<Vec<Change>, Failure> {
    let mut all = places.to_vec();
    let mut brackets = brackets(places, None);
    for _ in 0..ROUNDS {
        let mut asked: Vec<Vec<f64>> = brackets.iter().map(|one| one.proposals(range)).collect();
        let spots: Vec<Spot> = asked.iter().flatten().map(|at| Spot { at: vec![*at], also }).collect();
        if spots.is_empty() || lookout.study.watch.is_late() {
            break;
        }
        let mut seen = lookout.look(&spots)?.seen.into_iter();
        let mut narrower = Vec::new();
        for (bracket, asked) in brackets.into_iter().zip(asked.drain(..)) {
            let inside = asked.into_iter().zip(&mut seen).map(|(at, seen)| Place { at, seen });
            let inside: Vec<Place> = inside.collect();
            all.extend(inside.iter().cloned());
            narrower.extend(bracket.split(inside));
        }
        brackets = narrower;
    }
    all.sort_by(|a, b| a.at.total_cmp(&b.at));
    Ok(brackets.iter().map(|one| one.change(&all, range)).collect())
}

/// Neighbours with different leaders.
fn brackets(places: &[Place], mut before: Option<usize>) -> Vec<Bracket> {
    let mut found = Vec::new();
    for (at, place) in places.iter().enumerate() {
        let lead = place.seen.lead(before);
        if let (Some(one), Some(other), Some(low)) = (before, lead, at.checked_sub(1))
            && one != other
        {
            found.push(Bracket { low: places[low].clone(), high: place.clone(), leads: [one, other] });
        }
        before = lead;
    }
    found
}

impl Bracket {
    fn width(&self) -> f64 {
        self.high.at - self.low.at
    }

    /// What the first leader is more than the second at both ends.
    fn margins(&self) -> [Estimate; 2] {
        let [one, other] = self.leads;
        [&self.low, &self.high].map(|place| place.seen.margin(one, other))
    }

    fn is_exact(&self) -> bool {
        self.margins().iter().all(|margin| margin.exact)
    }

    /// How narrow it has to be.
    fn wanted(&self, (from, to): (f64, f64)) -> f64 {
        let share = if self.is_exact() { EXACT_WIDTH } else { WIDTH };
        let rounding = 4.0 * f64::EPSILON * self.low.at.abs().max(self.high.at.abs());
        (share * (to - from)).max(rounding)
    }

    /// Where the chord between the ends is 0; the middle if there is no such place.
    fn root(&self) -> f64 {
        let [above, below] = self.margins().map(|margin| margin.value);
        let share = above / (above - below);
        let share = if share.is_finite() && (0.0..=1.0).contains(&share) { share } else { 0.5 };
        self.low.at + share * self.width()
    }

    /// Where to look next; nowhere if it is narrow enough.
    fn proposals(&self, range: (f64, f64)) -> Vec<f64> {
        let wanted = self.wanted(range);
        if self.width() <= wanted {
            return Vec::new();
        }
        let (root, beside) = (self.root(), 0.4 * wanted);
        let middle = 0.5 * (self.low.at + self.high.at);
        let mut all = vec![root - beside, root, root + beside, middle];
        all.retain(|at| *at > self.low.at && *at < self.high.at);
        all.sort_by(f64::total_cmp);
        all.dedup();
        all
    }

    /// The narrower ones that places inside leave.
    fn split(self, inside: Vec<Place>) -> Vec<Bracket> {
        if inside.is_empty() {
            return vec![self];
        }
        let first = self.leads[0];
        let places: Vec<Place> = [self.low].into_iter().chain(inside).chain([self.high]).collect();
        brackets(&places, Some(first))
    }

    /// The change that it encloses, with all places that were looked at.
    fn change(&self, all: &[Place], range: (f64, f64)) -> Change {
        let ends = (self.low.at, self.high.at);
        let interval = match self.is_exact() {
            true => ends,
            false => reach(all, ends, self.leads, range),
        };
        Change { at: self.root(), interval, leads: self.leads, exact: self.is_exact() }
    }
}

//! The search for boxes: a path, a choice from it, and what is left for the next.

use super::offer::{beyond, missed};
use super::peel::{Peeling, Stage, peel};
use super::region::Region;
use super::rows::{Rows, Sums};
use super::tidy::{explained, pasted, simplified, sums};
use super::wish::Wish;
use crate::analysis::late::out_of_time;
use crate::diagnostic::Diagnostic;
use crate::simulation::Watch;

/// A box that was found.
pub(super) struct Found {
    pub(super) region: Region,
    pub(super) path: Vec<Stage>,
    /// The box of the path that was chosen.
    pub(super) chosen: usize,
    /// Of each field, in how many parts of the rows the search restricts it too, and how many parts these are.
    pub(super) again: Vec<u32>,
    pub(super) parts: u32,
}

/// All boxes that were found, and what the reader should know of them.
pub(super) struct Boxes {
    pub(super) boxes: Vec<Found>,
    pub(super) doubts: Vec<Diagnostic>,
}

/// How boxes are looked for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Search<'w> {
    pub(super) peeling: Peeling,
    pub(super) wish: Wish,
    /// How many boxes at most.
    pub(super) most: usize,
    /// Once it is late, the search ends with what it has.
    pub(super) watch: &'w Watch,
}

impl Search<'_> {
    /// The boxes in some rows, each of what those before it leave (covering; Friedman & Fisher 1999, section 2.2). `parts` are rows in which the search
    /// is done once more by itself.
    ///
    /// # Errors
    /// The first path has no box of the number that was wished, or time ran out before there was a path.
    pub(super) fn boxes(
        &self,
        rows: &Rows,
        (mut left, parts): (Vec<usize>, &[Vec<usize>]),
    ) -> Result<Boxes, Diagnostic> {
        let mut parts = parts.to_vec();
        let (mut found, mut doubts): (Vec<Found>, Vec<Diagnostic>) = (Vec::new(), Vec::new());
        while found.len() < self.most {
            let one = self.first(rows, &left, &parts);
            if found.is_empty() {
                self.fits(&one)?;
                doubts.extend(missed(self.wish, &one.path, one.chosen));
            } else if one.region.restricted().is_empty() {
                break;
            }
            let stays = |at: &usize| !one.region.holds(rows, *at);
            left.retain(stays);
            parts.iter_mut().for_each(|part| part.retain(stays));
            found.push(one);
            if left.is_empty() || self.watch.is_late() {
                break;
            }
        }
        doubts.extend(self.watch.is_late().then(|| out_of_time("the search for boxes was done")));
        Ok(Boxes { boxes: found, doubts })
    }

    /// Whether the first path has what is wished.
    fn fits(&self, one: &Found) -> Result<(), Diagnostic> {
        if self.watch.is_late() && one.path.len() == 1 {
            let message = "time ran out before any box was looked at";
            return Err(Diagnostic::error("time", message).hint("allow more with --max-time"));
        }
        match self.wish {
            Wish::Number(number) => beyond(number, &one.path).map_or(Ok(()), Err),
            _ => Ok(()),
        }
    }

    fn first(&self, rows: &Rows, members: &[usize], parts: &[Vec<usize>]) -> Found {
        let path = peel(rows, members, &self.peeling, self.watch);
        let chosen = self.choose(&path);
        let all = path[0].sums;
        let region = self.tidied(path[chosen].region.clone(), rows, members, &all);
        let like = path[chosen].sums;
        let like = [like.hits / all.hits, like.density()];
        let (mut again, mut looked_at) = (vec![0; rows.fields.len()], 0);
        for part in parts.iter().take_while(|_| !self.watch.is_late()) {
            self.like(like, rows, part).into_iter().for_each(|field| again[field] += 1);
            looked_at += 1;
        }
        Found { region, path, chosen, again, parts: looked_at }
    }

    fn choose(&self, path: &[Stage]) -> usize {
        let all = path[0].sums;
        let coverage = |at: usize| path[at].sums.hits / all.hits;
        let density = |at: usize| path[at].sums.density();
        // Of equal ones the first, which is the larger box.
        let best = |allowed: &dyn Fn(usize) -> bool, of: &dyn Fn(usize) -> f64| {
            (0..path.len()).filter(|at| allowed(*at)).reduce(|a, b| if of(b) > of(a) { b } else { a })
        };
        let densest = || best(&|_| true, &density).unwrap_or(0);
        match self.wish {
            Wish::Explained => best(&|_| true, &|at| explained(&path[at].sums, &all)).unwrap_or(0),
            Wish::Coverage(least) => best(&|at| coverage(at) >= least, &density).unwrap_or(0),
            Wish::Density(least) => best(&|at| density(at) >= least, &coverage).unwrap_or_else(densest),
            Wish::Number(number) => number.min(path.len() - 1),
        }
    }

    /// Pasted and without idle limits, unless it was chosen as it stands, or would no longer be what was wished.
    fn tidied(&self, region: Region, rows: &Rows, members: &[usize], all: &Sums) -> Region {
        if matches!(self.wish, Wish::Number(_)) {
            return region;
        }
        let wider = pasted(region.clone(), rows, members, &self.peeling, self.watch);
        let tidied = simplified(wider, rows, members);
        let sums = sums(&tidied, rows, members);
        let is_wished = match self.wish {
            Wish::Coverage(least) => sums.hits / all.hits >= least,
            Wish::Density(least) => sums.density() >= least,
            Wish::Explained | Wish::Number(_) => true,
        };
        if is_wished { tidied } else { region }
    }

    /// The fields that the search restricts in some rows, in the box whose coverage and density are nearest (Bryant & Lempert 2010, "Thinking
    /// inside the box", Technol. Forecast. Soc. Change 77, section 3.3).
    fn like(&self, [coverage, density]: [f64; 2], rows: &Rows, part: &[usize]) -> Vec<usize> {
        let path = peel(rows, part, &self.peeling, self.watch);
        let all = path[0].sums;
        let far =
            |one: &&Stage| (one.sums.hits / all.hits - coverage).abs() + (one.sums.density() - density).abs();
        let nearest = path.iter().reduce(|a, b| if far(&b) < far(&a) { b } else { a });
        let Some(nearest) = nearest else { return Vec::new() };
        self.tidied(nearest.region.clone(), rows, part, &all).restricted()
    }
}

//! The search for boxes: a path, a choice from it, and what is left for the next.

use super::peel::{Peeling, Stage, peel};
use super::region::Region;
use super::rows::{Rows, Sums};
use super::tidy::{explained, pasted, simplified, sums};

/// Which box of a path is taken.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Wish {
    /// The one that explains most of what is of interest.
    #[default]
    Explained,
    /// The densest that holds at least this share of what is of interest.
    Coverage(f64),
    /// Of those that are at least this dense, the one that holds most.
    Density(f64),
    /// The one with this number on the path, as it stands there.
    Number(usize),
}

/// A box that was found.
pub(super) struct Found {
    pub(super) region: Region,
    pub(super) path: Vec<Stage>,
    /// The box of the path that was chosen.
    pub(super) chosen: usize,
    /// Of each field, in how many parts of the rows the search restricts it too.
    pub(super) again: Vec<u32>,
}

/// How boxes are looked for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Search {
    pub(super) peeling: Peeling,
    pub(super) wish: Wish,
    /// How many boxes at most.
    pub(super) most: usize,
}

impl Search {
    /// The boxes in some rows, each of what those before it leave (covering; Friedman & Fisher 1999, section 2.2). `parts` are rows in which the search
    /// is done once more by itself.
    pub(super) fn boxes(&self, rows: &Rows, (mut left, parts): (Vec<usize>, &[Vec<usize>])) -> Vec<Found> {
        let mut parts = parts.to_vec();
        let mut found: Vec<Found> = Vec::new();
        while found.len() < self.most {
            let one = self.first(rows, &left, &parts);
            if one.region.restricted().is_empty() && !found.is_empty() {
                break;
            }
            let stays = |at: &usize| !one.region.holds(rows, *at);
            left.retain(stays);
            parts.iter_mut().for_each(|part| part.retain(stays));
            found.push(one);
            if left.is_empty() {
                break;
            }
        }
        found
    }

    fn first(&self, rows: &Rows, members: &[usize], parts: &[Vec<usize>]) -> Found {
        let path = peel(rows, members, &self.peeling);
        let chosen = self.choose(&path);
        let all = path[0].sums;
        let region = self.tidied(path[chosen].region.clone(), rows, members, &all);
        let like = path[chosen].sums;
        let like = [like.hits / all.hits, like.density()];
        let mut again = vec![0; rows.fields.len()];
        for part in parts {
            self.like(like, rows, part).into_iter().for_each(|field| again[field] += 1);
        }
        Found { region, path, chosen, again }
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
        let wider = pasted(region.clone(), rows, members, self.peeling.share);
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
        let path = peel(rows, part, &self.peeling);
        let all = path[0].sums;
        let far =
            |one: &&Stage| (one.sums.hits / all.hits - coverage).abs() + (one.sums.density() - density).abs();
        let nearest = path.iter().reduce(|a, b| if far(&b) < far(&a) { b } else { a });
        let Some(nearest) = nearest else { return Vec::new() };
        self.tidied(nearest.region.clone(), rows, part, &all).restricted()
    }
}

//! Floor 1: designs, the ways to lay points into the unit cube.
//!
//! A [`Design`] turns a seed into columns of uniforms, one column for each uncertain quantity. Every value is a pure
//! function of (seed, replicate, copy, quantity, index), so any thread may fill any part of any column.
//!
//! | kind | points of one replicate | error of a mean of n points |
//! |---|---|---|
//! | [`Kind::Independent`] | independent draws | n^−½ |
//! | [`Kind::LatinHypercube`] | one in each of n strata of every quantity (McKay, Beckman & Conover 1979) | n^−½, without the part that is a sum of functions of one quantity (Stein 1987) |
//! | [`Kind::Sobol`] | a scrambled digital net (Owen 1995) | near n^−3/2 for smooth functions (Owen 1997), never much above n^−½ |
//!
//! The points of one replicate of the latter two depend on each other: their error is told from independent replicates.
//!
//! ```
//! use foretell::design::{Design, Kind, Place};
//!
//! let design = Design { kind: Kind::Sobol, seed: 1, points_per_replicate: 1024 };
//! let column = design.column(Place { replicate: 0, copy: 0, dimension: 3, name: "trade_demand" });
//! let mut uniforms = vec![0.0; 1024];
//! column.fill(0, &mut uniforms);
//! assert_eq!(uniforms[700], column.at(700));
//! assert!(uniforms.iter().all(|&u| 0.0 < u && u < 1.0));
//! ```

mod column;
mod direction_numbers;
mod latin_hypercube;
mod owen;
mod padding;
mod runs;
mod sobol;

pub use column::Column;
pub use direction_numbers::TABULATED_DIMENSIONS;

use crate::random::Key;

/// The kinds of design.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Independent draws: plain Monte Carlo.
    Independent,
    /// A Latin hypercube of `points_per_replicate` points.
    LatinHypercube,
    /// Sobol's sequence under a nested uniform scramble.
    Sobol,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Kind; 3] = [Kind::Independent, Kind::LatinHypercube, Kind::Sobol];

    /// The kind called `name` on the command line, or `None` if there is none.
    ///
    /// ```
    /// use foretell::design::Kind;
    /// assert_eq!(Kind::from_name("lhs"), Some(Kind::LatinHypercube));
    /// ```
    pub fn from_name(name: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// The kind's name on the command line and in results.
    pub const fn name(self) -> &'static str {
        match self {
            Kind::Independent => "independent",
            Kind::LatinHypercube => "lhs",
            Kind::Sobol => "sobol",
        }
    }
}

/// A way to lay points into the unit cube.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Design {
    /// The kind of design.
    pub kind: Kind,
    /// The seed of the run.
    pub seed: u64,
    /// The number n of points of one replicate, 1 to 2^40. It matters to a Latin hypercube only; the other kinds may
    /// be read on beyond it, and a Sobol column is balanced at every power of two.
    pub points_per_replicate: u64,
}

/// Which column of uniforms of a [`Design`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Place<'a> {
    /// The independent randomisation.
    pub replicate: u32,
    /// The copy of the quantity, for analyses that need several draws of the same one. Two copies are independent,
    /// provided that a Sobol design gives them different dimensions.
    pub copy: u32,
    /// The Sobol coordinate; other designs do not use it. Two quantities of one run must differ in it: the
    /// scrambles of one coordinate by two names keep the order in which its halves, quarters, … are visited.
    pub dimension: u32,
    /// The quantity, whose name keys its stream or scramble.
    pub name: &'a str,
}

impl Design {
    /// The column of uniforms at `place`.
    pub fn column(&self, place: Place) -> Column {
        let replicate = Key::new(self.seed).numbered(place.replicate.into());
        let key = replicate.numbered(place.copy.into()).named(place.name);
        match self.kind {
            Kind::Independent => Column::independent(key),
            Kind::LatinHypercube => Column::latin_hypercube(key, self.points_per_replicate),
            Kind::Sobol => Column::sobol(key, place.dimension),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_kinds_correspond() {
        for kind in Kind::ALL {
            assert_eq!(Kind::from_name(kind.name()), Some(kind));
        }
        assert_eq!(Kind::from_name("halton"), None);
    }
}

//! Functions of some numbers, as which the conditional expectation of a payoff is sought: piecewise linear ones.
//!
//! Of one number these are hat functions between quantiles of its draws; of several, sums of such functions of each and products of
//! pairs, or products of hat functions of all (tensor splines; Hastie, Tibshirani & Friedman 2009, section 5.7). Of one number there are
//! lines between [breaks](super::breaks) as well, which need not meet.

/// A list of functions, and for each draw those that are not 0 there.
pub(super) struct Basis {
    /// How many functions.
    pub(super) size: usize,
    /// How many are listed for each draw.
    width: usize,
    /// Function and value, draw by draw.
    entries: Vec<(u32, f64)>,
}

/// A number's draws between some of its quantiles.
struct Knots<'a> {
    values: &'a [f64],
    knots: Vec<f64>,
}

/// The most functions of a basis.
const MOST: usize = 160;

impl Basis {
    /// The functions that are tried, from few to many, with pieces as many times as long as `by` says.
    pub(super) fn candidates(numbers: &[&[f64]], breaks: &[f64], by: usize) -> Vec<Basis> {
        match numbers {
            [only] => {
                let lines = [4, 16, 64].map(|pieces| Basis::product(&[Knots::new(only, pieces / by)]));
                lines.into_iter().chain((!breaks.is_empty()).then(|| Basis::broken(only, breaks))).collect()
            }
            all => {
                let pieces = (96 / all.len()).clamp(1, 16).div_ceil(by);
                let knots: Vec<Knots> = all.iter().map(|one| Knots::new(one, pieces)).collect();
                let mut found = vec![Basis::sum(&knots, &[])];
                let pairs = pairs(all.len());
                if pairs.len() + (pieces + 1) * all.len() <= MOST {
                    found.push(Basis::sum(&knots, &pairs));
                }
                let each = tensor_pieces(all.len()).div_ceil(by);
                if each > 1 {
                    found.push(Basis::product(
                        &all.iter().map(|one| Knots::new(one, each)).collect::<Vec<Knots>>(),
                    ));
                }
                found
            }
        }
    }

    /// What is listed for a draw.
    pub(super) fn at(&self, draw: usize) -> &[(u32, f64)] {
        &self.entries[draw * self.width..(draw + 1) * self.width]
    }

    /// A line of its own between each two breaks.
    fn broken(values: &[f64], breaks: &[f64]) -> Basis {
        let cell = |x: f64| breaks.partition_point(|one| *one <= x);
        let mut ends = vec![(f64::INFINITY, f64::NEG_INFINITY); breaks.len() + 1];
        for x in values {
            let (low, high) = &mut ends[cell(*x)];
            (*low, *high) = (low.min(*x), high.max(*x));
        }
        let entries = values.iter().flat_map(|x| {
            let (low, high) = ends[cell(*x)];
            let place = if high > low { 2.0 * ((x - low) / (high - low)) - 1.0 } else { 0.0 };
            let first = 2 * cell(*x) as u32;
            [(first, 1.0), (first + 1, place)]
        });
        Basis { size: 2 * ends.len(), width: 2, entries: entries.collect() }
    }

    /// All products of hat functions of each number.
    fn product(all: &[Knots]) -> Basis {
        let size = all.iter().map(|one| one.knots.len()).product();
        let draws = all[0].values.len();
        let mut entries = Vec::with_capacity(draws << all.len());
        for draw in 0..draws {
            let mut row = vec![(0, 1.0)];
            for one in all {
                let hats = one.hats(draw);
                let longer = |(at, value): (usize, f64)| {
                    hats.map(|(own, height)| (at * one.knots.len() + own, value * height))
                };
                row = row.into_iter().flat_map(longer).collect();
            }
            entries.extend(row.into_iter().map(|(at, value)| (at as u32, value)));
        }
        Basis { size, width: 1 << all.len(), entries }
    }

    /// Hat functions of each number and products of pairs of numbers, in units of their deviations.
    fn sum(all: &[Knots], pairs: &[(usize, usize)]) -> Basis {
        let hats: usize = all.iter().map(|one| one.knots.len()).sum();
        let standard: Vec<Vec<f64>> = all.iter().map(|one| standardised(one.values)).collect();
        let width = 2 * all.len() + pairs.len();
        let mut entries = Vec::with_capacity(all[0].values.len() * width);
        for (draw, _) in all[0].values.iter().enumerate() {
            let mut first = 0;
            for one in all {
                entries.extend(one.hats(draw).map(|(at, height)| ((first + at) as u32, height)));
                first += one.knots.len();
            }
            let product = |(at, (a, b)): (usize, &(usize, usize))| {
                ((hats + at) as u32, standard[*a][draw] * standard[*b][draw])
            };
            entries.extend(pairs.iter().enumerate().map(product));
        }
        Basis { size: hats + pairs.len(), width, entries }
    }
}

/// As many pieces as each of so many numbers is cut into, so that all products are few enough.
fn tensor_pieces(count: usize) -> usize {
    (1..16).take_while(|pieces| (pieces + 1usize).saturating_pow(count as u32) <= MOST).last().unwrap_or(0)
}

fn pairs(count: usize) -> Vec<(usize, usize)> {
    (0..count).flat_map(|b| (0..b).map(move |a| (a, b))).collect()
}

/// Deviations from the mean, in units of their own root mean square.
fn standardised(values: &[f64]) -> Vec<f64> {
    let count = values.len() as f64;
    let mean = values.iter().sum::<f64>() / count;
    let square = values.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / count;
    let scale = if square > 0.0 && square.is_finite() { 1.0 / square.sqrt() } else { 0.0 };
    values.iter().map(|x| (x - mean) * scale).collect()
}

impl<'a> Knots<'a> {
    /// So many pieces of about as many draws each; as many as there are values where these are fewer.
    fn new(values: &'a [f64], pieces: usize) -> Knots<'a> {
        let mut sorted = values.to_vec();
        sorted.sort_unstable_by(f64::total_cmp);
        let mut distinct = sorted.clone();
        distinct.dedup();
        let knots = match distinct.len() <= pieces + 1 {
            true => distinct,
            false => {
                let last = sorted.len() - 1;
                let mut knots: Vec<f64> = (0..=pieces).map(|at| sorted[at * last / pieces]).collect();
                knots.dedup();
                knots
            }
        };
        Knots { values, knots }
    }

    /// The two hat functions that are not 0 at a draw.
    fn hats(&self, draw: usize) -> [(usize, f64); 2] {
        let x = self.values[draw];
        let next = self.knots.partition_point(|knot| *knot <= x).clamp(1, self.knots.len().max(2) - 1);
        let [low, high] = [next - 1, next].map(|at| self.knots.get(at).copied());
        match (low, high) {
            (Some(low), Some(high)) => {
                let share = ((x - low) / (high - low)).clamp(0.0, 1.0);
                [(next - 1, 1.0 - share), (next, share)]
            }
            _ => [(0, 1.0), (0, 0.0)],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hats_sum_to_one_and_interpolate() {
        let values: Vec<f64> = (0..100).map(|at| f64::from(at * at)).collect();
        for pieces in [1, 4, 16, 200] {
            let knots = Knots::new(&values, pieces);
            for (draw, x) in values.iter().enumerate() {
                let hats = knots.hats(draw);
                assert!((hats[0].1 + hats[1].1 - 1.0).abs() < 1e-12);
                let line: f64 = hats.iter().map(|(at, height)| height * knots.knots[*at]).sum();
                assert!((line - x).abs() < 1e-9);
            }
        }
        assert_eq!(Knots::new(&[3.0; 5], 4).hats(2), [(0, 1.0), (0, 0.0)]);
    }

    #[test]
    fn few_values_have_a_function_each() {
        let values: Vec<f64> = (0..60).map(|at| f64::from(at % 3)).collect();
        let basis = &Basis::candidates(&[&values], &[], 1)[1];
        assert_eq!(basis.size, 3);
        let height = |draw: usize| -> f64 {
            basis.at(draw).iter().filter(|(at, _)| *at as usize == draw % 3).map(|one| one.1).sum()
        };
        assert!((0..60).all(|draw| height(draw) == 1.0));
    }

    #[test]
    fn broken_lines_jump_where_breaks_are() {
        let values: Vec<f64> = (0..40).map(f64::from).collect();
        let basis = Basis::broken(&values, &[10.0, 30.0]);
        assert_eq!(
            (basis.size, basis.at(9), basis.at(10)),
            (6, &[(0, 1.0), (1, 1.0)][..], &[(2, 1.0), (3, -1.0)][..])
        );
    }

    #[test]
    fn every_basis_is_small() {
        let column =
            |scale: f64| -> Vec<f64> { (0..500).map(|at| (f64::from(at) * scale).fract()).collect() };
        let columns: Vec<Vec<f64>> = (1..40).map(|at| column(0.618 * f64::from(at))).collect();
        for count in 1..columns.len() {
            let numbers: Vec<&[f64]> = columns[..count].iter().map(|one| &one[..]).collect();
            for basis in Basis::candidates(&numbers, &[], 1) {
                assert!(basis.size <= MOST, "{count}: {}", basis.size);
                assert!((0..500).all(|at| basis.at(at).iter().all(|one| (one.0 as usize) < basis.size)));
            }
        }
    }
}

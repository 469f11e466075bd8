//! A smooth density from a histogram, honest at the ends of its range.

/// Silverman's factor 0.9 · n^(−1/5) (1986, section 3.4.2) at 16 384 draws.
const SILVERMAN: f64 = 0.13;
/// The widest kernel, in parts of the range: wider ones would make hills of single values.
const WIDEST: f64 = 0.015;
/// Deviations of the kernel after which nothing is left to see.
const REACH: f64 = 4.0;

/// The density of what a histogram of equal cells over a range holds, at the edges of the cells, in units of mass per
/// cell; empty if there is no mass.
///
/// The kernel is Gaussian with Silverman's width for the histogram's own deviation, within bounds. What it would carry
/// beyond an end of the range is reflected there (Silverman 1986, section 2.10), so that a density may be highest at 0 or 1
/// and no mass is lost: the area by the trapezoid rule is the mass.
pub(super) fn smooth(cells: &[f64]) -> Vec<f64> {
    let clean = |mass: &f64| if *mass > 0.0 && mass.is_finite() { *mass } else { 0.0 };
    let cells: Vec<f64> = cells.iter().map(clean).collect();
    let Some(deviation) = deviation(&cells) else { return Vec::new() };
    let widest = WIDEST * cells.len() as f64;
    let kernel = kernel((SILVERMAN * deviation).min(widest).max(0.5));
    (0..=cells.len()).map(|edge| at(edge, &cells, &kernel)).collect()
}

/// The density at an edge: what the cells to both sides give it.
fn at(edge: usize, cells: &[f64], kernel: &[f64]) -> f64 {
    let (edge, count) = (edge as i64, cells.len() as i64);
    let cell = |place: i64| cells[reflected(place, count) as usize];
    let both =
        |(away, weight): (usize, &f64)| weight * (cell(edge + away as i64) + cell(edge - 1 - away as i64));
    kernel.iter().enumerate().map(both).sum()
}

/// The cell that one outside the range is the mirror image of.
fn reflected(place: i64, count: i64) -> i64 {
    let place = place.rem_euclid(2 * count);
    place.min(2 * count - 1 - place)
}

/// The weights of the cells to one side of an edge, nearest first; those of both sides add to 1.
fn kernel(width: f64) -> Vec<f64> {
    let weight = |away: usize| {
        let distance = (away as f64 + 0.5) / width;
        libm::exp(-0.5 * distance * distance)
    };
    let weights: Vec<f64> = (0..=(REACH * width) as usize).map(weight).collect();
    let whole = 2.0 * weights.iter().sum::<f64>();
    weights.iter().map(|weight| weight / whole).collect()
}

/// The standard deviation, in cells; `None` without mass.
fn deviation(cells: &[f64]) -> Option<f64> {
    let moment = |power: i32| {
        let term = |(at, mass): (usize, &f64)| mass * (at as f64 + 0.5).powi(power);
        cells.iter().enumerate().map(term).sum::<f64>()
    };
    let mass = moment(0);
    let mean = moment(1) / mass;
    (mass > 0.0 && mass.is_finite()).then(|| (moment(2) / mass - mean * mean).max(0.0).sqrt())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn area(density: &[f64]) -> f64 {
        density.windows(2).map(|pair| (pair[0] + pair[1]) / 2.0).sum()
    }

    #[test]
    fn no_mass_is_lost_wherever_it_lies() {
        let at = |places: &[usize]| {
            let mut cells = vec![0.0; 400];
            places.iter().for_each(|at| cells[*at] += 0.25);
            cells
        };
        for places in [&[0, 0, 0, 0][..], &[399, 399], &[0, 399], &[0, 1, 2, 200], &[7; 4], &[100, 200, 300]]
        {
            let density = smooth(&at(places));
            assert_eq!(density.len(), 401);
            assert!((area(&density) - 0.25 * places.len() as f64).abs() < 1e-12, "{places:?}");
        }
    }

    #[test]
    fn an_exponential_is_highest_at_its_end_and_a_normal_in_its_middle() {
        let exponential: Vec<f64> = (0..400).map(|at| (-f64::from(at) / 20.0).exp()).collect();
        let density = smooth(&exponential);
        assert!(density.windows(2).take(150).all(|pair| pair[0] > pair[1]));
        let normal: Vec<f64> = (0..400).map(|at| (-(f64::from(at) - 199.5).powi(2) / 3200.0).exp()).collect();
        let density = smooth(&normal);
        // A normal of deviation 40 smoothed by one of 5.2: 40 / √(1600 + 27) of its height.
        assert!((density[200] / normal[200] - 40.0 / (1600.0f64 + 5.2 * 5.2).sqrt()).abs() < 1e-3);
    }

    #[test]
    fn nothing_has_no_density() {
        assert!(smooth(&[]).is_empty() && smooth(&[0.0; 9]).is_empty() && smooth(&[f64::NAN; 9]).is_empty());
    }
}

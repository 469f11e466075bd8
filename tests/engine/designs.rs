//! The designs through their public interface: exact stratification, the same bits for every split, and the error
//! rates that theory promises.

#![allow(clippy::disallowed_methods)]

use foretell::design::{Column, Design, Kind, Place, TABULATED_DIMENSIONS};
use foretell::statistics::Moments;

fn column(kind: Kind, seed: u64, points: u64, dimension: u32) -> Column {
    let design = Design { kind, seed, points_per_replicate: points };
    design.column(Place { replicate: 0, copy: 0, dimension, name: &format!("factor_{dimension}") })
}

fn values(column: &Column, start: u64, count: usize) -> Vec<f64> {
    let mut values = vec![0.0; count];
    column.fill(start, &mut values);
    values
}

/// Asserts that each of the intervals `[i/n, (i + 1)/n)` holds exactly one of n values.
fn assert_one_in_each_stratum(values: &[f64]) {
    let mut strata: Vec<usize> = values.iter().map(|u| (u * values.len() as f64) as usize).collect();
    strata.sort_unstable();
    assert!(strata.into_iter().eq(0..values.len()));
}

#[test]
fn every_value_lies_in_the_open_interval() {
    for kind in Kind::ALL {
        for dimension in [0, 1, 500, TABULATED_DIMENSIONS] {
            let column = column(kind, 1, 1 << 14, dimension);
            assert!(values(&column, 0, 1 << 14).iter().all(|&u| 0.0 < u && u < 1.0));
        }
    }
}

#[test]
fn a_column_is_the_same_bits_for_every_split_and_one_by_one() {
    for kind in Kind::ALL {
        for dimension in [2, TABULATED_DIMENSIONS + 5] {
            let column = column(kind, 7, 300, dimension);
            for start in [0, 1, 63, 250, (1 << 32) - 200] {
                let whole = values(&column, start, 500);
                for split in [0, 1, 50, 64, 200, 201, 499] {
                    assert_eq!(values(&column, start, split), whole[..split]);
                    assert_eq!(values(&column, start + split as u64, 500 - split), whole[split..]);
                    assert_eq!(column.at(start + split as u64), whole[split]);
                }
            }
        }
    }
}

#[test]
fn every_part_of_the_place_and_the_seed_moves_the_column() {
    for kind in Kind::ALL {
        let design = Design { kind, seed: 1, points_per_replicate: 64 };
        let place = Place { replicate: 0, copy: 0, dimension: 1, name: "a" };
        let base = values(&design.column(place), 0, 64);
        let others = [
            design.column(Place { replicate: 1, ..place }),
            design.column(Place { copy: 1, ..place }),
            design.column(Place { name: "b", ..place }),
            Design { seed: 2, ..design }.column(place),
        ];
        for other in others {
            assert!(values(&other, 0, 64).iter().zip(&base).all(|(a, b)| a != b));
        }
        let moved = values(&design.column(Place { dimension: 2, ..place }), 0, 64);
        assert_eq!(moved != base, kind == Kind::Sobol, "dimensions are Sobol's alone");
    }
}

#[test]
fn a_latin_hypercube_has_one_point_in_each_stratum() {
    for points in [1, 2, 3, 10, 255, 256, 1000, 4096, 100_003] {
        let column = column(Kind::LatinHypercube, 3, points as u64, 0);
        assert_one_in_each_stratum(&values(&column, 0, points));
        assert_one_in_each_stratum(&values(&column, 5 * points as u64, points));
    }
}

#[test]
fn sobol_columns_have_one_point_in_each_interval_of_every_power_of_two() {
    let last = TABULATED_DIMENSIONS - 1;
    for dimension in [0, 1, 2, 3, 17, 1000, 8191, last, last + 1, last + 2, u32::MAX] {
        let whole = values(&column(Kind::Sobol, 11, 0, dimension), 0, 1 << 14);
        for m in 0..=14 {
            assert_one_in_each_stratum(&whole[..1 << m]);
        }
    }
}

/// The largest and the smallest number of points in the boxes `2^−a × 2^−b × …` of the chosen columns.
fn points_in_boxes(columns: &[Vec<f64>], points: usize, digits: &[u32]) -> (u32, u32) {
    let mut counts = vec![0u32; 1 << digits.iter().sum::<u32>()];
    for i in 0..points {
        let cell = |(column, &bits): (&Vec<f64>, &u32)| ((column[i] * f64::from(1 << bits)) as usize, bits);
        counts[columns.iter().zip(digits).map(cell).fold(0, |index, (cell, bits)| (index << bits) | cell)] +=
            1;
    }
    (*counts.iter().max().unwrap(), *counts.iter().min().unwrap())
}

#[test]
fn scrambled_sobol_points_are_digital_nets_of_sobols_quality() {
    // Sobol 1967: t is at most the sum of (degree − 1) of the primitive polynomials, 0 for the first coordinate. The
    // degrees of coordinates 1, 2, 3, 4 are 1, 2, 3, 3.
    let cases: [(&[u32], u32); 6] =
        [(&[0, 1], 0), (&[0, 2], 1), (&[1, 2], 1), (&[2, 3], 3), (&[3, 4], 4), (&[0, 1, 2], 1)];
    for (dimensions, t) in cases {
        let columns: Vec<Vec<f64>> =
            dimensions.iter().map(|&d| values(&column(Kind::Sobol, 5, 0, d), 0, 1 << 12)).collect();
        for m in t..=12 {
            for a in 0..=m - t {
                for b in if dimensions.len() == 2 { m - t - a..=m - t - a } else { 0..=m - t - a } {
                    let digits = [a, b, m - t - a - b];
                    let counts = points_in_boxes(&columns, 1 << m, &digits[..dimensions.len()]);
                    assert_eq!(counts, (1 << t, 1 << t), "{dimensions:?}, 2^{m} points, {digits:?}");
                }
            }
        }
    }
}

#[test]
fn independent_points_are_no_net() {
    let columns = [0, 1].map(|d| values(&column(Kind::Independent, 5, 0, d), 0, 1 << 10));
    assert_ne!(points_in_boxes(&columns, 1 << 10, &[5, 5]), (1, 1));
}

#[test]
fn the_value_at_a_fixed_index_is_uniform_over_seeds() {
    let seeds = 4000u32;
    // P(sup |Fₙ − F| > ε) ≤ 2·exp(−2nε²) (Dvoretzky, Kiefer & Wolfowitz; Massart 1990) = 1e-7.
    let epsilon = ((2e7f64).ln() / (2.0 * f64::from(seeds))).sqrt();
    let distance = |mut sample: Vec<f64>| {
        sample.sort_by(f64::total_cmp);
        let n = sample.len() as f64;
        sample
            .iter()
            .enumerate()
            .map(|(i, u)| (u - i as f64 / n).max((i + 1) as f64 / n - u))
            .fold(0.0, f64::max)
    };
    for kind in Kind::ALL {
        for (dimension, index) in [(0, 0), (1, 5), (9, 511), (3000, 77), (TABULATED_DIMENSIONS, 300)] {
            let sample: Vec<f64> =
                (0..seeds).map(|s| column(kind, s.into(), 512, dimension).at(index)).collect();
            assert!(distance(sample.clone()) < epsilon, "{kind:?} {dimension} {index}");
            assert!(distance(sample.iter().map(|u| u.powf(1.3)).collect()) > epsilon);
        }
    }
}

#[test]
fn columns_are_uncorrelated_over_seeds() {
    // The mean of 12(u − ½)(v − ½) over n seeds has standard error 1/√n.
    let seeds = 4000;
    let place = Place { replicate: 0, copy: 0, dimension: 0, name: "a" };
    let pairs = [
        Place { dimension: 1, name: "b", ..place },
        Place { dimension: 700, name: "c", ..place },
        Place { dimension: TABULATED_DIMENSIONS, name: "d", ..place },
        Place { replicate: 1, ..place },
        Place { copy: 1, dimension: 3, ..place },
    ];
    for kind in Kind::ALL {
        for other in pairs {
            for index in [0, 1, 62] {
                let product = |seed| {
                    let design = Design { kind, seed, points_per_replicate: 64 };
                    let centred = |place| design.column(place).at(index) - 0.5;
                    12.0 * centred(place) * centred(other)
                };
                let mean = (0..seeds).map(product).sum::<f64>() / seeds as f64;
                assert!((mean * (seeds as f64).sqrt()).abs() < 4.5, "{kind:?} {other:?} {index}: {mean}");
            }
        }
    }
}

/// The mean of Π (1 + c_j(u_j − ½)) over the points of one replicate; the integral is 1.
fn mean_of_product(design: &Design, replicate: u32, first_dimension: u32, coefficients: &[f64]) -> f64 {
    let points = design.points_per_replicate as usize;
    let mut products = vec![1.0; points];
    for (dimension, c) in (first_dimension..).zip(coefficients) {
        let name = format!("factor_{dimension}");
        let column = design.column(Place { replicate, copy: 0, dimension, name: &name });
        for (product, u) in products.iter_mut().zip(values(&column, 0, points)) {
            *product *= 1.0 + c * (u - 0.5);
        }
    }
    Moments::of(&products).mean()
}

/// The root-mean-square error of the above over `replicates` randomisations; the logarithm of its square has a
/// standard deviation of about √(2/replicates).
fn root_mean_square_error(kind: Kind, points: u64, replicates: u32, first: u32, coefficients: &[f64]) -> f64 {
    let design = Design { kind, seed: 99, points_per_replicate: points };
    let error = |replicate| mean_of_product(&design, replicate, first, coefficients) - 1.0;
    ((0..replicates).map(|r| error(r).powi(2)).sum::<f64>() / f64::from(replicates)).sqrt()
}

#[test]
fn the_error_of_sobol_points_falls_much_faster_than_that_of_independent_ones() {
    let coefficients: Vec<f64> = (1..=10).map(|j| 2.0 / f64::from(j * j)).collect();
    let replicates = 64;
    let rmse = |kind, points| root_mean_square_error(kind, points, replicates, 0, &coefficients);
    // Slope of log(error) against log(points) between 2^8 and 2^14, and its standard error.
    let slope = |kind| (rmse(kind, 1 << 14) / rmse(kind, 1 << 8)).log2() / 6.0;
    let slope_error = (0.5 / f64::from(replicates)).sqrt() * 2f64.sqrt() / 2f64.ln() / 6.0;
    let (independent, sobol) = (slope(Kind::Independent), slope(Kind::Sobol));
    assert!((independent + 0.5).abs() < 4.0 * slope_error, "{independent}");
    assert!(sobol < -1.0 - 4.0 * slope_error, "{sobol}: theory says -1.5 up to powers of log n");

    // Variance of one draw: Π (1 + c²/12) − 1.
    let deviation = (coefficients.iter().map(|c| 1.0 + c * c / 12.0).product::<f64>() - 1.0).sqrt();
    let plain = deviation / 128.0;
    let ratio_error = 4.0 * (0.5 / f64::from(replicates)).sqrt();
    assert!((rmse(Kind::Independent, 1 << 14) / plain - 1.0).abs() < ratio_error);
    let gain = plain / rmse(Kind::Sobol, 1 << 14);
    assert!(gain > 3000.0 * (1.0 + ratio_error), "{gain}");
}

#[test]
fn a_latin_hypercube_removes_the_additive_part_alone() {
    // Stein 1987: what is left of the variance is that of the interactions, here Π(1 + v_j) − 1 − Σ v_j, where
    // v = c²/12; up to O(1/n).
    let coefficients = [1.5, 1.0, 0.5];
    let parts = coefficients.map(|c| c * c / 12.0);
    let interactions = parts.iter().map(|v| 1.0 + v).product::<f64>() - 1.0 - parts.iter().sum::<f64>();
    let (points, replicates) = (1000, 1000);
    let rmse = root_mean_square_error(Kind::LatinHypercube, points, replicates, 0, &coefficients);
    let expected = (interactions / points as f64).sqrt();
    assert!((rmse / expected - 1.0).abs() < 4.0 * (0.5 / f64::from(replicates)).sqrt() + 1.0 / points as f64);
    let additive = root_mean_square_error(Kind::LatinHypercube, points, 100, 0, &[1.5]);
    assert!(additive < expected / 20.0, "{additive}: n^(-3/2) for one factor");
}

#[test]
fn dimensions_beyond_the_table_are_never_worse_than_independent_draws() {
    // Interactions of such dimensions behave as in a Latin hypercube; their additive parts vanish.
    let (points, replicates) = (1 << 10, 1000);
    let coefficients = [1.5, 1.5];
    let rmse = root_mean_square_error(Kind::Sobol, points, replicates, TABULATED_DIMENSIONS, &coefficients);
    let interaction = 1.5 * 1.5 / 12.0;
    let expected = interaction / (points as f64).sqrt();
    assert!(
        (rmse / expected - 1.0).abs() < 4.0 * (0.5 / f64::from(replicates)).sqrt() + 0.01,
        "{}",
        rmse / expected
    );
}

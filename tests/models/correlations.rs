//! Correlated factors: their joint law, their own laws, and what an override leaves of both.

#![allow(clippy::disallowed_methods)]

use crate::common::{self, columns::Columns, model, model_with, settings, summary};
use foretell::analysis::correlations::{Correlations, Reached};
use foretell::design::{Design, Kind, Place};
use foretell::diagnostic::SourceFile;
use foretell::distribution::student_level;
use foretell::math::special::normal_quantile;
use foretell::model::{Definition, FactorId, Model, Variable, World};
use foretell::program::{Arena, BATCH};
use foretell::scenario;
use foretell::simulation::Rule;

/// Draws of a test; the standard error of a probability is at most ½ / √65,536 = 0.002.
const DRAWS: usize = 1 << 16;

/// Every factor over independent draws.
fn draws(model: &Model, seed: u64) -> Vec<Vec<f64>> {
    let Columns { program, factors, .. } = Columns::of(model);
    let design = Design { kind: Kind::Independent, seed, points_per_replicate: DRAWS as u64 };
    let columns: Vec<_> = program
        .inputs()
        .iter()
        .map(|one| {
            design.column(Place { replicate: 0, copy: 0, dimension: one.dimension as u32, name: &one.key })
        })
        .collect();
    let mut arena = Arena::new(&program);
    let mut found = vec![Vec::new(); model.factors.len()];
    for start in (0..DRAWS).step_by(BATCH) {
        program.evaluate(&mut arena, BATCH, |input, out| columns[input].fill(start as u64, out));
        for (column, spread) in found.iter_mut().zip(&factors) {
            column.extend_from_slice(program.output(&arena, spread.states[0].0));
        }
    }
    found
}

fn pair(key: &str, value: f64) -> String {
    format!(
        "[factors]\na = {{ value = 'beta(6, 2)' }}\nb = {{ value = 'lognormal(0, 1)' }}\n\
         [[correlations]]\nbetween = [\"a\", \"b\"]\n{key} = {value}\n[outcomes.x]\n[outcomes.y]\n"
    )
}

/// The share of draws in which both factors lie at or below their quantiles of p and q.
fn share_below(model: &Model, found: &[Vec<f64>], [i, j]: [usize; 2], [p, q]: [f64; 2]) -> f64 {
    let end = |at: usize, level: f64| model.factors[at].distribution.as_ref().unwrap().quantile(level);
    let (x, y) = (end(i, p), end(j, q));
    let both = found[i].iter().zip(&found[j]).filter(|(a, b)| **a <= x && **b <= y).count();
    both as f64 / found[i].len() as f64
}

/// Standard errors between a share and a probability.
fn z(share: f64, probability: f64) -> f64 {
    (share - probability) / (probability * (1.0 - probability) / DRAWS as f64).sqrt()
}

/// P(both normals ≤ 0) at this correlation (Sheppard 1899).
fn quadrant(rho: f64) -> f64 {
    0.25 + rho.asin() / (2.0 * std::f64::consts::PI)
}

fn rows(table: &str) -> impl Iterator<Item = Vec<f64>> {
    let lines = table.lines().filter(|line| !line.starts_with('#')).skip(1);
    lines.map(|line| line.split(',').map(|one| one.parse().unwrap()).collect())
}

#[test]
fn the_joint_law_is_that_of_normals() {
    let (mut seen, mut told_apart) = (0, 0);
    let mut known: Vec<(f64, Model, Vec<Vec<f64>>)> = Vec::new();
    for row in rows(include_str!("../oracles/bivariate_normal.csv")) {
        if known.first().is_none_or(|one| one.0 != row[0]) {
            let rank = 6.0 / std::f64::consts::PI * (0.5 * row[0]).asin();
            let wrong = row[0] - 0.05 * if row[0] < 0.0 { -1.0 } else { 1.0 };
            let texts = [pair("normal", row[0]), pair("rank", rank), pair("normal", wrong)];
            known = texts.map(|text| model(&text)).map(|one| (row[0], one.clone(), draws(&one, 3))).into();
        }
        let score = |at: usize| {
            let (_, model, found) = &known[at];
            z(share_below(model, found, [0, 1], [row[1], row[2]]), row[3])
        };
        assert!(score(0).abs() < 5.0, "{row:?}: {} standard errors", score(0));
        assert!(score(1).abs() < 5.0, "{row:?} by rank: {} standard errors", score(1));
        seen += 1;
        told_apart += usize::from(score(2).abs() > 5.0);
    }
    assert!(seen >= 45, "{seen} rows");
    assert!(told_apart >= 15, "a correlation that is wrong by 0.05 was told apart in {told_apart} rows only");
}

#[test]
fn at_the_median_the_joint_law_is_known_in_closed_form() {
    for rho in [-0.99, -0.7, -0.2, 0.0, 0.3, 0.8, 0.99] {
        let model = model(&pair("normal", rho));
        let share = share_below(&model, &draws(&model, 4), [0, 1], [0.5, 0.5]);
        assert!(z(share, quadrant(rho)).abs() < 5.0, "{rho}: {share}");
    }
}

#[test]
fn another_correlation_is_told_apart() {
    let model = model(&pair("normal", 0.5));
    let share = share_below(&model, &draws(&model, 4), [0, 1], [0.5, 0.5]);
    assert!(z(share, quadrant(0.6)).abs() > 5.0 && z(share, 0.25).abs() > 5.0);
}

fn t_pair(key: &str, value: f64, degrees: f64) -> String {
    pair(key, value).replace("[outcomes.x]", &format!("degrees = {degrees}\n[outcomes.x]"))
}

#[test]
fn the_joint_law_of_a_t_copula_is_that_of_a_second_tool() {
    let (mut seen, mut gaussian) = (0, 0);
    let mut known: Vec<(f64, f64, Model, Vec<Vec<f64>>)> = Vec::new();
    for row in rows(include_str!("../oracles/t_copula.csv")) {
        let [degrees, r, rank, p, joint] = row[..] else { panic!("{row:?}") };
        if known.first().is_none_or(|one| (one.0, one.1) != (degrees, r)) {
            let texts = [t_pair("normal", r, degrees), t_pair("rank", rank, degrees), pair("normal", r)];
            known =
                texts.map(|text| model(&text)).map(|one| (degrees, r, one.clone(), draws(&one, 12))).into();
        }
        let score = |at: usize| {
            let (_, _, model, found) = &known[at];
            z(share_below(model, found, [0, 1], [p, p]), joint)
        };
        // The normal approximation of a share wants some draws.
        if joint * DRAWS as f64 > 30.0 {
            assert!(score(0).abs() < 5.0, "{row:?}: {} standard errors", score(0));
            assert!(score(1).abs() < 5.0, "{row:?} by rank: {} standard errors", score(1));
            seen += 1;
        }
        gaussian += usize::from(score(2).abs() > 5.0);
    }
    assert!(seen >= 60, "{seen} rows");
    assert!(gaussian >= 20, "the Gaussian copula was told apart in {gaussian} rows only");
}

/// P(V ≤ p | U ≤ p) for p to 0: 2 T(−√((ν + 1)(1 − r) / (1 + r))) with ν + 1 degrees of freedom (Demarta & McNeil 2005,
/// equation 9).
fn tail_dependence(degrees: f64, r: f64) -> f64 {
    2.0 * student_level(-((degrees + 1.0) * (1.0 - r) / (1.0 + r)).sqrt(), degrees + 1.0)
}

#[test]
fn extremes_come_together_as_a_t_copula_says() {
    // P(U ≤ p, V ≤ p) / p goes to λ like p^(2/ν): beyond what 2^16 draws tell at this p and ν = 1.
    for r in [-0.3, 0.0, 0.5] {
        let model = model(&t_pair("normal", r, 1.0));
        let found = draws(&model, 13);
        let p = 0.004;
        let share = share_below(&model, &found, [0, 1], [p, p]);
        let lambda = tail_dependence(1.0, r);
        assert!(z(share, p * lambda).abs() < 5.0, "{r}: {} for {lambda}", share / p);
        assert!(z(share, p * p).abs() > 5.0, "{r}: no dependence would pass as well");
    }
}

#[test]
fn the_rank_correlation_of_a_t_copula_is_the_one_asked_for() {
    for asked in [-0.9, -0.3, 0.0, 0.5, 0.9] {
        let found = draws(&model(&t_pair("rank", asked, 3.0)), 14);
        // The product of two centred uniforms has a variance of at most 144 E(U − ½)⁴ = 9/5 (Cauchy & Schwarz).
        let error = (spearman(&found[0], &found[1]) - asked) * (DRAWS as f64).sqrt() / 1.8f64.sqrt();
        assert!(error.abs() < 5.0, "{asked}: {error} standard errors");
    }
}

#[test]
fn the_mixing_variable_moves_nothing_else() {
    let text = t_pair("rank", 0.5, 4.0)
        .replace("[[correlations]]", "c = { value = 'beta(2, 2)' }\n[[correlations]]");
    let plain = text.split("[[correlations]]").next().unwrap().to_string() + "[outcomes.x]\n[outcomes.y]\n";
    let (with, without) = (model(&text), model(&plain));
    assert_eq!((with.dimensions, without.dimensions), (4, 3));
    assert!(draws(&with, 15)[2] == draws(&without, 15)[2]);
    let more = model_with(&text, &["c = normal(0, 1) + normal(0, 1)"]);
    let dimension = |model: &Model| {
        let of = |one: &&foretell::model::Quantity| one.key == "correlations.a.mixing";
        model.quantities.iter().find(of).unwrap().dimension
    };
    assert_eq!(dimension(&more), dimension(&with), "an override's draws come last");
}

/// The correlations that the draws of a model have.
fn reached(model: &Model, kind: Kind, seed: u64) -> Vec<Reached> {
    common::answered(&Correlations, model, settings(kind, seed, Rule::default())).finding.correlations
}

#[test]
fn what_is_reached_is_what_was_asked_for() {
    for kind in Kind::ALL {
        for text in
            [pair("rank", 0.7), pair("normal", -0.4), t_pair("rank", -0.6, 3.0), t_pair("normal", 0.8, 2.0)]
        {
            let found = reached(&model(&text), kind, 16);
            let [one] = &found[..] else { panic!("{found:?}") };
            let z = (one.reached.value - one.asked) / one.reached.std_error;
            // Eight replicates: Student's t with 7 degrees of freedom exceeds 9 with probability 4e-5.
            assert!(z.abs() < 9.0 && one.reached.std_error < 0.02, "{kind:?}: {one:?}");
            assert_eq!(one.between, ["a", "b"]);
        }
    }
    // Signs are the factors', not those of what they draw; a factor that is set is in no correlation.
    let whole = reached(&model(THREE), Kind::Sobol, 17);
    for (one, (_, asked)) in whole.iter().zip([PAIRS[0], PAIRS[1], PAIRS[2]]) {
        assert!((one.reached.value - asked).abs() < 0.01, "{one:?}");
    }
    assert_eq!(reached(&model_with(THREE, &["c = 0.25"]), Kind::Sobol, 17).len(), 1);
    let wrong = &reached(&model(&pair("rank", 0.7)), Kind::Sobol, 16)[0].reached;
    assert!((wrong.value - 0.69).abs() > 9.0 * wrong.std_error, "another correlation would pass as well");
}

#[test]
fn factors_whose_parameters_depend_on_others_are_joined_by_their_levels() {
    let text = "[factors]\na = { value = 'uniform(0, 1)' }\nb = { value = 'normal(3 * a, 1 + a)' }\n\
                c = { value = 'a - 2 * normal(0, 1)' }\n\
                [[correlations]]\nbetween = [\"a\", \"b\"]\nrank = 0.6\n\
                [[correlations]]\nbetween = [\"b\", \"c\"]\nrank = -0.5\n[outcomes.x]\n[outcomes.y]\n";
    let found = draws(&model(text), 18);
    let level = |x: f64| foretell::math::special::normal_cdf(x);
    let b: Vec<f64> = found[0].iter().zip(&found[1]).map(|(a, b)| level((b - 3.0 * a) / (1.0 + a))).collect();
    let c: Vec<f64> = found[0].iter().zip(&found[2]).map(|(a, c)| level((c - a) / 2.0)).collect();
    for (one, other, asked) in [(&found[0], &b, 0.6), (&b, &c, -0.5), (&found[0], &c, 0.0)] {
        let error = (spearman(one, other) - asked) * (DRAWS as f64).sqrt();
        assert!(error.abs() < 5.0, "{asked}: {error} standard errors");
    }
}

#[test]
fn correlations_on_the_edge_of_the_possible_hold() {
    let text = THREE.replace("= -0.4", "= 0").replace("= 0.3", "= 0.8");
    let found = draws(&model(&text), 19);
    // With 0.6² + 0.8² = 1 the normal of a is 0.6 b + 0.8 c, to roundings; b falls with its draw, as 1 − beta.
    let law = model(&text);
    let normal = |at: usize| -> Vec<f64> {
        let level = |x: &f64| law.factors[at].distribution.as_ref().unwrap().cdf(*x);
        found[at].iter().take(500).map(|x| normal_quantile(level(x))).collect()
    };
    for ((a, b), c) in normal(0).iter().zip(normal(1)).zip(normal(2)) {
        assert!((a - 0.6 * b - 0.8 * c).abs() < 1e-4, "{a} {b} {c}");
    }
}

/// The correlations that an error offers, as text of a file.
fn offered(text: &str) -> String {
    let file = SourceFile::new("x.toml", text);
    let (document, _) = scenario::parse(&file);
    let (model, found) = foretell::build::build(&document, &Default::default(), &[]);
    assert!(model.is_none());
    let hints = found.iter().flat_map(|one| &one.hints);
    let lines: Vec<String> = hints.flat_map(|hint| hint.text.lines().map(String::from)).collect();
    let offer = |line: &String| {
        let (names, value) = line.split_once(": ")?;
        let (a, b) = names.split_once(" and ")?;
        value.contains(" = ").then(|| {
            format!(
                "[[correlations]]\nbetween = [{}, {}]\n{value}\n",
                a.replace('`', "\""),
                b.replace('`', "\"")
            )
        })
    };
    lines.iter().filter_map(offer).collect()
}

#[test]
fn what_a_refusal_offers_is_accepted_as_it_is_printed() {
    for degrees in [None, Some(2.0)] {
        for (seed, count) in [(1, 3), (2, 4), (3, 5), (4, 6), (5, 9)] {
            let factors: String =
                (0..count).map(|at| format!("f{at} = {{ value = 'normal(0, 1)' }}\n")).collect();
            let head = format!("[factors]\n{factors}");
            let mut pairs = String::new();
            for (i, j) in (0..count).flat_map(|i| (0..i).map(move |j| (i, j))) {
                let value =
                    0.9 * (1.8 * (0.618 * f64::from(seed * (17 * i + 5 * j + 1))).fract() - 0.9).signum();
                let kind = if (i + j) % 3 == 0 { "normal" } else { "rank" };
                pairs += &format!("[[correlations]]\nbetween = [\"f{i}\", \"f{j}\"]\n{kind} = {value}\n");
                if (i, j) == (1, 0) {
                    pairs += &degrees.map_or(String::new(), |one| format!("degrees = {one}\n"));
                }
            }
            let tail = "[outcomes.x]\n[outcomes.y]\n";
            let mut offer = offered(&format!("{head}{pairs}{tail}"));
            if let Some(one) = degrees {
                offer += &format!("degrees = {one}\n");
            }
            assert!(offer.matches("between").count() >= 3, "{offer}");
            assert_eq!(
                model(&format!("{head}{offer}{tail}")).correlations.len(),
                offer.matches("between").count()
            );
        }
    }
}

/// Spearman's correlation of two columns without ties.
fn spearman(a: &[f64], b: &[f64]) -> f64 {
    let ranks = |column: &[f64]| {
        let mut order: Vec<usize> = (0..column.len()).collect();
        order.sort_by(|i, j| column[*i].total_cmp(&column[*j]));
        let mut ranks = vec![0.0; column.len()];
        order.into_iter().enumerate().for_each(|(rank, at)| ranks[at] = rank as f64);
        ranks
    };
    let n = a.len() as f64;
    let squares: f64 = ranks(a).iter().zip(ranks(b)).map(|(x, y)| (x - y) * (x - y)).sum();
    1.0 - 6.0 * squares / (n * (n * n - 1.0))
}

#[test]
fn the_rank_correlation_is_the_one_asked_for() {
    for asked in [-0.95, -0.5, 0.1, 0.5, 0.95] {
        let found = draws(&model(&pair("rank", asked)), 5);
        // Independence has the largest error, 1 / √n.
        let error = (spearman(&found[0], &found[1]) - asked) * (DRAWS as f64).sqrt();
        assert!(error.abs() < 5.0, "{asked}: {error} standard errors");
    }
}

#[test]
fn every_factor_keeps_its_own_law() {
    let model = model(&pair("rank", 0.9));
    // Massart's (1990) bound: a greater distance has a probability below 1e-9.
    let bound = ((2.0f64 / 1e-9).ln() / (2.0 * DRAWS as f64)).sqrt();
    for (factor, mut column) in model.factors.iter().zip(draws(&model, 6)) {
        let law = factor.distribution.as_ref().unwrap();
        column.sort_by(f64::total_cmp);
        let gap = |(at, x): (usize, &f64)| (law.cdf(*x) - (at as f64 + 0.5) / DRAWS as f64).abs();
        let distance = column.iter().enumerate().map(gap).fold(0.0, f64::max);
        assert!(distance < bound, "{}: {distance}", factor.named.id);
    }
}

const THREE: &str = "[factors]\na = { value = 'normal(0, 1)' }\nb = { value = '1 - beta(2, 5)' }\n\
     c = { value = 'uniform(0, 1)' }\n\
     [[correlations]]\nbetween = [\"a\", \"b\"]\nnormal = 0.6\n\
     [[correlations]]\nbetween = [\"c\", \"b\"]\nnormal = -0.4\n\
     [[correlations]]\nbetween = [\"a\", \"c\"]\nnormal = 0.3\n[outcomes.x]\n[outcomes.y]\n";

const PAIRS: [([usize; 2], f64); 3] = [([0, 1], 0.6), ([1, 2], -0.4), ([0, 2], 0.3)];

fn assert_pair(changes: &[&str], [i, j]: [usize; 2], rho: f64) {
    let model = model_with(THREE, changes);
    let share = share_below(&model, &draws(&model, 7), [i, j], [0.5, 0.5]);
    assert!(z(share, quadrant(rho)).abs() < 5.0, "{changes:?} {i} {j}: {share}");
}

#[test]
fn three_factors_have_each_pair_as_given_whatever_their_signs() {
    PAIRS.into_iter().for_each(|(pair, rho)| assert_pair(&[], pair, rho));
}

#[test]
fn a_factor_that_is_set_leaves_the_law_of_the_others() {
    for (at, change) in ["a = 1", "b = 0.5", "c = 0.25"].into_iter().enumerate() {
        for (pair, rho) in PAIRS.into_iter().filter(|(pair, _)| !pair.contains(&at)) {
            assert_pair(&[change], pair, rho);
        }
    }
    for text in [THREE.to_string(), THREE.replace("= 0.3", "= 0.3\ndegrees = 4")] {
        let whole = draws(&model(&text), 8);
        for (at, change) in ["a = 0.25", "b = 0.25", "c = 0.25"].into_iter().enumerate() {
            let cut = draws(&model_with(&text, &[change]), 8);
            for other in (0..3).filter(|other| *other != at) {
                assert!(whole[other] == cut[other], "{change} moves a draw of another");
            }
            assert!(cut[at].iter().all(|value| *value == 0.25));
        }
    }
}

#[test]
fn another_distribution_keeps_its_place_in_the_copula() {
    let replaced = ["b = -3 * gamma(2, 1)"];
    PAIRS.into_iter().for_each(|(pair, rho)| assert_pair(&replaced, pair, rho));
    let (whole, other) = (draws(&model(THREE), 9), draws(&model_with(THREE, &replaced), 9));
    assert!(whole[0] == other[0] && whole[2] == other[2]);
}

#[test]
fn correlations_of_nothing_are_independence_to_the_bit() {
    let with = draws(&model(&pair("rank", 0.0)), 10);
    let text = pair("rank", 0.0);
    let without = text.replace("[[correlations]]\nbetween = [\"a\", \"b\"]\nrank = 0\n", "");
    assert!(text != without && with == draws(&model(&without), 10));
}

#[test]
fn a_single_draw_is_the_columns_draw_and_near_the_definition() {
    single_draws_agree(&model(THREE));
    single_draws_agree(&model(&THREE.replace("= 0.3", "= 0.3\ndegrees = 2.5")));
}

fn single_draws_agree(model: &Model) {
    let Columns { program, factors, .. } = Columns::of(model);
    for at in 1..200 {
        let uniforms: Vec<f64> =
            [0.5, 0.618, 0.7549, 0.8377].iter().map(|step| (step * f64::from(at)).fract()).collect();
        let uniforms: Vec<f64> = uniforms.into_iter().map(|u: f64| u.clamp(1e-12, 1.0 - 1e-12)).collect();
        let inputs: Vec<f64> = program.inputs().iter().map(|one| uniforms[one.dimension]).collect();
        let mut arena = Arena::new(&program);
        program.evaluate(&mut arena, 1, |input, out| out.fill(inputs[input]));
        let one = program.evaluate_one(&inputs);
        let definition = Definition::new(model, &uniforms, World::default());
        for (k, spread) in factors.iter().enumerate() {
            let output = spread.states[0].0;
            let column = program.output(&arena, output)[0];
            assert_eq!(column.to_bits(), one[output.0].to_bits());
            let law = model.factors[k].distribution.as_ref().unwrap();
            let defined = definition.variable(Variable::Factor(FactorId(k)));
            assert!((law.cdf(column) - law.cdf(defined)).abs() < 1e-7, "{k}: {column} and {defined}");
        }
    }
}

#[test]
fn the_benchmark_has_its_exact_means() {
    let model = model(include_str!("../../benches/models/summit.toml"));
    let found = summary(&model, Kind::Sobol, 1, 1 << 17);
    for (outcome, exact) in found.outcomes.iter().zip([0.395090715, 0.571514165, 0.033395121]) {
        let estimate = &outcome.probability;
        let z = (estimate.value - exact) / estimate.std_error;
        assert!(z.abs() < 5.0 && estimate.std_error < 1e-5, "{}: {estimate:?}", outcome.id);
    }
}

//! Models of states and theories: exact, against enumeration by hand.

use super::{answer, index, moved, of, shapley};
use crate::common::model;
use foretell::analysis::sensitivity::{Method, Sensitivity};
use foretell::design::Kind;

const INDEPENDENT: &str = "
    [factors.season]
    states = ['dry', 'wet']
    probabilities = { dry = 0.3, wet = 0.7 }
    [factors.market]
    states = ['low', 'high']
    probabilities = { low = 0.5, high = 0.5 }
    [events.flood]
    table = [
      { when = { season = 'dry', market = 'low' }, probability = 0.1 },
      { when = { season = 'dry', market = 'high' }, probability = 0.2 },
      { when = { season = 'wet', market = 'low' }, probability = 0.3 },
      { when = { season = 'wet', market = 'high' }, probability = 0.8 },
    ]
    [outcomes.loss]
    when = 'flood'
    [outcomes.gain]
    else = true";

#[test]
fn states_that_do_not_depend_on_each_other_have_exact_indices() {
    let found =
        moved(&model(INDEPENDENT), &Sensitivity { shapley: true, ..of("loss") }, Kind::Sobol, 1, 1 << 10);
    assert_eq!((found.method, found.points), (Method::Exact, 0));
    let p = [[0.1, 0.2], [0.3, 0.8]];
    let (season, market) = ([0.3, 0.7], [0.5, 0.5]);
    let mean: f64 =
        (0..2).flat_map(|i| (0..2).map(move |j| (i, j))).map(|(i, j)| season[i] * market[j] * p[i][j]).sum();
    let square = |x: f64| x * x;
    let variance: f64 = (0..2)
        .flat_map(|i| (0..2).map(move |j| (i, j)))
        .map(|(i, j)| season[i] * market[j] * square(p[i][j] - mean))
        .sum();
    let first: f64 =
        (0..2).map(|i| season[i] * square(market[0] * p[i][0] + market[1] * p[i][1] - mean)).sum();
    let other: f64 =
        (0..2).map(|j| market[j] * square(season[0] * p[0][j] + season[1] * p[1][j] - mean)).sum();
    let loss = answer(&found, "loss");
    let [s, t] = index(loss, "season");
    assert!(s.exact && t.exact && s.std_error == 0.0);
    assert!((s.value - first / variance).abs() < 1e-12 && (t.value - (1.0 - other / variance)).abs() < 1e-12);
    let effect = shapley(loss, "season");
    assert!(effect.exact && (effect.value - 0.5 * (s.value + t.value)).abs() < 1e-12);
}

#[test]
fn states_that_depend_on_each_other_are_one_input_and_have_exact_shapley_effects() {
    let text = "
        [factors.season]
        states = ['dry', 'wet']
        probabilities = { dry = 0.3, wet = 0.7 }
        [factors.market]
        states = ['low', 'high']
        table = [
          { when = { season = 'dry' }, probabilities = { low = 0.9, high = 0.1 } },
          { when = { season = 'wet' }, probabilities = { low = 0.2, high = 0.8 } },
        ]
        [outcomes.loss]
        when = 'season == wet and market == high'
        [outcomes.gain]
        else = true";
    let model = model(text);
    let found = moved(&model, &Sensitivity { shapley: true, ..of("loss") }, Kind::Sobol, 1, 1 << 10);
    let loss = answer(&found, "loss");
    assert_eq!(loss.indices.len(), 1, "{:?}", loss.indices);
    assert_eq!(index(loss, "season & market").map(|one| one.value), [1.0, 1.0]);
    // P(wet, high) = 0.56. E[loss | season] is 0 or 0.8; E[loss | market] is 0 or 0.56 / 0.59.
    let variance = 0.56 * 0.44;
    let season = (0.7 * 0.64 - 0.56 * 0.56) / variance;
    let market = (0.56 * 0.56 / 0.59 - 0.56 * 0.56) / variance;
    assert!((shapley(loss, "season").value - 0.5 * (season + 1.0 - market)).abs() < 1e-12);
    assert!((shapley(loss, "market").value - 0.5 * (market + 1.0 - season)).abs() < 1e-12);
}

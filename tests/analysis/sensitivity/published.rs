//! The functions of the literature: Ishigami's, Sobol's g, correlated normals, a pure interaction.

use super::{answer, assert_near, index, moved, of, shapley};
use crate::common::{model, reference};
use foretell::analysis::sensitivity::{Method, Sensitivity};
use foretell::design::Kind;

/// The published first-order and total indices of a function of independent inputs.
pub fn published(name: &str) -> Vec<(String, [f64; 2])> {
    let named = |firsts: &[f64], totals: &[f64]| {
        let pairs = firsts.iter().zip(totals).enumerate();
        pairs.map(|(at, (first, total))| (format!("x{}", at + 1), [*first, *total])).collect()
    };
    let pi = std::f64::consts::PI;
    match name {
        "ishigami" => {
            let (a, b) = (7.0, 0.1);
            let one = 0.5 * (1.0 + b * pi.powi(4) / 5.0f64).powi(2);
            let two = a * a / 8.0;
            let both = 8.0 * b * b * pi.powi(8) / 225.0;
            let all = one + two + both;
            named(&[one / all, two / all, 0.0], &[(one + both) / all, two / all, both / all])
        }
        "g-function" => {
            let parts = [0.0, 1.0, 4.5, 9.0, 99.0, 99.0, 99.0, 99.0]
                .map(|a: f64| 1.0 / (3.0 * (1.0 + a) * (1.0 + a)));
            let product: f64 = parts.iter().map(|one| 1.0 + one).product();
            let first = parts.map(|one| one / (product - 1.0));
            named(&first, &parts.map(|one| one * product / (1.0 + one) / (product - 1.0)))
        }
        _ => vec![("a".into(), [0.0, 1.0]), ("b".into(), [0.0, 1.0])],
    }
}

#[test]
fn indices_are_the_published_ones_under_every_design() {
    for name in ["ishigami", "g-function", "pure-interaction"] {
        let model = model(&reference(name));
        for kind in Kind::ALL {
            let found = moved(&model, &of("y"), kind, 1, 1 << 14);
            assert_eq!(found.method, Method::Sampled);
            for (id, [first, total]) in published(name) {
                let [s, t] = index(answer(&found, "y"), &id);
                assert_near(s, first, 4.0, &format!("{name} {kind:?}: first of {id}"));
                assert_near(t, total, 4.0, &format!("{name} {kind:?}: total of {id}"));
            }
        }
    }
}

#[test]
fn a_pure_interaction_is_shown_though_its_first_order_is_nothing() {
    let model = model(&reference("pure-interaction"));
    let found = moved(&model, &of("y"), Kind::Sobol, 1, 1 << 14);
    let y = answer(&found, "y");
    assert!(y.indices.iter().all(|one| one.interacts() && one.total.value > 0.9), "{:?}", y.indices);
    assert!(y.indices.iter().all(|one| one.first.value >= 0.0 && one.first.interval.0 >= 0.0));
    // A negative control: inputs that only add up do not interact.
    let added = crate::common::model(
        "[factors]\na = { value = 'normal(0, 1)' }\nb = { value = 'normal(0, 1)' }\n[derived]\ny = { value = 'a + b' }",
    );
    let found = moved(&added, &of("y"), Kind::Sobol, 1, 1 << 14);
    assert!(answer(&found, "y").indices.iter().all(|one| !one.interacts()));
}

/// Var(E[y | J]) of a sum of three correlated normals, and Shapley's effects by their definition.
struct Sum {
    covariance: [[f64; 3]; 3],
}

impl Sum {
    const REFERENCE: Sum = Sum { covariance: [[1.0, 0.6, 0.6], [0.6, 1.0, -0.8], [0.6, -0.8, 4.0]] };

    fn explained(&self, of: &[usize]) -> f64 {
        let s = &self.covariance;
        let c = |i: usize| s[i].iter().sum::<f64>();
        match *of {
            [] => 0.0,
            [i] => c(i) * c(i) / s[i][i],
            [i, j] => {
                let determinant = s[i][i] * s[j][j] - s[i][j] * s[i][j];
                (c(i) * c(i) * s[j][j] - 2.0 * c(i) * c(j) * s[i][j] + c(j) * c(j) * s[i][i]) / determinant
            }
            _ => (0..3).map(c).sum(),
        }
    }

    fn shapley(&self, i: usize) -> f64 {
        let [j, k] = [(i + 1) % 3, (i + 2) % 3];
        let v = |of: &[usize]| self.explained(of);
        let sum = 2.0 * v(&[i])
            + (v(&[i, j]) - v(&[j]))
            + (v(&[i, k]) - v(&[k]))
            + 2.0 * (v(&[0, 1, 2]) - v(&[j, k]));
        sum / 6.0
    }
}

#[test]
fn correlated_normals_have_their_shapley_effects() {
    let model = model(&reference("correlated-sum"));
    let question = Sensitivity { shapley: true, ..Sensitivity::default() };
    for kind in Kind::ALL {
        let found = moved(&model, &question, kind, 3, 1 << 14);
        let (y, more) = (answer(&found, "y"), answer(&found, "more"));
        let variance = Sum::REFERENCE.explained(&[0, 1, 2]);
        for (i, id) in ["a", "b", "c"].into_iter().enumerate() {
            let truth = Sum::REFERENCE.shapley(i);
            assert_near(shapley(y, id), truth / variance, 4.0, &format!("{kind:?}: {id}"));
            assert_near(shapley(more, id), truth / (variance + 1.0), 4.0, &format!("{kind:?}: {id} of more"));
        }
        assert_eq!(shapley(y, "z").value, 0.0);
        assert_near(shapley(more, "z"), 1.0 / (variance + 1.0), 4.0, "z");
        // Plain indices take the three as one.
        assert_near(index(more, "a & b & c")[0], variance / (variance + 1.0), 4.0, "the three");
        assert_near(index(more, "z")[1], 1.0 / (variance + 1.0), 4.0, "z");
        let sum: f64 = more.shapley.iter().map(|one| one.share.value).sum();
        assert!((sum - 1.0).abs() < 1e-9, "{sum}");
    }
    // A negative control: the same normals without their correlations have other effects.
    let apart = reference("correlated-sum").replace("normal = ", "rank = 0 # ");
    let found = moved(&crate::common::model(&apart), &question, Kind::Sobol, 3, 1 << 14);
    let first = shapley(answer(&found, "y"), "a");
    assert!(
        (first.value - Sum::REFERENCE.shapley(0) / Sum::REFERENCE.explained(&[0, 1, 2])).abs()
            > 8.0 * first.std_error
    );
}

#[test]
fn orders_that_are_drawn_have_the_same_effects_within_their_errors() {
    // Ten inputs: more than all orders are listed of. Of a sum of independent normals each effect is its share of the variance.
    let factors: String = (1..=10).map(|at| format!("x{at} = {{ value = 'normal(0, {at})' }}\n")).collect();
    let sum: Vec<String> = (1..=10).map(|at| format!("x{at}")).collect();
    let text =
        format!("[factors]\n{factors}[derived]\ny = {{ value = '{} + 0.2 * x9 * x10' }}", sum.join(" + "));
    let question = Sensitivity { shapley: true, ..of("y") };
    let found = moved(&crate::common::model(&text), &question, Kind::Sobol, 1, 1 << 13);
    let y = answer(&found, "y");
    let product = 0.04 * 81.0 * 100.0;
    let variance = 385.0 + product;
    for at in 1..=10 {
        let own = (at * at) as f64 + if at >= 9 { 0.5 * product } else { 0.0 };
        let found = shapley(y, &format!("x{at}"));
        assert_near(found, own / variance, 4.0, &format!("x{at}"));
        assert!(found.std_error < 0.05, "{found:?}");
    }
    let total: f64 = y.shapley.iter().map(|one| one.share.value).sum();
    assert!((total - 1.0).abs() < 1e-9, "{total}");
}

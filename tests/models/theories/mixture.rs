//! The mixture of theories, and what is learned of them.

use super::{FINITE, SAMPLED, probabilities, run, summary, whole};
use crate::common::{Found, asked, understood};
use foretell::design::Kind;
use foretell::simulation::{Rule, Settings, Watch};
use foretell::statistics::Estimate;

/// The numbers of a theory's uncertain weights depend on the names of their streams, which stay what they are.
#[test]
fn streams_of_theories_keep_their_names() {
    let text = "[factors.x]\nvalue = 'beta(2, 2)'\n[outcomes.a]\n[outcomes.b]\n[theories.t.outcomes.a]\n\
                weights = { x = 'normal(1, 1)' }\n[theories.t.outcomes.b]\n";
    let model = understood::<&str>(text, &[], &[]);
    let keys: Vec<&str> = model.quantities.iter().map(|one| one.key.as_str()).collect();
    assert_eq!(keys, ["factors.x.value", "models.t.outcomes.a.weights.x"]);
    let set =
        understood(text, &["theories.t.outcomes.a.weights.x='normal(2, 1)'".replace('\'', "").as_str()], &[]);
    assert_eq!(set.quantities.last().map(|one| one.dimension), Some(1));
}

#[test]
fn the_mixture_is_the_weighted_sum_of_the_theories_each_of_which_runs_by_itself() {
    for (text, names) in [(FINITE, &["weighs", "rules", "scores"][..]), (SAMPLED, &["plain", "ruled"])] {
        let Found { finding: whole, course, .. } = whole(text, &[], &[]);
        assert_eq!(course.exact, text == FINITE);
        let mut sums = vec![0.0; whole.outcomes.len()];
        for (theory, name) in whole.theories.iter().zip(names) {
            let set = format!("theory={name}");
            let alone = summary(text, &[&set], &[]);
            let own: Vec<Estimate> = alone.outcomes.iter().map(|one| *one.probability).collect();
            let under: Vec<Estimate> = theory.outcomes.iter().map(|one| *one.probability).collect();
            assert_eq!((theory.id.as_str(), &under), (*name, &own));
            let learned = summary(text, &[], &[&format!("theory == {name}")]);
            for (one, other) in probabilities(&learned).iter().zip(&own) {
                assert!((one - other.value).abs() < 1e-12);
            }
            assert!((learned.evidence.expect("learned").probability.value - theory.weight).abs() < 1e-15);
            sums.iter_mut().zip(&own).for_each(|(sum, one)| *sum += theory.weight * one.value);
        }
        for (outcome, sum) in whole.outcomes.iter().zip(&sums) {
            // The same draws: their sum is the same up to rounding.
            assert!((outcome.probability.value - sum).abs() < 1e-12, "{} {sum}", outcome.probability.value);
        }
        // Weighing all alike is noticed.
        let plain = whole.theories.iter().map(|one| one.outcomes[0].probability.value).sum::<f64>()
            / names.len() as f64;
        assert!((plain - sums[0]).abs() > 1e-3);
    }
}

#[test]
fn other_draws_of_single_theories_agree_with_the_mixture_within_their_error() {
    for kind in [Kind::Independent, Kind::LatinHypercube, Kind::Sobol] {
        let whole = run(&understood::<&str>(SAMPLED, &[], &[]), kind).expect("small").finding;
        let alone = ["plain", "ruled"].map(|name| {
            let set = format!("theory={name}");
            let model = understood(SAMPLED, &[&set], &[]);
            let settings = Settings { kind, seed: 99, threads: 2, rule: Rule::Draws(1 << 14) };
            *asked(&model).draw_by(&settings, &Watch::new()).expect("a run").finding.outcomes[0].probability
        });
        let mixed = whole.outcomes[0].probability;
        let expected = 0.25 * alone[0].value + 0.75 * alone[1].value;
        let error = [mixed.std_error, 0.25 * alone[0].std_error, 0.75 * alone[1].std_error];
        let error = error.iter().map(|one| one * one).sum::<f64>().sqrt();
        assert!((mixed.value - expected).abs() < 5.0 * error, "{kind:?}");
        assert!((mixed.value - alone[0].value).abs() > 5.0 * error, "{kind:?}");
    }
}

#[test]
fn weights_follow_bayes() {
    let text = "[events.e]\nprobability = 0.9\n[events.f]\nprobability = 0.2\n[outcomes.yes]\n[outcomes.no]\n\
                [theories.one]\nweight = 0.6\n[theories.one.outcomes.yes]\nwhen = 'e'\n[theories.one.outcomes.no]\nelse = true\n\
                [theories.two]\nweight = 0.4\n[theories.two.outcomes.yes]\nwhen = 'f'\n[theories.two.outcomes.no]\nelse = true\n";
    let found = summary(text, &[], &["outcome == yes"]);
    // 0.6 · 0.9 / (0.6 · 0.9 + 0.4 · 0.2)
    let posterior = 0.54 / 0.62;
    assert!(
        (found.theories[0].posterior.value - posterior).abs() < 1e-15 && found.theories[0].posterior.exact
    );
    assert!((found.theories[1].posterior.value - (1.0 - posterior)).abs() < 1e-15);
    assert_eq!(found.theories[0].weight, 0.6);
    // What says nothing of the theories leaves their weights.
    let flat = summary(text, &[], &["e"]);
    assert!((flat.theories[0].posterior.value - 0.6).abs() < 1e-15);
    // A theory that is ruled out has no probabilities.
    let without = summary(text, &[], &["theory != two"]);
    let two = &without.theories[1];
    assert!(!two.is_possible && two.posterior.value == 0.0);
    assert_eq!(two.outcomes.len(), 2);
    assert!(two.outcomes.iter().all(|one| one.probability.value.is_nan() && !one.probability.exact));
    assert!((without.outcomes[0].probability.value - 0.9).abs() < 1e-15);
}

#[test]
fn sampled_weights_follow_bayes_within_their_error() {
    // E[x] = 0.4 and E[x²] = Var + mean² = 0.04 + 0.16 for a beta(2, 3).
    let text = "[factors.x]\nvalue = 'beta(2, 3)'\n[events.e]\nprobability = 'x'\n[events.f]\nprobability = 'x * x'\n\
                [outcomes.yes]\n[outcomes.no]\n\
                [theories.one]\nweight = 0.6\n[theories.one.outcomes.yes]\nwhen = 'e'\n[theories.one.outcomes.no]\nelse = true\n\
                [theories.two]\nweight = 0.4\n[theories.two.outcomes.yes]\nwhen = 'f'\n[theories.two.outcomes.no]\nelse = true\n";
    for kind in [Kind::Independent, Kind::LatinHypercube, Kind::Sobol] {
        let found = run(&understood(text, &[], &["outcome == yes"]), kind).expect("small").finding;
        let posterior = found.theories[0].posterior;
        let expected = 0.24 / (0.24 + 0.4 * 0.2);
        assert!(!posterior.exact && posterior.std_error > 0.0 && posterior.std_error < 0.01);
        assert!((posterior.value - expected).abs() < 5.0 * posterior.std_error, "{kind:?}: {posterior:?}");
        assert!((posterior.value - 0.6).abs() > 5.0 * posterior.std_error);
    }
}

#[test]
fn what_is_set_stands_and_the_others_share_the_rest() {
    let weights = |set: &[&str]| -> Vec<f64> {
        understood(FINITE, set, &[]).theories.iter().map(|one| one.weight).collect()
    };
    assert_eq!(weights(&[]), [0.6, 0.3, 0.1]);
    let close = |found: Vec<f64>, wanted: [f64; 3]| {
        assert!(found.iter().zip(wanted).all(|(one, other)| (one - other).abs() < 1e-15), "{found:?}");
    };
    close(weights(&["theories.weighs.weight=0.2"]), [0.2, 0.6, 0.2]);
    close(weights(&["theories.weighs.weight=0.2", "theories.rules.weight=0.5"]), [0.2, 0.5, 0.3]);
    assert_eq!(weights(&["theory=rules"]), [0.0, 1.0, 0.0]);
    let equal =
        FINITE.replace("weight = 0.6\n", "").replace("weight = 0.3\n", "").replace("weight = 0.1\n", "");
    let model = understood(&equal, &["theories.scores.weight=0.5"], &[]);
    assert_eq!(model.theories.iter().map(|one| one.weight).collect::<Vec<f64>>(), [0.25, 0.25, 0.5]);
    let moved = summary(FINITE, &["theories.weighs.outcomes.a.weights.strike=0"], &[]);
    assert_ne!(probabilities(&moved), probabilities(&summary(FINITE, &[], &[])));
}

#[test]
fn a_single_theory_changes_no_number() {
    let plain = SAMPLED.split("[theories.plain]").next().expect("a file");
    let inherited = format!("{plain}[theories.only]\nlabel = 'The only one'\n");
    let scored = "[factors.x]\nvalue = 'beta(2, 3)'\n[outcomes.a]\nSCORE[outcomes.b]\nZERO";
    let fill = |score: &str, zero: &str| scored.replace("SCORE", score).replace("ZERO", zero);
    let own = fill("", "")
        + "[theories.m.outcomes.b]\nscore = 0\n[theories.m.outcomes.a]\nscore = '2 * x'\n[theories.m]\nweight = 1\n";
    for (plain, theory) in [(plain.to_string(), inherited), (fill("score = '2 * x'\n", "score = 0\n"), own)] {
        for given in [&[][..], &["x > 0.3 and outcome == a"]] {
            let (one, other) = (summary(&plain, &[], given), summary(&theory, &[], given));
            assert_eq!(format!("{:?}", one.outcomes), format!("{:?}", other.outcomes));
            assert_eq!(format!("{:?}", one.evidence), format!("{:?}", other.evidence));
            assert_eq!((one.theories.len(), other.theories.len()), (0, 1));
        }
    }
}

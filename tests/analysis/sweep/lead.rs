//! Where the lead changes.

use super::*;

/// P(up) = 0.2 + 0.6 p against 1 − P(up): level at p = 0.5; with three, see each test.
const FINITE: &str = r#"
[events.spark]
probability = 0.25
[events.fire]
probability = 'if spark then 0.8 else 0.2'
[outcomes.burns]
when = 'fire'
[outcomes.stands]
else = true
"#;

#[test]
fn the_lead_of_a_finite_model_changes_where_algebra_says() {
    let settings = Settings::default();
    // 0.2 + 0.6 p = 1/2 at p = 1/2; by the other numbers: 0.25 a + 0.15 = 1/2 nowhere, 0.2 + 0.75 b = 1/2 at b = 0.4.
    for vary in ["spark=0.1:0.93", "spark=0.1:0.93:2", "spark=0.1:0.93:3"] {
        let found = along(FINITE, vary, &settings);
        let [change] = &found.crossings[..] else { panic!("{:?}", found.crossings) };
        assert!(change.exact && (change.at - 0.5).abs() < 1e-12, "{change:?}");
        assert!(change.interval[0] <= 0.5 + 1e-12 && change.interval[1] >= 0.5 - 1e-12);
        assert_eq!((change.from.as_str(), change.to.as_str()), ("stands", "burns"));
        let leads: Vec<&str> = found.leads.iter().map(|one| one.id.as_str()).collect();
        assert_eq!(leads, ["stands", "burns"]);
    }
    // Where both are equal at a value that is looked at; who is level at an end overtakes nobody.
    let found = along(FINITE, "spark=0:1:3", &settings);
    assert!((found.crossings[0].at - 0.5).abs() < 1e-12);
    let (from, to) = (&found.leads[0], &found.leads[1]);
    assert!((from.to - 0.5).abs() < 1e-12 && from.to == to.from && to.to == 1.0);
    for vary in ["spark=0:0.5:3", "spark=0.5:1:3"] {
        let found = along(FINITE, vary, &settings);
        assert!(found.crossings.is_empty() && found.leads.len() == 1, "{vary}");
    }
    let found = along(FINITE, "events.fire.probability@2=0:1", &settings);
    assert!((found.crossings[0].at - 0.4).abs() < 1e-12 && found.crossings[0].exact);
    let found = along(FINITE, "events.fire.probability@1=0:1", &settings);
    assert!(found.crossings.is_empty());
    let closest = found.closest.expect("a lead");
    // 1 − 2 (0.25 + 0.15) at the end.
    assert!((closest.at[0] - 1.0).abs() < 1e-12 && (closest.lead.value - 0.2).abs() < 1e-12, "{closest:?}");
}

/// Three weights on a line: score_a = 2 x, score_b = 0, score_c = 4 x − 3, from equal bases: b until 0, a until 1.5, then c.
const THREE: &str = r#"
[factors.x]
range = [-2, 4]
neutral = 0
value = 0
[outcomes.a]
weights = { x = 2 }
[outcomes.b]
[outcomes.c]
score_shift = 0
"#;

#[test]
fn third_leaders_are_found_between_two_values() {
    let text = THREE
        .replace("[outcomes.c]\nscore_shift = 0\n", "[outcomes.c]\nweights = { x = 4, low = -3 }\n")
        + "[factors.low]\nrange = [0, 2]\nneutral = 0\nvalue = 1\n";
    // With two values, at neither of which `a` leads.
    for vary in ["x=-1.9:3.9:2", "x=-1.9:3.9:3", "x=-1.9:3.9"] {
        let found = along(&text, vary, &Settings::default());
        let at: Vec<f64> = found.crossings.iter().map(|one| one.at).collect();
        assert!(at.len() == 2 && at[0].abs() < 1e-11 && (at[1] - 1.5).abs() < 1e-11, "{vary}: {at:?}");
        let leads: Vec<&str> = found.leads.iter().map(|one| one.id.as_str()).collect();
        assert_eq!(leads, ["b", "a", "c"], "{vary}");
    }
}

#[test]
fn a_jump_is_enclosed_as_well() {
    let text = "
        [factors.x]
        range = [0, 1]
        value = 0.5
        [events.e]
        probability = 'if x < 0.37 then 0.1 else 0.9'
        [outcomes.yes]
        when = 'e'
        [outcomes.no]
        else = true";
    let found = along(text, "x=0:1:11", &Settings::default());
    assert!((found.crossings[0].at - 0.37).abs() < 1e-12, "{:?}", found.crossings);
}

#[test]
fn equals_never_overtake_each_other() {
    let text = "
        [factors.x]
        value = 'uniform(0, 1)'
        [factors.w]
        value = 1
        range = [0, 4]
        [outcomes.a]
        weights = { x = 'w' }
        [outcomes.b]
        weights = { x = 'w' }";
    let found = along(text, "w=0:4", &settings(Kind::Sobol, 1, 4096));
    assert!(found.crossings.is_empty() && found.leads.len() == 1);
}

/// P(a) = E[logistic(w (x − 0.5) + v)] over a uniform x: even at v = 0 whatever the slope; with x's mean moved to m by a triangle it
/// is where `ROOT` says.
const LOGISTIC: &str = "
    [factors.x]
    value = 'uniform(0, 1)'
    [factors.v]
    range = [-2, 2]
    neutral = 0
    value = 1
    [outcomes.a]
    weights = { v = 1, x = 3 }
    [outcomes.b]
    [factors.y]
    value = 'normal(0, 1)'
    [derived.never]
    value = 'y'";

/// E[logistic(v + 3 (x − 1/2))] over x is (ln(1 + e^(v + 1.5)) − ln(1 + e^(v − 1.5))) / 3, which is 1/2 at v = 0.
#[test]
fn the_lead_changes_at_the_closed_form_within_its_interval() {
    // By symmetry the curve is even at 0; a design that is not symmetric has it elsewhere, and says how far.
    let mut covered = 0;
    let seeds = 400;
    let mut scores = Vec::new();
    for seed in 0..seeds {
        let found = along(LOGISTIC, "v=-1.9:2:14", &settings(Kind::Independent, seed, 1000));
        let [change] = &found.crossings[..] else { panic!("{:?}", found.crossings) };
        assert!(!change.exact && change.interval[1] - change.interval[0] < 0.5, "{change:?}");
        covered += usize::from(change.interval[0] <= 0.0 && 0.0 <= change.interval[1]);
        scores.push(change.at / ((change.interval[1] - change.interval[0]) / (2.0 * 1.645)));
    }
    // Binomial: 0.9 with a standard error of √(0.09 / 400).
    let share = covered as f64 / seeds as f64;
    assert!((share - 0.9).abs() < 4.0 * (0.09f64 / seeds as f64).sqrt(), "{share}");
    // The errors are of the size that is told: the variance of 400 standard scores is 1 ± √(2/399).
    let variance = scores.iter().map(|one| one * one).sum::<f64>() / seeds as f64;
    assert!((variance - 1.0).abs() < 4.0 * (2.0f64 / (seeds as f64 - 1.0)).sqrt(), "{variance}");
    // The control: an interval of half the width would be seen to cover too little.
    let narrow = scores.iter().filter(|one| one.abs() <= 0.5 * 1.645).count() as f64 / seeds as f64;
    assert!((narrow - 0.9).abs() > 4.0 * (0.09f64 / seeds as f64).sqrt(), "{narrow}");
}

#[test]
fn replicates_cover_too() {
    let (mut covered, seeds) = (0, 400);
    for seed in 0..seeds {
        let found = along(LOGISTIC, "v=-1.9:2:5", &settings(Kind::LatinHypercube, seed, 512));
        let [change]: &[Crossing] = &found.crossings[..] else { panic!("{:?}", found.crossings) };
        covered += usize::from(change.interval[0] <= 0.0 && 0.0 <= change.interval[1]);
        assert!(change.at.abs() < 0.1);
    }
    // Never too narrow; a stratified design may say more than it has to.
    let share = covered as f64 / f64::from(seeds as u32);
    assert!(share > 0.9 - 4.0 * (0.09f64 / f64::from(seeds as u32)).sqrt(), "{share}");
}

#[test]
fn the_place_is_as_narrow_as_is_said_on_the_draws_at_hand() {
    // The same draws in a run on either side of the place: the lead has changed there, within 1e-4 of the range.
    let settings = settings(Kind::Sobol, 9, 1024);
    let found = along(LOGISTIC, "v=-1.9:2:7", &settings);
    let at = found.crossings[0].at;
    let lead = |v: f64| {
        let changes = Changes { set: vec![format!("v={v}")], ..Changes::default() };
        let found = run(LOGISTIC, &changes, &settings);
        found.outcomes[0].probability.value - found.outcomes[1].probability.value
    };
    let width = 1e-4 * 3.9;
    assert!(lead(at - width) < 0.0 && lead(at + width) > 0.0);
}

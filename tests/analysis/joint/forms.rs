//! Closed forms.

use super::*;

#[test]
fn closed_forms_are_met() {
    let model = model(SHARED);
    let above = Aspect::truth(
        Named::new("x > 0.7", None, None),
        understood(SHARED, &[], &["x > 0.7"]).given[0].clone(),
    );
    let joints = [joint(&[event(&model, "a"), event(&model, "b")]), joint(&[above, event(&model, "a")])];
    for kind in [Kind::Independent, Kind::LatinHypercube, Kind::Sobol] {
        let tables = found(&model, &joints, kind, Rule::Draws(1 << 14)).finding.joint;
        let cell = &tables[0].cells[0];
        assert_near("P(a b)", cell.probability.0, 1.0 / 3.0, 0.01);
        assert_near("P(b | a)", cell.conditional.0, 2.0 / 3.0, 0.01);
        assert_near("excess", cell.beyond_independence.0, 1.0 / 12.0, 0.01);
        // ∫ x over (0.7, 1) = 0.255, and 0.15 if they were independent.
        let cell = &tables[1].cells[0];
        assert_near("P(x > 0.7, a)", cell.probability.0, 0.255, 0.01);
        assert_near("P(a | x > 0.7)", cell.conditional.0, 0.85, 0.01);
        assert_near("excess", cell.beyond_independence.0, 0.105, 0.01);
    }
}

#[test]
fn what_is_independent_has_no_excess() {
    let text = "[factors.x]\nvalue = 'uniform(0, 1)'\n[factors.y]\nvalue = 'uniform(0, 1)'\n\
                [events.a]\nprobability = 'x'\n[events.b]\nprobability = 'y * y'\n";
    let model = model(text);
    let of = [event(&model, "a"), event(&model, "b")];
    for kind in [Kind::Independent, Kind::LatinHypercube, Kind::Sobol] {
        for cell in &found(&model, &[joint(&of)], kind, Rule::Draws(1 << 14)).finding.joint[0].cells {
            assert_near("excess", cell.beyond_independence.0, 0.0, 0.01);
        }
    }
}

/// The share of seeds whose intervals, made wider by a factor, hold the truth, in P(b | a) and in the excess.
fn coverage(kind: Kind, factor: f64) -> [f64; 2] {
    const SEEDS: u64 = 400;
    let model = model(SHARED);
    let run = asking(&[joint(&[event(&model, "a"), event(&model, "b")])]);
    let asked = run.compile(&study(&model)).expect("a program");
    let mut held = [0.0; 2];
    for seed in 0..SEEDS {
        let table = run_of(&asked, kind, seed, Rule::Draws(1 << 10)).finding.joint.remove(0);
        let cell = &table.cells[0];
        let pairs = [(cell.conditional.0, 2.0 / 3.0), (cell.beyond_independence.0, 1.0 / 12.0)];
        for (held, (estimate, truth)) in held.iter_mut().zip(pairs) {
            let is_held = (estimate.value - truth).abs() <= factor * estimate.half_width();
            *held += f64::from(u8::from(is_held)) / SEEDS as f64;
        }
    }
    held
}

#[test]
fn intervals_cover_what_they_say() {
    // A standard deviation of √(0.09 / 400) = 0.015.
    let covers = |share: f64, over: f64| share > 0.9 - 4.0 * 0.015 && share < 0.9 + over;
    assert!(
        coverage(Kind::Independent, 1.0).iter().all(|one| covers(*one, 4.0 * 0.015)),
        "{:?}",
        coverage(Kind::Independent, 1.0)
    );
    for kind in [Kind::LatinHypercube, Kind::Sobol] {
        // Stratified designs may be better than their errors say.
        assert!(
            coverage(kind, 1.0).iter().all(|one| covers(*one, 0.1)),
            "{kind:?}: {:?}",
            coverage(kind, 1.0)
        );
    }
    // A control: intervals half as wide hold the truth far less often.
    assert!(coverage(Kind::Independent, 0.5).iter().all(|one| *one < 0.7));
}

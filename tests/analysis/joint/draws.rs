//! How draws bear on a table.

use super::*;

#[test]
fn void_draws_are_left_out_of_every_cell_alike() {
    let text = "[factors.x]\nvalue = 'uniform(0, 1)'\n[derived.root]\nvalue = 'sqrt(x - 0.0005)'\n\
                [events.a]\nprobability = 'min(root, 1)'\n[events.b]\nprobability = 'x'\n";
    let model = model(text);
    let of = [event(&model, "a"), event(&model, "b")];
    for kind in [Kind::Independent, Kind::Sobol] {
        let run = found(&model, &[joint(&of)], kind, Rule::Draws(1 << 14));
        assert!(run.course.worlds[0].void.draws > 0);
        assert_sums(&run.finding.joint[0]);
        let b = run.finding.events[1].probability.0;
        assert_eq!(run.finding.joint[0].margin(&[None, Some(0)]).expect("a margin").probability.0, b);
    }
}

/// A cell that no draw has seen has an error, and no certainty.
#[test]
fn what_no_draw_has_seen_is_not_certain() {
    let text = "[factors.x]\nvalue = 'uniform(0, 1)'\n[factors.y]\nvalue = 'uniform(0, 1)'\n[outcomes.a]\n\
                when = 'x < 0.0001 and y < 0.0001'\n[outcomes.b]\nelse = true\n";
    let model = model(text);
    let below =
        Aspect::truth(Named::new("y", None, None), understood(text, &[], &["y < 0.0001"]).given[0].clone());
    for kind in [Kind::Independent, Kind::LatinHypercube, Kind::Sobol] {
        let run =
            found(&model, &[joint(&[Aspect::outcome(&model), below.clone()])], kind, Rule::Draws(1 << 10));
        let cell = &run.finding.joint[0].cells[0];
        assert!(!cell.probability.exact && cell.probability.interval.1 > 1e-8, "{kind:?}: {cell:?}");
        assert!(cell.beyond_independence.interval.1 >= 1e-8, "{kind:?}: {cell:?}");
    }
}

#[test]
fn precision_is_that_of_the_cells() {
    let model = model(SHARED);
    let of = [event(&model, "a"), event(&model, "b")];
    let rule = Rule::Until { target: Target::StandardError(1e-5), most: 1 << 22 };
    let run = found(&model, &[joint(&of)], Kind::Sobol, rule);
    assert!(run.course.reached);
    assert!(run.finding.joint[0].cells.iter().all(|one| one.probability.std_error <= 1e-5));
}

#[test]
fn threads_make_no_difference() {
    let model = model(MIXED);
    let run = asking(&[joint(&[category(&model, "mood"), event(&model, "deal")])]);
    let asked = run.compile(&study(&model)).expect("a program");
    let with = |threads: usize| {
        let settings =
            foretell::simulation::Settings { threads, ..settings(Kind::Sobol, 1, Rule::Draws(1 << 15)) };
        asked.draw_by(&settings, &foretell::simulation::Watch::new()).expect("a run").finding.joint
    };
    assert_eq!(with(1), with(2));
    assert_eq!(with(1), with(7));
}

/// The sums hold against events, states and outcomes that are drawn.
#[test]
fn drawn_states_say_the_same() {
    let model = model(MIXED);
    let run = asking(&[joint(&[category(&model, "mood"), Aspect::outcome(&model)])]);
    let summed = run.compile(&study(&model)).expect("a program");
    let drawn = Study { states: States::Drawn, ..study(&model) };
    let drawn = run.compile(&drawn).expect("a program");
    let [summed, drawn] = [&summed, &drawn]
        .map(|asked| run_of(asked, Kind::Independent, 3, Rule::Draws(1 << 17)).finding.joint);
    for (one, other) in summed[0].cells.iter().zip(&drawn[0].cells) {
        let error = one.probability.std_error.hypot(other.probability.std_error);
        assert!((one.probability.value - other.probability.value).abs() < 5.0 * error, "{one:?} {other:?}");
        assert!(one.probability.std_error < other.probability.std_error);
    }
}

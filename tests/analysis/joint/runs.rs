//! What a run says anyway.

use super::*;

/// The margins of a table are the answers of the run itself, to the bit.
#[track_caller]
fn assert_margins(run: &RunFinding) {
    let table = &run.joint[0];
    let margin = |at: [Option<usize>; 3]| table.margin(&at).expect("a margin").probability.0;
    let states: Vec<_> = run.states().flat_map(|one| &one.states).map(|one| one.probability.0).collect();
    for (at, state) in states.iter().enumerate() {
        assert_eq!(margin([Some(at), None, None]), *state);
    }
    for (at, outcome) in run.outcomes.iter().enumerate() {
        assert_eq!(margin([None, Some(at), None]), outcome.probability.0);
    }
    assert_eq!(margin([None, None, Some(0)]), run.events[0].probability.0);
}

#[test]
fn cells_sum_to_the_answers_of_the_run() {
    for learned in [&[][..], &["x > 0.4"], &["x + y > 0.9"], &["deal"], &["outcome != b"]] {
        let model = understood(MIXED, &[], learned);
        let of = [category(&model, "mood"), Aspect::outcome(&model), event(&model, "deal")];
        for kind in [Kind::Independent, Kind::LatinHypercube, Kind::Sobol] {
            let run = found(&model, &[joint(&of)], kind, Rule::Draws(1 << 12)).finding;
            assert_sums(&run.joint[0]);
            assert_margins(&run);
        }
    }
}

/// What is asked besides changes no answer.
#[test]
fn a_run_is_the_same_with_a_table_and_without() {
    let model = model(MIXED);
    let of = [category(&model, "mood"), event(&model, "deal")];
    let [with, without] = [vec![joint(&of)], Vec::new()]
        .map(|joints| found(&model, &joints, Kind::Sobol, Rule::Draws(1 << 12)).finding);
    let mut bare = with;
    (bare.joint, bare.wanted) = (Vec::new(), Run::default());
    // Numbers that do not exist are not equal to themselves.
    assert!(format!("{bare:?}") == format!("{without:?}"));
    assert!(!found(&model, &[joint(&of)], Kind::Sobol, Rule::Draws(64)).finding.joint.is_empty());
}

/// Where nothing is asked jointly, the program is the same.
#[test]
fn a_run_without_a_table_pays_nothing() {
    let model = model(MIXED);
    let of = [category(&model, "mood"), Aspect::outcome(&model)];
    let queries = |run: &Run| run.compile(&study(&model)).expect("a program").program().queries().count();
    let (without, with) = (queries(&Run::default()), queries(&asking(&[joint(&of)])));
    // Nine cells, each with its conditional, and six margins.
    assert_eq!(with - without, 9 + 9 + 6);
}

#[test]
fn conditionals_are_what_is_learned_of_the_row() {
    let text = reference("burglar-alarm");
    let whole = model(&text);
    let run = exactly(&whole, &[event(&whole, "john"), event(&whole, "burglary")]);
    let learned = understood(&text, &[], &["john"]);
    let given = exactly(&learned, &[event(&learned, "mary"), event(&learned, "alarm")]);
    assert_exact("given john", run.joint[0].cells[0].conditional.0, given.events[0].probability.value);
    assert_exact("given john", run.joint[0].cells[0].conditional.0, 0.016283729946770);
}

#[test]
fn theories_are_told_jointly_with_what_they_say() {
    let text = "[factors.x]\nvalue = 'uniform(0, 1)'\n[outcomes.up]\n[outcomes.down]\n[theories.one]\nweight = 0.25\n[theories.two]\nweight = 0.75\n\
                [theories.one.outcomes.up]\nwhen = 'x > 0.4'\n[theories.one.outcomes.down]\nelse = true\n\
                [theories.two.outcomes.up]\nbase = 0.2\n[theories.two.outcomes.down]\nbase = 0.8\n";
    let model = model(text);
    let run = found(
        &model,
        &[joint(&[Aspect::theory(&model), Aspect::outcome(&model)])],
        Kind::Sobol,
        Rule::default(),
    );
    let table = &run.finding.joint[0];
    assert_sums(table);
    for (at, truth) in [0.25 * 0.6, 0.25 * 0.4, 0.75 * 0.2, 0.75 * 0.8].iter().enumerate() {
        let cell = &table.cells[at];
        assert!(
            (cell.probability.value - truth).abs() <= 5.0 * cell.probability.std_error + 1e-15,
            "{cell:?}"
        );
        let theory = &run.finding.theories[at / 2].outcomes[at % 2].probability;
        assert!((cell.conditional.value - theory.value).abs() < 1e-12, "{cell:?} {theory:?}");
    }
}

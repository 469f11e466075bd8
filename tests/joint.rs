//! Joint tables: against enumeration of finite models, closed forms, and what a run says anyway.

#![allow(clippy::disallowed_methods)]

mod common;

use common::finite::{random_model, settled};
use common::{Found, assert_exact, assert_near, model, reference, run_of, settings, study, understood};
use foretell::analysis::Study;
use foretell::analysis::joint::{Aspect, Joint, JointFinding};
use foretell::analysis::run::{Run, RunFinding};
use foretell::design::Kind;
use foretell::model::{CategoryId, Definition, EventId, Model, Named, OutcomeId, Term, World};
use foretell::program::States;
use foretell::simulation::{Rule, Target};

// Asking.

fn joint(of: &[Aspect]) -> Joint {
    Joint { of: of.to_vec() }
}

fn asking(joints: &[Joint]) -> Run {
    Run { joint: joints.to_vec(), ..Run::default() }
}

fn found(model: &Model, joints: &[Joint], kind: Kind, rule: Rule) -> Found {
    let run = asking(joints);
    run_of(&run.compile(&study(model)).expect("a program"), kind, 1, rule)
}

fn exactly(model: &Model, of: &[Aspect]) -> RunFinding {
    found(model, &[joint(of)], Kind::Sobol, Rule::default()).finding
}

fn event(model: &Model, name: &str) -> Aspect {
    let at = model.events.iter().position(|one| one.named.id == name).expect("an event");
    Aspect::event(model, EventId(at))
}

fn category(model: &Model, name: &str) -> Aspect {
    let at = model.categories.iter().position(|one| one.named.id == name).expect("a factor with states");
    Aspect::category(model, CategoryId(at))
}

/// Everything in a model that has states.
fn aspects(model: &Model) -> Vec<Aspect> {
    let events = (0..model.events.len()).map(|at| Aspect::event(model, EventId(at)));
    let categories = (0..model.categories.len()).map(|at| Aspect::category(model, CategoryId(at)));
    let outcomes = (0..model.outcomes.len()).map(|at| Aspect::one_outcome(model, OutcomeId(at))).take(1);
    events.chain(categories).chain([Aspect::outcome(model)]).chain(outcomes).collect()
}

// An oracle: every combination of states, by the model's own definition.

/// The probability of each cell given what was learned, in the order of the finding.
fn enumerated(model: &Model, joint: &Joint, cells: &[Vec<usize>]) -> Vec<f64> {
    let counts: Vec<usize> = model.categories.iter().map(|one| one.states.len()).collect();
    let (mut states, mut total, mut sums) = (vec![0; counts.len()], 0.0, vec![0.0; cells.len()]);
    loop {
        for bits in 0..1usize << model.events.len() {
            let happens: Vec<bool> = (0..model.events.len()).map(|at| bits >> at & 1 == 1).collect();
            let definition =
                Definition::new(model, &[], World { happens: &happens, states: &states, theory: 0 });
            for k in (0..model.outcomes.len().max(1)).map(OutcomeId) {
                let holds = |term: &Term| definition.value(&settled(term, k)) == 1.0;
                let share = if model.outcomes.is_empty() { 1.0 } else { definition.outcome(k) };
                let weight = definition.chance() * share;
                if weight == 0.0 || !model.given.iter().all(holds) {
                    continue;
                }
                total += weight;
                for (sum, at) in sums.iter_mut().zip(cells) {
                    let is_so = joint.of.iter().zip(at).all(|(aspect, at)| holds(&aspect.states[*at].is_so));
                    *sum += if is_so { weight } else { 0.0 };
                }
            }
        }
        let Some(at) = (0..counts.len()).find(|at| states[*at] + 1 < counts[*at]) else { break };
        states[at] += 1;
        states[..at].fill(0);
    }
    sums.iter().map(|sum| sum / total).collect()
}

/// What sums over the states of those things that have none.
fn summed(found: &JointFinding, truth: &[f64], at: &[Option<usize>]) -> f64 {
    let is_in = |own: &[usize]| at.iter().zip(own).all(|(at, own)| at.is_none_or(|at| at == *own));
    found.cells.iter().zip(truth).filter(|(cell, _)| is_in(&cell.at)).map(|(_, one)| one).sum()
}

/// Holds every number of a table of a finite model against the probabilities of its cells.
#[track_caller]
fn assert_table(what: &str, found: &JointFinding, truth: &[f64]) {
    for margin in &found.margins {
        assert_exact(what, margin.probability.0, summed(found, truth, &margin.at));
    }
    for (cell, truth_of_cell) in found.cells.iter().zip(truth) {
        assert_exact(what, cell.probability.0, *truth_of_cell);
        let one = |own: usize| -> Vec<Option<usize>> {
            cell.at.iter().enumerate().map(|(at, state)| (at == own).then_some(*state)).collect()
        };
        let product: f64 = (0..cell.at.len()).map(|at| summed(found, truth, &one(at))).product();
        assert_exact(what, cell.beyond_independence.0, truth_of_cell - product);
        let others: Vec<Option<usize>> =
            cell.at.iter().enumerate().map(|(at, state)| (at != 1).then_some(*state)).collect();
        let row = summed(found, truth, &others);
        match row > 0.0 {
            true => assert!((cell.conditional.value - truth_of_cell / row).abs() < 1e-12, "{what}"),
            false => assert!(cell.conditional.value.is_nan(), "{what}: {:?}", cell.conditional),
        }
    }
}

fn cells(found: &JointFinding) -> Vec<Vec<usize>> {
    found.cells.iter().map(|one| one.at.clone()).collect()
}

// Finite models.

/// P(burglary, earthquake, alarm, john, mary) by the chain rule, with the numbers of Russell & Norvig (1995).
fn alarm([burglary, earthquake, alarm, john, mary]: [bool; 5]) -> f64 {
    let p = |happens: bool, p: f64| if happens { p } else { 1.0 - p };
    let rings = match (burglary, earthquake) {
        (true, true) => 0.95,
        (true, false) => 0.94,
        (false, true) => 0.29,
        (false, false) => 0.001,
    };
    let calls = |who: bool, rare: f64, often: f64| p(who, if alarm { often } else { rare });
    p(burglary, 0.001)
        * p(earthquake, 0.002)
        * p(alarm, rings)
        * calls(john, 0.05, 0.9)
        * calls(mary, 0.01, 0.7)
}

const NAMES: [&str; 5] = ["burglary", "earthquake", "alarm", "john", "mary"];

/// The cells of some of the five, given that some hold.
fn alarms(of: &[usize], given: &[usize], cells: &[Vec<usize>]) -> Vec<f64> {
    let worlds = (0..32usize).map(|bits| [0, 1, 2, 3, 4].map(|at| bits >> at & 1 == 1));
    let worlds: Vec<[bool; 5]> = worlds.filter(|world| given.iter().all(|at| world[*at])).collect();
    let total: f64 = worlds.iter().map(|world| alarm(*world)).sum();
    let cell = |states: &Vec<usize>| {
        let is_in = |world: &&[bool; 5]| of.iter().zip(states).all(|(at, state)| world[*at] == (*state == 0));
        worlds.iter().filter(is_in).map(|world| alarm(*world)).sum::<f64>() / total
    };
    cells.iter().map(cell).collect()
}

#[test]
fn the_burglar_alarm_is_as_the_chain_rule_has_it() {
    for given in [&[][..], &[3], &[3, 4], &[2]] {
        let learned: Vec<&str> = given.iter().map(|at| NAMES[*at]).collect();
        let model = understood(&reference("burglar-alarm"), &[], &learned);
        for of in [&[0, 1][..], &[3, 4], &[2, 3], &[0, 3, 1], &[3, 4, 2]] {
            let all: Vec<Aspect> = of.iter().map(|at| event(&model, NAMES[*at])).collect();
            let run = exactly(&model, &all);
            let table = &run.joint[0];
            let truth = alarms(of, given, &cells(table));
            assert_table(&format!("{of:?} given {given:?}"), table, &truth);
        }
    }
}

/// A control: another alarm is told from this one.
#[test]
fn another_alarm_has_another_table() {
    let text = reference("burglar-alarm").replace("probability = 0.29", "probability = 0.30");
    let model = model(&text);
    let run = exactly(&model, &[event(&model, "earthquake"), event(&model, "john")]);
    let table = &run.joint[0];
    let truth = alarms(&[1, 3], &[], &cells(table));
    let apart = table.cells.iter().zip(&truth).map(|(cell, truth)| (cell.probability.value - truth).abs());
    assert!(apart.fold(0.0, f64::max) > 1e-6);
}

#[test]
fn random_finite_models_are_as_enumerated() {
    let mut tables = 0;
    for seed in 0..40 {
        let (text, _) = random_model(seed);
        let model = model(&text);
        let all = aspects(&model);
        let pairs = (0..all.len() - 1).map(|at| vec![all[at].clone(), all[at + 1].clone()]);
        let triples = (0..all.len() - 2).map(|at| [at + 2, at, at + 1].map(|at| all[at].clone()).to_vec());
        let joints: Vec<Joint> = pairs.chain(triples).map(|of| Joint { of }).collect();
        let run = found(&model, &joints, Kind::Sobol, Rule::default());
        assert!(run.course.exact, "{seed}");
        for (joint, table) in joints.iter().zip(&run.finding.joint) {
            assert_table(&format!("model {seed}"), table, &enumerated(&model, joint, &cells(table)));
            tables += 1;
        }
    }
    assert!(tables > 200);
}

#[test]
fn evidence_conditions_every_cell() {
    let text = "[factors.mood]\nstates = [\"calm\", \"tense\"]\nprobabilities = { calm = 0.6, tense = 0.4 }\n\
                [events.deal]\nprobability = 'if mood == calm then 0.7 else 0.2'\n\
                [outcomes.yes]\nwhen = 'deal'\n[outcomes.no]\nelse = true\n\
                [[evidence]]\ndate = 2024-01-01\nid = \"ships\"\nlikelihood = { yes = 0.8, no = 0.2 }\n";
    let mut model = model(text);
    model.evidence[0].active = true;
    let run = exactly(&model, &[category(&model, "mood"), event(&model, "deal")]);
    // Each cell times its likelihood, over their sum.
    let raw = [0.6 * 0.7 * 0.8, 0.6 * 0.3 * 0.2, 0.4 * 0.2 * 0.8, 0.4 * 0.8 * 0.2];
    let sum: f64 = raw.iter().sum();
    assert_table("evidence", &run.joint[0], &raw.map(|one| one / sum));
    // A control: without it the cells are others.
    model.evidence[0].active = false;
    let before = exactly(&model, &[category(&model, "mood"), event(&model, "deal")]);
    assert_exact("before", before.joint[0].cells[0].probability.0, 0.42);
}

#[test]
fn what_is_certain_and_what_can_not_be_is_said_so() {
    let text = "[events.rain]\nprobability = 0.3\n[events.wet]\nprobability = 'if rain then 1 else 0'\n\
                [events.never]\nprobability = 0\n";
    let model = model(text);
    let run = exactly(&model, &[event(&model, "rain"), event(&model, "wet")]);
    let [both, dry, odd, none] = [0, 1, 2, 3].map(|at| &run.joint[0].cells[at]);
    assert_eq!([both, dry, odd, none].map(|one| one.probability.value), [0.3, 0.0, 0.0, 0.7]);
    assert_eq!([both, dry, odd, none].map(|one| one.conditional.value), [1.0, 0.0, 0.0, 1.0]);
    assert!((both.beyond_independence.value - 0.21).abs() < 1e-15);
    let run = exactly(&model, &[event(&model, "never"), event(&model, "wet")]);
    let never = &run.joint[0].cells[0];
    assert!(never.probability.exact && never.probability.value == 0.0 && never.conditional.value.is_nan());
    assert_eq!(never.beyond_independence.value, 0.0);
}

// What a run says anyway.

const MIXED: &str = "[factors.x]\nvalue = 'beta(2, 3)'\n[factors.y]\nvalue = 'uniform(0, 1)'\n\
                     [factors.mood]\nstates = [\"calm\", \"tense\", \"hostile\"]\n\
                     probabilities = { calm = 'x', tense = '(1 - x) * y' }\n\
                     [events.deal]\nprobability = 'if mood == calm then 0.3 + 0.6 * y else 0.5 * y'\n\
                     [outcomes.a]\nweights = { x = 2, deal = 1.5 }\n[outcomes.b]\nweights = { y = 1 }\n[outcomes.c]\n";

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

/// All cells sum to 1, and those of a margin to it.
#[track_caller]
fn assert_sums(table: &JointFinding) {
    let values: Vec<f64> = table.cells.iter().map(|one| one.probability.value).collect();
    assert!((values.iter().sum::<f64>() - 1.0).abs() < 1e-12);
    for margin in &table.margins {
        assert!((summed(table, &values, &margin.at) - margin.probability.value).abs() < 1e-12);
    }
    let rest: f64 = table.cells.iter().map(|one| one.beyond_independence.value).sum();
    assert!(rest.abs() < 1e-12, "{rest}");
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
    let bare = RunFinding { joint: Vec::new(), wanted: Run::default(), ..with };
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

// Closed forms.

/// Two events that share an unknown: P(a) = P(b) = 1/2, P(a b) = E x² = 1/3.
const SHARED: &str =
    "[factors.x]\nvalue = 'uniform(0, 1)'\n[events.a]\nprobability = 'x'\n[events.b]\nprobability = 'x'\n";

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

// Draws.

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

//! What a model means: columns compute what the definitions say, a draw that gives no number is left out and told, and
//! claims are judged by what is true of the model.

#![allow(clippy::disallowed_methods)]

mod common;

use common::{asked, assert_near, columns::Columns, model, model_with, number, run, run_of, settings};
use foretell::analysis::claims::{Agreement, CheckFinding};
use foretell::analysis::derived::DerivedFinding;
use foretell::design::{Design, Kind, Place};
use foretell::diagnostic::SourceFile;
use foretell::model::{
    Definition, DerivedId, EventId, FactorId, Model, OutcomeId, Quantity, Variable, World,
};
use foretell::program::{Arena, BATCH, Output, Program};
use foretell::scenario;
use foretell::simulation::{Plan, Rule};
use proptest::prelude::*;
use proptest::sample::select;

// Columns against definitions.

/// What a random expression is made of.
#[derive(Clone, Copy)]
struct Words {
    /// Names of numbers.
    names: &'static [&'static str],
    /// Names of truths.
    events: &'static [&'static str],
    /// Whether operations stand that often give no number.
    wild: bool,
}

impl Words {
    const fn wild(names: &'static [&'static str]) -> Words {
        Words { names, events: &[], wild: true }
    }

    const fn tame(names: &'static [&'static str], events: &'static [&'static str]) -> Words {
        Words { names, events, wild: false }
    }
}

const WILD: [&str; 16] = [
    "(@ / @)",
    "(@ ^ @)",
    "pow(@, @)",
    "sqrt(@)",
    "exp(@)",
    "ln(@)",
    "log10(@)",
    "logit(@)",
    "geomean(@, @)",
    "geomean(@, @, @)",
    "by_date(@)",
    "(@ + @)",
    "(@ * @)",
    "max(@, @)",
    "clamp(@, -2, 1.5)",
    "logistic(@)",
];

const TAME: [&str; 20] = [
    "(@ + @)",
    "(@ - @)",
    "(@ * @)",
    "-@",
    "abs(@)",
    "floor(@)",
    "ceil(@)",
    "round(@)",
    "logistic(@)",
    "min(@, @)",
    "max(@, @, @)",
    "mean(@, @, @)",
    "clamp(@, -2, 1.5)",
    "(@ / (1 + abs(@)))",
    "sqrt(abs(@))",
    "ln(1 + abs(@))",
    "exp(min(@, 2))",
    "geomean(abs(@), 2)",
    "by_date(abs(@))",
    "(logistic(@) ^ 1.5)",
];

/// `form` with its holes filled, one after the other.
fn fill(form: &str, parts: &[String]) -> String {
    parts.iter().fold(form.to_string(), |text, part| text.replacen('@', &format!("({part})"), 1))
}

fn numbers(depth: u32, words: Words) -> BoxedStrategy<String> {
    let constant = select(vec!["0", "1", "2", "0.5", "3.7", "-1", "25%", "1e-3"]).prop_map(String::from);
    let leaf = prop_oneof![3 => select(words.names).prop_map(String::from), 1 => constant];
    if depth == 0 {
        return leaf.boxed();
    }
    let (n, t) = (numbers(depth - 1, words), truths(depth - 1, words));
    let forms = if words.wild { WILD.to_vec() } else { TAME.to_vec() };
    let parts = prop::collection::vec(n.clone(), 3);
    prop_oneof![
        1 => leaf,
        5 => (select(forms), parts).prop_map(|(form, parts)| fill(form, &parts)),
        1 => (t, n.clone(), n).prop_map(|(c, a, b)| format!("(if {c} then {a} else {b})")),
    ]
    .boxed()
}

fn truths(depth: u32, words: Words) -> BoxedStrategy<String> {
    let n = numbers(0, words);
    let comparison = select(vec!["<", "<=", ">", ">=", "==", "!="]);
    let compared = (n.clone(), comparison, n).prop_map(|(a, o, b)| format!("({a} {o} {b})")).boxed();
    let leaf = match words.events {
        [] => compared,
        events => prop_oneof![compared, select(events).prop_map(String::from)].boxed(),
    };
    if depth == 0 {
        return leaf;
    }
    let t = truths(depth - 1, words);
    prop_oneof![
        leaf,
        (t.clone(), select(vec!["and", "or", "==", "!="]), t.clone())
            .prop_map(|(a, o, b)| format!("({a} {o} {b})")),
        t.clone().prop_map(|a| format!("(not {a})")),
        (t.clone(), t.clone(), t).prop_map(|(a, b, c)| format!("(if {a} then {b} else {c})")),
    ]
    .boxed()
}

const FACTORS: &[&str] = &["f0", "f1", "f2", "f3"];
const FIRST: &[&str] = &["f0", "f1", "f2", "f3", "d0"];
const ALL: &[&str] = &["f0", "f1", "f2", "f3", "d0", "d1"];
const EVENTS: &[&str] = &["e0", "e1", "e2"];

const HEAD: &str = "
    [scenario]
    as_of = 2023-01-01
    by = 2024-07-01
    [factors]
    f0 = { value = 'normal(0.2, 1.5)' }
    f1 = { value = 'uniform(0, 1)' }
    f2 = { value = 'triangular(-1, 0, 2) - uniform(0, 2)' }
";

/// The outcomes by scores, by weights or by rules.
fn outcomes(words: Words) -> BoxedStrategy<String> {
    let scored = prop::collection::vec(numbers(3, words), 3).prop_map(|scores| {
        let one = |(at, score)| format!("[outcomes.o{at}]\nscore = '{score}'\n");
        scores.into_iter().enumerate().map(one).collect::<String>()
    });
    let weighted =
        (numbers(1, Words { names: FACTORS, ..words }), numbers(2, Words { names: FACTORS, ..words }));
    let weighted = weighted.prop_map(|(a, b)| {
        format!("[outcomes.o0]\nweights = {{ d0 = '{a}', f1 = 2 }}\n[outcomes.o1]\nweights = {{ d1 = '{b}' }}\n[outcomes.o2]\n")
    });
    let ruled = (truths(2, words), truths(2, words), any::<bool>()).prop_map(|(a, b, exclusive)| {
        let b = if exclusive { format!("not {a} and {b}") } else { b };
        format!("[outcomes.o0]\nwhen = '{a}'\n[outcomes.o1]\nwhen = '{b}'\n[outcomes.o2]\nelse = true\n")
    });
    prop_oneof![scored, weighted, ruled].boxed()
}

/// A whole file without events.
fn files() -> impl Strategy<Value = String> {
    any::<bool>().prop_flat_map(|wild| {
        let words = |names| Words { wild, ..Words::wild(names) };
        let (d0, d1) = (numbers(4, words(FACTORS)), numbers(4, words(FIRST)));
        let parts = (numbers(1, words(&["f0", "f1", "f2"])), d0, d1, outcomes(words(ALL)));
        parts.prop_map(|(sd, d0, d1, outcomes)| {
            format!(
                "{HEAD}    f3 = {{ value = 'normal(f1, {sd})' }}
[derived]
d0 = {{ value = '{d0}' }}
d1 = {{ value = '{d1}' }}
{outcomes}"
            )
        })
    })
}

/// A whole file with three events.
fn files_with_events() -> impl Strategy<Value = String> {
    let parts = (
        numbers(2, Words::tame(FACTORS, &["e0"])),
        numbers(2, Words::tame(&["f0", "f1", "f2", "f3", "d0"], &["e0", "e1"])),
        numbers(2, Words::tame(FACTORS, &["e0", "e1"])),
        numbers(2, Words::tame(FIRST, EVENTS)),
        outcomes(Words::tame(ALL, EVENTS)),
    );
    parts.prop_map(|(p1, p2, d0, d1, outcomes)| {
        format!(
            "{HEAD}    f3 = {{ value = 'normal(if e0 then 2 else f1, 1)' }}
[events]
e0 = {{ probability = 'f1' }}
e1 = {{ probability = 'logistic({p1})' }}
e2 = {{ probability = 'if e0 then logistic({p2}) else 0.25' }}
[derived]
d0 = {{ value = '{d0}' }}
d1 = {{ value = '{d1}' }}
{outcomes}"
        )
    })
}

/// The model of a text, if it is sound: an expression drawn at random may be refused.
fn sound(text: &str) -> Option<Model> {
    let (document, mut found) = scenario::parse(&SourceFile::new("random.toml", text));
    let (model, more) = foretell::build::build(&document, &Default::default(), &[]);
    found.extend(more);
    model.filter(|_| !found.has_errors())
}

/// Uniforms of `count` draws for each dimension.
fn uniforms(model: &Model, count: usize) -> Vec<Vec<f64>> {
    let design = Design { kind: Kind::Independent, seed: 77, points_per_replicate: count as u64 };
    let column = |dimension: usize| {
        let name = dimension.to_string();
        let mut column = vec![0.0; count];
        design
            .column(Place { replicate: 0, copy: 0, dimension: dimension as u32, name: &name })
            .fill(0, &mut column);
        column
    };
    (0..model.dimensions).map(column).collect()
}

/// Every output over all draws, computed in batches of `length`.
fn columns(program: &Program, uniforms: &[Vec<f64>], count: usize, length: usize) -> Vec<Vec<f64>> {
    let mut arena = Arena::new(program);
    let mut found = vec![Vec::new(); program.output_count()];
    for start in (0..count).step_by(length) {
        let length = length.min(count - start);
        program.evaluate(&mut arena, length, |input, out| {
            out.copy_from_slice(&uniforms[program.inputs()[input].dimension][start..start + length]);
        });
        for (at, column) in found.iter_mut().enumerate() {
            column.extend_from_slice(program.output(&arena, Output(at)));
        }
    }
    found
}

/// The same bits, or no number both.
fn same(a: f64, b: f64) -> bool {
    a.to_bits() == b.to_bits() || (a.is_nan() && b.is_nan())
}

fn draw(uniforms: &[Vec<f64>], at: usize) -> Vec<f64> {
    uniforms.iter().map(|column| column[at]).collect()
}

/// The program's own way from a uniform to a draw: tables are within their bound of the exact quantiles, and bit for bit
/// is a matter of the arithmetic.
fn tables(program: &Program) -> impl Fn(&Quantity, &[f64], f64) -> f64 + '_ {
    |quantity, parameters, u| {
        program.draw(&quantity.key, parameters, u).unwrap_or_else(|| quantity.shape.quantile(parameters, u))
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn columns_are_the_definition_bit_for_bit(text in files()) {
        let Some(model) = sound(&text) else { return Err(TestCaseError::reject("not sound")) };
        let Columns { program, outcomes, derived, factors, .. } = Columns::of(&model);
        let uniforms = uniforms(&model, BATCH);
        let whole = columns(&program, &uniforms, BATCH, BATCH);
        for length in [1, 7, 511] {
            for (one, other) in whole.iter().flatten().zip(columns(&program, &uniforms, BATCH, length).iter().flatten()) {
                prop_assert!(same(*one, *other), "batches of {length}: {one} and {other}");
            }
        }
        for at in (0..BATCH).step_by(8) {
            let dimensions = draw(&uniforms, at);
            let inputs: Vec<f64> = program.inputs().iter().map(|input| dimensions[input.dimension]).collect();
            for (output, value) in program.evaluate_one(&inputs).into_iter().enumerate() {
                prop_assert!(same(value, whole[output][at]), "output {output}: {value} and {}", whole[output][at]);
            }
            let quantile = tables(&program);
            let definition = Definition::with(&model, &dimensions, World::default(), &quantile);
            for (k, output) in outcomes.iter().enumerate() {
                let (defined, found) = (definition.outcome(OutcomeId(k)), whole[output.0][at]);
                prop_assert!(same(defined, found), "outcome {k}: {defined} and {found}");
            }
            for (k, spread) in derived.iter().enumerate() {
                let defined = definition.variable(Variable::Derived(DerivedId(k)));
                prop_assert!(same(defined, whole[spread.states[0].0.0][at]), "derived {k}");
            }
            for (k, spread) in factors.iter().enumerate() {
                let defined = definition.variable(Variable::Factor(FactorId(k)));
                prop_assert!(same(defined, whole[spread.states[0].0.0][at]), "factor {k}");
            }
        }
    }

    #[test]
    fn events_are_integrated_as_the_definition_says(text in files_with_events()) {
        let Some(model) = sound(&text) else { return Err(TestCaseError::reject("not sound")) };
        let asked = Columns::of(&model);
        let program = &asked.program;
        let uniforms = uniforms(&model, 64);
        let found = columns(program, &uniforms, 64, 64);
        for at in 0..64 {
            let dimensions = draw(&uniforms, at);
            // Sums over the eight states of [value, its weight's size].
            let mut outcomes = [[0.0; 2]; 3];
            let mut events = [[0.0; 2]; 3];
            let mut derived = [[0.0; 2]; 2];
            let mut products = [[[0.0; 2]; 3]; 2];
            for state in 0..8 {
                let happens = [0, 1, 2].map(|bit| state >> bit & 1 == 1);
                let quantile = tables(program);
                let definition = Definition::with(&model, &dimensions, World { happens: &happens, ..World::default() }, &quantile);
                let chance = definition.chance();
                let add = |sum: &mut [f64; 2], value: f64| *sum = [sum[0] + chance * value, sum[1] + (chance * value).abs()];
                for k in 0..3 {
                    add(&mut outcomes[k], definition.outcome(OutcomeId(k)));
                    add(&mut events[k], definition.variable(Variable::Event(EventId(k))));
                }
                for j in 0..2 {
                    let value = definition.variable(Variable::Derived(DerivedId(j)));
                    add(&mut derived[j], value);
                    (0..3).for_each(|k| add(&mut products[j][k], value * definition.outcome(OutcomeId(k))));
                }
            }
            let near = |[defined, size]: [f64; 2], found: f64| !defined.is_finite() || (found - defined).abs() <= 1e-12 * (1.0 + size);
            for k in 0..3 {
                prop_assert!(near(outcomes[k], found[asked.outcomes[k].0][at]), "outcome {k}");
                prop_assert!(near(events[k], found[asked.events[k].0][at]), "event {k}");
            }
            for j in 0..2 {
                let spread = &asked.derived[j];
                let mean = spread.states.iter().map(|(value, weight)| found[value.0][at] * weight.map_or(1.0, |weight| found[weight.0][at])).sum();
                prop_assert!(near(derived[j], mean), "derived {j}: {} and {mean}", derived[j][0]);
                for k in 0..3 {
                    prop_assert!(near(products[j][k], found[asked.by_outcome[j][k].0][at]), "derived {j} by outcome {k}");
                }
            }
        }
    }
}

// Void draws.

const DRAWS: u64 = 1 << 14;

/// Runs `text`, whose first factor is `x ~ uniform(low, high)`, and counts the draws whose x is void.
#[track_caller]
fn assert_void(text: &str, (low, high): (f64, f64), place: &str, is_void: impl Fn(f64) -> bool) {
    let model = model(text);
    let asked = asked(&model);
    for kind in Kind::ALL {
        let plan = Plan::new(kind, 6, DRAWS, 8, 1);
        let mut void = Vec::new();
        for replicate in 0..plan.replicates {
            let column =
                plan.design().column(Place { replicate, copy: 0, dimension: 0, name: "factors.x.value" });
            let values = (0..plan.draws_per_replicate).map(|at| low + (high - low) * column.at(at));
            void.extend(values.filter(|x| is_void(*x)));
        }
        let found = run_of(&asked, kind, 6, Rule::Draws(DRAWS)).course.void();
        assert!(!void.is_empty());
        assert_eq!(found.draws, void.len() as u64, "{kind:?}");
        let span = found.place.expect("a place");
        assert_eq!(&text[span.range()], place, "{kind:?}");
        assert_eq!(found.example[0].0, "x");
        assert!(
            (found.example[0].1 - void[0]).abs() < 1e-12,
            "{kind:?}: {:?} for {}",
            found.example,
            void[0]
        );
    }
}

fn with_x(low: f64, high: f64, rest: &str) -> String {
    format!("[factors]\nx = {{ value = 'uniform({low}, {high})' }}\n{rest}")
}

const EVEN: &str = "\n[outcomes.a]\nscore = 'd'\n[outcomes.b]\nscore = 0\n";

#[test]
fn operations_that_give_no_number_are_counted_at_their_place() {
    let derived =
        |formula: &str| with_x(-1.0, 3.0, &format!("[derived]\nd = {{ value = '{formula}' }}{EVEN}"));
    assert_void(&derived("2 + sqrt(x)"), (-1.0, 3.0), "sqrt(x)", |x| x < 0.0);
    assert_void(&derived("ln(x) * 2"), (-1.0, 3.0), "ln(x)", |x| x < 0.0);
    assert_void(&derived("1 - 4 / floor(x)"), (-1.0, 3.0), "4 / floor(x)", |x| (0.0..1.0).contains(&x));
    assert_void(&derived("logit(x / 2)"), (-1.0, 3.0), "logit(x / 2)", |x| !(0.0..=2.0).contains(&x));
    assert_void(&derived("x ^ 0.5 + 1"), (-1.0, 3.0), "x ^ 0.5", |x| x < 0.0);
    assert_void(&derived("if sqrt(x) > 1 then 1 else 2"), (-1.0, 3.0), "sqrt(x)", |x| x < 0.0);
}

#[test]
fn what_is_no_number_is_blamed_before_what_is_infinite() {
    // The score −∞ of an outcome that can't happen is sound; the other score is not.
    let scores = "[outcomes.a]\nscore = 'ln(x - x)'\n[outcomes.b]\nscore = 'sqrt(x)'\n";
    assert_void(&with_x(-1.0, 3.0, scores), (-1.0, 3.0), "sqrt(x)", |x| x < 0.0);
}

#[test]
fn impossible_parameters_are_counted_at_their_place() {
    let text = with_x(
        -1.0,
        3.0,
        "y = { value = '1 + normal(0, x)' }\n[outcomes.a]\nweights = { y = 1 }\n[outcomes.b]\n",
    );
    assert_void(&text, (-1.0, 3.0), "normal(0, x)", |x| x <= 0.0);
    let text = with_x(
        0.0,
        1.0,
        "y = { value = 'uniform(0.25, x)' }\n[outcomes.a]\nweights = { y = 1 }\n[outcomes.b]\n",
    );
    assert_void(&text, (0.0, 1.0), "uniform(0.25, x)", |x| x <= 0.25);
}

#[test]
fn values_beyond_their_range_are_counted_at_their_place() {
    let text = with_x(
        0.0,
        1.0,
        "y = { range = [0, 0.75], value = 'x * x' }\n[outcomes.a]\nweights = { y = 1 }\n[outcomes.b]\n",
    );
    assert_void(&text, (0.0, 1.0), "x * x", |x| x * x > 0.75);
    let text = with_x(
        -1.0,
        3.0,
        "[events]\ne = { probability = 'x / 2' }\n[outcomes.a]\nwhen = 'e'\n[outcomes.b]\nelse = true\n",
    );
    assert_void(&text, (-1.0, 3.0), "x / 2", |x| !(0.0..=2.0).contains(&x));
}

#[test]
fn gaps_and_overlaps_of_rules_are_counted() {
    let rules = |a: &str, b: &str| {
        with_x(0.0, 1.0, &format!("[outcomes.a]\nwhen = '{a}'\n[outcomes.b]\nwhen = '{b}'\n"))
    };
    // Rare, and of a square, so that only draws show it.
    let inside = |x: f64| x * x >= 0.36 && x * x <= 0.3612;
    assert_void(&rules("x * x < 0.36", "x * x > 0.3612"), (0.0, 1.0), "a", inside);
    assert_void(&rules("x * x <= 0.3612", "x * x >= 0.36"), (0.0, 1.0), "a", inside);
}

#[test]
fn a_branch_not_taken_makes_nothing_void() {
    let text = with_x(-1.0, 3.0, &format!("[derived]\nd = {{ value = 'if x > 0 then ln(x) else 1' }}{EVEN}"));
    for kind in Kind::ALL {
        assert_eq!(run(&model(&text), kind, 6, Rule::Draws(DRAWS)).course.void().draws, 0);
    }
}

#[test]
fn sound_draws_are_those_that_the_condition_leaves() {
    // x is uniform(0, 3) among the sound draws: E[√x] = 2√3/3, and 1/4 of all draws are void.
    let text = with_x(
        -1.0,
        3.0,
        "[derived]\nd = { value = 'sqrt(x)' }\n[outcomes.a]\nwhen = 'd > 1'\n[outcomes.b]\nelse = true\n",
    );
    for kind in Kind::ALL {
        let found = run(&model(&text), kind, 2, Rule::Draws(DRAWS));
        assert_near("mean", *found.finding.derived[0].mean, 2.0 / 3f64.sqrt(), 0.005);
        assert_near("a", *found.finding.outcomes[0].probability, 2.0 / 3.0, 0.005);
        let z = (found.course.void().draws as f64 / DRAWS as f64 - 0.25) / (0.1875 / DRAWS as f64).sqrt();
        assert!(z.abs() < 5.0);
    }
}

#[test]
fn a_model_void_in_every_draw_claims_nothing() {
    let text = with_x(0.0, 1.0, &format!("[derived]\nd = {{ value = 'ln(-1 - x)' }}{EVEN}"));
    for kind in Kind::ALL {
        for rule in [
            Rule::Draws(2048),
            Rule::Until { target: foretell::simulation::Target::HalfWidth(0.01), most: 1 << 15 },
        ] {
            let model = model(&text);
            let found = run(&model, kind, 2, rule);
            assert_eq!(found.course.void().draws, found.course.plan.draws());
            let found = found.finding;
            assert!(
                found.outcomes.iter().all(|one| !one.probability.exact && !one.probability.value.is_finite())
            );
        }
    }
}

// Claims.

fn verdicts(text: &str, kind: Kind, seed: u64, claims: &[&str]) -> CheckFinding {
    let text =
        claims.iter().fold(text.to_string(), |text, one| format!("{text}\n[[claims]]\nexpect = '{one}'\n"));
    common::verdicts(&model(&text), settings(kind, seed, Rule::Draws(1 << 14)))
}

fn answers(text: &str, kind: Kind, seed: u64, claims: &[&str]) -> Vec<Agreement> {
    verdicts(text, kind, seed, claims).claims.into_iter().map(|one| one.agreement).collect()
}

use Agreement::{Agrees, CannotTell, Disagrees};

/// P(a) = 0.55, P(b) = 0.3, P(c) = 0.15, exactly.
const EXACT: &str = "
    [outcomes.a]
    base = 0.55
    [outcomes.b]
    base = 0.3
    [outcomes.c]
    base = 0.15
";

#[track_caller]
fn assert_answers(text: &str, expected: &[(&str, Agreement)]) {
    for kind in Kind::ALL {
        for (claim, answer) in expected {
            assert_eq!(answers(text, kind, 1, &[claim]), [*answer], "{claim} under {kind:?}");
        }
    }
}

#[test]
fn exact_claims_are_told_even_at_the_bound() {
    assert_answers(
        EXACT,
        &[
            ("P(a) == 0.55", Agrees),
            ("P(a) > 0.55", Disagrees),
            ("P(a) >= 55%", Agrees),
            ("P(a) != 0.55", Disagrees),
            ("P(b) == 2 * P(c)", Agrees),
            ("P(a) - P(b) < 0.2", Disagrees),
            ("P(a or b) == 0.85", Agrees),
            ("P(a | not c) < 0.64", Disagrees),
            ("P(outcome == a) > P(outcome != a)", Agrees),
            ("rank: a > b > c", Agrees),
            ("rank: a > c > b", Disagrees),
            // ICD 203: likely is 55–80 %, unlikely 20–45 %, very unlikely 5–20 %.
            ("P(a) is likely", Agrees),
            ("P(b) is likely", Disagrees),
            ("P(b) is unlikely", Agrees),
            ("P(a) is at least likely", Agrees),
            ("P(b) is at least likely", Disagrees),
            ("P(a) is at most likely", Agrees),
            ("P(c) is at most unlikely", Agrees),
            ("P(c) is very unlikely", Agrees),
            ("P(a) is at most unlikely", Disagrees),
            ("not (P(a) is likely and P(b) is unlikely)", Disagrees),
            ("P(a) > 0.6 or P(b) > 0.2", Agrees),
        ],
    );
}

/// P(up) = E[x] = 1/2 over x ~ uniform(0, 1) where y does nothing and z raises what x lowers.
const SAMPLED: &str = "
    [factors]
    x = { value = 'uniform(0, 1)' }
    y = { value = 'normal(0, 1)' }
    z = { value = 'bernoulli(0.5)' }
    w = { value = 'x + normal(0, 1)' }
    [derived]
    d = { value = '2 * x' }
    [events]
    e = { probability = 'x' }
    f = { probability = 'if x * x > z then 0.7 else 0.2' }
    [outcomes.up]
    when = 'e'
    [outcomes.mid]
    when = 'not e and f'
    [outcomes.low]
    else = true
";

#[test]
fn sampled_claims_follow_the_truth() {
    // P(mid) = E[(1 − x)(0.7 or 0.2)]: 0.7 if z = 0 (as x² > 0), 0.2 if z = 1: 0.225. P(e | x > 0.5) = 0.75.
    assert_answers(
        SAMPLED,
        &[
            ("P(up) > 0.49", Agrees),
            ("P(up) > 0.51", Disagrees),
            ("P(mid) < 0.24", Agrees),
            ("P(mid) < 0.21", Disagrees),
            ("P(e | x > 0.5) > 0.74", Agrees),
            ("P(up | x > 0.5) > 0.76", Disagrees),
            ("rank: up > low > mid", Agrees),
            ("rank: mid > up", Disagrees),
        ],
    );
}

#[test]
fn what_is_at_the_bound_cannot_be_told_and_logic_has_three_values() {
    for kind in Kind::ALL {
        let bound = "P(up) > 0.5";
        let told = [
            (bound.to_string(), CannotTell),
            (format!("not {bound}"), CannotTell),
            (format!("{bound} and P(up) > 0.4"), CannotTell),
            (format!("{bound} and P(up) > 0.6"), Disagrees),
            (format!("{bound} or P(up) > 0.4"), Agrees),
            (format!("{bound} or P(up) > 0.6"), CannotTell),
            (format!("not ({bound} or P(up) > 0.4)"), Disagrees),
        ];
        for (claim, answer) in told {
            assert_eq!(answers(SAMPLED, kind, 1, &[&claim]), [answer], "{claim} under {kind:?}");
        }
    }
}

#[test]
fn causes_move_outcomes_as_interventions_do() {
    assert_answers(
        SAMPLED,
        &[
            ("raises: x -> up", Agrees),
            ("lowers: x -> up", Disagrees),
            ("raises: e -> up", Agrees),
            ("lowers: e -> low", Agrees),
            ("raises: f -> mid", Agrees),
            ("lowers: z -> mid", Agrees),
            // What does nothing neither raises nor lowers, and what follows from a cause is not a cause.
            ("raises: y -> up", Disagrees),
            ("lowers: y -> up", Disagrees),
            ("raises: d -> up", Disagrees),
            ("raises: w -> up", Disagrees),
            ("raises: f -> up", Disagrees),
        ],
    );
}

#[test]
fn a_cause_that_turns_round_is_neither() {
    // P(up) is 1 − (2x − 1)²: it rises and falls again.
    let text = "[factors]
        x = { value = 'uniform(0, 1)' }
        y = { value = 'normal(0, 1)' }
        [events]
        e = { probability = '1 - (2 * x - 1)^2' }
        [outcomes.up]
        when = 'e and y > -1'
        [outcomes.down]
        else = true";
    assert_answers(text, &[("raises: x -> up", Disagrees), ("lowers: x -> up", Disagrees)]);
}

#[test]
fn claims_that_cannot_hold_together_are_named_and_no_others() {
    let conflicts = |claims: &[&str]| {
        let mut found = verdicts(EXACT, Kind::Sobol, 1, claims).conflicts;
        found.sort();
        found
    };
    assert_eq!(conflicts(&["P(c) > 0.1", "P(a) > 0.5", "P(b) > 0.5"]), [[1, 2]]);
    assert_eq!(conflicts(&["P(b) < 0.2", "P(c) > 0.5", "P(b) > 0.3", "P(a) > 0.6"]), [[0, 2], [1, 3]]);
    assert_eq!(conflicts(&["P(a) > 0.4", "P(c) >= 0", "P(b) > 0.4", "P(c) > 0.2"]), [[0, 2, 3]]);
    assert_eq!(conflicts(&["P(a) is likely", "P(b) is likely"]), [[0, 1]]);
    assert_eq!(conflicts(&["rank: a > b", "rank: b > c", "rank: c > a"]), [[0, 1, 2]]);
    assert_eq!(conflicts(&["P(a) > P(b)", "P(a) > 0.5", "P(b) < 0.4"]), Vec::<Vec<usize>>::new());
    assert_eq!(conflicts(&["P(a | not c) > 0.9", "P(b) > 0.2", "P(c) > 0.4"]), [[0, 1]]);
}

#[test]
fn an_override_is_judged_with_the_model() {
    let text = format!("{SAMPLED}\n[[claims]]\nexpect = 'P(up) > 0.8'\n");
    let model = model_with(&text, &["x=0.9"]);
    let found = common::verdicts(&model, settings(Kind::Sobol, 1, Rule::default()));
    assert_eq!(found.claims[0].agreement, Agrees);
}

// What has no mean.

#[test]
fn what_is_made_of_a_law_without_a_mean_has_none() {
    let text = "[factors]
        x = { value = 'cauchy(0, 1)' }
        y = { value = '3 - x / 2' }
        n = { value = 'normal(1, 1)' }
        [derived]
        line = { value = '2 * y + 1' }
        chain = { value = '-line' }
        bounded = { value = 'min(max(x, 0), 1)' }
        other = { value = '2 * n + 1' }
        [outcomes.a]
        weights = { n = 1 }
        [outcomes.b]";
    let run = run(&model(text), Kind::Sobol, 1, Rule::Draws(1 << 12));
    let found = &run.finding;
    let means = |one: &DerivedFinding| -> Vec<bool> {
        let all = one.by_outcome.iter().map(|given| given.mean).chain([one.mean]);
        all.map(|mean| mean.value.is_finite()).chain([one.sd.is_finite()]).collect()
    };
    // The controls are the last two: a value that keeps a mean, and one of another law.
    let expected = [[false; 4], [false; 4], [true; 4], [true; 4]];
    assert_eq!(found.derived.iter().map(means).collect::<Vec<_>>(), expected);
    assert!(found.derived.iter().all(|one| one.spread.p50.is_finite()) && !run.course.exact);
    assert_eq!([0, 1, 2].map(|at: usize| number(found, at).mean.value.is_finite()), [false, false, true]);
}

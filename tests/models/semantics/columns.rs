//! Columns against definitions.

use crate::common::columns::Columns;
use foretell::design::{Design, Kind, Place};
use foretell::diagnostic::SourceFile;
use foretell::model::{
    Definition, DerivedId, EventId, FactorId, Model, OutcomeId, Quantity, Variable, World,
};
use foretell::program::{Arena, BATCH, Output, Program};
use foretell::scenario;
use proptest::prelude::*;
use proptest::sample::select;

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

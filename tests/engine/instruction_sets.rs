//! Every instruction set gives the same bits.

#![allow(clippy::disallowed_methods)]

#[path = "../common/json.rs"]
mod json;

use crate::common::asked;
use foretell::design::{Column, Design, Kind, Place};
use foretell::diagnostic::SourceFile;
use foretell::distribution::{Family, QuantileTable};
use foretell::math::instruction_set::InstructionSet;
use foretell::program::{Arena, BATCH, Output, Program};
use foretell::session::{Changes, Session};
use foretell::simulation::{Rule, Settings, Target};
use foretell::{build, scenario};

fn program(path: &str) -> Program {
    let path = format!("{}/{path}", env!("CARGO_MANIFEST_DIR"));
    let file = SourceFile::new(path.as_str(), std::fs::read_to_string(&path).expect("a scenario"));
    let (document, _) = scenario::parse(&file);
    let (model, _) = build::build(&document, &Default::default(), &[]);
    asked(&model.expect("a sound scenario")).program().clone()
}

fn columns(program: &Program) -> Vec<Column> {
    let design = Design { kind: Kind::Sobol, seed: 7, points_per_replicate: 1 << 12 };
    let column = |input: &foretell::program::Input| {
        design.column(Place { replicate: 0, copy: 0, dimension: input.dimension as u32, name: &input.key })
    };
    program.inputs().iter().map(column).collect()
}

/// The bits of every output in some batches, computed on one set.
fn bits(program: &Program, set: InstructionSet) -> Vec<u64> {
    let columns = columns(program);
    let mut arena = Arena::on(set, program);
    let mut found = Vec::new();
    for (start, length) in [(0, BATCH), (512, 511), (1_023, 7), (2_000, 1)] {
        program.evaluate(&mut arena, length, |input, out| columns[input].fill_on(set, start, out));
        for output in (0..program.output_count()).map(Output) {
            found.extend(program.output(&arena, output).iter().map(|value| value.to_bits()));
        }
    }
    found
}

#[test]
fn programs_have_the_same_bits_on_every_level() {
    for path in [
        "scenarios/vladivostok-2023.toml",
        "scenarios/vladivostok-2023-stages.toml",
        "scenarios/vladivostok-2023-theories.toml",
        "benches/models/summit.toml",
        "scenarios/reference/event-tree.toml",
        "scenarios/reference/hierarchy.toml",
    ] {
        let program = program(path);
        let base = bits(&program, InstructionSet::BASE);
        assert!(!base.is_empty());
        for set in InstructionSet::all() {
            assert!(bits(&program, set) == base, "{path} differs on {}", set.name());
        }
    }
}

#[test]
fn uniforms_have_the_same_bits_on_every_level() {
    for kind in Kind::ALL {
        let design = Design { kind, seed: 3, points_per_replicate: 5_000 };
        let column = design.column(Place { replicate: 1, copy: 0, dimension: 5, name: "oil" });
        let on = |set: InstructionSet| {
            let mut values = vec![0.0; 3_001];
            column.fill_on(set, 77, &mut values);
            values
        };
        for set in InstructionSet::all() {
            assert!(on(set) == on(InstructionSet::BASE), "{} differs on {}", kind.name(), set.name());
        }
    }
}

#[test]
fn tables_have_the_same_bits_on_every_level() {
    let uniforms: Vec<f64> = (1..4_000).map(|i| f64::from(i) / 4_000.0).chain([1e-9, 1.0 - 1e-9]).collect();
    for (alpha, beta) in [(8.0, 2.0), (0.1, 0.3), (300.0, 500.0)] {
        let Some(table) =
            Family::Beta.build(&[alpha, beta]).ok().and_then(|beta| QuantileTable::build(&beta))
        else {
            continue;
        };
        let on = |set: InstructionSet| {
            let mut draws = vec![0.0; uniforms.len()];
            table.fill_on(set, &uniforms, &mut draws);
            draws
        };
        for set in InstructionSet::all() {
            assert!(on(set) == on(InstructionSet::BASE), "beta({alpha}, {beta}) differs on {}", set.name());
        }
    }
}

/// A copula, events that depend on factors and lead to one another, derived values of both, uncertain weights, a draw
/// whose parameters differ from draw to draw, and draws that give no number.
const WHOLE: &str = "
[factors]
a = { value = 'beta(2, 5)' }
b = { value = 'gamma(3, 2)' }
c = { value = 'normal(b, 0.5 + a)' }
d = { value = 'uniform(0.0002, 1)' }
[[correlations]]
between = ['a', 'b']
normal = 0.6
[events]
talks = { probability = 'a' }
deal = { probability = 'if talks then 0.2 + 0.6 * a else 0.1' }
[derived]
mixed = { value = 'exp(-b) * ln(1 + d) + (if deal then a else d)' }
void = { value = 'sqrt(d - 0.0005)' }
[outcomes.war]
base = 0.2
weights = { a = 'normal(1, 0.2)', deal = -0.5, void = 0.1 }
[outcomes.peace]
base = 0.5
weights = { mixed = 0.7 }
[outcomes.neither]
base = 0.3
weights = { c = 0.3 }
";

/// The JSON of a whole run with every loop on one set.
fn whole(set: InstructionSet, kind: Kind, seed: u64, rule: Rule) -> String {
    let file = SourceFile::new("whole.toml", WHOLE);
    let session = Session::open(file, |name| Err(format!("no {name} here"))).expect("a text");
    let case = session.case(&Changes::default()).expect("a sound scenario");
    let found = json::answer(&case, set, &Settings { kind, seed, threads: 2, rule });
    let value: serde_json::Value = serde_json::from_str(&found).expect("JSON");
    assert!(value["void"]["draws"].as_u64().expect("a number") > 0);
    found
}

#[test]
fn whole_runs_have_the_same_bytes_on_every_level() {
    let until = Rule::Until { target: Target::StandardError(0.0005), most: 1 << 16 };
    for kind in Kind::ALL {
        for rule in [Rule::Draws(70_001), until] {
            let base = whole(InstructionSet::BASE, kind, 5, rule);
            for set in InstructionSet::all() {
                assert!(whole(set, kind, 5, rule) == base, "{kind:?} differs on {}", set.name());
            }
            // The control: what is compared depends on the draws.
            let other = whole(InstructionSet::BASE, kind, 6, rule).replace("\"seed\": 6", "\"seed\": 5");
            assert!(other != base);
        }
    }
}

/// The comparison sees a difference in the last bit of one value.
#[test]
fn a_difference_in_one_bit_would_be_seen() {
    let program = program("scenarios/vladivostok-2023.toml");
    let mut other = bits(&program, InstructionSet::BASE);
    other[1_000] ^= 1;
    assert!(other != bits(&program, InstructionSet::BASE));
}

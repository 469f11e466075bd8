//! Every instruction-set level gives the same bits.

#![allow(clippy::disallowed_methods)]

use foretell::design::{Column, Design, Kind, Place};
use foretell::diagnostic::SourceFile;
use foretell::distribution::{Family, Table};
use foretell::math::level::Level;
use foretell::program::{Arena, BATCH, Output, Program, compile};
use foretell::{model, scenario};

fn program(path: &str) -> Program {
    let path = format!("{}/{path}", env!("CARGO_MANIFEST_DIR"));
    let file = SourceFile::new(path.as_str(), std::fs::read_to_string(&path).expect("a scenario"));
    let (document, _) = scenario::parse(&file);
    let (model, _) = model::build(&document, &Default::default(), &[]);
    compile(&model.expect("a sound scenario"), &[]).expect("few events")
}

fn columns(program: &Program) -> Vec<Column> {
    let design = Design { kind: Kind::Sobol, seed: 7, points_per_replicate: 1 << 12 };
    let column = |input: &foretell::program::Input| {
        design.column(Place { replicate: 0, copy: 0, dimension: input.dimension as u32, name: &input.key })
    };
    program.inputs().iter().map(column).collect()
}

/// The bits of every output in some batches, computed on one level.
fn bits(program: &Program, level: Level) -> Vec<u64> {
    let columns = columns(program);
    let mut arena = Arena::on(level, program);
    let mut found = Vec::new();
    for (start, length) in [(0, BATCH), (512, 511), (1_023, 7), (2_000, 1)] {
        program.evaluate(&mut arena, length, |input, out| columns[input].fill_on(level, start, out));
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
        "benches/models/summit.toml",
        "scenarios/reference/event-tree.toml",
        "scenarios/reference/hierarchy.toml",
    ] {
        let program = program(path);
        let base = bits(&program, Level::BASE);
        assert!(!base.is_empty());
        for level in Level::all() {
            assert!(bits(&program, level) == base, "{path} differs on {}", level.name());
        }
    }
}

#[test]
fn uniforms_have_the_same_bits_on_every_level() {
    for kind in Kind::ALL {
        let design = Design { kind, seed: 3, points_per_replicate: 5_000 };
        let column = design.column(Place { replicate: 1, copy: 0, dimension: 5, name: "oil" });
        let on = |level: Level| {
            let mut values = vec![0.0; 3_001];
            column.fill_on(level, 77, &mut values);
            values
        };
        for level in Level::all() {
            assert!(on(level) == on(Level::BASE), "{} differs on {}", kind.name(), level.name());
        }
    }
}

#[test]
fn tables_have_the_same_bits_on_every_level() {
    let uniforms: Vec<f64> = (1..4_000).map(|i| f64::from(i) / 4_000.0).chain([1e-9, 1.0 - 1e-9]).collect();
    for (alpha, beta) in [(8.0, 2.0), (0.1, 0.3), (300.0, 500.0)] {
        let Some(table) = Family::Beta.build(&[alpha, beta]).ok().and_then(|beta| Table::build(&beta)) else {
            continue;
        };
        let on = |level: Level| {
            let mut draws = vec![0.0; uniforms.len()];
            table.fill_on(level, &uniforms, &mut draws);
            draws
        };
        for level in Level::all() {
            assert!(on(level) == on(Level::BASE), "beta({alpha}, {beta}) differs on {}", level.name());
        }
    }
}

/// The comparison sees a difference in the last bit of one value.
#[test]
fn a_difference_in_one_bit_would_be_seen() {
    let program = program("scenarios/vladivostok-2023.toml");
    let mut other = bits(&program, Level::BASE);
    other[1_000] ^= 1;
    assert!(other != bits(&program, Level::BASE));
}

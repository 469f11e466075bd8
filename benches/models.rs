//! Whole models: per design, per number of threads, and by instruction-set level.
//!
//! The time of an element is that of a draw.

#![allow(clippy::disallowed_methods)]

#[path = "../tests/common/mod.rs"]
mod common;

use common::{Asked, EVERYTHING, asked, study};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use foretell::analysis::Study;
use foretell::analysis::joint::{Aspect, Joint};
use foretell::analysis::run::Run;
use foretell::design::Kind;
use foretell::math::instruction_set::InstructionSet;
use foretell::model::{EventId, Model};
use foretell::simulation::{Rule, Settings, Watch};

const DRAWS: u64 = 1 << 19;

/// Three uncertain quantities, four events that lead to one another, three outcomes told by rules.
const EVENT_TREE: &str = "
[factors]
trust = { value = 'beta(4, 2)' }
pressure = { value = 'beta(2, 3)' }
luck = { value = 'uniform(0, 1)' }
[events]
talks = { probability = 'trust' }
deal = { probability = 'if talks then 0.2 + 0.6 * trust else 0.1' }
strike = { probability = 'if deal then 0.02 else 0.5 * pressure' }
reply = { probability = 'if strike then 0.3 + 0.5 * luck else 0' }
[outcomes]
war = { when = 'reply' }
settled = { when = 'deal and not reply' }
open = { else = true }
";

struct Case {
    name: &'static str,
    model: Model,
}

impl Case {
    fn new(name: &'static str, text: &str) -> Case {
        Case { name, model: common::model(text) }
    }

    fn asked(&self) -> Asked<'_> {
        asked(&self.model)
    }

    fn all() -> [Case; 3] {
        [
            Case::new("summit", include_str!("models/summit.toml")),
            Case::new("article", include_str!("../scenarios/vladivostok-2023-stages.toml")),
            Case::new("event tree", EVENT_TREE),
        ]
    }
}

/// Draws, tallies and summary, as a run of `foretell` makes them.
fn whole_runs(criterion: &mut Criterion) {
    for case in Case::all() {
        let asked = case.asked();
        let mut group = criterion.benchmark_group(case.name);
        group.throughput(Throughput::Elements(DRAWS));
        for kind in Kind::ALL {
            for threads in [1, 2] {
                let settings = Settings { kind, seed: 1, threads, rule: Rule::Draws(DRAWS) };
                let id = BenchmarkId::new(kind.name(), format!("threads {threads}"));
                group.bench_function(id, |bencher| {
                    bencher.iter(|| asked.draw_by(&settings, &Watch::new()));
                });
            }
        }
        group.finish();
    }
}

/// The same on each level, on one thread.
fn levels(criterion: &mut Criterion) {
    for case in Case::all() {
        let mut group = criterion.benchmark_group(format!("{} by level", case.name));
        group.throughput(Throughput::Elements(DRAWS));
        let settings = Settings { kind: Kind::Independent, seed: 1, threads: 1, rule: Rule::Draws(DRAWS) };
        for level in InstructionSet::all() {
            let study = Study { level, ..study(&case.model) };
            let asked = EVERYTHING.compile(&study).expect("few events");
            group.bench_function(level.name(), |bencher| {
                bencher.iter(|| asked.draw_by(&settings, &Watch::new()));
            });
        }
        group.finish();
    }
}

/// A run with a table of an event and the outcome, beside one without; and what it takes to ask.
fn joint_tables(criterion: &mut Criterion) {
    let model = common::model(EVENT_TREE);
    let of = vec![Aspect::event(&model, EventId(1)), Aspect::outcome(&model)];
    let with = Run { joint: vec![Joint { of }], ..Run::default() };
    let settings = Settings { kind: Kind::Sobol, seed: 1, threads: 1, rule: Rule::Draws(DRAWS) };
    let mut group = criterion.benchmark_group("joint");
    for (name, run) in [("without", &EVERYTHING), ("with", &with)] {
        let asked = run.compile(&study(&model)).expect("a program");
        let draw = || asked.draw_by(&settings, &Watch::new());
        group.bench_function(BenchmarkId::new("drawn", name), |bencher| bencher.iter(draw));
        let compile = || run.compile(&study(&model)).is_ok();
        group.bench_function(BenchmarkId::new("asked", name), |bencher| bencher.iter(compile));
    }
}

criterion_group!(benches, whole_runs, levels, joint_tables);
criterion_main!(benches);

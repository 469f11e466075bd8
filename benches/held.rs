//! Numbers that are held: what a changed number costs an open model, and a hundred of them at once.

#![allow(clippy::disallowed_methods)]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use foretell::build;
use foretell::design::Kind;
use foretell::diagnostic::SourceFile;
use foretell::distribution::Cache;
use foretell::limits::Limits;
use foretell::model::{FactorId, Model, OutcomeId, Variable};
use foretell::program::{Ask, Held, QueryId, Setting, World, compile};
use foretell::scenario;
use foretell::simulation::{Rule, Settings, Watch, simulate};

const SETTINGS: Settings = Settings { kind: Kind::Sobol, seed: 1, threads: 1, rule: Rule::Draws(1 << 14) };

fn article() -> Model {
    let file = SourceFile::new("article", include_str!("../scenarios/vladivostok-2023-stages.toml"));
    let (model, _) = build::build(&scenario::parse(&file).0, &Default::default(), &[]);
    model.expect("a model without a fault")
}

/// The outcomes' probabilities with a factor held at one value after another, each value a world of one program.
fn held(model: &Model, factor: &str, values: &[f64], cache: &Cache) -> Vec<f64> {
    let at = model.factors.iter().position(|one| one.named.id == factor).expect("a factor");
    let held = Held::Variable(Variable::Factor(FactorId(at)));
    let mut ask = Ask::new();
    let mut asked: Vec<QueryId> = Vec::new();
    for value in values {
        let setting = Setting::new().hold(model, held, *value).expect("a value of the factor");
        let world = ask.world(World::made(model, setting));
        asked.extend((0..model.outcomes.len()).map(|at| ask.outcome(world, OutcomeId(at))));
    }
    let program = compile(&ask, cache, &Limits::none()).expect("few events");
    let sampled = simulate(&program, &SETTINGS, &Watch::new()).expect("a run to its end");
    let estimates = sampled.estimates();
    asked.into_iter().map(|query| estimates.probability(query).value).collect()
}

fn numbers(criterion: &mut Criterion) {
    let model = article();
    let cache = Cache::new();
    let mut group = criterion.benchmark_group("held");
    // The first run builds the tables of quantiles; an open model has them.
    held(&model, "us_concern", &[0.5], &cache);
    group.bench_function("one number", |bencher| {
        bencher.iter(|| held(&model, "us_concern", black_box(&[0.9]), &cache));
    });
    let values: Vec<f64> = (0..=100).map(|step| f64::from(step) / 100.0).collect();
    group.sample_size(10);
    group.bench_function("101 numbers", |bencher| {
        bencher.iter(|| held(&model, "us_concern", black_box(&values), &cache));
    });
    group.finish();
}

criterion_group!(benches, numbers);
criterion_main!(benches);

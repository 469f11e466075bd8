//! From text to program: the article, and generated models of growing size. The time of an element is that of a factor;
//! it should not grow with the model.

#![allow(clippy::disallowed_methods)]

#[path = "../tests/common/mod.rs"]
mod common;
#[path = "../tests/common/large.rs"]
mod large;

use std::hint::black_box;

use common::{EVERYTHING, study};
use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use foretell::analysis::Study;
use foretell::diagnostic::SourceFile;
use foretell::distribution::Cache;
use foretell::{build, scenario};

const SIZES: [usize; 4] = [125, 500, 2000, 8000];

fn cases() -> Vec<(String, usize, SourceFile)> {
    let article = include_str!("../scenarios/vladivostok-2023-stages.toml");
    let mut cases = vec![("article".to_string(), article.to_string())];
    cases.extend(SIZES.map(|factors| ("betas".to_string(), large::betas(factors))));
    cases.extend(SIZES.map(|factors| ("mixed families".to_string(), large::scenario(factors))));
    let file = |(name, text): (String, String)| {
        let file = SourceFile::new("model.toml", text);
        let factors = scenario::parse(&file).0.factors.len();
        (name, factors, file)
    };
    cases.into_iter().map(file).collect()
}

fn stages(criterion: &mut Criterion) {
    for (name, factors, file) in cases() {
        let (document, problems) = scenario::parse(&file);
        let (model, more) = build::build(&document, &Default::default(), &[]);
        assert!(!problems.has_errors() && !more.has_errors(), "a model without a fault");
        let model = model.expect("a model");
        let mut stage = |stage: &str, work: &mut dyn FnMut()| {
            let mut group = criterion.benchmark_group(stage);
            group.sample_size(10).throughput(Throughput::Elements(factors as u64));
            group.bench_function(BenchmarkId::new(&name, factors), |bencher| bencher.iter(&mut *work));
            group.finish();
        };
        stage("parse", &mut || drop(black_box(scenario::parse(black_box(&file)))));
        stage("build", &mut || drop(black_box(build::build(black_box(&document), &Default::default(), &[]))));
        stage("compile", &mut || {
            let cache = Cache::new();
            drop(black_box(EVERYTHING.compile(&Study { cache: &cache, ..study(black_box(&model)) })));
        });
    }
}

criterion_group!(benches, stages);
criterion_main!(benches);

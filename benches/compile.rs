//! From text to program: the article, and generated models of growing size. The time of an element is that of a factor;
//! it should not grow with the model.

#![allow(clippy::disallowed_methods)]

use std::fmt::Write;
use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use foretell::diagnostic::SourceFile;
use foretell::{model, program, scenario};

const SIZES: [usize; 3] = [100, 500, 2000];

/// As many factors, no two with the same distribution, a derived value for every ten of them, and four outcomes that
/// weigh them all.
fn generated(factors: usize) -> String {
    let mut text = String::from("[factors]\n");
    for at in 0..factors {
        let alpha = 2.0 + at as f64 / 100.0;
        writeln!(text, "f{at} = {{ value = 'beta({alpha}, 3)' }}").expect("memory");
    }
    text.push_str("[derived]\n");
    for at in (0..factors).step_by(10) {
        writeln!(text, "d{at} = {{ value = '0.6 * sqrt(f{at} * f{}) + 0.4 * f{}' }}", at + 1, at + 2)
            .expect("memory");
    }
    for outcome in 0..4 {
        let weights: Vec<String> =
            (0..factors).map(|at| format!("f{at} = 0.{}", 1 + (at + outcome) % 9)).collect();
        writeln!(text, "[outcomes.o{outcome}]\nweights = {{ {} }}", weights.join(", ")).expect("memory");
    }
    text
}

fn cases() -> Vec<(String, usize, SourceFile)> {
    let article = include_str!("../scenarios/vladivostok-2023.toml");
    let mut cases = vec![("article".to_string(), article.to_string())];
    cases.extend(SIZES.map(|factors| ("generated".to_string(), generated(factors))));
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
        let (model, more) = model::build(&document, &Default::default(), &[]);
        assert!(!problems.has_errors() && !more.has_errors(), "a model without a fault");
        let model = model.expect("a model");
        let mut stage = |stage: &str, work: &mut dyn FnMut()| {
            let mut group = criterion.benchmark_group(stage);
            group.sample_size(10).throughput(Throughput::Elements(factors as u64));
            group.bench_function(BenchmarkId::new(&name, factors), |bencher| bencher.iter(&mut *work));
            group.finish();
        };
        stage("parse", &mut || drop(black_box(scenario::parse(black_box(&file)))));
        stage("build", &mut || drop(black_box(model::build(black_box(&document), &Default::default(), &[]))));
        stage("compile", &mut || drop(black_box(program::compile(black_box(&model), &[]))));
    }
}

criterion_group!(benches, stages);
criterion_main!(benches);

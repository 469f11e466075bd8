//! What moves the answers: the article's scenario and the benchmark model, all of it and in parts.

#![allow(clippy::disallowed_methods)]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use foretell::analysis::sensitivity::Sensitivity;
use foretell::design::Kind;
use foretell::diagnostic::SourceFile;
use foretell::session::{Changes, Session};
use foretell::simulation::{Rule, Settings};

const SETTINGS: Settings = Settings { kind: Kind::Sobol, seed: 1, threads: 1, rule: Rule::Draws(1 << 14) };

fn asked(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("sensitivity");
    group.sample_size(10);
    let models = [
        ("article", include_str!("../scenarios/vladivostok-2023.toml")),
        ("summit", include_str!("models/summit.toml")),
    ];
    for (name, text) in models {
        let session =
            Session::open(SourceFile::new(name, text), |file| Err(format!("no {file}"))).expect("a text");
        let case = session.case(&Changes::default()).expect("a sound scenario");
        let all = Sensitivity::default();
        let screened = Sensitivity { screen: true, ..Sensitivity::default() };
        group.bench_function(name, |bencher| {
            bencher.iter(|| case.answer(black_box(&all), &SETTINGS).expect("an answer"));
        });
        group.bench_function(format!("{name}, screened"), |bencher| {
            bencher.iter(|| case.answer(black_box(&screened), &SETTINGS).expect("an answer"));
        });
    }
    group.finish();
}

criterion_group!(benches, asked);
criterion_main!(benches);

//! What a session costs beside the run: opening a text, changing it, and making pages and forms of an answer.
//!
//! ```console
//! cargo bench --bench session
//! ```
//!
//! `compile` in `benches/compile.rs` and `models` in `benches/models.rs` measure what comes between.

#![allow(clippy::disallowed_methods)]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use foretell::analysis::run::{Run, RunFinding};
use foretell::diagnostic::{SourceFile, Style};
use foretell::report::form::{csv, json, markdown, text};
use foretell::report::page::Page;
use foretell::report::paged::{Report, View};
use foretell::session::{Answer, Changes, Session};
use foretell::simulation::{Rule, Settings};

fn file() -> SourceFile {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/vladivostok-2023-stages.toml");
    SourceFile::new("vladivostok-2023-stages.toml", std::fs::read_to_string(path).expect("a scenario"))
}

fn open() -> Session<'static> {
    Session::open(file(), |name| Err(format!("no {name} here"))).expect("a text")
}

fn answer(session: &Session) -> Answer<RunFinding> {
    let case = session.case(&Changes::default()).expect("a sound scenario");
    let settings = Settings { threads: 1, rule: Rule::Draws(1 << 14), ..Settings::default() };
    case.answer(&Run::default(), &settings).expect("a run")
}

fn sessions(bench: &mut Criterion) {
    let mut group = bench.benchmark_group("session");
    group.bench_function("open", |bencher| bencher.iter(|| black_box(open()).attachments().count()));
    let session = open();
    let set = Changes { set: vec!["china_approval=0.9".into()], ..Changes::default() };
    group.bench_function("case", |bencher| {
        bencher.iter(|| black_box(session.case(&set).expect("a sound scenario").model.factors.len()));
    });
    group.finish();
}

fn forms(bench: &mut Criterion) {
    let answer = answer(&open());
    let page: Page = answer.page(View::NORMAL);
    let mut group = bench.benchmark_group("forms");
    group
        .bench_function("page", |bencher| bencher.iter(|| black_box(answer.page(View::NORMAL)).blocks.len()));
    group.bench_function("text", |bencher| bencher.iter(|| text::render(black_box(&page), 80, Style::Plain)));
    group.bench_function("markdown", |bencher| bencher.iter(|| markdown::render(black_box(&page))));
    group.bench_function("csv", |bencher| bencher.iter(|| csv::render(black_box(&page))));
    group.bench_function("json", |bencher| bencher.iter(|| json::render(black_box(&answer))));
    group.finish();
}

criterion_group!(benches, sessions, forms);
criterion_main!(benches);

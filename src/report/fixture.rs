//! Reports of small scenarios, for tests.

use super::{Context, Report, compose};
use crate::analysis::drivers;
use crate::design::Kind;
use crate::diagnostic::{Diagnostics, SourceFile, Sources};
use crate::simulation::{Rule, Settings, Watch, simulate};
use crate::{model, program, scenario};

/// The report of a sound scenario after 2^14 draws.
pub fn report(text: &str) -> Report {
    let sources = Sources::new(SourceFile::new("x.toml", text));
    let (document, found) = scenario::parse(sources.file());
    let (model, more) = model::build(&document, &Default::default(), &[]);
    assert!(found.is_empty() && more.is_empty(), "{found:?} {more:?}");
    let model = model.expect("a sound scenario");
    let program = program::compile(&model, &[]).expect("few events");
    let settings = Settings { kind: Kind::Sobol, seed: 1, threads: 1, rule: Rule::Draws(1 << 14) };
    let run = simulate(&model, &program, &settings, &Watch::new()).expect("nobody interrupts");
    let drivers = drivers::find(&model, &program, &run);
    let context = Context {
        sources: &sources,
        settings: &settings,
        chosen: &[],
        overrides: &[],
        variants: &[],
        given: &[],
        file_hash: "",
        elapsed_seconds: None,
        warnings: &Diagnostics::new(),
    };
    compose(&model, &program, &run, drivers, &context)
}

//! Reports of small scenarios, for tests.

use super::{Context, Report, compose};
use crate::analysis::run::Question;
use crate::design::Kind;
use crate::diagnostic::{Diagnostics, SourceFile, Sources};
use crate::distribution::Cache;
use crate::limits::Limits;
use crate::simulation::{Rule, Settings, Watch};
use crate::{build, scenario};

/// The report of a sound scenario after 2^14 draws.
pub fn report(text: &str) -> Report {
    let sources = Sources::new(SourceFile::new("x.toml", text));
    let (document, found) = scenario::parse(sources.file());
    let (model, more) = build::build(&document, &Default::default(), &[]);
    assert!(found.is_empty() && more.is_empty(), "{found:?} {more:?}");
    let model = model.expect("a sound scenario");
    let asked = Question::of(&model).compile(&Cache::new(), &Limits::none()).expect("few events");
    let settings = Settings { kind: Kind::Sobol, seed: 1, threads: 1, rule: Rule::Draws(1 << 14) };
    let run = asked.run(&settings, &Watch::new()).expect("nobody interrupts");
    let context = Context {
        sources: &sources,
        settings: &settings,
        chosen: &[],
        overrides: &[],
        variants: &[],
        percents: &[],
        given: &[],
        file_hash: "",
        elapsed_seconds: None,
        warnings: &Diagnostics::new(),
    };
    compose(&model, &run, &context)
}

//! A scenario from text to answer: parse, build, ask, draw, print.
//!
//! ```console
//! cargo run --example run_a_scenario --no-default-features -- scenarios/vladivostok-2023.toml
//! ```
//!
//! Each step is a function without side effects. Reading a file and printing are left to the caller, so the same steps
//! serve a server, a notebook or a test.

use foretell::analysis::run::Question;
use foretell::diagnostic::{SourceFile, Sources, Style, render_all};
use foretell::simulation::{Rule, Settings, Watch};
use foretell::{build, design, distribution::Cache, limits::Limits, scenario};

fn main() -> Result<(), String> {
    let path = std::env::args().nth(1).unwrap_or("scenarios/vladivostok-2023.toml".into());
    let text = std::fs::read_to_string(&path).map_err(|error| format!("{path}: {error}"))?;

    // Text to document, document to model. Both give every message that they have, not only the first.
    let file = SourceFile::new(path, text);
    let (document, mut messages) = scenario::parse(&file);
    let (model, more) = build::build(&document, &Default::default(), &[]);
    messages.extend(more);
    eprint!("{}", render_all(&messages, &Sources::new(file), Style::Plain));
    let model = model.filter(|_| !messages.has_errors()).ok_or("the file has errors")?;

    // What is asked of the model to a program, its draws to answers. The default rule stops once tenths of a percentage point
    // are right.
    let asked =
        Question::of(&model).compile(&Cache::new(), &Limits::none()).map_err(|error| error.to_string())?;
    let settings = Settings { kind: design::Kind::Sobol, seed: 1, threads: 0, rule: Rule::default() };
    let run = asked.run(&settings, &Watch::new()).map_err(|_| "interrupted")?;

    println!("{} ({} draws)", model.title(), run.summary.plan.draws());
    for outcome in &run.summary.outcomes {
        println!(
            "{:>5.1} % ± {:.3}  [{:.0} % to {:.0} %]  {}: {}",
            100.0 * outcome.probability.value,
            100.0 * outcome.probability.half_width(),
            100.0 * outcome.spread.p05,
            100.0 * outcome.spread.p95,
            outcome.words,
            outcome.label,
        );
    }
    Ok(())
}

//! A scenario from text to answer: open, change, ask, print.
//!
//! ```console
//! cargo run --example run_a_scenario --no-default-features -- scenarios/vladivostok-2023.toml china_approval=0.9
//! ```
//!
//! Files are read and answers printed by the caller, so that the same steps serve a server, a notebook or a test.

use std::error::Error;
use std::path::Path;

use foretell::analysis::run::Run;
use foretell::diagnostic::{SourceFile, Style, render_all};
use foretell::session::{Changes, Session};
use foretell::simulation::Settings;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let path = arguments.next().unwrap_or("scenarios/vladivostok-2023.toml".into());
    let text = std::fs::read_to_string(&path)?;

    // The text is parsed once. A file that it names, such as data, is read by the function that is given.
    let folder = Path::new(&path).parent().unwrap_or(Path::new("."));
    let read = |name: &str| std::fs::read_to_string(folder.join(name)).map_err(|error| error.to_string());
    let session = Session::open(SourceFile::new(path.as_str(), text), read)?;

    // What is changed is written as on the command line. Whatever is wrong with file and changes is in the error.
    let case = session.case(&Changes { set: arguments.collect(), ..Changes::default() })?;

    // The default settings draw until tenths of a percentage point are right.
    let answer = case.answer(&Run::default(), &Settings::default())?;
    eprint!("{}", render_all(&answer.messages, &case.sources, Style::Plain));

    println!("{} ({} draws)", answer.facts.scenario.title, answer.facts.run.draws);
    for outcome in &answer.finding.outcomes {
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

//! What if? Sets one factor to one value after another, and shows how the outcomes' probabilities follow.
//!
//! ```console
//! cargo run --example what_if --no-default-features
//! ```
//!
//! An override is what `--set` makes: it cuts the factor from its own uncertainty and leaves everything else as it was.
//! All settings share their seed, and every other quantity keeps its random numbers, so the differences between rows
//! are more accurate than the rows themselves.

use foretell::diagnostic::{SourceFile, SourceId};
use foretell::simulation::{Rule, Settings, Watch, simulate};
use foretell::{design, model, program, scenario};

const SETTINGS: Settings =
    Settings { kind: design::Kind::Sobol, seed: 1, threads: 0, rule: Rule::Draws(1 << 14) };

fn main() -> Result<(), String> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/vladivostok-2023.toml");
    let text = std::fs::read_to_string(path).map_err(|error| format!("{path}: {error}"))?;
    let (document, messages) = scenario::parse(&SourceFile::new(path, text));
    if messages.has_errors() {
        return Err("the file has errors: `foretell check` shows them".into());
    }
    let names: Vec<&str> = document.outcomes.iter().map(|outcome| outcome.name.text.as_str()).collect();
    println!("china_approval  {}", names.join("  "));
    for step in 0..=10 {
        let approval = f64::from(step) / 10.0;
        let probabilities = answer(&document, &format!("china_approval={approval}"))?;
        let cell = |(name, p): (&&str, &f64)| format!("{:>1$.1} %", 100.0 * p, name.len() - 2);
        let cells: Vec<String> = names.iter().zip(&probabilities).map(cell).collect();
        println!("{approval:>14}  {}", cells.join("  "));
    }
    Ok(())
}

/// The probability of every outcome under one override, such as `china_approval=0.9`.
fn answer(document: &scenario::Document, flag: &str) -> Result<Vec<f64>, String> {
    let change = scenario::parse_override(&SourceFile::new("--set", flag), SourceId(1));
    let change = change.map_err(|problem| problem.message)?;
    let (model, _) = model::build(document, &Default::default(), &[change]);
    let model = model.ok_or(format!("`{flag}` can't be set"))?;
    let program = program::compile(&model, &[]).map_err(|error| format!("{error:?}"))?;
    let run = simulate(&model, &program, &SETTINGS, &Watch::new()).map_err(|_| "interrupted")?;
    Ok(run.summary.outcomes.iter().map(|outcome| outcome.probability.value).collect())
}

//! What if? Holds one factor at one value after another, and shows how the outcomes' probabilities follow.
//!
//! ```console
//! cargo run --example what_if --no-default-features
//! ```
//!
//! What is held is cut from its own uncertainty, as by `--set`, and everything else stays as it was. The model is built once;
//! each value is a world of one program. All worlds see the same draws, so that the differences between rows are more
//! accurate than the rows themselves.

use std::error::Error;

use foretell::diagnostic::SourceFile;
use foretell::model::{Model, OutcomeId};
use foretell::program::{Ask, Held, QueryId, Setting, World, WorldId};
use foretell::session::{Changes, Session};
use foretell::simulation::{Rule, Settings};

fn main() -> Result<(), Box<dyn Error>> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/vladivostok-2023.toml");
    let source = SourceFile::new(path, std::fs::read_to_string(path)?);
    let session = Session::open(source, |name| Err(format!("{name} is not read here")))?;
    let case = session.case(&Changes::default())?;
    let study = case.study(&Settings { rule: Rule::Draws(1 << 14), ..Settings::default() });
    let model = study.model;
    let approval = Held::find(model, "china_approval")?;

    // The world as the file has it, and one for each value; each is compared with the first.
    let values: Vec<f64> = (0..=10).map(|step| f64::from(step) / 10.0).collect();
    let mut ask = Ask::new();
    let file = ask.world(World::of(model));
    let own = outcomes(&mut ask, file, model);
    let mut rows: Vec<Vec<QueryId>> = Vec::new();
    for value in &values {
        let setting = Setting::new().hold(model, approval, *value)?;
        let world = ask.world(World::made(model, setting));
        rows.push(outcomes(&mut ask, world, model));
    }
    rows.iter().flat_map(|row| row.iter().zip(&own)).for_each(|(held, base)| ask.compare(&[*base, *held]));

    let program = study.compile(&ask)?;
    let sampled = study.simulate(&program)?;
    let found = sampled.estimates();
    let heads: Vec<String> =
        model.outcomes.iter().map(|outcome| format!("{:>26}", outcome.named.id)).collect();
    println!("china_approval{}", heads.concat());
    for (value, row) in values.iter().zip(&rows) {
        let cells = row.iter().zip(&own).map(|(held, base)| {
            let (p, change) = (found.probability(*held), found.difference(*held, *base));
            let [p, change, error] = [p.value, change.value, change.half_width()].map(|share| 100.0 * share);
            format!("{p:.1} % ({change:+.1} ± {error:.3})")
        });
        let cells: Vec<String> = cells.map(|cell| format!("{cell:>26}")).collect();
        println!("{value:>14}{}", cells.concat());
    }
    Ok(())
}

/// Asks for every outcome in a world.
fn outcomes<'m>(ask: &mut Ask<'m>, world: WorldId, model: &'m Model) -> Vec<QueryId> {
    (0..model.outcomes.len()).map(|at| ask.outcome(world, OutcomeId(at))).collect()
}

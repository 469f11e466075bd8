//! A collector of one's own: how often is each outcome the most probable one?
//!
//! ```console
//! cargo run --example own_collector --no-default-features
//! ```
//!
//! A run hands every batch of draws to a [`Collector`]. The tally of an ordinary run is one; this one counts, over what
//! is not known, in which share of draws each outcome leads. That is another question than how probable the outcomes
//! are: of two outcomes, one with 51 % in every draw leads always.

use foretell::build;
use foretell::design::Kind;
use foretell::diagnostic::SourceFile;
use foretell::distribution::Cache;
use foretell::limits::Limits;
use foretell::model::OutcomeId;
use foretell::program::{Ask, CompanyId, Output, World, compile};
use foretell::scenario;
use foretell::simulation::{Batch, Collector, Layout, Plan, REPLICATES, Watch, run};

/// Counts the draws in which each outcome has the greatest probability.
struct Leads {
    world: CompanyId,
    outcomes: Vec<Output>,
    counts: Vec<u64>,
}

/// Parts are filled on any thread and collected in a fixed order. Sums of whole numbers would not depend on it.
impl Collector for Leads {
    type Part = Vec<u64>;

    fn part(&self, _first_block: u64) -> Vec<u64> {
        vec![0; self.outcomes.len()]
    }

    fn observe(&self, part: &mut Vec<u64>, batch: &Batch) {
        let draws = batch.sound(self.world);
        let columns: Vec<_> = self.outcomes.iter().map(|output| draws.column(*output)).collect();
        for draw in 0..draws.len() {
            let leader = (0..columns.len()).max_by(|a, b| columns[*a][draw].total_cmp(&columns[*b][draw]));
            part[leader.unwrap_or(0)] += 1;
        }
    }

    fn end_block(&self, _part: &mut Vec<u64>) {}

    fn collect(&mut self, _replicate: u32, part: Vec<u64>) {
        self.counts.iter_mut().zip(part).for_each(|(count, more)| *count += more);
    }
}

fn main() -> Result<(), String> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/vladivostok-2023.toml");
    let text = std::fs::read_to_string(path).map_err(|error| format!("{path}: {error}"))?;
    let (document, _) = scenario::parse(&SourceFile::new(path, text));
    let (model, _) = build::build(&document, &Default::default(), &[]);
    let model = model.ok_or("the file has errors: `foretell check` shows them")?;
    // What is asked: every outcome, in the world as the file has it.
    let mut ask = Ask::new();
    let world = ask.world(World::of(&model));
    let asked: Vec<_> = (0..model.outcomes.len()).map(|at| ask.outcome(world, OutcomeId(at))).collect();
    let program = compile(&ask, &Cache::new(), &Limits::none()).map_err(|error| error.to_string())?;

    let outcomes: Vec<Output> = asked.iter().map(|query| program.query(*query).numerator).collect();
    let mut leads = Leads { world: program.alone(world), counts: vec![0; outcomes.len()], outcomes };
    let plan = Plan::new(Kind::Sobol, 1, 1 << 16, REPLICATES, 0);
    run(&program, &plan, &Layout::of(&program), &plan.whole(), &mut leads, &Watch::new())
        .map_err(|_| "interrupted")?;

    let total: u64 = leads.counts.iter().sum();
    println!("The most probable outcome, in {total} draws of what is not known:");
    for (outcome, count) in model.outcomes.iter().zip(&leads.counts) {
        println!("{count:>6}  {:>5.1} %  {}", 100.0 * *count as f64 / total as f64, outcome.named.label);
    }
    Ok(())
}

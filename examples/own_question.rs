//! A question of one's own: how probable is it that an outcome leads?
//!
//! ```console
//! cargo run --example own_question --no-default-features
//! ```
//!
//! An outcome leads where, given all that is not known, it is the most probable one. That is another question than how
//! probable it is: an outcome that has 51 % whatever the unknowns are leads always. The question asks for the outcomes'
//! probabilities, looks at every draw with a collector of its own, and tells the error from the replicates. The session opens
//! the file, checks the draws and gathers the facts; what is found derives its JSON, and its page is a table, from which text,
//! Markdown and comma-separated values follow.

use std::error::Error;

use schemars::JsonSchema;
use serde::Serialize;

use foretell::analysis::estimated::Probability;
use foretell::analysis::{Answered, Failure, Inquiry, Question, Study};
use foretell::diagnostic::{SourceFile, Style};
use foretell::model::OutcomeId;
use foretell::program::{Aim, CompanyId, Output};
use foretell::report::form::{csv, json, markdown, schema, text};
use foretell::report::page::{Cell, Column, Page, Table};
use foretell::report::paged::{Paged, View};
use foretell::session::{Changes, Facts, Session};
use foretell::simulation::{Batch, Collector, Layout, Settings, run};
use foretell::statistics::Estimate;

/// How probable is it that each outcome leads?
pub struct Lead;

/// The outcomes and how often they lead.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct LeadFinding {
    /// Each outcome, in the order of the file.
    pub leads: Vec<OutcomeLead>,
}

/// An outcome and how often it leads.
#[derive(Clone, Debug, JsonSchema, Serialize)]
pub struct OutcomeLead {
    /// Its name.
    pub id: String,
    /// What people call it.
    pub label: String,
    /// The probability that it leads.
    #[serde(flatten)]
    pub probability: Probability,
}

impl Question for Lead {
    type Finding = LeadFinding;

    fn answer(&self, study: &Study) -> Result<Answered<LeadFinding>, Failure> {
        // What is asked: every outcome, in the world as file and flags have it.
        let mut inquiry = Inquiry::new(study);
        let outcomes = 0..study.model.outcomes.len();
        let asked: Vec<_> = outcomes.map(|at| inquiry.ask.outcome(inquiry.world, OutcomeId(at))).collect();
        // What is aimed at is to be as precise as the settings want it.
        asked.iter().for_each(|query| inquiry.ask.aim(Aim::Probability(*query)));
        let program = inquiry.compile(study)?;

        // As many draws as the settings want, and then the same ones for the collector.
        let sampled = study.simulate(&program)?;
        let course = inquiry.course(&sampled, &sampled.estimates());
        let plan = sampled.sampling.plan();
        let mut leads = Leads {
            world: program.alone(inquiry.world),
            weight: program.learned(inquiry.world).weight,
            outcomes: asked.iter().map(|query| program.query(*query).numerator).collect(),
            sums: vec![vec![0.0; asked.len()]; plan.replicates as usize],
        };
        run(&program, plan, &Layout::of(&program), &plan.whole(), &mut leads, study.watch)?;

        let lead = |(at, outcome): (usize, &foretell::model::Outcome)| OutcomeLead {
            id: outcome.named.id.clone(),
            label: outcome.named.label.clone(),
            probability: Probability(leads.estimate(at, course.exact)),
        };
        let leads = study.model.outcomes.iter().enumerate().map(lead).collect();
        Ok(Answered::new(LeadFinding { leads }, course))
    }
}

impl Paged for LeadFinding {
    fn page(&self, facts: &Facts, _: View) -> Page {
        let columns =
            [Column::csv("id"), Column::words("label", "Outcome"), Column::probability("leads", "Leads")];
        let mut table = Table::new(facts.run.decimals, columns);
        for one in &self.leads {
            table.row([Cell::from(&one.id), Cell::from(&one.label), Cell::from(*one.probability)]);
        }
        let mut page = Page::new(facts.scenario.title.as_str());
        page.table(table.clone());
        page.note(
            "Leads: the probability that, if the unknowns were known, it would be the most probable outcome.",
        );
        page.main = table;
        page
    }
}

/// Weighs the draws of each replicate in which each outcome has the greatest probability.
struct Leads {
    world: CompanyId,
    /// How much a draw weighs under what was learned.
    weight: Option<Output>,
    outcomes: Vec<Output>,
    /// For each replicate, the weight of the draws in which each outcome leads.
    sums: Vec<Vec<f64>>,
}

impl Leads {
    /// From the replicates' shares; where there is one replicate only, its error can't be told.
    fn estimate(&self, outcome: usize, exact: bool) -> Estimate {
        let share = |sums: &Vec<f64>| sums[outcome] / sums.iter().sum::<f64>();
        let shares: Vec<f64> = self.sums.iter().map(share).collect();
        match exact {
            true => Estimate::exact(shares[0]),
            false => Estimate::from_replicates(&shares).within(0.0, 1.0),
        }
    }
}

/// Parts are filled on any thread and collected in a fixed order, so that sums do not depend on the threads.
impl Collector for Leads {
    type Part = Vec<f64>;

    fn part(&self, _first_block: u64) -> Vec<f64> {
        vec![0.0; self.outcomes.len()]
    }

    fn observe(&self, part: &mut Vec<f64>, batch: &Batch) {
        let draws = batch.sound(self.world);
        let columns: Vec<_> = self.outcomes.iter().map(|output| draws.column(*output)).collect();
        let weights = self.weight.map(|output| draws.column(output));
        for draw in 0..draws.len() {
            let leader = (0..columns.len()).max_by(|a, b| columns[*a][draw].total_cmp(&columns[*b][draw]));
            part[leader.unwrap_or(0)] += weights.as_ref().map_or(1.0, |weights| weights[draw]);
        }
    }

    fn end_block(&self, _part: &mut Vec<f64>) {}

    fn collect(&mut self, replicate: u32, part: Vec<f64>) {
        self.sums[replicate as usize].iter_mut().zip(part).for_each(|(sum, more)| *sum += more);
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/vladivostok-2023.toml");
    let source = SourceFile::new("scenarios/vladivostok-2023.toml", std::fs::read_to_string(path)?);
    let session = Session::open(source, |name| Err(format!("{name} is not read here")))?;
    let case = session.case(&Changes::default())?;
    let answer = case.answer(&Lead, &Settings::default())?;

    let page = answer.finding.page(&answer.facts, View::NORMAL);
    let forms = [
        text::render(&page, 80, Style::Plain),
        markdown::render(&page),
        csv::render(&page),
        json::render(&answer),
        json::render(&schema::of::<LeadFinding>()),
    ];
    print!("{}", String::from_utf8(forms.join(&b'\n'))?);
    Ok(())
}

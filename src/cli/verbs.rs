//! The verbs: what can be written on the command line, and what is done then.
//!
//! A verb that puts one question to a file is its arguments here, and a line in [`Verb::run`].

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{ArgAction, Parser, Subcommand, ValueEnum};
use schemars::Schema;

use super::allowed::Allowed;
use super::args::{ImportArgs, MergeArgs, NewArgs, RunArgs, SweepArgs};
use super::compare::CompareArgs;
use super::discover::{self, DiscoverArgs};
use super::failure::Failure;
use super::files::STANDARD_INPUT;
use super::flags::{Asked, Display};
use super::pages::Names;
use super::plot::{self, PlotArgs};
use super::terminal::Terminal;
use super::values::{draw, share};
use super::{compare, door, examples, import, merge, new, run};
use crate::analysis::claims::{Check, CheckFinding};
use crate::analysis::compare::CompareFinding;
use crate::analysis::decide::{Decide, DecideFinding};
use crate::analysis::discover::DiscoverFinding;
use crate::analysis::explain::{Explain, ExplainFinding};
use crate::analysis::flip::{FlipFinding, Flips};
use crate::analysis::influence::{Influence, InfluenceFinding};
use crate::analysis::information::{Information, InformationFinding};
use crate::analysis::run::RunFinding;
use crate::analysis::sensitivity::{Others, Sensitivity, SensitivityFinding};
use crate::analysis::sweep::SweepFinding;
use crate::analysis::update::{Update, UpdateFinding};
use crate::analysis::worlds::{Worlds, WorldsFinding};
use crate::report::experiments::Experiments;
use crate::report::form::{Format, json, schema};
use crate::report::mistakes::Mistakes;
use crate::report::written::Written;
use crate::session::{self, Answer, Case};

/// Turn a text about the future into a probability model that can be run, questioned and checked against the text.
#[derive(Clone, Debug, Parser)]
#[command(name = "foretell", version, max_term_width = 100, after_help = examples::OVERVIEW)]
pub struct Args {
    /// What to do.
    #[command(subcommand)]
    pub verb: Verb,
    /// What the command may take and read.
    #[command(flatten)]
    pub allowed: Allowed,
}

/// The verbs.
#[derive(Clone, Debug, Subcommand)]
pub enum Verb {
    /// How probable is each outcome, how sure is that, and what drives it?
    #[command(visible_alias = "simulate", after_help = examples::RUN)]
    Run(RunArgs),
    /// Is the file sound, and does it agree with what its source claims?
    #[command(visible_alias = "validate", after_help = examples::CHECK)]
    Check {
        /// The question.
        #[command(flatten)]
        asked: Asked,
        /// Do not test claims.
        #[arg(long)]
        no_sampling: bool,
        /// Compute every answer once more by plain simulation, and see whether both agree; --draws gives its worlds.
        #[arg(long)]
        second_opinion: bool,
    },
    /// What does the file's evidence change, item by item and over time?
    #[command(after_help = examples::UPDATE)]
    Update {
        /// The question.
        #[command(flatten)]
        asked: Asked,
    },
    /// What moves each answer, and how much of what is not known about it comes from where?
    #[command(after_help = examples::SENSITIVITY)]
    Sensitivity(SensitivityArgs),
    /// What leads to what in the model, and how strongly?
    #[command(after_help = examples::INFLUENCE)]
    Influence {
        /// The question.
        #[command(flatten)]
        asked: Asked,
    },
    /// What is the smallest change that makes another outcome lead, or a claim hold?
    #[command(after_help = examples::FLIP)]
    Flip {
        /// The question.
        #[command(flatten)]
        asked: Asked,
        /// The outcome that is to lead [default: any other than the one that leads].
        #[arg(long, value_name = "OUTCOME")]
        to: Option<String>,
        /// Also how far each outcome's probability can be argued while no claim fails.
        #[arg(long)]
        envelope: bool,
    },
    /// What should be found out next, and how much would it tell?
    #[command(after_help = examples::VOI)]
    Voi {
        /// The question.
        #[command(flatten)]
        asked: Asked,
        /// What is to be told: an outcome, an event, or a factor with states [default: which outcome comes true].
        #[arg(long, value_name = "NAME")]
        of: Option<String>,
    },
    /// What is best to do, and what is it worth to know more first?
    #[command(after_help = examples::DECIDE)]
    Decide {
        /// The question.
        #[command(flatten)]
        asked: Asked,
    },
    /// Why does it come out as it does? The world of each outcome, the nearest one in which the runner-up wins, or one draw step by step.
    #[command(after_help = examples::EXPLAIN)]
    Explain(ExplainArgs),
    /// What could the future look like? Concrete worlds, each told in a few sentences; -n says how many.
    #[command(after_help = examples::WORLDS)]
    Worlds {
        /// The question.
        #[command(flatten)]
        asked: Asked,
    },
    /// In which worlds does an outcome come true?
    #[command(after_help = examples::DISCOVER)]
    Discover(DiscoverArgs),
    /// What are the answers as one number of the file, or two, go from one value to another?
    #[command(after_help = examples::SWEEP)]
    Sweep(SweepArgs),
    /// What did an edit change, and which edit moved which answer?
    #[command(after_help = examples::COMPARE)]
    Compare(CompareArgs),
    /// Draw one picture.
    #[command(after_help = examples::PLOT)]
    Plot(PlotArgs),
    /// Put the parts of a run together that `run --shard` made.
    #[command(after_help = examples::MERGE)]
    Merge(MergeArgs),
    /// Write a commented scenario file to start from.
    #[command(after_help = examples::NEW)]
    New(NewArgs),
    /// Write a network of another program (.bif, .xml, .net, .xdsl, .dne) as a scenario file.
    #[command(after_help = examples::IMPORT)]
    Import(ImportArgs),
    /// Print the JSON Schema of what a verb prints with --format json.
    #[command(after_help = examples::SCHEMA)]
    Schema(SchemaArgs),
}

impl Verb {
    /// Does it.
    ///
    /// # Errors
    /// The file, the arguments or the machine say no.
    pub fn run(&self, terminal: &Terminal) -> Result<ExitCode, Failure> {
        if self.takes_output() {
            terminal.leave_output();
        }
        match self {
            Verb::Run(args) => run::run(args, terminal),
            Verb::Check { asked, no_sampling, second_opinion } => {
                let check = Check { is_tested: !no_sampling, is_doubted: *second_opinion };
                let found = door::ask(asked, &check, &Names::of("check"), terminal)?.finding;
                let is_doubted = found.second_opinion.is_some_and(|one| one.disagree > 0);
                Ok(ExitCode::from(u8::from(found.disagree > 0 || is_doubted)))
            }
            Verb::Update { asked } => {
                // All evidence counts here if nothing else is said.
                door::ask(&asked.with_all_evidence(), &Update, &Names::of("update"), terminal)?;
                Ok(ExitCode::SUCCESS)
            }
            Verb::Sensitivity(args) => {
                let question = |case: &mut Case| Ok(args.question(case));
                door::ask_of(&args.asked, question, &Names::of("sensitivity"), terminal)?;
                Ok(ExitCode::SUCCESS)
            }
            Verb::Influence { asked } => {
                door::ask(asked, &Influence, &Names::of("influence"), terminal)?;
                Ok(ExitCode::SUCCESS)
            }
            Verb::Flip { asked, to, envelope } => {
                let question = |case: &mut Case| {
                    Ok(Flips { to: case.as_named(to.as_slice()).pop(), has_envelope: *envelope })
                };
                door::ask_of(asked, question, &Names::of("flip"), terminal)?;
                Ok(ExitCode::SUCCESS)
            }
            Verb::Voi { asked, of } => {
                let question = |case: &mut Case| {
                    let of = case.as_named(of.as_slice()).pop();
                    Information::about(&case.model, of.as_deref()).map_err(session::Failure::plain)
                };
                door::ask_of(asked, question, &Names::of("voi"), terminal)?;
                Ok(ExitCode::SUCCESS)
            }
            Verb::Decide { asked } => {
                door::ask(asked, &Decide, &Names::of("decide"), terminal)?;
                Ok(ExitCode::SUCCESS)
            }
            Verb::Discover(args) => discover::discover(args, terminal),
            Verb::Explain(args) => {
                door::ask(&args.asked, &Explain { draw: args.draw }, &Names::of("explain"), terminal)?;
                Ok(ExitCode::SUCCESS)
            }
            Verb::Worlds { asked } => {
                door::ask(asked, &Worlds, &Names::of("worlds"), terminal)?;
                Ok(ExitCode::SUCCESS)
            }
            Verb::Sweep(args) => {
                door::ask_of(
                    &args.asked,
                    |case| {
                        let of = case.as_named(&args.of);
                        args.varied.question(case, &of)
                    },
                    &Names::of("sweep"),
                    terminal,
                )?;
                Ok(ExitCode::SUCCESS)
            }
            Verb::Compare(args) => compare::compare(args, terminal),
            Verb::Plot(args) => plot::plot(args, terminal),
            Verb::Merge(args) => merge::merge(args, terminal),
            Verb::New(args) => new::new(args, terminal),
            Verb::Import(args) => import::import(args, terminal),
            Verb::Schema(args) => {
                terminal.print(&json::render(&args.of.schema()))?;
                Ok(ExitCode::SUCCESS)
            }
        }
    }

    /// Whether standard output is for something else than the answer.
    fn takes_output(&self) -> bool {
        let is_dash =
            |path: &Option<PathBuf>| path.as_ref().is_some_and(|path| path.as_os_str() == STANDARD_INPUT);
        match self {
            Verb::Run(args) => is_dash(&args.draws_out) || is_dash(&args.part),
            Verb::Plot(args) => is_dash(&args.output),
            Verb::New(args) => args.name.as_os_str() == STANDARD_INPUT,
            Verb::Import(args) => is_dash(&args.output),
            _ => false,
        }
    }

    /// What is said, and how it looks.
    pub fn display(&self) -> Display {
        match self {
            Verb::Run(args) => args.display,
            Verb::Check { asked, .. }
            | Verb::Update { asked }
            | Verb::Voi { asked, .. }
            | Verb::Flip { asked, .. }
            | Verb::Influence { asked }
            | Verb::Worlds { asked } => asked.display,
            Verb::Decide { asked } => asked.display,
            Verb::Sensitivity(args) => args.asked.display,
            Verb::Discover(args) => args.display,
            Verb::Explain(args) => args.asked.display,
            Verb::Sweep(args) => args.asked.display,
            Verb::Compare(args) => args.asked.display,
            Verb::Plot(args) => args.display,
            Verb::Merge(args) => args.display,
            Verb::New(args) => args.display,
            Verb::Import(args) => args.display,
            Verb::Schema(args) => args.display,
        }
    }

    /// How the answer is printed.
    pub fn format(&self) -> Format {
        match self {
            Verb::Run(args) => args.pages.format,
            Verb::Check { asked, .. }
            | Verb::Update { asked }
            | Verb::Voi { asked, .. }
            | Verb::Flip { asked, .. }
            | Verb::Influence { asked }
            | Verb::Worlds { asked } => asked.format,
            Verb::Decide { asked } => asked.format,
            Verb::Sensitivity(args) => args.asked.format,
            Verb::Discover(args) => args.format,
            Verb::Explain(args) => args.asked.format,
            Verb::Sweep(args) => args.asked.format,
            Verb::Compare(args) => args.asked.format,
            Verb::Merge(args) => args.pages.format,
            Verb::New(args) => args.format,
            Verb::Import(args) => args.format,
            Verb::Plot(_) => Format::Text,
            Verb::Schema(_) => Format::Json,
        }
    }
}

/// `explain`.
#[derive(Clone, Debug, clap::Args)]
pub struct ExplainArgs {
    /// The question.
    #[command(flatten)]
    pub asked: Asked,
    /// Follow one draw step by step, by its number as `worlds` tells it, as in 12; or 12.2 for the second future of draw 12.
    #[arg(long, value_name = "N", value_parser = draw, allow_negative_numbers = true)]
    pub draw: Option<(u64, u32)>,
}

/// `sensitivity`.
#[derive(Clone, Debug, clap::Args)]
pub struct SensitivityArgs {
    /// The question.
    #[command(flatten)]
    pub asked: Asked,
    /// Tell these answers only: outcomes, events, derived values, factors with states; separated by commas, may be repeated.
    #[arg(long, value_name = "NAME", value_delimiter = ',', action = ArgAction::Append)]
    pub of: Vec<String>,
    /// Where all else is while one thing is moved.
    #[arg(long, value_enum, default_value = "free", value_name = "WHERE")]
    pub at: Elsewhere,
    /// Share the variance out among all that is not known, also where it depends on each other (Shapley effects).
    #[arg(long)]
    pub shapley: bool,
    /// Move each number that the file states by this share of itself too, as in 20%.
    #[arg(long, value_name = "SHARE", value_parser = share, allow_negative_numbers = true)]
    pub structure: Option<f64>,
    /// Tell elementary effects in place of shares: for files of hundreds of factors, which get them anyway (Morris screening).
    #[arg(long, conflicts_with = "shapley")]
    pub screen: bool,
}

/// Where all else is while one thing is moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Elsewhere {
    /// As uncertain as it is.
    Free,
    /// At its median, or its most probable state.
    Median,
}

impl SensitivityArgs {
    fn question(&self, case: &Case) -> Sensitivity {
        Sensitivity {
            of: case.as_named(&self.of),
            others: if self.at == Elsewhere::Median { Others::Median } else { Others::Free },
            shapley: self.shapley,
            structure: self.structure,
            screen: self.screen,
        }
    }
}

/// `schema`.
#[derive(Clone, Debug, clap::Args)]
pub struct SchemaArgs {
    /// The verb.
    pub of: Printed,
    /// What is said.
    #[command(flatten)]
    pub display: Display,
}

/// What has a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Printed {
    /// `run --format json`, and `merge`.
    Run,
    /// `check --format json`.
    Check,
    /// `update --format json`.
    Update,
    /// `sensitivity --format json`.
    Sensitivity,
    /// `flip --format json`.
    Flip,
    /// `voi --format json`.
    Voi,
    /// `influence --format json`.
    Influence,
    /// `decide --format json`.
    Decide,
    /// `discover --format json`.
    Discover,
    /// `discover --data --format json`.
    Experiments,
    /// `explain --format json`.
    Explain,
    /// `worlds --format json`.
    Worlds,
    /// `sweep --format json`.
    Sweep,
    /// `compare --format json`.
    Compare,
    /// `merge --format json`: the same as `run`.
    Merge,
    /// `new --format json`.
    New,
    /// `import --format json`: the same as `new`.
    Import,
    /// Whatever is printed with --format json where something is wrong.
    Mistakes,
}

impl Printed {
    /// Its schema: JSON Schema, draft 2020-12.
    fn schema(self) -> Schema {
        match self {
            Printed::Run | Printed::Merge => schema::of::<Answer<RunFinding>>(),
            Printed::Check => schema::of::<Answer<CheckFinding>>(),
            Printed::Update => schema::of::<Answer<UpdateFinding>>(),
            Printed::Sensitivity => schema::of::<Answer<SensitivityFinding>>(),
            Printed::Flip => schema::of::<Answer<FlipFinding>>(),
            Printed::Voi => schema::of::<Answer<InformationFinding>>(),
            Printed::Influence => schema::of::<Answer<InfluenceFinding>>(),
            Printed::Decide => schema::of::<Answer<DecideFinding>>(),
            Printed::Discover => schema::of::<Answer<DiscoverFinding>>(),
            Printed::Experiments => schema::of::<Experiments>(),
            Printed::Explain => schema::of::<Answer<ExplainFinding>>(),
            Printed::Worlds => schema::of::<Answer<WorldsFinding>>(),
            Printed::Sweep => schema::of::<Answer<SweepFinding>>(),
            Printed::Compare => schema::of::<Answer<CompareFinding>>(),
            Printed::New | Printed::Import => schema::of::<Written>(),
            Printed::Mistakes => schema::of::<Mistakes>(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_arguments_are_consistent() {
        Args::command().debug_assert();
    }
}

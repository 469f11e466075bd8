//! What can be written on the command line.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{ArgAction, Parser, Subcommand, ValueEnum};

use super::values::{Percents, date, draws, percents, precision, shard};
use crate::design::Kind;
use crate::scenario::Date;
use crate::simulation::Shard;

/// Turn a text about the future into a probability model that can be run, questioned and checked against the text.
#[derive(Clone, Debug, Parser)]
#[command(name = "foretell", version, max_term_width = 100, after_help = OVERVIEW)]
pub struct Args {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The verbs.
#[derive(Clone, Debug, Subcommand)]
pub enum Command {
    /// How probable is each outcome, how sure is that, and what drives it?
    #[command(visible_alias = "simulate", after_help = RUN)]
    Run(RunArgs),
    /// Is the file sound, and does it agree with what its source claims?
    #[command(visible_alias = "validate", after_help = CHECK)]
    Check(CheckArgs),
    /// What does the file's evidence change, item by item and over time?
    #[command(after_help = UPDATE)]
    Update(UpdateArgs),
    /// Put the parts of a run together that `run --shard` made.
    #[command(after_help = MERGE)]
    Merge(MergeArgs),
    /// Write a commented scenario file to start from.
    #[command(after_help = NEW)]
    New(NewArgs),
    /// Write a network of another program (.bif) as a scenario file.
    #[command(after_help = IMPORT)]
    Import(ImportArgs),
}

const OVERVIEW: &str = "\
Examples:
  foretell new budget                 write budget.toml, a scenario to change into your own
  foretell check budget.toml          see whether it is sound and agrees with its source
  foretell run budget.toml            see how probable each outcome is, and why

Exit codes: 0 done, 1 a claim does not hold, 2 the file, the arguments or the machine said no.";

const RUN: &str = "\
Examples:
  foretell run budget.toml                            table here; charts and files in output/budget/
  foretell run budget.toml --set coalition_unity=0.9  what if the coalition held together?
  foretell run budget.toml --given 'growth < 1'       what if we learned that growth is below 1 %?
  foretell run budget.toml --variant boom             what if, as the file's [variants.boom] says?
  foretell run budget.toml --all-variants             every what-if of the file in one table
  foretell run budget.toml --precision 0.0001         until each standard error is 0.01 points
  foretell run budget.toml --format json | jq .outcomes
  foretell run budget.toml -q --of growth --percentiles 1,25,75,99
                                                      some quantities only, and more of their spread
  foretell run budget.toml --draws-out - | head -3    every draw as CSV, here to standard output
  foretell run - -o out < budget.toml                 read standard input, write into out/
  foretell run budget.toml -n 1e9 --shard 2/5 --part two.part
                                                      a fifth of the draws; `foretell merge` joins all";

const MERGE: &str = "\
Examples:
  foretell run budget.toml -n 1e9 --shard 1/2 --part one.part   on one machine
  foretell run budget.toml -n 1e9 --shard 2/2 --part two.part   on another
  foretell merge budget.toml one.part two.part                  the answer of `foretell run budget.toml -n 1e9`
  foretell merge budget.toml *.part --format json -o out        in any order, as JSON, with files in out/

Values replaced by --set, the seed and the design are those of the parts.";

const CHECK: &str = "\
Examples:
  foretell check budget.toml                  messages, then a verdict on every claim
  foretell check budget.toml -v               and how `a to b` and words were read
  foretell check budget.toml --no-sampling    the file alone, without testing its claims
  foretell check budget.toml --set coalition_unity=0.2 --format json

Exit codes: 0 sound, and no claim fails (one too close to tell is a warning); 1 a claim fails; 2 the file has errors.";

const UPDATE: &str = "\
Examples:
  foretell update summit.toml                      before and after all evidence, and what each item adds
  foretell update summit.toml --until 2024-03-31   what could be known on that day
  foretell update summit.toml --only ships,treaty  these items alone
  foretell update summit.toml --format json | jq .timeline";

const NEW: &str = "\
Examples:
  foretell new budget                  write budget.toml
  foretell new scenarios/budget.toml   write it into a folder that exists
  foretell new budget && foretell run budget.toml
  foretell new - | less                to read it only";

const IMPORT: &str = "\
Examples:
  foretell import asia.bif                    write asia.toml
  foretell import asia.bif -o clinic.toml     under another name
  foretell import asia.bif --force            in place of the asia.toml that is there
  foretell import - -o - < asia.bif           from standard input to standard output

Reads the Bayesian Interchange Format 0.15 (not XML), in which public repositories keep their networks. Names that
can't stand in a scenario file are changed and survive as labels.";

/// `run`.
#[derive(Clone, Debug, clap::Args)]
pub struct RunArgs {
    /// The scenario file; - reads standard input.
    pub file: PathBuf,
    /// How draws are made.
    #[command(flatten)]
    pub sampling: Sampling,
    /// What becomes of the answer.
    #[command(flatten)]
    pub pages: Pages,
    /// Compare all variants of the file with the file itself, on the same draws.
    #[arg(long, conflicts_with = "variant")]
    pub all_variants: bool,
    /// Which of the answer is told.
    #[command(flatten)]
    pub wanted: Wanted,
    /// Write every draw to this CSV file; - for standard output, with the answer on standard error.
    #[arg(long, value_name = "FILE")]
    pub draws_out: Option<PathBuf>,
    /// Make only the I-th of N shares of the draws, as in 2/5; needs --draws and --part.
    #[arg(long, value_name = "I/N", value_parser = shard, requires = "part", conflicts_with_all = WHOLE)]
    pub shard: Option<Shard>,
    /// Where the share is written, for `foretell merge`; - for standard output.
    #[arg(long, value_name = "FILE", requires = "shard")]
    pub part: Option<PathBuf>,
    /// What is said.
    #[command(flatten)]
    pub display: Display,
}

/// Flags that are about a whole answer.
const WHOLE: [&str; 6] = ["draws_out", "format", "output", "no_charts", "of", "percentiles"];

/// Which of an answer is told.
#[derive(Clone, Debug, clap::Args)]
pub struct Wanted {
    /// Report only these factors, derived values and events; separated by commas, may be repeated.
    #[arg(long, value_name = "NAME", value_delimiter = ',', action = ArgAction::Append)]
    pub of: Vec<String>,
    /// Tell these percentiles too of every spread, as in 1,25,75,99.
    #[arg(long, value_name = "LIST", value_parser = percents, allow_negative_numbers = true)]
    pub percentiles: Option<Percents>,
}

impl Wanted {
    /// The percentiles that are told besides P5, P50 and P95.
    pub fn percents(&self) -> &[f64] {
        self.percentiles.as_ref().map_or(&[], |list| &list.0)
    }
}

/// `merge`.
#[derive(Clone, Debug, clap::Args)]
pub struct MergeArgs {
    /// The scenario file that the parts were made from; - reads standard input.
    pub file: PathBuf,
    /// The parts, in any order.
    #[arg(required = true, value_name = "PART")]
    pub parts: Vec<PathBuf>,
    /// Which of the answer is told.
    #[command(flatten)]
    pub wanted: Wanted,
    /// What becomes of the answer.
    #[command(flatten)]
    pub pages: Pages,
    /// What is said.
    #[command(flatten)]
    pub display: Display,
}

/// What becomes of an answer.
#[derive(Clone, Debug, clap::Args)]
pub struct Pages {
    /// How the answer is printed.
    #[arg(long, value_enum, default_value = "text")]
    pub format: Format,
    /// Where files are written [default: output/FILE-STEM/; nothing unless the format is text].
    #[arg(short, long, value_name = "DIR")]
    pub output: Option<PathBuf>,
    /// Leave the charts out.
    #[arg(long)]
    pub no_charts: bool,
}

/// `check`.
#[derive(Clone, Debug, clap::Args)]
pub struct CheckArgs {
    /// The scenario file; - reads standard input.
    pub file: PathBuf,
    /// How draws are made.
    #[command(flatten)]
    pub sampling: Sampling,
    /// Do not test claims.
    #[arg(long)]
    pub no_sampling: bool,
    /// How the answer is printed.
    #[arg(long, value_enum, default_value = "text")]
    pub format: CheckFormat,
    /// What is said.
    #[command(flatten)]
    pub display: Display,
}

/// `update`.
#[derive(Clone, Debug, clap::Args)]
pub struct UpdateArgs {
    /// The scenario file; - reads standard input.
    pub file: PathBuf,
    /// How draws are made.
    #[command(flatten)]
    pub sampling: Sampling,
    /// How the answer is printed.
    #[arg(long, value_enum, default_value = "text")]
    pub format: Format,
    /// Where a chart and the answer in every form are written [default: nowhere].
    #[arg(short, long, value_name = "DIR")]
    pub output: Option<PathBuf>,
    /// What is said.
    #[command(flatten)]
    pub display: Display,
}

/// `new`.
#[derive(Clone, Debug, clap::Args)]
pub struct NewArgs {
    /// The file's name; .toml is added if missing; - prints it.
    pub name: PathBuf,
    /// What is said.
    #[command(flatten)]
    pub display: Display,
}

/// `import`.
#[derive(Clone, Debug, clap::Args)]
pub struct ImportArgs {
    /// The network's file; - reads standard input.
    pub file: PathBuf,
    /// The scenario file to write; - prints it [default: FILE-STEM.toml in the current folder].
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Replace the scenario file if it exists.
    #[arg(long)]
    pub force: bool,
    /// What is said.
    #[command(flatten)]
    pub display: Display,
}

/// How draws are made.
#[derive(Clone, Debug, clap::Args)]
pub struct Sampling {
    /// How many draws; with --precision, the most [default: as many as tenths of a percentage point need].
    #[arg(short = 'n', long, visible_alias = "samples", value_name = "N", value_parser = draws, allow_negative_numbers = true)]
    pub draws: Option<u64>,
    /// Which random numbers: the same seed gives the same answer.
    #[arg(long, default_value_t = 1, allow_negative_numbers = true)]
    pub seed: u64,
    /// How draws are spread.
    #[arg(long, value_enum, default_value = "sobol")]
    pub design: DesignName,
    /// Stop when the standard error of every probability that is shown is below this, as in 0.001 for a tenth of a point, and
    /// that of every derived value's mean below this many of its deviations.
    #[arg(long, value_name = "ERROR", value_parser = precision, allow_negative_numbers = true)]
    pub precision: Option<f64>,
    /// How many threads [default: one a core]. The answer is the same for any number.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024), allow_negative_numbers = true)]
    pub threads: Option<u16>,
    /// Run a what-if of the file's `[variants]`; may be repeated, and --set and --given beat it.
    #[arg(long, value_name = "NAME", action = ArgAction::Append)]
    pub variant: Vec<String>,
    /// Replace a value of the file, or a number in it, as in china_approval=0.9, oil_price='40 to 90' or pull@2=0.7; may be repeated.
    #[arg(long, value_name = "NAME=VALUE", action = ArgAction::Append, allow_hyphen_values = true)]
    pub set: Vec<String>,
    /// Learn that something holds, as in 'trade_demand > 0.6' or 'outcome == sanctioned'; may be repeated.
    #[arg(long, value_name = "EXPR", action = ArgAction::Append, allow_hyphen_values = true)]
    pub given: Vec<String>,
    /// Learn from the file's evidence: `all`, or the ids of items, as in containers,missiles; may be repeated.
    #[arg(long, visible_alias = "only", value_name = "all|ID", value_delimiter = ',', action = ArgAction::Append)]
    pub evidence: Vec<String>,
    /// Of the file's evidence, learn from what is dated up to this day, as in 2024-03-31.
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub until: Option<Date>,
    /// Whether states and events are summed over, so that models of these alone are exact.
    #[arg(long, value_enum, default_value = "allow", value_name = "WHETHER")]
    pub exact: Exactness,
}

/// Whether answers are to be exact.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Exactness {
    /// No answer if a draw enters one.
    Require,
    /// Exact where it can be.
    #[default]
    Allow,
    /// States and events are drawn, to hold the sums against.
    Never,
}

/// What is said, and how it looks.
#[derive(Clone, Copy, Debug, clap::Args)]
pub struct Display {
    /// Say nothing but the answer.
    #[arg(short, long, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Say more.
    #[arg(short, long)]
    pub verbose: bool,
    /// Colours [auto: on a terminal, unless NO_COLOR is set].
    #[arg(long, value_enum, default_value = "auto", value_name = "WHEN")]
    pub color: Colour,
}

/// The designs by their names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DesignName {
    /// Independent draws.
    Independent,
    /// A Latin hypercube.
    Lhs,
    /// Scrambled Sobol points: the most accurate.
    Sobol,
}

impl From<DesignName> for Kind {
    fn from(name: DesignName) -> Kind {
        match name {
            DesignName::Independent => Kind::Independent,
            DesignName::Lhs => Kind::LatinHypercube,
            DesignName::Sobol => Kind::Sobol,
        }
    }
}

/// Forms of the answer of `run`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For reading.
    Text,
    /// For programs: everything, to full precision.
    Json,
    /// For spreadsheets: the outcomes, or what else is asked for.
    Csv,
    /// For reports: a section with a footnote.
    Markdown,
}

/// Forms of the answer of `check`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum CheckFormat {
    /// For reading.
    Text,
    /// For programs.
    Json,
}

/// When to colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Colour {
    /// On a terminal.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

impl Args {
    /// Reads the command line.
    ///
    /// # Errors
    /// The exit code, once help, version or what is wrong with the arguments has been shown.
    pub fn read() -> Result<Args, ExitCode> {
        Args::try_parse().map_err(|shown| {
            // If nobody listens any more, nothing is left to be said.
            let _ = shown.print();
            let helped = matches!(shown.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion);
            ExitCode::from(if helped { 0 } else { 2 })
        })
    }
}

impl Command {
    /// What is said, and how it looks.
    pub fn display(&self) -> Display {
        match self {
            Command::Run(args) => args.display,
            Command::Check(args) => args.display,
            Command::Update(args) => args.display,
            Command::Merge(args) => args.display,
            Command::New(args) => args.display,
            Command::Import(args) => args.display,
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

    #[test]
    fn every_design_has_its_name() {
        for name in DesignName::value_variants() {
            let written = name.to_possible_value().map(|value| value.get_name().to_string());
            assert_eq!(written.as_deref(), Some(Kind::from(*name).name()));
        }
    }
}

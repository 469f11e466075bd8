//! `foretell discover`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::slice;

use clap::ArgAction;

use super::door;
use super::failure::Failure;
use super::files::{self, Input};
use super::flags::{Asked, Display, Sampling};
use super::inputs::Inputs;
use super::output;
use super::pages::{self, Names};
use super::terminal::Terminal;
use super::values::{number, share};
use crate::analysis::discover::{Discover, DiscoverRows, Looking, Test, Wanted, Wish};
use crate::diagnostic::{Diagnostics, SourceFile, Sources};
use crate::interchange::experiments::Experiments;
use crate::report;
use crate::report::form::Format;
use crate::session::Case;

/// `discover`.
#[derive(Clone, Debug, clap::Args)]
pub struct DiscoverArgs {
    /// The scenario file; - reads standard input.
    #[arg(required_unless_present = "data", conflicts_with = "data")]
    pub file: Option<PathBuf>,
    /// How draws are made.
    #[command(flatten)]
    pub sampling: Sampling,
    /// How the answer is printed.
    #[arg(long, value_enum, default_value = "text")]
    pub format: Format,
    /// Where the answer is written in every form, with charts if it has any [default: nowhere].
    #[arg(short, long, value_name = "DIR")]
    pub output: Option<PathBuf>,
    /// Leave the charts out.
    #[arg(long)]
    pub no_charts: bool,
    /// What is said.
    #[command(flatten)]
    pub display: Display,
    /// What is to happen: an outcome or an event [default: the most probable outcome].
    #[arg(long, value_name = "NAME", conflicts_with = "state")]
    pub outcome: Option<String>,
    /// What is to happen: that a factor is in a state, as in sky=clear.
    #[arg(long, value_name = "FACTOR=STATE", value_parser = state)]
    pub state: Option<(String, String)>,
    /// A table of experiments in place of a scenario: a CSV file with a header; - reads standard input.
    #[arg(long, value_name = "FILE.csv", requires = "of", conflicts_with_all = SCENARIO)]
    pub data: Option<PathBuf>,
    /// The column of the table that tells: 1 where it is so, 0 where not.
    #[arg(long, value_name = "COLUMN", requires = "data")]
    pub of: Option<String>,
    /// It is so where the column holds more than this.
    #[arg(long, value_name = "VALUE", value_parser = number, requires = "data", allow_hyphen_values = true, conflicts_with_all = ["below", "is"])]
    pub above: Option<f64>,
    /// It is so where the column holds less than this.
    #[arg(
        long,
        value_name = "VALUE",
        value_parser = number,
        requires = "data",
        allow_hyphen_values = true,
        conflicts_with = "is"
    )]
    pub below: Option<f64>,
    /// It is so where the column holds this word.
    #[arg(long, value_name = "WORD", requires = "data", allow_hyphen_values = true)]
    pub is: Option<String>,
    /// How boxes are looked for.
    #[command(flatten)]
    pub looking: LookingArgs,
}

/// Flags that are about a scenario.
const SCENARIO: [&str; 13] = [
    "outcome",
    "state",
    "draws",
    "design",
    "precision",
    "threads",
    "variant",
    "set",
    "given",
    "evidence",
    "until",
    "exact",
    "file",
];

/// How boxes are looked for.
#[derive(Clone, Debug, clap::Args)]
pub struct LookingArgs {
    /// Look at these only; separated by commas, may be repeated [default: all factors and events that lead to it or stand beside it].
    #[arg(long, value_name = "NAME", value_delimiter = ',', action = ArgAction::Append)]
    pub by: Vec<String>,
    /// Take the box with this number on the path [default: the one that explains most].
    #[arg(long = "box", value_name = "N", conflicts_with_all = ["coverage", "density"])]
    pub number: Option<usize>,
    /// Take the densest box that holds at least this share of it, as in 80%.
    #[arg(long, value_name = "SHARE", value_parser = share, allow_negative_numbers = true, conflicts_with = "density")]
    pub coverage: Option<f64>,
    /// Take the largest box in which it happens at least so often, as in 70%.
    #[arg(long, value_name = "SHARE", value_parser = share, allow_negative_numbers = true)]
    pub density: Option<f64>,
    /// Look for so many boxes, each in what those before it leave.
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u8).range(1..=20), allow_negative_numbers = true)]
    pub boxes: u8,
    /// How much of a box goes at a time.
    #[arg(long, value_name = "SHARE", default_value = "5%", value_parser = share, allow_negative_numbers = true)]
    pub peel: f64,
    /// The least share of all that a box holds [default: 5%, or half of how probable it is where that is less].
    #[arg(long, value_name = "SHARE", value_parser = share, allow_negative_numbers = true)]
    pub support: Option<f64>,
}

impl LookingArgs {
    fn looking(&self) -> Looking {
        let wish = match (self.number, self.coverage, self.density) {
            (Some(number), ..) => Wish::Number(number),
            (_, Some(coverage), _) => Wish::Coverage(coverage),
            (.., Some(density)) => Wish::Density(density),
            _ => Wish::Explained,
        };
        Looking { wish, boxes: self.boxes.into(), peel: self.peel, support: self.support }
    }
}

/// A factor and one of its states.
fn state(text: &str) -> Result<(String, String), String> {
    let parts = text.split_once('=').map(|(factor, state)| (factor.trim().into(), state.trim().into()));
    parts.ok_or_else(|| "write a factor and one of its states, as in sky=clear".into())
}

/// Answers it.
///
/// # Errors
/// The file, the arguments or the machine say no.
pub fn discover(args: &DiscoverArgs, terminal: &Terminal) -> Result<ExitCode, Failure> {
    match (&args.file, &args.data) {
        (Some(file), _) => {
            let question = |case: &mut Case| Ok(args.question(case));
            door::ask_of(&args.asked(file), question, &Names::of("discover"), terminal)?;
        }
        (None, Some(data)) => args.in_table(data, terminal)?,
        (None, None) => {}
    }
    Ok(ExitCode::SUCCESS)
}

impl DiscoverArgs {
    fn asked(&self, file: &Path) -> Asked {
        Asked {
            file: file.into(),
            sampling: self.sampling.clone(),
            format: self.format,
            output: self.output.clone(),
            no_charts: self.no_charts,
            display: self.display,
        }
    }

    fn in_table(&self, data: &Path, terminal: &Terminal) -> Result<(), Failure> {
        let interrupt = terminal.listen();
        let names = Names::of("discover");
        let mut inputs = Inputs::default();
        inputs.add(data);
        inputs.spare(terminal)?;
        let folder = self.output.as_deref().map(output::folder).transpose()?;
        if let Some(folder) = &folder {
            output::check(folder, &names.verb, &names.all(), &inputs)?;
        }
        let Input { name, text, .. } = interrupt.at_once(|| files::table(data))?;
        self.sampling.limit(&interrupt.watch);
        let found = Experiments::read(&text).and_then(|table| self.rows().find(&table, &interrupt.watch));
        let found = found.map_err(Failure::plain)?;
        interrupt.check()?;
        let sources = Sources::new(SourceFile::new(name.clone(), ""));
        let mut doubts = Diagnostics::new();
        doubts.extend(found.doubts.iter().cloned());
        interrupt.at_once(|| terminal.warn(&sources, &doubts));
        let report = report::experiments::Experiments::of(name, found, self.sampling.seed);
        interrupt.at_once(|| terminal.report(&report, self.format))?;
        match &folder {
            Some(folder) => {
                let kept = (folder.as_path(), &names);
                pages::write_report(&report, kept, !self.no_charts, &inputs, terminal, &interrupt)
            }
            None => Ok(()),
        }
    }

    fn rows(&self) -> DiscoverRows {
        let test = match (self.above, self.below, &self.is) {
            (Some(bound), ..) => Test::Above(bound),
            (_, Some(bound), _) => Test::Below(bound),
            (.., Some(word)) => Test::Is(word.clone()),
            _ => Test::One,
        };
        DiscoverRows {
            of: self.of.clone().unwrap_or_default(),
            test,
            by: self.looking.by.clone(),
            looking: self.looking.looking(),
            seed: self.sampling.seed,
        }
    }

    fn question(&self, case: &Case) -> Discover {
        let of = match (&self.outcome, &self.state) {
            (Some(name), _) => Wanted::Named(case.as_named(slice::from_ref(name)).concat()),
            (_, Some((factor, state))) => {
                let factor = case.as_named(slice::from_ref(factor)).concat();
                let state = case.as_state(&factor, state);
                Wanted::State(factor, state)
            }
            _ => Wanted::Likeliest,
        };
        Discover { of, by: case.as_named(&self.looking.by), looking: self.looking.looking() }
    }
}

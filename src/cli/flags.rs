//! Flags that verbs share.

use std::path::PathBuf;
use std::time::Duration;

use clap::builder::PossibleValue;
use clap::{ArgAction, ValueEnum};

use super::values::{Percents, date, draws, duration, percents, precision};
use crate::design::Kind;
use crate::report::form::Format;
use crate::scenario::Date;
use crate::session::Exactness;

/// A question about a scenario file.
#[derive(Clone, Debug, clap::Args)]
pub struct Asked {
    /// The scenario file; - reads standard input.
    pub file: PathBuf,
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
}

/// Which of an answer is told.
#[derive(Clone, Debug, clap::Args)]
pub struct Wanted {
    /// Report only these factors, derived values and events, by names or labels; separated by commas, may be repeated.
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
    /// End with what is known before this much time is over, as in 10s or 2min; what is found then hangs on the machine.
    #[arg(long, value_name = "TIME", value_parser = duration)]
    pub max_time: Option<Duration>,
    /// How many threads [default: one a core]. The answer is the same for any number.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024), allow_negative_numbers = true)]
    pub threads: Option<u16>,
    /// Run a what-if of the file's `[variants]`; may be repeated, and --set and --given beat it.
    #[arg(long, value_name = "NAME", action = ArgAction::Append)]
    pub variant: Vec<String>,
    /// Replace a value of the file, or a number in it, as in china_approval=0.9, oil_price='40 to 90' or pull@2=0.7; may be repeated.
    #[arg(long, value_name = "NAME=VALUE", action = ArgAction::Append, allow_hyphen_values = true)]
    pub set: Vec<String>,
    /// Learn that something holds, as in 'trade_demand > 0.6', 'outcome == sanctioned' or '"Trade demand" > 0.6'; may be repeated.
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
    pub exact: Whether,
}

/// Whether answers are to be exact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Whether {
    /// No answer if a draw enters one.
    Require,
    /// Exact where it can be; of networks that are too large to be summed over, some states are drawn.
    Allow,
    /// States and events are drawn, to hold the sums against.
    Never,
}

impl From<Whether> for Exactness {
    fn from(whether: Whether) -> Exactness {
        match whether {
            Whether::Require => Exactness::Require,
            Whether::Allow => Exactness::Allow,
            Whether::Never => Exactness::Never,
        }
    }
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
    /// In CSV, put an apostrophe before words that a spreadsheet would take for a formula.
    #[arg(long)]
    pub excel: bool,
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

impl ValueEnum for Format {
    fn value_variants<'a>() -> &'a [Format] {
        &Format::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.name()).help(self.purpose()))
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_design_has_its_name() {
        for name in DesignName::value_variants() {
            let written = name.to_possible_value().map(|value| value.get_name().to_string());
            assert_eq!(written.as_deref(), Some(Kind::from(*name).name()));
        }
    }
}

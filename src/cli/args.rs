//! The arguments of verbs that do more than to put a question.

use std::path::PathBuf;

use clap::{ArgAction, ValueEnum};

use super::flags::{Asked, Display, Pages, Sampling, Wanted};
use super::share::{Share, share};
use crate::analysis::run::Run;
use crate::analysis::sweep::Sweep;
use crate::diagnostic::Diagnostic;
use crate::interchange;
use crate::report::form::Format;
use crate::session::{Case, Changes, Failure};

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
    /// Tell how two or three things go together: factors with states, events, `outcome`, `theory`, or propositions, as in
    /// 'deal, trade_demand > 0.6'; may be repeated.
    #[arg(long, value_name = "A,B[,C]", action = ArgAction::Append, allow_hyphen_values = true)]
    pub joint: Vec<String>,
    /// Which of the answer is told.
    #[command(flatten)]
    pub wanted: Wanted,
    /// Write every draw to this file, as CSV, or as Parquet if it ends in .parquet; - for standard output as CSV, with the
    /// answer on standard error.
    #[arg(long, value_name = "FILE")]
    pub draws_out: Option<PathBuf>,
    /// Make only the I-th of N shares of the draws, as in 2/5, or several, as in 3,7-9/16; auto or auto/N takes I, and N, from a batch
    /// system; needs --draws and --part.
    #[arg(long, value_name = "I/N", value_parser = share, requires = "part", conflicts_with_all = WHOLE)]
    pub shard: Option<Share>,
    /// Where the share is written, for `foretell merge`: a file, a folder, in which it gets a name, or - for standard output.
    #[arg(long, value_name = "FILE", requires = "shard")]
    pub part: Option<PathBuf>,
    /// What is said.
    #[command(flatten)]
    pub display: Display,
}

/// Flags that are about a whole answer.
const WHOLE: [&str; 5] = ["draws_out", "format", "output", "no_charts", "percentiles"];

/// Flags that are about an answer.
const ANSWER: [&str; 5] = ["format", "output", "no_charts", "of", "percentiles"];

/// `sweep`.
#[derive(Clone, Debug, clap::Args)]
pub struct SweepArgs {
    /// The question.
    #[command(flatten)]
    pub asked: Asked,
    /// What is varied.
    #[command(flatten)]
    pub varied: Varied,
    /// Look at these outcomes, events, factors and derived values only; separated by commas, may be repeated.
    #[arg(long, value_name = "NAME", value_delimiter = ',', action = ArgAction::Append)]
    pub of: Vec<String>,
}

/// What is varied in a sweep.
#[derive(Clone, Debug, clap::Args)]
pub struct Varied {
    /// Vary a number of the file, as in china_approval=0:1, pull@2=0.5:2:21 (21 values) or mood=calm:wild; twice for a map.
    #[arg(long, value_name = "ADDRESS=FROM:TO[:N]", action = ArgAction::Append, allow_hyphen_values = true)]
    pub vary: Vec<String>,
    /// Do so with something else held at its P5, P50 and P95, in each of its states, or at the values named.
    #[arg(long, value_name = "NAME[=V,V,…]", allow_hyphen_values = true)]
    pub also: Option<String>,
}

impl Varied {
    /// What is asked of a case about the answers called `of`, or about all.
    ///
    /// # Errors
    /// Everything that is wrong with the words.
    pub fn question(&self, case: &mut Case, of: &[String]) -> Result<Sweep, Failure> {
        if self.vary.is_empty() {
            let hint = "name a number of the file and where it goes, as in --vary china_approval=0:1";
            return Err(Failure::plain(Diagnostic::error("arguments", "nothing is varied").hint(hint)));
        }
        case.sweep(&self.vary, self.also.as_deref(), of)
    }
}

/// `merge`.
#[derive(Clone, Debug, clap::Args)]
pub struct MergeArgs {
    /// The scenario file that the parts were made from; - reads standard input.
    pub file: PathBuf,
    /// The parts, in any order: files, folders of .part files, patterns as in 'parts/*.part', or - for standard input.
    #[arg(required = true, value_name = "PART")]
    pub parts: Vec<PathBuf>,
    /// Write them as one part in place of the answer, whether or not all are there; - for standard output.
    #[arg(long, value_name = "FILE", conflicts_with_all = ANSWER)]
    pub part: Option<PathBuf>,
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

/// `new`.
#[derive(Clone, Debug, clap::Args)]
pub struct NewArgs {
    /// The file's name; .toml is added if missing; - prints it.
    pub name: PathBuf,
    /// How the answer is printed.
    #[arg(long, value_enum, default_value = "text")]
    pub format: Format,
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
    /// The format of the network [default: as its ending says, or else its text].
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub from: Option<Origin>,
    /// How the answer is printed.
    #[arg(long, value_enum, default_value = "text")]
    pub format: Format,
    /// What is said.
    #[command(flatten)]
    pub display: Display,
}

/// A format of networks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Origin {
    /// The Bayesian Interchange Format 0.15.
    Bif,
    /// Its successor in XML, 0.3.
    Xmlbif,
    /// Hugin.
    Net,
    /// GeNIe.
    Xdsl,
    /// Netica.
    Dne,
}

impl From<Origin> for interchange::Format {
    fn from(origin: Origin) -> interchange::Format {
        match origin {
            Origin::Bif => interchange::Format::Bif,
            Origin::Xmlbif => interchange::Format::Xmlbif,
            Origin::Net => interchange::Format::Hugin,
            Origin::Xdsl => interchange::Format::Xdsl,
            Origin::Dne => interchange::Format::Netica,
        }
    }
}

impl RunArgs {
    /// What is changed about the scenario.
    pub fn changes(&self) -> Changes {
        Changes { all_variants: self.all_variants, joint: self.joint.clone(), ..self.sampling.changes() }
    }

    /// What is asked of it, as it was opened; `of` are the names of what is told.
    pub fn question(&self, case: &Case, of: Vec<String>) -> Run {
        Run {
            of,
            percents: self.wanted.percents().to_vec(),
            all_variants: self.all_variants,
            joint: case.joint.clone(),
        }
    }
}

//! `foretell discover`.

use std::process::ExitCode;

use clap::ArgAction;

use super::door;
use super::failure::Failure;
use super::flags::Asked;
use super::pages::Names;
use super::terminal::Terminal;
use super::values::share;
use crate::analysis::discover::{Discover, Looking, Wanted, Wish};

/// `discover`.
#[derive(Clone, Debug, clap::Args)]
pub struct DiscoverArgs {
    /// The question.
    #[command(flatten)]
    pub asked: Asked,
    /// What is to happen: an outcome or an event [default: the most probable outcome].
    #[arg(long, value_name = "NAME", conflicts_with = "state")]
    pub outcome: Option<String>,
    /// What is to happen: that a factor is in a state, as in sky=clear.
    #[arg(long, value_name = "FACTOR=STATE", value_parser = state)]
    pub state: Option<(String, String)>,
    /// How boxes are looked for.
    #[command(flatten)]
    pub looking: LookingArgs,
}

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
    /// The least share of all that a box holds.
    #[arg(long, value_name = "SHARE", default_value = "5%", value_parser = share, allow_negative_numbers = true)]
    pub support: f64,
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
    door::ask(&args.asked, &args.question(), &Names::of("discover"), terminal)?;
    Ok(ExitCode::SUCCESS)
}

impl DiscoverArgs {
    fn question(&self) -> Discover {
        let of = match (&self.outcome, &self.state) {
            (Some(name), _) => Wanted::Named(name.clone()),
            (_, Some((factor, state))) => Wanted::State(factor.clone(), state.clone()),
            _ => Wanted::Likeliest,
        };
        Discover { of, by: self.looking.by.clone(), looking: self.looking.looking() }
    }
}

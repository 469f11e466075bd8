//! Whether plain simulation and the engine say the same, of everything that a file can hold.

#![allow(clippy::disallowed_methods)]

mod control;
mod generator;
mod random;
mod shipped;

use foretell::analysis::claims::{Check, CheckFinding};
use foretell::analysis::second_opinion::SecondOpinion;
use foretell::diagnostic::SourceFile;
use foretell::session::{Answer, Changes, Failure, Session};
use foretell::simulation::{Rule, Settings};

/// The second opinion on a text, under changes.
fn opinion(text: &str, changes: &Changes, settings: &Settings) -> Result<SecondOpinion, Failure> {
    let read = |name: &str| match name {
        "data.csv" => Ok(generator::DATA.into()),
        other => Err(other.to_string()),
    };
    let session = Session::open(SourceFile::new("test.toml", text), read)?;
    let check = Check { is_tested: false, is_doubted: true };
    let answer: Answer<CheckFinding> = session.case(changes)?.answer(&check, settings)?;
    Ok(answer.finding.second_opinion.expect("a second opinion"))
}

/// So many worlds, and as many draws of the engine's.
fn settings(draws: u64, seed: u64) -> Settings {
    Settings { rule: Rule::Draws(draws), seed, threads: 1, ..Settings::default() }
}

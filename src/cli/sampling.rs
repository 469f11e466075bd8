//! From flags to the settings of a run.

use super::args::Sampling;
use crate::simulation::{MOST, Rule, Settings, Target};

impl Sampling {
    /// The settings that the flags ask for.
    pub fn settings(&self) -> Settings {
        Settings {
            kind: self.design.into(),
            seed: self.seed,
            threads: self.threads.map_or(0, usize::from),
            rule: self.rule(),
        }
    }

    /// `--draws` alone is a number of draws; with `--precision` it is the most.
    fn rule(&self) -> Rule {
        match (self.draws, self.precision) {
            (None, None) => Rule::default(),
            (Some(draws), None) => Rule::Draws(draws),
            (most, Some(error)) => {
                Rule::Until { target: Target::StandardError(error), most: most.unwrap_or(MOST) }
            }
        }
    }
}

/// The most draws that a rule makes, and whether it makes them all.
pub fn extent(rule: Rule) -> (u64, bool) {
    match rule {
        Rule::Draws(draws) => (draws, true),
        Rule::Until { most, .. } => (most, false),
    }
}

//! From flags to the settings of a run.

use std::sync::Arc;
use std::thread;
use std::time::Instant;

use super::flags::{Asked, Sampling};
use super::terminal::Terminal;
use crate::design::Kind;
use crate::diagnostic::number::counted;
use crate::session::Changes;
use crate::simulation::{MOST, REPLICATES, Rule, Settings, Target, Watch};

/// As often as it is said how much of the time is over.
const TICKS: u32 = 32;

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

    /// Asks what is done to end with what is known once half of the time is over: the next look takes as long as all before it.
    pub fn limit(&self, watch: &Arc<Watch>) {
        let Some(time) = self.max_time else { return };
        let watch = watch.clone();
        watch.set_time();
        let started = Instant::now();
        thread::spawn(move || {
            for tick in 1..=TICKS {
                thread::sleep((time / 2 * tick / TICKS).saturating_sub(started.elapsed()));
                watch.pass(f64::from(tick) / f64::from(TICKS));
            }
        });
    }

    /// Says that more draws are made than were asked for, where these are fewer than the replicates whose differences tell the error.
    pub fn tell_fewest(&self, terminal: &Terminal) {
        let fewest = u64::from(REPLICATES);
        if let (Some(draws), false) = (self.draws, Kind::from(self.design) == Kind::Independent)
            && draws < fewest
        {
            let asked = counted(draws, "draw");
            terminal.say(&format!(
                "{asked} can't tell an error: {fewest} are made, one in each of {fewest} replicates.\n"
            ));
        }
    }

    /// What the flags change about a scenario.
    pub fn changes(&self) -> Changes {
        Changes {
            variants: self.variant.clone(),
            all_variants: false,
            joint: Vec::new(),
            of: Vec::new(),
            set: self.set.clone(),
            given: self.given.clone(),
            evidence: self.evidence.clone(),
            until: self.until,
            exact: self.exact.into(),
        }
    }

    /// The same, with all evidence if none is named.
    pub fn with_all_evidence(&self) -> Sampling {
        let mut sampling = self.clone();
        if sampling.evidence.is_empty() {
            sampling.evidence.push("all".into());
        }
        sampling
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

impl Asked {
    /// The same, with all evidence if none is named.
    pub fn with_all_evidence(&self) -> Asked {
        Asked { sampling: self.sampling.with_all_evidence(), ..self.clone() }
    }
}

/// The most draws that a rule makes, and whether it makes them all.
pub fn extent(rule: Rule) -> (u64, bool) {
    match rule {
        Rule::Draws(draws) => (draws, true),
        Rule::Until { most, .. } => (most, false),
    }
}

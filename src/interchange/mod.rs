//! Floor 2: networks of other programs, read and written as scenario files.
//!
//! [`bif`] reads the Bayesian Interchange Format (0.15, not XML) into blocks, [`network`] checks them and holds the
//! network, [`scenario_text`] writes it as a scenario file with one factor with states for each variable.
//!
//! ```
//! use foretell::{diagnostic::SourceFile, interchange};
//! let text = "variable Rain { type discrete [ 2 ] { no, yes }; } probability ( Rain ) { table 0.8, 0.2; }";
//! let (network, problems) = interchange::read(&SourceFile::new("rain.bif", text));
//! assert!(problems.is_empty());
//! let toml = interchange::scenario_text(&network.unwrap(), "rain.bif");
//! assert!(toml.ends_with("states = [\"no\", \"yes\"]\nprobabilities = { no = 0.8, yes = 0.2 }\n"));
//! ```

pub mod bif;
mod distribution;
mod names;
pub mod network;
mod scenario_text;
mod token;

pub use network::{Network, Variable};
pub use scenario_text::scenario_text;

use crate::diagnostic::{Diagnostic, Diagnostics, SourceFile};

/// The most messages about one file: what is wrong a hundred times is understood after some.
const MOST_MESSAGES: usize = 50;

/// Reads a network in the Bayesian Interchange Format. There is one if no error is among the diagnostics.
pub fn read(file: &SourceFile) -> (Option<Network>, Diagnostics) {
    let (blocks, mut found) = bif::parse(file);
    let mut network = None;
    // What follows from a block that could not be read is no mistake of its own.
    if !found.has_errors() {
        let (checked, more) = network::check(&blocks);
        network = checked;
        found.extend(more);
    }
    found.sort();
    (network, shortened(found))
}

/// The first messages, and how many are left out.
fn shortened(found: Diagnostics) -> Diagnostics {
    let mut list: Vec<Diagnostic> = found.into_iter().collect();
    let rest = list.len().saturating_sub(MOST_MESSAGES);
    if rest > 0 {
        let hidden = list.split_off(MOST_MESSAGES);
        let mut more = Diagnostic::error("bif-more", format!("{rest} more problems are not shown"))
            .hint("mend the first ones: the others may follow from them");
        // Warnings that are too many do not make an error.
        more.severity = hidden.iter().map(|one| one.severity).min().unwrap_or(more.severity);
        if let Some(place) = hidden.first().and_then(Diagnostic::span) {
            more = more.at(place, "the next one");
        }
        list.push(more);
    }
    let mut short = Diagnostics::new();
    short.extend(list);
    short
}

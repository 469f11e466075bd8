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
pub mod experiments;
mod findings;
mod names;
pub mod network;
mod scenario_text;
mod token;

pub use network::{Network, Variable};
pub use scenario_text::scenario_text;

use crate::diagnostic::{Diagnostics, SourceFile};
use findings::shortened;

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

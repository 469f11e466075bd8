//! Floor 2: networks of other programs, read and written as scenario files.
//!
//! A file tells its [`Format`], whose reader makes [`blocks`] of it; [`network`] checks them and holds the network, [`scenario_text`] writes it as a scenario file with one factor with states for each variable.
//!
//! ```
//! use foretell::{diagnostic::SourceFile, interchange};
//! let text = "variable Rain { type discrete [ 2 ] { no, yes }; } probability ( Rain ) { table 0.8, 0.2; }";
//! let (network, problems) = interchange::read(&SourceFile::new("rain.bif", text), interchange::Format::Bif);
//! assert!(problems.is_empty());
//! let toml = interchange::scenario_text(&network.unwrap(), "rain.bif");
//! assert!(toml.ends_with("states = [\"no\", \"yes\"]\nprobabilities = { no = 0.8, yes = 0.2 }\n"));
//! ```

mod bif;
pub mod blocks;
mod distribution;
mod encoding;
pub mod experiments;
mod findings;
mod format;
mod hugin;
mod influence;
mod interval;
mod lesson;
mod names;
mod netica;
pub mod network;
mod noisy_max;
mod row;
mod scenario_text;
mod statements;
mod token;
mod variable;
mod xdsl;
mod xml;
mod xmlbif;

pub use distribution::ConditionalTable;
pub use encoding::decoded;
pub use format::Format;
pub use influence::{Decision, Gain, Utility};
pub use network::Network;
pub use scenario_text::scenario_text;
pub use variable::{State, Variable};

use crate::diagnostic::{Diagnostics, SourceFile};
use findings::shortened;

/// Reads a network. There is one if no error is among the diagnostics.
pub fn read(file: &SourceFile, format: Format) -> (Option<Network>, Diagnostics) {
    let (blocks, mut found) = match format {
        Format::Bif => bif::parse(file),
        Format::Xmlbif => xmlbif::parse(file),
        Format::Hugin => hugin::parse(file),
        Format::Xdsl => xdsl::parse(file),
        Format::Netica => netica::parse(file),
    };
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

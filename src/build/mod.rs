//! Floor 3, right of the model: from a document to a model.
//!
//! [`build`] takes a [`Document`](crate::scenario::Document), the contents of the files that it names and any overrides, and
//! gives a [`Model`](crate::model::Model) and every problem that it found.

mod address;
mod assembly;
mod builder;
mod chances;
mod claims;
mod comparisons;
mod conflict;
mod constants;
mod coupling;
mod decisions;
mod elicit;
mod evidence;
mod families;
mod form;
mod functions;
mod given;
mod grids;
mod group;
mod groups;
mod kind;
mod link;
mod member;
mod mistakes;
mod names;
mod neutral;
mod noisy;
mod order;
mod outcomes;
mod overrides;
mod place;
mod proof;
mod propositions;
mod quotes;
mod ranges;
mod register;
mod resolver;
mod rounded;
mod shape_reader;
mod shapes;
mod shares;
mod slots;
mod states;
mod theories;
mod theory_faults;
mod theory_word;
mod truths;
mod variables;
mod variants;

pub use address::Target;
pub use assembly::{build, build_within};
pub use proof::tails::TailIndices;
pub use propositions::propositions;
pub use variants::{build_variant, build_variant_within};

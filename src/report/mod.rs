//! Floor 7: findings as plain data, and their forms: text, JSON, CSV, Markdown and figures.
//!
//! [`compose`] gathers what a run found into a [`Report`]; [`text`], [`json`], [`csv`] and [`markdown`] each turn it into
//! one form, and [`figures`] into pictures. A [`Check`] is the same for the verdicts on a file's claims.
//!
//! Three things are never mixed, and each has one name: the *probability* of an outcome; its *spread* (P5, P50, P95),
//! what it would be if the unknowns were known; and the *interval*, the 90 % confidence interval of its sampling error,
//! printed as "± half its width".

mod check;
mod compose;
pub mod csv;
mod draws;
#[cfg(feature = "charts")]
pub mod figures;
#[cfg(test)]
mod fixture;
pub mod json;
pub mod manifest;
pub mod markdown;
pub mod number;
pub mod prose;
mod quantity;
pub mod table;
pub mod text;
mod theories;
pub mod update;
mod variant;
mod variants;
pub mod wrapping;

pub use check::Check;
pub use compose::{Chance, Context, Facts, Report, RunFacts, VoidFacts, compose};
pub use draws::{DrawColumns, DrawSink};
pub use quantity::Quantity;
pub use variant::{Variant, VariantFacts};
pub use variants::Compared;

//! Floor 8: pages and their forms.
//!
//! A finding is [`Paged`](paged::Paged): it makes a [`Page`](page::Page) of itself, plain data that every form of
//! [`form`] turns into text, Markdown or comma-separated values, with figures as blocks of it.
//!
//! Three things are never mixed, and each has one name: the *probability* of an outcome; its *spread* (P5, P50, P95),
//! what it would be if all but events were known; and the *interval*, the 90 % confidence interval of its sampling error,
//! of which "±" is half the width.

pub mod draws;
pub mod experiments;
mod finding;
pub mod form;
pub mod manifest;
pub mod mistakes;
pub mod number;
pub mod page;
pub mod paged;
#[cfg(feature = "charts")]
pub mod plot;
pub mod prose;
pub mod wrapping;
pub mod written;

//! Floor 1: counter-based random numbers, a pure function of a key and an index.
//!
//! A [`Key`] names a stream by a path (`seed / replicate / copy / name`); [`word()`] gives the stream's value at any
//! index without computing those before it; [`unit()`] turns a word into a uniform in the open interval (0, 1). So
//! every thread can compute any part of any stream, and adding a stream leaves all others as they were.
//!
//! ```
//! use foretell::random::{Key, unit, word};
//!
//! let approval = Key::new(42).numbered(0).named("china_approval");
//! let u = unit(word(approval, 1_000_000));
//! assert!(0.0 < u && u < 1.0);
//! ```

mod generator;
mod key;
mod mixing;
mod permutation;
mod word;

pub use generator::Generator;
pub use key::Key;
pub use permutation::{LARGEST_PERMUTATION, Permutation};
pub use word::{fill_units, unit, word};

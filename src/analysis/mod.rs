//! Floor 6: questions put to a model, one a file.

pub mod claims;
pub mod drivers;

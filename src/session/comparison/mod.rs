//! Two scenarios beside each other: two files, or a file under two what-ifs.

mod between;
mod files;
mod labels;
mod pair;
mod settings;

pub use pair::Comparison;

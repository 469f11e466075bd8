//! What is known to be hard to read.

mod depth;
mod extremes;
mod files;

//! What is wished of a box.

/// Which box of a path is taken.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Wish {
    /// The one that explains most of what is of interest.
    #[default]
    Explained,
    /// The densest that holds at least this share of what is of interest.
    Coverage(f64),
    /// Of those that are at least this dense, the one that holds most.
    Density(f64),
    /// The one with this number on the path, as it stands there.
    Number(usize),
}

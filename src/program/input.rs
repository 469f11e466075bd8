//! What a program draws.

/// An uncertain quantity that a program draws.
#[derive(Clone, Debug, PartialEq)]
pub struct Input {
    /// Its key, which names its random numbers.
    pub key: String,
    /// The dimension of the design that its model gives it.
    pub dimension: usize,
    /// 0, or 1 where a world draws the quantity [anew](super::World::redrawn).
    pub copy: u32,
}

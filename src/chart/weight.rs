//! The weights of letters.

/// Regular or bold letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Weight {
    /// For reading.
    Regular,
    /// For titles and values: semi-bold.
    Bold,
}

//! What stands around a finding.

/// What a finding is told with, however it was come by.
pub(in crate::report) struct Around {
    /// The decimals of percentages.
    pub decimals: usize,
    /// Under which conditions the finding holds.
    pub conditions: Vec<String>,
    /// What stands under the picture.
    pub caption: String,
}

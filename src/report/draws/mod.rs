//! Every draw as a row: comma-separated values or Parquet, as the ending of the file's name says.

#[cfg(feature = "parquet")]
mod chunk;
mod csv;
mod digits;
#[cfg(feature = "parquet")]
mod doubles;
#[cfg(feature = "parquet")]
mod encodings;
mod form;
#[cfg(feature = "parquet")]
mod metadata;
#[cfg(feature = "parquet")]
mod parquet;

pub use csv::DrawLines;
pub use form::DrawsForm;
#[cfg(feature = "parquet")]
pub use metadata::DrawsMetadata;
#[cfg(feature = "parquet")]
pub use parquet::DrawRows;

use crate::simulation::BLOCK;

/// About how many bytes of draws one thread holds at a time.
const PART_BYTES: usize = 16 << 20;

/// The most draws that one thread takes at a time: about as many rows as readers like to find together.
const MOST_DRAWS: u64 = 32 * BLOCK;

/// How many draws one thread takes at a time where each needs so many bytes: the largest power of two of blocks that fits.
fn part_draws(bytes: usize) -> u64 {
    let fitting = (PART_BYTES / bytes.max(1)) as u64;
    let fitting = fitting.clamp(BLOCK, MOST_DRAWS);
    1 << fitting.ilog2()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_whole_blocks_that_fit() {
        assert_eq!(
            [1, 100, 128, 160, 4_096, 1 << 30].map(part_draws),
            [131_072, 131_072, 131_072, 65_536, 4_096, 4_096]
        );
        assert_eq!(BLOCK, 1 << BLOCK.ilog2());
    }
}

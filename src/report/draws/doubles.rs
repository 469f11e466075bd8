//! Doubles as they stand in a file.

/// How many rows are looked at to tell whether values repeat.
const SAMPLE: usize = 1_024;

/// Doubles as they stand in a file.
pub(super) struct Doubles(Vec<u8>);

const BYTES: usize = size_of::<f64>();
const PIECE: usize = 32;

impl Doubles {
    pub(super) fn with_capacity(rows: usize) -> Doubles {
        Doubles(Vec::with_capacity(rows * BYTES))
    }

    pub(super) fn extend(&mut self, values: &[f64]) {
        // In pieces that stay in registers, so that nothing is touched twice.
        let (pieces, rest) = values.as_chunks::<PIECE>();
        for piece in pieces {
            let mut bytes = [[0; BYTES]; PIECE];
            bytes.iter_mut().zip(piece).for_each(|(bytes, value)| *bytes = value.to_le_bytes());
            self.0.extend_from_slice(bytes.as_flattened());
        }
        rest.iter().for_each(|value| self.0.extend_from_slice(&value.to_le_bytes()));
    }

    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.0
    }

    pub(super) fn len(&self) -> usize {
        self.0.len() / BYTES
    }

    pub(super) fn values(&self) -> impl Iterator<Item = f64> + '_ {
        self.0.as_chunks::<BYTES>().0.iter().map(|bytes| f64::from_le_bytes(*bytes))
    }

    /// The bits of all values, if they are the same.
    pub(super) fn only(&self) -> Option<u64> {
        let mut all = self.0.as_chunks::<BYTES>().0.iter().map(|bytes| u64::from_le_bytes(*bytes));
        let first = all.next()?;
        all.all(|one| one == first).then_some(first)
    }

    /// Whether values repeat; a twin or two among so many are chance.
    pub(super) fn repeat(&self) -> bool {
        let mut seen: Vec<u64> = self.values().take(SAMPLE).map(f64::to_bits).collect();
        let looked_at = seen.len();
        seen.sort_unstable();
        seen.dedup();
        seen.len() < looked_at - looked_at / 8
    }
}

//! Names of streams.

use super::mixing::{mix13, nth};

/// A 64-bit name of a random stream, made from a seed and a path of names and numbers.
///
/// Any two different paths give independent-looking streams; equal paths give the same stream on every platform.
/// The hash is part of what "the same seed" means, so it does not change between versions:
///
/// - `new(seed)` is SplitMix64's first word for that seed: `mix13(seed + γ)`;
/// - `numbered(n)` is word n of the stream keyed `mix13(key ⊕ 'number')`;
/// - `named(s)` starts from `mix13(key ⊕ 'name')`, takes in the UTF-8 bytes of `s` in little-endian groups of eight
///   (the last one padded with zeros), then the length in bytes, each by `h ← word(h ⊕ group, 0)`.
///
/// ```
/// use foretell::random::Key;
///
/// let factor = Key::new(7).numbered(3).named("trade_demand");
/// assert_eq!(factor, Key::new(7).numbered(3).named("trade_demand"));
/// assert_ne!(factor, Key::new(7).numbered(4).named("trade_demand"));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Key(u64);

/// Tags that keep the three kinds of step apart: the ASCII letters of their names.
const NUMBER: u64 = u64::from_be_bytes(*b"\0\0number");
const NAME: u64 = u64::from_be_bytes(*b"\0\0\0\0name");

impl Key {
    /// The root of all streams of `seed`.
    pub const fn new(seed: u64) -> Key {
        Key(nth(seed, 0))
    }

    /// The key whose bits are given: the state that other implementations of SplitMix64 call the seed.
    pub const fn from_bits(bits: u64) -> Key {
        Key(bits)
    }

    /// The key's bits.
    #[inline]
    pub const fn bits(self) -> u64 {
        self.0
    }

    /// The child of this key called `name`.
    pub fn named(self, name: &str) -> Key {
        let mut hash = mix13(self.0 ^ NAME);
        for group in name.as_bytes().chunks(8) {
            let mut bytes = [0; 8];
            bytes[..group.len()].copy_from_slice(group);
            hash = nth(hash ^ u64::from_le_bytes(bytes), 0);
        }
        Key(nth(hash ^ name.len() as u64, 0))
    }

    /// The child of this key with number `n`.
    pub const fn numbered(self, n: u64) -> Key {
        Key(nth(mix13(self.0 ^ NUMBER), n))
    }
}

#[cfg(test)]
mod tests {
    use super::super::word;
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn keys_do_not_change_between_versions() {
        // An independent transcription of the documented hash, in Python, made these.
        assert_eq!(Key::new(0).bits(), 0xE220_A839_7B1D_CDAF);
        assert_eq!(Key::new(42).numbered(3).bits(), 0xAD82_1003_D52B_CCCF);
        assert_eq!(Key::new(42).named("").bits(), 0x5298_6C8B_C554_8FC8);
        assert_eq!(Key::new(42).named("china_approval").bits(), 0x11CE_7C82_F72D_B8C7);
    }

    #[test]
    fn different_paths_give_different_keys() {
        let root = Key::new(1);
        let mut paths = Vec::new();
        for i in 0..100u64 {
            paths.extend([root.numbered(i), root.named(&i.to_string()), Key::new(i + 2)]);
            paths.extend((0..100).map(|j| root.numbered(i).numbered(j)));
            paths.extend((0..100).map(|j| root.numbered(i).named(&format!("factor_{j}"))));
            paths.push(root.named(&"\0".repeat(i as usize + 1)));
        }
        paths.extend([root, root.named(""), root.named("ab").named("c"), root.named("a").named("bc")]);
        let distinct: HashSet<Key> = paths.iter().copied().collect();
        assert_eq!(distinct.len(), paths.len());
    }

    #[test]
    fn sibling_streams_look_independent() {
        // The bits in which two independent streams agree are binomial(64·n, ½).
        let n = 4096;
        let siblings: Vec<Key> = (0..12).map(|i| Key::new(5).numbered(i)).collect();
        for (i, &a) in siblings.iter().enumerate() {
            for &b in &siblings[i + 1..] {
                let agreeing: u32 = (0..n).map(|k| (!(word(a, k) ^ word(b, k))).count_ones()).sum();
                assert!(z_of_half(agreeing, 64 * n).abs() < 5.0);
            }
        }
        // The same statistic sees a stream that repeats another's top byte.
        let (a, b) = (siblings[0], siblings[1]);
        let copied = |k| (word(b, k) >> 8) | (word(a, k) & 0xFF00_0000_0000_0000);
        let agreeing: u32 = (0..n).map(|k| (!(word(a, k) ^ copied(k))).count_ones()).sum();
        assert!(z_of_half(agreeing, 64 * n) > 5.0);
    }

    /// How many standard errors `successes` of `trials` fair coins lie above half.
    fn z_of_half(successes: u32, trials: u64) -> f64 {
        let trials = trials as f64;
        (f64::from(successes) - trials / 2.0) / (trials / 4.0).sqrt()
    }
}

//! A stream as a generator of the `rand` ecosystem.

use std::convert::Infallible;

use rand::TryRng;
use rand::rand_core::utils;

use super::{Key, word};

/// Reads one stream word by word, so that samplers written for [`rand`] can draw from it.
///
/// Its n-th 64-bit output is [`word()`]`(key, n)`. A 32-bit output is the low half of the next word.
///
/// ```
/// use foretell::random::{Generator, Key, word};
/// use rand::Rng;
///
/// let key = Key::new(1).named("bootstrap");
/// let mut generator = Generator::new(key);
/// assert_eq!(generator.next_u64(), word(key, 0));
/// assert_eq!(generator.next_u64(), word(key, 1));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Generator {
    key: Key,
    position: u64,
}

impl Generator {
    /// The generator at the start of stream `key`.
    pub const fn new(key: Key) -> Generator {
        Generator::at(key, 0)
    }

    /// The generator whose next word is the one at `position`.
    pub const fn at(key: Key, position: u64) -> Generator {
        Generator { key, position }
    }

    /// The index of the next word.
    pub const fn position(&self) -> u64 {
        self.position
    }
}

impl TryRng for Generator {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        self.try_next_u64().map(|word| word as u32)
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let next = word(self.key, self.position);
        self.position = self.position.wrapping_add(1);
        Ok(next)
    }

    fn try_fill_bytes(&mut self, destination: &mut [u8]) -> Result<(), Infallible> {
        utils::fill_bytes_via_next_word(destination, || self.try_next_u64())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::{Rng, RngExt};

    #[test]
    fn bytes_are_the_little_endian_words_of_the_stream() {
        let key = Key::new(9);
        let mut bytes = [0; 20];
        Generator::at(key, 5).fill_bytes(&mut bytes);
        let words: Vec<u8> = (5..8).flat_map(|i| word(key, i).to_le_bytes()).collect();
        assert_eq!(bytes, words[..20]);
    }

    #[test]
    fn samplers_of_rand_distr_draw_from_it() {
        // The mean of n standard normals has standard error 1/√n.
        let n = 100_000;
        let mut generator = Generator::new(Key::new(2));
        let sum: f64 = (0..n).map(|_| generator.sample::<f64, _>(rand_distr::StandardNormal)).sum();
        assert!((sum / f64::from(n)).abs() * f64::from(n).sqrt() < 4.0);
        assert!(generator.position() >= u64::from(n as u32));
    }
}

//! Keys and dimensions of draws.

use std::collections::BTreeMap;

/// Gives every draw its key and its dimension. Keys of the file come first, in file order; an override under the
/// same address finds the dimension of what it replaces, so that it moves no other quantity.
#[derive(Default)]
pub(super) struct Register {
    keys: BTreeMap<String, usize>,
}

impl Register {
    /// The dimension of `key`.
    pub(super) fn dimension(&mut self, key: &str) -> usize {
        let next = self.keys.len();
        *self.keys.entry(key.into()).or_insert(next)
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.keys.len()
    }
}

/// The key of the `count`-th draw (from 0) under an address. The streams under `theories` are called `models`: a stream keeps
/// its name, whatever the file calls the section, so that no number moves.
pub(super) fn key(address: &str, count: usize) -> String {
    let stream = match address.strip_prefix("theories.") {
        Some(rest) => format!("models.{rest}"),
        None => address.into(),
    };
    if count == 0 { stream } else { format!("{stream}#{}", count + 1) }
}

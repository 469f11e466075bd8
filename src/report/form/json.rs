//! An answer as indented JSON: the facts of the run and the finding.

use serde::Serialize;

/// The bytes of an answer, or of anything else that is plain data, ending in a newline.
pub fn render(value: &impl Serialize) -> Vec<u8> {
    // Plain data with names for keys can't fail; if it did, an empty object says less, and nothing wrong.
    let mut bytes = serde_json::to_vec_pretty(value).unwrap_or_else(|_| b"{}".to_vec());
    bytes.push(b'\n');
    bytes
}

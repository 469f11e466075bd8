//! What is read, in one number.

use sha2::{Digest, Sha256};

use crate::scenario::Attachments;

/// SHA-256, in hexadecimal digits, as `cat FILE ATTACHMENT… | sha256sum` has it.
pub(super) fn hash(text: &str, attachments: &Attachments) -> String {
    let mut digest = Sha256::new();
    digest.update(text);
    attachments.values().flatten().for_each(|content| digest.update(content));
    digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

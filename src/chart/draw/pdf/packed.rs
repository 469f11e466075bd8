//! Streams, compressed.

use std::io::Write;

use flate2::Compression;
use flate2::write::ZlibEncoder;

/// Bytes compressed for a stream.
pub(super) fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut packer = ZlibEncoder::new(Vec::new(), Compression::new(6));
    // Writing into memory does not fail.
    let _ = packer.write_all(bytes);
    packer.finish().unwrap_or_default()
}

//! PNG files with a palette (W3C Portable Network Graphics, third edition): rows go into the compressor as they are painted.

use std::io::Write;

use flate2::write::ZlibEncoder;
use flate2::{Compression, Crc};

use super::canvas;
use super::look::Placing;
use super::record::Drawn;
use crate::chart::error::ChartError;
use crate::chart::theme::{Colour, Theme};

/// How hard to compress: flat colour shrinks well at once, and more takes long; it is for what would be too large else.
const LEVELS: [u32; 2] = [2, 9];
/// From how many bytes on a picture is too large for a memo or a page.
const LARGE: usize = 140_000;

/// Paints a drawing and packs it as a file.
pub(super) fn file(drawn: &[Drawn], placing: &Placing, theme: Theme) -> Result<Vec<u8>, ChartError> {
    let [fast, hard] = LEVELS;
    let (mut packed, mut colours) = pack(drawn, placing, theme, fast)?;
    if packed.len() > LARGE {
        (packed, colours) = pack(drawn, placing, theme, hard)?;
    }
    let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
    bytes.reserve(packed.len() + 1024);
    chunk(&mut bytes, b"IHDR", &header(placing));
    chunk(&mut bytes, b"pHYs", &resolution(placing));
    chunk(&mut bytes, b"PLTE", &colours.iter().flat_map(|Colour(r, g, b)| [*r, *g, *b]).collect::<Vec<_>>());
    chunk(&mut bytes, b"IDAT", &packed);
    chunk(&mut bytes, b"IEND", &[]);
    Ok(bytes)
}

/// The pixels, compressed, and their palette.
fn pack(
    drawn: &[Drawn],
    placing: &Placing,
    theme: Theme,
    level: u32,
) -> Result<(Vec<u8>, Vec<Colour>), ChartError> {
    let refused = |error: std::io::Error| ChartError::Backend(error.to_string());
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::new(level));
    let colours = canvas::paint(drawn, placing, theme, |rows| packed.write_all(rows)).map_err(refused)?;
    Ok((packed.finish().map_err(refused)?, colours))
}

/// Width, height, eight bits, palette, deflate, filters by row, not interlaced.
fn header(placing: &Placing) -> [u8; 13] {
    let mut header = [0; 13];
    header[..4].copy_from_slice(&placing.width.to_be_bytes());
    header[4..8].copy_from_slice(&placing.height.to_be_bytes());
    header[8..10].copy_from_slice(&[8, 3]);
    header
}

/// Dots per metre in both directions: a canvas unit is 1/96 inch.
fn resolution(placing: &Placing) -> [u8; 9] {
    let dots = ((96.0 * placing.scale / 0.0254).round() as u32).to_be_bytes();
    let mut resolution = [1; 9];
    resolution[..4].copy_from_slice(&dots);
    resolution[4..8].copy_from_slice(&dots);
    resolution
}

/// Length, name, data, and the checksum of name and data.
fn chunk(bytes: &mut Vec<u8>, name: &[u8; 4], data: &[u8]) {
    bytes.extend((data.len() as u32).to_be_bytes());
    bytes.extend(name);
    bytes.extend(data);
    let mut crc = Crc::new();
    crc.update(name);
    crc.update(data);
    bytes.extend(crc.sum().to_be_bytes());
}

//! A column of a row group, as it stands in a Parquet file but for its place.

use parquet::basic::{Compression, Encoding, PageType};
use parquet::column::writer::{ColumnWriter, get_column_writer};
use parquet::errors::ParquetError;
use parquet::file::metadata::{ColumnChunkMetaData, PageEncodingStats};
use parquet::file::properties::WriterPropertiesPtr;
use parquet::file::writer::{SerializedPageWriter, TrackedWrite};
use parquet::schema::types::ColumnDescPtr;

use super::doubles::Doubles;

/// A column of a row group, as it stands in the file but for its place.
#[derive(Clone)]
pub(super) struct Chunk {
    /// What stands before the values, or all there is.
    pub(super) head: Vec<u8>,
    /// Whether the values follow, as they stand in memory.
    pub(super) is_plain: bool,
    /// What the file says of it, from its own first byte on.
    pub(super) about: ColumnChunkMetaData,
}

impl Chunk {
    /// A column as some writer of columns makes it.
    pub(super) fn encoded(
        leaf: &ColumnDescPtr,
        properties: &WriterPropertiesPtr,
        fill: impl Fn(&mut ColumnWriter) -> Result<(), ParquetError>,
    ) -> Result<Chunk, ParquetError> {
        let mut bytes = TrackedWrite::new(Vec::new());
        let pages = Box::new(SerializedPageWriter::new(&mut bytes));
        let mut writer = get_column_writer(leaf.clone(), properties.clone(), pages);
        fill(&mut writer)?;
        let about = writer.close()?.metadata;
        Ok(Chunk { head: bytes.into_inner()?, is_plain: false, about })
    }

    /// One page whose values nothing moves any more.
    pub(super) fn plain(leaf: &ColumnDescPtr, column: &Doubles) -> Result<Chunk, ParquetError> {
        let (bytes, rows) = (column.bytes().len(), column.len());
        let head = page_header(bytes, rows);
        let size = (head.len() + bytes) as i64;
        let page = PageEncodingStats { page_type: PageType::DATA_PAGE, encoding: Encoding::PLAIN, count: 1 };
        let about = ColumnChunkMetaData::builder(leaf.clone())
            .set_compression(Compression::UNCOMPRESSED)
            .set_encodings(vec![Encoding::PLAIN, Encoding::RLE])
            .set_total_compressed_size(size)
            .set_total_uncompressed_size(size)
            .set_num_values(rows as i64)
            .set_data_page_offset(0)
            .set_page_encoding_stats(vec![page])
            .build()?;
        Ok(Chunk { head, is_plain: true, about })
    }
}

/// The header of a page of plain values of which none is missing, by Thrift's compact protocol: fields by their distance and type, whole
/// numbers in groups of seven bits, with the sign in the last.
fn page_header(bytes: usize, rows: usize) -> Vec<u8> {
    const NUMBER: u8 = 0x15;
    const STRUCTURE: u8 = 0x2c;
    const END: u8 = 0;
    const DATA_PAGE: usize = 0;
    let mut header = Vec::new();
    let number = |header: &mut Vec<u8>, value: usize| {
        header.push(NUMBER);
        let mut left = value << 1;
        while left >= 0x80 {
            header.push(left as u8 | 0x80);
            left >>= 7;
        }
        header.push(left as u8);
    };
    [DATA_PAGE, bytes, bytes].iter().for_each(|value| number(&mut header, *value));
    header.push(STRUCTURE);
    let of = |encoding: Encoding| encoding as usize;
    let values = [rows, of(Encoding::PLAIN), of(Encoding::RLE), of(Encoding::RLE)];
    values.iter().for_each(|value| number(&mut header, *value));
    header.extend([END, END]);
    header
}

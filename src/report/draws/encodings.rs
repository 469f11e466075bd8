//! How the columns of a row group are encoded.

use std::sync::{Arc, Mutex, PoisonError};

use parquet::basic::{Compression, Encoding};
use parquet::column::writer::ColumnWriter;
use parquet::errors::ParquetError;
use parquet::file::properties::{EnabledStatistics, WriterProperties, WriterPropertiesPtr};
use parquet::schema::types::ColumnDescPtr;

use super::chunk::Chunk;
use super::doubles::Doubles;

/// A column's position and what it is called and holds.
pub(super) type Leaf<'a> = (usize, &'a ColumnDescPtr);

/// How columns are encoded that are not left as they are.
pub(super) struct Encodings {
    /// Whose values repeat: each once, and then by number.
    repeating: WriterPropertiesPtr,
    /// Which count up: by their distances.
    counting: WriterPropertiesPtr,
    /// Counts of which most differ: as they are.
    plain: WriterPropertiesPtr,
    /// For each column the last row group in which all values were the same.
    constants: Vec<Mutex<Option<Constant>>>,
}

/// What a column becomes where all values are the same.
struct Constant {
    bits: u64,
    rows: usize,
    chunk: Chunk,
}

impl Encodings {
    /// For so many columns.
    pub(super) fn new(columns: usize) -> Encodings {
        // One page a column, without indices of pages.
        let common = || {
            WriterProperties::builder()
                .set_data_page_size_limit(usize::MAX)
                .set_data_page_row_count_limit(usize::MAX)
                .set_offset_index_disabled(true)
                .set_dictionary_enabled(false)
        };
        // The least and the greatest of drawn numbers let no reader skip a row group.
        let plain = common().set_statistics_enabled(EnabledStatistics::None);
        let bounded = || common().set_statistics_enabled(EnabledStatistics::Chunk);
        let counting = bounded().set_encoding(Encoding::DELTA_BINARY_PACKED);
        let repeating = bounded().set_dictionary_enabled(true).set_compression(Compression::SNAPPY);
        Encodings {
            repeating: Arc::new(repeating.build()),
            counting: Arc::new(counting.build()),
            plain: Arc::new(plain.build()),
            constants: (0..columns).map(|_| Mutex::default()).collect(),
        }
    }

    /// A column of whole numbers that are all the same.
    pub(super) fn same(&self, (at, leaf): Leaf, (value, rows): (i32, usize)) -> Result<Chunk, ParquetError> {
        self.constant(at, (value as u64, rows), || {
            let values = vec![value; rows];
            Chunk::encoded(leaf, &self.repeating, |to| match to {
                ColumnWriter::Int32ColumnWriter(to) => to.write_batch(&values, None, None).map(drop),
                _ => Err(ParquetError::General("not a column of small whole numbers".into())),
            })
        })
    }

    /// A column of numbers that count up.
    pub(super) fn counting(&self, (_, leaf): Leaf, values: &[i64]) -> Result<Chunk, ParquetError> {
        Chunk::encoded(leaf, &self.counting, |to| put_whole(to, values))
    }

    /// A column of counts.
    pub(super) fn counts(&self, (at, leaf): Leaf, column: &Doubles) -> Result<Chunk, ParquetError> {
        let encode = |properties: &WriterPropertiesPtr| {
            let values: Vec<i64> = column.values().map(|value| value as i64).collect();
            Chunk::encoded(leaf, properties, |to| put_whole(to, &values))
        };
        self.any(at, column, encode, || encode(&self.plain))
    }

    /// A column of doubles: as they stand in memory if they differ, as those that were drawn do.
    pub(super) fn doubles(&self, (at, leaf): Leaf, column: &Doubles) -> Result<Chunk, ParquetError> {
        let encode = |properties: &WriterPropertiesPtr| {
            let values: Vec<f64> = column.values().collect();
            Chunk::encoded(leaf, properties, |to| put_doubles(to, &values))
        };
        self.any(at, column, encode, || Chunk::plain(leaf, column))
    }

    /// A column by whether its values are one, some that repeat, or differ.
    fn any(
        &self,
        column: usize,
        values: &Doubles,
        repeating: impl FnOnce(&WriterPropertiesPtr) -> Result<Chunk, ParquetError>,
        differing: impl FnOnce() -> Result<Chunk, ParquetError>,
    ) -> Result<Chunk, ParquetError> {
        match values.only() {
            Some(bits) => self.constant(column, (bits, values.len()), || match values.repeat() {
                true => repeating(&self.repeating),
                false => differing(),
            }),
            None if values.repeat() => repeating(&self.repeating),
            None => differing(),
        }
    }

    /// A column of one value, encoded if the one before was of another or of another length.
    fn constant(
        &self,
        column: usize,
        (bits, rows): (u64, usize),
        encode: impl FnOnce() -> Result<Chunk, ParquetError>,
    ) -> Result<Chunk, ParquetError> {
        let mut last = self.constants[column].lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = last.as_ref().filter(|one| (one.bits, one.rows) == (bits, rows)) {
            return Ok(known.chunk.clone());
        }
        let chunk = encode()?;
        *last = Some(Constant { bits, rows, chunk: chunk.clone() });
        Ok(chunk)
    }
}

fn put_whole(to: &mut ColumnWriter, values: &[i64]) -> Result<(), ParquetError> {
    match to {
        ColumnWriter::Int64ColumnWriter(to) => to.write_batch(values, None, None).map(drop),
        _ => Err(ParquetError::General("not a column of whole numbers".into())),
    }
}

fn put_doubles(to: &mut ColumnWriter, values: &[f64]) -> Result<(), ParquetError> {
    match to {
        ColumnWriter::DoubleColumnWriter(to) => to.write_batch(values, None, None).map(drop),
        _ => Err(ParquetError::General("not a column of doubles".into())),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use parquet::basic::Type as Physical;
    use parquet::schema::types::{ColumnDescriptor, ColumnPath, Type};

    use super::*;

    fn leaf() -> ColumnDescPtr {
        let kind = Type::primitive_type_builder("x", Physical::DOUBLE)
            .with_repetition(parquet::basic::Repetition::REQUIRED);
        let path = ColumnPath::new(vec!["x".into()]);
        Arc::new(ColumnDescriptor::new(Arc::new(kind.build().unwrap()), 0, 0, path))
    }

    #[test]
    fn what_nothing_moves_is_what_the_writer_of_columns_makes() {
        let (leaf, by) = (leaf(), Encodings::new(1));
        for rows in [1, 7, 8, 100, 1_025, 40_000] {
            let values: Vec<f64> = (0..rows).map(|at| f64::from(at) * 0.7 - 3.0).collect();
            let mut column = Doubles::with_capacity(rows as usize);
            values.chunks(33).for_each(|some| column.extend(some));
            let own = by.doubles((0, &leaf), &column).unwrap();
            let written = Chunk::encoded(&leaf, &by.plain, |to| put_doubles(to, &values)).unwrap();
            assert!(own.is_plain && [&own.head[..], column.bytes()].concat() == written.head, "{rows}");
            assert_eq!(own.about, written.about, "{rows}");
        }
    }

    #[test]
    fn a_constant_is_encoded_as_if_none_had_been_before() {
        let leaf = leaf();
        let by = Encodings::new(1);
        for (value, rows) in [(1.0, 100), (1.0, 100), (2.0, 100), (2.0, 50), (-0.0, 50), (0.0, 50), (0.0, 1)]
        {
            let mut column = Doubles::with_capacity(rows);
            column.extend(&vec![value; rows]);
            let [again, fresh] = [&by, &Encodings::new(1)].map(|by| by.doubles((0, &leaf), &column).unwrap());
            assert_eq!((again.head, again.about), (fresh.head, fresh.about), "{value} {rows}");
        }
    }
}

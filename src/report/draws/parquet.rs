//! Every draw as a row of a Parquet file.

use std::io::{self, BufWriter, Write};
use std::sync::{Arc, Mutex, PoisonError};

use parquet::basic::{Repetition, Type as Physical};
use parquet::errors::ParquetError;
use parquet::file::metadata::{
    ColumnChunkMetaData, FileMetaData, KeyValue, ParquetMetaData, ParquetMetaDataWriter, RowGroupMetaData,
};
use parquet::schema::types::{SchemaDescPtr, SchemaDescriptor, Type};

use super::chunk::Chunk;
use super::doubles::Doubles;
use super::encodings::Encodings;
use super::metadata::DrawsMetadata;
use super::part_draws;
use crate::analysis::draws::{DrawColumns, PLACE};
use crate::simulation::{Batch, Collector};

/// What a file begins with.
const MAGIC: &[u8] = b"PAR1";

/// The form of its pages.
const VERSION: i32 = 1;

/// The key of what the file says of itself.
const KEY: &str = "foretell";

/// The key under which pandas looks for what it shows as `DataFrame.attrs`.
const PANDAS_KEY: &str = "PANDAS_ATTRS";

/// Writes every sound draw as a row: replicate, index, and its columns.
///
/// A part is a row group, encoded on the thread that drew it. Which draws are in it depends on the columns alone, so that the bytes do
/// not depend on the number of threads.
pub struct DrawRows<'a> {
    columns: &'a DrawColumns,
    schema: SchemaDescPtr,
    encodings: Encodings,
    keys: Vec<KeyValue>,
    /// Row groups that are in the file, whose memory takes the next draws.
    free: Mutex<Vec<RowGroup>>,
    to: BufWriter<&'a mut (dyn Write + Send + Sync)>,
    /// How many bytes are in the file.
    written: i64,
    groups: Vec<RowGroupMetaData>,
    failed: Option<ParquetError>,
}

/// The draws of a row group, and then how they stand in the file.
pub struct RowGroup {
    replicate: i32,
    indices: Vec<i64>,
    columns: Vec<Doubles>,
    encoded: Result<Vec<Chunk>, ParquetError>,
}

impl<'a> DrawRows<'a> {
    /// Writes what stands before the first row.
    ///
    /// # Errors
    /// What `to` says.
    pub fn new(
        columns: &'a DrawColumns,
        metadata: &DrawsMetadata,
        to: &'a mut (dyn Write + Send + Sync),
    ) -> io::Result<DrawRows<'a>> {
        let schema = SchemaDescriptor::new(Arc::new(schema(columns).map_err(plain_error)?));
        let about = metadata.json(columns);
        // What is longer than a little goes through at once.
        let mut to = BufWriter::new(to);
        to.write_all(MAGIC)?;
        Ok(DrawRows {
            columns,
            encodings: Encodings::new(schema.num_columns()),
            schema: Arc::new(schema),
            keys: [KEY, PANDAS_KEY].map(|key| KeyValue::new(key.into(), about.clone())).into(),
            free: Mutex::default(),
            to,
            written: MAGIC.len() as i64,
            groups: Vec::new(),
            failed: None,
        })
    }

    /// Writes what stands behind the last row.
    ///
    /// # Errors
    /// The first failure.
    pub fn finish(self) -> io::Result<()> {
        let DrawRows { schema, keys, mut to, groups, failed, .. } = self;
        failed.map_or(Ok(()), |error| Err(plain_error(error)))?;
        let rows = groups.iter().map(RowGroupMetaData::num_rows).sum();
        let by = concat!("foretell version ", env!("CARGO_PKG_VERSION")).into();
        let file = FileMetaData::new(VERSION, rows, Some(by), Some(keys), schema, None);
        let about = ParquetMetaData::new(file, groups);
        ParquetMetaDataWriter::new(&mut to, &about).finish().map_err(plain_error)?;
        to.flush()
    }

    fn row_bytes(&self) -> usize {
        size_of::<f64>() * self.schema.num_columns()
    }

    /// The columns of a row group one after the other.
    fn encode(&self, group: &RowGroup) -> Result<Vec<Chunk>, ParquetError> {
        let (by, rows) = (&self.encodings, group.indices.len());
        let leaf = |at: usize| (at, &self.schema.columns()[at]);
        let mut chunks = Vec::with_capacity(self.schema.num_columns());
        chunks.push(by.same(leaf(0), (group.replicate, rows))?);
        chunks.push(by.counting(leaf(1), &group.indices)?);
        for (about, column) in self.columns.columns().iter().zip(&group.columns) {
            let leaf = leaf(chunks.len());
            chunks.push(match about.is_count {
                true => by.counts(leaf, column)?,
                false => by.doubles(leaf, column)?,
            });
        }
        Ok(chunks)
    }

    /// Writes a row group, and keeps what the end of the file says of it.
    fn append(&mut self, chunks: Vec<Chunk>, group: &RowGroup) -> Result<(), ParquetError> {
        let start = self.written;
        let mut about = Vec::with_capacity(chunks.len());
        let nothing = Doubles::with_capacity(0);
        let columns = [&nothing; PLACE.len()].into_iter().chain(&group.columns);
        for (chunk, column) in chunks.into_iter().zip(columns) {
            about.push(placed(chunk.about, self.written)?);
            self.put(&chunk.head)?;
            if chunk.is_plain {
                self.put(column.bytes())?;
            }
        }
        let bytes = about.iter().map(ColumnChunkMetaData::uncompressed_size).sum();
        let group = RowGroupMetaData::builder(self.schema.clone())
            .set_column_metadata(about)
            .set_total_byte_size(bytes)
            .set_num_rows(group.indices.len() as i64)
            .set_ordinal(i32::try_from(self.groups.len())?)
            .set_file_offset(start);
        self.groups.push(group.build()?);
        Ok(())
    }

    fn put(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.written += bytes.len() as i64;
        self.to.write_all(bytes)
    }
}

impl Collector for DrawRows<'_> {
    type Part = RowGroup;

    fn part(&self, _: u64) -> RowGroup {
        let free = || self.free.lock().unwrap_or_else(PoisonError::into_inner).pop();
        // At once, so that nothing moves as the draws come; memory that no draw reaches is never touched.
        let rows = part_draws(self.row_bytes()) as usize;
        free().unwrap_or_else(|| RowGroup {
            replicate: 0,
            indices: Vec::with_capacity(rows),
            columns: self.columns.columns().iter().map(|_| Doubles::with_capacity(rows)).collect(),
            encoded: Ok(Vec::new()),
        })
    }

    fn part_draws(&self) -> Option<u64> {
        Some(part_draws(self.row_bytes()))
    }

    fn part_bytes(&self, draws: u64) -> usize {
        draws as usize * self.row_bytes()
    }

    fn observe(&self, group: &mut RowGroup, batch: &Batch) {
        let draws = batch.sound(self.columns.company());
        group.replicate = batch.replicate as i32;
        group.indices.extend(draws.indices().map(|index| index as i64));
        for (column, values) in group.columns.iter_mut().zip(self.columns.of(&draws)) {
            column.extend(&values);
        }
    }

    fn end_block(&self, _: &mut RowGroup) {}

    fn end_part(&self, group: &mut RowGroup) {
        if !group.indices.is_empty() {
            group.encoded = self.encode(group);
        }
    }

    fn collect(&mut self, _: u32, mut group: RowGroup) {
        if self.failed.is_none() {
            let encoded = std::mem::replace(&mut group.encoded, Ok(Vec::new()));
            let written = encoded.and_then(|chunks| match chunks.is_empty() {
                true => Ok(()),
                false => self.append(chunks, &group),
            });
            self.failed = written.err();
        }
        group.indices.clear();
        group.columns.iter_mut().for_each(Doubles::clear);
        self.free.get_mut().unwrap_or_else(PoisonError::into_inner).push(group);
    }
}

/// What the file says of a column whose first byte is there.
fn placed(about: ColumnChunkMetaData, start: i64) -> Result<ColumnChunkMetaData, ParquetError> {
    let (data, dictionary) = (about.data_page_offset(), about.dictionary_page_offset());
    let placed = about.into_builder().set_data_page_offset(start + data);
    placed.set_dictionary_page_offset(dictionary.map(|at| start + at)).build()
}

/// The columns with their types.
fn schema(columns: &DrawColumns) -> Result<Type, ParquetError> {
    let leaf = |name: &str, kind: Physical| {
        let leaf = Type::primitive_type_builder(name, kind).with_repetition(Repetition::REQUIRED);
        leaf.build().map(Arc::new)
    };
    let mut leaves = vec![leaf(PLACE[0], Physical::INT32)?, leaf(PLACE[1], Physical::INT64)?];
    for column in columns.columns() {
        leaves.push(leaf(&column.name, if column.is_count { Physical::INT64 } else { Physical::DOUBLE })?);
    }
    Type::group_type_builder("draws").with_fields(leaves).build()
}

/// What went wrong with the machine, as it said it.
fn plain_error(error: ParquetError) -> io::Error {
    match error {
        ParquetError::External(inner) => match inner.downcast::<io::Error>() {
            Ok(inner) => *inner,
            Err(inner) => io::Error::other(inner),
        },
        error => io::Error::other(error),
    }
}

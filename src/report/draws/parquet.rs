//! Every draw as a row of a Parquet file.

use std::io::{self, BufWriter, Write};
use std::sync::Arc;

use bytes::Bytes;
use parquet::basic::{Compression, Encoding, Repetition, Type as Physical};
use parquet::column::writer::{ColumnCloseResult, ColumnWriter, get_column_writer};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::{EnabledStatistics, WriterProperties, WriterPropertiesPtr};
use parquet::file::writer::{SerializedFileWriter, SerializedPageWriter, TrackedWrite};
use parquet::schema::types::{ColumnDescPtr, SchemaDescriptor, Type};

use super::metadata::DrawsMetadata;
use super::part_draws;
use crate::analysis::draws::{DrawColumns, PLACE};
use crate::simulation::{Batch, Collector};

/// The key of what the file says of itself.
const KEY: &str = "foretell";

/// The key under which pandas looks for what it shows as `DataFrame.attrs`.
const PANDAS_KEY: &str = "PANDAS_ATTRS";

/// How much is written at once.
const WRITE_BYTES: usize = 1 << 20;

/// How many rows are looked at to tell whether values repeat.
const SAMPLE: usize = 1_024;

type File<'a> = SerializedFileWriter<BufWriter<&'a mut (dyn Write + Send + Sync)>>;

/// Writes every sound draw as a row: replicate, index, and its columns.
///
/// A part is a row group, encoded on the thread that drew it. Which draws are in it depends on the columns alone, so that the bytes do
/// not depend on the number of threads.
pub struct DrawRows<'a> {
    columns: &'a DrawColumns,
    leaves: Vec<ColumnDescPtr>,
    properties: Properties,
    file: File<'a>,
    failed: Option<ParquetError>,
}

/// The draws of a row group, and then the bytes that they become.
pub struct RowGroup {
    replicate: i32,
    indices: Vec<i64>,
    columns: Vec<Vec<f64>>,
    encoded: Result<Vec<Chunk>, ParquetError>,
}

/// A column of a row group, as it stands in the file but for its place.
struct Chunk {
    bytes: Bytes,
    about: ColumnCloseResult,
}

/// How columns are encoded.
struct Properties {
    /// Whose values are all different, as doubles that were drawn are: as they stand in memory.
    plain: WriterPropertiesPtr,
    /// Whose values repeat: each once, and then by number.
    repeating: WriterPropertiesPtr,
    /// Which count up: by their distances.
    counting: WriterPropertiesPtr,
}

impl Properties {
    fn new() -> Properties {
        // One page a column, without indices of pages.
        let common = || {
            WriterProperties::builder()
                .set_data_page_size_limit(usize::MAX)
                .set_data_page_row_count_limit(usize::MAX)
                .set_statistics_enabled(EnabledStatistics::None)
                .set_offset_index_disabled(true)
                .set_dictionary_enabled(false)
        };
        // The least and the greatest of drawn doubles let no reader skip a row group.
        let bounded = || common().set_statistics_enabled(EnabledStatistics::Chunk);
        let counting = bounded().set_encoding(Encoding::DELTA_BINARY_PACKED);
        let repeating = bounded().set_dictionary_enabled(true).set_compression(Compression::SNAPPY);
        Properties {
            plain: Arc::new(common().build()),
            repeating: Arc::new(repeating.build()),
            counting: Arc::new(counting.build()),
        }
    }

    /// Those for some values.
    fn of(&self, values: &[f64]) -> WriterPropertiesPtr {
        let mut seen: Vec<u64> = values.iter().take(SAMPLE).map(|value| value.to_bits()).collect();
        let looked_at = seen.len();
        seen.sort_unstable();
        seen.dedup();
        // A twin or two among so many are chance.
        let repeat = seen.len() < looked_at - looked_at / 8;
        if repeat { self.repeating.clone() } else { self.plain.clone() }
    }
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
        let schema = Arc::new(schema(columns).map_err(plain_error)?);
        let leaves = SchemaDescriptor::new(schema.clone()).columns().to_vec();
        let about = metadata.json(columns);
        let keys = [KEY, PANDAS_KEY].map(|key| KeyValue::new(key.into(), about.clone()));
        let properties = WriterProperties::builder()
            .set_created_by(concat!("foretell version ", env!("CARGO_PKG_VERSION")).into())
            .set_key_value_metadata(Some(keys.into()))
            .set_offset_index_disabled(true)
            .build();
        let to = BufWriter::with_capacity(WRITE_BYTES, to);
        let file = SerializedFileWriter::new(to, schema, Arc::new(properties)).map_err(plain_error)?;
        Ok(DrawRows { columns, leaves, properties: Properties::new(), file, failed: None })
    }

    /// Writes what stands behind the last row.
    ///
    /// # Errors
    /// The first failure.
    pub fn finish(self) -> io::Result<()> {
        let done = self.failed.map_or(Ok(()), Err).and_then(|()| self.file.close());
        done.map(drop).map_err(plain_error)
    }

    fn row_bytes(&self) -> usize {
        size_of::<f64>() * self.leaves.len()
    }

    /// The columns of a row group, encoded one after the other, each given back as soon as it is.
    fn encode(&self, group: &mut RowGroup) -> Result<Vec<Chunk>, ParquetError> {
        let rows = group.indices.len();
        let mut leaves = self.leaves.iter();
        let mut next = |properties: &WriterPropertiesPtr,
                        fill: &dyn Fn(&mut ColumnWriter) -> Result<(), ParquetError>| {
            let leaf =
                leaves.next().ok_or_else(|| ParquetError::General("more columns than names".into()))?;
            chunk(leaf, properties, rows, fill)
        };
        let mut chunks = Vec::with_capacity(self.leaves.len());
        let replicates = vec![group.replicate; rows];
        chunks.push(next(&self.properties.repeating, &|to| put_i32(to, &replicates))?);
        let indices = std::mem::take(&mut group.indices);
        chunks.push(next(&self.properties.counting, &|to| put_i64(to, &indices))?);
        for values in std::mem::take(&mut group.columns) {
            chunks.push(next(&self.properties.of(&values), &|to| put(to, &values))?);
        }
        Ok(chunks)
    }

    fn append(&mut self, chunks: Vec<Chunk>) -> Result<(), ParquetError> {
        let mut group = self.file.next_row_group()?;
        for chunk in chunks {
            group.append_column(&chunk.bytes, chunk.about)?;
        }
        group.close().map(drop)
    }
}

impl Collector for DrawRows<'_> {
    type Part = RowGroup;

    fn part(&self, _: u64) -> RowGroup {
        // At once, so that nothing moves as the draws come; memory that no draw reaches is never touched.
        let rows = part_draws(self.row_bytes()) as usize;
        let columns = self.columns.columns().iter().map(|_| Vec::with_capacity(rows)).collect();
        RowGroup { replicate: 0, indices: Vec::with_capacity(rows), columns, encoded: Ok(Vec::new()) }
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
            column.extend_from_slice(&values);
        }
    }

    fn end_block(&self, _: &mut RowGroup) {}

    fn end_part(&self, group: &mut RowGroup) {
        if !group.indices.is_empty() {
            group.encoded = self.encode(group);
        }
    }

    fn collect(&mut self, _: u32, group: RowGroup) {
        if self.failed.is_none() {
            let written = group.encoded.and_then(|chunks| match chunks.is_empty() {
                true => Ok(()),
                false => self.append(chunks),
            });
            self.failed = written.err();
        }
    }
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

/// One column of a row group as bytes.
fn chunk(
    leaf: &ColumnDescPtr,
    properties: &WriterPropertiesPtr,
    rows: usize,
    fill: impl Fn(&mut ColumnWriter) -> Result<(), ParquetError>,
) -> Result<Chunk, ParquetError> {
    let mut bytes = TrackedWrite::new(Vec::with_capacity(rows * size_of::<f64>()));
    let pages = Box::new(SerializedPageWriter::new(&mut bytes));
    let mut writer = get_column_writer(leaf.clone(), properties.clone(), pages);
    fill(&mut writer)?;
    let about = writer.close()?;
    Ok(Chunk { bytes: bytes.into_inner()?.into(), about })
}

fn put_i32(to: &mut ColumnWriter, values: &[i32]) -> Result<(), ParquetError> {
    match to {
        ColumnWriter::Int32ColumnWriter(to) => to.write_batch(values, None, None).map(drop),
        _ => Err(ParquetError::General("not a column of small whole numbers".into())),
    }
}

fn put_i64(to: &mut ColumnWriter, values: &[i64]) -> Result<(), ParquetError> {
    match to {
        ColumnWriter::Int64ColumnWriter(to) => to.write_batch(values, None, None).map(drop),
        _ => Err(ParquetError::General("not a column of whole numbers".into())),
    }
}

/// Doubles as they are, or counts.
fn put(to: &mut ColumnWriter, values: &[f64]) -> Result<(), ParquetError> {
    match to {
        ColumnWriter::DoubleColumnWriter(to) => to.write_batch(values, None, None).map(drop),
        to => put_i64(to, &values.iter().map(|value| *value as i64).collect::<Vec<i64>>()),
    }
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

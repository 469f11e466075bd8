//! Columns as Arrow has them, for every library that reads the Arrow PyCapsule interface.

use std::ffi::CStr;
use std::sync::Arc;

use arrow_array::builder::{BooleanBuilder, Float64Builder, Int64Builder, StringBuilder};
use arrow_array::cast::AsArray;
use arrow_array::ffi::FFI_ArrowSchema;
use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::types::{Float64Type, Int64Type, UInt32Type, UInt64Type};
use arrow_array::{
    Array, ArrayRef, Float64Array, RecordBatch, RecordBatchIterator, UInt32Array, UInt64Array,
};
use arrow_schema::{ArrowError, DataType, Field, Schema};
use pyo3::exceptions::{PyKeyError, PyRuntimeError, PyTypeError};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyCapsule};

const STREAM: &CStr = c"arrow_array_stream";
const SCHEMA: &CStr = c"arrow_schema";

/// Columns of one length with names, in Arrow's layout.
#[pyclass(frozen, module = "foretell._foretell")]
pub struct Table(pub RecordBatch);

#[pymethods]
impl Table {
    /// The table of columns, each a name, a kind (`number`, `whole`, `truth` or `text`) and its values, of which any may be None.
    #[new]
    fn new(columns: Vec<(String, String, Bound<'_, PyAny>)>) -> PyResult<Table> {
        let columns = columns.into_iter().map(|(name, kind, values)| Ok((name, column(&kind, &values)?)));
        Table::of(columns.collect::<PyResult<Vec<_>>>()?)
    }

    /// The names of the columns.
    #[getter]
    fn columns(&self) -> Vec<String> {
        self.0.schema().fields().iter().map(|field| field.name().clone()).collect()
    }

    fn __len__(&self) -> usize {
        self.0.num_rows()
    }

    /// The values of a column, as a list of Python's.
    fn column(&self, name: &str) -> PyResult<Vec<Value>> {
        let column = self.0.column_by_name(name).ok_or_else(|| PyKeyError::new_err(name.to_string()))?;
        values(column)
    }

    /// Columns of numbers as names, types and bytes, from which they can be made again.
    fn to_bytes<'py>(&self, py: Python<'py>) -> PyResult<Vec<(String, String, Bound<'py, PyBytes>)>> {
        let columns = self.columns().into_iter().zip(self.0.columns());
        columns.map(|(name, column)| Ok((name, column.data_type().to_string(), bytes(py, column)?))).collect()
    }

    /// What [`to_bytes`](Table::to_bytes) gave.
    #[staticmethod]
    fn from_bytes(columns: Vec<(String, String, Vec<u8>)>) -> PyResult<Table> {
        let columns = columns.into_iter().map(|(name, kind, bytes)| Ok((name, read(&kind, &bytes)?)));
        Table::of(columns.collect::<PyResult<Vec<_>>>()?)
    }

    /// A stream of the table's one batch; the consumer gets the columns themselves, no copies.
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        // What is asked for is a wish: the consumer casts what it gets.
        drop(requested_schema);
        let batches = RecordBatchIterator::new([Ok(self.0.clone())], self.0.schema());
        PyCapsule::new_with_value(py, FFI_ArrowArrayStream::new(Box::new(batches)), STREAM)
    }

    /// The names and types of the columns.
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        let schema = FFI_ArrowSchema::try_from(self.0.schema().as_ref()).map_err(failed)?;
        PyCapsule::new_with_value(py, schema, SCHEMA)
    }
}

impl Table {
    /// The table of columns with names.
    ///
    /// # Errors
    /// They differ in length.
    pub fn of(columns: Vec<(String, ArrayRef)>) -> PyResult<Table> {
        let fields =
            columns.iter().map(|(name, one)| Field::new(name, one.data_type().clone(), one.is_nullable()));
        let schema = Arc::new(Schema::new(fields.collect::<Vec<_>>()));
        let columns = columns.into_iter().map(|(_, column)| column).collect();
        RecordBatch::try_new(schema, columns).map(Table).map_err(failed)
    }
}

/// One value of a column.
#[derive(IntoPyObject)]
pub enum Value {
    /// A number.
    Number(f64),
    /// A whole number.
    Whole(i64),
    /// A place among draws.
    Place(u64),
    /// True or false.
    Truth(bool),
    /// Words.
    Text(String),
    /// Nothing.
    None(Option<bool>),
}

fn values(column: &ArrayRef) -> PyResult<Vec<Value>> {
    let each = |value: &dyn Fn(usize) -> Value| {
        (0..column.len()).map(|at| if column.is_null(at) { Value::None(None) } else { value(at) }).collect()
    };
    Ok(match column.data_type() {
        DataType::Float64 => each(&|at| Value::Number(column.as_primitive::<Float64Type>().value(at))),
        DataType::Int64 => each(&|at| Value::Whole(column.as_primitive::<Int64Type>().value(at))),
        DataType::UInt64 => each(&|at| Value::Place(column.as_primitive::<UInt64Type>().value(at))),
        DataType::UInt32 => each(&|at| Value::Place(column.as_primitive::<UInt32Type>().value(at).into())),
        DataType::Boolean => each(&|at| Value::Truth(column.as_boolean().value(at))),
        DataType::Utf8 => each(&|at| Value::Text(column.as_string::<i32>().value(at).into())),
        kind => return Err(unknown(&kind.to_string())),
    })
}

fn bytes<'py>(py: Python<'py>, column: &ArrayRef) -> PyResult<Bound<'py, PyBytes>> {
    match (column.data_type(), column.to_data().buffers()) {
        (DataType::Float64 | DataType::UInt64 | DataType::UInt32, [all]) => {
            Ok(PyBytes::new(py, all.as_slice()))
        }
        (kind, _) => Err(unknown(&kind.to_string())),
    }
}

fn read(kind: &str, bytes: &[u8]) -> PyResult<ArrayRef> {
    Ok(match kind {
        "Float64" => Arc::new(Float64Array::from(numbers(bytes, f64::from_ne_bytes))),
        "UInt64" => Arc::new(UInt64Array::from(numbers(bytes, u64::from_ne_bytes))),
        "UInt32" => Arc::new(UInt32Array::from(numbers(bytes, u32::from_ne_bytes))),
        kind => return Err(unknown(kind)),
    })
}

fn numbers<T, const N: usize>(bytes: &[u8], number: fn([u8; N]) -> T) -> Vec<T> {
    bytes.as_chunks::<N>().0.iter().map(|one| number(*one)).collect()
}

fn unknown(kind: &str) -> PyErr {
    PyTypeError::new_err(format!("no column is of kind `{kind}`"))
}

fn failed(error: ArrowError) -> PyErr {
    PyRuntimeError::new_err(error.to_string())
}

fn column(kind: &str, values: &Bound<PyAny>) -> PyResult<ArrayRef> {
    let column: ArrayRef = match kind {
        "number" => {
            Arc::new(filled::<f64, _>(values, Float64Builder::new(), Float64Builder::append_option)?.finish())
        }
        "whole" => {
            Arc::new(filled::<i64, _>(values, Int64Builder::new(), Int64Builder::append_option)?.finish())
        }
        "truth" => Arc::new(
            filled::<bool, _>(values, BooleanBuilder::new(), BooleanBuilder::append_option)?.finish(),
        ),
        "text" => Arc::new(
            filled::<String, _>(values, StringBuilder::new(), |to, value| to.append_option(value))?.finish(),
        ),
        _ => return Err(unknown(kind)),
    };
    Ok(column)
}

fn filled<'py, T, B>(
    values: &Bound<'py, PyAny>,
    mut builder: B,
    append: impl Fn(&mut B, Option<T>),
) -> PyResult<B>
where
    Option<T>: for<'a> FromPyObject<'a, 'py, Error: Into<PyErr>>,
{
    for value in values.try_iter()? {
        append(&mut builder, value?.extract().map_err(Into::into)?);
    }
    Ok(builder)
}

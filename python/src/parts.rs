//! Parts of a run that are merged from memory.

use std::ffi::OsString;

use pyo3::prelude::*;
use pyo3::types::PyBytes;

use super::ask::Reply;
use super::input::{self, Input};
use super::interruptible;

/// Does a `merge` that reads `-`, which these parts stand for.
#[pyfunction]
pub fn merge(
    py: Python,
    arguments: Vec<OsString>,
    inputs: Vec<(String, Bound<'_, Input>)>,
    parts: Vec<Bound<'_, PyBytes>>,
) -> PyResult<Reply> {
    let bytes = parts.iter().flat_map(|part| part.as_bytes()).copied().collect();
    let call = input::call(arguments, inputs)?.fed(bytes);
    let interrupt = call.interrupt();
    interruptible::run(py, &interrupt, move || call.run()).map(Reply)
}

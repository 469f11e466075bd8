//! The command line as a function.

use std::ffi::OsString;

use foretell::cli;
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use pyo3::types::PyBytes;

use super::input::{self, Input};
use super::interruptible;

/// What a command gave, in every form.
#[pyclass(frozen, module = "foretell._foretell")]
pub struct Reply(pub cli::Reply);

#[pymethods]
impl Reply {
    /// Whether every claim of the file holds that was tested.
    #[getter]
    fn agrees(&self) -> bool {
        self.0.agrees
    }

    /// The answer as JSON; empty where there is none.
    #[getter]
    fn json(&self) -> String {
        words(&self.0.json)
    }

    /// The answer as text.
    #[getter]
    fn text(&self) -> String {
        words(&self.0.text)
    }

    /// The answer as Markdown.
    #[getter]
    fn markdown(&self) -> String {
        words(&self.0.markdown)
    }

    /// The answer's main table as comma-separated values.
    #[getter]
    fn csv(&self) -> String {
        words(&self.0.csv)
    }

    /// What was written to standard output besides.
    #[getter]
    fn output<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        PyBytes::new(py, &self.0.output)
    }

    /// Warnings as JSON; empty where there are none.
    #[getter]
    fn warnings(&self) -> String {
        words(&self.0.warnings)
    }

    /// What was said on the way.
    #[getter]
    fn said(&self) -> &str {
        &self.0.said
    }
}

fn words(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Does a command; `inputs` are what is read in place of the files with these names.
#[pyfunction]
pub fn ask(py: Python, arguments: Vec<OsString>, inputs: Vec<(String, Bound<'_, Input>)>) -> PyResult<Reply> {
    let call = input::call(arguments, inputs)?;
    let interrupt = call.interrupt();
    interruptible::run(py, &interrupt, move || call.run()).map(Reply)
}

/// The command itself, with the files, the terminal and the signals of this process; gives its exit code.
#[pyfunction]
pub fn command(py: Python, words: Vec<OsString>) -> u8 {
    py.detach(|| cli::command(words))
}

/// What can be written on the command line, as JSON.
#[pyfunction]
pub fn verbs() -> PyResult<String> {
    serde_json::to_string(&cli::verbs()).map_err(|error| PyRuntimeError::new_err(error.to_string()))
}

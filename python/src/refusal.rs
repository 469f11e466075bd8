//! What the engine refuses, as Python's exceptions.

use foretell::report::form::json;
use foretell::report::mistakes::Mistakes;
use foretell::session::Failure;
use pyo3::PyErr;
use pyo3::exceptions::PyKeyboardInterrupt;

pyo3::import_exception!(foretell._errors, ScenarioError);

/// The exception of a failure: its messages as text, and as the JSON of mistakes.
pub fn error(failure: &Failure) -> PyErr {
    match failure {
        Failure::Interrupted => PyKeyboardInterrupt::new_err("interrupted"),
        Failure::No(sources, list) => {
            let data = json::render(&Mistakes::of(list, sources));
            ScenarioError::new_err((failure.to_string(), String::from_utf8_lossy(&data).into_owned()))
        }
    }
}

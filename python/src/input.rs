//! Scenarios as texts that are held, with whatever they name, so that they can go to other machines.

use std::collections::BTreeMap;
use std::path::PathBuf;

use foretell::cli::{self, Interrupt};
use foretell::diagnostic::SourceFile;
use foretell::session::{Failure, Session};
use pyo3::prelude::*;
use pyo3::types::PyType;

use super::{interruptible, refusal};

/// A scenario's text and the texts of the files that it names, as they were when it was read.
#[pyclass(frozen, module = "foretell._foretell")]
#[derive(Clone)]
pub struct Input(pub cli::Input);

type Attachments = BTreeMap<String, (bool, String)>;

#[pymethods]
impl Input {
    /// Reads a scenario file and the files that it names.
    #[staticmethod]
    fn read(py: Python, path: PathBuf) -> PyResult<Input> {
        let interrupt = Interrupt::within(u64::MAX);
        let watched = interrupt.clone();
        let input = interruptible::run(py, &interrupt, move || whole(cli::Input::read(&path)?, &watched))?;
        Ok(Input(input))
    }

    /// Holds a text under a name, and reads the files that it names where it is said in which folder they are.
    #[staticmethod]
    fn text(py: Python, name: String, text: String, folder: Option<PathBuf>) -> PyResult<Input> {
        let input = cli::Input { folder, ..cli::Input::text(name, text) };
        let interrupt = Interrupt::within(u64::MAX);
        let watched = interrupt.clone();
        Ok(Input(interruptible::run(py, &interrupt, move || whole(input, &watched))?))
    }

    /// What messages call it.
    #[getter]
    fn name(&self) -> &str {
        &self.0.name
    }

    /// The text itself.
    #[getter]
    fn source(&self) -> &str {
        &self.0.text
    }

    /// The same under another name.
    fn called(&self, name: String) -> Input {
        Input(cli::Input { name, ..self.0.clone() })
    }

    fn __eq__(&self, other: PyRef<'_, Input>) -> bool {
        self.0 == other.0
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyAny>, Parts)> {
        let kept = self.0.attachments.iter().map(|(name, text)| match text {
            Ok(text) => (name.clone(), (true, text.clone())),
            Err(reason) => (name.clone(), (false, reason.clone())),
        });
        let (name, stem, text) = (self.0.name.clone(), self.0.stem.clone(), self.0.text.clone());
        let parts = (name, stem, self.0.folder.clone(), text, kept.collect());
        Ok((PyType::new::<Input>(py).getattr("restore")?, parts))
    }

    /// What was pickled.
    #[staticmethod]
    fn restore(
        name: String,
        stem: String,
        folder: Option<PathBuf>,
        text: String,
        attachments: Attachments,
    ) -> Input {
        let held = attachments
            .into_iter()
            .map(|(name, (is_text, text))| (name, if is_text { Ok(text) } else { Err(text) }));
        Input(cli::Input { name, stem, folder, text, attachments: held.collect() })
    }
}

/// Name, stem, folder, text and attachments.
type Parts = (String, String, Option<PathBuf>, String, Attachments);

/// An input with the files that it names.
fn whole(input: cli::Input, interrupt: &Interrupt) -> Result<cli::Input, Failure> {
    let read = |name: &str| input.attachment(name, &[]);
    let file = SourceFile::new(input.name.clone(), input.text.clone());
    let session = Session::watched(file, read, interrupt.watch.clone())?;
    let attachments = session.attachments().map(|name| (name.to_string(), input.attachment(name, &[])));
    let attachments = attachments.collect();
    drop(session);
    Ok(cli::Input { attachments, ..input })
}

/// Inputs by the words that stand for them among a command's arguments.
pub fn held(inputs: Vec<(String, Bound<'_, Input>)>) -> BTreeMap<PathBuf, cli::Input> {
    inputs.into_iter().map(|(word, input)| (word.into(), input.get().0.clone())).collect()
}

/// A command that reads these inputs.
///
/// # Errors
/// What is wrong with its arguments.
pub fn call(
    arguments: Vec<std::ffi::OsString>,
    inputs: Vec<(String, Bound<'_, Input>)>,
) -> PyResult<cli::Call> {
    cli::Call::new(arguments, held(inputs)).map_err(|failure| refusal::error(&failure))
}

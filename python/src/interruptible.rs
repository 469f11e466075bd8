//! Work that Ctrl-C ends, beside which other threads of Python run.

use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use foretell::cli::Interrupt;
use foretell::session::Failure;
use pyo3::exceptions::PyRuntimeError;
use pyo3::{PyResult, Python};

use super::refusal;

/// How often it is asked whether Ctrl-C was pressed.
const STEP: Duration = Duration::from_millis(40);
/// How long the work has to stop by itself; then it is left to end alone, and what it finds is dropped.
const GRACE: Duration = Duration::from_millis(100);

/// Does some work on a thread of its own, without the interpreter's lock.
///
/// # Errors
/// Those of the work, and what a signal's handler raises.
pub fn run<T: Send + 'static>(
    py: Python,
    interrupt: &Interrupt,
    work: impl FnOnce() -> Result<T, Failure> + Send + 'static,
) -> PyResult<T> {
    let (send, done) = channel();
    let started = thread::Builder::new().spawn(move || drop(send.send(work())));
    started.map_err(|error| PyRuntimeError::new_err(format!("no thread can be started: {error}")))?;
    let result = py.detach(move || {
        loop {
            match done.recv_timeout(STEP) {
                Err(RecvTimeoutError::Timeout) => {
                    if let Err(raised) = Python::attach(|py| py.check_signals()) {
                        interrupt.stop();
                        let _ = done.recv_timeout(GRACE);
                        return Err(raised);
                    }
                }
                Ok(result) => return Ok(result),
                Err(RecvTimeoutError::Disconnected) => {
                    return Err(PyRuntimeError::new_err("the engine failed: please report what was asked"));
                }
            }
        }
    })?;
    result.map_err(|failure| refusal::error(&failure))
}

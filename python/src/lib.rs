//! What `foretell` has for Python: the command line as a function, draws as columns, and nothing that Python can do itself.

#![allow(missing_docs)]

mod ask;
mod draws;
mod input;
mod interruptible;
mod parts;
mod refusal;
mod table;

#[pyo3::pymodule]
mod _foretell {
    #[pymodule_export]
    use super::ask::{Reply, ask, command, verbs};
    #[pymodule_export]
    use super::draws::draws;
    #[pymodule_export]
    use super::input::Input;
    #[pymodule_export]
    use super::parts::merge;
    #[pymodule_export]
    use super::table::Table;

    #[pymodule_export]
    const VERSION: &str = env!("CARGO_PKG_VERSION");

    #[pymodule_init]
    fn init(_module: &pyo3::Bound<'_, pyo3::types::PyModule>) -> pyo3::PyResult<()> {
        foretell::cli::lend_fonts();
        Ok(())
    }
}

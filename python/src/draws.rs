//! Every draw of a run, as columns in memory.

use std::ffi::OsString;
use std::sync::Arc;

use arrow_array::{ArrayRef, Float64Array, UInt32Array, UInt64Array};
use foretell::analysis::draw_table::DrawTable;
use foretell::analysis::draws::{DrawColumns, PLACE};
use foretell::analysis::run::Run;
use foretell::cli::Interrupt;
use foretell::diagnostic::Diagnostic;
use foretell::session::{Case, Failure};
use foretell::simulation::{Rule, Settings};
use pyo3::prelude::*;

use super::input::{self, Input};
use super::interruptible;
use super::table::Table;

/// Every sound draw of a run of the command line, with the columns that `--draws-out` writes.
#[pyfunction]
pub fn draws(
    py: Python,
    arguments: Vec<OsString>,
    inputs: Vec<(String, Bound<'_, Input>)>,
) -> PyResult<Table> {
    let call = input::call(arguments, inputs)?;
    let interrupt = call.interrupt();
    let drawn = interruptible::run(py, &interrupt, move || call.with_case(made))?;
    Table::of(drawn.columns())
}

/// Makes them.
fn made(case: &Case, settings: &Settings, interrupt: &Interrupt) -> Result<Drawn, Failure> {
    let columns = DrawColumns::compile(&case.study(settings)).map_err(|failure| case.refusal(failure))?;
    if let Rule::Draws(draws) = settings.rule {
        allow(draws, columns.columns().len(), interrupt)?;
    }
    // The run itself says how many draws it makes.
    let question = Run::default();
    let round = case.round(&question, settings)?;
    let plan = round.draw().map_err(|failure| case.refusal(failure))?.course.plan;
    allow(plan.draws(), columns.columns().len(), interrupt)?;
    let names = columns.columns().iter().map(|one| one.name.clone()).collect();
    let table = DrawTable::draw(&columns, &plan, &interrupt.watch)?;
    Ok(Drawn { names, table })
}

/// Refuses draws that would take more memory than is allowed.
fn allow(draws: u64, columns: usize, interrupt: &Interrupt) -> Result<(), Failure> {
    let bytes = draws.saturating_mul(size_of::<f64>() as u64).saturating_mul(columns as u64 + 2);
    if interrupt.watch.limits().allows(bytes) {
        return Ok(());
    }
    let message = format!("{draws} draws of {columns} columns take {} MB of memory", bytes / 1_000_000);
    let hint = "make fewer, write them to a file with run(draws_out=FILE), or allow more with memory=SIZE";
    Err(Failure::plain(Diagnostic::error("memory", message).hint(hint)))
}

/// Draws, and what their columns are called.
struct Drawn {
    names: Vec<String>,
    table: DrawTable,
}

impl Drawn {
    /// With their names; nothing is copied.
    fn columns(self) -> Vec<(String, ArrayRef)> {
        let [replicate, draw] = PLACE.map(String::from);
        let places: [(String, ArrayRef); 2] = [
            (replicate, Arc::new(UInt32Array::from(self.table.replicates))),
            (draw, Arc::new(UInt64Array::from(self.table.draws))),
        ];
        let array = |column| Arc::new(Float64Array::from(column)) as ArrayRef;
        let values = self.names.into_iter().zip(self.table.columns.into_iter().map(array));
        places.into_iter().chain(values).collect()
    }
}

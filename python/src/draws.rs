//! Every draw of a run, as columns in memory.

use std::ffi::OsString;
use std::sync::Arc;

use arrow_array::{ArrayRef, Float64Array, UInt32Array, UInt64Array};
use foretell::analysis::draws::DrawColumns;
use foretell::analysis::run::Run;
use foretell::cli::Interrupt;
use foretell::diagnostic::Diagnostic;
use foretell::session::{Case, Failure};
use foretell::simulation::{self, Batch, Collector, Layout, Rule, Settings};
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
        allow(draws, columns.names().len(), interrupt)?;
    }
    // The run itself says how many draws it makes.
    let question = Run::default();
    let round = case.round(&question, settings)?;
    let plan = round.draw().map_err(|failure| case.refusal(failure))?.course.plan;
    allow(plan.draws(), columns.names().len(), interrupt)?;
    let program = columns.program();
    let layout = Layout::of(program);
    let mut sink = Sink { columns: &columns, drawn: Drawn::with(columns.names()) };
    simulation::run(program, &plan, &layout, &plan.whole(), &mut sink, &interrupt.watch)?;
    Ok(sink.drawn)
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

/// Draws, column by column.
struct Drawn {
    names: Vec<String>,
    replicates: Vec<u32>,
    indices: Vec<u64>,
    columns: Vec<Vec<f64>>,
}

impl Drawn {
    fn with(names: &[String]) -> Drawn {
        let columns = vec![Vec::new(); names.len()];
        Drawn { names: names.to_vec(), replicates: Vec::new(), indices: Vec::new(), columns }
    }

    /// With their names; nothing is copied.
    fn columns(self) -> Vec<(String, ArrayRef)> {
        let places: [(String, ArrayRef); 2] = [
            ("replicate".into(), Arc::new(UInt32Array::from(self.replicates))),
            ("draw".into(), Arc::new(UInt64Array::from(self.indices))),
        ];
        let array = |column| Arc::new(Float64Array::from(column)) as ArrayRef;
        let values = self.names.into_iter().zip(self.columns.into_iter().map(array));
        places.into_iter().chain(values).collect()
    }
}

/// Collects them in the order of replicates and draws.
struct Sink<'a> {
    columns: &'a DrawColumns,
    drawn: Drawn,
}

/// Some draws: their places, and their columns.
struct Part {
    indices: Vec<u64>,
    columns: Vec<Vec<f64>>,
}

impl Collector for Sink<'_> {
    type Part = Part;

    fn part(&self, _: u64) -> Part {
        Part { indices: Vec::new(), columns: vec![Vec::new(); self.columns.names().len()] }
    }

    fn part_bytes(&self, draws: u64) -> usize {
        draws as usize * size_of::<f64>() * (self.columns.names().len() + 1)
    }

    fn observe(&self, part: &mut Part, batch: &Batch) {
        let draws = batch.sound(self.columns.company());
        part.indices.extend(draws.indices());
        for (all, some) in part.columns.iter_mut().zip(self.columns.of(&draws)) {
            all.extend(some);
        }
    }

    fn end_block(&self, _: &mut Part) {}

    fn collect(&mut self, replicate: u32, part: Part) {
        let all = &mut self.drawn;
        all.replicates.resize(all.replicates.len() + part.indices.len(), replicate);
        all.indices.extend(part.indices);
        for (all, some) in all.columns.iter_mut().zip(part.columns) {
            all.extend(some);
        }
    }
}

//! `--draws-out`: every draw as a line of CSV.

use super::failure::Failure;
use super::interrupt::Interrupt;
use super::target::Target;
use crate::analysis::draws::DrawColumns;
use crate::report::draws::DrawSink;
use crate::session::Case;
use crate::simulation::{self, Layout, Plan, Settings};

/// Makes all draws of an answer's `plan` once more and writes each as a line of CSV.
///
/// # Errors
/// The file can't be written, or Ctrl-C was pressed.
pub fn write(
    target: &Target,
    case: &Case,
    (settings, plan): (&Settings, &Plan),
    interrupt: &Interrupt,
) -> Result<(), Failure> {
    let refuse = |error| target.refused(&error);
    let columns = DrawColumns::compile(&case.study(settings)).map_err(|failure| case.refusal(failure))?;
    target.write(interrupt, |to| {
        let mut sink = DrawSink::new(&columns, to).map_err(refuse)?;
        let program = columns.program();
        let layout = Layout::of(program);
        simulation::run(program, plan, &layout, &plan.whole(), &mut sink, &interrupt.watch)?;
        sink.finish().map_err(refuse)
    })
}

//! `--draws-out`: every draw as a row.

use std::path::Path;

use super::failure::{self, Failure};
use super::inputs::Inputs;
use super::interrupt::Interrupt;
use super::target::{Target, Writer};
use crate::analysis::draws::DrawColumns;
use crate::report::draws::{DrawLines, DrawsForm};
use crate::session::{Case, Facts};
use crate::simulation::{self, Collector, Interrupted, Layout, Plan, Settings};

/// Where draws go, and how they are kept.
pub struct DrawsOut {
    /// Where they go.
    pub target: Target,
    form: DrawsForm,
}

impl DrawsOut {
    /// Looks where `path` leads and what its ending says, before anything is computed.
    ///
    /// # Errors
    /// An ending of another form; bytes that a terminal would have to show; those of [`Target::find`].
    pub fn find(path: &Path, inputs: &Inputs) -> Result<DrawsOut, Failure> {
        let target = Target::find(path, inputs)?;
        let form = DrawsForm::of(path).map_err(Failure::plain)?;
        if form == DrawsForm::Parquet && target.is_terminal() {
            let hint = "name a file, or send it into a pipe; - shows the draws as CSV";
            return Err(failure::file("write", path, "it leads to a terminal, and Parquet is no text", hint));
        }
        Ok(DrawsOut { target, form })
    }

    /// Makes all draws of an answer's `plan` once more and writes each as a row.
    ///
    /// # Errors
    /// The file can't be written, or Ctrl-C was pressed.
    pub fn write(
        &self,
        case: &Case,
        (settings, plan): (&Settings, &Plan),
        facts: &Facts,
        interrupt: &Interrupt,
    ) -> Result<(), Failure> {
        let refuse = |error| self.target.refused(&error);
        let columns = DrawColumns::compile(&case.study(settings)).map_err(|failure| case.refusal(failure))?;
        let again = Again { columns: &columns, plan, interrupt };
        self.target.write(interrupt, |to| match self.form {
            DrawsForm::Parquet => write_parquet(&again, facts, to, &refuse),
            _ => {
                let mut lines = DrawLines::new(&columns, to).map_err(refuse)?;
                again.draw(&mut lines)?;
                lines.finish().map_err(refuse)
            }
        })
    }
}

/// The draws of a plan, once more.
struct Again<'a> {
    columns: &'a DrawColumns,
    plan: &'a Plan,
    interrupt: &'a Interrupt,
}

impl Again<'_> {
    fn draw(&self, sink: &mut impl Collector) -> Result<(), Interrupted> {
        let program = self.columns.program();
        let layout = Layout::of(program);
        simulation::run(program, self.plan, &layout, &self.plan.whole(), sink, &self.interrupt.watch)
    }
}

#[cfg(feature = "parquet")]
fn write_parquet(
    again: &Again,
    facts: &Facts,
    to: &mut Writer<'_>,
    refuse: &impl Fn(std::io::Error) -> Failure,
) -> Result<(), Failure> {
    use crate::report::draws::{DrawRows, DrawsMetadata};
    let mut rows = DrawRows::new(again.columns, &DrawsMetadata::of(facts), to).map_err(refuse)?;
    again.draw(&mut rows)?;
    rows.finish().map_err(refuse)
}

/// [`DrawsForm::of`] gives no such form in a build without Parquet.
#[cfg(not(feature = "parquet"))]
fn write_parquet(
    _: &Again,
    _: &Facts,
    _: &mut Writer<'_>,
    refuse: &impl Fn(std::io::Error) -> Failure,
) -> Result<(), Failure> {
    Err(refuse(std::io::ErrorKind::Unsupported.into()))
}

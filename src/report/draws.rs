//! Every draw as a line of CSV.

use std::io::{self, Write};

use crate::analysis::draws::DrawColumns;
use crate::simulation::{Batch, Collector};

/// Writes every sound draw as a line: replicate, index, and its columns.
pub struct DrawSink<'a> {
    columns: &'a DrawColumns,
    to: &'a mut (dyn Write + Send + Sync),
    failed: Option<io::Error>,
}

impl<'a> DrawSink<'a> {
    /// Writes the header.
    ///
    /// # Errors
    /// What `to` says.
    pub fn new(columns: &'a DrawColumns, to: &'a mut (dyn Write + Send + Sync)) -> io::Result<DrawSink<'a>> {
        writeln!(to, "replicate,draw,{}", columns.names().join(","))?;
        Ok(DrawSink { columns, to, failed: None })
    }

    /// Whether everything could be written.
    ///
    /// # Errors
    /// The first failure.
    pub fn finish(self) -> io::Result<()> {
        self.failed.map_or(Ok(()), Err)
    }
}

impl Collector for DrawSink<'_> {
    type Part = String;

    fn part(&self, _: u64) -> String {
        String::new()
    }

    fn part_bytes(&self, draws: u64) -> usize {
        // Replicate, index and the columns, at some twenty letters each.
        draws as usize * 20 * (self.columns.names().len() + 2)
    }

    fn observe(&self, part: &mut String, batch: &Batch) {
        use std::fmt::Write;
        let draws = batch.sound(self.columns.company());
        let columns = self.columns.of(&draws);
        for (at, index) in draws.indices().enumerate() {
            let _ = write!(part, "{},{index}", batch.replicate);
            for column in &columns {
                let _ = write!(part, ",{}", column[at]);
            }
            part.push('\n');
        }
    }

    fn end_block(&self, _: &mut String) {}

    fn collect(&mut self, _: u32, part: String) {
        if self.failed.is_none() {
            self.failed = self.to.write_all(part.as_bytes()).err();
        }
    }
}

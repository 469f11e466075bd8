//! Every draw as a line of comma-separated values.

use std::io::{self, Write};

use super::{digits, part_draws};
use crate::analysis::draws::{DrawColumns, PLACE};
use crate::simulation::{Batch, Collector};

/// About how many letters a number takes.
const LETTERS: usize = 20;

/// Writes every sound draw as a line: replicate, index, and its columns.
pub struct DrawLines<'a> {
    columns: &'a DrawColumns,
    to: &'a mut (dyn Write + Send + Sync),
    failed: Option<io::Error>,
}

impl<'a> DrawLines<'a> {
    /// Writes the header.
    ///
    /// # Errors
    /// What `to` says.
    pub fn new(columns: &'a DrawColumns, to: &'a mut (dyn Write + Send + Sync)) -> io::Result<DrawLines<'a>> {
        let names = columns.columns().iter().map(|column| column.name.as_str());
        let header: Vec<&str> = PLACE.into_iter().chain(names).collect();
        writeln!(to, "{}", header.join(","))?;
        Ok(DrawLines { columns, to, failed: None })
    }

    /// Whether everything could be written.
    ///
    /// # Errors
    /// The first failure.
    pub fn finish(self) -> io::Result<()> {
        self.failed.map_or(Ok(()), Err)
    }

    fn line_bytes(&self) -> usize {
        LETTERS * (self.columns.columns().len() + PLACE.len())
    }
}

impl Collector for DrawLines<'_> {
    type Part = String;

    fn part(&self, _: u64) -> String {
        String::new()
    }

    fn part_draws(&self) -> Option<u64> {
        Some(part_draws(self.line_bytes()))
    }

    fn part_bytes(&self, draws: u64) -> usize {
        draws as usize * self.line_bytes()
    }

    fn observe(&self, part: &mut String, batch: &Batch) {
        use std::fmt::Write;
        let draws = batch.sound(self.columns.company());
        let columns = self.columns.of(&draws);
        part.reserve(draws.len() * self.line_bytes());
        for (at, index) in draws.indices().enumerate() {
            let _ = write!(part, "{},{index}", batch.replicate);
            for column in &columns {
                part.push(',');
                digits::push(part, column[at]);
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

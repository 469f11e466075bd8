//! Draws in memory.

use super::draws::DrawColumns;
use crate::simulation::{self, Batch, Collector, Interrupted, Layout, Plan, Watch};

/// Every sound draw in memory, column by column: in the order of replicates and draws, whatever the number of threads.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct DrawTable {
    /// The replicate of each draw, from 0.
    pub replicates: Vec<u32>,
    /// The index of each draw in its replicate, from 0.
    pub draws: Vec<u64>,
    /// The values of each column of the [`DrawColumns`], in their order.
    pub columns: Vec<Vec<f64>>,
}

impl DrawTable {
    /// Makes the draws of a plan: 8 bytes a draw for each column.
    ///
    /// # Errors
    /// [`Interrupted`], if `watch` was told so.
    pub fn draw(columns: &DrawColumns, plan: &Plan, watch: &Watch) -> Result<DrawTable, Interrupted> {
        let program = columns.program();
        let mut filling = Filling { columns, table: DrawTable::of(columns.columns().len()) };
        simulation::run(program, plan, &Layout::of(program), &plan.whole(), &mut filling, watch)?;
        Ok(filling.table)
    }

    fn of(columns: usize) -> DrawTable {
        DrawTable { columns: vec![Vec::new(); columns], ..DrawTable::default() }
    }
}

struct Filling<'a> {
    columns: &'a DrawColumns,
    table: DrawTable,
}

impl Collector for Filling<'_> {
    type Part = DrawTable;

    fn part(&self, _: u64) -> DrawTable {
        DrawTable::of(self.columns.columns().len())
    }

    fn part_bytes(&self, draws: u64) -> usize {
        draws as usize * size_of::<f64>() * (self.columns.columns().len() + 2)
    }

    fn observe(&self, part: &mut DrawTable, batch: &Batch) {
        let draws = batch.sound(self.columns.company());
        part.draws.extend(draws.indices());
        part.replicates.resize(part.draws.len(), batch.replicate);
        for (column, values) in part.columns.iter_mut().zip(self.columns.of(&draws)) {
            column.extend_from_slice(&values);
        }
    }

    fn end_block(&self, _: &mut DrawTable) {}

    fn collect(&mut self, _: u32, part: DrawTable) {
        self.table.replicates.extend(part.replicates);
        self.table.draws.extend(part.draws);
        for (column, values) in self.table.columns.iter_mut().zip(part.columns) {
            column.extend(values);
        }
    }
}

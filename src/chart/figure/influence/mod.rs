//! What leads to what, and how strongly: a network in layers, outcomes last.

mod arrow;
mod legend;
mod network;
mod node;
mod plan;

use crate::chart::page::Page;
use crate::chart::{ChartError, Figure, Picture};
pub use network::{Influence, InfluenceArrow, InfluenceKind, InfluenceNode, InfluenceSign};
use plan::Plan;

impl Figure for Influence {
    fn layout(&self) -> Result<Picture, ChartError> {
        if self.arrows.is_empty() {
            return Err(ChartError::Empty("nothing leads to anything"));
        }
        let plan = Plan::of(self)?;
        let mut page = Page::open(&self.wording);
        legend::set(self, &mut page);
        plan.set(self, &mut page);
        page.close(&self.wording)
    }
}

#[cfg(test)]
mod tests;

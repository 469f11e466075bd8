//! What was learned, hard and soft, and what becomes of the answers under it.

use std::collections::BTreeSet;

use super::answers::{Output, Update};
use super::graph::NodeId;
use super::outputs::{Asking, CompileError};
use crate::diagnostic::Span;
use crate::model::{CategoryId, EventId, Term};

impl Asking<'_, '_> {
    /// Takes what was learned; its probability.
    pub(super) fn learn(
        &mut self,
        learned: &[&Term],
        active: &[bool],
    ) -> Result<Option<Output>, CompileError> {
        if self.lowering.confined_to <= 0.0 {
            return Err(CompileError::Impossible { parts: self.spans() });
        }
        let mut weight = None;
        for (at, part) in learned.iter().enumerate() {
            let taken = self.lowering.learn(part);
            self.limit(taken, || "what was learned".into())?;
            let joint = self.probability_learned()?;
            if self.lowering.graph().constant(joint) == Some(0.0) {
                let before = learned[..=at].iter().map(|one| one.span).collect();
                return Err(CompileError::Impossible { parts: before });
            }
            weight = Some(joint);
        }
        if let Some(joint) = self.learn_softly(learned, active)? {
            weight = Some(joint);
        }
        if weight.is_none() && !self.lowering.evidence.is_empty() {
            weight = Some(self.probability_learned()?);
        }
        Ok(weight.map(|node| self.outputs.output(node)))
    }

    /// Takes those reports that are `active` and say anything.
    fn learn_softly(&mut self, learned: &[&Term], active: &[bool]) -> Result<Option<NodeId>, CompileError> {
        let model = self.lowering.model;
        let mut parts: Vec<Span> = learned.iter().map(|one| one.span).collect();
        let mut weight = None;
        for (at, item) in model.evidence.iter().enumerate().filter(|(at, _)| active[*at]) {
            let likelihood = model.likelihood(at, active);
            if likelihood.iter().all(|one| *one == 1.0) {
                continue;
            }
            self.lowering.learn_softly(item.about, &likelihood, item.span);
            parts.push(item.span);
            let joint = self.probability_learned()?;
            if self.lowering.graph().constant(joint) == Some(0.0) {
                return Err(CompileError::Impossible { parts });
            }
            weight = Some(joint);
        }
        Ok(weight)
    }

    /// The answers where certain items of the evidence count.
    pub(super) fn update(&mut self, learned: &[&Term], active: &[bool]) -> Result<Update, CompileError> {
        let model = self.lowering.model;
        let weight = self.learn(learned, active)?;
        if !model.outcomes.is_empty() {
            return Ok(Update { weight, values: self.outcomes()? });
        }
        let mut values = Vec::new();
        for index in 0..model.events.len() {
            values.push(self.event(EventId(index))?);
        }
        for index in 0..model.categories.len() {
            values.extend(self.category(CategoryId(index))?);
        }
        Ok(Update { weight, values })
    }

    pub(super) fn probability_learned(&mut self) -> Result<NodeId, CompileError> {
        let joint = self.lowering.joint(&BTreeSet::new());
        Ok(self.limit(joint, || "what was learned".into())?.entries[0])
    }

    fn spans(&self) -> Vec<Span> {
        self.lowering.model.given.iter().map(|one| one.span).collect()
    }
}

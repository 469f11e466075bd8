//! The most probable states of everything that chance decides.

use std::collections::BTreeMap;

use super::chain::Chain;
use super::drawing::Drawing;
use super::tables::OPEN;
use crate::analysis::Failure;
use crate::limits::Limits;
use crate::model::OutcomeId;
use crate::program::{Buckets, ChanceVariable, Part, Refusal, Take, Way, most, times_power};

/// What is most probable of all.
pub(in crate::analysis) struct Mode {
    /// The state of each event and factor with states.
    pub(in crate::analysis) states: BTreeMap<ChanceVariable, usize>,
    /// How probable all of them together are.
    pub(in crate::analysis) probability: f64,
}

impl Drawing<'_> {
    /// The most probable states of events and factors, given all that was learned and an outcome, if one is given; nothing where that
    /// can't be, where draws decide any probability, or where too much would have to be looked at together.
    ///
    /// # Errors
    /// An interruption.
    pub(in crate::analysis) fn mode(&self, given: Option<OutcomeId>) -> Result<Option<Mode>, Failure> {
        let given = given.map(|OutcomeId(state)| (ChanceVariable::Outcome, state));
        match self.chain.mode(given, &self.limits) {
            Err(Refusal::Interrupted) => Err(Failure::Interrupted),
            Err(_) => Ok(None),
            Ok(found) => Ok(found),
        }
    }
}

impl Chain {
    /// The most probable explanation (Pearl 1988) of what was learned, with theories and outcomes summed over.
    fn mode(&self, given: Option<(ChanceVariable, usize)>, limits: &Limits) -> Result<Option<Mode>, Refusal> {
        let tables = &self.tables;
        let mut states = tables.known();
        if let Some((at, state)) = given.and_then(|(one, state)| Some((tables.position(one)?, state))) {
            if states[at] != OPEN && states[at] != state {
                return Ok(None);
            }
            states[at] = state;
        }
        let is_told = |one: usize| {
            matches!(tables.variables[one], ChanceVariable::Event(_) | ChanceVariable::Category(_))
        };
        // An outcome says something only where something is known of it.
        let mut wanted: Vec<usize> = (0..states.len()).filter(|one| is_told(*one)).collect();
        wanted.extend(tables.bearing());
        wanted.extend(given.and_then(|(one, _)| tables.position(one)));
        let all = tables.of(&tables.deciding(wanted));
        let Some(numbers) = tables.fixed(&all, &states) else { return Ok(None) };
        let part = |one: usize| if is_told(one) { Part::Told } else { Part::First };
        let way = Way::new(tables.counts.clone(), &tables.scopes(&all, &states), part);
        let whole = Buckets::fill(&way, numbers.clone(), Take::Sum, limits)?.whole;
        if whole.values[0] == 0.0 {
            return Ok(None);
        }
        let best = Buckets::fill(&way, numbers, Take::Most, limits)?;
        if best.walk(&mut states, |_, weights| most(&weights)).is_none() {
            return Ok(None);
        }
        let ratio = best.whole.values[0] / whole.values[0];
        let probability = times_power(ratio, best.whole.exponent - whole.exponent);
        Ok(Some(Mode { states: tables.named(&states), probability }))
    }
}

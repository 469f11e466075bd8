//! How smooth what is asked is: what has bounds, and what jumps.

use super::reach::{Reach, reaches};
use super::{Output, Program, QueryId, SpreadId};

impl Program {
    /// Whether all values of an output lie within bounds that its formula shows.
    pub fn is_bounded(&self, output: Output) -> bool {
        self.reach(output).is_bounded()
    }

    /// The least and the greatest value of an output, if its formula shows both.
    pub fn bounds(&self, output: Output) -> Option<(f64, f64)> {
        let reach = self.reach(output);
        reach.is_bounded().then_some((reach.low, reach.high))
    }

    /// Whether a query may change by a step as the uniforms move a little: it passes through a comparison, a count or something
    /// else that jumps.
    pub fn jumps(&self, id: QueryId) -> bool {
        let query = self.query(id);
        [Some(query.numerator), query.weight].into_iter().flatten().any(|one| self.reach(one).jumps)
    }

    /// Whether a query may change by all but a step: it passes through a level given normals, as of correlated events, that may all
    /// but decide it.
    pub fn is_steep(&self, id: QueryId) -> bool {
        self.reach(self.query(id).numerator).steep
    }

    /// Whether the values of a quantity, or the probabilities with which it has them, may change by a step.
    pub fn spread_jumps(&self, id: SpreadId) -> bool {
        let mut columns = self.spread(id).states.iter().flat_map(|(value, weight)| [Some(*value), *weight]);
        columns.any(|one| one.is_some_and(|one| self.reach(one).jumps))
    }

    /// Whether a query is an expectation of values that no formula bounds.
    pub fn is_unbounded(&self, id: QueryId) -> bool {
        self.expectations[id.0] && !self.is_bounded(self.query(id).numerator)
    }

    /// How far apart the values above a query can be: 1 for a probability.
    pub fn range(&self, id: QueryId) -> f64 {
        if !self.expectations[id.0] {
            return 1.0;
        }
        let reach = self.reach(self.query(id).numerator);
        reach.high - reach.low
    }

    /// How far apart the values of a quantity can be; infinite where no formula bounds them.
    pub fn spread_range(&self, id: SpreadId) -> f64 {
        let reaches = || self.spread(id).states.iter().map(|(value, _)| self.reach(*value));
        let high = reaches().map(|one| one.high).fold(f64::NEG_INFINITY, f64::max);
        high - reaches().map(|one| one.low).fold(f64::INFINITY, f64::min)
    }

    /// The value of a ratio that formulas prove: into which no draw enters, or above which is nothing but 0 in every draw that
    /// gives a number.
    pub fn proven(&self, id: QueryId) -> Option<f64> {
        let query = self.query(id);
        let is_nothing = || {
            let reach = self.reach(query.numerator);
            reach.low == 0.0 && reach.high == 0.0
        };
        self.known(query).or_else(|| is_nothing().then_some(0.0))
    }

    fn reach(&self, output: Output) -> Reach {
        let all = self.reaches.get_or_init(|| reaches(&self.graph, &self.routes));
        all[self.outputs[output.0].0.0]
    }
}

//! A joint table: every combination of states is a query, as are its margins.

use super::aspect::Aspect;
use super::finding::{AspectFinding, CellFinding, JointFinding, MarginFinding};
use crate::analysis::Study;
use crate::analysis::estimated::{BeyondIndependence, Conditional, Probability};
use crate::analysis::round::{Inquiry, Told, Topic};
use crate::expression::Binary;
use crate::model::Term;
use crate::program::{Aim, QueryId};
use crate::statistics::Estimate;

/// How do two or three things go together?
#[derive(Clone, Debug, PartialEq)]
pub struct Joint {
    /// The things, each once.
    pub of: Vec<Aspect>,
}

/// What was asked for a joint table.
pub struct JointAsked {
    cells: Vec<CellAsked>,
    /// The states of those that are not summed over.
    margins: Vec<(Vec<Option<usize>>, QueryId)>,
}

struct CellAsked {
    at: Vec<usize>,
    together: QueryId,
    /// The second thing's state given those of the others.
    conditional: QueryId,
    /// Each state by itself.
    alone: Vec<QueryId>,
}

impl Topic for Joint {
    type Asked = JointAsked;
    type Finding = JointFinding;

    fn ask<'m>(&self, _: &Study<'m>, inquiry: &mut Inquiry<'m>) -> JointAsked {
        let margins: Vec<_> =
            self.summed().into_iter().map(|at| (at.clone(), self.margin(&at, inquiry))).collect();
        let cells = self.combinations().into_iter().map(|at| self.cell(at, &margins, inquiry)).collect();
        JointAsked { cells, margins }
    }

    fn find(&self, asked: &JointAsked, told: &Told) -> JointFinding {
        let id = |(aspect, at): (&Aspect, &usize)| aspect.states[*at].named.id.clone();
        let cell = |one: &CellAsked| CellFinding {
            states: self.of.iter().zip(&one.at).map(id).collect(),
            at: one.at.clone(),
            probability: Probability(told.estimates.probability(one.together)),
            conditional: Conditional(one.conditional(told)),
            beyond_independence: BeyondIndependence(one.beyond_independence(told)),
        };
        let margin = |(at, query): &(Vec<Option<usize>>, QueryId)| MarginFinding {
            states: self.of.iter().zip(at).map(|(aspect, at)| at.map(|at| id((aspect, &at)))).collect(),
            at: at.clone(),
            probability: Probability(told.estimates.probability(*query)),
        };
        JointFinding {
            of: self.of.iter().map(AspectFinding::of).collect(),
            cells: asked.cells.iter().map(cell).collect(),
            margins: asked.margins.iter().map(margin).collect(),
        }
    }
}

impl Joint {
    /// How many combinations of states there are.
    pub fn len(&self) -> usize {
        self.of.iter().fold(1, |size: usize, one| size.saturating_mul(one.states.len()))
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Every combination of states, the last one's changing fastest.
    pub(in crate::analysis) fn combinations(&self) -> Vec<Vec<usize>> {
        self.of.iter().fold(vec![Vec::new()], |all, aspect| {
            let longer = |one: &Vec<usize>| -> Vec<Vec<usize>> {
                (0..aspect.states.len()).map(|at| [&one[..], &[at]].concat()).collect()
            };
            all.iter().flat_map(longer).collect()
        })
    }

    /// Every combination of states of some of the things, but not of all: of one of them, then of two.
    fn summed(&self) -> Vec<Vec<Option<usize>>> {
        let count = self.of.len();
        let mut masks: Vec<usize> = (1..(1usize << count) - 1).collect();
        masks.sort_by_key(|mask| mask.count_ones());
        let of_mask = |mask: usize| {
            let is_in = move |at: usize| mask >> at & 1 == 1;
            let own = self.of.iter().enumerate().filter(|(at, _)| is_in(*at)).map(|(_, one)| one.clone());
            let states = Joint { of: own.collect() }.combinations();
            states.into_iter().map(move |states| {
                let mut states = states.into_iter();
                (0..count).map(|at| if is_in(at) { states.next() } else { None }).collect()
            })
        };
        masks.into_iter().flat_map(of_mask).collect()
    }

    /// That some of the things are in these states.
    fn proposition(&self, at: &[Option<usize>]) -> Term {
        let states = self.of.iter().zip(at);
        let terms = states.filter_map(|(aspect, at)| Some(aspect.states.get((*at)?)?.is_so.clone()));
        Term::join(terms.collect(), Binary::And, |one| one.span)
    }

    fn margin(&self, at: &[Option<usize>], inquiry: &mut Inquiry) -> QueryId {
        let query = inquiry.ask.probability(inquiry.world, self.proposition(at));
        inquiry.ask.aim(Aim::Probability(query));
        query
    }

    fn cell(
        &self,
        at: Vec<usize>,
        margins: &[(Vec<Option<usize>>, QueryId)],
        inquiry: &mut Inquiry,
    ) -> CellAsked {
        let only = |own: usize| at.iter().enumerate().map(|(one, at)| (one == own).then_some(*at)).collect();
        let alone: Vec<Vec<Option<usize>>> = (0..at.len()).map(only).collect();
        let others: Vec<Option<usize>> =
            at.iter().enumerate().map(|(one, at)| (one != GIVEN).then_some(*at)).collect();
        let all: Vec<Option<usize>> = at.iter().copied().map(Some).collect();
        let (ask, world) = (&mut inquiry.ask, inquiry.world);
        let together = ask.probability(world, self.proposition(&all));
        let own = self.proposition(&alone[GIVEN]);
        let conditional = ask.conditional(world, own, self.proposition(&others));
        ask.aim(Aim::Probability(together));
        let known =
            |at: &Vec<Option<usize>>| margins.iter().find(|(own, _)| own == at).map(|(_, query)| *query);
        let alone: Vec<QueryId> = alone.iter().filter_map(known).collect();
        ask.compare(&[&alone[..], &[together]].concat());
        CellAsked { at, together, conditional, alone }
    }
}

/// The thing whose state is told given those of the others: the second.
const GIVEN: usize = 1;

impl CellAsked {
    /// Nothing is told of what follows from the impossible.
    fn conditional(&self, told: &Told) -> Estimate {
        let found = told.estimates.probability(self.conditional);
        if found.value.is_finite() { found } else { Estimate::unknown() }
    }

    /// P(a b) − P(a) P(b), and likewise for three.
    fn beyond_independence(&self, told: &Told) -> Estimate {
        told.estimates.beyond_product(self.together, &self.alone).within(-1.0, 1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Span;
    use crate::model::Named;

    fn joint(sizes: &[usize]) -> Joint {
        let aspect = |size: &usize| Aspect {
            named: Named::default(),
            states: vec![
                super::super::State {
                    named: Named::default(),
                    phrase: String::new(),
                    is_so: Term::constant(1.0, Span::default())
                };
                *size
            ],
            is_truth: false,
        };
        Joint { of: sizes.iter().map(aspect).collect() }
    }

    #[test]
    fn the_last_states_change_fastest() {
        let all = joint(&[2, 3]).combinations();
        assert_eq!(all, [[0, 0], [0, 1], [0, 2], [1, 0], [1, 1], [1, 2]].map(Vec::from));
        assert_eq!((joint(&[2, 3]).len(), joint(&[2, 0]).is_empty()), (6, true));
    }

    #[test]
    fn margins_are_of_some_but_not_of_all() {
        assert_eq!(joint(&[2, 3]).summed().len(), 2 + 3);
        let three = joint(&[2, 3, 4]).summed();
        assert_eq!(three.len(), 2 + 3 + 4 + 6 + 8 + 12);
        assert_eq!(three[0], [Some(0), None, None]);
        assert!(three.iter().all(|one| one.contains(&None) && one.iter().any(Option::is_some)));
    }
}

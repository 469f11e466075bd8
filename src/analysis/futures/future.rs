//! One future: what everything is in it, and how probable what happens was.

use crate::model::{
    CategoryId, DerivedId, EventId, FactorId, Model, OutcomeId, Outcomes, Term, TermKind, TheoryId, Variable,
    evaluate, ruled, softmax,
};

/// One future: a draw of what is not known, and what chance decides in it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Future {
    /// Which draw it is of, from 1.
    pub draw: u64,
    /// Which future of that draw, from 1.
    pub copy: u32,
    /// The value of each uncertain quantity, in the order of the model.
    pub quantities: Vec<f64>,
    /// The value of each factor that is a number.
    pub factors: Vec<f64>,
    /// Each derived value.
    pub derived: Vec<f64>,
    /// The state of each factor with states.
    pub categories: Vec<Decided>,
    /// Each event: 1 if it happens.
    pub events: Vec<Decided>,
    /// Which theory is right.
    pub theory: Decided,
    /// Which outcome comes true, in a file that has any.
    pub outcome: Option<Decided>,
    /// How probable what was learned is, given what is drawn of numbers; 1 if nothing was learned but what the draws are confined to.
    pub weight: f64,
    /// The logarithm of how densely worlds like it lie: up to a constant.
    pub log_density: f64,
}

/// Something that chance decides.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Decided {
    /// The state it is in.
    pub state: usize,
    /// How probable each state is given what the file says that decides it.
    pub chances: Vec<f64>,
    /// How probable each state was when it was drawn, which is given all that was learned.
    pub drawn_by: Vec<f64>,
}

impl Decided {
    /// What can be in one of its states only.
    pub(super) fn certain(state: usize, count: usize) -> Decided {
        let chances: Vec<f64> = (0..count).map(|at| f64::from(u8::from(at == state))).collect();
        Decided { state, drawn_by: chances.clone(), chances }
    }

    /// How probable the state is that it is in.
    pub fn chance(&self) -> f64 {
        self.chances.get(self.state).copied().unwrap_or(f64::NAN)
    }
}

impl Future {
    /// The value of a formula in this future.
    pub fn value(&self, term: &Term) -> f64 {
        evaluate(term, &|leaf| Some(self.leaf(leaf))).unwrap_or(f64::NAN)
    }

    /// The value of a number, or whether an event happens; of a factor with states there is none.
    pub fn variable(&self, variable: Variable) -> f64 {
        match variable {
            Variable::Factor(FactorId(at)) => self.factors[at],
            Variable::Derived(DerivedId(at)) => self.derived[at],
            Variable::Event(EventId(at)) => self.events[at].state as f64,
            Variable::Category(_) => f64::NAN,
        }
    }

    /// The score of each outcome under the theory that is right, where it decides by scores; else whether each rule holds, with
    /// nothing for `else`.
    pub fn scores(&self, model: &Model) -> Vec<Option<f64>> {
        match &model.theories[self.theory.state].form {
            Outcomes::Weighted { scores, .. } | Outcomes::Scored(scores) => {
                scores.iter().map(|one| Some(self.value(one))).collect()
            }
            Outcomes::Ruled(rules) => {
                rules.iter().map(|rule| rule.as_ref().map(|one| self.value(one))).collect()
            }
        }
    }

    /// How probable each outcome is in this future, whatever was learned.
    pub fn outcomes(&self, model: &Model) -> Vec<f64> {
        let scores = self.scores(model);
        match &model.theories[self.theory.state].form {
            Outcomes::Ruled(_) => ruled(&scores),
            _ => softmax(&scores.into_iter().flatten().collect::<Vec<f64>>()),
        }
    }

    /// The same without how probable its states were.
    pub(super) fn without_chances(mut self) -> Future {
        let all = self
            .categories
            .iter_mut()
            .chain(&mut self.events)
            .chain([&mut self.theory])
            .chain(&mut self.outcome);
        all.for_each(|one| *one = Decided { state: one.state, ..Decided::default() });
        self
    }

    /// Computes every number in the order of the model; nothing if one is void.
    pub(super) fn computed(mut self, model: &Model) -> Option<Future> {
        self.factors = vec![f64::NAN; model.factors.len()];
        self.derived = vec![f64::NAN; model.derived.len()];
        for variable in &model.order {
            let value = match variable {
                Variable::Factor(_) | Variable::Derived(_) => self.value(model.formula(*variable)),
                Variable::Event(_) | Variable::Category(_) => continue,
            };
            match *variable {
                Variable::Factor(FactorId(at)) => self.factors[at] = value,
                Variable::Derived(DerivedId(at)) => self.derived[at] = value,
                Variable::Event(_) | Variable::Category(_) => {}
            }
            if !value.is_finite() {
                return None;
            }
        }
        Some(self)
    }

    fn leaf(&self, leaf: &TermKind) -> f64 {
        let truth = |is_so: bool| f64::from(u8::from(is_so));
        match leaf {
            TermKind::Variable(variable) => self.variable(*variable),
            TermKind::Is(CategoryId(at), state) => truth(self.categories[*at].state == *state),
            TermKind::Theory(TheoryId(at)) => truth(self.theory.state == *at),
            TermKind::Outcome(OutcomeId(at)) => {
                truth(self.outcome.as_ref().is_some_and(|one| one.state == *at))
            }
            TermKind::Draw(id) => self.quantities[id.0],
            _ => f64::NAN,
        }
    }
}

//! How heavy the tails of values are, as far as formulas tell.

use std::collections::{BTreeMap, BTreeSet};

use super::affine::affine;
use super::facts::Facts;
use crate::diagnostic::Span;
use crate::distribution::{Distribution, Family};
use crate::expression::{Binary, Unary};
use crate::model::{Model, QuantityId, Shape, Term, TermKind, TheoryId, Variable, constant, mentions};

/// The index of either tail of a value: P(X > x) falls as x^(−1/index). Tails that fall faster than any power have the index 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TailIndices {
    /// Towards −∞.
    pub low: f64,
    /// Towards ∞.
    pub high: f64,
    /// Whether it is known which of the two is meant; else each is the index of the heavier.
    pub(super) is_sided: bool,
}

impl TailIndices {
    pub(super) const LIGHT: TailIndices = TailIndices { low: 0.0, high: 0.0, is_sided: true };

    /// Of one tail or both, which is not known.
    pub(super) fn either(index: f64) -> TailIndices {
        TailIndices { low: index, high: index, is_sided: index == 0.0 }
    }

    fn upper(index: f64) -> TailIndices {
        TailIndices { low: 0.0, high: index, is_sided: true }
    }

    fn both(index: f64) -> TailIndices {
        TailIndices { low: index, high: index, is_sided: true }
    }

    /// The index of the heavier of the two.
    pub fn heaviest(self) -> f64 {
        self.low.max(self.high)
    }

    fn is_light(self) -> bool {
        self.heaviest() == 0.0
    }

    pub(super) fn mirrored(self) -> TailIndices {
        TailIndices { low: self.high, high: self.low, ..self }
    }

    fn scaled(self, scale: f64) -> TailIndices {
        match scale.partial_cmp(&0.0) {
            Some(std::cmp::Ordering::Greater) => self,
            Some(std::cmp::Ordering::Less) => self.mirrored(),
            _ => TailIndices::LIGHT,
        }
    }

    /// The tails, if it is known which is which.
    fn told(self) -> Option<TailIndices> {
        self.is_sided.then_some(self)
    }

    /// Of a sum. Two tails of values that are not independent may cancel, unless one is heavier than all of the other: what has
    /// no moment of some order keeps that with anything added that has it.
    fn and(self, other: TailIndices, independent: bool) -> Option<TailIndices> {
        let is_sided = self.is_sided && other.is_sided;
        if independent {
            let (low, high) = (self.low.max(other.low), self.high.max(other.high));
            return Some(TailIndices { low, high, is_sided });
        }
        let side = |a: f64, b: f64| {
            let clear = a > other.heaviest() || b > self.heaviest() || a == b && a == 0.0;
            clear.then_some(a.max(b))
        };
        Some(TailIndices { low: side(self.low, other.low)?, high: side(self.high, other.high)?, is_sided })
    }

    /// Of the larger of two values, or, mirrored, of the smaller. It is small only where both are.
    fn larger(self, other: TailIndices, independent: bool) -> Option<TailIndices> {
        let (one, other) = (self.told()?, other.told()?);
        let high = one.high.max(other.high);
        let low = match (one.low, other.low) {
            (0.0, _) | (_, 0.0) => 0.0,
            (a, b) if independent => 1.0 / (1.0 / a + 1.0 / b),
            _ => return None,
        };
        Some(TailIndices { low, high, is_sided: true })
    }
}

impl Model {
    /// The tails of the factors and derived values of which formulas tell them: of draws of known laws, and of what is made of
    /// these by operations whose effect on a tail is known (Embrechts, Klüppelberg & Mikosch 1997, "Modelling extremal events",
    /// appendix A3, for sums and products).
    pub fn tails(&self) -> BTreeMap<Variable, TailIndices> {
        let mut found = BTreeMap::new();
        let facts = Facts::new(self, TheoryId(0));
        let minus_one = Term::constant(-1.0, Span::default());
        for variable in &self.order {
            let is_number = matches!(variable, Variable::Factor(_) | Variable::Derived(_));
            if !is_number {
                continue;
            }
            let known = Known { model: self, facts: &facts, minus_one: &minus_one, tails: &found };
            let formula = self.formula(*variable);
            if let Some(tails) = known.tails(formula).map(|tails| known.bounded(formula, tails)) {
                found.insert(*variable, tails);
            }
        }
        found
    }
}

/// What is known of the variables that come before.
pub(super) struct Known<'a> {
    pub(super) model: &'a Model,
    /// Bounds of all values.
    pub(super) facts: &'a Facts<'a>,
    /// A constant that turns signs.
    pub(super) minus_one: &'a Term,
    tails: &'a BTreeMap<Variable, TailIndices>,
}

impl<'a> Known<'a> {
    pub(super) fn tails(&self, term: &'a Term) -> Option<TailIndices> {
        match &term.kind {
            TermKind::Variable(Variable::Event(_)) => Some(TailIndices::LIGHT),
            TermKind::Variable(variable) => self.tails.get(variable).copied(),
            TermKind::Draw(id) => self.drawn(&self.model.quantities[id.0].shape),
            TermKind::Unary(operation, inner) => self.unary(*operation, inner),
            TermKind::Binary(Binary::Multiply | Binary::Divide, a, b) => self.multiplied(term, a, b),
            TermKind::Binary(Binary::Power, ..) => self.product(term),
            TermKind::Binary(operation, a, b) => self.binary(*operation, a, b),
            TermKind::If(parts) => self.either(parts),
            TermKind::Table(lookup) => self.all_light(lookup.rows.iter()),
            TermKind::Within(_, low, high) => {
                (low.is_finite() && high.is_finite()).then_some(TailIndices::LIGHT)
            }
            // Numbers and truths.
            _ => Some(TailIndices::LIGHT),
        }
    }

    /// A value has no tail where it has a bound.
    pub(super) fn bounded(&self, term: &Term, tails: TailIndices) -> TailIndices {
        match self.facts.hull(term) {
            (low, high) if low.is_finite() && high.is_finite() => TailIndices::LIGHT,
            (low, _) if low.is_finite() => TailIndices::upper(tails.high),
            (_, high) if high.is_finite() => TailIndices::upper(tails.low).mirrored(),
            _ => tails,
        }
    }

    fn unary(&self, operation: Unary, inner: &'a Term) -> Option<TailIndices> {
        if operation == Unary::Exp {
            return self.exponential(inner, 1.0);
        }
        let own = || self.tails(inner);
        match operation {
            Unary::Negate | Unary::Not => Some(own()?.mirrored()),
            Unary::Abs => Some(TailIndices::upper(own()?.heaviest())),
            Unary::Sqrt => Some(TailIndices::upper(0.5 * self.bounded(inner, own()?).told()?.high)),
            Unary::Floor | Unary::Ceil | Unary::Round => own(),
            Unary::Logistic | Unary::NormalLevel => Some(TailIndices::LIGHT),
            _ => None,
        }
    }

    /// e^(p X) is a power where X falls exponentially, and has no moment at all where X is a power.
    pub(super) fn exponential(&self, inner: &'a Term, power: f64) -> Option<TailIndices> {
        if let Some((id, scale, _)) = self.draw_of(inner) {
            let law = self.model.quantities[id.0].shape.fixed();
            match law {
                Some(Distribution::Exponential(_)) => {
                    return Some(TailIndices::upper((power * scale * law?.mean()).max(0.0)));
                }
                Some(Distribution::Normal(_)) => return Some(TailIndices::LIGHT),
                _ => (),
            }
        }
        let own = self.bounded(inner, self.tails(inner)?).told()?.scaled(power);
        (own.high > 0.0).then_some(TailIndices::upper(f64::INFINITY))
    }

    fn binary(&self, operation: Binary, a: &'a Term, b: &'a Term) -> Option<TailIndices> {
        let (one, other) = (self.tails(a)?, self.tails(b)?);
        // Where one of the two has no tail, nothing can cancel.
        let independent = || one.is_light() || other.is_light() || self.are_independent(a, b);
        match operation {
            Binary::Add => one.and(other, independent()),
            Binary::Subtract => one.and(other.mirrored(), independent()),
            Binary::Max => self.bounded(a, one).larger(self.bounded(b, other), independent()),
            Binary::Min => {
                let [one, other] = [self.bounded(a, one), self.bounded(b, other)].map(TailIndices::mirrored);
                Some(one.larger(other, independent())?.mirrored())
            }
            Binary::And | Binary::Or => Some(TailIndices::LIGHT),
            _ => None,
        }
    }

    /// Of a product or a quotient: by a number, of light factors alone, or of powers.
    fn multiplied(&self, term: &'a Term, a: &'a Term, b: &'a Term) -> Option<TailIndices> {
        let is_product = matches!(term.kind, TermKind::Binary(Binary::Multiply, ..));
        match (constant(a), constant(b)) {
            (Some(scale), _) if is_product => Some(self.tails(b)?.scaled(scale)),
            (_, Some(scale)) if is_product => Some(self.tails(a)?.scaled(scale)),
            (_, Some(scale)) => Some(self.tails(a)?.scaled(1.0 / scale)),
            _ => {
                let is_light = |one: &'a Term| self.tails(one).is_some_and(TailIndices::is_light);
                // All moments of light factors exist, and so do those of their product (Hölder).
                let are_light = is_product && is_light(a) && is_light(b);
                if are_light { Some(TailIndices::LIGHT) } else { self.product(term) }
            }
        }
    }

    /// The draw that a term is an affine map of, also by a name.
    pub(super) fn draw_of(&self, term: &Term) -> Option<(QuantityId, f64, f64)> {
        match &term.kind {
            TermKind::Variable(variable @ (Variable::Factor(_) | Variable::Derived(_))) => {
                self.draw_of(self.model.formula(*variable))
            }
            _ => affine(term).filter(|(_, scale, _)| *scale != 0.0),
        }
    }

    /// Of one term or another, if it does not hang on the tails which it is.
    fn either(&self, parts: &'a [Term; 3]) -> Option<TailIndices> {
        let [condition, one, other] = parts;
        let found = (self.tails(one)?, self.tails(other)?);
        let is_free = [one, other].iter().all(|part| self.are_independent(condition, part));
        let is_light = found.0.is_light() && found.1.is_light();
        let either = found.0.and(found.1, true);
        if is_free || is_light { either } else { None }
    }

    fn all_light(&self, mut terms: impl Iterator<Item = &'a Term>) -> Option<TailIndices> {
        terms.all(|term| self.tails(term).is_some_and(TailIndices::is_light)).then_some(TailIndices::LIGHT)
    }

    pub(super) fn drawn(&self, shape: &'a Shape) -> Option<TailIndices> {
        match shape {
            Shape::Fixed(law) => {
                let (low, high) = law.tail_indices();
                Some(TailIndices { low, high, is_sided: true })
            }
            Shape::Family(family, signature, parameters) => self.family(*family, *signature, parameters),
            _ => None,
        }
    }

    /// Of a family whose parameters vary: those of a place hand on their own tails, that of a size its own to both sides.
    fn family(&self, family: Family, signature: usize, parameters: &'a [Term]) -> Option<TailIndices> {
        match family {
            Family::Normal | Family::Logistic if signature == 0 => {
                let [place, size] = parameters else { return None };
                let (own, size) = (self.tails(place)?, TailIndices::both(self.tails(size)?.heaviest()));
                own.and(size, size.is_light())
            }
            Family::Uniform | Family::Triangular if signature == 0 => {
                let mut all = parameters.iter().map(|one| self.tails(one));
                all.try_fold(TailIndices::LIGHT, |sum, one| sum.and(one?, false))
            }
            Family::StudentT => {
                // As heavy as under the fewest degrees of freedom that come near.
                let least = self.least(parameters.first()?)?;
                let rest = self.all_light(parameters[1..].iter())?;
                let index = if least > 0.0 { 1.0 / least } else { f64::INFINITY };
                TailIndices::both(index).and(rest, true)
            }
            Family::Cauchy => {
                let index = parameters
                    .iter()
                    .try_fold(1.0, |most: f64, one| Some(most.max(self.tails(one)?.heaviest())))?;
                Some(TailIndices::both(index))
            }
            _ => None,
        }
    }

    /// The least value of a number, or of an affine map of a draw.
    fn least(&self, term: &Term) -> Option<f64> {
        if let Some(value) = constant(term) {
            return Some(value);
        }
        let (id, scale, shift) = self.draw_of(term)?;
        let (low, high) = self.model.quantities[id.0].shape.fixed()?.support();
        let end = scale * (if scale > 0.0 { low } else { high }) + shift;
        end.is_finite().then_some(end)
    }

    /// Whether two terms have no draw in common, nor one that is correlated with one of the other.
    fn are_independent(&self, a: &Term, b: &Term) -> bool {
        self.draws(a).is_disjoint(&self.draws(b))
    }

    /// The draws that a term depends on, directly or through others, and those that these are correlated with.
    pub(super) fn draws(&self, term: &Term) -> BTreeSet<QuantityId> {
        let quantities = &self.model.quantities;
        let (mut found, mut seen) = (BTreeSet::new(), BTreeSet::new());
        let mut open = vec![term];
        while let Some(term) = open.pop() {
            term.walk(&mut |one| {
                if let TermKind::Draw(id) = one.kind {
                    found.extend(self.draws_of(id));
                }
            });
            for (variable, _) in mentions(term, quantities) {
                if seen.insert(variable) {
                    open.extend(self.model.formulas(variable));
                    let latent = self.model.latent(variable);
                    found.extend(latent.iter().flat_map(|one| one.normals.iter().map(|(other, _)| *other)));
                    found.extend(latent.and_then(|one| one.mixing).map(|mixing| mixing.quantity));
                }
            }
        }
        found
    }

    /// A draw, what its parameters depend on, and what it is correlated with.
    pub(super) fn draws_of(&self, id: QuantityId) -> BTreeSet<QuantityId> {
        let quantity = &self.model.quantities[id.0];
        let normals = quantity.normals.iter().map(|(other, _)| *other);
        let own = [id].into_iter().chain(normals).chain(quantity.mixing.map(|mixing| mixing.quantity));
        own.chain(quantity.shape.parameters().into_iter().flat_map(|one| self.draws(one))).collect()
    }
}

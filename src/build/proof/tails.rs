//! How heavy the tails of values are, as far as formulas tell.

use std::collections::{BTreeMap, BTreeSet};

use super::affine::affine;
use super::mentions::mentions;
use crate::distribution::{Distribution, Family};
use crate::expression::{Binary, Unary};
use crate::model::{Model, QuantityId, Shape, Term, TermKind, Variable, constant};

/// The index of either tail of a value: P(X > x) falls as x^(−1/index). Tails that fall faster than any power have the index 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TailIndices {
    /// Towards −∞.
    pub low: f64,
    /// Towards ∞.
    pub high: f64,
}

impl TailIndices {
    const LIGHT: TailIndices = TailIndices { low: 0.0, high: 0.0 };

    /// The index of the heavier of the two.
    pub fn heaviest(self) -> f64 {
        self.low.max(self.high)
    }

    fn is_light(self) -> bool {
        self.heaviest() == 0.0
    }

    fn mirrored(self) -> TailIndices {
        TailIndices { low: self.high, high: self.low }
    }

    fn scaled(self, scale: f64) -> TailIndices {
        match scale.partial_cmp(&0.0) {
            Some(std::cmp::Ordering::Greater) => self,
            Some(std::cmp::Ordering::Less) => self.mirrored(),
            _ => TailIndices::LIGHT,
        }
    }

    /// Of a sum, or of one value or another. Two heavy tails may cancel if they are not independent.
    fn and(self, other: TailIndices, independent: bool) -> Option<TailIndices> {
        let side = |a: f64, b: f64| (independent || a == 0.0 || b == 0.0).then_some(a.max(b));
        Some(TailIndices { low: side(self.low, other.low)?, high: side(self.high, other.high)? })
    }

    /// Of the larger of two values, or, mirrored, of the smaller.
    fn larger(self, other: TailIndices, independent: bool) -> Option<TailIndices> {
        let high = self.and(other, independent)?.high;
        (self.low == 0.0 || other.low == 0.0).then_some(TailIndices { low: 0.0, high })
    }
}

impl Model {
    /// The tails of the factors and derived values of which formulas tell them: of draws of known laws, and of what is made of
    /// these by operations whose effect on a tail is known (Embrechts, Klüppelberg & Mikosch 1997, "Modelling extremal events",
    /// appendix A3, for sums and products).
    pub fn tails(&self) -> BTreeMap<Variable, TailIndices> {
        let mut found = BTreeMap::new();
        for variable in &self.order {
            let is_number = matches!(variable, Variable::Factor(_) | Variable::Derived(_));
            let tails = Known { model: self, tails: &found }.tails(self.formula(*variable));
            if let Some(tails) = tails.filter(|_| is_number) {
                found.insert(*variable, tails);
            }
        }
        found
    }
}

/// What is known of the variables that come before.
struct Known<'a> {
    model: &'a Model,
    tails: &'a BTreeMap<Variable, TailIndices>,
}

impl Known<'_> {
    fn tails(&self, term: &Term) -> Option<TailIndices> {
        match &term.kind {
            TermKind::Variable(Variable::Event(_)) => Some(TailIndices::LIGHT),
            TermKind::Variable(variable) => self.tails.get(variable).copied(),
            TermKind::Draw(id) => self.drawn(&self.model.quantities[id.0].shape),
            TermKind::Unary(operation, inner) => self.unary(*operation, inner),
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

    fn unary(&self, operation: Unary, inner: &Term) -> Option<TailIndices> {
        if operation == Unary::Exp {
            return self.exponential(inner);
        }
        let own = || self.tails(inner);
        match operation {
            Unary::Negate | Unary::Not => Some(own()?.mirrored()),
            Unary::Abs => Some(TailIndices { low: 0.0, high: own()?.heaviest() }),
            Unary::Sqrt => Some(TailIndices { low: 0.0, high: 0.5 * own()?.high }),
            Unary::Floor | Unary::Ceil | Unary::Round => own(),
            Unary::Logistic | Unary::NormalLevel => Some(TailIndices::LIGHT),
            _ => None,
        }
    }

    /// e^X is a power where X falls exponentially, and has no moment at all where X is a power.
    fn exponential(&self, inner: &Term) -> Option<TailIndices> {
        if let Some((id, scale, _)) = self.draw_of(inner) {
            let law = self.model.quantities[id.0].shape.fixed();
            match law {
                Some(Distribution::Exponential(_)) => {
                    let high = (scale * law?.mean()).max(0.0);
                    return Some(TailIndices { low: 0.0, high });
                }
                Some(Distribution::Normal(_)) => return Some(TailIndices::LIGHT),
                _ => (),
            }
        }
        let own = self.tails(inner)?;
        (own.high > 0.0).then_some(TailIndices { low: 0.0, high: f64::INFINITY })
    }

    fn binary(&self, operation: Binary, a: &Term, b: &Term) -> Option<TailIndices> {
        if operation == Binary::Divide {
            return self.quotient(a, b);
        }
        let (one, other) = (self.tails(a)?, self.tails(b)?);
        let independent = || self.are_independent(a, b);
        match operation {
            Binary::Add => one.and(other, independent()),
            Binary::Subtract => one.and(other.mirrored(), independent()),
            Binary::Max => one.larger(other, independent()),
            Binary::Min => Some(one.mirrored().larger(other.mirrored(), independent())?.mirrored()),
            Binary::And | Binary::Or => Some(TailIndices::LIGHT),
            Binary::Multiply => match (constant(a), constant(b)) {
                (Some(scale), _) => Some(other.scaled(scale)),
                (_, Some(scale)) => Some(one.scaled(scale)),
                // All moments of light factors exist, and so do those of their product (Hölder).
                _ => (one.is_light() && other.is_light()).then_some(TailIndices::LIGHT),
            },
            _ => None,
        }
    }

    /// A quotient by a number; or by a draw that may come close to 0, whose inverse has the index 1.
    fn quotient(&self, a: &Term, b: &Term) -> Option<TailIndices> {
        if let Some(scale) = constant(b) {
            return Some(self.tails(a)?.scaled(1.0 / scale));
        }
        let (id, scale, shift) = self.draw_of(b)?;
        let law = self.model.quantities[id.0].shape.fixed().filter(|law| !law.has_atoms())?;
        let zero = -shift / scale;
        let step = 1e-9 * (1.0 + zero.abs());
        let [below, above] = [zero - step, zero + step].map(|x| law.pdf(x) > 0.0);
        let (negative, positive) = if scale > 0.0 { (below, above) } else { (above, below) };
        if !(negative || positive) {
            return None;
        }
        let side = |has: bool| if has { 1.0 } else { 0.0 };
        match constant(a) {
            Some(0.0) => Some(TailIndices::LIGHT),
            Some(above) => Some(TailIndices { low: side(negative), high: side(positive) }.scaled(above)),
            None if !self.are_independent(a, b) => None,
            // It is not known whether what is divided keeps its sign, so that either tail may be meant.
            None => {
                let index = self.tails(a)?.heaviest().max(1.0);
                Some(TailIndices { low: index, high: index })
            }
        }
    }

    /// The draw that a term is an affine map of, also by a name.
    fn draw_of(&self, term: &Term) -> Option<(QuantityId, f64, f64)> {
        match &term.kind {
            TermKind::Variable(variable @ (Variable::Factor(_) | Variable::Derived(_))) => {
                self.draw_of(self.model.formula(*variable))
            }
            _ => affine(term),
        }
    }

    /// Of one term or another, if it does not hang on the tails which it is.
    fn either(&self, parts: &[Term; 3]) -> Option<TailIndices> {
        let [condition, one, other] = parts;
        let found = (self.tails(one)?, self.tails(other)?);
        let is_free = [one, other].iter().all(|part| self.are_independent(condition, part));
        let is_light = found.0.is_light() && found.1.is_light();
        let either = TailIndices { low: found.0.low.max(found.1.low), high: found.0.high.max(found.1.high) };
        (is_free || is_light).then_some(either)
    }

    fn all_light<'t>(&self, mut terms: impl Iterator<Item = &'t Term>) -> Option<TailIndices> {
        terms.all(|term| self.tails(term).is_some_and(TailIndices::is_light)).then_some(TailIndices::LIGHT)
    }

    fn drawn(&self, shape: &Shape) -> Option<TailIndices> {
        match shape {
            Shape::Fixed(law) => {
                let (low, high) = law.tail_indices();
                Some(TailIndices { low, high })
            }
            Shape::Family(family, signature, parameters) => self.family(*family, *signature, parameters),
            _ => None,
        }
    }

    /// Of a family whose parameters vary: those of a place and a size hand on their own tails.
    fn family(&self, family: Family, signature: usize, parameters: &[Term]) -> Option<TailIndices> {
        match family {
            Family::Normal | Family::Logistic | Family::Uniform | Family::Triangular if signature == 0 => {
                let mut all = parameters.iter().map(|one| self.tails(one));
                all.try_fold(TailIndices::LIGHT, |sum, one| sum.and(one?, false))
            }
            Family::StudentT => {
                // As heavy as under the fewest degrees of freedom that come near.
                let least = self.least(parameters.first()?)?;
                let rest = self.all_light(parameters[1..].iter())?;
                let index = if least > 0.0 { 1.0 / least } else { f64::INFINITY };
                TailIndices { low: index, high: index }.and(rest, true)
            }
            Family::Cauchy => {
                let index = parameters
                    .iter()
                    .try_fold(1.0, |most: f64, one| Some(most.max(self.tails(one)?.heaviest())))?;
                Some(TailIndices { low: index, high: index })
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

    /// The draws that a term depends on, directly or through others.
    fn draws(&self, term: &Term) -> BTreeSet<QuantityId> {
        let quantities = &self.model.quantities;
        let (mut found, mut seen) = (BTreeSet::new(), BTreeSet::new());
        let mut open = vec![term];
        while let Some(term) = open.pop() {
            term.walk(&mut |one| {
                if let TermKind::Draw(id) = one.kind {
                    found.insert(id);
                    found.extend(quantities[id.0].normals.iter().map(|(other, _)| *other));
                    found.extend(quantities[id.0].mixing.map(|mixing| mixing.quantity));
                }
            });
            for (variable, _) in mentions(term, quantities) {
                if seen.insert(variable) {
                    open.extend(self.model.formulas(variable));
                }
            }
        }
        found
    }
}

//! The tails of products of powers, which have those of the heaviest of their independent factors.

use std::collections::{BTreeMap, BTreeSet};

use super::tails::{Known, TailIndices};
use crate::distribution::Distribution;
use crate::expression::{Binary, Unary};
use crate::math::elementary::ln;
use crate::model::{QuantityId, Term, TermKind, Variable, constant};

/// More factors than any formula has that is written by hand: products of products may have very many.
const MOST_BASES: usize = 64;

/// What is raised to a power.
struct Base<'a> {
    term: &'a Term,
    exponent: f64,
    /// Whether only its size counts.
    is_absolute: bool,
}

/// Factors that follow the same draw, or one that follows something else.
struct Part {
    draws: BTreeSet<QuantityId>,
    tails: TailIndices,
}

/// What is known of a value's sign; `None` if it has either.
type Sign = Option<f64>;

impl<'a> Known<'a> {
    /// The tails of a product, a quotient or a power: E|X Y|^p is E|X|^p E|Y|^p for independent X and Y, so that the larger index
    /// is that of the product (Embrechts & Goldie 1980, "On closure and factorization properties of subexponential and related
    /// distributions", J. Austral. Math. Soc. 29); |X|^p has p times the index of X. Nothing is told where factors that are not
    /// independent are none of the same draw.
    pub(super) fn product(&self, term: &'a Term) -> Option<TailIndices> {
        let mut bases = Vec::new();
        self.gather(term, (1.0, false), &mut bases)?;
        if bases.iter().any(|one| constant(one.term) == Some(0.0) && one.exponent > 0.0) {
            return Some(TailIndices::LIGHT);
        }
        let scale = bases.iter().filter_map(|one| Some((one, constant(one.term)?)));
        let turned = scale.filter(|(one, value)| !one.is_absolute && *value < 0.0).count() % 2 == 1;
        bases.retain(|one| constant(one.term).is_none() && one.exponent != 0.0);
        let parts = self.parts(&bases)?;
        let index = parts.iter().map(|one| one.tails.heaviest()).fold(0.0, f64::max);
        if index > 0.0 && !are_disjoint(&parts) {
            return None;
        }
        let tails = self.sided(&bases, &parts, index);
        Some(self.bounded(term, if turned { tails.mirrored() } else { tails }))
    }

    /// The bases of a product and what each is raised to.
    fn gather(
        &self,
        term: &'a Term,
        (exponent, is_absolute): (f64, bool),
        found: &mut Vec<Base<'a>>,
    ) -> Option<()> {
        if found.len() >= MOST_BASES {
            return None;
        }
        match &term.kind {
            TermKind::Unary(Unary::Negate, one) => {
                // An odd power hands the sign on.
                found.push(Base { term: self.minus_one, exponent: 1.0, is_absolute });
                self.gather(one, (exponent, is_absolute), found)
            }
            TermKind::Unary(Unary::Abs, one) => self.gather(one, (exponent, true), found),
            TermKind::Unary(Unary::Sqrt, one) => self.gather(one, (0.5 * exponent, true), found),
            TermKind::Binary(Binary::Multiply, a, b) => {
                self.gather(a, (exponent, is_absolute), found)?;
                self.gather(b, (exponent, is_absolute), found)
            }
            TermKind::Binary(Binary::Divide, a, b) => {
                self.gather(a, (exponent, is_absolute), found)?;
                self.gather(b, (-exponent, is_absolute), found)
            }
            TermKind::Binary(Binary::Power, base, power) => {
                let power = constant(power).filter(|one| one.is_finite())?;
                let is_odd = power.rem_euclid(2.0) == 1.0;
                self.gather(base, (exponent * power, is_absolute || !is_odd), found)
            }
            TermKind::Variable(variable @ (Variable::Factor(_) | Variable::Derived(_))) => {
                self.gather(self.model.formula(*variable), (exponent, is_absolute), found)
            }
            _ => {
                found.push(Base { term, exponent, is_absolute });
                Some(())
            }
        }
    }

    fn parts(&self, bases: &[Base<'a>]) -> Option<Vec<Part>> {
        let mut powers: BTreeMap<QuantityId, Vec<(f64, f64)>> = BTreeMap::new();
        let mut others: Vec<(&'a Term, f64)> = Vec::new();
        for Base { term, exponent, .. } in bases {
            match self.draw_of(term) {
                Some((id, scale, shift)) => powers.entry(id).or_default().push((-shift / scale, *exponent)),
                None => match others.iter_mut().find(|(own, _)| std::ptr::eq(*own, *term)) {
                    Some((_, sum)) => *sum += exponent,
                    None => others.push((term, *exponent)),
                },
            }
        }
        let of_draw = |(id, powers): (QuantityId, Vec<(f64, f64)>)| {
            let index = self.power_of_draw(id, &powers)?;
            Some(Part { draws: self.draws_of(id), tails: TailIndices::either(index) })
        };
        let of_other = |(term, exponent): (&'a Term, f64)| {
            let tails = TailIndices::either(self.power_of_other(term, exponent)?);
            Some(Part { draws: self.draws(term), tails })
        };
        powers.into_iter().map(of_draw).chain(others.into_iter().map(of_other)).collect()
    }

    /// The index of Π |X − z|^p of one draw X: far out that of X to the sum of all p, or that of a pole.
    fn power_of_draw(&self, id: QuantityId, powers: &[(f64, f64)]) -> Option<f64> {
        let shape = &self.model.quantities[id.0].shape;
        let total: f64 = powers.iter().map(|(_, power)| power).sum();
        let far = if total > 0.0 { total * self.drawn(shape)?.heaviest() } else { 0.0 };
        let mut index = far;
        for (zero, _) in powers {
            let own: f64 = powers.iter().filter(|(other, _)| other == zero).map(|(_, power)| power).sum();
            if own < 0.0 {
                let [below, above] = poles(shape.fixed()?, *zero)?;
                index = index.max(-own * below.max(above));
            }
        }
        Some(index)
    }

    /// The index of a power of anything else; its inverse has one only where it may come close to 0.
    fn power_of_other(&self, term: &'a Term, exponent: f64) -> Option<f64> {
        if let TermKind::Unary(Unary::Exp, inner) = &term.kind {
            return Some(self.exponential(inner, exponent)?.heaviest());
        }
        if exponent > 0.0 {
            return Some(exponent * self.tails(term)?.heaviest());
        }
        let (low, high) = self.facts.hull(term);
        (low > 0.0 || high < 0.0).then_some(0.0)
    }

    /// Which of the two tails are meant, as far as signs tell.
    fn sided(&self, bases: &[Base<'a>], parts: &[Part], index: f64) -> TailIndices {
        let signs: Vec<Sign> = bases.iter().map(|one| self.sign(one)).collect();
        let sign: f64 = signs.iter().map(|one| one.unwrap_or(1.0)).product();
        let mut open = bases.iter().zip(&signs).filter(|(_, sign)| sign.is_none()).map(|(one, _)| one);
        let tails = match (open.next(), open.next()) {
            (None, _) => TailIndices { low: 0.0, high: index, is_sided: true },
            (Some(one), None) => match self.of_either_sign(one, bases, parts) {
                Some(tails) => tails,
                None => TailIndices::either(index),
            },
            _ => TailIndices::either(index),
        };
        if sign < 0.0 { tails.mirrored() } else { tails }
    }

    /// Of a product in which one factor alone has either sign, an affine map of a draw that no other follows.
    fn of_either_sign(&self, own: &Base<'a>, bases: &[Base<'a>], parts: &[Part]) -> Option<TailIndices> {
        let (id, scale, shift) = self.draw_of(own.term)?;
        let same = bases.iter().filter(|one| self.draw_of(one.term).is_some_and(|(other, ..)| other == id));
        if same.count() != 1 {
            return None;
        }
        let shape = &self.model.quantities[id.0].shape;
        let (low, high) = match own.exponent > 0.0 {
            true => {
                let tails = self.drawn(shape)?;
                (own.exponent * tails.low, own.exponent * tails.high)
            }
            false => {
                let [below, above] = poles(shape.fixed()?, -shift / scale)?;
                (-own.exponent * below, -own.exponent * above)
            }
        };
        let others = parts.iter().filter(|one| !one.draws.contains(&id));
        let rest = others.map(|one| one.tails.heaviest()).fold(0.0, f64::max);
        let tails = TailIndices { low: low.max(rest), high: high.max(rest), is_sided: true };
        Some(if scale < 0.0 { tails.mirrored() } else { tails })
    }

    fn sign(&self, base: &Base<'a>) -> Sign {
        let (low, high) = self.facts.hull(base.term);
        match base {
            _ if base.is_absolute || low >= 0.0 => Some(1.0),
            _ if high <= 0.0 => Some(-1.0),
            _ => None,
        }
    }
}

fn are_disjoint(parts: &[Part]) -> bool {
    let mut seen: BTreeSet<QuantityId> = BTreeSet::new();
    parts.iter().flat_map(|one| &one.draws).all(|id| seen.insert(*id))
}

/// The index of 1/|X − z| with X below z, and with X above: 1/a where P(|X − z| < ε) falls as ε^a, and 0 where there is nothing.
/// It is read off the density next to z; unknown where that follows no power.
fn poles(law: &Distribution, zero: f64) -> Option<[f64; 2]> {
    let (low, high) = law.support();
    if zero < low || zero > high {
        return Some([0.0, 0.0]);
    }
    if law.has_atoms() {
        return None;
    }
    let width = (law.quantile(0.75) - law.quantile(0.25)).max(zero.abs());
    let side = |is_there: bool, sign: f64| if is_there { pole(law, zero, sign * width) } else { Some(0.0) };
    Some([side(zero > low, -1.0)?, side(zero < high, 1.0)?])
}

fn pole(law: &Distribution, zero: f64, width: f64) -> Option<f64> {
    const NEAR: [f64; 2] = [1e-9, 1e-6];
    let density = |step: f64| law.pdf(zero + step * width);
    if matches!(law, Distribution::LogNormal(_)) && zero == 0.0 || density(NEAR[0]) == 0.0 {
        return Some(0.0);
    }
    // The density falls as ε^(a − 1).
    let power = |step: f64| 1.0 + ln(density(2.0 * step) / density(step)) / std::f64::consts::LN_2;
    let [a, b] = NEAR.map(power);
    let a = if (a - a.round()).abs() < 1e-4 { a.round() } else { a };
    ((a - b).abs() < 1e-3 * a && a > 0.0).then_some(1.0 / a)
}

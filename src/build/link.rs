//! How a correlation goes together with that of the normals, and which can't be had.

use super::member::{Member, Pair};
use crate::diagnostic::{Diagnostic, Hint, SourceId, Span};
use crate::distribution::{Cache, Joint, Measure, Profile, RankLaw};
use crate::math::elementary::{asin, sin};
use crate::model::Variable;
use crate::scenario::CorrelationKind;
use std::f64::consts::PI;
use std::sync::Arc;

/// How a correlation follows from that of the normals.
#[derive(Clone, Debug)]
pub(super) enum Link {
    /// It is that of the normals.
    Same,
    /// Spearman's in a Gaussian copula.
    Spearman,
    /// Spearman's in a t copula.
    SpearmanT(RankLaw),
    /// Kendall's, in either.
    Kendall,
    /// Found in numbers.
    Found(Arc<Joint>),
}

impl Link {
    /// The correlation of the normals that makes a given one, if one does. Of Spearman's ρ it is 2 sin(π ρ / 6) (Kruskal 1958,
    /// section 8), of Kendall's τ it is sin(π τ / 2) in a t copula too (Lindskog, McNeil & Schmock 2003, theorem 2).
    pub(super) fn normal(&self, given: f64) -> Option<f64> {
        match self {
            Link::Same => Some(given),
            Link::Spearman => Some(2.0 * sin(PI * given / 6.0)),
            Link::SpearmanT(law) => Some(law.normal(given)),
            Link::Kendall => Some(sin(0.5 * PI * given)),
            Link::Found(joint) => joint.normal(given),
        }
    }

    /// The correlation that normals with correlation r make.
    pub(super) fn given(&self, r: f64) -> f64 {
        match self {
            Link::Same => r,
            Link::Spearman => 6.0 / PI * asin(0.5 * r),
            Link::SpearmanT(law) => law.rank(r).0,
            Link::Kendall => 2.0 / PI * asin(r),
            Link::Found(joint) => joint.given(r),
        }
    }
}

/// One of two that are to be correlated: what it is, what it is called and where it is written.
pub(super) struct End<'a> {
    pub(super) member: &'a Member,
    pub(super) name: &'a str,
    pub(super) span: Span,
}

/// The link of a pair, or why there is none.
pub(super) fn link(
    pair: &Pair,
    ends: [End; 2],
    degrees: Option<f64>,
    cache: &Cache,
) -> Result<Link, Diagnostic> {
    let refusing = Refusing { pair, ends, degrees, cache };
    let has_ties = refusing.ends.iter().any(|end| end.member.marginal.has_ties());
    match (pair.given.kind, degrees) {
        (CorrelationKind::Normal, _) => Ok(Link::Same),
        (CorrelationKind::Kendall, _) if has_ties => Err(refusing.tied()),
        (CorrelationKind::Kendall, _) => Ok(Link::Kendall),
        (CorrelationKind::Rank, None) if !has_ties => Ok(Link::Spearman),
        (CorrelationKind::Rank, Some(degrees)) if !has_ties => Ok(Link::SpearmanT(RankLaw::new(degrees))),
        (CorrelationKind::Rank, _) => refusing.found(Measure::Ranks),
        (CorrelationKind::Pearson, _) => refusing.found(Measure::Values),
    }
}

/// A pair, with what is said where its correlation can't be had.
struct Refusing<'a> {
    pair: &'a Pair<'a>,
    ends: [End<'a>; 2],
    degrees: Option<f64>,
    cache: &'a Cache,
}

impl Refusing<'_> {
    /// A correlation for which the laws of both must be known.
    fn found(&self, measure: Measure) -> Result<Link, Diagnostic> {
        let (mut profiles, mut laws) = (Vec::new(), Vec::new());
        for end in &self.ends {
            if measure == Measure::Values && matches!(end.member.variable, Variable::Category(_)) {
                return Err(self.without_values(end));
            }
            if measure == Measure::Ranks && !end.member.marginal.has_ties() {
                profiles.push(Profile::of_levels());
                laws.push(None);
                continue;
            }
            let law = end.member.marginal.law().ok_or_else(|| self.open(end))?;
            profiles.push(Profile::new(&law, measure).ok_or_else(|| self.without_variance(end))?);
            laws.push(Some(law));
        }
        let laws = [0, 1].map(|at| laws[at].as_ref());
        let joint =
            self.cache.joint(laws, measure, &profiles, self.degrees).ok_or_else(|| self.too_heavy())?;
        let (low, high) = joint.reach();
        let is_within = low < self.pair.given.value.value && self.pair.given.value.value < high;
        if is_within { Ok(Link::Found(joint)) } else { Err(self.beyond(low, high)) }
    }

    fn key(&self) -> &'static str {
        self.pair.given.kind.key()
    }

    /// The same number under another key: one that can be had of these two.
    fn instead(&self) -> Hint {
        let given = self.pair.given;
        let value = given.value.value;
        let is_within = |(low, high): (f64, f64)| low < value && value < high;
        let (key, meaning) =
            match given.kind != CorrelationKind::Rank && self.reach_of_ranks().is_some_and(is_within) {
                true => ("rank", ""),
                false => ("normal", ", the correlation of the underlying normals"),
            };
        Hint::new(format!("write `{key} = {value}`{meaning}")).edit(given.key, key)
    }

    /// What rank correlations these two can have, where their laws are known.
    fn reach_of_ranks(&self) -> Option<(f64, f64)> {
        let profile = |end: &End| match end.member.marginal.has_ties() {
            true => Profile::new(&end.member.marginal.law()?, Measure::Ranks),
            false => Some(Profile::of_levels()),
        };
        let [a, b] = [0, 1].map(|at| profile(&self.ends[at]));
        Some(Joint::new(&a?, &b?, self.degrees)?.reach())
    }

    fn refused(&self, message: String, end: &End, what: impl Into<String>) -> Diagnostic {
        Diagnostic::error("correlation", message)
            .at(self.pair.given.value.span, what)
            .at(end.span, format!("what `{}` is", end.name))
    }

    fn tied(&self) -> Diagnostic {
        let [first, second] = &self.ends;
        let end = if first.member.marginal.has_ties() { first } else { second };
        self.refused(
            format!("`kendall` compares draws that differ, and those of `{}` are often the same", end.name),
            end,
            "of two variables without ties",
        )
        .hint(self.instead())
    }

    fn without_values(&self, end: &End) -> Diagnostic {
        let message = format!("`pearson` is of values, and the states of `{}` have none", end.name);
        self.refused(message, end, "of two numbers or events").hint(self.instead())
    }

    fn open(&self, end: &End) -> Diagnostic {
        let message = format!(
            "`{}` depends on other quantities, so that this `{}` can't be worked out",
            end.name,
            self.key()
        );
        self.refused(message, end, "needs distributions that are the same in every draw").hint(self.instead())
    }

    fn without_variance(&self, end: &End) -> Diagnostic {
        let message = format!("`{}` has no variance, so that no `{}` is defined", end.name, self.key());
        self.refused(message, end, "needs variances that are finite and not 0").hint(self.instead())
    }

    fn too_heavy(&self) -> Diagnostic {
        let [first, second] = &self.ends;
        let message = format!(
            "the tails of `{}` or `{}` are too heavy to compute `{}`",
            first.name,
            second.name,
            self.key()
        );
        self.refused(message, first, "decided by values that no draw reaches")
            .at(second.span, format!("what `{}` is", second.name))
            .hint(self.instead())
    }

    /// The correlation as it would be written: beside the flag that changed one of the two as another flag.
    fn written(&self, value: f64) -> String {
        let given = &self.pair.given;
        let is_file = |span: &Span| span.source == SourceId::FILE;
        match self.ends.iter().all(|end| is_file(&end.span)) && is_file(&given.value.span) {
            true => format!("`{} = {value}`", self.key()),
            false => format!("--set correlations.{}.{}={value}", given.position, self.key()),
        }
    }

    /// The ends of what can be reached, with the fewest decimals that leave something between them, are inside it.
    fn beyond(&self, low: f64, high: f64) -> Diagnostic {
        let (key, [first, second], value) = (self.key(), &self.ends, self.pair.given.value.value);
        let message = format!("`{key}` of `{}` and `{}` can't be {value}", first.name, second.name);
        let Some((low, high)) = UNITS.into_iter().find_map(|units| within(low, high, units)) else {
            return self
                .refused(message, first, "hardly differs from 0, as they are distributed")
                .at(second.span, format!("what `{}` is", second.name))
                .hint(self.instead());
        };
        let nearest = value.clamp(low, high);
        self.refused(message, first, format!("lies between {low} and {high}, as they are distributed"))
            .at(second.span, format!("what `{}` is", second.name))
            .hint(
                Hint::new(format!("write {}, or another number from {low} to {high}", self.written(nearest)))
                    .edit(self.pair.given.value.span, nearest.to_string()),
            )
    }
}

/// How many units to 1: three decimals, or more.
const UNITS: [f64; 3] = [1e3, 1e6, 1e9];

/// The ends of a range in whole units inside it, if they lie apart.
fn within(low: f64, high: f64, units: f64) -> Option<(f64, f64)> {
    // Adding 0 makes 0 of −0.
    let low = (units * low + 1e-6).ceil() / units + 0.0;
    let high = (units * high - 1e-6).floor() / units + 0.0;
    (low < high).then_some((low, high))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_be_reached_is_told_with_the_fewest_decimals() {
        let told = |low: f64, high: f64| UNITS.into_iter().find_map(|units| within(low, high, units));
        assert_eq!(told(-0.41268, 0.97), Some((-0.412, 0.969)));
        assert_eq!(told(-1e-4, 2e-4), Some((-9.9e-5, 1.99e-4)));
        assert_eq!(told(0.0, 0.0), None);
        assert_eq!(told(-1e-12, 1e-12), None);
        // What has no order is no panic.
        assert_eq!(told(f64::NAN, 1.0), None);
    }
}

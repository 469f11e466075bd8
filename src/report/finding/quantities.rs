//! Pictures of quantities: how derived values lie, and how probable it is that they are more than any value.

use super::bars::{evened, is_single, quantile};
use super::wording::wording;
use crate::analysis::derived::DerivedFinding;
use crate::analysis::run::RunFinding;
use crate::chart::{Densities, DensityPanel, Exceedance, ExceedancePanel, Wording};
use crate::diagnostic::number::{count, general};
use crate::report::number::{figure, percent};
use crate::report::prose::{named, quoted};
use crate::report::wrapping::plain;
use crate::session::{Answer, Facts};

/// As many quantities as stand in one picture.
const PANELS: usize = 6;

/// The probabilities of more that are pointed out.
const POINTS: [f64; 5] = [0.95, 0.75, 0.5, 0.25, 0.05];

/// How the derived values lie; `None` if none varies.
pub fn densities(answer: &Answer<RunFinding>) -> Option<Densities> {
    let shown = Shown::of(answer)?;
    let title = shown.titled(&nine_in_ten(shown.first()));
    let panel = |one: &&DerivedFinding| DensityPanel {
        label: shown.label(one),
        unit: unit(one),
        bars: evened(&one.histogram),
        levels: [0.05, 0.17, 0.5, 0.83, 0.95].map(|level| quantile(&one.histogram, level)),
        values: [
            with_unit(&about(one.spread.p50, one), one),
            format!("90\u{a0}%: {} to {}", about(one.spread.p05, one), about(one.spread.p95, one)),
        ],
    };
    let panels = shown.all.iter().map(panel).collect();
    Some(Densities {
        wording: shown.wording(&answer.facts, title, "How it lies over all that is not known"),
        panels,
    })
}

/// How probable it is that the derived values are more than any value; `None` if none varies.
pub fn exceedance(answer: &Answer<RunFinding>) -> Option<Exceedance> {
    let shown = Shown::of(answer)?;
    let title = {
        let one = shown.first();
        shown.titled(&format!("an even chance of more than {}", with_unit(&about(one.spread.p50, one), one)))
    };
    let point = |one: &DerivedFinding, more: f64| {
        let value = quantile(&one.histogram, 1.0 - more);
        (value, more, with_unit(&about(value, one), one))
    };
    let panel = |one: &&DerivedFinding| ExceedancePanel {
        label: shown.label(one),
        unit: unit(one),
        bars: one.histogram.clone(),
        // Of single values, most levels fall between.
        points: match is_single(&one.histogram) {
            true => singles(one),
            false => POINTS.iter().map(|more| point(one, *more)).collect(),
        },
    };
    let panels = shown.all.iter().map(panel).collect();
    Some(Exceedance {
        wording: shown.wording(&answer.facts, title, "The chance of more than each value"),
        panels,
    })
}

/// Between what a quantity lies nine times in ten.
pub(super) fn nine_in_ten(one: &DerivedFinding) -> String {
    let [low, high] = [one.spread.p05, one.spread.p95].map(|end| about(end, one));
    format!("nine times in ten between {low} and {}", with_unit(&high, one))
}

/// The quantities of one picture.
struct Shown<'a> {
    all: Vec<&'a DerivedFinding>,
    /// How many more vary.
    more: usize,
}

impl<'a> Shown<'a> {
    fn of(answer: &'a Answer<RunFinding>) -> Option<Shown<'a>> {
        let varies = |one: &&DerivedFinding| {
            one.histogram.first().map(|one| one.0) < one.histogram.last().map(|one| one.1)
        };
        let mut all: Vec<&DerivedFinding> = answer.finding.derived.iter().filter(varies).collect();
        let more = all.len().saturating_sub(PANELS);
        all.truncate(PANELS);
        (!all.is_empty()).then_some(Shown { all, more })
    }

    /// What the title is about: the first that is no matter of single values.
    fn first(&self) -> &'a DerivedFinding {
        self.all.iter().find(|one| !is_single(&one.histogram)).unwrap_or(&self.all[0])
    }

    /// A sentence about the first, which is named if there are others.
    fn titled(&self, sentence: &str) -> String {
        match &self.all[..] {
            [only] => format!("{}: {sentence}", named(&only.label)),
            _ => format!("{}: {sentence}", quoted(&self.first().label)),
        }
    }

    fn label(&self, one: &DerivedFinding) -> String {
        if self.all.len() > 1 { named(&one.label) } else { String::new() }
    }

    fn wording(&self, facts: &Facts, title: String, what: &str) -> Wording {
        let tails = "; drawn from P0.5 to P99.5, beyond which 1\u{a0}% lies";
        let is_cut = self.all.iter().any(|one| !is_single(&one.histogram));
        let mut found = wording(facts, title, &format!("{what}{}", if is_cut { tails } else { "" }));
        if self.more > 0 {
            found.caption = format!("The first {PANELS} of {} · {}", PANELS + self.more, found.caption);
        }
        found
    }
}

fn unit(one: &DerivedFinding) -> Option<String> {
    one.unit.as_deref().map(plain)
}

fn with_unit(number: &str, one: &DerivedFinding) -> String {
    unit(one).map_or_else(|| number.into(), |unit| format!("{number}\u{a0}{unit}"))
}

fn about(value: f64, one: &DerivedFinding) -> String {
    rounded(value, one.spread.p95 - one.spread.p05)
}

/// A value to two digits, but to no coarser a step than a tenth of the width over which it may lie, and no finer than a hundredth:
/// digits beyond that say nothing to a reader of a picture, and the tables have them.
pub(super) fn rounded(value: f64, width: f64) -> String {
    let magnitude = |size: f64| libm::floor(libm::log10(size));
    if !(value.is_finite() && width.is_finite() && width > 0.0) {
        return general(value);
    }
    let (finest, coarsest) = (magnitude(width / 100.0), magnitude(width / 10.0));
    let own = if value == 0.0 { finest } else { magnitude(value.abs()) - 1.0 };
    let power = own.clamp(finest, coarsest);
    if !(-9.0..15.0).contains(&power) || value.abs() >= 1e15 {
        return general(value);
    }
    let shown = match power < 0.0 {
        true => format!("{:.*}", -power as usize, value.abs()),
        false => {
            let step = libm::pow(10.0, power);
            count(((value.abs() / step).round() * step) as u64).replace(' ', "\u{a0}")
        }
    };
    let is_zero = shown.chars().all(|one| matches!(one, '0' | '.'));
    match (value < 0.0, is_zero) {
        (_, true) => "0".into(),
        (true, false) => format!("−{shown}"),
        (false, false) => shown,
    }
}

/// The chance of more than each single value, as far as there are few.
fn singles(one: &DerivedFinding) -> Vec<(f64, f64, String)> {
    let mut left = 1.0;
    let more = |(at, _, share): &(f64, f64, f64)| {
        left -= share;
        let text = format!(
            "{}\u{a0}more than\u{a0}{}",
            percent(left.clamp(0.0, 1.0), 0),
            with_unit(&figure(*at), one)
        );
        (*at, left, text)
    };
    let mut all: Vec<_> = one.histogram.iter().map(more).collect();
    all.pop();
    if all.len() > POINTS.len() { Vec::new() } else { all }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_follow_the_spread() {
        assert_eq!([rounded(12.34, 16.0), rounded(12.34, 1.2), rounded(-0.04, 1.2)], ["12", "12.3", "−0.04"]);
        assert_eq!([rounded(250.0, 1970.0), rounded(0.3, 16.0), rounded(0.02, 16.0)], ["250", "0.3", "0"]);
        assert_eq!(
            [rounded(12_345.0, 9_000.0), rounded(-12_345.0, 90_000.0)],
            ["12\u{a0}300", "−12\u{a0}000"]
        );
        assert_eq!([rounded(0.5, 0.0), rounded(f64::NAN, 1.0), rounded(0.0, 1.0)], ["0.500", "n/a", "0"]);
    }
}

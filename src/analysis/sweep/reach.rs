//! How far a change of the lead may be from where the draws have it.
//!
//! The interval holds every value of the axis at which the draws leave open which of the two is ahead: those where 0 lies in the 90 %
//! interval of their difference. That is a test turned round (Fieller 1954, "Some problems in interval estimation", J. R. Stat. Soc. B
//! 16): it covers as the interval of the difference does. Where curve and error are smooth, its half-width is the error of the
//! difference over its slope; where the curve is flat, it is as long as that takes, up to the end of the axis.

use super::place::Place;

/// The interval around the change that `ends` enclose, of the leads before and after it.
pub(super) fn reach(all: &[Place], ends: (f64, f64), leads: [usize; 2], range: (f64, f64)) -> (f64, f64) {
    let below = all.iter().rev().filter(|place| place.at <= ends.0);
    let above = all.iter().filter(|place| place.at >= ends.1);
    let low = walk(below, leads).unwrap_or(range.0).max(range.0);
    let high = walk(above, [leads[1], leads[0]]).unwrap_or(range.1).min(range.1);
    (low.min(ends.0), high.max(ends.1))
}

/// Where, away from the change, the draws first tell that the first of the two is ahead; `None` if they never do.
fn walk<'a>(places: impl Iterator<Item = &'a Place>, [one, other]: [usize; 2]) -> Option<f64> {
    let mut before: Option<(f64, f64)> = None;
    for place in places {
        if place.seen.gap.is_some() {
            return Some(place.at);
        }
        let margin = place.seen.margin(one, other);
        let told = margin.value - margin.half_width();
        if told > 0.0 {
            return Some(match before {
                Some((at, open)) if open.is_finite() => at + (place.at - at) * (open / (open - told)),
                _ => place.at,
            });
        }
        before = Some((place.at, told));
    }
    None
}

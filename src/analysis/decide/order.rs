//! To know more is never worth less (Raiffa & Schlaifer 1961, section 4.5): what the values of information must obey.

use crate::statistics::Estimate;

/// The greater of two, end by end.
pub(super) fn at_least(one: Estimate, other: Estimate) -> Estimate {
    if !(other.value.is_finite() && one.value.is_finite()) {
        return one;
    }
    let larger = if other.value > one.value { other } else { one };
    let interval = (one.interval.0.max(other.interval.0), one.interval.1.max(other.interval.1));
    Estimate { interval, ..larger }
}

/// As 0 where it is nothing but rounding, beside sizes like this one.
pub(super) fn settled(one: Estimate, size: f64) -> Estimate {
    const ROUNDING: f64 = 1e-13;
    let settle = |x: f64| if x.abs() <= ROUNDING * size { 0.0 } else { x };
    Estimate { value: settle(one.value), interval: (settle(one.interval.0), settle(one.interval.1)), ..one }
}

/// Held between nothing and what perfect information is worth, after the interval is formed.
pub(super) fn held(one: Estimate, perfect: &Estimate) -> Estimate {
    let cut = one.within(0.0, f64::INFINITY);
    if !perfect.value.is_finite() {
        return cut;
    }
    let low = |x: f64, most: f64| if x > most { most } else { x };
    Estimate {
        value: low(cut.value, perfect.value),
        interval: (low(cut.interval.0, perfect.interval.0), low(cut.interval.1, perfect.interval.1)),
        ..cut
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounding_is_nothing_beside_large_sizes_alone() {
        let tiny = Estimate::from_error(5.55e-17, 2e-5);
        assert_eq!(settled(tiny, 1.0).value, 0.0);
        assert_eq!(settled(tiny, 1.0).interval, tiny.interval);
        assert_eq!(settled(tiny, 1e-16), tiny);
        assert_eq!(settled(Estimate::exact(-3e-14), 100.0), Estimate::exact(0.0));
        assert!(settled(Estimate::unknown(), 1.0).value.is_nan());
    }
}

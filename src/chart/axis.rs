//! Axes: round ticks, and the way from a value to its place.

use crate::diagnostic::number::count;

/// Values beyond this are not drawn.
pub const LARGEST: f64 = 1e300;
/// The narrowest range that is told from nothing.
const LEAST: f64 = 1e-303;
/// The narrowest range, relative to its larger end.
pub const NARROWEST: f64 = 1e-9;

/// A linear axis: the values `lo` to `hi` stand at the places `from` to `to`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scale {
    /// Value at `from`.
    pub lo: f64,
    /// Value at `to`; not equal to `lo`.
    pub hi: f64,
    /// Place of `lo`, in canvas units.
    pub from: f64,
    /// Place of `hi`, in canvas units.
    pub to: f64,
}

impl Scale {
    /// The axis of probabilities, 0 to 1.
    pub fn probability(from: f64, to: f64) -> Self {
        Self { lo: 0.0, hi: 1.0, from, to }
    }

    /// The place of a value, in canvas units.
    ///
    /// ```
    /// use foretell::chart::axis::Scale;
    /// assert_eq!(Scale::probability(100.0, 500.0).at(0.25), 200.0);
    /// ```
    pub fn at(&self, value: f64) -> f64 {
        self.from + (value - self.lo) / (self.hi - self.lo) * (self.to - self.from)
    }
}

/// The multiples of a round step from `lo` to `hi`, about `target` of them (at most three times as many).
/// Empty if the range is empty, not finite, or too narrow for its size.
///
/// ```
/// use foretell::chart::axis::ticks;
/// assert_eq!(ticks(0.0, 100.0, 5), [0.0, 20.0, 40.0, 60.0, 80.0, 100.0]);
/// assert_eq!(ticks(0.0, 3e-21, 3), [0.0, 1e-21, 2e-21, 3e-21]);
/// ```
pub fn ticks(lo: f64, hi: f64, target: usize) -> Vec<f64> {
    let size = lo.abs().max(hi.abs());
    if !(hi - lo > NARROWEST * size && size <= 2.0 * LARGEST && hi - lo >= LEAST) {
        return Vec::new();
    }
    let step = nice_step(lo, hi, target.clamp(1, 100));
    let (first, last) = ((lo / step - 1e-6).ceil(), (hi / step + 1e-6).floor());
    (0..=(last - first) as usize).map(|k| rounded((first + k as f64) * step)).collect()
}

/// The number nearest to one that has few digits, which rounding has left beside it.
fn rounded(tick: f64) -> f64 {
    format!("{tick:.11e}").parse().unwrap_or(tick)
}

/// The step of 1, 2 or 5 times a power of ten nearest in count to `target` steps from `lo` to `hi`.
fn nice_step(lo: f64, hi: f64, target: usize) -> f64 {
    let rough = (hi - lo) / target as f64;
    let power = libm::pow(10.0, libm::floor(libm::log10(rough)));
    let multiple = match rough / power {
        m if m < 1.5 => 1.0,
        m if m < 3.5 => 2.0,
        m if m < 7.5 => 5.0,
        _ => 10.0,
    };
    multiple * power
}

/// A probability as a percentage with so many decimals, which never rounds to certainty: 0 and 1 alone are 0 % and
/// 100 %.
///
/// ```
/// use foretell::chart::axis::percent;
/// assert_eq!(percent(0.384, 1), "38.4\u{a0}%");
/// assert_eq!(percent(1e-9, 1), "<0.1\u{a0}%");
/// assert_eq!(percent(0.99999, 1), ">99.9\u{a0}%");
/// assert_eq!((percent(0.0, 0), percent(1.0, 0)), ("0\u{a0}%".into(), "100\u{a0}%".into()));
/// ```
pub fn percent(probability: f64, decimals: usize) -> String {
    let digits = |points: f64| format!("{points:.decimals$}");
    let smallest = libm::pow(10.0, -(decimals as f64));
    let number = match digits(100.0 * probability) {
        _ if probability == 0.0 || probability == 1.0 => format!("{:.0}", 100.0 * probability),
        rounded if rounded == digits(0.0) => format!("<{}", digits(smallest)),
        rounded if rounded == digits(100.0) => format!(">{}", digits(100.0 - smallest)),
        rounded => rounded,
    };
    format!("{number}\u{a0}%")
}

/// The number of a tick in its shortest form; from 10 000 on its digits stand in groups of three.
///
/// ```
/// use foretell::chart::axis::number;
/// assert_eq!([0.0, -0.25, 12_500.0, 1_200_000.0].map(number), ["0", "−0.25", "12\u{a0}500", "1\u{a0}200\u{a0}000"]);
/// assert_eq!([1e16, 2e-5].map(number), ["1e16", "2e-5"]);
/// ```
pub fn number(value: f64) -> String {
    // What rounding left behind a multiple of a round step.
    let rounded = format!("{:.10}", value.abs());
    let size = match value.abs() {
        0.0 => "0".to_string(),
        size if !(1e-4..1e15).contains(&size) => format!("{size:e}"),
        size if size >= 1e4 && size == size.trunc() => count(size as u64).replace(' ', "\u{a0}"),
        _ => rounded.trim_end_matches('0').trim_end_matches('.').to_string(),
    };
    if value < 0.0 { format!("−{size}") } else { size }
}

/// Where an axis of probabilities from 0 ends: at 1, or nearer if all that it shows lies near 0.
pub fn probability_end(farthest: f64) -> f64 {
    [0.05, 0.1, 0.2].into_iter().find(|end| farthest <= 0.9 * end).unwrap_or(1.0)
}

/// A difference of probabilities in percentage points, with as many decimals as it needs.
///
/// ```
/// use foretell::chart::axis::points;
/// assert_eq!([points(0.2), points(-0.005), points(0.0)], ["+20", "−0.5", "0"]);
/// ```
pub fn points(difference: f64) -> String {
    let size = 100.0 * difference.abs();
    if size == 0.0 {
        return "0".into();
    }
    let decimals = (-libm::floor(libm::log10(size) + 1e-9)).max(0.0) as usize;
    format!("{}{size:.decimals$}", if difference < 0.0 { "−" } else { "+" })
}

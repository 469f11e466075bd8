//! Points on which all values of a quantity lie.

/// Most points that are listed.
const MOST: usize = 64;

/// Points on which all values of a quantity lie.
#[derive(Clone, Debug, PartialEq)]
pub enum Points {
    /// These, in ascending order.
    Few(Vec<f64>),
    /// shift + k · step for whole k, with a positive step.
    Steps {
        /// The distance between neighbours.
        step: f64,
        /// One of them.
        shift: f64,
    },
}

impl Points {
    /// All whole numbers.
    pub const WHOLE: Points = Points::Steps { step: 1.0, shift: 0.0 };

    /// These points; `None` if they are too many or infinite. What is no number is no point.
    pub fn few(mut points: Vec<f64>) -> Option<Points> {
        points.retain(|one| !one.is_nan());
        points.sort_by(f64::total_cmp);
        points.dedup();
        let is_sound = points.len() <= MOST && points.iter().all(|one| one.is_finite());
        is_sound.then_some(Points::Few(points))
    }

    /// Those of a count or a scaled count with this distance between neighbours, of which `one` is a value.
    pub fn steps(step: f64, one: f64) -> Option<Points> {
        let is_multiple = (one / step).fract() == 0.0;
        let is_sound = step > 0.0 && step.is_finite() && one.is_finite();
        is_sound.then_some(Points::Steps { step, shift: if is_multiple { 0.0 } else { one } })
    }

    /// Whether a value is one of them.
    fn holds(&self, x: f64) -> bool {
        match self {
            Points::Few(points) => points.contains(&x),
            Points::Steps { step, shift } => ((x - shift) / step).fract() == 0.0,
        }
    }

    /// Those from `low` to `high`; `None` if there are more than `most`.
    pub fn between(&self, low: f64, high: f64, most: usize) -> Option<Vec<f64>> {
        match self {
            Points::Few(points) => {
                let within: Vec<f64> = points.iter().copied().filter(|x| low <= *x && *x <= high).collect();
                (within.len() <= most).then_some(within)
            }
            Points::Steps { step, shift } => {
                let [first, last] = [(low - shift) / step, (high - shift) / step].map(f64::round);
                let count = last - first + 1.0;
                (count <= most as f64)
                    .then(|| (0..count as usize).map(|at| shift + (first + at as f64) * step).collect())
            }
        }
    }

    /// Those of either.
    pub fn or(self, other: Points) -> Option<Points> {
        match (self, other) {
            (Points::Few(a), Points::Few(b)) => Points::few([a, b].concat()),
            (Points::Few(few), steps) | (steps, Points::Few(few)) => {
                few.iter().all(|one| steps.holds(*one)).then_some(steps)
            }
            (one, other) => (one == other).then_some(one),
        }
    }

    /// What an operation that never falls, or never rises, makes of them: of steps only where they stay steps.
    pub fn mapped(self, f: impl Fn(f64) -> f64) -> Option<Points> {
        match self {
            Points::Few(points) => Points::few(points.into_iter().map(f).collect()),
            Points::Steps { .. } => None,
        }
    }

    /// Their sums.
    pub fn plus(self, other: Points) -> Option<Points> {
        match (self, other) {
            (Points::Few(a), Points::Few(b)) => {
                if a.len() * b.len() > MOST {
                    return None;
                }
                Points::few(a.iter().flat_map(|a| b.iter().map(move |b| a + b)).collect())
            }
            (Points::Few(few), Points::Steps { step, shift })
            | (Points::Steps { step, shift }, Points::Few(few)) => {
                let steps = Points::steps(step, shift + few.first()?)?;
                few.iter().all(|one| steps.holds(shift + one)).then_some(steps)
            }
            (Points::Steps { step, shift }, Points::Steps { step: other, shift: more }) => {
                if step == other {
                    Points::steps(step, shift + more)
                } else {
                    None
                }
            }
        }
    }

    /// These times a number.
    pub fn times(self, by: f64) -> Option<Points> {
        match self {
            Points::Few(points) => Points::few(points.into_iter().map(|one| one * by).collect()),
            Points::Steps { .. } if by == 0.0 => Points::few(vec![0.0]),
            Points::Steps { step, shift } => Points::steps(step * by.abs(), shift * by),
        }
    }

    /// The point below which a share of those lies that `is_in` holds, which lie between `low` and `high`: as the least point
    /// through which that share is reached. `None` if there is none.
    pub fn at(&self, low: f64, high: f64, share: f64, is_in: impl Fn(f64) -> bool) -> Option<f64> {
        let rank = |count: f64| (share * count).ceil().clamp(1.0, count) - 1.0;
        match self {
            Points::Few(points) => {
                let within: Vec<f64> =
                    points.iter().copied().filter(|x| low <= *x && *x <= high && is_in(*x)).collect();
                (!within.is_empty()).then(|| within[rank(within.len() as f64) as usize])
            }
            Points::Steps { step, shift } => {
                let place = |k: f64| shift + k * step;
                let is_inside = |k: &f64| low <= place(*k) && place(*k) <= high && is_in(place(*k));
                // Rounding may move an end by one.
                let [first, last] = [(low - shift) / step, (high - shift) / step].map(f64::round);
                let first = [first - 1.0, first, first + 1.0].into_iter().find(is_inside)?;
                let last = [last + 1.0, last, last - 1.0].into_iter().find(is_inside)?;
                Some(place(first + rank(last - first + 1.0)))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_follow_the_arithmetic() {
        let few = |points: &[f64]| Points::few(points.to_vec()).unwrap();
        assert_eq!(few(&[0.0, 1.0]).plus(few(&[0.0, 0.5])), Points::few(vec![0.0, 0.5, 1.0, 1.5]));
        assert_eq!(Points::WHOLE.times(-10.0), Some(Points::Steps { step: 10.0, shift: 0.0 }));
        assert_eq!(Points::WHOLE.plus(few(&[0.5, 2.5])), Some(Points::Steps { step: 1.0, shift: 0.5 }));
        assert_eq!(Points::WHOLE.plus(few(&[0.0, 0.5])), None);
        assert_eq!(Points::WHOLE.or(few(&[-3.0, 7.0])), Some(Points::WHOLE));
        assert_eq!(Points::WHOLE.or(few(&[0.5])), None);
        assert_eq!(Points::WHOLE.plus(Points::WHOLE.times(2.0).unwrap()), None);
        assert_eq!(Points::WHOLE.or(Points::few(vec![f64::NAN]).unwrap()), Some(Points::WHOLE));
        assert_eq!(Points::few(vec![f64::INFINITY]), None);
    }

    #[test]
    fn a_share_of_points_ends_at_a_point() {
        let all = |_: f64| true;
        assert_eq!(Points::WHOLE.at(128.0, 130.0, 0.5, |x| x < 130.0), Some(128.0));
        assert_eq!(Points::WHOLE.at(128.0, 130.0, 0.51, |x| x < 130.0), Some(129.0));
        assert_eq!(Points::WHOLE.at(0.0, 0.9, 0.99, all), Some(0.0));
        assert_eq!(Points::WHOLE.at(0.1, 0.9, 0.5, all), None);
        let few = Points::few(vec![1.5, 1.51, 2.5]).unwrap();
        assert_eq!([0.2, 0.9].map(|share| few.at(1.5, 1.52, share, all)), [Some(1.5), Some(1.51)]);
    }
}

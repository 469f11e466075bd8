//! One of several distributions, by chance.

use super::parameter::{ParameterError, within};
use super::univariate::Univariate;
use crate::math::special::Tails;

/// With probability in proportion to its weight, each of several distributions.
#[derive(Clone, Debug, PartialEq)]
pub struct Mixture<D> {
    pub(super) components: Vec<(f64, D)>,
}

impl<D: Univariate> Mixture<D> {
    /// At least one component, with positive weights, which are divided by their sum.
    ///
    /// # Errors
    ///
    /// If there is no component (parameter `components`), or a weight is not positive.
    ///
    /// ```
    /// use foretell::distribution::{Distribution, Family, Mixture};
    /// let calm = Family::Normal.build(&[0.0, 1.0])?;
    /// let crisis = Family::Normal.build(&[10.0, 1.0])?;
    /// let mixture = Distribution::from(Mixture::new(vec![(3.0, calm), (1.0, crisis)])?);
    /// assert!((mixture.mean() - 2.5).abs() < 1e-15);
    /// # Ok::<(), foretell::distribution::ParameterError>(())
    /// ```
    pub fn new(components: Vec<(f64, D)>) -> Result<Mixture<D>, ParameterError> {
        within("components", components.len() as f64, !components.is_empty(), "not be empty")?;
        for (weight, _) in &components {
            within("weight", *weight, *weight > 0.0 && weight.is_finite(), "be positive")?;
        }
        let largest = components.iter().fold(0.0, |most: f64, (weight, _)| most.max(*weight));
        let sum: f64 = components.iter().map(|(weight, _)| weight / largest).sum();
        Ok(Mixture { components: components.into_iter().map(|(w, d)| (w / largest / sum, d)).collect() })
    }

    fn average(&self, f: impl Fn(&D) -> f64) -> f64 {
        self.components.iter().map(|(weight, component)| weight * f(component)).sum()
    }

    fn average_tails(&self, of: impl Fn(&D) -> Tails) -> Tails {
        let lower = self.average(|component| of(component).lower);
        if lower <= 0.5 {
            Tails::from_lower(lower)
        } else {
            Tails::from_upper(self.average(|component| of(component).upper))
        }
    }

    /// The density of the continuous components.
    fn density(&self, x: f64) -> f64 {
        let continuous = self.components.iter().filter(|(_, component)| !component.is_discrete());
        continuous.map(|(weight, component)| weight * component.pdf(x)).sum()
    }

    /// The least and the greatest of the components' own answers, between which the mixture's lies.
    fn bracket(&self, f: impl Fn(&D) -> f64) -> (f64, f64) {
        let answers = self.components.iter().map(|(_, component)| f(component));
        answers.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| (low.min(x), high.max(x)))
    }

    /// The least x in the bracket at which `excess`, growing with x, is 0 or more, within two units in the last place.
    ///
    /// Newton's steps from the density, each overshot a little so that both ends close in, in turn with halvings of
    /// the bracket in the order of floating-point numbers, which meet atoms and plateaus as well.
    fn solve(&self, (mut low, mut high): (f64, f64), excess: impl Fn(f64) -> f64) -> f64 {
        if low >= high || excess(low) >= 0.0 {
            return low;
        }
        let mut x = midpoint(low, high);
        for round in 0..200 {
            if high <= low.next_up().next_up() {
                break;
            }
            let value = excess(x);
            if value >= 0.0 {
                high = x
            } else {
                low = x
            }
            let step = -value / self.density(x);
            let overshot = x + step + step.signum() * x.abs() * (2.0 * f64::EPSILON);
            let newton = round % 3 != 2 && overshot > low && overshot < high;
            x = if newton { overshot } else { midpoint(low, high) };
        }
        high
    }
}

/// The number half-way between two others in the order of floating-point numbers.
fn midpoint(low: f64, high: f64) -> f64 {
    let order = |x: f64| {
        let bits = x.to_bits() as i64;
        if bits < 0 { i64::MIN - bits } else { bits }
    };
    let (a, b) = (order(low), order(high));
    let middle = (a >> 1) + (b >> 1) + (a & b & 1);
    let bits = if middle < 0 { i64::MIN - middle } else { middle };
    f64::from_bits(bits as u64)
}

impl<D: Univariate> Univariate for Mixture<D> {
    fn mean(&self) -> f64 {
        self.average(D::mean)
    }
    fn sd(&self) -> f64 {
        let mean = self.mean();
        if !mean.is_finite() {
            return mean.abs();
        }
        let square = |component: &D| {
            let (sd, off) = (component.sd(), component.mean() - mean);
            sd * sd + off * off
        };
        self.average(square).sqrt()
    }
    fn tail_indices(&self) -> (f64, f64) {
        (self.bracket(|one| one.tail_indices().0).1, self.bracket(|one| one.tail_indices().1).1)
    }
    fn support(&self) -> (f64, f64) {
        (self.bracket(|component| component.support().0).0, self.bracket(|component| component.support().1).1)
    }
    fn pdf(&self, x: f64) -> f64 {
        self.average(|component| component.pdf(x))
    }
    fn log_slope(&self, x: f64) -> f64 {
        let slope = |x: f64, part: &D| part.pdf(x) * part.log_slope(x);
        let continuous = self.components.iter().filter(|(_, part)| !part.is_discrete());
        continuous.map(|(weight, part)| weight * slope(x, part)).sum::<f64>() / self.density(x)
    }
    fn tails(&self, x: f64) -> Tails {
        self.average_tails(|component| component.tails(x))
    }
    fn tails_below(&self, x: f64) -> Tails {
        self.average_tails(|component| component.tails_below(x))
    }
    fn lower_quantile(&self, u: f64) -> f64 {
        self.solve(self.bracket(|component| component.quantile(u)), |x| self.tails(x).lower - u)
    }
    fn upper_quantile(&self, t: f64) -> f64 {
        self.solve(self.bracket(|component| component.quantile_upper(t)), |x| t - self.tails(x).upper)
    }
    fn is_discrete(&self) -> bool {
        self.components.iter().all(|(_, component)| component.is_discrete())
    }
    fn has_atoms(&self) -> bool {
        self.components.iter().any(|(_, component)| component.has_atoms())
    }
}

#[cfg(test)]
mod tests {
    use super::midpoint;
    use crate::distribution::{Discrete, Distribution, Family, Mixture};

    fn build(family: Family, parameters: &[f64]) -> Distribution {
        family.build(parameters).unwrap()
    }

    fn mixture(components: Vec<(f64, Distribution)>) -> Distribution {
        Mixture::new(components).unwrap().into()
    }

    #[test]
    fn one_component_twice_is_itself() {
        let gamma = build(Family::Gamma, &[2.5, 1.0]);
        let twice = mixture(vec![(2.0, gamma.clone()), (1.0, gamma.clone())]);
        for u in [1e-300, 1e-9, 0.2, 0.5] {
            assert!((twice.quantile(u) / gamma.quantile(u) - 1.0).abs() < 1e-14);
            assert!((twice.quantile_upper(u) / gamma.quantile_upper(u) - 1.0).abs() < 1e-14);
        }
        assert!((twice.mean() - 2.5).abs() < 1e-14 && (twice.sd() - 2.5f64.sqrt()).abs() < 1e-14);
    }

    #[test]
    fn quantiles_invert_where_components_are_far_apart() {
        let parts =
            vec![(1.0, build(Family::Normal, &[-50.0, 0.1])), (3.0, build(Family::LogNormal, &[2.0, 1.5]))];
        let both = mixture(parts);
        for u in [1e-200, 1e-6, 0.1, 0.2499, 0.2501, 0.4, 0.5] {
            let x = both.quantile(u);
            let slack = 8.0 * f64::EPSILON * x.abs() * both.pdf(x);
            assert!((both.cdf(x) - u).abs() <= 1e-12 * u + slack, "{u}: {x}");
            let y = both.quantile_upper(u);
            assert!(
                (both.survival(y) - u).abs() <= 1e-12 * u + 8.0 * f64::EPSILON * y.abs() * both.pdf(y),
                "{u}: {y}"
            );
        }
    }

    #[test]
    fn plateaus_and_atoms_give_the_least_value_that_reaches() {
        let gap = mixture(vec![
            (1.0, build(Family::Uniform, &[0.0, 1.0])),
            (1.0, build(Family::Uniform, &[5.0, 6.0])),
        ]);
        assert!((gap.quantile(0.5) - 1.0).abs() < 1e-15);
        assert!((gap.quantile(0.5 + 1e-9) - 5.0).abs() < 3e-9);
        let atom: Distribution = Discrete::new(&[0.0, 0.5], &[0.5, 0.5]).unwrap().into();
        let mixed = mixture(vec![(1.0, atom), (1.0, build(Family::Uniform, &[0.0, 1.0]))]);
        // Masses ¼ at 0 and at ½, and a density of ½ between.
        let expected = [(0.1, 0.0), (0.25, 0.0), (0.3, 0.1), (0.5, 0.5), (0.75, 0.5), (0.875, 0.75)];
        for (u, x) in expected {
            assert!((mixed.quantile(u) - x).abs() < 1e-15, "{u}: {}", mixed.quantile(u));
        }
        assert!(!mixed.is_discrete() && mixed.has_atoms());
    }

    #[test]
    fn midpoints_halve_the_order_of_numbers() {
        assert_eq!(midpoint(-1.0, 1.0), 0.0);
        assert_eq!(midpoint(1.0, 4.0), 2.0);
        assert_eq!(midpoint(-4.0, -1.0), -2.0);
        assert!(midpoint(1.0, 1.0f64.next_up()) >= 1.0);
    }
}

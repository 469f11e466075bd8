//! Samples of a second library.

use foretell::distribution::Family;
use rand_distr::Distribution as Sampler;
use std::convert::Infallible;

/// SplitMix64 (Steele, Lea and Flood 2014), for samples that stay the same.
struct SplitMix64(u64);

impl rand::TryRng for SplitMix64 {
    type Error = Infallible;

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        Ok(z ^ (z >> 31))
    }

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        self.try_next_u64().map(|word| (word >> 32) as u32)
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        for chunk in bytes.chunks_mut(8) {
            let word = self.try_next_u64()?.to_le_bytes();
            chunk.copy_from_slice(&word[..chunk.len()]);
        }
        Ok(())
    }
}

const SAMPLES: usize = 40_000;

/// The greatest distance between the empirical distribution function of the samples and `cdf`.
fn distance(samples: &[f64], cdf: impl Fn(f64) -> f64) -> f64 {
    let n = samples.len() as f64;
    let through = |x: f64| samples.partition_point(|&sample| sample <= x) as f64 / n;
    let before = |x: f64| samples.partition_point(|&sample| sample < x) as f64 / n;
    let at = |&x: &f64| (through(x) - cdf(x)).abs().max((before(x) - cdf(x.next_down())).abs());
    samples.iter().map(at).fold(0.0, f64::max)
}

/// Checks samples of a second library with the bound of Dvoretzky, Kiefer, Wolfowitz (1956) and Massart (1990), which
/// they exceed with a probability of at most 1e-9; a distribution function that is 0.1 standard deviations (or one step)
/// off must exceed it.
fn check_samples<T>(family: Family, parameters: &[f64], sampler: impl Sampler<T>, number: impl Fn(T) -> f64) {
    let member = family.build(parameters).unwrap();
    let mut source = SplitMix64(family as u64);
    let mut samples: Vec<f64> = (0..SAMPLES).map(|_| number(sampler.sample(&mut source))).collect();
    samples.sort_by(f64::total_cmp);
    let bound = ((2e9f64).ln() / (2.0 * SAMPLES as f64)).sqrt();
    let found = distance(&samples, |x| member.cdf(x));
    assert!(found <= bound, "{member:?}: {found} above {bound}");
    let shift =
        if member.is_discrete() { 1.0 } else { 0.05 * (member.quantile(0.84) - member.quantile(0.16)) };
    let control = distance(&samples, |x| member.cdf(x + shift));
    assert!(control > bound, "the check of {member:?} cannot fail: {control}");
}

#[test]
fn samples_of_a_second_library_follow_the_distribution_functions() {
    use rand_distr as second;
    let same = |x: f64| x;
    let whole = |k: u64| k as f64;
    check_samples(Family::Normal, &[2.0, 0.5], second::Normal::new(2.0, 0.5).unwrap(), same);
    check_samples(Family::LogNormal, &[0.3, 0.8], second::LogNormal::new(0.3, 0.8).unwrap(), same);
    check_samples(Family::Beta, &[8.0, 2.0], second::Beta::new(8.0, 2.0).unwrap(), same);
    check_samples(Family::Uniform, &[-1.0, 4.0], second::Uniform::new(-1.0, 4.0).unwrap(), same);
    check_samples(
        Family::Triangular,
        &[0.2, 0.6, 0.95],
        second::Triangular::new(0.2, 0.95, 0.6).unwrap(),
        same,
    );
    check_samples(
        Family::Pert,
        &[1.0, 2.0, 7.0, 4.0],
        second::Pert::new(1.0, 7.0).with_mode(2.0).unwrap(),
        same,
    );
    check_samples(Family::Gamma, &[0.7, 3.0], second::Gamma::new(0.7, 3.0).unwrap(), same);
    check_samples(Family::Exponential, &[0.4], second::Exp::new(0.4).unwrap(), same);
    check_samples(Family::Weibull, &[1.5, 2.0], second::Weibull::new(2.0, 1.5).unwrap(), same);
    check_samples(Family::StudentT, &[3.5, 0.0, 1.0], second::StudentT::new(3.5).unwrap(), same);
    check_samples(Family::Cauchy, &[1.0, 2.0], second::Cauchy::new(1.0, 2.0).unwrap(), same);
    check_samples(Family::Poisson, &[6.5], second::Poisson::new(6.5).unwrap(), same);
    check_samples(Family::Binomial, &[40.0, 0.3], second::Binomial::new(40, 0.3).unwrap(), whole);
    check_samples(Family::Geometric, &[0.2], second::Geometric::new(0.2).unwrap(), whole);
    let cards = second::Hypergeometric::new(500, 60, 200).unwrap();
    check_samples(Family::Hypergeometric, &[500.0, 60.0, 200.0], cards, whole);
    let coin = second::Bernoulli::new(0.3).unwrap();
    check_samples(Family::Bernoulli, &[0.3], coin, |head: bool| f64::from(u8::from(head)));
}

//! The model of `benches/models/summit.toml` as a good engineer would write it straight in Rust: variates of `rand_distr`
//! from a fast generator, one draw after the other, all threads busy, a table where the exact inverse is slow.
//!
//! ```console
//! twin DRAWS THREADS
//! ```
//!
//! Prints the means of the three probabilities and their standard errors as JSON.

use rand::rngs::SmallRng;
use rand::{RngExt, SeedableRng};
use rand_distr::{Beta, Normal, StandardNormal, Triangular};
use rayon::prelude::*;
use statrs::distribution::ContinuousCDF;

const OUTCOMES: usize = 3;
const BINS: usize = 1000;
/// Draws that one task makes.
const CHUNK: u64 = 65_536;

fn main() {
    let number = |at: usize| std::env::args().nth(at).and_then(|text| text.parse::<u64>().ok());
    let (Some(draws), Some(threads)) = (number(1), number(2)) else {
        eprintln!("usage: twin DRAWS THREADS");
        std::process::exit(2);
    };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads as usize).build().unwrap();
    let summit = Summit::new();
    let tally = pool.install(|| {
        let chunks = (0..draws.div_ceil(CHUNK)).into_par_iter();
        chunks.map(|chunk| summit.chunk(chunk, draws)).reduce(Tally::default, Tally::merge)
    });
    let column = |of: fn(&Share, f64) -> f64| tally.shares.each_ref().map(|share| of(share, tally.draws));
    println!("{{\"mean\": {:?}, \"std_error\": {:?}}}", column(Share::mean), column(Share::std_error));
    assert!(tally.shares.iter().all(|share| share.bins.iter().sum::<u64>() == draws));
}

/// The factors' distributions.
struct Summit {
    inertia: Beta<f64>,
    dprk_supply: Beta<f64>,
    russia_can_pay: Beta<f64>,
    us_concern: Beta<f64>,
    seoul_pressure: Beta<f64>,
    china_approval: Beta<f64>,
    china_monopoly_cost: Beta<f64>,
    china_leverage: Beta<f64>,
    schism_gain: Beta<f64>,
    dprk_unreliability: Triangular<f64>,
    political_shock: Normal<f64>,
    /// Both needs, which are correlated, are Beta(6, 2).
    need: NormalScores,
}

impl Summit {
    fn new() -> Summit {
        let beta = |a, b| Beta::new(a, b).unwrap();
        Summit {
            inertia: beta(8.0, 2.0),
            dprk_supply: beta(5.0, 2.0),
            russia_can_pay: beta(4.0, 2.0),
            us_concern: beta(5.0, 3.0),
            seoul_pressure: beta(4.0, 3.0),
            china_approval: beta(3.0, 3.0),
            china_monopoly_cost: beta(3.0, 4.0),
            china_leverage: beta(7.0, 2.0),
            schism_gain: beta(3.0, 5.0),
            dprk_unreliability: Triangular::new(0.2, 0.95, 0.6).unwrap(),
            political_shock: Normal::new(0.0, 1.0).unwrap(),
            need: NormalScores::of_beta(6.0, 2.0),
        }
    }

    fn chunk(&self, chunk: u64, draws: u64) -> Tally {
        let mut random = SmallRng::seed_from_u64(chunk);
        let mut tally = Tally::default();
        for _ in chunk * CHUNK..draws.min((chunk + 1) * CHUNK) {
            tally.add(self.draw(&mut random));
        }
        tally
    }

    /// The probabilities of the outcomes, given one draw of the factors.
    #[inline(always)]
    fn draw(&self, random: &mut SmallRng) -> [f64; OUTCOMES] {
        let first: f64 = random.sample(StandardNormal);
        let second: f64 = 0.5 * first + 0.75f64.sqrt() * random.sample::<f64, _>(StandardNormal);
        let russia_shell_need = self.need.quantile(first);
        let dprk_food_need = self.need.quantile(second);
        let inertia = random.sample(self.inertia);
        let dprk_supply = random.sample(self.dprk_supply);
        let russia_can_pay = random.sample(self.russia_can_pay);
        let us_concern = random.sample(self.us_concern);
        let seoul_pressure = random.sample(self.seoul_pressure);
        let china_approval = random.sample(self.china_approval);
        let china_monopoly_cost = random.sample(self.china_monopoly_cost);
        let china_leverage = random.sample(self.china_leverage);
        let schism_gain = random.sample(self.schism_gain);
        let dprk_unreliability = random.sample(self.dprk_unreliability);
        let political_shock = random.sample(self.political_shock);

        let trade_demand =
            0.6 * (russia_shell_need * dprk_supply).sqrt() + 0.4 * (dprk_food_need * russia_can_pay).sqrt();
        softmax([
            1.2 + 2.0 * inertia - 1.5 * trade_demand - 0.5 * us_concern + 0.3 * political_shock,
            2.2 * trade_demand + 1.8 * china_approval - 1.2 * china_monopoly_cost + 0.6 * seoul_pressure
                - 0.8 * dprk_unreliability,
            -1.5 + 1.2 * trade_demand + 1.5 * schism_gain - 2.5 * china_leverage * (1.0 - china_approval),
        ])
    }
}

fn softmax(scores: [f64; OUTCOMES]) -> [f64; OUTCOMES] {
    let largest = scores.into_iter().fold(f64::NEG_INFINITY, f64::max);
    let powers = scores.map(|score| (score - largest).exp());
    let sum: f64 = powers.iter().sum();
    powers.map(|power| power / sum)
}

/// quantile(Φ(z)) for z from −6.25 to 6.25, linear between 4,097 points: right to 1e-6.
struct NormalScores {
    points: Vec<f64>,
}

impl NormalScores {
    const REACH: f64 = 6.25;
    const CELLS: usize = 4096;
    const CELLS_PER_UNIT: f64 = Self::CELLS as f64 / (2.0 * Self::REACH);

    fn of_beta(a: f64, b: f64) -> NormalScores {
        let beta = statrs::distribution::Beta::new(a, b).unwrap();
        let normal = statrs::distribution::Normal::standard();
        let z = |point: usize| point as f64 / Self::CELLS_PER_UNIT - Self::REACH;
        NormalScores { points: (0..=Self::CELLS).map(|point| beta.inverse_cdf(normal.cdf(z(point)))).collect() }
    }

    #[inline(always)]
    fn quantile(&self, z: f64) -> f64 {
        let place = ((z + Self::REACH) * Self::CELLS_PER_UNIT).clamp(0.0, Self::CELLS as f64 - 1e-9);
        let cell = place as usize;
        let (low, high) = (self.points[cell], self.points[cell + 1]);
        low + (place - cell as f64) * (high - low)
    }
}

/// What is added up.
#[derive(Default)]
struct Tally {
    draws: f64,
    shares: [Share; OUTCOMES],
}

/// Of one outcome's probability.
struct Share {
    sum: f64,
    squares: f64,
    bins: Vec<u64>,
}

impl Default for Share {
    fn default() -> Share {
        Share { sum: 0.0, squares: 0.0, bins: vec![0; BINS] }
    }
}

impl Tally {
    #[inline(always)]
    fn add(&mut self, probabilities: [f64; OUTCOMES]) {
        self.draws += 1.0;
        for (share, p) in self.shares.iter_mut().zip(probabilities) {
            share.sum += p;
            share.squares += p * p;
            share.bins[((p * BINS as f64) as usize).min(BINS - 1)] += 1;
        }
    }

    fn merge(mut self, other: Tally) -> Tally {
        self.draws += other.draws;
        for (share, more) in self.shares.iter_mut().zip(other.shares) {
            share.sum += more.sum;
            share.squares += more.squares;
            share.bins.iter_mut().zip(more.bins).for_each(|(count, more)| *count += more);
        }
        self
    }
}

impl Share {
    fn mean(&self, draws: f64) -> f64 {
        self.sum / draws
    }

    fn std_error(&self, draws: f64) -> f64 {
        let mean = self.mean(draws);
        ((self.squares / draws - mean * mean) / (draws - 1.0)).sqrt()
    }
}

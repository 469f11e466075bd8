//! Random scenarios: every kind of thing that a file may hold, put together at random.

mod laws;
mod outcomes;

use rand::rngs::ChaCha8Rng;
use rand::{RngExt, SeedableRng};

/// A random scenario: its text, what is learned, and the items of evidence that count.
pub struct Made {
    pub text: String,
    pub given: Vec<String>,
    pub evidence: Vec<String>,
}

/// What `data.csv` holds.
pub const DATA: &str = "value\n1.5\n-0.25\n0.75\n0.75\n2.25\n0.5\n-1\n3\n";

/// The scenario of a seed.
pub fn made(seed: u64) -> Made {
    let maker = Maker { rng: ChaCha8Rng::seed_from_u64(seed), ..Maker::default() };
    maker.all()
}

struct Maker {
    rng: ChaCha8Rng,
    text: String,
    /// Factors that are numbers, and which of them have one law.
    numbers: Vec<(String, bool)>,
    states: Vec<(String, usize)>,
    events: Vec<String>,
    derived: Vec<String>,
    outcomes: Vec<String>,
}

impl Default for Maker {
    fn default() -> Maker {
        Maker {
            rng: ChaCha8Rng::seed_from_u64(0),
            text: String::new(),
            numbers: Vec::new(),
            states: Vec::new(),
            events: Vec::new(),
            derived: Vec::new(),
            outcomes: Vec::new(),
        }
    }
}

impl Maker {
    fn all(mut self) -> Made {
        self.text = "[scenario]\nas_of = 2025-01-01\nby = 2025-12-31\n".into();
        for _ in 0..self.up_to(1, 3) {
            self.factor();
        }
        for _ in 0..self.up_to(0, 2) {
            self.category();
        }
        for _ in 0..self.up_to(0, 2) {
            self.event();
        }
        for _ in 0..self.up_to(0, 2) {
            self.factor();
        }
        for _ in 0..self.up_to(0, 2) {
            self.quantity();
        }
        for _ in 0..self.up_to(0, 2) {
            self.event();
        }
        self.correlations();
        if self.chance(0.85) {
            self.outcomes();
        }
        let evidence = if self.chance(0.3) { self.evidence() } else { Vec::new() };
        let given = if self.chance(0.35) { self.given() } else { Vec::new() };
        Made { text: self.text, given, evidence }
    }

    fn up_to(&mut self, least: usize, most: usize) -> usize {
        self.rng.random_range(least..=most)
    }

    fn chance(&mut self, p: f64) -> bool {
        self.rng.random::<f64>() < p
    }

    /// A number in a range, with few digits.
    fn within(&mut self, low: f64, high: f64) -> f64 {
        let x: f64 = low + (high - low) * self.rng.random::<f64>();
        (x * 1000.0).round() / 1000.0
    }

    fn pick<'a>(&mut self, all: &'a [String]) -> &'a str {
        &all[self.rng.random_range(0..all.len())]
    }

    /// Shares that sum to 1.
    fn shares(&mut self, count: usize) -> Vec<f64> {
        let parts: Vec<u32> = (0..count).map(|_| self.rng.random_range(1..20)).collect();
        let sum: u32 = parts.iter().sum();
        let mut shares: Vec<f64> = parts.iter().map(|one| f64::from(*one) / f64::from(sum)).collect();
        shares[count - 1] = 1.0 - shares[..count - 1].iter().sum::<f64>();
        shares
    }

    fn factor(&mut self) {
        let name = format!("f{}", self.numbers.len());
        let is_open = !self.numbers.is_empty() && self.chance(0.3);
        let value = if is_open { self.open_law() } else { self.law(0) };
        self.text += &format!("[factors.{name}]\nvalue = '{value}'\n");
        self.numbers.push((name, !is_open));
    }

    /// A number that is made of what there is, moderate whatever the tails are.
    fn number(&mut self) -> String {
        let c = self.within(-1.5, 1.5);
        match self.up_to(0, 3) {
            0 if !self.events.is_empty() => {
                let events = self.events.clone();
                format!("(if {} then {c} else {})", self.pick(&events), -0.3 * c)
            }
            1 if !self.states.is_empty() => {
                let (name, count) = self.states[self.rng.random_range(0..self.states.len())].clone();
                format!("(if {name} == {name}_{} then {c} else 0.4)", self.rng.random_range(0..count))
            }
            2 if !self.derived.is_empty() => {
                let derived = self.derived.clone();
                format!("clamp({}, -2, 2)", self.pick(&derived))
            }
            _ => {
                let names: Vec<String> = self.numbers.iter().map(|one| one.0.clone()).collect();
                format!("{c} * clamp({}, -3, 4)", self.pick(&names)).replace("+ -", "- ")
            }
        }
    }

    fn condition(&mut self) -> String {
        match self.up_to(0, 2) {
            0 if !self.events.is_empty() => {
                let events = self.events.clone();
                let event = self.pick(&events).to_string();
                if self.chance(0.5) { event } else { format!("not {event}") }
            }
            1 if !self.states.is_empty() => {
                let (name, count) = self.states[self.rng.random_range(0..self.states.len())].clone();
                format!("{name} == {name}_{}", self.rng.random_range(0..count))
            }
            _ => {
                let at = self.rng.random_range(0..self.numbers.len());
                format!("{} > {}", self.numbers[at].0.clone(), self.within(0.0, 1.0))
            }
        }
    }

    fn category(&mut self) {
        let name = format!("s{}", self.states.len());
        let count = self.up_to(2, 4);
        let states: Vec<String> = (0..count).map(|at| format!("{name}_{at}")).collect();
        self.text += &format!("[factors.{name}]\nstates = {states:?}\n");
        let row = |maker: &mut Maker| {
            let shares = maker.shares(count);
            let all: Vec<String> =
                states.iter().zip(shares).map(|(state, share)| format!("{state} = {share}")).collect();
            format!("{{ {} }}", all.join(", "))
        };
        match self.up_to(0, 2) {
            0 if !self.events.is_empty() => {
                let (yes, no) = (row(self), row(self));
                let events = self.events.clone();
                let event = self.pick(&events).to_string();
                self.text += &format!(
                    "table = [ {{ when = {{ {event} = true }}, probabilities = {yes} }}, {{ else = true, probabilities = {no} }} ]\n"
                );
            }
            1 => {
                let x = self.number();
                self.text += &format!("probabilities = {{ {} = '0.7 * logistic({x})'", states[0]);
                for state in &states[1..count - 1] {
                    self.text += &format!(", {state} = {}", 0.1);
                }
                self.text += " }\n";
            }
            _ => {
                let shares = row(self);
                self.text += &format!("probabilities = {shares}\n");
            }
        }
        self.states.push((name, count));
    }

    fn event(&mut self) {
        let name = format!("e{}", self.events.len());
        let p = self.within(0.05, 0.95);
        self.text += &format!("[events.{name}]\n");
        let line = match self.up_to(0, 4) {
            0 => format!("probability = {p}"),
            1 => format!("probability = 'by_date({p})'"),
            2 if !self.events.is_empty() => {
                let condition = self.condition();
                let events = self.events.clone();
                let cause = self.pick(&events);
                let other =
                    if condition == *cause { String::new() } else { format!("'{condition}' = 0.4, ") };
                format!("noisy_or = {{ leak = 0.05, causes = {{ {other}{cause} = {p} }} }}")
            }
            3 => {
                let (a, b) = (self.number(), self.number());
                format!("probability = 'logistic({a} + {b})'").replace("+ -", "- ")
            }
            _ => {
                let condition = self.condition();
                format!("probability = 'if {condition} then {p} else {}'", 0.5 * p)
            }
        };
        self.text += &format!("{line}\n");
        self.events.push(name);
    }

    fn quantity(&mut self) {
        let name = format!("d{}", self.derived.len());
        let (a, b, condition) = (self.number(), self.number(), self.condition());
        let value = match self.up_to(0, 6) {
            0 => format!("({a}) * ({b})"),
            1 => format!("max({a}, {b}) + 1"),
            2 => format!("if {condition} then {a} else {b}"),
            3 => format!("exp(0.3 * ({a})) - ({b})"),
            4 => format!("sqrt(abs({a})) + round({b})"),
            5 => self.numbers[0].0.clone() + " * 2 - 1",
            _ => format!("({a}) + ({b})"),
        };
        self.text += &format!("[derived.{name}]\nvalue = '{value}'\n");
        self.derived.push(name);
    }

    fn correlations(&mut self) {
        let mut all: Vec<(String, bool)> = self.numbers.iter().map(|one| (one.0.clone(), true)).collect();
        all.extend(self.states.iter().map(|one| (one.0.clone(), false)));
        all.extend(self.events.iter().map(|one| (one.clone(), false)));
        if all.len() < 2 || self.chance(0.4) {
            return;
        }
        let degrees =
            if self.chance(0.3) { format!("degrees = {}\n", self.up_to(2, 9)) } else { String::new() };
        let count = self.up_to(1, (all.len() - 1).min(3));
        let start = self.rng.random_range(0..all.len() - count);
        for at in start..start + count {
            let ((one, _), (other, _)) = (&all[at], &all[at + 1]);
            let kind = ["rank", "pearson", "kendall", "normal", "normal"][self.rng.random_range(0..5)];
            let value = self.within(-0.55, 0.55);
            let degrees = if at == start { degrees.as_str() } else { "" };
            self.text +=
                &format!("[[correlations]]\nbetween = [\"{one}\", \"{other}\"]\n{kind} = {value}\n{degrees}");
        }
    }
}

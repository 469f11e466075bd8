//! Random scenarios: every kind of thing that a file may hold, put together at random.

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

    /// A distribution with numbers for parameters, of values that are not large.
    fn law(&mut self, depth: usize) -> String {
        let (a, b) = (self.within(0.6, 6.0), self.within(0.6, 6.0));
        let (m, s) = (self.within(-1.0, 1.5), self.within(0.2, 1.2));
        let p = self.within(0.15, 0.85);
        match self.rng.random_range(0..if depth == 0 { 27 } else { 20 }) {
            0 => format!("normal({m}, {s})"),
            1 => format!("lognormal({m}, {})", 0.5 * s),
            2 => format!("beta({a}, {b})"),
            3 => format!("uniform({m}, {})", m + s),
            4 => format!("triangular({m}, {}, {})", m + p * s, m + s),
            5 => format!("pert({m}, {}, {})", m + p * s, m + s),
            6 => format!("gamma({a}, {})", 0.5 * s),
            7 => format!("exponential({b})"),
            8 => format!("weibull({}, {s})", 0.5 + a),
            9 => format!("student_t({}, {m}, {s})", 5.0 + a),
            10 => format!("logistic_dist({m}, {})", 0.4 * s),
            11 => format!("poisson({a})"),
            12 => format!("binomial({}, {p})", self.up_to(1, 12)),
            13 => format!("geometric({})", 0.3 + 0.6 * p),
            14 => format!("negative_binomial({a}, {})", 0.4 + 0.5 * p),
            15 => format!("hypergeometric({}, {}, {})", 20, self.up_to(3, 15), self.up_to(2, 10)),
            16 => format!("bernoulli({p})"),
            17 => format!("beta(mean = {p}, sd = {})", 0.2 * p * (1.0 - p) + 0.05),
            18 => format!("{s} * beta({a}, {b}) - {}", m.abs()),
            19 => format!("gamma(mean = {a}, sd = {s})"),
            20 => format!("{m} to {}", m + 2.0 * s),
            21 => format!("cauchy({m}, {s})"),
            22 => {
                let shares = self.shares(3);
                format!("discrete([{m}, {}, {}], {shares:?})", m + s, m + 2.5)
            }
            23 => format!("categorical({:?})", self.shares(4)),
            24 => "empirical(\"data.csv\", \"value\")".into(),
            25 => {
                let (one, two) = (self.part(), self.part());
                format!("mixture({one}, {two}, [{a}, {b}])")
            }
            _ => {
                // Cut where there is always some mass: around the middle of a wide law.
                let inner = match self.up_to(0, 3) {
                    0 => format!("normal({m}, {s})"),
                    1 => format!("gamma({}, 1)", a.max(1.0)),
                    2 => format!("mixture(normal(0, 1), logistic_dist(1, {s}))"),
                    _ => format!("lognormal(0, {s})"),
                };
                format!("truncate({inner}, {}, {})", 0.3 + 0.2 * p, 2.0 + a)
            }
        }
    }

    /// A part of a mixture, whose quantile function costs the engine little.
    fn part(&mut self) -> String {
        let (m, s) = (self.within(-1.0, 1.5), self.within(0.2, 1.2));
        match self.up_to(0, 5) {
            0 => format!("normal({m}, {s})"),
            1 => format!("uniform({m}, {})", m + s),
            2 => format!("triangular({m}, {}, {})", m + 0.5 * s, m + s),
            3 => format!("exponential({s})"),
            4 => format!("bernoulli({})", 0.5 * s),
            _ => format!("{s} * logistic_dist({m}, 0.5) - 1"),
        }
    }

    /// A distribution whose parameters depend on what came before.
    fn open_law(&mut self) -> String {
        let x = self.number();
        let p = format!("logistic({x})");
        let s = self.within(0.2, 1.2);
        match self.up_to(0, 9) {
            0 => format!("normal({x}, {s})"),
            1 => format!("beta(1 + 3 * {p}, {})", 1.0 + s),
            2 => format!("gamma(0.5 + 2 * {p}, {s})"),
            3 => format!("poisson(4 * {p})"),
            4 => format!("binomial(5, {p})"),
            5 => format!("triangular(-1, 2 * {p} - 1, 1.5)"),
            6 => format!("mixture(normal(0, {s}), beta(2, 3), [{p}, 0.5])"),
            7 => format!("truncate(normal({p}, {s}), 0, 1 + {p})"),
            8 => format!("{x} + {s} * student_t(6)"),
            _ => format!("exponential(mean = 0.2 + {p})"),
        }
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

    fn outcomes(&mut self) {
        let count = self.up_to(2, 4);
        self.outcomes = (0..count).map(|at| format!("o{at}")).collect();
        if self.chance(0.3) {
            for name in self.outcomes.clone() {
                self.text += &format!("[outcomes.{name}]\n");
            }
            for (theory, weight) in ["t0", "t1"].into_iter().zip([0.375, 0.625]) {
                self.text += &format!("[theories.{theory}]\nweight = {weight}\n");
                self.form(&format!("theories.{theory}.outcomes"));
            }
        } else {
            self.form("outcomes");
        }
    }

    /// What decides the outcomes, under a heading.
    fn form(&mut self, heading: &str) {
        let names = self.outcomes.clone();
        match self.up_to(0, 2) {
            0 => {
                let is_uncertain = self.chance(0.3);
                let shares = self.shares(names.len());
                for (name, share) in names.iter().zip(shares) {
                    let base = if is_uncertain {
                        format!("'beta({}, 2)'", 1.0 + 4.0 * share)
                    } else {
                        share.to_string()
                    };
                    let weights = self.weights();
                    self.text += &format!("[{heading}.{name}]\nbase = {base}\nweights = {{ {weights} }}\n");
                }
            }
            1 => {
                for name in &names {
                    let (a, b) = (self.number(), self.number());
                    self.text += &format!("[{heading}.{name}]\nscore = '({a}) + ({b})'\n");
                }
            }
            _ => self.rules(heading, &names),
        }
    }

    fn weights(&mut self) -> String {
        let mut all: Vec<String> = Vec::new();
        // What is unbounded is weighed lightly.
        for name in self.numbers.clone() {
            if self.chance(0.5) {
                let w = self.within(-0.4, 0.4);
                all.push(if self.chance(0.3) {
                    format!("{} = 'normal({w}, 0.1)'", name.0)
                } else {
                    format!("{} = {w}", name.0)
                });
            }
        }
        for name in self.events.clone() {
            if self.chance(0.5) {
                all.push(format!("{name} = {}", self.within(-1.5, 1.5)));
            }
        }
        for (name, _) in self.states.clone() {
            if self.chance(0.5) {
                all.push(format!("{name} = {{ {name}_0 = {}, {name}_1 = -0.5 }}", self.within(-1.0, 1.0)));
            }
        }
        all.join(", ")
    }

    /// Rules that exclude each other by saying so.
    fn rules(&mut self, heading: &str, names: &[String]) {
        let mut before: Vec<String> = Vec::new();
        for name in &names[..names.len() - 1] {
            let condition = self.condition();
            let rule: Vec<String> = std::iter::once(format!("({condition})"))
                .chain(before.iter().map(|one| format!("not ({one})")))
                .collect();
            self.text += &format!("[{heading}.{name}]\nwhen = '{}'\n", rule.join(" and "));
            before.push(condition);
        }
        self.text += &format!("[{heading}.{}]\nelse = true\n", names[names.len() - 1]);
    }

    fn evidence(&mut self) -> Vec<String> {
        let mut items = Vec::new();
        for at in 0..self.up_to(1, 2) {
            let mut subjects: Vec<(Option<String>, Vec<String>)> = Vec::new();
            if !self.outcomes.is_empty() {
                subjects.push((None, self.outcomes.clone()));
            }
            subjects.extend(
                self.events.iter().map(|one| (Some(one.clone()), vec!["false".into(), "true".into()])),
            );
            subjects.extend(self.states.iter().map(|(name, count)| {
                (Some(name.clone()), (0..*count).map(|state| format!("{name}_{state}")).collect())
            }));
            if subjects.is_empty() {
                return items;
            }
            let (about, states) = subjects[self.rng.random_range(0..subjects.len())].clone();
            let shares: Vec<String> =
                states.iter().map(|one| format!("{one} = {}", self.within(0.2, 0.9))).collect();
            self.text += &format!("[[evidence]]\nid = \"i{at}\"\ndate = 2025-0{}-01\n", at + 2);
            self.text += &about.map_or(String::new(), |name| format!("about = \"{name}\"\n"));
            let (reliability, overlap) = (self.within(0.5, 1.0), self.within(0.0, 1.0));
            self.text += &format!("likelihood = {{ {} }}\nreliability = {reliability}\n", shares.join(", "));
            if at > 0 {
                self.text += &format!("depends_on = [\"i0\"]\noverlap = {overlap}\n");
            }
            items.push(format!("i{at}"));
        }
        items
    }

    fn given(&mut self) -> Vec<String> {
        let one = match self.up_to(0, 3) {
            0 if !self.outcomes.is_empty() => {
                let outcomes = self.outcomes.clone();
                format!("outcome != {}", self.pick(&outcomes))
            }
            1 if !self.derived.is_empty() => {
                let derived = self.derived.clone();
                format!("{} > 0.1", self.pick(&derived))
            }
            2 => {
                let (a, b) = (self.condition(), self.condition());
                format!("{a} or {b}")
            }
            _ => self.condition(),
        };
        vec![one]
    }
}

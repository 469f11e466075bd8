//! The functions of the language.

/// A function that has no randomness of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Function {
    /// Smallest of its arguments.
    Min,
    /// Largest of its arguments.
    Max,
    /// Absolute value.
    Abs,
    /// Square root; void below 0.
    Sqrt,
    /// e to the power x.
    Exp,
    /// Natural logarithm; void below 0.
    Ln,
    /// Logarithm to base 10; void below 0.
    Log10,
    /// x to the power y, as `x ^ y`.
    Pow,
    /// `clamp(x, low, high)`: x moved into the interval.
    Clamp,
    /// 1 / (1 + e^-x): log-odds to probability.
    Logistic,
    /// ln(p / (1 - p)): probability to log-odds.
    Logit,
    /// Arithmetic mean of its arguments.
    Mean,
    /// Geometric mean of its arguments; void if one is negative.
    Geomean,
    /// Largest whole number not above x.
    Floor,
    /// Smallest whole number not below x.
    Ceil,
    /// Nearest whole number, halves away from zero.
    Round,
    /// `by_date(rate_per_year)`: probability of at least one event of a Poisson process between the scenario's
    /// `as_of` and `by`, 1 − exp(−rate × years).
    ByDate,
}

/// What a function is called, how many arguments it takes, and how it is written.
struct Entry {
    function: Function,
    name: &'static str,
    least: usize,
    most: usize,
    usage: &'static str,
}

const MANY: usize = 1_000;

const fn entry(
    function: Function,
    name: &'static str,
    least: usize,
    most: usize,
    usage: &'static str,
) -> Entry {
    Entry { function, name, least, most, usage }
}

const TABLE: [Entry; 17] = [
    entry(Function::Min, "min", 1, MANY, "min(a, b, …)"),
    entry(Function::Max, "max", 1, MANY, "max(a, b, …)"),
    entry(Function::Abs, "abs", 1, 1, "abs(x)"),
    entry(Function::Sqrt, "sqrt", 1, 1, "sqrt(x)"),
    entry(Function::Exp, "exp", 1, 1, "exp(x)"),
    entry(Function::Ln, "ln", 1, 1, "ln(x)"),
    entry(Function::Log10, "log10", 1, 1, "log10(x)"),
    entry(Function::Pow, "pow", 2, 2, "pow(x, exponent)"),
    entry(Function::Clamp, "clamp", 3, 3, "clamp(x, low, high)"),
    entry(Function::Logistic, "logistic", 1, 1, "logistic(log_odds)"),
    entry(Function::Logit, "logit", 1, 1, "logit(probability)"),
    entry(Function::Mean, "mean", 1, MANY, "mean(a, b, …)"),
    entry(Function::Geomean, "geomean", 1, MANY, "geomean(a, b, …)"),
    entry(Function::Floor, "floor", 1, 1, "floor(x)"),
    entry(Function::Ceil, "ceil", 1, 1, "ceil(x)"),
    entry(Function::Round, "round", 1, 1, "round(x)"),
    entry(Function::ByDate, "by_date", 1, 1, "by_date(rate_per_year)"),
];

impl Function {
    /// The function of that name.
    ///
    /// ```
    /// use foretell::expression::Function;
    /// assert_eq!(Function::from_name("geomean"), Some(Function::Geomean));
    /// assert_eq!(Function::from_name("log"), None);
    /// ```
    pub fn from_name(name: &str) -> Option<Function> {
        TABLE.iter().find(|entry| entry.name == name).map(|entry| entry.function)
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        self.entry().name
    }

    /// How it is written, as shown in messages.
    pub fn usage(self) -> &'static str {
        self.entry().usage
    }

    /// Whether it takes this many arguments.
    pub fn takes(self, count: usize) -> bool {
        (self.entry().least..=self.entry().most).contains(&count)
    }

    /// The names of all functions.
    pub fn names() -> impl Iterator<Item = &'static str> {
        TABLE.iter().map(|entry| entry.name)
    }

    fn entry(self) -> &'static Entry {
        // The table lists the variants in their order, which the test below holds.
        &TABLE[self as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_function_finds_its_own_entry() {
        for (index, entry) in TABLE.iter().enumerate() {
            assert_eq!(entry.function as usize, index);
            assert_eq!(Function::from_name(entry.name), Some(entry.function));
        }
    }
}

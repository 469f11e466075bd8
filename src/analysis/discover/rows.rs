//! What a box is looked for in: rows of values, each with a weight and with how much of it is of interest.

/// Worlds or experiments, column by column.
pub(super) struct Rows {
    /// What a box can be of.
    pub(super) fields: Vec<Field>,
    /// How much each row counts, not negative.
    pub(super) weights: Vec<f64>,
    /// Whether each row is of interest, or how probable that is: 0 to 1.
    pub(super) target: Vec<f64>,
}

/// One column.
pub(super) enum Field {
    /// Finite numbers.
    Number(Vec<f64>),
    /// Positions of states, each below the number of states.
    States(Vec<usize>, usize),
}

/// What some rows weigh, and how much of that is of interest.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Sums {
    pub(super) weight: f64,
    pub(super) hits: f64,
    /// Σ weight², and Σ weight² × target and × target², for the error of the share.
    squares: [f64; 3],
    /// How many rows.
    pub(super) count: u64,
}

impl Rows {
    pub(super) fn len(&self) -> usize {
        self.weights.len()
    }

    /// The sums of some rows.
    pub(super) fn sums(&self, rows: impl Iterator<Item = usize>) -> Sums {
        rows.fold(Sums::default(), |sums, at| sums.with(self, at))
    }

    /// Those of a numeric column's rows among `members` that have a value, in ascending order.
    pub(super) fn ascending(&self, field: usize, members: &[usize]) -> Vec<usize> {
        let mut order = members.to_vec();
        if let Field::Number(values) = &self.fields[field] {
            order.sort_by(|a, b| values[*a].total_cmp(&values[*b]));
        }
        order
    }
}

impl Sums {
    /// The same with one row more.
    pub(super) fn with(self, rows: &Rows, at: usize) -> Sums {
        let (weight, target) = (rows.weights[at], rows.target[at]);
        let square = weight * weight;
        let [one, two, three] = self.squares;
        Sums {
            weight: self.weight + weight,
            hits: self.hits + weight * target,
            squares: [one + square, two + square * target, three + square * target * target],
            count: self.count + 1,
        }
    }

    /// The same without others that are among them.
    pub(super) fn without(self, other: &Sums) -> Sums {
        let less = |at: usize| (self.squares[at] - other.squares[at]).max(0.0);
        Sums {
            weight: (self.weight - other.weight).max(0.0),
            hits: (self.hits - other.hits).max(0.0),
            squares: [less(0), less(1), less(2)],
            count: self.count.saturating_sub(other.count),
        }
    }

    /// The share that is of interest; NaN of nothing.
    pub(super) fn density(&self) -> f64 {
        self.hits / self.weight
    }

    /// Whether all rows are of interest alike, but for rounding.
    pub(super) fn is_even(&self) -> bool {
        const ROUNDING: f64 = 1e-12;
        self.variance() * self.weight * self.weight <= ROUNDING * self.squares[0]
    }

    /// The variance of that share over independent rows: Σ w² (y − ȳ)² / (Σ w)², that of a ratio of sums to first order.
    pub(super) fn variance(&self) -> f64 {
        let mean = self.density();
        let [ones, sums, squares] = self.squares;
        (squares - 2.0 * mean * sums + mean * mean * ones).max(0.0) / (self.weight * self.weight)
    }
}

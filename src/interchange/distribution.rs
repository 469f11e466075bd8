//! The lines of a probability block: a whole table, or what is wrong with it.

use std::collections::BTreeMap;

use super::bif::{Entry, EntryKind, ProbabilityBlock, VariableBlock, Word};
use super::findings::{Findings, counted, shown, twice};
use crate::diagnostic::{Diagnostic, Span, list};

/// The probabilities of a variable's states for every combination of its parents' states. Combinations are numbered
/// with the last parent varying fastest.
#[derive(Clone, Debug, PartialEq)]
pub struct ConditionalTable {
    /// Combinations with numbers of their own.
    pub rows: BTreeMap<u64, Vec<f64>>,
    /// All others.
    pub otherwise: Option<Vec<f64>>,
}

impl ConditionalTable {
    /// The probabilities in one combination; none beyond the last.
    pub fn row(&self, row: u64) -> &[f64] {
        self.rows.get(&row).or(self.otherwise.as_ref()).map_or(&[], Vec::as_slice)
    }
}

/// Sums that differ from 1 by less are those of rounded binary fractions; well below what a scenario takes for 1, whatever the order in
/// which it sums.
const ROUNDING: f64 = 1e-10;

/// Sums that differ from 1 by less come from few decimals, and are not worth a message each.
const FEW_DECIMALS: f64 = 1e-3;

/// Sums that differ from 1 by more are mistakes.
const MISTAKE: f64 = 1e-2;

/// A child and its parents.
pub(super) struct Parties<'b> {
    child: &'b VariableBlock,
    parents: Vec<&'b VariableBlock>,
    /// The number of each parent's state.
    states: Vec<&'b States<'b>>,
}

/// The number of each state.
pub(super) type States<'b> = BTreeMap<&'b str, u64>;

/// The numbers of a variable's states.
pub(super) fn states(block: &VariableBlock) -> States<'_> {
    block.states.iter().map(|state| state.text.as_str()).zip(0..).collect()
}

impl<'b> Parties<'b> {
    /// A child with its parents and their states.
    pub fn new(
        child: &'b VariableBlock,
        parents: impl Iterator<Item = (&'b VariableBlock, &'b States<'b>)>,
    ) -> Parties<'b> {
        let (parents, states) = parents.unzip();
        Parties { child, parents, states }
    }

    /// How many combinations of the parents' states there are, if a table can hold as many.
    fn combinations(&self) -> Option<u64> {
        self.parents.iter().try_fold(1_u64, |product, parent| product.checked_mul(parent.states.len() as u64))
    }
}

/// Reads the lines of a block. Problems go to `found`.
pub(super) fn read(
    block: &ProbabilityBlock,
    parties: &Parties,
    found: &mut Findings,
) -> Option<ConditionalTable> {
    let Some(combinations) = parties.combinations() else {
        found.push(
            Diagnostic::error("bif-count", "the states of the parents have 2^64 combinations or more")
                .at(block.child.span, "too many parents")
                .hint("split the variable into several with fewer parents each"),
        );
        return None;
    };
    let table = ConditionalTable { rows: BTreeMap::new(), otherwise: None };
    let places = BTreeMap::new();
    let mut reader = Reader { parties, combinations, table, places, found, is_sound: true };
    block.entries.iter().for_each(|entry| reader.entry(entry));
    if reader.is_sound {
        reader.complete(block);
    }
    reader.is_sound.then_some(reader.table)
}

/// Where a line's numbers were given first: a row, the default, the table.
type Key = Option<u64>;

struct Reader<'r, 'b> {
    parties: &'r Parties<'b>,
    combinations: u64,
    table: ConditionalTable,
    places: BTreeMap<Key, Word>,
    found: &'r mut Findings,
    is_sound: bool,
}

impl Reader<'_, '_> {
    fn report(&mut self, problem: Diagnostic) {
        self.is_sound = false;
        self.found.push(problem);
    }

    fn entry(&mut self, entry: &Entry) {
        let Some(numbers) = self.numbers(&entry.numbers) else { return };
        match &entry.kind {
            EntryKind::ConditionalTable => self.whole(entry, &numbers),
            EntryKind::Default => {
                if let Some(row) = self.line(entry, numbers)
                    && self.is_first(None, "default", entry.span)
                {
                    self.table.otherwise = Some(row);
                }
            }
            EntryKind::Row(states) => {
                let row = self.row(entry, states);
                if let (Some(row), Some(numbers)) = (row, self.line(entry, numbers))
                    && self.is_first(Some(row), "row", entry.span)
                {
                    self.table.rows.insert(row, numbers);
                }
            }
        }
    }

    /// Whether a line is the first for its key; if not, a message.
    fn is_first(&mut self, key: Key, what: &str, span: Span) -> bool {
        let name = self.parties.child.name.text.clone();
        let here = Word { text: name, span };
        if let Some(first) = self.places.get(&key) {
            let problem = twice(&here, first, &format!("{what} of"));
            self.report(problem);
            return false;
        }
        self.places.insert(key, here);
        true
    }

    fn numbers(&mut self, words: &[Word]) -> Option<Vec<f64>> {
        let mut numbers = Vec::with_capacity(words.len());
        for word in words {
            match number(&word.text) {
                Some(value) => numbers.push(value),
                None => {
                    self.report(no_number(word));
                    return None;
                }
            }
        }
        Some(numbers)
    }

    /// The combination that a row's states name.
    fn row(&mut self, entry: &Entry, states: &[Word]) -> Option<u64> {
        let parents = &self.parties.parents;
        if states.len() != parents.len() {
            let (has, wants) = (counted(states.len(), "state"), counted(parents.len(), "parent"));
            let name = shown(&self.parties.child.name.text);
            self.report(
                Diagnostic::error("bif-count", format!("this row names {has}, but {name} has {wants}"))
                    .at(entry.span, "one state of each parent is needed")
                    .hint(self.form()),
            );
            return None;
        }
        let mut row = 0;
        for (place, state) in states.iter().enumerate() {
            let Some(number) = self.parties.states[place].get(state.text.as_str()) else {
                let problem = unknown_state(state, self.parties.parents[place], self.found);
                self.report(problem);
                return None;
            };
            row = row * self.parties.parents[place].states.len() as u64 + number;
        }
        Some(row)
    }

    /// How a line is written.
    fn form(&self) -> String {
        let parents: Vec<&str> = self.parties.parents.iter().map(|one| one.name.text.as_str()).collect();
        let states: Vec<String> =
            self.parties.child.states.iter().take(6).map(|one| format!("P({})", one.text)).collect();
        match parents.is_empty() {
            true => format!("write `table {};`", states.join(", ")),
            false => format!(
                "write `({}) {};`, with a state for each parent",
                parents.join(", "),
                states.join(", ")
            ),
        }
    }

    /// The numbers of one combination, as many as there are states, with the sum 1.
    fn line(&mut self, entry: &Entry, numbers: Vec<f64>) -> Option<Vec<f64>> {
        let states = self.parties.child.states.len();
        if numbers.len() != states {
            self.report(self.count_is_wrong(entry, numbers.len(), states as u128));
            return None;
        }
        self.sum_to_one(numbers, entry.span)
    }

    fn count_is_wrong(&self, entry: &Entry, has: usize, wants: u128) -> Diagnostic {
        let name = shown(&self.parties.child.name.text);
        Diagnostic::error(
            "bif-count",
            format!("{} for {name}, where {wants} are needed", counted(has, "number")),
        )
        .at(entry.span, format!("{wants} needed"))
        .hint(self.form())
    }

    fn sum_to_one(&mut self, numbers: Vec<f64>, span: Span) -> Option<Vec<f64>> {
        let sum: f64 = numbers.iter().sum();
        let off = (sum - 1.0).abs();
        if off <= ROUNDING {
            return Some(numbers);
        }
        if off.is_nan() || off > MISTAKE {
            self.report(
                Diagnostic::error("bif-sum", format!("these probabilities sum to {}, not 1", rounded(sum)))
                    .at(span, "does not sum to 1")
                    .hint("mend a number: every row gives each state its probability"),
            );
            return None;
        }
        if off > FEW_DECIMALS {
            let message = format!("these probabilities sum to {} and are divided by it", rounded(sum));
            let warning = Diagnostic::warning("bif-sum", message).at(span, "does not sum to 1");
            self.found.push(warning.hint("mend a number if this is no matter of few decimals"));
        }
        self.found.normalised += 1;
        Some(numbers.iter().map(|one| one / sum).collect())
    }

    /// `table`: the child varies slowest, the last parent fastest, as the names stand in the block's parentheses.
    fn whole(&mut self, entry: &Entry, numbers: &[f64]) {
        let states = self.parties.child.states.len();
        let wants = states as u128 * u128::from(self.combinations);
        if numbers.len() as u128 != wants {
            return self.report(self.count_is_wrong(entry, numbers.len(), wants));
        }
        let rows = self.combinations as usize;
        let column = |row: usize| (0..states).map(|state| numbers[state * rows + row]).collect::<Vec<_>>();
        if let Some(hint) = wrong_order(numbers, states, rows, column) {
            let message = "the columns of this table do not sum to 1, but its rows would";
            let problem = Diagnostic::error("bif-sum", message).at(entry.span, "the child varies slowest");
            return self.report(problem.hint(hint));
        }
        for row in 0..rows {
            let Some(column) = self.sum_to_one(column(row), entry.span) else { return };
            if !self.is_first(Some(row as u64), "row", entry.span) {
                return;
            }
            self.table.rows.insert(row as u64, column);
        }
    }

    /// Every combination needs numbers.
    fn complete(&mut self, block: &ProbabilityBlock) {
        let missing = self.combinations - self.table.rows.len() as u64;
        if missing == 0 || self.table.otherwise.is_some() {
            return;
        }
        let name = shown(&self.parties.child.name.text);
        let first = (0..self.combinations).find(|row| !self.table.rows.contains_key(row)).unwrap_or(0);
        let message = match self.parties.parents.is_empty() {
            true => format!("the probabilities of {name} are empty"),
            false => {
                let are = if missing == 1 { "is" } else { "are" };
                format!("{missing} of the {} rows of {name} {are} missing", self.combinations)
            }
        };
        let label = match self.parties.parents.is_empty() {
            true => "no numbers".into(),
            false => format!("as for ({})", self.named(first)),
        };
        let hint = match self.parties.parents.is_empty() {
            true => self.form(),
            false => format!("{}, or `default …;` for all that are left out", self.form()),
        };
        self.report(Diagnostic::error("bif-missing", message).at(block.child.span, label).hint(hint));
    }

    /// The states of the parents in a row.
    fn named(&self, row: u64) -> String {
        let mut rest = row;
        let mut names: Vec<&str> = Vec::new();
        for parent in self.parties.parents.iter().rev() {
            let count = parent.states.len().max(1) as u64;
            names.push(&parent.states[(rest % count) as usize].text);
            rest /= count;
        }
        names.reverse();
        names.join(", ")
    }
}

/// A finite number that is not negative, in decimals.
fn number(text: &str) -> Option<f64> {
    let is_plain = text.bytes().all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte));
    let value = text.parse::<f64>().ok().filter(|value| is_plain && value.is_finite() && *value >= 0.0)?;
    // No minus before a zero.
    Some(value.abs())
}

fn no_number(word: &Word) -> Diagnostic {
    Diagnostic::error("bif-number", format!("{} is no probability", shown(&word.text)))
        .at(word.span, "not a number from 0 to 1")
        .hint("write a decimal number such as `0.25` or `2.5e-1`, and end the line with `;`")
}

fn unknown_state(state: &Word, parent: &VariableBlock, found: &mut Findings) -> Diagnostic {
    let names = || parent.states.iter().map(|one| one.text.as_str());
    let all = || match names().count() {
        0 => "give it states".into(),
        1..=12 => format!("its states are {}", list(names(), "and")),
        count => format!("its first states of {count} are {}", list(names().take(12), "and")),
    };
    let hint = found.suggest(&state.text, names()).unwrap_or_else(all);
    let message = format!("{} is no state of {}", shown(&state.text), shown(&parent.name.text));
    Diagnostic::error("bif-unknown", message).at(state.span, "not one of its states").hint(hint)
}

/// A hint for a table that makes sense only with the child varying fastest.
fn wrong_order(
    numbers: &[f64],
    states: usize,
    rows: usize,
    column: impl Fn(usize) -> Vec<f64>,
) -> Option<String> {
    let is_one = |sum: f64| (sum - 1.0).abs() <= MISTAKE;
    let has_columns = (0..rows).all(|row| is_one(column(row).iter().sum()));
    let has_rows = states > 0 && numbers.chunks(states).all(|row| is_one(row.iter().sum()));
    let hint = "all numbers for the child's first state come first, then those for its second; \
                or write one row a combination, `(STATE, …) 0.1, 0.9;`";
    (!has_columns && has_rows).then(|| hint.into())
}

/// A sum with no more digits than tell it from 1.
fn rounded(sum: f64) -> f64 {
    if sum.abs() < 1e6 { (sum * 1e6).round() / 1e6 } else { sum }
}

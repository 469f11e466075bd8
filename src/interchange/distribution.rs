//! The lines of a probability block: a whole table, or what is wrong with it.

use std::collections::BTreeMap;

use super::blocks::{Entry, EntryKind, ProbabilityBlock, VariableBlock, Word};
use super::findings::{Findings, counted, shown, twice};
use super::format::Format;
use super::noisy_max::NoisyMax;
use super::row::{Number, sum_to_one};
use crate::diagnostic::{Diagnostic, Hint, Span, list};

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

/// A variable's parents, as indices of blocks, and its distribution.
pub(super) type Part = (Vec<usize>, ConditionalTable);

/// The most combinations that a noisy maximum is written out for.
const MOST_ROWS: u64 = 1 << 16;

/// Sums nearer to 1 than this say in which order a table may have been meant.
const NEARLY: f64 = 1e-2;

/// A child and its parents.
pub(super) struct Parties<'b> {
    format: Format,
    child: &'b VariableBlock,
    parents: Vec<&'b VariableBlock>,
    /// The number of each parent's state.
    states: Vec<&'b States<'b>>,
}

/// The number of each state.
pub(super) type States<'b> = BTreeMap<&'b str, u64>;

/// The numbers of a variable's states.
pub(super) fn states(block: &VariableBlock) -> States<'_> {
    block.states.iter().map(|state| state.name.text.as_str()).zip(0..).collect()
}

impl<'b> Parties<'b> {
    /// A child with its parents and their states.
    pub fn new(
        format: Format,
        child: &'b VariableBlock,
        parents: impl Iterator<Item = (&'b VariableBlock, &'b States<'b>)>,
    ) -> Parties<'b> {
        let (parents, states) = parents.unzip();
        Parties { format, child, parents, states }
    }

    /// The states of the parents in a row, the last parent varying fastest.
    fn states_of(&self, row: u64) -> Vec<usize> {
        let mut rest = row;
        let mut states: Vec<usize> = Vec::with_capacity(self.parents.len());
        for parent in self.parents.iter().rev() {
            let count = parent.states.len().max(1) as u64;
            states.push((rest % count) as usize);
            rest /= count;
        }
        states.reverse();
        states
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
            Diagnostic::error("network-count", "the states of the parents have 2^64 combinations or more")
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
        if entry.kind == EntryKind::States {
            return self.determined(entry);
        }
        let Some(numbers) = self.numbers(&entry.numbers) else { return };
        match &entry.kind {
            EntryKind::ChildSlowest => self.whole(entry, &numbers, true),
            EntryKind::ChildFastest => self.whole(entry, &numbers, false),
            EntryKind::NoisyMax(order) => self.noisy_max(entry, &numbers, order),
            EntryKind::Default => {
                if let Some(row) = self.line(entry, &numbers)
                    && self.is_first(None, "default", entry.span)
                {
                    self.table.otherwise = Some(row);
                }
            }
            EntryKind::Row(states) => {
                let row = self.row(entry, states);
                if let (Some(row), Some(numbers)) = (row, self.line(entry, &numbers))
                    && self.is_first(Some(row), "row", entry.span)
                {
                    self.table.rows.insert(row, numbers);
                }
            }
            EntryKind::States => {}
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

    fn numbers(&mut self, words: &[Word]) -> Option<Vec<Number>> {
        let numbers: Result<Vec<Number>, Diagnostic> = words.iter().map(Number::of).collect();
        numbers.map_err(|problem| self.report(problem)).ok()
    }

    /// The combination that a row's states name.
    fn row(&mut self, entry: &Entry, states: &[Word]) -> Option<u64> {
        let parents = &self.parties.parents;
        if states.len() != parents.len() {
            let (has, wants) = (counted(states.len(), "state"), counted(parents.len(), "parent"));
            let name = shown(&self.parties.child.name.text);
            self.report(
                Diagnostic::error("network-count", format!("this row names {has}, but {name} has {wants}"))
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
        let states = self.parties.child.states.iter().take(6);
        let states: Vec<String> = states.map(|one| format!("P({})", one.name.text)).collect();
        self.parties.format.table_lesson(&parents, &states)
    }

    /// The numbers of one combination, as many as there are states, with the sum 1.
    fn line(&mut self, entry: &Entry, numbers: &[Number]) -> Option<Vec<f64>> {
        let states = self.parties.child.states.len();
        if numbers.len() != states {
            self.report(self.count_is_wrong(entry, numbers.len(), states as u128));
            return None;
        }
        self.sum_to_one(numbers, entry.span)
    }

    fn sum_to_one(&mut self, numbers: &[Number], span: Span) -> Option<Vec<f64>> {
        let sound = sum_to_one(numbers, span, self.found);
        self.is_sound &= sound.is_some();
        sound
    }

    fn count_is_wrong(&self, entry: &Entry, has: usize, wants: u128) -> Diagnostic {
        let name = shown(&self.parties.child.name.text);
        Diagnostic::error(
            "network-count",
            format!("{} for {name}, where {wants} are needed", counted(has, "number")),
        )
        .at(entry.span, format!("{wants} needed"))
        .hint(self.form())
    }

    /// A whole table: the child varies slowest or fastest, the last parent fastest of all parents.
    fn whole(&mut self, entry: &Entry, numbers: &[Number], is_child_slowest: bool) {
        let states = self.parties.child.states.len();
        let wants = states as u128 * u128::from(self.combinations);
        if numbers.len() as u128 != wants {
            return self.report(self.count_is_wrong(entry, numbers.len(), wants));
        }
        let rows = self.combinations as usize;
        let slow = |row: usize| (0..states).map(|state| numbers[state * rows + row]).collect::<Vec<_>>();
        let fast = |row: usize| numbers[row * states..(row + 1) * states].to_vec();
        let has_sums = |row: &dyn Fn(usize) -> Vec<Number>| (0..rows).all(|at| is_nearly_one(&row(at)));
        let own: &dyn Fn(usize) -> Vec<Number> = if is_child_slowest { &slow } else { &fast };
        let other: &dyn Fn(usize) -> Vec<Number> = if is_child_slowest { &fast } else { &slow };
        if !has_sums(own) && has_sums(other) {
            return self.report(wrong_order(entry, is_child_slowest));
        }
        for row in 0..rows {
            let numbers = own(row);
            // The numbers of one row stand together only where the child varies fastest.
            let span = match (is_child_slowest, numbers.first(), numbers.last()) {
                (false, Some(first), Some(last)) => first.span.to(last.span),
                _ => entry.span,
            };
            let Some(numbers) = self.sum_to_one(&numbers, span) else { return };
            if !self.is_first(Some(row as u64), "row", entry.span) {
                return;
            }
            self.table.rows.insert(row as u64, numbers);
        }
    }

    /// The state that the child has, for each combination.
    fn determined(&mut self, entry: &Entry) {
        let wants = self.combinations;
        if entry.numbers.len() as u64 != wants {
            let name = shown(&self.parties.child.name.text);
            let has = counted(entry.numbers.len(), "state");
            let message = format!("{has} for {name}, where {wants} are needed");
            let problem =
                Diagnostic::error("network-count", message).at(entry.span, format!("{wants} needed"));
            return self.report(problem.hint("one state for each combination of the parents' states"));
        }
        let child = states(self.parties.child);
        for (row, word) in (0..).zip(&entry.numbers) {
            let Some(state) = child.get(word.text.as_str()) else {
                let problem = unknown_state(word, self.parties.child, self.found);
                return self.report(problem);
            };
            if !self.is_first(Some(row), "row", entry.span) {
                return;
            }
            let certain = (0..child.len() as u64).map(|one| f64::from(u8::from(one == *state)));
            self.table.rows.insert(row, certain.collect());
        }
    }

    /// What each state of each parent brings about, and what holds whatever they are, written out as a table.
    fn noisy_max(&mut self, entry: &Entry, numbers: &[Number], order: &[Word]) {
        let states = self.parties.child.states.len();
        let counts: Vec<usize> = self.parties.parents.iter().map(|one| one.states.len()).collect();
        let columns: usize = counts.iter().sum::<usize>() + 1;
        if numbers.len() != columns * states {
            return self.report(self.count_is_wrong(entry, numbers.len(), (columns * states) as u128));
        }
        if self.combinations > MOST_ROWS {
            let message = format!("this noisy maximum has more than {MOST_ROWS} combinations of states");
            let problem = Diagnostic::error("network-count", message).at(entry.span, "too many parents");
            return self.report(problem.hint("put a variable between it and some of its parents"));
        }
        let mut rows = Vec::with_capacity(columns);
        for column in numbers.chunks(states.max(1)) {
            let span =
                column.first().map_or(entry.span, |first| first.span.to(column[column.len() - 1].span));
            let Some(row) = self.sum_to_one(column, span) else { return };
            rows.push(row);
        }
        let Some(leak) = rows.pop() else { return };
        let Some(effects) = self.effects(entry, &counts, rows, order) else { return };
        let model = NoisyMax { effects, leak };
        for row in 0..self.combinations {
            if !self.is_first(Some(row), "row", entry.span) {
                return;
            }
            self.table.rows.insert(row, model.row(&self.parties.states_of(row)));
        }
    }

    /// The distributions of each parent by the number of its state.
    fn effects(
        &mut self,
        entry: &Entry,
        counts: &[usize],
        rows: Vec<Vec<f64>>,
        order: &[Word],
    ) -> Option<Vec<Vec<Vec<f64>>>> {
        let mut rows = rows.into_iter();
        let mut order = order.iter();
        let mut last = None;
        let mut effects = Vec::with_capacity(counts.len());
        for count in counts {
            let mut own = vec![Vec::new(); *count];
            for at in 0..*count {
                let word = order.next();
                last = word.or(last);
                let state = word.map_or(Some(at), |word| word.text.parse().ok());
                let (Some(place), Some(row)) = (state.and_then(|state| own.get_mut(state)), rows.next())
                else {
                    self.report(no_order(entry, last, *count));
                    return None;
                };
                *place = row;
            }
            if own.iter().any(Vec::is_empty) {
                self.report(no_order(entry, last, *count));
                return None;
            }
            effects.push(own);
        }
        Some(effects)
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
            false if self.parties.format == Format::Bif => {
                format!("{}, or `default …;` for all that are left out", self.form())
            }
            false => self.form(),
        };
        self.report(Diagnostic::error("network-missing", message).at(block.child.span, label).hint(hint));
    }

    /// The states of the parents in a row.
    fn named(&self, row: u64) -> String {
        let states = self.parties.states_of(row).into_iter().zip(&self.parties.parents);
        let names: Vec<&str> =
            states.map(|(state, parent)| parent.states[state].name.text.as_str()).collect();
        names.join(", ")
    }
}

fn unknown_state(state: &Word, parent: &VariableBlock, found: &mut Findings) -> Diagnostic {
    let names = || parent.states.iter().map(|one| one.name.text.as_str());
    let all = || match names().count() {
        0 => Hint::from("give it states"),
        1..=12 => format!("its states are {}", list(names(), "and")).into(),
        count => format!("its first states of {count} are {}", list(names().take(12), "and")).into(),
    };
    let hint = found.suggest(state, names()).unwrap_or_else(all);
    let message = format!("{} is no state of {}", shown(&state.text), shown(&parent.name.text));
    Diagnostic::error("network-unknown", message).at(state.span, "not one of its states").hint(hint)
}

fn is_nearly_one(row: &[Number]) -> bool {
    (row.iter().map(|one| one.value).sum::<f64>() - 1.0).abs() <= NEARLY
}

/// A table that makes sense only the other way round.
fn wrong_order(entry: &Entry, is_child_slowest: bool) -> Diagnostic {
    match is_child_slowest {
        true => {
            Diagnostic::error("network-sum", "the columns of this table do not sum to 1, but its rows would")
                .at(entry.span, "the child varies slowest")
                .hint(
                    "all numbers for the child's first state come first, then those for its second; \
                 or write one row a combination, `(STATE, …) 0.1, 0.9;`",
                )
        }
        false => Diagnostic::error(
            "network-sum",
            "the rows of this table do not sum to 1, but its columns would",
        )
        .at(entry.span, "the child varies fastest")
        .hint("the numbers of all states of the child for one combination of its parents stand together"),
    }
}

fn no_order(entry: &Entry, word: Option<&Word>, count: usize) -> Diagnostic {
    let error = Diagnostic::error("network-number", "the order of a parent's states is not whole");
    error
        .at(word.map_or(entry.span, |word| word.span), "not another of its states")
        .hint(format!("name each of the {count} states once, by its number from 0 on"))
}

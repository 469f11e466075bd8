//! A conditional table that is written as a text: a line of names, and a line of numbers for each row.
//!
//! ```toml
//! table = '''
//! mood  | refuses tolerates approves
//! calm  | 20%     30%       50%
//! tense | 70%     20%       10%
//! '''
//! ```
//!
//! It says what rows with the same numbers say, in a tenth of the room: numbers are kept as numbers, and become expressions
//! with addresses only where somebody asks for them.

use std::collections::BTreeMap;

use super::row::{Choice, Row, Shares};
use super::value::Value;
use crate::diagnostic::number::counted;
use crate::diagnostic::{Diagnostic, Excerpt, Hint, Span};
use crate::expression::{self, Expr, Ident, Node};
use crate::math::rounding::Digits;

const CODE: &str = "chance-table";

/// What stands between the states of what a row is for and its numbers.
const BAR: char = '|';

/// Stands for any state.
const ANY: &str = "*";

/// Stands for every combination that no other row names.
const ELSE: &str = "else";

/// A conditional table of numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct Grid {
    /// The address of the table.
    path: String,
    is_of_event: bool,
    parents: Vec<Ident>,
    states: Vec<Ident>,
    lines: Vec<Line>,
    /// Those of all lines, one after the other.
    numbers: Vec<Cell>,
    /// Those of them that are fractions, as they are written.
    fractions: BTreeMap<usize, Expr>,
}

/// Which combinations a row is for.
#[derive(Clone, Debug, PartialEq)]
struct Line {
    /// Some states for each parent; none if it may be in any. `None` for `else`.
    when: Option<Vec<Vec<Ident>>>,
    span: Span,
}

#[derive(Clone, Debug, PartialEq)]
struct Cell {
    value: f64,
    start: u32,
    length: u32,
}

impl Grid {
    /// Reads the text of the table at the address `path`. The numbers of an event are those of its happening, in one column that is called
    /// `probability`; those of a factor have a column for each state.
    ///
    /// # Errors
    /// What is no table of numbers.
    pub(super) fn read(text: &Excerpt, path: String, is_event: bool) -> Result<Grid, Vec<Diagnostic>> {
        let mut lines = lines(text);
        let Some(header) = lines.next() else { return Err(vec![empty(text.whole(), is_event)]) };
        let (parents, states) = header.halves().ok_or_else(|| vec![header.without_bar(is_event)])?;
        let [parents, states] = [parents, states].map(|names| header.named(&names));
        let states = if is_event { of_event(states, header.span())? } else { states };
        let mut grid = Grid {
            path,
            is_of_event: is_event,
            parents,
            states,
            lines: Vec::new(),
            numbers: Vec::new(),
            fractions: BTreeMap::new(),
        };
        let faults: Vec<Diagnostic> =
            grid.header_faults().into_iter().chain(lines.filter_map(|line| grid.add(&line).err())).collect();
        match () {
            () if !faults.is_empty() => Err(faults),
            () if grid.lines.is_empty() => Err(vec![empty(header.span(), is_event)]),
            () => Ok(grid),
        }
    }

    /// Names that stand twice, and halves without names.
    fn header_faults(&self) -> Vec<Diagnostic> {
        let twice = |names: &[Ident]| {
            let again = |(at, one): (usize, &Ident)| {
                let first = names[..at].iter().find(|other| other.text == one.text)?;
                let message = format!("`{}` has two columns", one.text);
                let error = Diagnostic::error(CODE, message).at(one.span, "again");
                Some(error.at(first.span, "the first").hint("remove one of the two, with its cells"))
            };
            names.iter().enumerate().filter_map(again).collect::<Vec<_>>()
        };
        [twice(&self.parents), twice(&self.states)].concat()
    }

    fn add(&mut self, line: &Text) -> Result<(), Diagnostic> {
        let (cells, numbers) = line.halves().ok_or_else(|| line.without_bar(self.is_of_event))?;
        let is_else = cells[..] == [ELSE];
        if !is_else && cells.len() != self.parents.len() {
            return Err(self.without_states(line, &cells));
        }
        if numbers.len() != self.states.len() {
            return Err(self.without_numbers(line, &numbers));
        }
        let numbers = line.named(&numbers);
        let read: Vec<Cell> = numbers.iter().map(number).collect::<Result<_, _>>()?;
        for (at, word) in (self.numbers.len()..).zip(&numbers).filter(|(_, word)| word.text.contains('/')) {
            let text = Excerpt::verbatim(word.span.source, word.span.start as usize, word.text.as_str());
            self.fractions.insert(at, expression::parse(&text)?);
        }
        self.numbers.extend(read);
        let when = (!is_else).then(|| cells.iter().map(|cell| line.states(cell)).collect());
        self.lines.push(Line { when, span: line.span() });
        Ok(())
    }

    fn without_states(&self, line: &Text, cells: &[&str]) -> Diagnostic {
        let (count, wanted) = (counted(cells.len() as u64, "state"), self.parents.len());
        uneven(line, cells, wanted, format!("this row is for {count}, and the first line names {wanted}"))
            .hint(format!(
                "give one state for each of {}, `*` for any, or `else` alone for all other rows",
                listed(&self.parents)
            ))
    }

    fn without_numbers(&self, line: &Text, numbers: &[&str]) -> Diagnostic {
        let (count, wanted) = (counted(numbers.len() as u64, "number"), self.states.len());
        let columns = counted(wanted as u64, "column");
        uneven(line, numbers, wanted, format!("this row has {count}, and the first line {columns}"))
            .hint(format!("give one number for each of {}", listed(&self.states)))
    }

    /// The number of its rows.
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// Whether it has none, which none has that could be read.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// The states that have a column; of an event `true`.
    pub fn states(&self) -> &[Ident] {
        &self.states
    }

    /// The numbers of the row at an index, in the order of its columns.
    pub fn numbers(&self, row: usize) -> impl Iterator<Item = f64> {
        self.cells(row).iter().map(|one| one.value)
    }

    /// The same, each with its digits; a fraction has none that could be few.
    pub fn written(&self, row: usize) -> impl Iterator<Item = (f64, Digits)> {
        let first = row * self.states.len();
        let digits = move |(at, value): (usize, f64)| match self.fractions.contains_key(&(first + at)) {
            true => (value, Digits::Exact),
            false => (value, Digits::of_value(value)),
        };
        self.numbers(row).enumerate().map(digits)
    }

    /// Where the row at an index stands.
    pub fn span(&self, row: usize) -> Span {
        self.lines.get(row).map(|one| one.span).unwrap_or_default()
    }

    /// Where the number in a column of a row stands.
    pub fn place(&self, row: usize, column: usize) -> Span {
        let span = self.span(row);
        self.cells(row).get(column).map_or(span, |cell| cell.place(span))
    }

    fn cells(&self, row: usize) -> &[Cell] {
        let width = self.states.len();
        self.numbers.get(row * width..(row + 1) * width).unwrap_or_default()
    }

    /// The row at an index as if it were written by itself.
    pub fn row(&self, row: usize) -> Row {
        let span = self.span(row);
        let first = row * self.states.len();
        let value = |(at, (state, cell)): (usize, (&Ident, &Cell))| {
            let address = match self.is_of_event {
                true => format!("{}.{}.probability", self.path, row + 1),
                false => format!("{}.{}.probabilities.{}", self.path, row + 1, state.text),
            };
            let span = cell.place(span);
            let number = || Expr { node: Node::Number(cell.value), span };
            let expr = self.fractions.get(&(first + at)).cloned().unwrap_or_else(number);
            let named =
                Ident { text: state.text.clone(), span: if self.is_of_event { span } else { state.span } };
            (named, Value { address, expr })
        };
        let entries = self.states.iter().zip(self.cells(row)).enumerate().map(value).collect();
        Row { shares: Shares { entries, span }, ..self.bare(row) }
    }

    /// The row at an index without its numbers.
    pub fn bare(&self, row: usize) -> Row {
        let span = self.span(row);
        let when = self.lines.get(row).and_then(|line| line.when.as_ref());
        let choices = |when: &Vec<Vec<Ident>>| {
            let named = self.parents.iter().zip(when).filter(|(_, states)| !states.is_empty());
            named.map(|(parent, states)| Choice { parent: parent.clone(), states: states.clone() }).collect()
        };
        Row { when: when.map(choices), shares: Shares { entries: Vec::new(), span }, span }
    }

    /// All rows as if they were written by themselves.
    pub fn rows(&self) -> impl Iterator<Item = Row> {
        (0..self.len()).map(|row| self.row(row))
    }
}

fn listed(names: &[Ident]) -> String {
    names.iter().map(|one| one.text.as_str()).collect::<Vec<_>>().join(", ")
}

/// Half a row with more words or fewer than are wanted.
fn uneven(line: &Text, words: &[&str], wanted: usize, message: String) -> Diagnostic {
    let place = words.get(wanted).or(words.last()).map_or(line.span(), |word| line.place(word));
    Diagnostic::error(CODE, message).at(place, if words.len() > wanted { "too much" } else { "the last" })
}

impl Cell {
    /// Where it stands, in the source of its row.
    fn place(&self, row: Span) -> Span {
        Span { start: self.start, end: self.start + self.length, ..row }
    }
}

/// A line of the text.
struct Text<'t> {
    text: &'t Excerpt,
    start: usize,
    end: usize,
}

/// The lines that say something, without what stands behind a `#`.
fn lines(text: &Excerpt) -> impl Iterator<Item = Text<'_>> {
    let mut at = 0;
    let all = text.content().split_inclusive('\n').map(move |line| {
        let start = at;
        at += line.len();
        let said = line.split('#').next().unwrap_or(line);
        let begin = start + said.len() - said.trim_start().len();
        Text { text, start: begin, end: begin + said.trim().len() }
    });
    all.filter(|line| line.start < line.end)
}

impl<'t> Text<'t> {
    fn span(&self) -> Span {
        self.text.span(self.start..self.end)
    }

    /// The words before the bar and behind it; `None` if there is no bar or there are two.
    fn halves(&self) -> Option<(Vec<&'t str>, Vec<&'t str>)> {
        let line = &self.text.content()[self.start..self.end];
        let (before, behind) = line.split_once(BAR).filter(|(_, behind)| !behind.contains(BAR))?;
        Some((before.split_whitespace().collect(), behind.split_whitespace().collect()))
    }

    /// Where a piece of the text stands in the source, which may write it otherwise.
    fn place(&self, piece: &str) -> Span {
        let at = piece.as_ptr() as usize - self.text.content().as_ptr() as usize;
        self.text.span(at..at + piece.len())
    }

    fn named(&self, pieces: &[&str]) -> Vec<Ident> {
        pieces.iter().map(|piece| Ident { text: (*piece).into(), span: self.place(piece) }).collect()
    }

    /// The states that a cell names; none if it may be any.
    fn states(&self, cell: &str) -> Vec<Ident> {
        if cell == ANY { Vec::new() } else { self.named(&cell.split(',').collect::<Vec<_>>()) }
    }

    fn without_bar(&self, is_event: bool) -> Diagnostic {
        let what = if is_event { "`probability`" } else { "the states" };
        Diagnostic::error(CODE, "a line of this table has one `|`, and this has none or several")
            .at(self.span(), "not divided in two")
            .hint(format!("in the first line it stands between the names of what the table depends on and {what}; in each row between \
                           their states and the numbers, as in `{}`", example(is_event)[1]))
    }
}

/// The first lines of a table.
fn example(is_event: bool) -> [&'static str; 2] {
    if is_event { ["storm | probability", "true | 0.7"] } else { ["mood | low high", "calm | 0.7 0.3"] }
}

fn empty(place: Span, is_event: bool) -> Diagnostic {
    let [first, second] = example(is_event);
    Diagnostic::error(CODE, "a table has at least one row").at(place, "no row stands in it").hint(format!(
        "give a line of names, as `{first}`, and a line for each combination of states, as `{second}`"
    ))
}

/// The column of an event.
fn of_event(columns: Vec<Ident>, line: Span) -> Result<Vec<Ident>, Vec<Diagnostic>> {
    match &columns[..] {
        [only] if only.text == "probability" => Ok(vec![Ident { text: "true".into(), span: only.span }]),
        all => {
            let ends = all.first().zip(all.last());
            let span = ends.map_or(line, |(first, last)| Span { end: last.span.end, ..first.span });
            let error =
                Diagnostic::error(CODE, "a table of an event has one column, which is called `probability`");
            let hint = Hint::new(
                "write `probability` behind the `|`, and in each row the probability that the event happens",
            );
            Err(vec![error.at(span, "something else").hint(if all.len() == 1 {
                hint.edit(span, "probability")
            } else {
                hint
            })])
        }
    }
}

/// A number, a percentage or a fraction.
fn number(cell: &Ident) -> Result<Cell, Diagnostic> {
    let value = value(&cell.text).filter(|value| value.is_finite()).ok_or_else(|| not_a_number(cell))?;
    Ok(Cell { value, start: cell.span.start, length: cell.span.end - cell.span.start })
}

fn value(text: &str) -> Option<f64> {
    let plain = |text: &str| {
        text.parse::<f64>().ok().filter(|_| text.ends_with(|last: char| last.is_ascii_digit() || last == '.'))
    };
    if let Some(percent) = text.strip_suffix('%') {
        return Some(plain(percent)? / 100.0);
    }
    match text.split_once('/') {
        Some((above, below)) => Some(plain(above)? / plain(below)?),
        None => plain(text),
    }
}

fn not_a_number(cell: &Ident) -> Diagnostic {
    let comma = cell.text.replace(',', ".");
    let hint = match value(&comma) {
        Some(_) if comma != cell.text => Hint::write(cell.span, comma),
        _ => "give a number such as `0.35`, `35%` or `1/3`; formulas stand in rows of their own, as in `table = [ { when = { … }, … } ]`".into(),
    };
    Diagnostic::error(CODE, format!("`{}` is no number", cell.text))
        .at(cell.span, "a table in a text holds numbers")
        .hint(hint)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::SourceId;

    fn read(text: &str, is_event: bool) -> Result<Grid, Vec<String>> {
        let excerpt = Excerpt::verbatim(SourceId::FILE, 0, text);
        let found = Grid::read(&excerpt, "t".into(), is_event);
        found.map_err(|faults| faults.into_iter().map(|one| one.message).collect())
    }

    #[test]
    fn every_cell_has_its_place_and_its_address() {
        let text = "# what it is\n a b | x y\n\n*  p,q | 1/4 75%  # so\nelse | 1e-1 .9\n";
        let grid = read(text, false).unwrap();
        let rows: Vec<Row> = grid.rows().collect();
        assert_eq!(grid.len(), 2);
        let when = rows[0].when.as_ref().unwrap();
        assert_eq!((when.len(), when[0].parent.text.as_str()), (1, "b"));
        let states: Vec<&str> = when[0].states.iter().map(|one| &text[one.span.range()]).collect();
        assert_eq!(states, ["p", "q"]);
        assert_eq!(rows[1].when, None);
        let said = |row: usize, at: usize| {
            let (state, value) = &rows[row].shares.entries[at];
            (state.text.as_str(), value.address.as_str(), &text[value.expr.span.range()])
        };
        assert_eq!(said(0, 0), ("x", "t.1.probabilities.x", "1/4"));
        assert_eq!(said(1, 1), ("y", "t.2.probabilities.y", ".9"));
        assert_eq!(grid.numbers(0).chain(grid.numbers(1)).collect::<Vec<_>>(), [0.25, 0.75, 0.1, 0.9]);
    }

    /// Of a word that the source writes with an escape, the place is all of that.
    #[test]
    fn places_are_those_of_the_source_whatever_it_writes() {
        let mut excerpt = Excerpt::verbatim(SourceId::FILE, 0, "m | a b\n");
        excerpt.push_escape("é", 8..14);
        excerpt.push("é,xé,éé | 0.5 0.5\n", 14);
        let grid = Grid::read(&excerpt, "t".into(), false).unwrap();
        let row = grid.row(0);
        let states = &row.when.unwrap()[0].states;
        let places: Vec<_> = states.iter().map(|one| (one.text.as_str(), one.span.range())).collect();
        assert_eq!(places, [("éé", 8..16), ("xé", 17..20), ("éé", 21..25)]);
    }

    #[test]
    fn a_table_of_an_event_has_one_column() {
        let grid = read("storm|probability\ntrue|0.7\nfalse|0.1", true).unwrap();
        let (state, value) = &grid.row(1).shares.entries[0];
        assert_eq!((state.text.as_str(), value.address.as_str()), ("true", "t.2.probability"));
        assert_eq!(read("storm|happens\ntrue|0.7", true).unwrap_err().len(), 1);
    }

    #[test]
    fn what_is_no_table_of_numbers_is_told_line_by_line() {
        let faults =
            read("a | x y\np 0.1 0.9\nq | 0.1\nr s | 0.1 0.9\nt | 0,1 0.9\nu | inf 0\nv | 0.5 0.5", false);
        let faults = faults.unwrap_err();
        assert_eq!(faults.len(), 5, "{faults:?}");
        for text in ["", "a | x", "\n# a | x\n", "a | x | y\n", "a a | x y\np p | 1 0"] {
            assert!(read(text, false).is_err(), "{text:?}");
        }
    }
}

//! How things go together: a sentence, and a table of every combination of their states.

use crate::analysis::joint::{AspectFinding, CellFinding, JointFinding, StateName};
use crate::expression::scale;
use crate::report::number::estimate;
use crate::report::page::{Cell, Column, Page, Table};
use crate::report::prose::quoted;
#[cfg(feature = "charts")]
use crate::report::{
    prose::cut,
    wrapping::{plain, width},
};
use crate::statistics::Estimate;

/// What the lines are called that are summed over the first thing's states.
const ALTOGETHER: &str = "altogether";

/// Adds what is told of one joint table.
pub fn add(page: &mut Page, joint: &JointFinding, decimals: usize, has_note: bool) {
    page.sentence(sentence(joint, decimals, Name::Label)).table(table(joint, decimals));
    if has_note {
        page.note(note(joint));
    }
}

/// Below what is so of the first thing (and of the third) what the second is; below all of these the sums.
fn table(joint: &JointFinding, decimals: usize) -> Table {
    let columns = [
        Column::words("label", "Together"),
        Column::probability("probability", "Joint"),
        Column::probability("conditional", "Given"),
        Column::points("beyond_independence", "Excess"),
    ];
    let mut table = Table::new(decimals, columns);
    for panel in joint.panels() {
        if let Some((third, at)) = joint.of.get(2).zip(panel) {
            table.group(&third.states[at].phrase);
        }
        lines(&mut table, joint, panel);
    }
    table
}

fn lines(table: &mut Table, joint: &JointFinding, panel: Option<usize>) {
    let [first, second, ..] = &joint.of[..] else { return };
    for (row, state) in first.states.iter().enumerate() {
        table.row([Cell::from(&state.phrase), sum(joint, [Some(row), None], panel).into()]);
        for (column, state) in second.states.iter().enumerate() {
            let Some(cell) = cell(joint, [row, column], panel) else { continue };
            let numbers = [cell.probability.0, cell.conditional.0, cell.beyond_independence.0];
            let cells = [Cell::from(&state.phrase)].into_iter().chain(numbers.map(Cell::from));
            table.nested(cells.collect::<Vec<_>>());
        }
    }
    table.row([Cell::from(ALTOGETHER), panel.and_then(|_| sum(joint, [None, None], panel)).into()]);
    for (column, state) in second.states.iter().enumerate() {
        table.nested([Cell::from(&state.phrase), sum(joint, [None, Some(column)], panel).into()]);
    }
}

/// The cell of a panel.
pub fn cell(joint: &JointFinding, [row, column]: [usize; 2], panel: Option<usize>) -> Option<&CellFinding> {
    let at: Vec<usize> = [row, column].into_iter().chain(panel).collect();
    joint.cell(&at)
}

/// A sum of a panel's cells.
pub fn sum(joint: &JointFinding, at: [Option<usize>; 2], panel: Option<usize>) -> Option<Estimate> {
    let at: Vec<Option<usize>> = at.into_iter().chain(panel.map(Some)).collect();
    joint.margin(&at).map(|one| one.probability.0)
}

fn note(joint: &JointFinding) -> &'static str {
    match joint.of.len() {
        2 => {
            "Joint: the probability of both together; above them, their sum. Given: that of the line if what it stands under is \
             so. Excess: how many points the joint probability is above the product of both by themselves, which it would be \
             if neither said anything of the other. It says that they go together, not why."
        }
        _ => {
            "Joint: the probability of all three together; above them, their sum. Given: that of the line if what it stands \
             under is so. Excess: how many points the joint probability is above the product of the three by themselves, which \
             it would be if none said anything of the others. It says that they go together, not why."
        }
    }
}

// What is said.

/// Whether things are called by their labels, or as pictures call them.
#[derive(Clone, Copy)]
pub enum Name {
    Label,
    #[cfg(feature = "charts")]
    Short,
}

/// As many columns as a name has in a picture's title, which names several.
#[cfg(feature = "charts")]
const BRIEF: usize = 36;

/// Where a state of the second thing has most and least.
struct Contrast<'a> {
    column: usize,
    most: &'a CellFinding,
    least: &'a CellFinding,
}

impl Contrast<'_> {
    fn width(&self) -> f64 {
        self.most.conditional.value - self.least.conditional.value
    }

    /// Whether the draws tell the two apart.
    fn is_told(&self) -> bool {
        self.most.conditional.interval.0 > self.least.conditional.interval.1
    }
}

/// The state of the second thing of which the others say most; `None` if they never differ.
fn contrast(joint: &JointFinding) -> Option<Contrast<'_>> {
    let second = joint.of.get(1)?;
    // Of what is so or not, the one says what the other says.
    let columns = if second.is_truth { 1 } else { second.states.len() };
    let of_column = |column: usize| {
        let possible = |one: &&CellFinding| one.at[1] == column && one.conditional.value.is_finite();
        let cells = || joint.cells.iter().filter(possible);
        // Of equal ones the first.
        let most = cells().reduce(|a, b| if b.conditional.value > a.conditional.value { b } else { a })?;
        let least = cells().reduce(|a, b| if b.conditional.value < a.conditional.value { b } else { a })?;
        Some(Contrast { column, most, least })
    };
    let widest = (0..columns).filter_map(of_column).reduce(|a, b| if b.width() > a.width() { b } else { a });
    // What differs by rounding does not differ.
    widest.filter(|one| one.width() > 1e-12)
}

/// What the first thing says of the second, and the third with it.
pub fn sentence(joint: &JointFinding, decimals: usize, name: Name) -> String {
    let [first, second, ..] = &joint.of[..] else { return String::new() };
    let share = |one: &CellFinding| estimate(&one.conditional, decimals).replace(' ', "\u{a0}");
    let contrast = contrast(joint);
    let is_told = |one: &Contrast| one.is_told() && share(one.most) != share(one.least);
    let Some(Contrast { column, most, least }) = contrast.filter(is_told) else { return little(joint, name) };
    let what = so(second, column, name);
    if joint.of.len() == 2 && first.is_truth {
        let (so, not) = if most.at[0] == 0 { (most, least) } else { (least, most) };
        return format!(
            "If {}, {what} has {}; if not, {}.",
            quoted(&first.call(name)),
            share(so),
            share(not)
        );
    }
    format!(
        "{} has {} if {}, and {} if {}.",
        capital(&what),
        share(most),
        condition(joint, most, name),
        share(least),
        condition(joint, least, name)
    )
}

/// That the one says nothing of the other, or less than the figures show.
fn little(joint: &JointFinding, name: Name) -> String {
    let names: Vec<String> = joint.of.iter().map(|one| quoted(&one.call(name))).collect();
    let (of, others) = (&names[1], [&names[..1], &names[2..]].concat().join(" and "));
    let say = if joint.of.len() == 2 { "says" } else { "say" };
    let is_exact = joint.cells.iter().all(|one| one.conditional.exact || one.conditional.value.is_nan());
    match contrast(joint) {
        Some(one) if one.is_told() => format!("{others} {say} next to nothing of {of}."),
        Some(_) if !is_exact => format!("{others} {say} nothing of {of} that the draws can tell."),
        _ => format!("{others} {say} nothing of {of}."),
    }
}

/// The states of all but the second thing; what is not so comes last, for the "not" to reach no further.
fn condition(joint: &JointFinding, cell: &CellFinding, name: Name) -> String {
    let all = joint.of.iter().zip(&cell.at).enumerate().filter(|(place, _)| *place != 1);
    let mut all: Vec<(bool, String)> =
        all.map(|(_, (aspect, at))| (aspect.is_truth && *at == 1, so(aspect, *at, name))).collect();
    all.sort_by_key(|(is_not, _)| *is_not);
    all.into_iter().map(|(_, one)| one).collect::<Vec<_>>().join(" and ")
}

/// That a thing is in a state.
fn so(aspect: &AspectFinding, at: usize, name: Name) -> String {
    match (aspect.is_truth, at) {
        (true, 0) => quoted(&aspect.call(name)),
        (true, _) => format!("not {}", quoted(&aspect.call(name))),
        (false, at) => quoted(&aspect.states[at].call(name)),
    }
}

fn capital(text: &str) -> String {
    match text.strip_prefix("not ") {
        Some(rest) => format!("Not {rest}"),
        None => text.into(),
    }
}

impl AspectFinding {
    fn call(&self, name: Name) -> String {
        match name {
            Name::Label => self.label.clone(),
            #[cfg(feature = "charts")]
            Name::Short => brief(&self.short),
        }
    }
}

/// A name in a title that has several: what is compared or has states is cut, its bound or its state stays.
#[cfg(feature = "charts")]
fn brief(name: &str) -> String {
    let name = plain(name);
    let bound =
        [" > ", " < ", " >= ", " <= ", " == ", " != ", ": "].iter().filter_map(|sign| name.rfind(sign)).max();
    let (what, bound) = name.split_at(bound.unwrap_or(name.len()));
    format!("{}{bound}", cut(what, BRIEF.saturating_sub(width(bound)).max(BRIEF / 2)))
}

impl StateName {
    /// A state that is always named with its thing is in pictures too.
    fn call(&self, name: Name) -> String {
        match name {
            #[cfg(feature = "charts")]
            Name::Short if self.phrase == self.label => brief(&self.short),
            #[cfg(feature = "charts")]
            Name::Short => brief(&self.phrase),
            _ => self.phrase.clone(),
        }
    }
}

// Comma-separated values.

/// The columns that cells have besides those of an answer.
pub fn columns(joints: &[JointFinding]) -> impl Iterator<Item = Column> {
    let names = ["conditional", "beyond_independence"];
    names.into_iter().map(|key| Column::csv(key).with_error()).filter(|_| !joints.is_empty())
}

/// For each cell, a proposition that says it, which `--given` takes; the same in words; its probability, the words for it, and
/// what stands in its columns.
pub fn rows(joint: &JointFinding) -> impl Iterator<Item = ([Cell; 3], Cell, [Cell; 2])> {
    joint.cells.iter().map(|one| {
        let states = || joint.of.iter().zip(&one.at);
        let id: Vec<String> = states().map(|(aspect, at)| proposition(aspect, *at)).collect();
        let label: Vec<&str> = states().map(|(aspect, at)| aspect.states[*at].phrase.as_str()).collect();
        let names = [id.join(" and ").into(), label.join("; ").into(), one.probability.0.into()];
        (
            names,
            scale::words(one.probability.value).into(),
            [one.conditional.0.into(), one.beyond_independence.0.into()],
        )
    })
}

/// That a thing is in a state, as it is written in a scenario file.
fn proposition(aspect: &AspectFinding, at: usize) -> String {
    let is_name = aspect.id.chars().all(|one| one.is_ascii_alphanumeric() || one == '_');
    let plain = if is_name { aspect.id.clone() } else { format!("({})", aspect.id) };
    match (aspect.is_truth, at) {
        (true, 0) => plain,
        (true, _) => format!("not {plain}"),
        (false, at) => format!("{plain} == {}", aspect.states[at].id),
    }
}

//! The page of `compare`.

#[cfg(feature = "charts")]
mod figure;
mod said;
mod sentence;

use crate::analysis::compare::{
    CompareFinding, Compared, ComparedAnswer, EditFinding, Measure as Kind, Method,
};
use crate::report::finding::telling::most_telling;
use crate::report::number::{count, counted};
use crate::report::page::{Cell, Column, Detail, Footnote, Measure, Page, Table};
use crate::report::paged::{Paged, View};
use crate::report::prose::{
    capitalised, conditions, draws, left_out, listed, measured, origin, overrides, quoted, sampling, stem,
};
use crate::report::wrapping::{plain, width};
use crate::session::Facts;
use crate::statistics::Estimate;

impl Paged for CompareFinding {
    fn page(&self, facts: &Facts, view: View) -> Page {
        let about = About { found: self, facts };
        let mut page = match view.detail {
            Detail::Brief => about.brief(),
            Detail::Screen => about.screen(),
            Detail::Normal | Detail::Full => about.whole(view.detail),
        };
        #[cfg(feature = "charts")]
        if view.has_figures
            && let Some(figure) = about.figure()
        {
            page.figure("compare", figure);
        }
        page.main = about.main();
        page
    }
}

/// Answers side by side in the table of edits, up to that many.
const SIDE_BY_SIDE: usize = 3;

/// Answers with longer names than so many columns stand below each other.
const HEADING: usize = 24;

const EDIT: &str = "What each edit adds";

/// As many answers stand on a screen, as many edits, and as many effects below each of these: the largest ones.
const MOST_ANSWERS: usize = 8;
const MOST_EDITS: usize = 4;
const MOST_EFFECTS: usize = 2;

/// As many words-only edits are named, unless all are wanted.
const MOST_WORDS: usize = 3;

/// A finding with the facts of its run.
struct About<'a> {
    found: &'a CompareFinding,
    facts: &'a Facts,
}

impl About<'_> {
    fn brief(&self) -> Page {
        let mut page = Page::default();
        page.sentence(self.sentence()).table(self.answers(Detail::Brief));
        page
    }

    /// What moves, and what the edits have to do with it.
    fn screen(&self) -> Page {
        let mut page = self.headed();
        page.sentence(self.sentence());
        let [chances, _] = self.edits(Detail::Screen);
        let (tables, error) = sampling::once(vec![self.answers(Detail::Screen), chances], &self.facts.run);
        tables.into_iter().for_each(|one| _ = page.table(one));
        if let Some(text) = self.untold() {
            page.note(text);
        }
        if let Some(text) = self.unmatched() {
            page.sentence(text);
        }
        page.foot.push(format!("{error}. -v shows each edit as it is written, and what it adds to means."));
        page
    }

    fn headed(&self) -> Page {
        let scenario = &self.facts.scenario;
        let mut page = Page::new(&scenario.title);
        page.lead.extend(scenario.question.clone());
        page.lead.push(capitalised(&self.compared()));
        page
    }

    fn whole(&self, detail: Detail) -> Page {
        let scenario = &self.facts.scenario;
        let mut page = self.headed();
        page.sentence(self.sentence()).table(self.answers(detail)).note(self.explanation(detail));
        if let Some(text) = self.unmatched() {
            page.sentence(text);
        }
        if !self.found.edits.is_empty() {
            let [chances, means] = self.edits(detail);
            page.table(chances).table(means).note(self.shares());
            page.table(self.texts());
        }
        if let Some(text) = self.words(detail) {
            page.sentence(text);
        }
        page.foot.push(self.summary());
        page.footnote =
            Some(Footnote { name: format!("{}-compare", stem(&scenario.file)), text: origin(self.facts) });
        page
    }

    fn table(&self, columns: impl Into<Vec<Column>>) -> Table {
        Table::new(self.facts.run.decimals, columns)
    }

    /// What is compared, and what is set and learned in both.
    fn compared(&self) -> String {
        let run = &self.facts.run;
        let both = format!("from {} to {}", called(&self.found.before), called(&self.found.after));
        let edits = match self.found.edits.len() {
            0 => "nothing that bears on an answer differs".into(),
            _ => counted(self.found.edits.iter().map(|one| one.changes.len()).sum::<usize>() as u64, "edit"),
        };
        let parts = [Some(both), Some(edits), overrides(run), conditions(run)];
        parts.into_iter().flatten().collect::<Vec<_>>().join("; ")
    }

    fn answers(&self, detail: Detail) -> Table {
        let mut table = self.table([
            Column::words("label", "Answer"),
            Column::probability("before", "Before").without_error(),
            Column::probability("after", "After").without_error(),
            Column::points("difference", "Change"),
        ]);
        for one in self.told(detail) {
            table.row([label(one), before(one), after(one), change(one)]);
        }
        table
    }

    /// The answers, but for those that certainly stay where they are, unless that is all that there is to tell.
    fn told(&self, detail: Detail) -> Vec<&ComparedAnswer> {
        let is_still = |one: &&ComparedAnswer| one.difference.exact && one.difference.value == 0.0;
        let all = &self.found.answers;
        let told: Vec<&ComparedAnswer> = match detail == Detail::Full || all.iter().all(|one| is_still(&one))
        {
            true => all.iter().collect(),
            false => all.iter().filter(|one| !is_still(one)).collect(),
        };
        let most = if detail == Detail::Screen { MOST_ANSWERS } else { usize::MAX };
        let sizes: Vec<f64> = told.iter().map(|one| sized(one.difference.value, one)).collect();
        most_telling(&sizes, most).into_iter().map(|at| told[at]).collect()
    }

    /// What a screen leaves out, and how to see it.
    fn untold(&self) -> Option<String> {
        let chances = self.moved(Kind::Probability);
        let edits = self.ordered(&chances);
        let is_wide = stand_side_by_side(&chances);
        let effects: usize = edits.iter().take(MOST_EDITS).map(|one| self.effects(one, &chances).len()).sum();
        let shown: usize = edits
            .iter()
            .take(MOST_EDITS)
            .map(|one| self.effects(one, &chances).len().min(MOST_EFFECTS))
            .sum();
        let parts = [
            (self.told(Detail::Normal).len() - self.told(Detail::Screen).len(), "more answer"),
            (edits.len().saturating_sub(MOST_EDITS), "more edit"),
            (if is_wide { 0 } else { effects - shown }, "smaller effect"),
        ];
        let parts = parts.iter().filter(|one| one.0 > 0).map(|one| counted(one.0 as u64, one.1));
        let parts: Vec<String> = parts.collect();
        (!parts.is_empty()).then(|| format!("The largest are shown; and {} (-v shows all).", listed(&parts)))
    }

    /// How many answers are not told, as they stay where they are.
    fn still(&self, detail: Detail) -> Option<String> {
        let count = self.found.answers.len() - self.told(detail).len();
        (count > 0).then(|| {
            format!(
                "{} {} not move (-v tells all).",
                counted(count as u64, "more answer"),
                if count == 1 { "does" } else { "do" }
            )
        })
    }

    fn explanation(&self, detail: Detail) -> String {
        let has_means = self.told(detail).iter().any(|one| one.measure == Kind::Mean);
        let unit = if has_means { ", of means in their own unit" } else { "" };
        let error = match self.facts.run.exact {
            true => "All of it is exact.",
            false => {
                "±: the sampling error of the change, half of its 90 % interval: both are on the same draws."
            }
        };
        let still = self.still(detail).map(|text| format!(" {text}")).unwrap_or_default();
        format!("Change in points{unit}. {error}{still}")
    }

    /// The answers that only one of the two has.
    fn unmatched(&self) -> Option<String> {
        let named = |is_before: bool| -> Vec<String> {
            let lone = self.found.answers.iter().filter(|one| one.before.is_some() != one.after.is_some());
            lone.filter(|one| one.before.is_some() == is_before).map(|one| quoted(&one.label)).collect()
        };
        let sentence = |names: Vec<String>, file: &str| {
            let list = said::list(&names);
            (!names.is_empty()).then(|| format!("Only {file} has {list}."))
        };
        let both =
            [sentence(named(true), &self.found.before.name), sentence(named(false), &self.found.after.name)];
        let both: Vec<String> = both.into_iter().flatten().collect();
        (!both.is_empty()).then(|| both.join(" "))
    }

    /// The answers of which edits have shares, with their positions among these.
    fn common(&self) -> Vec<(usize, &ComparedAnswer)> {
        let all = self.found.answers.iter().filter(|one| one.before.is_some() && one.after.is_some());
        all.enumerate().collect()
    }

    /// Those of a measure that edits move.
    fn moved(&self, measure: Kind) -> Vec<(usize, &ComparedAnswer)> {
        let is_moved = |at: usize| self.found.edits.iter().any(|one| effect(one, at).is_some());
        let all = self.common().into_iter();
        all.filter(|(at, one)| one.measure == measure && is_moved(*at)).collect()
    }

    /// What each edit adds: to probabilities side by side, or, where these are many, one below the other; to means below.
    fn edits(&self, detail: Detail) -> [Table; 2] {
        let (chances, means) = (self.moved(Kind::Probability), self.moved(Kind::Mean));
        let most = match detail {
            Detail::Brief | Detail::Screen => (MOST_EDITS, MOST_EFFECTS),
            Detail::Normal | Detail::Full => (usize::MAX, usize::MAX),
        };
        let is_few = stand_side_by_side(&chances);
        [
            if is_few { self.wide(&chances, most.0) } else { self.long(&chances, most) },
            self.long(&means, most),
        ]
    }

    fn wide(&self, shown: &[(usize, &ComparedAnswer)], most: usize) -> Table {
        let column = |one: &ComparedAnswer| Column::points(&one.id, plain(&one.label));
        let columns = [Column::words("edit", EDIT)];
        let columns = columns.into_iter().chain(shown.iter().map(|one| column(one.1)));
        let mut table = self.table(columns.collect::<Vec<_>>());
        for edit in self.ordered(shown).into_iter().take(most) {
            let effects = shown.iter().map(|(at, _)| edit.effects.get(*at).map(|one| one.value.0).into());
            table.row([said::called(edit).into()].into_iter().chain(effects).collect::<Vec<Cell>>());
        }
        table
    }

    fn long(&self, shown: &[(usize, &ComparedAnswer)], (edits, effects): (usize, usize)) -> Table {
        let mut table = self.table([Column::words("edit", EDIT), Column::points("effect", "adds")]);
        for edit in self.ordered(shown).into_iter().take(edits) {
            table.group(said::called(edit));
            for (answer, one) in self.effects(edit, shown).into_iter().take(effects) {
                table.nested([label(answer), Cell::from(one).measured(measure(answer))]);
            }
        }
        table
    }

    /// What an edit adds to some answers, what moves most first.
    fn effects<'s>(
        &self,
        edit: &EditFinding,
        shown: &[(usize, &'s ComparedAnswer)],
    ) -> Vec<(&'s ComparedAnswer, Estimate)> {
        let own = shown.iter().filter_map(|(at, answer)| Some((*answer, effect(edit, *at)?)));
        let mut all: Vec<_> = own.collect();
        all.sort_by(|a, b| sized(b.1.value, b.0).total_cmp(&sized(a.1.value, a.0)));
        all
    }

    /// The edits that move any of some answers, those that move one most first.
    fn ordered(&self, shown: &[(usize, &ComparedAnswer)]) -> Vec<&EditFinding> {
        let size = |edit: &EditFinding| {
            let sizes = shown.iter().filter_map(|(at, one)| Some(sized(effect(edit, *at)?.value, one)));
            sizes.fold(0.0, f64::max)
        };
        let moves = |edit: &EditFinding| shown.iter().any(|(at, _)| effect(edit, *at).is_some());
        let mut all: Vec<&EditFinding> = self.found.edits.iter().filter(|one| moves(one)).collect();
        all.sort_by(|a, b| size(b).total_cmp(&size(a)));
        all
    }

    fn shares(&self) -> String {
        let Some(how) = self.found.attribution else { return String::new() };
        let models = counted(how.models as u64, "scenario");
        let over = match how.method {
            Method::Exact => format!("over all orders in which the edits can be made ({models})"),
            Method::Sampled => format!(
                "over {} drawn orders of the edits ({models}); ± holds what other orders would say",
                count(how.permutations)
            ),
        };
        let mut text = format!(
            "An edit's share: what it adds when its turn comes, averaged {over}. The shares sum to the change (Shapley)."
        );
        if self.found.edits.iter().any(|one| one.changes.len() > 1) {
            text += match how.gathered {
                true => " Edits that stand near each other are told together, as there are too many.",
                false => " Edits in one row need each other: one alone makes no scenario.",
            };
        }
        text
    }

    /// What differs, as it is written.
    fn texts(&self) -> Table {
        let mut table = self.table([
            Column::words("address", "What differs"),
            Column::words("before", "before"),
            Column::words("after", "after"),
            Column::words("lines", "lines"),
        ]);
        for change in self.found.edits.iter().flat_map(|one| &one.changes) {
            let (before, after) = said::apart(change);
            let text = |one: Option<String>| Cell::from(one.unwrap_or("—".into()));
            table.row([
                said::short(&change.address).into(),
                text(before),
                text(after),
                said::lines(change).into(),
            ]);
        }
        table
    }

    /// Edits that can change no number.
    fn words(&self, detail: Detail) -> Option<String> {
        let words = &self.found.words;
        let most = if detail == Detail::Full { usize::MAX } else { MOST_WORDS };
        let named: Vec<String> = words.iter().take(most).map(|one| one.address.clone()).collect();
        let more = words.len().saturating_sub(most);
        let rest =
            if more > 0 { format!(" and {} more (-v names all)", count(more as u64)) } else { String::new() };
        let number = counted(words.len() as u64, "edit");
        let verb = if words.len() == 1 { "changes" } else { "change" };
        (!words.is_empty()).then(|| format!("{number} {verb} no number: {}{rest}.", named.join(", ")))
    }

    fn summary(&self) -> String {
        let facts = self.facts;
        let parts = [Some(draws(&facts.run)), left_out(&facts.void, facts.run.draws)];
        capitalised(&parts.into_iter().flatten().collect::<Vec<_>>().join(" · "))
    }

    /// A row for each edit and answer, unrounded, and one for each answer's whole move.
    fn main(&self) -> Table {
        let mut table = self.table([
            Column::words("answer", "Answer"),
            Column::words("label", "Label"),
            Column::words("edit", "Edit"),
            Column::words("old", "Old"),
            Column::words("new", "New"),
            Column::probability("before", "Before"),
            Column::probability("after", "After"),
            Column::points("difference", "Change"),
        ]);
        for one in &self.found.answers {
            let texts = [Cell::Blank, Cell::Blank, Cell::Blank];
            let ends = [one.before.map(|one| one.0).into(), one.after.map(|one| one.0).into(), change(one)];
            table.row(
                [[(&one.id).into(), (&one.label).into()].to_vec(), texts.to_vec(), ends.to_vec()].concat(),
            );
        }
        for edit in &self.found.edits {
            for (at, answer) in self.common() {
                let texts = [said::called_whole(edit), said::old(edit), said::new(edit)].map(Cell::from);
                let effect: Cell = edit.effects.get(at).map(|one| one.value.0).into();
                let ends = [Cell::Blank, Cell::Blank, effect];
                table.row(
                    [[(&answer.id).into(), (&answer.label).into()].to_vec(), texts.to_vec(), ends.to_vec()]
                        .concat(),
                );
            }
        }
        table
    }
}

/// What an edit adds to an answer, unless that is certainly nothing.
fn effect(edit: &EditFinding, at: usize) -> Option<Estimate> {
    edit.effects.get(at).map(|one| one.value.0).filter(|one| !one.exact || one.value != 0.0)
}

/// How far something moves an answer: of means in units of their size; 0 where that is not known.
fn sized(move_by: f64, answer: &ComparedAnswer) -> f64 {
    let size = move_by.abs() / said::scale(answer);
    if size.is_finite() { size } else { 0.0 }
}

/// Whether answers are few and have short names.
fn stand_side_by_side(shown: &[(usize, &ComparedAnswer)]) -> bool {
    shown.len() <= SIDE_BY_SIDE && shown.iter().all(|(_, one)| width(&one.label) <= HEADING)
}

/// What people call one of two scenarios.
fn called(side: &Compared) -> String {
    if side.label == side.name { plain(&side.name) } else { quoted(&side.label) }
}

/// What people call an answer, with the unit of a mean.
fn label(answer: &ComparedAnswer) -> Cell {
    measured(&answer.label, answer.unit.as_deref()).into()
}

fn measure(answer: &ComparedAnswer) -> Measure {
    if answer.measure == Kind::Probability { Measure::Points } else { Measure::Change }
}

fn before(one: &ComparedAnswer) -> Cell {
    value(one, one.before.map(|one| one.0))
}

fn after(one: &ComparedAnswer) -> Cell {
    value(one, one.after.map(|one| one.0))
}

fn value(one: &ComparedAnswer, estimate: Option<Estimate>) -> Cell {
    let Some(estimate) = estimate else { return "—".into() };
    let cell = Cell::from(estimate);
    if one.measure == Kind::Mean { cell.measured(Measure::Quantity) } else { cell }
}

fn change(one: &ComparedAnswer) -> Cell {
    if one.before.is_none() || one.after.is_none() {
        return Cell::Blank;
    }
    Cell::from(one.difference).measured(measure(one))
}

#[cfg(test)]
mod tests;

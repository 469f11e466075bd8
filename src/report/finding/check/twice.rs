//! A second, plain simulation beside the engine's answers.

use crate::analysis::second_opinion::{Kind, SecondOpinion, Twice};
use crate::report::number::{count, counted};
use crate::report::page::{Cell, Column, Detail, Measure, Page, Table};

/// Means and percentiles beyond these are told only where they lie farthest apart, if nobody wants everything.
const MANY: usize = 12;

/// Adds the sentence, and if more than that is wanted the table and how to read it.
pub(super) fn add(found: &SecondOpinion, page: &mut Page, detail: Detail) {
    page.sentence(sentence(found));
    let (shown, hidden) = chosen(found, detail);
    page.table(table(&shown));
    if found.compared > 0 {
        page.note(explanation(found, hidden));
    }
    untold(found).for_each(|text| _ = page.note(text));
}

/// What came out.
pub(super) fn sentence(found: &SecondOpinion) -> String {
    let worlds = counted(found.worlds, "drawn world");
    if found.compared == 0 {
        return format!("A second, plain simulation of {worlds} can't tell: {}.", why(found));
    }
    let total = counted(found.compared as u64, "answer");
    match found.disagree {
        0 => format!(
            "A second, plain simulation of {worlds} agrees: {} of {total} lie within chance (largest |z| {:.1}).",
            found.agree, found.largest_z
        ),
        _ => format!(
            "A second, plain simulation of {worlds} disagrees: {} of {total} lie further apart than chance has them: {}.",
            count(found.disagree as u64),
            worst(found)
        ),
    }
}

fn why(found: &SecondOpinion) -> String {
    match found.is_too_few() {
        true => format!(
            "{} of them match what was learned, and fewer than 100 tell nothing",
            count(found.matching)
        ),
        false => "there is nothing to compare".into(),
    }
}

/// What disagrees, and by how much.
fn worst(found: &SecondOpinion) -> String {
    let one = |one: &Twice| match one.z.is_finite() {
        true => format!("{} (z {})", one.what, signed(one.z)),
        false => format!("{} (which can't be by chance)", one.what),
    };
    let all = found.answers.iter().filter(|one| one.agrees == Some(false));
    all.map(one).collect::<Vec<_>>().join(", ")
}

fn signed(z: f64) -> String {
    format!("{z:+.1}").replace('-', "−")
}

/// The answers that are shown, and how many are not.
fn chosen(found: &SecondOpinion, detail: Detail) -> (Vec<&Twice>, usize) {
    let compared: Vec<&Twice> = found.answers.iter().filter(|one| one.agrees.is_some()).collect();
    let is_main = |one: &Twice| !one.kind.is_mean() && one.kind != Kind::Percentile;
    let mut sizes: Vec<f64> = compared.iter().filter(|one| !is_main(one)).map(|one| one.z.abs()).collect();
    sizes.sort_by(|a, b| b.total_cmp(a));
    let least = sizes.get(MANY).copied().filter(|_| detail < Detail::Full);
    let is_shown = |one: &&Twice| {
        is_main(one) || one.agrees == Some(false) || least.is_none_or(|least| one.z.abs() > least)
    };
    let shown: Vec<&Twice> = compared.iter().copied().filter(is_shown).collect();
    let hidden = compared.len() - shown.len();
    (shown, hidden)
}

/// Each answer, twice.
fn table(answers: &[&Twice]) -> Table {
    let columns = [
        Column::words("what", "Answer"),
        Column::probability("integrated", "Integrated"),
        Column::probability("plain", "Plain"),
        Column::words("z", "z"),
    ];
    let mut table = Table::new(DECIMALS, columns);
    for one in answers {
        let z = if one.z.is_finite() { signed(one.z) } else { "∞".into() };
        let mark = if one.agrees == Some(false) { format!("{z} ✗") } else { z };
        table.row([Cell::from(label(one)), shown(one, &one.integrated), shown(one, &one.plain), mark.into()]);
    }
    table
}

const DECIMALS: usize = 2;

/// What an answer is; of a percentile, where it lies.
fn label(one: &Twice) -> String {
    match one.at {
        Some(at) => format!("{}, {}", one.what, crate::diagnostic::number::general(at)),
        None => one.what.clone(),
    }
}

fn shown(one: &Twice, estimate: &crate::statistics::Estimate) -> Cell {
    let measure = if one.kind.is_mean() { Measure::Quantity } else { Measure::Probability };
    Cell::from(estimate).measured(measure)
}

/// How to read the table.
fn explanation(found: &SecondOpinion, hidden: usize) -> String {
    let rest = match hidden {
        0 => String::new(),
        _ => format!(" {} more lie nearer to each other; -v shows them all.", count(hidden as u64)),
    };
    format!(
        "Integrated: what `run` says. Plain: numbers, states, theories and outcomes drawn world by world, and counted. z: their difference \
         in standard errors of both; up to {:.1} is chance, with an error of {} % for all answers together. Of a percentile, the share of \
         worlds at or below it.{rest}",
        found.critical_z,
        100.0 * found.familywise_error
    )
}

/// What was not compared, by reason.
fn untold(found: &SecondOpinion) -> impl Iterator<Item = String> {
    let mut reasons: Vec<(&str, Vec<&str>)> = Vec::new();
    for one in &found.answers {
        let Some(reason) = one.reason else { continue };
        match reasons.iter_mut().find(|(known, _)| *known == reason) {
            Some((_, all)) => all.push(&one.what),
            None => reasons.push((reason, vec![&one.what])),
        }
    }
    reasons.into_iter().map(|(reason, all)| format!("Not compared: {} ({reason}).", all.join(", ")))
}

/// A row for each answer, also those that were not compared.
pub(super) fn main(found: &SecondOpinion) -> Table {
    let columns = [
        Column::words("kind", "Kind"),
        Column::words("what", "Answer"),
        Column::quantity("at", "At"),
        Column::quantity("integrated", "Integrated").with_error(),
        Column::quantity("plain", "Plain"),
        Column::quantity("plain_std_error", "Its error"),
        Column::quantity("z", "z"),
        Column::quantity("p_value", "p"),
        Column::words("agrees", "Agrees"),
        Column::words("reason", "Reason"),
    ];
    let mut table = Table::new(DECIMALS, columns);
    for one in &found.answers {
        let finite = |x: f64| x.is_finite().then_some(x);
        table.row([
            Cell::from(kind(one.kind)),
            Cell::from(&one.what),
            one.at.into(),
            Cell::from(one.integrated.0),
            finite(one.plain.value).into(),
            finite(one.plain.std_error).into(),
            finite(one.z).into(),
            finite(one.p_value).into(),
            one.agrees.into(),
            one.reason.into(),
        ]);
    }
    table
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Outcome => "outcome",
        Kind::Event => "event",
        Kind::State => "state",
        Kind::Theory => "theory",
        Kind::OutcomeUnderTheory => "outcome_under_theory",
        Kind::Evidence => "evidence",
        Kind::Mean => "mean",
        Kind::MeanGivenOutcome => "mean_given_outcome",
        Kind::Percentile => "percentile",
    }
}

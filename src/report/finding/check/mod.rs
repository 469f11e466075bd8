//! The verdicts on a file's claims, as a page.

mod screen;
mod signs;
mod twice;

use super::readings::readings;
use super::screenful::screenful;
use crate::analysis::claims::{Agreement, CheckFinding, Comparison, Counts, Verdict};
use crate::report::number::{count, counted};
use crate::report::page::{Cell, Column, Detail, Footnote, Measure, Page, Table};
use crate::report::paged::{Paged, View};
use crate::report::prose::{origin, quoted, stem};
use crate::session::Facts;
use signs::{AGREES, DECIMALS, DISAGREES, OPEN, size};

impl Paged for CheckFinding {
    fn page(&self, facts: &Facts, view: View) -> Page {
        match view.detail {
            Detail::Screen => screenful(screen::ROWS, |most| self.page_of(facts, view.detail, most)),
            _ => self.page_of(facts, view.detail, usize::MAX),
        }
    }
}

impl CheckFinding {
    /// With as many claims, if it is a screen.
    fn page_of(&self, facts: &Facts, detail: Detail, most: usize) -> Page {
        let mut page = Page::default();
        let is_screen = detail == Detail::Screen;
        let claims = if is_screen { screen::claims(self, most) } else { claims(self, detail) };
        if detail > Detail::Brief {
            page.title = facts.scenario.title.clone();
            page.lead.extend(facts.scenario.question.clone());
            if let Some(text) = screen::headline(self) {
                page.sentence(text + ".");
            }
        }
        let second = self.second_opinion.as_ref();
        if let Some(second) = second.filter(|_| detail > Detail::Brief) {
            twice::add(second, &mut page, detail);
        }
        if detail > Detail::Brief && !claims.is_empty() {
            let file = &facts.scenario.file;
            page.footnote = Some(Footnote { name: format!("{}-check", stem(file)), text: origin(facts) });
            let note = if is_screen { screen::explanation(self, most) } else { explanation(self).into() };
            page.table(claims).note(note);
        }
        if detail > Detail::Brief {
            conflicts(self).for_each(|text| _ = page.sentence(text));
        }
        if detail == Detail::Full {
            page.table(readings(&facts.readings));
        } else if detail > Detail::Brief {
            let rounded = facts.readings.iter().filter(|one| one.is_rounding);
            rounded.for_each(|one| _ = page.sentence(format!("{}: {}.", one.place, one.text)));
        }
        page.foot = vec![sound(&facts.scenario.file, &self.counts), in_short(self)];
        if is_screen && !self.claims.is_empty() {
            page.foot.push("-v shows every claim as it is written, with all that it was tested on.".into());
        }
        if detail == Detail::Brief {
            page.foot.extend(second.map(twice::sentence));
        }
        page.main = second.map_or_else(|| main(self), twice::main);
        page
    }
}

/// More comparisons than these are told by the least of them, if all hold.
const MANY: usize = 2;

/// Each claim with its verdict and the numbers behind it.
fn claims(found: &CheckFinding, detail: Detail) -> Table {
    let difference = Column::new(Measure::Margin, "difference", "Difference").with_error();
    let mut table = Table::new(DECIMALS, [Column::words("claim", "Claim"), difference]);
    found.claims.iter().for_each(|claim| block(&mut table, claim, detail));
    table
}

fn block(table: &mut Table, claim: &Verdict, detail: Detail) {
    let (mark, word) = match claim.agreement {
        Agreement::Agrees => (AGREES, "agrees"),
        Agreement::Disagrees => (DISAGREES, "disagrees"),
        Agreement::CannotTell => (OPEN, "cannot tell at this precision"),
    };
    table.group(format!("{mark} {word}: {}", claim.text));
    if claim.written != claim.text {
        table.nested([Cell::from(&claim.written)]);
    }
    let number = claim.comparisons.len();
    let is_short = claim.agreement == Agreement::Agrees && number > MANY && detail < Detail::Full;
    match claim.comparisons.iter().min_by(|a, b| size(a).total_cmp(&size(b))) {
        Some(least) if is_short => {
            comparison(table, least, claim.agreement);
            table.nested([Cell::from(format!("the least of {number} differences"))]);
        }
        _ => claim.comparisons.iter().for_each(|one| comparison(table, one, claim.agreement)),
    }
}

/// A difference, its error and, where it is not that of the claim, its verdict.
fn comparison(table: &mut Table, one: &Comparison, whole: Agreement) {
    let verdict = if one.agreement == whole { String::new() } else { format!(": {}", word(one.agreement)) };
    table.nested([Cell::from(format!("{}{verdict}", one.what)), one.difference.0.into()]);
}

/// The word for an agreement.
fn word(agreement: Agreement) -> &'static str {
    match agreement {
        Agreement::Agrees => "agrees",
        Agreement::Disagrees => "disagrees",
        Agreement::CannotTell => "cannot tell",
    }
}

/// What the numbers are; nothing if there are none.
fn explanation(found: &CheckFinding) -> &'static str {
    let mut differences = found.claims.iter().flat_map(|claim| &claim.comparisons).map(|one| one.difference);
    match differences.clone().next() {
        None => "",
        Some(_) if differences.all(|one| one.exact) => "Differences in points, all exact.",
        Some(_) => "Differences in points. ±: the sampling error, half of the 90 % interval.",
    }
}

/// A sentence for each set of claims that can't hold together.
fn conflicts(found: &CheckFinding) -> impl Iterator<Item = String> {
    found.conflicts.iter().map(|set| {
        let claims = set.iter().filter_map(|at| found.claims.get(*at));
        let named: Vec<String> = claims.map(|claim| quoted(&claim.text)).collect();
        format!("No model can meet these claims together: {}.", named.join("; "))
    })
}

/// What the file consists of.
fn sound(file: &str, counts: &Counts) -> String {
    let kinds = [
        ("factor", "factors", counts.factors),
        ("derived value", "derived values", counts.derived_values),
        ("event", "events", counts.events),
        ("outcome", "outcomes", counts.outcomes),
        ("claim", "claims", counts.claims),
        ("theory", "theories", counts.theories),
        ("correlation", "correlations", counts.correlations),
        ("item of evidence", "items of evidence", counts.items_of_evidence),
        ("variant", "variants", counts.variants),
    ];
    let present = kinds.iter().filter(|(.., number)| *number > 0);
    let noun = |(one, several, number): &(&str, &str, usize)| {
        format!("{} {}", count(*number as u64), if *number == 1 { one } else { several })
    };
    format!("{file} is sound: {}.", present.map(noun).collect::<Vec<_>>().join(", "))
}

/// What came of its claims.
fn in_short(found: &CheckFinding) -> String {
    let Some(draws) = found.draws.filter(|_| found.tested) else {
        return "Its claims were not tested.".into();
    };
    if found.claims.is_empty() {
        return "It makes no claims to test.".into();
    }
    let total = counted(found.claims.len() as u64, "claim");
    let given = match &found.evidence[..] {
        [] => String::new(),
        items => format!(" given the evidence {},", items.join(", ")),
    };
    format!(
        "{total} tested{given} with {}: {} agreed, {} disagreed, {} too close to tell.",
        counted(draws, "draw"),
        found.agree,
        found.disagree,
        found.cannot_tell
    )
}

/// A row for each comparison; a claim without any has one of its own.
fn main(found: &CheckFinding) -> Table {
    let columns = [
        Column::words("claim", "Claim"),
        Column::words("expect", "Test"),
        Column::words("verdict", "Verdict"),
        Column::words("what", "Comparison"),
        Column::new(Measure::Margin, "difference", "Difference").with_error(),
        Column::words("comparison_verdict", "Its verdict"),
        Column::words("place", "Place"),
    ];
    let mut table = Table::new(DECIMALS, columns);
    for claim in &found.claims {
        let row = |comparison: [Cell; 3]| {
            let [what, difference, own] = comparison;
            let (text, expect) = (Cell::from(&claim.text), Cell::from(&claim.written));
            [text, expect, word(claim.agreement).into(), what, difference, own, (&claim.place).into()]
        };
        for one in &claim.comparisons {
            table.row(row([(&one.what).into(), one.difference.0.into(), word(one.agreement).into()]));
        }
        if claim.comparisons.is_empty() {
            table.row(row([Cell::Blank, Cell::Blank, Cell::Blank]));
        }
    }
    table
}

#[cfg(test)]
mod tests;

//! The verdicts on one screen: in a sentence, then a line for each claim.

use super::signs::{AGREES, DECIMALS, DISAGREES, OPEN, size};
use crate::analysis::claims::{Agreement, CheckFinding, Verdict};
use crate::report::page::{Cell, Column, Measure, Table};
use crate::report::prose::headline::in_words;
use crate::report::prose::{capitalised, cut, listed};
use crate::report::wrapping::plain;

/// As many claims as are shown at the most, unless more do not agree: of those that agree, the ones that are nearest to not doing so.
pub(super) const ROWS: usize = 12;

/// As many columns as a claim has.
const LABEL: usize = 66;

/// How many claims agree; `None` if none was tested.
pub(super) fn headline(found: &CheckFinding) -> Option<String> {
    let total = found.claims.len();
    if !found.tested || total == 0 {
        return None;
    }
    let claims = in_words(total, "claim");
    let others = [
        (found.disagree, "disagree", "disagrees"),
        (found.cannot_tell, "are too close to tell", "is too close to tell"),
    ];
    let others = others.into_iter().filter(|(number, ..)| *number > 0);
    let others: Vec<String> = others
        .map(|(number, several, one)| format!("{number} {}", if number == 1 { one } else { several }))
        .collect();
    Some(match (found.agree, total) {
        (1, 1) => "Its one claim agrees".into(),
        (0, 1) => {
            format!("Its one claim {}", if found.disagree > 0 { "disagrees" } else { "is too close to tell" })
        }
        (all, total) if all == total => format!("All {claims} agree"),
        (0, _) => format!("None of {claims} agrees: {}", listed(&others)),
        (agree, _) => format!("{agree} of {claims} agree, {}", listed(&others)),
    })
    .map(|text: String| capitalised(&text))
}

/// What does not agree first, then what agrees by least.
pub(super) fn claims(found: &CheckFinding, most: usize) -> Table {
    let difference = Column::new(Measure::Margin, "difference", "points");
    let mut table = Table::new(DECIMALS, [Column::words("claim", "Claim"), difference]);
    let mut order: Vec<&Verdict> = found.claims.iter().collect();
    order.sort_by(|a, b| rank(a).cmp(&rank(b)).then(nearest(a).total_cmp(&nearest(b))));
    for claim in order.into_iter().take(shown(found, most)) {
        let mark = match claim.agreement {
            Agreement::Agrees => AGREES,
            Agreement::Disagrees => DISAGREES,
            Agreement::CannotTell => OPEN,
        };
        let least = claim.comparisons.iter().min_by(|a, b| size(a).total_cmp(&size(b)));
        let by = least.map(|one| one.difference.value.abs());
        table.row([Cell::from(format!("{mark} {}", cut(&plain(&claim.text), LABEL))), by.into()]);
    }
    table
}

/// How many claims are shown: whatever room there is, none that does not agree is left out.
fn shown(found: &CheckFinding, most: usize) -> usize {
    let worrying = found.claims.iter().filter(|one| one.agreement != Agreement::Agrees).count();
    most.max(worrying).min(found.claims.len())
}

/// What the points are.
pub(super) fn explanation(found: &CheckFinding, most: usize) -> String {
    let (all, shown) = (found.claims.len(), shown(found, most));
    let some = match shown < all {
        true => format!(" {shown} of {all} claims are shown, those that hold by least."),
        false => String::new(),
    };
    match found.claims.iter().any(|one| !one.comparisons.is_empty()) {
        true => format!("Points: by how much the nearest comparison of each holds or fails.{some}"),
        false => String::new(),
    }
}

fn rank(claim: &Verdict) -> u8 {
    match claim.agreement {
        Agreement::Disagrees => 0,
        Agreement::CannotTell => 1,
        Agreement::Agrees => 2,
    }
}

/// How near to the border its nearest comparison lies; what has none comes first.
fn nearest(claim: &Verdict) -> f64 {
    claim.comparisons.iter().map(size).fold(f64::INFINITY, f64::min)
}

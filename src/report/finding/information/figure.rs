//! What to find out next, as a picture.

use super::sentences::{is_told, lead};
use crate::analysis::information::{InformationFinding, Item};
use crate::chart::{Information, InformationRow};
use crate::report::finding::wording::{noted, wording};
use crate::report::number::{general, whole};
use crate::report::prose::cut;
use crate::report::wrapping::plain;
use crate::session::Facts;

/// As many things as are shown, and as many letters as each has.
const ROWS: usize = 12;
const LETTERS: usize = 90;

/// What each thing is expected to tell; nothing if nothing bears on the answer.
pub fn figure(found: &InformationFinding, facts: &Facts) -> Option<Information> {
    let told: Vec<&Item> = found.items.iter().filter(|one| is_told(one)).collect();
    let what = format!(
        "By how many bits finding it out is expected to lower the entropy of the answer, which is {}",
        general(found.entropy)
    );
    let more = told.len().saturating_sub(ROWS);
    let note = (more > 0).then(|| format!("the {ROWS} most telling; {more} more tell less"));
    let figure = Information {
        wording: noted(wording(facts, lead(found), &what), note),
        rows: told.iter().take(ROWS).map(|one| row(one, found.entropy)).collect(),
    };
    (!figure.rows.is_empty()).then_some(figure)
}

fn row(one: &Item, entropy: f64) -> InformationRow {
    InformationRow {
        label: cut(&plain(&one.short), LETTERS),
        bits: one.bits.value,
        interval: one.bits.interval,
        value: format!("{:.3} · {}", one.bits.value, whole(one.bits.value / entropy)),
        changes: format!("lead changes: {}", whole(one.changes.value)),
    }
}

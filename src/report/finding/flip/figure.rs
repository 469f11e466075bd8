//! What would change the answer, as a picture.

use super::sentences::{FAR, away, lead, value};
use crate::analysis::flip::{Flip, FlipFinding};
use crate::chart::{Flips, FlipsRow};
use crate::report::finding::wording::{noted, wording};
use crate::report::number::whole;
use crate::report::prose::cut;
use crate::report::wrapping::plain;
use crate::session::Facts;

/// As many things as are shown, and as many letters as each has.
const ROWS: usize = 12;
const LETTERS: usize = 90;

/// How far each thing has to go for another outcome to lead; nothing if no number alone does it.
pub fn figure(found: &FlipFinding, facts: &Facts) -> Option<Flips> {
    let numbers: Vec<&Flip> = found.alone.iter().filter(|one| one.fixed.distance.is_some()).collect();
    let row = |one: &&Flip| {
        let at = found.outcomes.iter().position(|outcome| outcome.id == one.leads)?;
        Some(FlipsRow {
            label: cut(&plain(&one.fixed.short), LETTERS),
            distance: one.fixed.distance?,
            value: format!("{} · {}", value(&one.fixed), away(&one.fixed)),
            leads: format!("{}: {}", plain(&found.outcomes[at].short), whole(one.outcomes[at].value)),
        })
    };
    let what = format!(
        "How far each has to be fixed for another outcome to lead: {FAR}; all else stays as uncertain as it is"
    );
    let more = numbers.len().saturating_sub(ROWS);
    let note = (more > 0).then(|| format!("the {ROWS} nearest; {more} more lie farther"));
    let figure = Flips {
        wording: noted(wording(facts, lead(found), &what), note),
        rows: numbers.iter().take(ROWS).filter_map(row).collect(),
    };
    (!figure.rows.is_empty()).then_some(figure)
}

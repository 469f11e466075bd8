//! Futures as a picture.

use super::sentences::{EVENTS, FEW, lead, told};
use crate::analysis::worlds::{FutureFinding, WorldsFinding};
use crate::chart::{FutureRow, Futures};
use crate::report::finding::wording::wording;
use crate::report::number::{count, whole};
use crate::report::wrapping::plain;
use crate::session::Facts;

/// As many futures as are shown.
const MOST: usize = 12;

/// The first futures with what is the case in them.
pub fn figure(found: &WorldsFinding, facts: &Facts) -> Option<Futures> {
    let row = |future: &FutureFinding| {
        let outcome = future.outcome.as_ref();
        FutureRow {
            number: future.number(),
            told: told(found, future, FEW, EVENTS).iter().map(|text| plain(text)).collect(),
            outcome: outcome.map_or(String::new(), |one| plain(&found.outcomes[one.at].short)),
            probability: outcome
                .map_or(String::new(), |one| format!("{} probable in it", whole(one.probability))),
            typical: future.typical,
            share: whole(future.typical),
        }
    };
    let rows: Vec<FutureRow> = found.futures.iter().take(MOST).map(row).collect();
    let part = match found.futures.len() > MOST {
        true => format!(" Shown: the first {MOST} of {}.", found.futures.len()),
        false => String::new(),
    };
    let subtitle = format!(
        "Futures of the model, each as probable as any other, by the number of the draw. Typical: the share of {} others that are \
         less so.{part}",
        count(found.compared_with as u64)
    );
    let title = lead(found).trim_end_matches('.').to_string();
    (!rows.is_empty()).then(|| Futures { wording: wording(facts, title, &subtitle), rows })
}

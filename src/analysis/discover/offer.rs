//! What is said where a path has no box that was wished.

use super::peel::Stage;
use super::wish::Wish;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::number::general;

/// The refusal of a number that no box of the path has.
pub(super) fn beyond(number: usize, path: &[Stage]) -> Option<Diagnostic> {
    let last = path.len() - 1;
    (number > last).then(|| {
        let message = match last {
            0 => format!("the path has no box {number}: nothing can be peeled off all that there is"),
            _ => format!("the path has no box {number}: its boxes are numbered 0 to {last}"),
        };
        Diagnostic::error("no-box", message).hint(offer(path))
    })
}

/// The warning that no box comes up to what was wished, so that another was taken.
pub(super) fn missed(wish: Wish, path: &[Stage], chosen: usize) -> Option<Diagnostic> {
    let own = path[chosen].sums;
    match wish {
        Wish::Density(least) if own.density() < least => {
            let message = format!(
                "in no box of the path it happens in {}: the densest, number {chosen}, is taken, with {}",
                percent(least),
                percent(own.density())
            );
            let hint = format!("ask for less, or let boxes be smaller with --support; {}", offer(path));
            Some(Diagnostic::warning("no-box", message).hint(hint))
        }
        Wish::Coverage(least) if chosen == 0 && path.len() > 1 => {
            let next = path[1].sums.hits / path[0].sums.hits;
            let message = match next < least {
                true => format!("no smaller box of the path holds {} of it", percent(least)),
                false => format!("no box of the path that holds {} of it is denser than all", percent(least)),
            };
            Some(Diagnostic::warning("no-box", message).hint(format!("ask for less; {}", offer(path))))
        }
        _ => None,
    }
}

/// What a path offers, from its first box that is not all to its last, where boxes were looked for.
fn offer(path: &[Stage]) -> String {
    let all = path[0].sums;
    let told = |at: usize| {
        let own = path[at].sums;
        format!(
            "box {at} has {} density and {} coverage",
            percent(own.density()),
            percent(own.hits / all.hits)
        )
    };
    match path.len() {
        0 | 1 => "leave --box out, or let boxes be smaller with --support".into(),
        2 => format!("the path offers one: {}", told(1)),
        count => format!("the path offers: {}, {}", told(1), told(count - 1)),
    }
}

fn percent(share: f64) -> String {
    format!("{} %", general((share * 1000.0).round() / 10.0))
}

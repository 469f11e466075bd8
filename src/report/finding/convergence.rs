//! How the answers settled, as a picture.

use super::telling::most_telling;
use super::wording::wording;
use crate::analysis::convergence::{ConvergenceFinding, Look};
use crate::chart::{ConvergenceLine, Settling};
use crate::report::number::{self, counted, estimate, quantity, with_unit};
use crate::report::prose::named;
use crate::session::Answer;

/// As many answers as stand in one picture.
const LINES: usize = 8;

/// How near to its last value an answer has to stay to have settled: half a point.
const NEAR: f64 = 0.005;

/// How the answers settled as draws were added; `None` where no draw enters them. Probabilities before means, which have another
/// scale: of means there is one.
pub fn figure(answer: &Answer<ConvergenceFinding>) -> Option<Settling> {
    let (found, facts) = (&answer.finding, &answer.facts);
    let has_chances = found.answers.iter().any(|one| !one.is_mean);
    let most = if has_chances { LINES } else { 1 };
    let all = (0..found.answers.len()).filter(|at| found.answers[*at].is_mean != has_chances);
    let last = found
        .looks
        .last()
        .filter(|last| found.looks.len() > 1 && !last.answers.iter().all(|one| one.exact))?;
    // Of many those that are least settled.
    let candidates: Vec<usize> = all.clone().collect();
    let unsettled = |at: &usize| match has_chances {
        true => last.answers[*at].value * (1.0 - last.answers[*at].value),
        false => 1.0,
    };
    let kept = most_telling(&candidates.iter().map(unsettled).collect::<Vec<_>>(), most);
    let shown: Vec<usize> = kept.into_iter().map(|at| candidates[at]).collect();
    let line = |at: &usize| {
        let value = &last.answers[*at];
        ConvergenceLine {
            name: named(&found.answers[*at].label),
            value: match has_chances {
                true => estimate(value, facts.run.decimals),
                false => with_unit(&quantity(value), found.answers[*at].unit.as_deref()),
            },
            points: found.looks.iter().map(|look| ends(look, *at)).collect(),
        }
    };
    let title = if has_chances {
        settled(&found.looks, &shown)
    } else {
        error(last, shown[0], found.answers[shown[0]].unit.as_deref())
    };
    let mut wording = wording(
        facts,
        title,
        "Each answer, and the 90\u{a0}% interval of its sampling error, as draws are added",
    );
    let more = all.count() - shown.len();
    if more > 0 {
        wording.caption =
            format!("{} of {} answers shown · {}", shown.len(), shown.len() + more, wording.caption);
    }
    Some(Settling {
        wording,
        is_probability: has_chances,
        draws: found.looks.iter().map(|look| look.draws).collect(),
        lines: shown.iter().map(line).collect(),
    })
}

fn ends(look: &Look, at: usize) -> [f64; 3] {
    look.answers.get(at).map_or([f64::NAN; 3], |one| [one.value, one.interval.0, one.interval.1])
}

/// From when on every answer stays within half a point of its last value.
fn settled(looks: &[Look], shown: &[usize]) -> String {
    let Some((last, before)) = looks.split_last() else { return String::new() };
    let is_near = |look: &&Look| {
        shown.iter().all(|at| (look.answers[*at].value - last.answers[*at].value).abs() <= NEAR)
    };
    let near = before.iter().rev().take_while(is_near).last();
    let whose = if shown.len() == 1 { "the answer stays" } else { "all answers stay" };
    match near {
        Some(look) => format!("From {} on, {whose} within half a point of the last value", draws(look)),
        None => format!(
            "It took all of {} to come within half a point of the last value",
            counted(last.draws, "draw")
        ),
    }
}

fn draws(look: &Look) -> String {
    counted(look.draws, "draw").replace(' ', "\u{a0}")
}

fn error(last: &Look, at: usize, unit: Option<&str>) -> String {
    let value = &last.answers[at];
    let (mean, error) = (quantity(value), with_unit(&number::figure(value.half_width()), unit));
    format!("After {} the mean is {mean} ± {error}", draws(last))
}

//! The answer in a sentence.

use super::About;
use crate::analysis::sensitivity::{Answer, Lever, LeverKind, LeverLevel, Method};
use crate::report::number::{estimate, quantity, with_unit};
#[cfg(feature = "charts")]
use crate::report::number::{figure, points};
use crate::report::prose::quoted;
use crate::statistics::Estimate;

impl About<'_> {
    /// The answer that is most probable, or the first.
    pub(super) fn leading(&self) -> Option<&Answer> {
        let probable = |a: &&Answer, b: &&Answer| a.value.value.total_cmp(&b.value.value);
        self.told().filter(|one| one.is_outcome).max_by(probable).or_else(|| self.told().next())
    }

    /// What moves the leading answer.
    pub(super) fn answer(&self) -> String {
        let Some(answer) = self.leading() else { return "There is nothing to move.".into() };
        match answer.levers.first() {
            Some(lever) if lever.is_felt() => {
                format!(
                    "{} is moved most by {}{}",
                    quoted(&answer.short),
                    self.moved(answer, lever),
                    self.share(answer)
                )
            }
            _ if answer.value.value.is_nan() => {
                format!("What {} is on average can't be told.", quoted(&answer.short))
            }
            _ if self.found.method == Method::Late => {
                format!("Time ran out before it could be told what moves {}.", quoted(&answer.short))
            }
            Some(_) if answer.indices.is_empty() => {
                format!("What moves {} can't be told from so few draws.", quoted(&answer.short))
            }
            _ if answer.indices.is_empty() => {
                format!(
                    "Nothing moves {}: it stays at {}.",
                    quoted(&answer.short),
                    self.value(answer, &answer.value)
                )
            }
            _ => format!("Nothing moves {} by itself.{}", quoted(&answer.short), self.share(answer)),
        }
    }

    fn moved(&self, answer: &Answer, lever: &Lever) -> String {
        let (low, high) = ends(lever);
        let middle = if lever.turns() {
            format!(", {} at its median", self.value(answer, &lever.levels[1].value))
        } else {
            String::new()
        };
        let at = |level: &LeverLevel| match lever.kind {
            LeverKind::Percentiles => format!("at its {}", level.label),
            LeverKind::Event if level.id == "true" => "if it happens".into(),
            LeverKind::Event => "if it does not".into(),
            LeverKind::States => format!("in the state {}", quoted(&level.label)),
            LeverKind::Theories => format!("under {}", quoted(&level.label)),
        };
        format!(
            "{}: {} {}{middle}, {} {}.",
            quoted(&lever.label),
            self.value(answer, &low.value),
            at(low),
            self.value(answer, &high.value),
            at(high)
        )
    }

    /// How far a lever moves an answer, and what the answer is at its ends.
    #[cfg(feature = "charts")]
    pub(super) fn by(&self, answer: &Answer, lever: &Lever) -> String {
        let values = || lever.levels.iter().map(|one| one.value.value);
        let width = values().fold(f64::NEG_INFINITY, f64::max) - values().fold(f64::INFINITY, f64::min);
        let size = match answer.is_mean {
            true => with_unit(&figure(width), answer.unit.as_deref()),
            false => format!("{} points", points(width, self.facts.run.decimals)),
        };
        format!("{size} with {}", self.moved(answer, lever).trim_end_matches('.'))
    }

    fn share(&self, answer: &Answer) -> String {
        let Some(first) = answer.indices.first() else { return String::new() };
        let alone = estimate(&first.first, 0);
        let more = match first.interacts() && estimate(&first.total, 0) != alone {
            true => format!(", and {} with what it does together with others", estimate(&first.total, 0)),
            false => String::new(),
        };
        format!(" Of what is not known about the answer, {} alone is {alone}{more}.", quoted(&first.label))
    }

    /// An answer's value as it is printed.
    pub(super) fn value(&self, answer: &Answer, value: &Estimate) -> String {
        match answer.is_mean {
            true => with_unit(&quantity(value), answer.unit.as_deref()),
            false => estimate(value, self.facts.run.decimals),
        }
    }
}

/// The levels between which a lever is told: the first and the last; of states and theories, those with the least and the greatest
/// answer.
pub(super) fn ends(lever: &Lever) -> (&LeverLevel, &LeverLevel) {
    let by_value = |a: &&LeverLevel, b: &&LeverLevel| a.value.value.total_cmp(&b.value.value);
    let known = || lever.levels.iter().filter(|one| one.value.value.is_finite());
    let (first, last) = (&lever.levels[0], &lever.levels[lever.levels.len() - 1]);
    match lever.kind {
        LeverKind::Percentiles | LeverKind::Event => (first, last),
        LeverKind::States | LeverKind::Theories => {
            (known().min_by(by_value).unwrap_or(first), known().max_by(by_value).unwrap_or(last))
        }
    }
}

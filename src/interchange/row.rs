//! The numbers of one combination of parents' states: probabilities whose sum is 1.

use super::blocks::Word;
use super::findings::{Findings, shown};
use crate::diagnostic::{Diagnostic, Hint, Span};
use crate::math::rounding::{self, Digits, Verdict};

/// A number and how it is written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Number {
    pub value: f64,
    pub digits: Digits,
    pub span: Span,
}

impl Number {
    /// A finite number that is not negative, in decimals.
    ///
    /// # Errors
    /// It is none.
    pub fn of(word: &Word) -> Result<Number, Diagnostic> {
        let value = number(&word.text).filter(|value| *value >= 0.0);
        // No minus before a zero.
        let found =
            value.map(|value| Number { value: value.abs(), digits: Digits::of(&word.text), span: word.span });
        found.ok_or_else(|| no_probability(word))
    }
}

/// A finite number in decimals.
pub(super) fn number(text: &str) -> Option<f64> {
    let is_plain = text.bytes().all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte));
    text.parse::<f64>().ok().filter(|value| is_plain && value.is_finite())
}

/// Numbers whose sum is 1, divided by it if they are rounded; of others a message at their place.
pub(super) fn sum_to_one(numbers: &[Number], span: Span, found: &mut Findings) -> Option<Vec<f64>> {
    let (sum, verdict) = rounding::sum(numbers.iter().map(|one| (one.value, one.digits)));
    let values = numbers.iter().map(|one| one.value);
    match verdict {
        Verdict::Whole => Some(values.collect()),
        Verdict::Rounded => {
            found.normalised += 1;
            Some(values.map(|one| one / sum).collect())
        }
        Verdict::Mistaken => {
            found.push(mistaken(numbers, sum, span));
            None
        }
    }
}

fn mistaken(numbers: &[Number], sum: f64, span: Span) -> Diagnostic {
    let message = format!("these probabilities sum to {}, not 1", shortly(sum));
    let error = Diagnostic::error("network-sum", message)
        .at(span, "misses 1 by more than rounding its numbers can do");
    error.hint(in_proportion(numbers, sum))
}

/// What the numbers would be in the same proportions.
fn in_proportion(numbers: &[Number], sum: f64) -> Hint {
    const MOST_SHOWN: usize = 6;
    if !(sum > 0.0 && sum.is_finite()) {
        return "mend a number: every row gives each state its probability".into();
    }
    let shares: Vec<String> = numbers.iter().map(|one| share(one.value / sum)).collect();
    let more = if shares.len() > MOST_SHOWN { ", …" } else { "" };
    let shown = shares[..shares.len().min(MOST_SHOWN)].join(", ");
    let hint = Hint::new(format!("mend a number; in proportion they would be {shown}{more}"));
    numbers.iter().zip(shares).fold(hint, |hint, (one, share)| hint.edit(one.span, share))
}

/// With decimals enough to sum to 1, and none that say nothing.
fn share(value: f64) -> String {
    let text = format!("{value:.12}");
    let text = text.trim_end_matches('0');
    text.strip_suffix('.').unwrap_or(text).into()
}

/// A sum with no more digits than tell it from 1.
pub(super) fn shortly(sum: f64) -> f64 {
    let rounded = (sum * 1e6).round() / 1e6;
    if sum.abs() < 1e6 && rounded != 1.0 { rounded } else { sum }
}

fn no_probability(word: &Word) -> Diagnostic {
    Diagnostic::error("network-number", format!("{} is no probability", shown(&word.text)))
        .at(word.span, "not a number from 0 to 1")
        .hint("write a decimal number such as `0.25` or `2.5e-1`")
}

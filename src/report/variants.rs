//! A file's variants beside the file itself, in every form.

use serde_json::{Value, json};

use super::number::{difference, error, estimate, general, general_difference, general_error, points};
use super::table::{Align, Table};
use super::wrapping::paragraph;
use super::{Report, Variant};
use crate::analysis::variants::Changed;
use crate::diagnostic::Style;
use crate::statistics::{Estimate, INTERVAL_LEVEL};

/// An answer of the file itself that variants are compared in.
#[derive(Clone, Debug, PartialEq)]
pub struct Compared {
    /// Its name; of a state, the factor's and the state's with a full stop between.
    pub id: String,
    /// What people call it.
    pub label: String,
    /// A probability, or a mean.
    pub value: Estimate,
    /// Whether it is the mean of a derived value.
    pub is_mean: bool,
}

impl Report {
    /// What variants are compared in: the outcomes, or in a file without any its states and events; and its derived values.
    pub fn compared(&self) -> Vec<Compared> {
        let probability = |id: &str, label: &str, value: Estimate| Compared {
            id: id.into(),
            label: label.into(),
            value,
            is_mean: false,
        };
        let outcomes = self.outcomes.iter().map(|one| probability(&one.id, &one.label, one.probability));
        let chances = if self.outcomes.is_empty() { self.chances() } else { Vec::new() };
        let chances = chances.iter().map(|one| probability(&one.id, &one.label, one.probability));
        let means = self
            .derived
            .iter()
            .map(|one| Compared { is_mean: true, ..probability(&one.id, &one.label, one.mean) });
        outcomes.chain(chances).chain(means).collect()
    }
}

impl Compared {
    /// A value of it and its error, in per cent and points or in its own unit.
    pub(super) fn figures(&self, value: &Estimate, decimals: usize) -> [String; 2] {
        match self.is_mean {
            true => [general(value.value), general_error(value).trim_start_matches("± ").into()],
            false => [estimate(value, decimals), bare_error(value, decimals)],
        }
    }

    /// How far a variant is from the file itself, with half the 90 % interval; "exact" if no draw entered it.
    pub(super) fn change(&self, found: &Changed, decimals: usize) -> [String; 2] {
        let half = match found.difference.exact {
            true => "exact".into(),
            false if self.is_mean => general_error(&found.difference).trim_start_matches("± ").into(),
            false => points(found.difference.half_width(), decimals),
        };
        let value = found.difference.value;
        [if self.is_mean { general_difference(value) } else { difference(value, decimals) }, half]
    }
}

/// What the values of some answers are.
pub(super) fn value_heading(compared: &[Compared]) -> &'static str {
    let has = |is_mean: bool| compared.iter().any(|one| one.is_mean == is_mean);
    match (has(false), has(true)) {
        (true, true) => "Probability, mean",
        (false, true) => "Mean",
        _ => "Probability",
    }
}

/// What the rows of the file itself are called.
pub const BASE: &str = "as the file has it";

fn bare_error(probability: &Estimate, decimals: usize) -> String {
    error(probability, decimals).trim_start_matches("± ").into()
}

/// The table of a text: under each outcome the file itself, then each variant.
pub(super) fn text(report: &Report, style: Style) -> String {
    use Align::{Left, Right};
    let compared = report.compared();
    if report.variants.is_empty() || compared.is_empty() {
        return String::new();
    }
    let columns = [
        ("What if", Left),
        (value_heading(&compared), Right),
        ("±", Right),
        ("Difference", Right),
        ("±", Right),
    ];
    let mut table = Table::new(&columns);
    let decimals = report.run.decimals;
    for (at, base) in compared.iter().enumerate() {
        table.row(vec![base.label.clone()]);
        let mut cells = vec![format!("  {BASE}")];
        cells.extend(base.figures(&base.value, decimals));
        table.row(cells);
        for variant in &report.variants {
            let found = &variant.found.chances[at];
            let mut cells = vec![format!("  {}", variant.facts.label)];
            cells.extend(base.figures(&found.value, decimals));
            cells.extend(base.change(found, decimals));
            table.row(cells);
        }
    }
    table.text(style) + "\n" + &paragraph(explanation(&compared))
}

/// What the difference is.
pub(super) fn explanation(compared: &[Compared]) -> &'static str {
    match compared.iter().any(|one| one.is_mean) {
        true => {
            "Difference: from the file itself, of probabilities in points. All rows are computed on the same draws, so \
             that its error is that of the difference."
        }
        false => {
            "Difference: from the file itself, in points. All rows are computed on the same draws, so that its error is \
             that of the difference."
        }
    }
}

/// The list in JSON.
pub(super) fn json(report: &Report) -> Value {
    let names = report.compared();
    report.variants.iter().map(|variant| one_json(variant, &names)).collect()
}

fn one_json(variant: &Variant, names: &[Compared]) -> Value {
    let answer = |(name, found): (&Compared, &Changed)| {
        let (value, difference) = (&found.value, &found.difference);
        json!({
            "id": name.id,
            "label": name.label,
            if name.is_mean { "mean" } else { "probability" }: value.value,
            "std_error": value.std_error,
            "interval": [value.interval.0, value.interval.1],
            "interval_level": INTERVAL_LEVEL,
            "exact": value.exact,
            "difference": difference.value,
            "difference_std_error": difference.std_error,
            "difference_interval": [difference.interval.0, difference.interval.1],
            "difference_exact": difference.exact,
        })
    };
    let list = |is_mean: bool| -> Value {
        let all = names.iter().zip(&variant.found.chances);
        all.filter(|(name, _)| name.is_mean == is_mean).map(answer).collect()
    };
    let facts = &variant.facts;
    let mut all = json!({
        "id": facts.id,
        "label": facts.label,
        "set": facts.set,
        "given": facts.given,
        "outcomes": list(false),
        "derived": list(true),
        "evidence": variant.found.learned.as_ref().map(|learned| json!({
            "probability": learned.probability.value,
            "effective_sample_size": learned.effective_draws.is_finite().then_some(learned.effective_draws),
            "std_error": learned.probability.std_error,
            "exact": learned.probability.exact,
        })),
    });
    if !facts.rescaled.is_empty() {
        all["rescaled"] = json!(facts.rescaled);
    }
    all
}

//! A file's variants beside the file itself, in every form.

use serde_json::{Value, json};

use super::number::{difference, error, estimate, points};
use super::table::{Align, Table};
use super::words::paragraph;
use super::{Chance, Report, csv};
use crate::diagnostic::Style;
use crate::scenario;
use crate::simulation::{Changed, OutcomeSummary, VariantSummary};
use crate::statistics::{Estimate, INTERVAL_LEVEL};

/// What a variant says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VariantFacts {
    /// Its name.
    pub id: String,
    /// What people call it.
    pub label: String,
    /// What is made so in it, as NAME=VALUE.
    pub set: Vec<String>,
    /// What is learned in it, as propositions.
    pub given: Vec<String>,
}

/// A variant and what a run found of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Variant {
    /// What it says of itself.
    pub facts: VariantFacts,
    /// What was found; probabilities in the order of [`Report::compared`].
    pub found: VariantSummary,
}

impl VariantFacts {
    /// Those of a variant of a file.
    pub fn of(variant: &scenario::Variant) -> VariantFacts {
        let name = &variant.name.text;
        VariantFacts {
            id: name.clone(),
            label: variant.label.clone().unwrap_or_else(|| name.replace('_', " ")),
            set: variant.set.iter().map(|one| one.text.clone()).collect(),
            given: variant.given.iter().map(|one| one.text.clone()).collect(),
        }
    }
}

impl Report {
    /// The probabilities that variants are compared in: those of the outcomes; in a file without any, those of its states
    /// and events.
    pub fn compared(&self) -> Vec<Chance> {
        if self.outcomes.is_empty() {
            return self.chances();
        }
        let one = |one: &OutcomeSummary| Chance {
            id: one.id.clone(),
            label: one.label.clone(),
            probability: one.probability,
        };
        self.outcomes.iter().map(one).collect()
    }
}

/// What the rows of the file itself are called.
pub const BASE: &str = "as the file has it";

/// A difference in points, with half its 90 % interval; "exact" if no draw entered it.
pub(super) fn change(found: &Changed, decimals: usize) -> [String; 2] {
    let half = match found.difference.exact {
        true => "exact".into(),
        false => points(found.difference.half_width(), decimals),
    };
    [difference(found.difference.value, decimals), half]
}

pub(super) fn bare_error(probability: &Estimate, decimals: usize) -> String {
    error(probability, decimals).trim_start_matches("± ").into()
}

/// The table of a text: under each outcome the file itself, then each variant.
pub(super) fn text(report: &Report, style: Style) -> String {
    use Align::{Left, Right};
    if report.variants.is_empty() {
        return String::new();
    }
    let columns =
        [("What if", Left), ("Probability", Right), ("±", Right), ("Difference", Right), ("±", Right)];
    let mut table = Table::new(&columns);
    let decimals = report.run.decimals;
    for (at, base) in report.compared().iter().enumerate() {
        table.row(vec![base.label.clone()]);
        let probability = &base.probability;
        let cells = [format!("  {BASE}"), estimate(probability, decimals), bare_error(probability, decimals)];
        table.row(cells.to_vec());
        for variant in &report.variants {
            let found = &variant.found.chances[at];
            let probability = &found.probability;
            let mut cells = vec![format!("  {}", variant.facts.label)];
            cells.extend([estimate(probability, decimals), bare_error(probability, decimals)]);
            cells.extend(change(found, decimals));
            table.row(cells);
        }
    }
    table.text(style) + "\n" + &paragraph(EXPLANATION)
}

pub(super) const EXPLANATION: &str = "Difference: from the file itself, in points. All rows are computed on the same draws, \
                                      so that its error is that of the difference.";

/// The list in JSON.
pub(super) fn json(report: &Report) -> Value {
    let names = report.compared();
    report.variants.iter().map(|variant| one_json(variant, &names)).collect()
}

fn one_json(variant: &Variant, names: &[Chance]) -> Value {
    let chance = |(name, found): (&Chance, &Changed)| {
        let (probability, difference) = (&found.probability, &found.difference);
        json!({
            "id": name.id,
            "label": name.label,
            "probability": probability.value,
            "std_error": probability.std_error,
            "interval": [probability.interval.0, probability.interval.1],
            "interval_level": INTERVAL_LEVEL,
            "exact": probability.exact,
            "difference": difference.value,
            "difference_std_error": difference.std_error,
            "difference_interval": [difference.interval.0, difference.interval.1],
            "difference_exact": difference.exact,
        })
    };
    let facts = &variant.facts;
    json!({
        "id": facts.id,
        "label": facts.label,
        "set": facts.set,
        "given": facts.given,
        "outcomes": names.iter().zip(&variant.found.chances).map(chance).collect::<Value>(),
        "evidence": variant.found.learned.as_ref().map(|learned| json!({
            "probability": learned.probability.value,
            "effective_sample_size": learned.effective_draws.is_finite().then_some(learned.effective_draws),
            "std_error": learned.probability.std_error,
            "exact": learned.probability.exact,
        })),
    })
}

const COLUMNS: [&str; 14] = [
    "variant",
    "variant_label",
    "id",
    "label",
    "probability",
    "std_error",
    "interval_low",
    "interval_high",
    "interval_level",
    "exact",
    "difference",
    "difference_std_error",
    "difference_low",
    "difference_high",
];

/// A line for each outcome of the file itself, whose variant is empty, and then of each variant.
pub fn table(report: &Report) -> String {
    let names = report.compared();
    let mut lines = vec![csv::line(COLUMNS.map(String::from).to_vec())];
    lines.extend(names.iter().map(|one| record(["", ""], one, &one.probability, None)));
    for variant in &report.variants {
        let about = [variant.facts.id.as_str(), variant.facts.label.as_str()];
        let rows = names.iter().zip(&variant.found.chances);
        lines.extend(
            rows.map(|(name, found)| record(about, name, &found.probability, Some(&found.difference))),
        );
    }
    lines.concat()
}

fn record(about: [&str; 2], name: &Chance, probability: &Estimate, change: Option<&Estimate>) -> String {
    let (low, high) = probability.interval;
    let mut cells: Vec<String> = [about[0], about[1], &name.id, &name.label].map(String::from).to_vec();
    let numbers = [probability.value, probability.std_error, low, high, INTERVAL_LEVEL];
    cells.extend(numbers.map(csv::number));
    cells.push(probability.exact.to_string());
    let change = change.map(|one| [one.value, one.std_error, one.interval.0, one.interval.1]);
    cells.extend(change.unwrap_or([f64::NAN; 4]).map(csv::number));
    csv::line(cells)
}

//! The verdicts on a file's claims, with their forms.

use serde_json::{Value, json};

use super::compose::{active, readings, sentence};
use super::number::{count, counted, difference, general, points};
use super::text::{Detail, heading, readings as readings_text};
use super::wrapping::{paragraph, plain};
use super::{Facts, json as form};
use crate::analysis::claims::{Agreement, Comparison, Verdict, Verdicts};
use crate::diagnostic::{Diagnostics, Sources, Style};
use crate::model::Model;
use crate::statistics::INTERVAL_LEVEL;

/// What is known of a sound file.
#[derive(Clone, Debug, PartialEq)]
pub struct Check {
    /// The file.
    pub scenario: Facts,
    /// How many of each kind it has: the word for one, the word for several, the number.
    pub counts: [(&'static str, &'static str, usize); 9],
    /// What came of its claims; `None` if they were not looked at.
    pub verdicts: Option<Verdicts>,
    /// Where each claim stands.
    pub places: Vec<String>,
    /// How expressions were read: place and reading.
    pub readings: Vec<(String, String)>,
    /// What the reader should know.
    pub warnings: Vec<String>,
    /// The items of evidence that count, by their ids.
    pub evidence: Vec<String>,
    /// The hash of file and attachments.
    pub file_hash: String,
}

impl Check {
    /// Gathers what there is to say of a model whose file has so many `variants`.
    pub fn new(
        model: &Model,
        variants: usize,
        verdicts: Option<Verdicts>,
        sources: &Sources,
        warnings: &Diagnostics,
        file_hash: &str,
    ) -> Check {
        Check {
            scenario: Facts::of(model, sources),
            counts: [
                ("factor", "factors", model.factors.len() + model.categories.len()),
                ("derived value", "derived values", model.derived.len()),
                ("event", "events", model.events.len()),
                ("outcome", "outcomes", model.outcomes.len()),
                ("claim", "claims", model.claims.len()),
                ("theory", "theories", model.theories.iter().filter(|one| !one.named.id.is_empty()).count()),
                ("correlation", "correlations", model.correlations.len()),
                ("item of evidence", "items of evidence", model.evidence.len()),
                ("variant", "variants", variants),
            ],
            places: model.claims.iter().map(|claim| sources.place(claim.span)).collect(),
            verdicts,
            readings: readings(model, sources),
            warnings: warnings.iter().map(|one| sentence(one, sources)).collect(),
            evidence: active(model),
            file_hash: file_hash.into(),
        }
    }

    /// How many claims have this agreement.
    pub fn count(&self, agreement: Agreement) -> usize {
        self.claims().iter().filter(|claim| claim.agreement == agreement).count()
    }

    fn claims(&self) -> &[Verdict] {
        self.verdicts.as_ref().map_or(&[], |verdicts| &verdicts.claims)
    }

    /// As text of at most 80 columns.
    pub fn text(&self, detail: Detail, style: Style) -> String {
        let mut parts: Vec<String> = Vec::new();
        if detail > Detail::Brief {
            parts.extend(self.claims().iter().map(|claim| block(claim, detail, style)));
            parts.extend(self.conflicts());
        }
        if detail == Detail::Full {
            parts.push(readings_text(&self.readings, style));
        }
        parts.push(self.summary());
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n")
    }

    fn conflicts(&self) -> Vec<String> {
        let sets = self.verdicts.iter().flat_map(|verdicts| &verdicts.conflicts);
        sets.map(|set| {
            let named: Vec<String> =
                set.iter().map(|at| format!("“{}”", plain(&self.claims()[*at].text))).collect();
            paragraph(&format!("No model can meet these claims together: {}.", named.join("; ")))
        })
        .collect()
    }

    fn summary(&self) -> String {
        let present = self.counts.iter().filter(|(.., number)| *number > 0);
        let noun = |(one, several, number): &(&'static str, &'static str, usize)| {
            format!("{} {}", count(*number as u64), if *number == 1 { one } else { several })
        };
        let counts: Vec<String> = present.map(noun).collect();
        let sound = format!("{} is sound: {}.", self.scenario.file, counts.join(", "));
        paragraph(&sound) + &paragraph(&self.claims_in_short())
    }

    fn claims_in_short(&self) -> String {
        let Some(verdicts) = &self.verdicts else {
            return "Its claims were not tested.".into();
        };
        if verdicts.claims.is_empty() {
            return "It makes no claims to test.".into();
        }
        let [agrees, disagrees, open] = [Agreement::Agrees, Agreement::Disagrees, Agreement::CannotTell]
            .map(|agreement| self.count(agreement));
        let draws = counted(verdicts.draws, "draw");
        let total = counted(verdicts.claims.len() as u64, "claim");
        let evidence = self.evidence.join(", ");
        let given =
            if self.evidence.is_empty() { String::new() } else { format!(" given the evidence {evidence},") };
        format!(
            "{total} tested{given} with {draws}: {agrees} agreed, {disagrees} disagreed, {open} too close to tell."
        )
    }

    /// As JSON: keys are only ever added.
    pub fn json(&self) -> String {
        let verdicts = self.verdicts.as_ref();
        let counts: serde_json::Map<String, Value> = self
            .counts
            .iter()
            .map(|(_, several, number)| (several.replace(' ', "_"), json!(number)))
            .collect();
        form::pretty(&json!({
            "foretell": form::CONTRACT,
            "scenario": form::scenario(&self.scenario),
            "file_hash": self.file_hash,
            "counts": counts,
            "tested": verdicts.is_some(),
            "draws": verdicts.map(|found| found.draws),
            "agree": self.count(Agreement::Agrees),
            "disagree": self.count(Agreement::Disagrees),
            "cannot_tell": self.count(Agreement::CannotTell),
            "claims": self.claims().iter().zip(&self.places).map(|(claim, place)| claim_json(claim, place)).collect::<Value>(),
            "conflicts": verdicts.map_or(&[][..], |found| &found.conflicts),
            "readings": self.readings.iter().map(|(place, text)| json!({ "place": place, "text": text })).collect::<Value>(),
            "warnings": self.warnings,
            "evidence": self.evidence,
        }))
    }
}

/// The word for an agreement.
fn word(agreement: Agreement) -> &'static str {
    match agreement {
        Agreement::Agrees => "agrees",
        Agreement::Disagrees => "disagrees",
        Agreement::CannotTell => "cannot tell",
    }
}

fn claim_json(claim: &Verdict, place: &str) -> Value {
    let comparisons = claim.comparisons.iter().map(|one| {
        json!({
            "what": one.what,
            "difference": one.difference.value,
            "std_error": one.difference.std_error,
            "interval": [one.difference.interval.0, one.difference.interval.1],
            "interval_level": INTERVAL_LEVEL,
            "exact": one.difference.exact,
            "verdict": word(one.agreement),
        })
    });
    json!({
        "text": claim.text,
        "expect": claim.written,
        "verdict": word(claim.agreement),
        "place": place,
        "comparisons": comparisons.collect::<Value>(),
    })
}

/// A claim with its verdict and the numbers behind it.
fn block(claim: &Verdict, detail: Detail, style: Style) -> String {
    let mark = match claim.agreement {
        Agreement::Agrees => "✓ agrees",
        Agreement::Disagrees => "✗ disagrees",
        Agreement::CannotTell => "? cannot tell at this precision",
    };
    let mut text = heading(&format!("{mark}: {}", plain(&claim.text)), style);
    if claim.written != claim.text {
        text += &paragraph(&format!("  {}", claim.written));
    }
    let nearest = claim.comparisons.iter().min_by(|a, b| size(a).total_cmp(&size(b)));
    match nearest {
        Some(one)
            if claim.agreement == Agreement::Agrees
                && claim.comparisons.len() > MANY
                && detail != Detail::Full =>
        {
            text += &numbers(one, claim.agreement);
            text += &paragraph(&format!(
                "    the least of {} differences; -v shows all",
                claim.comparisons.len()
            ));
        }
        _ => text += &claim.comparisons.iter().map(|one| numbers(one, claim.agreement)).collect::<String>(),
    }
    text
}

/// More comparisons than these are told by the least of them, if all hold.
const MANY: usize = 2;

fn size(one: &Comparison) -> f64 {
    one.difference.value.abs()
}

/// A difference, its error and, where it is not that of the claim, its agreement.
fn numbers(one: &Comparison, whole: Agreement) -> String {
    let size = &one.difference;
    let error = if size.exact { "exactly".into() } else { format!("± {}", points(size.half_width(), 1)) };
    let verdict = if one.agreement == whole { String::new() } else { format!(": {}", word(one.agreement)) };
    paragraph(&format!("    {} = {} points, {error}{verdict}", one.what, small(size.value)))
}

/// A difference in points; one that tenths would hide has its own digits.
fn small(value: f64) -> String {
    let points = 100.0 * value;
    if points != 0.0 && points.abs() < 0.095 { general(points) } else { difference(value, 1) }
}

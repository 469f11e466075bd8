//! The report as JSON: a contract to which keys are only ever added.
//!
//! Numbers have their full precision, and those that are not finite are null. Lists are in the order of the file. Only
//! `run.elapsed_seconds` depends on the clock.

use serde_json::{Value, json};

use super::{Facts, Report, RunFacts, VoidFacts, variants};
use crate::analysis::correlations::Reached;
use crate::analysis::drivers::Drivers;
use crate::analysis::summary::{
    CategorySummary, DerivedSummary, EventSummary, FactorSummary, OutcomeSummary, Percentile, StateSummary,
    TheorySummary,
};
use crate::analysis::variance::VarianceShares;
use crate::statistics::{Estimate, INTERVAL_LEVEL};

/// The version of the contract.
pub(super) const CONTRACT: u32 = 2;

/// The report as indented JSON, ending in a newline.
pub fn render(report: &Report) -> String {
    let ids: Vec<&str> = report.outcomes.iter().map(|one| one.id.as_str()).collect();
    let mut all = json!({
        "foretell": CONTRACT,
        "scenario": scenario(&report.scenario),
        "run": run(&report.run),
        "outcomes": list(&report.outcomes, outcome),
        "factors": factors(report),
        "derived": list(&report.derived, |one| derived(one, &ids)),
        "events": list(&report.events, event),
        "drivers": drivers(&report.drivers, &ids),
        "evidence": evidence(report),
        "void": void(&report.void),
        "warnings": report.warnings,
        "correlations": list(&report.correlations, correlation),
        "theories": list(&report.theories, |one| theory(one, &ids)),
    });
    if !report.variants.is_empty() {
        all["variants"] = variants::json(report);
    }
    pretty(&all)
}

pub(super) fn pretty(value: &Value) -> String {
    format!("{value:#}\n")
}

fn list<T>(items: &[T], each: impl Fn(&T) -> Value) -> Value {
    items.iter().map(each).collect()
}

pub(super) fn scenario(facts: &Facts) -> Value {
    let source = &facts.source;
    json!({
        "file": facts.file,
        "title": facts.title,
        "question": facts.question,
        "as_of": facts.as_of,
        "by": facts.by,
        "source": {
            "title": source.title,
            "author": source.author,
            "date": source.date.as_ref().map(|date| date.value.to_string()),
            "publisher": source.publisher,
            "url": source.url,
        },
    })
}

pub(super) fn run(run: &RunFacts) -> Value {
    let mut all = json!({
        "draws": run.draws,
        "seed": run.seed,
        "design": run.design.name(),
        "replicates": run.replicates,
        "exact": run.exact,
        "elapsed_seconds": run.elapsed_seconds,
        "version": run.version,
        "file_hash": run.file_hash,
        "target_reached": run.reached,
        "overrides": run.overrides,
        "given": run.given,
        "evidence": run.evidence,
        "variants": run.chosen,
    });
    if !run.rescaled.is_empty() {
        all["rescaled"] = json!(run.rescaled);
    }
    all
}

/// The value with the percentiles that were asked for, if any were.
fn with_percentiles(mut value: Value, percentiles: &[Percentile]) -> Value {
    if !percentiles.is_empty() {
        let one = |one: &Percentile| json!({ "percent": one.percent, "value": one.value, "std_error": one.std_error });
        value["percentiles"] = list(percentiles, one);
    }
    value
}

fn outcome(one: &OutcomeSummary) -> Value {
    let probability = &one.probability;
    let value = json!({
        "id": one.id,
        "label": one.label,
        "probability": probability.value,
        "std_error": probability.std_error,
        "interval": [probability.interval.0, probability.interval.1],
        "interval_level": INTERVAL_LEVEL,
        "exact": probability.exact,
        "p05": one.spread.p05,
        "p50": one.spread.p50,
        "p95": one.spread.p95,
        "words": one.words,
        "spread_std_error": one.spread_error.map(|error| [error.p05, error.p50, error.p95]),
        "variance": one.variance.as_ref().map(variance),
    });
    with_percentiles(value, &one.percentiles)
}

/// The shares of an outcome's variance.
fn variance(shares: &VarianceShares) -> Value {
    let parts = |part: fn(&Estimate) -> f64| {
        json!({
            "chance": part(&shares.chance),
            "factors": part(&shares.factors),
            "theories": part(&shares.theories),
        })
    };
    let mut all = parts(|one| one.value);
    all["std_error"] = parts(|one| one.std_error);
    all
}

/// One theory; its outcomes have no probability if it can't be right.
fn theory(one: &TheorySummary, outcomes: &[&str]) -> Value {
    let under = outcomes.iter().enumerate().map(|(at, id)| {
        let found = one.outcomes.get(at);
        json!({
            "id": id,
            "probability": found.map(|one| one.value),
            "std_error": found.map(|one| one.std_error),
            "exact": found.map(|one| one.exact),
        })
    });
    json!({
        "id": one.id,
        "label": one.label,
        "weight": one.weight,
        "posterior": one.posterior.value,
        "outcomes": under.collect::<Value>(),
        "posterior_std_error": one.posterior.std_error,
    })
}

/// Factors with numbers and factors with states, in the order of the file.
fn factors(report: &Report) -> Value {
    let mut all: Vec<Value> = report.factors.iter().map(factor).collect();
    for (before, one) in report.categories.iter().enumerate() {
        all.insert(one.after + before, category(one));
    }
    Value::Array(all)
}

fn category(one: &CategorySummary) -> Value {
    let map = |value: &dyn Fn(&StateSummary) -> Value| -> Value {
        Value::Object(one.states.iter().map(|state| (state.id.clone(), value(state))).collect())
    };
    json!({
        "id": one.id,
        "states": map(&|state| json!(state.probability.value)),
        "label": one.label,
        "state_labels": map(&|state| json!(state.label)),
        "std_errors": map(&|state| json!(state.probability.std_error)),
        "exact": one.states.iter().all(|state| state.probability.exact),
    })
}

/// What was learned, and how much the draws weigh under it.
fn evidence(report: &Report) -> Value {
    let Some(learned) = &report.learned else { return Value::Null };
    let effective = learned.effective_draws.min(report.run.draws as f64);
    json!({
        "probability": learned.probability.value,
        "effective_sample_size": if report.run.exact { Value::Null } else { json!(effective) },
        "std_error": learned.probability.std_error,
        "exact": learned.probability.exact,
        "relative": !report.run.evidence.is_empty(),
    })
}

fn factor(one: &FactorSummary) -> Value {
    let value = json!({
        "id": one.id,
        "mean": one.mean,
        "sd": one.sd,
        "p05": one.spread.p05,
        "p50": one.spread.p50,
        "p95": one.spread.p95,
        "label": one.label,
    });
    with_percentiles(value, &one.percentiles)
}

fn derived(one: &DerivedSummary, outcomes: &[&str]) -> Value {
    let given = outcomes
        .iter()
        .zip(&one.by_outcome)
        .map(|(id, mean)| json!({ "id": id, "mean": mean.value, "std_error": mean.std_error }));
    let value = json!({
        "id": one.id,
        "mean": one.mean.value,
        "sd": one.sd,
        "p05": one.spread.p05,
        "p50": one.spread.p50,
        "p95": one.spread.p95,
        "by_outcome": given.collect::<Value>(),
        "label": one.label,
        "std_error": one.mean.std_error,
    });
    with_percentiles(value, &one.percentiles)
}

fn event(one: &EventSummary) -> Value {
    let probability = &one.probability;
    json!({
        "id": one.id,
        "probability": probability.value,
        "std_error": probability.std_error,
        "label": one.label,
        "exact": probability.exact,
    })
}

fn correlation(one: &Reached) -> Value {
    json!({
        "between": one.between,
        "kind": one.kind.key(),
        "asked": one.asked,
        "reached": one.reached.value,
        "std_error": one.reached.std_error,
        "degrees": one.degrees,
    })
}

fn drivers(drivers: &Drivers, outcomes: &[&str]) -> Value {
    let rows = outcomes.iter().zip(&drivers.outcomes).flat_map(|(outcome, found)| {
        found.iter().map(move |one| {
            json!({
                "outcome": outcome,
                "factor": one.id,
                "label": one.label,
                "low": one.low,
                "high": one.high,
                "swing": one.swing.value,
                "std_error": one.swing.std_error,
                "correlation": one.correlation,
            })
        })
    });
    rows.collect()
}

pub(super) fn void(void: &VoidFacts) -> Value {
    let example: serde_json::Map<String, Value> =
        void.example.iter().map(|(name, value)| (name.clone(), json!(value))).collect();
    let example = if void.draws == 0 { Value::Null } else { Value::Object(example) };
    json!({ "draws": void.draws, "place": void.place, "example": example })
}

//! Sentences about a run, in plain words.

pub mod headline;
mod naming;
pub mod sampling;

pub use naming::{cut, listed, measured, named, quoted};

use super::number::{count, counted, general};
use super::page::{Footnote, Page};
use crate::analysis::Learned;
use crate::design::Kind;
use crate::scenario::Date;
use crate::session::{Facts, RunFacts, ScenarioFacts, VoidFacts};

/// A text that begins with a capital letter.
pub fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_uppercase().chain(letters).collect())
}

/// How many draws of which design, as in "65 536 draws in 8 replicates of a scrambled Sobol design, seed 1".
pub fn draws(run: &RunFacts) -> String {
    if run.exact {
        return "exact: no draw entered the probabilities".into();
    }
    let number = counted(run.draws, "draw");
    match run.design {
        Kind::Independent => format!("{number}, independent, seed {}", run.seed),
        Kind::LatinHypercube => {
            format!("{number} in {} replicates of a Latin hypercube, seed {}", run.replicates, run.seed)
        }
        Kind::Sobol => {
            format!(
                "{number} in {} replicates of a scrambled Sobol design, seed {}",
                run.replicates, run.seed
            )
        }
    }
}

/// What the columns of the outcomes' table are: probability, error of sampling, spread.
pub fn three_things(run: &RunFacts) -> String {
    let probability = "Probability: the mean over all that is not known.";
    let spread = "P5, P50, P95: its spread, what it would be if all but events were known; better knowledge narrows it.";
    if run.exact {
        return format!("{probability} It is exact. {spread}");
    }
    let error = "±: its sampling error, half of the 90 % interval, in points; more draws shrink it.";
    format!("{probability} {error} {spread}")
}

/// What the table of theories is.
pub const MODELS: &str =
    "Each theory by itself; together they count by how probable each is to be the right one.";

/// What the table of variances is.
pub fn variance(has_theories: bool) -> String {
    let shares = "Shares of the variance of whether the outcome comes true. Chance: what would be left if all were known. \
                  Factors: what knowing them would remove.";
    let theories = if has_theories { " Theories: what knowing the right one would." } else { "" };
    shares.to_string() + theories
}

/// A page with the title of a scenario, its question and its dates.
pub fn headed(scenario: &ScenarioFacts) -> Page {
    let mut page = Page::new(&scenario.title);
    page.lead.extend(scenario.question.clone());
    page.lead.extend(dates(scenario).map(|text| capitalised(&text)));
    page
}

/// The page of an answer to begin with: its heading, what was set and learned, and where it comes from.
pub fn opened(facts: &Facts, verb: &str) -> Page {
    let run = &facts.run;
    let mut page = headed(&facts.scenario);
    let set = [chosen(run), overrides(run), conditions(run)];
    page.lead.extend(set.into_iter().flatten().map(|text| capitalised(&text)));
    page.footnote =
        Some(Footnote { name: format!("{}-{verb}", stem(&facts.scenario.file)), text: origin(facts) });
    page
}

/// The draws, and those that were left out.
pub fn made(facts: &Facts) -> String {
    let parts = [Some(draws(&facts.run)), left_out(&facts.void, facts.run.draws)];
    capitalised(&parts.into_iter().flatten().collect::<Vec<_>>().join(" · "))
}

/// The dates between which the question lies.
pub fn dates(scenario: &ScenarioFacts) -> Option<String> {
    let named = |date: &Option<String>| Some(Date::parse(date.as_deref()?)?.named());
    match (named(&scenario.as_of), named(&scenario.by)) {
        (Some(from), Some(to)) => Some(format!("as of {from}, resolves by {to}")),
        (Some(from), None) => Some(format!("as of {from}")),
        (None, Some(to)) => Some(format!("resolves by {to}")),
        (None, None) => None,
    }
}

/// Draws out of `draws` that were left out, if any.
pub fn left_out(void: &VoidFacts, draws: u64) -> Option<String> {
    let place = void.place.as_ref().map_or(String::new(), |place| format!(" ({place})"));
    (void.draws > 0).then(|| {
        format!("{} of {} gave no number and were left out{place}", counted(void.draws, "draw"), count(draws))
    })
}

/// The variants that were run in place of the file, if any.
pub fn chosen(run: &RunFacts) -> Option<String> {
    let labels: Vec<String> = run.chosen_labels.iter().map(|one| quoted(one)).collect();
    (!labels.is_empty()).then(|| format!("variant {}", labels.join(", then ")))
}

/// Values that replaced the file's, if any, and the shares that gave way to them.
pub fn overrides(run: &RunFacts) -> Option<String> {
    let rescaled = rescaled(&run.rescaled).map(|text| format!("; {text}")).unwrap_or_default();
    let set = run.overrides.join(", ");
    (!run.overrides.is_empty()).then(|| format!("with {set} in place of the file's{rescaled}"))
}

/// As many shares as are named in a sentence.
const MOST_NAMED: usize = 4;

/// The shares that were rescaled, if any were.
pub fn rescaled(shares: &[String]) -> Option<String> {
    let named = shares.iter().take(MOST_NAMED).cloned().collect::<Vec<_>>().join(", ");
    let more = match shares.len().saturating_sub(MOST_NAMED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    match shares {
        [] => None,
        [only] => Some(format!("{only} takes the rest")),
        _ => Some(format!("{named}{more} share the rest in their proportions")),
    }
}

/// What was learned, in its own words.
pub fn conditions(run: &RunFacts) -> Option<String> {
    let evidence = (!run.evidence.is_empty()).then(|| format!("the evidence {}", run.evidence.join(", ")));
    let parts: Vec<String> = run.given.iter().cloned().chain(evidence).collect();
    (!parts.is_empty()).then(|| format!("given {}", parts.join(" and ")))
}

/// File, draws, seed and version, as a figure's caption and a footnote have them.
pub fn provenance(facts: &Facts) -> String {
    let run = &facts.run;
    let parts = [
        Some(facts.scenario.file.clone()),
        chosen(run),
        overrides(run),
        conditions(run),
        Some(draws(run)),
        Some(format!("foretell {}", run.version)),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// The same with the hash of what was read, and with the draws that were left out.
pub fn origin(facts: &Facts) -> String {
    let void = left_out(&facts.void, facts.run.draws).map(|void| format!(" {}.", capitalised(&void)));
    format!("{} · SHA-256 {}.{}", provenance(facts), facts.run.file_hash, void.unwrap_or_default())
}

/// What a file is called without its folder and its ending.
pub fn stem(file: &str) -> &str {
    let name = file.rsplit(['/', '\\']).next().unwrap_or_default();
    name.strip_suffix(".toml").unwrap_or(name)
}

/// What was learned, how probable that was, and how much the draws weigh under it.
pub fn learned(learned: &Learned, run: &RunFacts) -> Option<String> {
    let known = conditions(run)?;
    let probability = general(learned.probability.value);
    let probability = match learned.relative {
        true => format!("of relative likelihood {probability}"),
        false => format!("which had probability {probability}"),
    };
    // Where all draws weigh the same there is nothing to tell.
    let draws = match learned.effective_draws < run.draws as f64 && !run.exact {
        true => format!("; {} effective draws", count(learned.effective_draws as u64)),
        false => String::new(),
    };
    Some(format!("{known}, {probability}{draws}"))
}

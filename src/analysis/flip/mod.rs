//! What would change the answer: the smallest change of what is known that makes another outcome lead, the smallest change of the file that
//! makes a claim hold, and how far an honest critic could go.

mod alone;
mod claims;
mod envelope;
mod finding;
mod known;
mod looking;
mod together;

pub use finding::{Answer, ClaimFlip, End, Fixed, Flip, FlipFinding, Moved, Reach, Repair, Together};

use super::claims::{Verdict, tested};
use super::estimated::Probability;
use super::late::out_of_time;
use super::{Answered, Failure, Question, Study};
use crate::diagnostic::{Diagnostic, did_you_mean};
use crate::model::{Model, Outcome};
use crate::statistics::Estimate;
use known::{Base, Known};
use looking::{Goal, Looking};

/// The share of the time, if there is a limit to it, after which what is known is told no better, and that after which what changes the
/// lead alone is: either may take as long again to end.
const KNOWN: f64 = 0.375;
const ALONE: f64 = 0.75;

/// What would change the answer?
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Flips {
    /// The outcome that is to lead, by name; any other than the one that leads if none is named.
    pub to: Option<String>,
    /// Whether it is asked how far each outcome's probability can be argued.
    pub has_envelope: bool,
}

impl Question for Flips {
    type Finding = FlipFinding;

    fn answer(&self, study: &Study) -> Result<Answered<FlipFinding>, Failure> {
        let model = study.model;
        let to = self.to.as_deref().map(|name| outcome(model, name)).transpose()?;
        if model.outcomes.len() < 2 {
            let message = "the file has no two outcomes, one of which could lead in place of the other";
            return Err(Diagnostic::error("no-answers", message).hint("give it `[outcomes.*]`").into());
        }
        let first = study.watch.part(KNOWN);
        let known = Study { watch: &first, ..*study };
        let Answered { finding: Base { outcomes, things }, course, doubts } = Known.answer(&known)?;
        let leader = leader(&outcomes);
        if to == Some(leader) {
            let message = format!("`{}` leads already", model.outcomes[leader].named.id);
            return Err(Diagnostic::error("flip", message)
                .hint("name another outcome after --to, or none")
                .into());
        }
        let goal = Goal { leader, to };
        if study.watch.is_late() {
            let message = "time ran out before anything was fixed to see what leads then";
            return Err(Diagnostic::error("time", message).hint("allow more with --max-time").into());
        }
        let second = study.watch.part(ALONE);
        let alone = alone::alone(Looking { study: &Study { watch: &second, ..*study } }, &things, goal)?;
        let together = match study.watch.is_late() {
            true => None,
            false => together::together(Looking { study }, &things, goal)?,
        };
        let nearest =
            alone.iter().filter_map(|one| one.fixed.distance).map(f64::abs).fold(f64::INFINITY, f64::min);
        let now = if study.watch.is_late() { Vec::new() } else { claims_now(study)? };
        let finding = FlipFinding {
            leader: model.outcomes[leader].named.id.clone(),
            to: self.to.clone(),
            tried: things.len(),
            together: together.filter(|one| one.distance < nearest),
            alone,
            claims: claims::repaired(study, &now)?,
            envelope: match self.has_envelope && !study.watch.is_late() {
                true => envelope::envelope(study, &things, &now)?,
                false => None,
            },
            outcomes: outcomes.iter().zip(&model.outcomes).map(answer).collect(),
        };
        let late =
            study.watch.is_late().then(|| out_of_time("all that would change the answer was looked for"));
        Ok(Answered { finding, course, doubts: doubts.into_iter().chain(late).collect() })
    }
}

/// What becomes of the file's claims as they are.
fn claims_now(study: &Study) -> Result<Vec<Verdict>, Failure> {
    if study.model.claims.is_empty() { Ok(Vec::new()) } else { Ok(tested(study)?.0) }
}

fn answer((probability, outcome): (&Estimate, &Outcome)) -> Answer {
    let named = &outcome.named;
    Answer {
        id: named.id.clone(),
        label: named.label.clone(),
        short: named.short.clone().unwrap_or_else(|| named.label.clone()),
        probability: Probability(*probability),
    }
}

fn leader(all: &[Estimate]) -> usize {
    (0..all.len()).reduce(|best, at| if all[at].value > all[best].value { at } else { best }).unwrap_or(0)
}

fn outcome(model: &Model, name: &str) -> Result<usize, Diagnostic> {
    let names = model.outcomes.iter().map(|one| one.named.id.as_str());
    let found = model.outcomes.iter().position(|one| one.named.id == name);
    found.ok_or_else(|| {
        let hint = match did_you_mean(name, names.clone()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => {
                format!("outcomes are {}", names.map(|one| format!("`{one}`")).collect::<Vec<_>>().join(", "))
            }
        };
        Diagnostic::error("unknown-name", format!("no outcome is called `{name}`")).hint(hint)
    })
}

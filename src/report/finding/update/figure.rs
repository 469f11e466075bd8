//! What each item of evidence does, as a picture.

use super::About;
use crate::analysis::update::{Answer, Item};
use crate::chart::{EvidencePanel, EvidenceStep, EvidenceSteps, Wording};
use crate::report::number::estimate;
use crate::report::wrapping::plain;
use crate::statistics::Estimate;

impl About<'_> {
    /// What each item does to each probability.
    pub(super) fn figure(&self) -> EvidenceSteps {
        let subtitle = "Each outcome's probability, item by item in the order of dates";
        let scenario = &self.facts.scenario;
        let about = plain(scenario.question.as_deref().unwrap_or(&scenario.title));
        EvidenceSteps {
            wording: Wording {
                title: self.headline(),
                subtitle: format!("{subtitle} · {about} · {}", self.conditions()),
                caption: self.summary(),
            },
            panels: self.found.answers.iter().enumerate().map(|(at, one)| self.panel(at, one)).collect(),
        }
    }

    fn panel(&self, at: usize, answer: &Answer) -> EvidencePanel {
        let step = |label: String, one: &Estimate| EvidenceStep {
            label,
            probability: one.value,
            value: estimate(one, self.facts.run.decimals),
        };
        let after = |item: &Item| {
            let label = format!("{} {}", item.date, plain(&item.text));
            item.after.get(at).map(|one| step(label, &one.value))
        };
        let steps = self.found.items.iter().filter_map(after);
        EvidencePanel {
            label: plain(&answer.label),
            steps: [step("before".into(), &answer.prior)].into_iter().chain(steps).collect(),
        }
    }
}

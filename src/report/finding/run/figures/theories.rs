//! What each theory says.

use crate::analysis::run::RunFinding;
use crate::analysis::theories::TheoryFinding;
use crate::chart::{TheoryBars, TheoryGroup};
use crate::report::finding::run::theories::rivals;
use crate::report::finding::run::titles;
use crate::report::finding::wording::{facts_of, wording};
use crate::report::number::whole;
use crate::report::prose::named;
use crate::session::Facts;
use crate::statistics::Estimate;

/// What each theory says of each outcome; `None` unless several can be right.
pub fn theories(finding: &RunFinding, facts: &Facts) -> Option<TheoryBars> {
    let rivals = rivals(finding);
    let told = finding.outcomes.iter().map(|one| &one.probability.0);
    let under = rivals.iter().flat_map(|one| one.outcomes.iter().map(|one| &one.probability.0));
    let facts = &facts_of(facts, told.chain(under));
    let printed = |one: &Estimate| (one.value, whole(one.value));
    let groups = finding.outcomes.iter().enumerate().map(|(at, outcome)| TheoryGroup {
        label: named(&outcome.short),
        whole: printed(&outcome.probability),
        under: rivals
            .iter()
            .filter_map(|one| one.outcomes.get(at))
            .map(|one| printed(&one.probability))
            .collect(),
    });
    let name =
        |one: &&TheoryFinding| format!("{} (weight {})", named(&one.label), whole(one.posterior.value));
    let subtitle = "Each outcome's probability under each theory, and under all of them by their weights";
    Some(TheoryBars {
        wording: wording(facts, titles::most_disputed(finding)?, subtitle),
        theories: rivals.iter().map(name).collect(),
        groups: groups.collect(),
    })
}

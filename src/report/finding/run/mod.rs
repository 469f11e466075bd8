//! The page of a run: how probable is each outcome, how sure is that, and what drives it?

mod answers;
mod drivers;
#[cfg(feature = "charts")]
pub(in crate::report) mod figures;
#[cfg(feature = "charts")]
mod heat_maps;
mod joint;
mod main;
mod opening;
mod quantities;
mod screen;
mod theories;
mod titles;
mod variants;

use super::readings::readings;
use crate::analysis::run::RunFinding;
use crate::report::page::{Detail, Footnote, Page};
use crate::report::paged::{Paged, View};
use crate::report::prose::{self, capitalised};
use crate::session::Facts;
use opening::{lead, opening};

impl Paged for RunFinding {
    fn page(&self, facts: &Facts, view: View) -> Page {
        let decimals = facts.run.decimals;
        let mut page = match view.detail {
            Detail::Brief => brief(self, decimals),
            Detail::Screen => screen::page(self, facts),
            Detail::Normal | Detail::Full => whole(self, facts, view.detail == Detail::Full),
        };
        page.main = main::table(self, decimals);
        #[cfg(feature = "charts")]
        if view.has_figures {
            let body = page.blocks.len();
            figures::add(&mut page, self, facts);
            heat_maps::add(&mut page, self, facts);
            // The answer's picture stands at the top, below the sentence.
            if page.blocks.len() > body && body > 0 {
                page.blocks[1..=body].rotate_right(1);
            }
        }
        page
    }
}

/// What was asked for jointly; the outcomes and what was asked for by name; of a file without outcomes, all that it answers.
fn brief(finding: &RunFinding, decimals: usize) -> Page {
    let mut page = Page::default();
    finding.joint.iter().for_each(|one| joint::add(&mut page, one, decimals, false));
    page.table(answers::outcomes(finding, decimals));
    let has_derived = quantities::answers_derived(finding);
    if has_derived {
        page.table(answers::states(finding, decimals)).table(answers::events(finding, decimals));
        page.table(quantities::derived(finding, decimals, true));
    }
    let has_factors = quantities::answers_factors(finding);
    if has_factors {
        page.table(quantities::factors(finding, decimals));
    }
    page.table(quantities::percentiles(finding, decimals, [has_derived, has_factors]));
    page.table(variants::table(finding, decimals));
    page
}

fn whole(finding: &RunFinding, facts: &Facts, is_full: bool) -> Page {
    let decimals = facts.run.decimals;
    let mut page = Page::new(&facts.scenario.title);
    page.lead = lead(finding, facts);
    opening(&mut page, finding);
    finding.joint.iter().for_each(|one| joint::add(&mut page, one, decimals, true));
    answers(&mut page, finding, facts);
    theories(&mut page, finding, decimals, is_full);
    variants(&mut page, finding, decimals);
    drivers(&mut page, finding, decimals, is_full);
    quantities(&mut page, finding, decimals, is_full);
    if is_full {
        page.table(quantities::correlations(finding)).table(readings(&facts.readings));
    }
    page.foot = foot(facts);
    page.footnote =
        Some(Footnote { name: prose::stem(&facts.scenario.file).into(), text: prose::origin(facts) });
    page
}

fn foot(facts: &Facts) -> Vec<String> {
    let void = prose::left_out(&facts.void, facts.run.draws);
    [Some(prose::draws(&facts.run)), void]
        .into_iter()
        .flatten()
        .map(|part| capitalised(&part) + ".")
        .collect()
}

fn answers(page: &mut Page, finding: &RunFinding, facts: &Facts) {
    if !finding.outcomes.is_empty() {
        page.table(answers::outcomes(finding, facts.run.decimals)).note(prose::three_things(&facts.run));
    }
}

fn theories(page: &mut Page, finding: &RunFinding, decimals: usize, is_full: bool) {
    let compete = !theories::rivals(finding).is_empty();
    if compete {
        page.table(theories::table(finding, decimals)).note(prose::MODELS);
    }
    let variance = theories::variance(finding);
    if (compete || is_full) && !variance.is_empty() {
        page.table(variance).note(prose::variance(compete));
    }
}

fn variants(page: &mut Page, finding: &RunFinding, decimals: usize) {
    let table = variants::table(finding, decimals);
    if table.is_empty() {
        return;
    }
    page.table(table).note(variants::explanation(finding)).table(variants::changes(finding));
}

fn drivers(page: &mut Page, finding: &RunFinding, decimals: usize, is_full: bool) {
    let table = drivers::table(finding, decimals, is_full);
    if !table.is_empty() {
        page.table(table).note(drivers::explanation(finding));
    }
}

/// What is no outcome.
fn quantities(page: &mut Page, finding: &RunFinding, decimals: usize, is_full: bool) {
    let has_spread = is_full || quantities::answers_derived(finding);
    let has_factors = is_full || quantities::answers_factors(finding);
    page.table(quantities::derived(finding, decimals, has_spread));
    page.table(answers::states(finding, decimals)).table(answers::events(finding, decimals));
    if has_factors {
        page.table(quantities::factors(finding, decimals));
    }
    page.table(quantities::percentiles(finding, decimals, [true, has_factors]));
}

#[cfg(test)]
mod tests;

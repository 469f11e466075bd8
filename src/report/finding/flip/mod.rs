//! What would change the answer, as a page.

#[cfg(feature = "charts")]
mod figure;
mod sentences;

#[cfg(feature = "charts")]
pub use figure::figure;

use crate::analysis::flip::{ClaimFlip, End, Fixed, Flip, FlipFinding};
use crate::report::number::general;
use crate::report::page::{Cell, Column, Detail, Footnote, Page, Table};
use crate::report::paged::{Paged, View};
use crate::report::prose::{
    capitalised, chosen, conditions, draws, headed, left_out, origin, overrides, stem,
};
use crate::session::Facts;
use sentences::{away, lead, of_claims, of_the_envelope, together, value};

impl Paged for FlipFinding {
    fn page(&self, facts: &Facts, view: View) -> Page {
        let about = About { found: self, facts };
        let mut page = match view.detail {
            Detail::Brief => about.brief(),
            Detail::Screen => about.whole(FEW),
            Detail::Normal => about.whole(MANY),
            Detail::Full => about.whole(usize::MAX),
        };
        #[cfg(feature = "charts")]
        if let Some(figure) = figure(self, facts).filter(|_| view.has_figures) {
            page.figure("flip", figure);
        }
        page.main = about.main();
        page
    }
}

/// As many changes as a screen holds, and as a page tells.
const FEW: usize = 6;
const MANY: usize = 24;

/// A finding with the facts of its run.
struct About<'a> {
    found: &'a FlipFinding,
    facts: &'a Facts,
}

impl About<'_> {
    fn brief(&self) -> Page {
        let mut page = Page::default();
        page.table(self.alone(MANY));
        page
    }

    fn whole(&self, most: usize) -> Page {
        let run = &self.facts.run;
        let mut page = headed(&self.facts.scenario);
        let set = [chosen(run), overrides(run), conditions(run)];
        page.lead.extend(set.into_iter().flatten().map(|text| capitalised(&text)));
        page.sentence(format!("{}.", lead(self.found)));
        if let Some(said) = together(self.found) {
            page.sentence(format!("{said}."));
        }
        if !self.found.alone.is_empty() {
            page.table(self.alone(most)).note(self.explanation(most));
        }
        for claim in &self.found.claims {
            page.sentence(format!("{}.", of_claims(claim)));
            page.table(self.repairs(claim));
        }
        if let Some(said) = of_the_envelope(self.found) {
            page.sentence(format!("{said}."));
            page.table(self.envelope()).note(ENVELOPE);
        }
        let parts = [Some(draws(run)), left_out(&self.facts.void, run.draws)];
        page.foot.push(capitalised(&parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")));
        page.footnote = Some(Footnote {
            name: format!("{}-flip", stem(&self.facts.scenario.file)),
            text: origin(self.facts),
        });
        page
    }

    fn alone(&self, most: usize) -> Table {
        let mut table = self.table([
            Column::words("fix", "Fix"),
            Column::words("at", "at"),
            Column::words("from", "in place of"),
            Column::words("away", "how far"),
            Column::words("leads", "then leads"),
            Column::percent("probability", "with %"),
        ]);
        for one in self.found.alone.iter().take(most) {
            let (name, probability) = self.leading(one);
            table.row([
                Cell::from(&one.fixed.label),
                value(&one.fixed).into(),
                median(&one.fixed).into(),
                away(&one.fixed).into(),
                Cell::from(name),
                probability.into(),
            ]);
        }
        table
    }

    fn leading(&self, one: &Flip) -> (&str, f64) {
        let at = self.found.outcomes.iter().position(|outcome| outcome.id == one.leads).unwrap_or(0);
        (&self.found.outcomes[at].short, one.outcomes[at].value)
    }

    fn explanation(&self, most: usize) -> String {
        let all = "How far: in standard deviations of what is known, from the median; of events and states how probable they are. \
                   All else stays as uncertain as it is; --set fixes a value so.";
        match self.found.alone.len() {
            count if count > most => format!("{all} Shown: {most} of {count}; -v shows more."),
            _ => all.into(),
        }
    }

    fn repairs(&self, claim: &ClaimFlip) -> Table {
        let mut table = self.table([
            Column::words("address", "A number of the file"),
            Column::quantity("from", "is"),
            Column::quantity("to", "would be"),
            Column::words("breaks", "and breaks claims"),
        ]);
        for one in &claim.numbers {
            let breaks: Vec<String> = one.breaks.iter().map(|at| (at + 1).to_string()).collect();
            let breaks = if breaks.is_empty() { "none".into() } else { breaks.join(", ") };
            table.row([Cell::from(&one.address), Cell::Exact(one.from), Cell::Exact(one.to), breaks.into()]);
        }
        table
    }

    fn envelope(&self) -> Table {
        let mut table = self.table([
            Column::words("outcome", "Outcome"),
            Column::probability("now", "now").without_error(),
            Column::probability("low", "lowest").without_error(),
            Column::probability("high", "highest").without_error(),
            Column::words("held_back", "stopped by claims"),
        ]);
        for (one, now) in self.found.envelope.iter().flatten().zip(&self.found.outcomes) {
            let held = match (one.low.held_back, one.high.held_back) {
                (false, false) => "",
                (true, false) => "below",
                (false, true) => "above",
                (true, true) => "both ways",
            };
            let end = |end: &End| Cell::from(end.probability.0);
            table.row([
                Cell::from(&now.label),
                now.probability.0.into(),
                end(&one.low),
                end(&one.high),
                held.into(),
            ]);
        }
        table
    }

    /// A row for each change, with the probabilities of all outcomes.
    fn main(&self) -> Table {
        let first = ["together", "id", "label", "state", "leads"].map(Column::csv).into_iter();
        let numbers = ["at", "from", "distance", "outcome"].map(Column::csv).into_iter();
        let last = [Column::probability("probability", "").hidden()];
        let mut table = self.table(first.chain(numbers).chain(last).collect::<Vec<_>>());
        let alone = self.found.alone.iter().map(|one| (0, vec![&one.fixed], &one.leads, &one.outcomes));
        let joint = self.found.together.iter();
        let joint = joint.map(|one| (1, one.fixed.iter().collect(), &one.leads, &one.outcomes));
        for (group, fixed, leads, outcomes) in alone.chain(joint) {
            for (one, (outcome, found)) in fixed
                .iter()
                .flat_map(|one| self.found.outcomes.iter().zip(outcomes).map(move |pair| (one, pair)))
            {
                table.row([
                    Cell::Exact(f64::from(group)),
                    Cell::from(&one.id),
                    Cell::from(&one.label),
                    one.state.clone().into(),
                    Cell::from(leads),
                    Cell::Exact(one.at),
                    one.from.map(Cell::Exact).unwrap_or_default(),
                    one.distance.map(Cell::Exact).unwrap_or_default(),
                    Cell::from(&outcome.id),
                    found.0.into(),
                ]);
            }
        }
        table
    }

    fn table(&self, columns: impl Into<Vec<Column>>) -> Table {
        Table::new(self.facts.run.decimals, columns)
    }
}

const ENVELOPE: &str = "Lowest and highest that were found as factors are moved so that the mean of each stays within its own 90 % interval, and \
                        no claim of the file fails that does not fail now. Others may lie beyond: it is a search, no proof.";

/// The median of a number.
fn median(one: &Fixed) -> String {
    one.from.map_or(String::new(), general)
}

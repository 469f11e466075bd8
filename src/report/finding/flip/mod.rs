//! What would change the answer, as a page.

#[cfg(feature = "charts")]
mod figure;
mod sentences;

#[cfg(feature = "charts")]
pub use figure::figure;

use super::screenful::{more, screenful};
use crate::analysis::flip::{ClaimFlip, End, Fixed, Flip, FlipFinding};
use crate::report::number::general;
use crate::report::page::{Cell, Column, Detail, Page, Table};
use crate::report::paged::{Paged, View};
use crate::report::prose::{cut, made, opened};
use crate::report::wrapping::plain;
use crate::session::Facts;
use sentences::{FAR, away, lead, of_claims, of_the_envelope, together, value};

impl Paged for FlipFinding {
    fn page(&self, facts: &Facts, view: View) -> Page {
        let about = About { found: self, facts };
        let mut page = match view.detail {
            Detail::Brief => about.brief(),
            Detail::Screen => screenful(FEW, |most| about.screen(most)),
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

/// How a number is put in place of the file's.
const REPAIRS: &str = "Each number as --set puts it there: shares of the same whole make room for it in their proportions, and neutral points stay \
                       where the file has them. Whoever writes it into the file writes these too.";

/// As many changes as a screen holds, and as a page tells.
const FEW: usize = 6;
const MANY: usize = 24;
/// As many columns as a name, a claim and an outcome have on a screen.
const LABEL: usize = 32;
const CLAIM: usize = 24;
const OUTCOME: usize = 14;

/// A finding with the facts of its run.
struct About<'a> {
    found: &'a FlipFinding,
    facts: &'a Facts,
}

impl About<'_> {
    fn brief(&self) -> Page {
        let mut page = Page::default();
        page.table(self.alone(MANY, false));
        page
    }

    fn screen(&self, most: usize) -> Page {
        let found = self.found;
        let mut page = opened(self.facts, "flip");
        let said = [Some(lead(found)), together(found)];
        page.sentence(said.into_iter().flatten().map(|one| format!("{one}.")).collect::<Vec<_>>().join(" "));
        page.table(self.alone(most, true)).table(self.mended(most));
        if let Some(said) = of_the_envelope(found) {
            page.sentence(format!("{said}.")).table(self.envelope(most));
        }
        let all = [found.alone.len(), found.claims.len(), found.envelope.as_ref().map_or(0, Vec::len)];
        let more = more(all.into_iter().map(|all| all.saturating_sub(most)).sum());
        page.foot.push(format!("How far: {FAR}.{more}"));
        page.foot.push(made(self.facts));
        page
    }

    /// For each claim that fails the smallest change of one number that would make it hold.
    fn mended(&self, most: usize) -> Table {
        let mut table = self.table([
            Column::words("claim", "Claim that fails"),
            Column::typed("address", "would hold with"),
            Column::quantity("to", "at"),
            Column::quantity("from", "now"),
        ]);
        for claim in self.found.claims.iter().take(most) {
            let name = cut(&format!("{} {}", claim.claim + 1, plain(&claim.text)), CLAIM);
            table.row(match claim.numbers.first() {
                Some(one) => {
                    [name.into(), Cell::from(&one.address), Cell::Exact(one.to), Cell::Exact(one.from)]
                }
                None => [name.into(), "no single number".into(), Cell::Blank, Cell::Blank],
            });
        }
        table
    }

    fn whole(&self, most: usize) -> Page {
        let mut page = opened(self.facts, "flip");
        page.sentence(format!("{}.", lead(self.found)));
        if let Some(said) = together(self.found) {
            page.sentence(format!("{said}."));
        }
        if !self.found.alone.is_empty() {
            page.table(self.alone(most, false)).note(self.explanation(most));
        }
        for claim in &self.found.claims {
            page.sentence(format!("{}.", of_claims(claim)));
            page.table(self.repairs(claim));
        }
        if self.found.claims.iter().any(|claim| !claim.numbers.is_empty()) {
            page.note(REPAIRS);
        }
        if let Some(said) = of_the_envelope(self.found) {
            page.sentence(format!("{said}."));
            page.table(self.envelope(usize::MAX)).note(ENVELOPE);
        }
        page.foot.push(made(self.facts));
        page
    }

    fn alone(&self, most: usize, is_screen: bool) -> Table {
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
                if is_screen {
                    cut(&plain(&one.fixed.short), LABEL).into()
                } else {
                    Cell::from(&one.fixed.label)
                },
                value(&one.fixed).into(),
                median(&one.fixed).into(),
                away(&one.fixed).into(),
                if is_screen { cut(&plain(name), OUTCOME).into() } else { Cell::from(name) },
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
        let all = format!(
            "How far: {FAR}; of events and states how probable they are. All else stays as uncertain as it is; --set fixes a \
             value so."
        );
        match self.found.alone.len() {
            count if count > most => format!("{all} Shown: {most} of {count}; -v shows more."),
            _ => all,
        }
    }

    fn repairs(&self, claim: &ClaimFlip) -> Table {
        let mut table = self.table([
            Column::typed("address", "A number of the file"),
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

    fn envelope(&self, most: usize) -> Table {
        let mut table = self.table([
            Column::words("outcome", "Outcome"),
            Column::probability("now", "now").without_error(),
            Column::probability("low", "lowest").without_error(),
            Column::probability("high", "highest").without_error(),
            Column::words("held_back", "stopped by claims"),
        ]);
        for (one, now) in self.found.envelope.iter().flatten().zip(&self.found.outcomes).take(most) {
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

//! What shifts with each outcome, as tables.

use super::About;
use super::sentences::{combination, lead, nearest};
use super::telling::{is_untold, ranked};
use crate::analysis::explain::{Shift, Tilt};
use crate::report::number::{counted, quantity, with_unit};
use crate::report::page::{Cell, Column, Detail, Page, Table};
use crate::report::prose::{cut, variance};
use crate::report::wrapping::plain;
use crate::statistics::Estimate;

/// As many outcomes as a screen has, and as many columns as a name.
const OUTCOMES: usize = 3;
/// As many states as a combination names there.
const STATES: usize = 4;
const LABEL: usize = 44;
/// As many shifts of an outcome as are told on paper.
const NORMAL: usize = 8;
/// Smaller shifts, in deviations, are not told on a screen.
const LEAST: f64 = 0.05;

impl About<'_> {
    pub(super) fn stories(&self, detail: Detail, rows: usize, page: &mut Page) {
        let outcomes = self.found.outcomes.len().clamp(1, OUTCOMES.min(rows));
        let most = match detail {
            Detail::Brief | Detail::Screen => (rows / outcomes).max(1),
            Detail::Normal => NORMAL,
            Detail::Full => usize::MAX,
        };
        if detail > Detail::Brief {
            page.sentence(lead(self.found));
        }
        page.table(self.shifts((outcomes, most), detail));
        if detail > Detail::Screen {
            page.note(self.explanation());
            page.table(self.tilts());
        }
        if detail > Detail::Brief {
            let is_screen = detail == Detail::Screen;
            let states = if is_screen { STATES } else { usize::MAX };
            let all = ranked(&self.found.outcomes);
            let mut said: Vec<String> = all.into_iter().filter_map(|one| combination(one, states)).collect();
            said.truncate(if is_screen { 1 } else { usize::MAX });
            said.extend(nearest(self.found, self.facts));
            match is_screen {
                true => _ = page.sentence(said.join(" ")),
                false => said.into_iter().for_each(|text| _ = page.sentence(text)),
            }
        }
        if detail > Detail::Screen {
            page.table(self.variance());
            page.note(variance(self.has_theories()));
        }
        if detail > Detail::Brief {
            page.foot.push(self.foot(detail));
        }
        page.main = self.main();
    }

    fn has_theories(&self) -> bool {
        self.found.outcomes.iter().filter_map(|one| one.variance).any(|one| one.theories.value > 0.0)
    }

    fn foot(&self, detail: Detail) -> String {
        let run = &self.facts.run;
        let draws = match run.exact {
            true => "Exact.".into(),
            false => format!("{}, seed {}.", counted(run.draws, "draw"), run.seed),
        };
        match detail {
            Detail::Screen => {
                format!("Shift: in standard deviations. {draws} -v shows the rest.")
            }
            _ => draws,
        }
    }

    fn table(&self, columns: impl Into<Vec<Column>>) -> Table {
        Table::new(self.facts.run.decimals, columns)
    }

    /// The strongest shifts and tilts of each outcome.
    fn shifts(&self, (outcomes, most): (usize, usize), detail: Detail) -> Table {
        let shift = Column::change("shift", "shift");
        let mut table = self.table([
            Column::words("label", "If it comes true"),
            Column::words("usual", "usually"),
            Column::words("given", "then"),
            if detail > Detail::Screen { shift } else { shift.without_error() },
        ]);
        let outcomes = if detail > Detail::Screen { usize::MAX } else { outcomes };
        for one in ranked(&self.found.outcomes).into_iter().take(outcomes) {
            table.group(cut(&plain(&one.short), LABEL));
            let is_told = |shift: &&Shift| {
                detail > Detail::Screen || shift.shift.value.abs() >= LEAST && !is_untold(&shift.shift)
            };
            let shifts: Vec<&Shift> = one.shifts.iter().filter(is_told).take(most).collect();
            shifts.iter().for_each(|shift| table.nested(row(shift)));
            let room = most.saturating_sub(shifts.len());
            if detail <= Detail::Screen {
                one.tilts.iter().take(room).for_each(|tilt| table.nested(self.tilt_row(tilt)));
            }
        }
        table
    }

    fn tilt_row(&self, tilt: &Tilt) -> Vec<Cell> {
        let shown = |one: &Estimate| crate::report::number::estimate(one, 0);
        vec![
            cut(&plain(&tilt.short), LABEL).into(),
            shown(&tilt.probability).into(),
            shown(&tilt.given).into(),
            Cell::Blank,
        ]
    }

    /// How probable events and states are with each outcome.
    fn tilts(&self) -> Table {
        let mut table = self.table([
            Column::words("label", "If it comes true"),
            Column::percent("probability", "usually %"),
            Column::percent("conditional", "then %"),
            Column::points("difference", "points"),
        ]);
        for one in self.found.outcomes.iter().filter(|one| !one.tilts.is_empty()) {
            table.group(cut(&plain(&one.short), LABEL));
            for tilt in &one.tilts {
                table.nested([
                    Cell::from(&tilt.label),
                    tilt.probability.0.into(),
                    tilt.given.0.into(),
                    tilt.difference.0.into(),
                ]);
            }
        }
        table
    }

    fn variance(&self) -> Table {
        let mut columns = vec![
            Column::words("label", "What the spread is made of"),
            Column::percent("chance", "chance %"),
            Column::percent("factors", "factors %"),
        ];
        columns.extend(self.has_theories().then(|| Column::percent("theories", "theories %")));
        let mut table = self.table(columns);
        for one in &self.found.outcomes {
            if let Some(shares) = &one.variance {
                table.row([
                    Cell::from(&one.short),
                    shares.chance.into(),
                    shares.factors.into(),
                    shares.theories.into(),
                ]);
            }
        }
        table
    }

    fn explanation(&self) -> String {
        let error = if self.facts.run.exact { "" } else { " ±: half of the 90 % interval." };
        format!(
            "Shift: what the mean is more once the outcome is known to come true, in standard deviations; with all that comes along \
             with it, which need not be its cause.{error}"
        )
    }

    /// A row for each outcome and number, event and state.
    fn main(&self) -> Table {
        let mut table = self.table([
            Column::words("outcome", "Outcome"),
            Column::words("id", "What"),
            Column::words("kind", "Kind"),
            Column::quantity("usual", "usually"),
            Column::quantity("given", "then"),
            Column::change("shift", "shift"),
        ]);
        for one in &self.found.outcomes {
            for shift in &one.shifts {
                table.row([
                    Cell::from(&one.id),
                    Cell::from(&shift.id),
                    if shift.is_derived { "derived" } else { "factor" }.into(),
                    shift.usual.into(),
                    shift.given.into(),
                    shift.shift.0.into(),
                ]);
            }
            for tilt in &one.tilts {
                table.row([
                    Cell::from(&one.id),
                    Cell::from(&tilt.id),
                    "chance".into(),
                    tilt.probability.value.into(),
                    tilt.given.value.into(),
                    tilt.difference.0.into(),
                ]);
            }
        }
        table
    }
}

fn row(shift: &Shift) -> Vec<Cell> {
    let shown = |value: Option<f64>| {
        let value = value.unwrap_or(f64::NAN);
        with_unit(&quantity(&Estimate { exact: false, ..Estimate::exact(value) }), shift.unit.as_deref())
    };
    vec![
        cut(&plain(&shift.short), LABEL).into(),
        shown(shift.usual).into(),
        shown(shift.given).into(),
        shift.shift.0.into(),
    ]
}

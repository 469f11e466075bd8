//! Which factors move each outcome: a tornado per outcome, the strongest factor on top.

use super::axis::{Scale, percent};
use super::page::{Key, Page, SMALL, Type, Wording, dot, on_paper, ring};
use super::panel::Panel;
use super::wrap::widest;
use super::{Anchor, ChartError, Figure, Mark, Picture, Weight, probability, theme};

/// Tornado panels, one above the other.
#[derive(Debug, Clone, PartialEq)]
pub struct Drivers {
    /// Title, subtitle and caption.
    pub wording: Wording,
    /// One panel per outcome, drawn from the top in this order.
    pub panels: Vec<DriverPanel>,
}

/// What drives one outcome.
#[derive(Debug, Clone, PartialEq)]
pub struct DriverPanel {
    /// The outcome in words.
    pub label: String,
    /// Its probability, 0 to 1: the panel's vertical line.
    pub probability: f64,
    /// The probability as printed, such as "39.5 %".
    pub value: String,
    /// The factors in any order; the [`Drivers::ROWS`] strongest are drawn.
    pub drivers: Vec<Driver>,
}

/// What one factor does to an outcome.
#[derive(Debug, Clone, PartialEq)]
pub struct Driver {
    /// The factor in words.
    pub label: String,
    /// The outcome's probability when the factor is in its lowest fifth or the event does not happen, 0 to 1.
    pub low: f64,
    /// The outcome's probability when the factor is in its highest fifth or the event happens, 0 to 1.
    pub high: f64,
}

impl Drivers {
    /// The most factors that a panel shows.
    pub const ROWS: usize = 8;
}

const FACTOR: Type = Type::new(12.5, Weight::Regular, theme::INK);
/// Room beside the axis for the values at 0 % and 100 %.
const OVERHANG: f64 = 52.0;
const ROW_GAP: f64 = 12.0;
const BAR_HEIGHT: f64 = 8.0;

impl Figure for Drivers {
    fn layout(&self) -> Result<Picture, ChartError> {
        if self.panels.is_empty() {
            return Err(ChartError::Empty("no outcomes"));
        }
        let mut page = Page::open(&self.wording);
        page.legend(&[
            (Key::Ring(theme::INK), "factor in its lowest fifth, no event"),
            (Key::Dot(theme::INK), "in its highest fifth, event"),
            (Key::Bar(theme::RAISES), "more of it raises the probability"),
            (Key::Bar(theme::LOWERS), "lowers it"),
            (Key::Rule, "over all draws"),
        ]);
        let columns = self.columns();
        for panel in &self.panels {
            columns.panel(&mut page, panel);
        }
        page.below -= 24.0;
        page.close(&self.wording)
    }
}

impl Drivers {
    fn columns(&self) -> Columns {
        let labels = self.panels.iter().flat_map(|panel| &panel.drivers).map(|driver| &driver.label);
        let label_width = widest(labels, FACTOR.size, FACTOR.weight).clamp(130.0, 270.0);
        let from = theme::MARGIN + label_width + OVERHANG;
        Columns { label_width, scale: Scale::probability(from, theme::WIDTH - theme::MARGIN - OVERHANG) }
    }
}

/// What the panels share.
struct Columns {
    label_width: f64,
    scale: Scale,
}

impl Columns {
    /// Sets one outcome at the page's fill line.
    fn panel(&self, page: &mut Page, panel: &DriverPanel) {
        let DriverPanel { label, probability, value, drivers } = panel;
        let frame = Panel { label, probability: *probability, value, scale: &self.scale };
        frame.set(page, |page| {
            let (shown, hidden) = strongest(drivers);
            for driver in shown {
                self.row(page, driver);
            }
            if hidden > 0 {
                let words = format!("{hidden} weaker not shown");
                page.below += 5.0;
                page.block(SMALL, theme::MARGIN, self.label_width, &words, 6.0);
            }
        });
    }

    /// Sets one factor at the page's fill line.
    fn row(&self, page: &mut Page, driver: &Driver) {
        let label = FACTOR.wrap(&driver.label, self.label_width);
        let height = FACTOR.height(label.len()).max(14.0) + ROW_GAP;
        let middle = page.below + height / 2.0;
        page.marks.extend(FACTOR.centred(theme::MARGIN, middle, &label));
        if let (Some(low), Some(high)) = (probability(driver.low), probability(driver.high)) {
            page.marks.extend(self.bar(low, high, middle));
        }
        page.below += height;
    }

    /// The bar from low to high, a ring at low and a dot at high, their values outside.
    fn bar(&self, low: f64, high: f64, middle: f64) -> Vec<Mark> {
        let hue = if high >= low { theme::RAISES } else { theme::LOWERS };
        let (a, b) = (self.scale.at(low.min(high)), self.scale.at(low.max(high)));
        let (y, height) = (middle - BAR_HEIGHT / 2.0, BAR_HEIGHT);
        let mut marks = vec![];
        marks.extend(beside(a - 10.0, middle, Anchor::End, low.min(high)));
        marks.extend(beside(b + 10.0, middle, Anchor::Start, low.max(high)));
        marks.push(Mark::Rect { x: a, y, width: b - a, height, fill: hue.tint(0.45) });
        marks.push(dot((self.scale.at(high), middle), 5.0, hue));
        marks.extend(ring((self.scale.at(low), middle), 5.0, hue));
        marks
    }
}

/// A value beside the end of a bar, on paper that hides the lines behind.
fn beside(x: f64, middle: f64, anchor: Anchor, value: f64) -> [Mark; 2] {
    let style = Type { colour: theme::INK, ..SMALL }.anchored(anchor);
    on_paper(style.line(x, middle + style.height(1) / 2.0, percent(value, 1)))
}

/// The strongest factors first, by the size of their effect (those without one last; ties in the given order), and how
/// many are left out.
fn strongest(drivers: &[Driver]) -> (Vec<&Driver>, usize) {
    let effect = |driver: &Driver| match (probability(driver.low), probability(driver.high)) {
        (Some(low), Some(high)) => (high - low).abs(),
        _ => -1.0,
    };
    let mut sorted: Vec<&Driver> = drivers.iter().collect();
    sorted.sort_by(|a, b| effect(b).total_cmp(&effect(a)));
    let hidden = sorted.len().saturating_sub(Drivers::ROWS);
    sorted.truncate(Drivers::ROWS);
    (sorted, hidden)
}

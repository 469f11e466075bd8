//! Each outcome's probability under each of several theories, beside that of all of them together.

use crate::chart::axis::Scale;
use crate::chart::page::{Key, LABEL, Page, SMALL, Type, Wording, on_paper, probability_grid, stroke};
use crate::chart::wrap::widest;
use crate::chart::{ChartError, Figure, Mark, Picture, Weight, probability, theme};

/// Groups of bars, one below the other.
#[derive(Debug, Clone, PartialEq)]
pub struct TheoryBars {
    /// Title, subtitle and caption.
    pub wording: Wording,
    /// The theories in words, each with its weight; the same for every group.
    pub theories: Vec<String>,
    /// One group per outcome, drawn from the top in this order.
    pub groups: Vec<TheoryGroup>,
}

/// What the theories say of one outcome.
#[derive(Debug, Clone, PartialEq)]
pub struct TheoryGroup {
    /// The outcome in words.
    pub label: String,
    /// Its probability over all theories, 0 to 1, and as printed, such as "39.5 %".
    pub whole: (f64, String),
    /// The same under each theory.
    pub under: Vec<(f64, String)>,
}

const HEADING: Type = LABEL.bold();
const ROW: Type = Type::new(12.5, Weight::Regular, theme::INK);
const BAR_HEIGHT: f64 = 13.0;
const ROW_GAP: f64 = 9.0;
/// Room beside the axis for the value at 100 %.
const OVERHANG: f64 = 52.0;
/// What the mixture is called.
const ALL: &str = "All theories";

impl Figure for TheoryBars {
    fn layout(&self) -> Result<Picture, ChartError> {
        if self.groups.is_empty() || self.theories.is_empty() {
            return Err(ChartError::Empty("no theories"));
        }
        let mut page = Page::open(&self.wording);
        page.legend(&[(
            Key::Bar(theme::INK),
            "all theories, by their weights; the line marks it among them",
        )]);
        let columns = self.columns();
        for group in &self.groups {
            self.group(&columns, &mut page, group);
        }
        page.below -= 24.0;
        page.close(&self.wording)
    }
}

impl TheoryBars {
    fn columns(&self) -> Columns {
        let all = ALL.to_string();
        let labels = self.theories.iter().chain([&all]);
        let label_width = widest(labels, ROW.size, ROW.weight).clamp(110.0, 270.0);
        let from = theme::MARGIN + label_width + 18.0;
        Columns { label_width, scale: Scale::probability(from, theme::WIDTH - theme::MARGIN - OVERHANG) }
    }

    /// Sets one outcome at the page's fill line.
    fn group(&self, columns: &Columns, page: &mut Page, group: &TheoryGroup) {
        page.block(HEADING, theme::MARGIN, theme::WIDTH - 2.0 * theme::MARGIN, &group.label, 8.0);
        let (top, ground) = (page.below, page.marks.len());
        columns.row(page, ALL, &group.whole, theme::INK);
        let hues = theme::hues(self.theories.len(), None);
        for ((theory, value), hue) in self.theories.iter().zip(&group.under).zip(hues) {
            columns.row(page, theory, value, hue);
        }
        let scale = &columns.scale;
        let mut behind = probability_grid(scale, top, page.below);
        behind.extend(
            probability(group.whole.0)
                .map(|p| stroke((scale.at(p), top), (scale.at(p), page.below), 1.2, theme::INK)),
        );
        page.marks.splice(ground..ground, behind);
        page.marks.push(stroke((scale.from, top), (scale.from, page.below), 1.5, theme::AXIS));
        page.below += 50.0;
    }
}

/// What the groups share.
struct Columns {
    label_width: f64,
    scale: Scale,
}

impl Columns {
    /// Sets one bar at the page's fill line, its value at its end.
    fn row(&self, page: &mut Page, label: &str, (value, printed): &(f64, String), fill: theme::Colour) {
        let lines = ROW.wrap(label, self.label_width);
        let height = ROW.height(lines.len()).max(BAR_HEIGHT) + ROW_GAP;
        let middle = page.below + height / 2.0;
        page.marks.extend(ROW.centred(theme::MARGIN, middle, &lines));
        if let Some(p) = probability(*value) {
            let (x, width) = (self.scale.from, self.scale.at(p) - self.scale.from);
            page.marks.push(Mark::Rect { x, y: middle - BAR_HEIGHT / 2.0, width, height: BAR_HEIGHT, fill });
            let style = Type { colour: theme::INK, ..SMALL };
            let text = style.line(x + width + 9.0, middle + style.height(1) / 2.0, printed);
            page.marks.extend(on_paper(text));
        }
        page.below += height;
    }
}

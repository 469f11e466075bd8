//! Where the variance of each answer comes from: what each thing does alone, in full colour, and what it does only together with
//! others, in light.

use crate::chart::axis::Scale;
use crate::chart::page::{Key, LABEL, Page, Type, Wording, probability_grid, stroke};
use crate::chart::wrap::widest;
use crate::chart::{ChartError, Figure, Mark, Picture, Weight, probability, theme};

/// Answers one above the other, each with the shares of its variance.
#[derive(Debug, Clone, PartialEq)]
pub struct VarianceShares {
    /// Title, subtitle and caption.
    pub wording: Wording,
    /// One for each answer, from the top.
    pub panels: Vec<SharesPanel>,
}

/// The shares of the variance of one answer.
#[derive(Debug, Clone, PartialEq)]
pub struct SharesPanel {
    /// The answer in words.
    pub label: String,
    /// The hue of the answer, that it has among all.
    pub hue: theme::Colour,
    /// What is not known, from the top.
    pub rows: Vec<SharesRow>,
}

/// The share of one thing.
#[derive(Debug, Clone, PartialEq)]
pub struct SharesRow {
    /// The thing in words.
    pub label: String,
    /// What it does alone, 0 to 1.
    pub first: f64,
    /// What it does in all, 0 to 1.
    pub total: f64,
    /// The 90 % interval of what it does in all.
    pub interval: (f64, f64),
    /// Both as printed.
    pub value: String,
}

const ROW_GAP: f64 = 12.0;
const BAR: f64 = 13.0;
const BESIDE: Type = Type::new(12.0, Weight::Regular, theme::INK);
const HEADING: Type = Type::new(theme::LABEL, Weight::Bold, theme::INK);

impl VarianceShares {
    /// The hue of the first panel, by which the legend explains all.
    fn sample(&self) -> theme::Colour {
        self.panels.iter().find(|panel| !panel.rows.is_empty()).map_or(theme::GREY, |panel| panel.hue)
    }
}

impl Figure for VarianceShares {
    fn layout(&self) -> Result<Picture, ChartError> {
        if self.panels.iter().all(|panel| panel.rows.is_empty()) {
            return Err(ChartError::Empty("no shares of variance"));
        }
        let mut page = Page::open(&self.wording);
        page.legend(&[
            (Key::Bar(self.sample()), "alone: gone once it is known"),
            (Key::Bar(self.sample().tint(0.6)), "only together with others"),
            (Key::Sign("|–|"), "90 % interval of the sampling error of both"),
        ]);
        let rows = || self.panels.iter().flat_map(|one| &one.rows);
        let label_width = widest(rows().map(|row| &row.label), LABEL.size, LABEL.weight).clamp(120.0, 300.0);
        let value_width = widest(rows().map(|row| &row.value), BESIDE.size, BESIDE.weight).clamp(40.0, 190.0);
        let to = theme::WIDTH - theme::MARGIN - value_width - 22.0;
        let scale = Scale { lo: 0.0, hi: self.reach(), from: theme::MARGIN + label_width + 16.0, to };
        for panel in self.panels.iter().filter(|panel| !panel.rows.is_empty()) {
            panel.set(&mut page, &scale, label_width, panel.hue);
        }
        page.below -= 14.0;
        page.close(&self.wording)
    }
}

impl VarianceShares {
    /// A round number that no share and no interval exceeds.
    fn reach(&self) -> f64 {
        let rows = self.panels.iter().flat_map(|one| &one.rows);
        let ends = rows.map(|row| row.interval.1.max(row.total)).filter(|end| end.is_finite());
        let most = ends.fold(0.0, f64::max);
        [0.1, 0.2, 0.4, 0.6, 0.8].into_iter().find(|one| most <= *one).unwrap_or(1.0)
    }
}

impl SharesPanel {
    fn set(&self, page: &mut Page, scale: &Scale, label_width: f64, hue: theme::Colour) {
        let heading = HEADING.wrap(&self.label, theme::WIDTH - 2.0 * theme::MARGIN);
        page.marks.extend(Type { colour: hue, ..HEADING }.block(theme::MARGIN, page.below, &heading));
        page.below += HEADING.height(heading.len()) + 10.0;
        let (top, ground) = (page.below, page.marks.len());
        for row in &self.rows {
            row.set(page, scale, label_width, hue);
        }
        let behind = probability_grid(scale, top, page.below);
        page.marks.splice(ground..ground, behind);
        page.below += 46.0;
    }
}

impl SharesRow {
    fn set(&self, page: &mut Page, scale: &Scale, label_width: f64, hue: theme::Colour) {
        let label = LABEL.wrap(&self.label, label_width);
        let height = LABEL.height(label.len()).max(12.0) + ROW_GAP;
        let middle = page.below + height / 2.0;
        page.marks.extend(LABEL.centred(theme::MARGIN, middle, &label));
        if let (Some(first), Some(total)) = (probability(self.first), probability(self.total)) {
            page.marks.extend(self.bars(scale, middle, (first, total), hue));
        }
        page.below += height;
    }

    fn bars(&self, scale: &Scale, y: f64, (first, total): (f64, f64), hue: theme::Colour) -> Vec<Mark> {
        let bar = |value: f64, fill| Mark::Rect {
            x: scale.from,
            y: y - BAR / 2.0,
            width: scale.at(value) - scale.from,
            height: BAR,
            fill,
        };
        let mut marks = vec![bar(total.max(first), hue.tint(0.6)), bar(first, hue)];
        let ends = [self.interval.0, self.interval.1].map(probability);
        if let [Some(low), Some(high)] = ends {
            let [low, high] = [low, high].map(|value| scale.at(value));
            marks.push(stroke((low, y), (high, y), 1.6, theme::INK));
            marks.extend([low, high].map(|x| stroke((x, y - 4.0), (x, y + 4.0), 1.6, theme::INK)));
        }
        let place = scale.to + 14.0;
        let lines = std::slice::from_ref(&self.value);
        marks.extend(BESIDE.centred(place, y, lines));
        marks
    }
}

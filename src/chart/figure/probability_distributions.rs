//! How each outcome's probability is distributed over the draws: one small histogram per outcome on a shared axis.

use crate::chart::axis::{Scale, percent};
use crate::chart::page::{
    Key, LABEL, Page, Type, VALUE, Wording, dot, on_paper, probability_grid, stroke, whisker,
};
use crate::chart::wrap::widest;
use crate::chart::{Anchor, ChartError, Figure, Mark, Picture, Point, Weight, Whisker, probability, theme};

/// Histograms of outcomes' probabilities, one above the other.
#[derive(Debug, Clone, PartialEq)]
pub struct ProbabilityDistributions {
    /// Title, subtitle and caption.
    pub wording: Wording,
    /// The outcomes, drawn from the top in this order.
    pub outcomes: Vec<OutcomeDistribution>,
}

/// One outcome's panel.
#[derive(Debug, Clone, PartialEq)]
pub struct OutcomeDistribution {
    /// The outcome in words.
    pub label: String,
    /// Its probability, which is the mean of the distribution, 0 to 1.
    pub mean: f64,
    /// The probability as printed, such as "39.5 %".
    pub value: String,
    /// The distribution's percentiles, if it has a spread.
    pub spread: Option<Whisker>,
    /// The share of draws in each bin; bins may differ in width, need not be normalised, and may leave gaps.
    pub bins: Vec<Bin>,
}

/// Draws whose probability lies between two ends.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bin {
    /// Lower end, 0 to 1.
    pub from: f64,
    /// Upper end, 0 to 1; equal to `from` for a point mass.
    pub to: f64,
    /// Share, weight or count of draws, not negative.
    pub mass: f64,
}

/// Columns of a histogram: one per percentage point.
const COLUMNS: usize = 100;
const LABEL_WIDTH: f64 = 215.0;
const PERCENTILE: Type = Type::new(10.5, Weight::Regular, theme::GREY).anchored(Anchor::Middle);

impl Figure for ProbabilityDistributions {
    fn layout(&self) -> Result<Picture, ChartError> {
        if self.outcomes.is_empty() {
            return Err(ChartError::Empty("no outcomes"));
        }
        let mut page = Page::open(&self.wording);
        let each = "share of draws, each panel to its own scale";
        page.legend(&[
            (Key::Bar(theme::series(0).tint(0.6)), each),
            (Key::Dot(theme::INK), "mean: the probability"),
            (Key::Whisker, "5th, 50th and 95th percentile"),
        ]);
        let value_width =
            widest(self.outcomes.iter().map(|o| &o.value), VALUE.size, VALUE.weight).clamp(40.0, 150.0);
        let right = theme::WIDTH - theme::MARGIN - value_width;
        let panel = Panel {
            scale: Scale::probability(theme::MARGIN + LABEL_WIDTH + 18.0, right - 24.0),
            peak: (480.0 / self.outcomes.len() as f64).clamp(42.0, 92.0),
            value_width,
        };
        let (top, ground) = (page.below - 8.0, page.marks.len());
        for (index, outcome) in self.outcomes.iter().enumerate() {
            panel.set(&mut page, outcome, index);
        }
        page.marks.splice(ground..ground, probability_grid(&panel.scale, top, page.below));
        page.below += 20.0;
        page.close(&self.wording)
    }
}

/// What the panels share.
struct Panel {
    scale: Scale,
    /// Height of the highest column.
    peak: f64,
    value_width: f64,
}

impl Panel {
    /// Sets one outcome at the page's fill line.
    fn set(&self, page: &mut Page, outcome: &OutcomeDistribution, index: usize) {
        let label = LABEL.wrap(&outcome.label, LABEL_WIDTH);
        let value = VALUE.wrap(&outcome.value, self.value_width);
        let height = self.peak.max(LABEL.height(label.len())).max(VALUE.height(value.len()));
        let base = page.below + height;
        page.marks.extend(LABEL.block(theme::MARGIN, base - LABEL.height(label.len()), &label));
        let right = theme::WIDTH - theme::MARGIN - self.value_width;
        page.marks.extend(VALUE.block(right, base - VALUE.height(value.len()), &value));
        page.marks.extend(self.histogram(&outcome.bins, base, theme::series(index)));
        page.marks.push(stroke((self.scale.from, base), (self.scale.to, base), 1.0, theme::AXIS));
        if let Some(mean) = probability(outcome.mean) {
            let x = self.scale.at(mean);
            page.marks.push(dot((x, base), 6.0, theme::PAPER));
            page.marks.push(dot((x, base), 4.5, theme::INK));
        }
        if let Some(spread) = outcome.spread.and_then(Whisker::checked) {
            page.marks.extend(self.percentiles(spread, base));
        }
        page.below = base + 50.0;
    }

    /// Filled columns with an outline, one area for each unbroken run of columns; nothing outside the bins.
    fn histogram(&self, bins: &[Bin], base: f64, hue: theme::Colour) -> Vec<Mark> {
        let columns = columns(bins);
        let highest = columns.iter().fold(0.0, |a, b| f64::max(a, *b));
        let mut marks = Vec::new();
        let mut start = 0;
        for run in columns.chunk_by(|a, b| (*a > 0.0) == (*b > 0.0)) {
            if run[0] > 0.0 {
                let outline = self.steps(start, run, base, highest);
                marks.push(Mark::Polygon { points: outline.clone(), fill: hue.tint(0.6) });
                marks.push(Mark::Polyline { points: outline, width: 1.25, colour: hue });
            }
            start += run.len();
        }
        marks
    }

    /// The outline of neighbouring columns from the baseline up, over and down again.
    fn steps(&self, start: usize, run: &[f64], base: f64, highest: f64) -> Vec<Point> {
        let x = |column: usize| self.scale.at((start + column) as f64 / COLUMNS as f64);
        let mut points = vec![(x(0), base)];
        for (column, mass) in run.iter().enumerate() {
            let y = base - mass / highest * self.peak;
            points.extend([(x(column), y), (x(column + 1), y)]);
        }
        points.push((x(run.len()), base));
        points.dedup();
        points
    }

    /// The whisker below the baseline, and its three values below that, moved apart where they would meet; a point
    /// mass has one value.
    fn percentiles(&self, spread: Whisker, base: f64) -> Vec<Mark> {
        let values = [spread.p05, spread.p50, spread.p95];
        let places = values.map(|p| self.scale.at(p));
        let bounds = (self.scale.from - 12.0, self.scale.to + 12.0);
        let label = |x: f64, name: &str, p: f64| {
            PERCENTILE.line(x, base + 32.0, format!("{name}\u{a0}{}", percent(p, 1)))
        };
        let mut marks = whisker((places[0], places[1], places[2]), base + 14.0, 4.0);
        if spread.p05 == spread.p95 {
            let half = PERCENTILE.width(&format!("P5–P95\u{a0}{}", percent(spread.p50, 1))) / 2.0;
            marks.extend(on_paper(label(
                places[1].clamp(bounds.0 + half, bounds.1 - half),
                "P5–P95",
                spread.p50,
            )));
            return marks;
        }
        let names = ["P5", "P50", "P95"];
        let widths =
            [0, 1, 2].map(|k| PERCENTILE.width(&format!("{}\u{a0}{}", names[k], percent(values[k], 1))));
        let centres = apart(places, widths, 9.0, bounds);
        marks.extend((0..3).flat_map(|k| on_paper(label(centres[k], names[k], values[k]))));
        marks
    }
}

/// The mass in each of [`COLUMNS`] equal columns of 0 to 1; a bin's mass is spread evenly between its ends.
/// A bin with an end outside 0 to 1, ends in the wrong order, or a mass that is no positive number is left out.
fn columns(bins: &[Bin]) -> Vec<f64> {
    let mut columns = vec![0.0; COLUMNS];
    for bin in bins {
        let (Some(from), Some(to)) = (probability(bin.from), probability(bin.to)) else { continue };
        if !(bin.mass > 0.0 && bin.mass.is_finite() && from <= to) {
            continue;
        }
        let (from, to) = (from * COLUMNS as f64, to * COLUMNS as f64);
        let first = (from as usize).min(COLUMNS - 1);
        if to <= (first + 1) as f64 {
            columns[first] += bin.mass;
            continue;
        }
        for (column, mass) in columns.iter_mut().enumerate().skip(first).take_while(|(c, _)| (*c as f64) < to)
        {
            let overlap = to.min((column + 1) as f64) - from.max(column as f64);
            *mass += bin.mass * overlap / (to - from);
        }
    }
    columns
}

/// Centres of three labels as near to their places as they can be with `gap` between them and within `bounds`.
fn apart(places: [f64; 3], widths: [f64; 3], gap: f64, bounds: (f64, f64)) -> [f64; 3] {
    let need = |left: usize| (widths[left] + widths[left + 1]) / 2.0 + gap;
    let [mut a, b, mut c] = places;
    let middle = b.clamp(
        bounds.0 + widths[0] / 2.0 + need(0),
        (bounds.1 - widths[2] / 2.0 - need(1)).max(bounds.0 + widths[0] / 2.0 + need(0)),
    );
    a = a.min(middle - need(0)).max(bounds.0 + widths[0] / 2.0);
    c = c.max(middle + need(1)).min(bounds.1 - widths[2] / 2.0);
    [a, middle, c]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rebinning_keeps_the_mass_and_its_place() {
        let bins = [
            Bin { from: 0.0, to: 1e-9, mass: 3.0 },
            Bin { from: 0.105, to: 0.135, mass: 6.0 },
            Bin { from: 0.5, to: 0.5, mass: 2.0 },
            Bin { from: 1.0, to: 1.0, mass: 1.0 },
        ];
        let columns = columns(&bins);
        for (column, mass) in
            [(0, 3.0), (9, 0.0), (10, 1.0), (11, 2.0), (12, 2.0), (13, 1.0), (14, 0.0), (50, 2.0), (99, 1.0)]
        {
            assert!((columns[column] - mass).abs() < 1e-12, "{column}: {}", columns[column]);
        }
        assert!((columns.iter().sum::<f64>() - 12.0).abs() < 1e-12);
    }

    #[test]
    fn bins_that_mean_nothing_are_left_out() {
        let bin = |from, to, mass| Bin { from, to, mass };
        let odd = [
            bin(f64::NAN, 1.0, 1.0),
            bin(0.5, 0.2, 1.0),
            bin(0.0, 2.0, 1.0),
            bin(0.0, 1.0, -1.0),
            bin(0.0, 1.0, f64::INFINITY),
            bin(0.0, 1.0, f64::NAN),
        ];
        assert_eq!(columns(&odd), vec![0.0; COLUMNS]);
    }

    #[test]
    fn labels_move_apart_no_more_than_they_must() {
        let (widths, bounds) = ([50.0, 40.0, 60.0], (0.0, 500.0));
        assert_eq!(apart([100.0, 200.0, 300.0], widths, 9.0, bounds), [100.0, 200.0, 300.0]);
        for places in [[0.0, 0.0, 0.0], [500.0, 500.0, 500.0], [250.0, 251.0, 252.0], [0.0, 250.0, 250.0]] {
            let [a, b, c] = apart(places, widths, 9.0, bounds);
            assert!(a >= 25.0 && b - a >= 54.0 && c - b >= 59.0 && c <= 470.0, "{places:?}");
        }
    }
}

//! What each option of a decision pays: its mean as a dot, and lines for 66 % and 90 % of what may come of it.

use super::density::axis;
use crate::chart::axis::{LARGEST, NARROWEST, Scale};
use crate::chart::page::{Key, LABEL, Page, SMALL, Type, VALUE, Wording, dot, stroke};
use crate::chart::wrap::widest;
use crate::chart::{Anchor, ChartError, Figure, Mark, Picture, theme};

/// Options one below the other.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// Title, subtitle and caption.
    pub wording: Wording,
    /// One for each option, from the top.
    pub rows: Vec<OptionRow>,
    /// What payoffs are measured in.
    pub unit: Option<String>,
}

/// One option.
#[derive(Debug, Clone, PartialEq)]
pub struct OptionRow {
    /// The option in words.
    pub label: String,
    /// Its expected payoff.
    pub mean: f64,
    /// P5, P17, P50, P83 and P95 of its payoff.
    pub levels: [f64; 5],
    /// The expected payoff as printed.
    pub value: String,
    /// How probable it is that it turns out best, as printed.
    pub best: String,
    /// Whether its expected payoff is the best.
    pub is_leader: bool,
}

const GAP: f64 = 26.0;

impl Figure for Options {
    fn layout(&self) -> Result<Picture, ChartError> {
        let columns = self.columns()?;
        let mut page = Page::open(&self.wording);
        page.legend(&[
            (Key::Dot(theme::INK), "expected"),
            (Key::Thick, "66 % of what may come of it"),
            (Key::Line, "90 %"),
        ]);
        let (top, ground) = (page.below, page.marks.len());
        self.rows.iter().for_each(|row| columns.row(&mut page, row));
        let behind = axis(&columns.scale, top, page.below + 4.0);
        page.marks.splice(ground..ground, behind);
        page.below += 31.0;
        let width = theme::WIDTH - columns.scale.from - theme::MARGIN;
        page.block(SMALL, columns.scale.from, width, self.unit.as_deref().unwrap_or_default(), 7.0);
        page.close(&self.wording)
    }
}

/// What the rows share.
struct Columns {
    label_width: f64,
    value_width: f64,
    scale: Scale,
}

impl Options {
    fn columns(&self) -> Result<Columns, ChartError> {
        let all = self.rows.iter().flat_map(|row| row.levels.into_iter().chain([row.mean]));
        let finite: Vec<f64> = all.filter(|one| one.abs() < LARGEST).collect();
        let low = finite.iter().copied().fold(f64::INFINITY, f64::min);
        let high = finite.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        if finite.is_empty() {
            return Err(ChartError::Empty("no option with a payoff"));
        }
        let size = low.abs().max(high.abs());
        let half = if high - low > NARROWEST * size { 0.5 * (high - low) } else { 0.5 * size.max(1.0) };
        let middle = 0.5 * low + 0.5 * high;
        let labels = widest(self.rows.iter().map(|row| &row.label), LABEL.size, LABEL.weight);
        let values = widest(self.rows.iter().map(|row| &row.value), VALUE.size, VALUE.weight);
        let chances = widest(self.rows.iter().map(|row| &row.best), SMALL.size, SMALL.weight);
        let (label_width, value_width) = (labels.clamp(60.0, 220.0), values.max(chances).clamp(40.0, 150.0));
        let from = theme::MARGIN + label_width + 20.0;
        let to = theme::WIDTH - theme::MARGIN - value_width - 24.0;
        let scale = Scale { lo: middle - 1.06 * half, hi: middle + 1.06 * half, from, to };
        Ok(Columns { label_width, value_width, scale })
    }
}

impl Columns {
    /// Sets one option at the page's fill line.
    fn row(&self, page: &mut Page, row: &OptionRow) {
        let label = if row.is_leader { LABEL.bold() } else { LABEL }.cut(&row.label, self.label_width, 4);
        let style = if row.is_leader { LABEL.bold() } else { LABEL };
        let value = VALUE.wrap(&row.value, self.value_width);
        let best = SMALL.wrap(&row.best, self.value_width);
        let beside = VALUE.height(value.len()) + 6.0 + SMALL.height(best.len());
        let height = style.height(label.len()).max(beside) + GAP;
        let middle = page.below + height / 2.0;
        page.marks.extend(style.centred(theme::MARGIN, middle, &label));
        page.marks.extend(self.spread(row, middle));
        let (right, top) = (theme::WIDTH - theme::MARGIN, middle - beside / 2.0);
        let colour = if row.is_leader { theme::RAISES } else { theme::INK };
        let value_style = Type { colour, ..VALUE }.anchored(Anchor::End);
        page.marks.extend(value_style.block(right, top, &value));
        let below = top + VALUE.height(value.len()) + 6.0;
        page.marks.extend(SMALL.anchored(Anchor::End).block(right, below, &best));
        page.below += height;
    }

    fn spread(&self, row: &OptionRow, y: f64) -> Vec<Mark> {
        let place = |value: f64| self.scale.at(value.clamp(self.scale.lo, self.scale.hi));
        let [p05, p17, _, p83, p95] = row.levels.map(place);
        let hue = if row.is_leader { theme::RAISES } else { theme::AXIS };
        let mut marks = vec![
            stroke((p05, y), (p95, y), 2.0, hue),
            stroke((p17, y), (p83, y), 6.0, hue),
            dot((place(row.mean), y), 7.0, theme::PAPER),
            dot((place(row.mean), y), 5.5, if row.is_leader { hue } else { theme::INK }),
        ];
        // What is no number stays no number when it is clamped.
        marks.retain(|mark| mark.bounds().0.is_finite() && mark.bounds().2.is_finite());
        marks
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options(rows: &[(f64, [f64; 5])]) -> Options {
        let row = |(mean, levels): &(f64, [f64; 5])| OptionRow {
            label: "an option".into(),
            mean: *mean,
            levels: *levels,
            value: "1".into(),
            best: "best 50 %".into(),
            is_leader: false,
        };
        Options { wording: Wording::default(), rows: rows.iter().map(row).collect(), unit: None }
    }

    #[test]
    fn each_mean_is_a_dot_where_it_lies_on_the_axis() {
        let figure = options(&[(1.0, [0.0, 0.5, 1.0, 1.5, 2.0]), (4.0, [4.0; 5])]);
        let scale = figure.columns().unwrap().scale;
        let picture = figure.layout().unwrap();
        let centres = picture.marks.iter().filter_map(|mark| match mark {
            Mark::Circle { centre, radius: 5.5, .. } => Some(centre.0),
            _ => None,
        });
        assert_eq!(centres.collect::<Vec<f64>>(), [scale.at(1.0), scale.at(4.0)]);
    }

    #[test]
    fn what_is_no_number_leaves_its_mark_out() {
        assert!(options(&[(f64::NAN, [f64::NAN; 5])]).layout().is_err());
        assert!(options(&[(f64::NAN, [f64::NAN; 5]), (0.0, [0.0; 5])]).layout().is_ok());
        assert!(options(&[(1e300, [-1e300, 0.0, 0.0, 1.0, f64::INFINITY])]).layout().is_ok());
    }
}

//! A box of worlds: what it allows of each thing that it restricts, and below that the path it was taken from, as density over
//! coverage.

use crate::chart::axis::{Scale, percent};
use crate::chart::page::{Key, LABEL, Page, SMALL, Type, Wording, dot, on_paper, ring, stroke};
use crate::chart::wrap::widest;
use crate::chart::{Anchor, ChartError, Figure, Mark, Picture, Weight, probability, theme};

/// A box, and the path to it.
#[derive(Debug, Clone, PartialEq)]
pub struct Boxes {
    /// Title, subtitle and caption.
    pub wording: Wording,
    /// What the box restricts, from the top.
    pub rows: Vec<BoxRow>,
    /// The path as (coverage, density), from the box of everything.
    pub path: Vec<(f64, f64)>,
    /// The box itself as (coverage, density), with its name.
    pub own: (f64, f64, String),
    /// What is said of the line at the density of everything.
    pub base: String,
}

/// What a box allows of one thing.
#[derive(Debug, Clone, PartialEq)]
pub struct BoxRow {
    /// The thing in words.
    pub label: String,
    /// What is allowed, as printed.
    pub value: String,
    /// The same as a shape.
    pub allowed: BoxShape,
}

/// What is allowed.
#[derive(Debug, Clone, PartialEq)]
pub enum BoxShape {
    /// Of numbers, which mostly lie between two, those from one bound to another.
    Range {
        /// Between these nine tenths lie.
        usual: [f64; 2],
        /// The bounds; infinite where there is none.
        bounds: [f64; 2],
        /// The ends of what is usual, as printed.
        ends: [String; 2],
    },
    /// Of states by their names, those with a true.
    States(Vec<(String, bool)>),
}

const ROW: f64 = 20.0;
const BAR: f64 = 11.0;
const CHIP: f64 = 17.0;
const HEIGHT: f64 = 250.0;
const AXIS: f64 = 46.0;
const HEADING: Type = Type::new(theme::LABEL, Weight::Bold, theme::INK);

impl Figure for Boxes {
    fn layout(&self) -> Result<Picture, ChartError> {
        if self.path.len() < 2 {
            return Err(ChartError::Empty("no box but that of everything"));
        }
        let mut page = Page::open(&self.wording);
        if !self.rows.is_empty() {
            self.legend(&mut page);
            let all = widest(self.rows.iter().map(|row| &row.label), LABEL.size, LABEL.weight);
            let values = widest(self.rows.iter().map(|row| &row.value), SMALL.size, Weight::Bold);
            let (label, value) = (all.clamp(120.0, 250.0), values.clamp(60.0, 170.0));
            let ends = (theme::MARGIN + label + 16.0, theme::WIDTH - theme::MARGIN - value - 16.0);
            self.rows.iter().for_each(|row| row.set(&mut page, label, ends));
            page.below += 16.0;
        }
        self.trade(&mut page);
        page.close(&self.wording)
    }
}

impl Boxes {
    fn legend(&self, page: &mut Page) {
        let inside = (Key::Bar(theme::series(0)), "in the box");
        let has_ranges = self.rows.iter().any(|row| matches!(row.allowed, BoxShape::Range { .. }));
        let outside = if has_ranges { "outside; bars go from P5 to P95" } else { "outside" };
        page.legend(&[inside, (Key::Bar(theme::GRID), outside)]);
    }

    /// Density over coverage along the path.
    fn trade(&self, page: &mut Page) {
        let heading = "The path: each box is a part of the one at its right";
        page.block(HEADING, theme::MARGIN, theme::WIDTH - 2.0 * theme::MARGIN, heading, 30.0);
        let (left, right) = (theme::MARGIN + AXIS, theme::WIDTH - theme::MARGIN - 10.0);
        let (top, bottom) = (page.below, page.below + HEIGHT);
        let (x, y) = (Scale::probability(left, right), Scale::probability(bottom, top));
        page.marks.extend(grid(&x, &y));
        let places: Vec<(f64, f64)> = self.path.iter().filter_map(|one| place(*one, &x, &y)).collect();
        let base = self.path.first().and_then(|one| probability(one.1)).map(|density| y.at(density));
        if let Some(level) = base {
            page.marks.extend(dashes(level, left, right));
        }
        page.marks.push(Mark::Polyline { points: places.clone(), width: 1.8, colour: theme::series(0) });
        page.marks.extend(places.iter().map(|point| dot(*point, 3.2, theme::series(0))));
        if let Some(level) = base {
            let above = if level - 8.0 > top + 12.0 { level - 7.0 } else { level + 15.0 };
            let text = SMALL.cut_line((left + 8.0, above), &self.base, right - left - 16.0);
            page.marks.extend(text.into_iter().flat_map(on_paper));
        }
        self.own(page, &x, &y);
        page.below = bottom + 50.0;
    }

    /// The box itself, with its name where there is room.
    fn own(&self, page: &mut Page, x: &Scale, y: &Scale) {
        let (coverage, density, name) = &self.own;
        let Some((px, py)) = place((*coverage, *density), x, y) else { return };
        page.marks.extend(ring((px, py), 7.0, theme::ACCENT));
        page.marks.push(dot((px, py), 3.2, theme::ACCENT));
        let style = Type { colour: theme::ACCENT, ..SMALL.bold() };
        let Some(name) = style.cut(name, x.to - x.from - 16.0, 1).into_iter().next() else { return };
        // The path falls to the right: above it is free.
        let (at, anchor) = match px + 12.0 + style.width(&name) < x.to {
            true => (px + 8.0, Anchor::Start),
            false => (x.to - 4.0, Anchor::End),
        };
        let baseline = if py - 14.0 > y.to + 12.0 { py - 14.0 } else { py + 24.0 };
        page.marks.extend(on_paper(style.anchored(anchor).line(at, baseline, name)));
    }
}

fn place((coverage, density): (f64, f64), x: &Scale, y: &Scale) -> Option<(f64, f64)> {
    Some((x.at(probability(coverage)?), y.at(probability(density)?)))
}

/// Lines at each fifth of both, and what they measure.
fn grid(x: &Scale, y: &Scale) -> Vec<Mark> {
    let mut marks = Vec::new();
    for fifth in 0..=5 {
        let share = f64::from(fifth) / 5.0;
        marks.push(stroke((x.at(share), y.from), (x.at(share), y.to), 1.0, theme::GRID));
        marks.push(stroke((x.from, y.at(share)), (x.to, y.at(share)), 1.0, theme::GRID));
        let shown = percent(share, 0);
        marks.push(SMALL.anchored(Anchor::Middle).line(x.at(share), y.from + 16.0, shown.as_str()));
        marks.push(SMALL.anchored(Anchor::End).line(x.from - 8.0, y.at(share) + 4.0, shown));
    }
    let middle = (x.from + x.to) / 2.0;
    marks.push(SMALL.anchored(Anchor::Middle).line(
        middle,
        y.from + 34.0,
        "Coverage: how much of it lies in the box",
    ));
    marks.push(SMALL.line(theme::MARGIN, y.to - 10.0, "Density: how often it happens in the box"));
    marks
}

fn dashes(level: f64, left: f64, right: f64) -> Vec<Mark> {
    let starts = (0..).map(|at| left + 9.0 * f64::from(at)).take_while(|x| *x < right);
    starts.map(|x| stroke((x, level), ((x + 5.0).min(right), level), 1.2, theme::GREY)).collect()
}

impl BoxRow {
    fn set(&self, page: &mut Page, label_width: f64, ends: (f64, f64)) {
        let label = LABEL.cut(&self.label, label_width, 3);
        let (shape, deep) = match &self.allowed {
            BoxShape::Range { usual, bounds, ends: printed } => range(*usual, *bounds, printed, ends),
            BoxShape::States(all) => chips(all, ends),
        };
        let height = LABEL.height(label.len()).max(deep);
        let middle = page.below + height / 2.0;
        page.marks.extend(LABEL.centred(theme::MARGIN, middle, &label));
        let top = middle - deep / 2.0;
        page.marks.extend(shape.into_iter().map(|mark| moved(mark, top)));
        let style = Type { colour: theme::INK, ..SMALL.bold() };
        let right = theme::WIDTH - theme::MARGIN;
        let value = style.cut(&self.value, right - ends.1 - 12.0, 3);
        page.marks.extend(style.centred(ends.1 + 14.0, middle, &value));
        page.below += height + ROW;
    }
}

/// A bar of what is usual, or as far as a bound lies beyond it, with what is allowed in colour; and how deep it is.
fn range(
    usual: [f64; 2],
    bounds: [f64; 2],
    printed: &[String; 2],
    (left, right): (f64, f64),
) -> (Vec<Mark>, f64) {
    let known = |bound: f64, end: f64| if bound.is_finite() { bound } else { end };
    let lo = usual[0].min(known(bounds[0], usual[0])).min(known(bounds[1], usual[0]));
    let hi = usual[1].max(known(bounds[1], usual[1])).max(known(bounds[0], usual[1]));
    let deep = BAR + 5.0 + SMALL.height(1);
    if !(hi - lo > 0.0 && (hi - lo).is_finite()) {
        return (Vec::new(), deep);
    }
    let scale = Scale { lo, hi, from: left, to: right };
    let bar = |from: f64, to: f64, fill| Mark::Rect {
        x: from,
        y: 0.0,
        width: (to - from).max(1.5),
        height: BAR,
        fill,
    };
    let inside = [scale.at(known(bounds[0], lo).max(lo)), scale.at(known(bounds[1], hi).min(hi))];
    let mut marks = vec![bar(left, right, theme::GRID), bar(inside[0], inside[1], theme::series(0))];
    let baseline = BAR + 5.0 + SMALL.height(1);
    let [from, to] = usual.map(|end| scale.at(end));
    marks.push(SMALL.line(from, baseline, printed[0].as_str()));
    marks.push(SMALL.anchored(Anchor::End).line(to, baseline, printed[1].as_str()));
    (marks, deep)
}

/// The names of states, those that are allowed on colour; and how deep they are.
fn chips(all: &[(String, bool)], (left, right): (f64, f64)) -> (Vec<Mark>, f64) {
    let (mut marks, mut x, mut y) = (Vec::new(), left, 0.0);
    for (name, is_in) in all {
        let colour = if *is_in { theme::PAPER } else { theme::GREY };
        let style = Type { colour, ..if *is_in { SMALL.bold() } else { SMALL } };
        let shown = style.cut(name, right - left - 14.0, 1);
        let width = style.width(&shown.concat()) + 14.0;
        if x > left && x + width > right {
            (x, y) = (left, y + CHIP + 5.0);
        }
        let fill = if *is_in { theme::series(0) } else { theme::BAND };
        marks.push(Mark::Rect { x, y, width, height: CHIP, fill });
        marks.extend(shown.into_iter().map(|text| style.line(x + 7.0, y + 12.5, text)));
        x += width + 6.0;
    }
    (marks, y + CHIP)
}

/// A mark so much farther down.
fn moved(mark: Mark, by: f64) -> Mark {
    match mark {
        Mark::Rect { x, y, width, height, fill } => Mark::Rect { x, y: y + by, width, height, fill },
        Mark::Text { x, baseline, anchor, size, weight, colour, content } => {
            Mark::Text { x, baseline: baseline + by, anchor, size, weight, colour, content }
        }
        other => other,
    }
}

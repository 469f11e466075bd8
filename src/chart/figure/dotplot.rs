//! Chance as things that can be counted: 100 futures, each a dot; and a quantity as dots that are equally probable
//! (quantile dotplots: Kay, Kola, Hullman and Munson 2016, "When (ish) is my bus?").

use super::{apart::apart, density};
use crate::chart::axis::Scale;
use crate::chart::page::{LABEL, Page, SMALL, Type, VALUE, Wording, dot, rule};
use crate::chart::theme::Colour;
use crate::chart::wrap::widest;
use crate::chart::{Anchor, ChartError, Figure, Picture, Weight, theme};

/// Futures that differ in what comes true, as many of each as it is probable.
#[derive(Debug, Clone, PartialEq)]
pub struct FutureDots {
    /// Title, subtitle and caption.
    pub wording: Wording,
    /// The outcomes, drawn from the top in this order; those without a dot are left out.
    pub groups: Vec<DotGroup>,
    /// Whether the last of them is all that has no group of its own.
    pub has_rest: bool,
}

/// The futures in which one outcome comes true.
#[derive(Debug, Clone, PartialEq)]
pub struct DotGroup {
    /// The outcome in words.
    pub label: String,
    /// How many they are.
    pub count: usize,
}

/// A quantity as dots, each as probable as every other.
#[derive(Debug, Clone, PartialEq)]
pub struct QuantileDots {
    /// Title, subtitle and caption.
    pub wording: Wording,
    /// The quantiles at the levels (k − ½) / n, ascending.
    pub values: Vec<f64>,
    /// What it is measured in.
    pub unit: Option<String>,
}

/// Most dots on top of each other, of few groups and of many.
const STACKS: [usize; 2] = [5, 2];
const LETTER: Type = Type::new(8.5, Weight::Bold, theme::PAPER).anchored(Anchor::Middle);
/// Room from the middle of a dot to that of the next, in diameters.
const PITCH: f64 = 1.12;

impl Figure for FutureDots {
    fn layout(&self) -> Result<Picture, ChartError> {
        let shown: Vec<(usize, &DotGroup)> =
            self.groups.iter().enumerate().filter(|(_, one)| one.count > 0).collect();
        if shown.is_empty() {
            return Err(ChartError::Empty("no outcomes"));
        }
        let own = 0..self.groups.len().saturating_sub(usize::from(self.has_rest));
        let leader = own.rev().max_by_key(|at| self.groups[*at].count);
        let hues = theme::hues(self.groups.len(), leader);
        let rows = Rows::new(&shown);
        let mut page = Page::open(&self.wording);
        for (letter, (at, group)) in shown.iter().enumerate() {
            rows.set(&mut page, group, (letter, hues[*at]));
        }
        page.below -= 6.0;
        page.close(&self.wording)
    }
}

/// What the groups share.
struct Rows {
    label_width: f64,
    count_width: f64,
    stack: usize,
    /// A dot's diameter.
    size: f64,
}

impl Rows {
    fn new(groups: &[(usize, &DotGroup)]) -> Rows {
        let labels = widest(groups.iter().map(|(_, one)| &one.label), LABEL.size, LABEL.weight);
        let most = groups.iter().map(|(_, one)| one.count).max().unwrap_or(1);
        let stack = STACKS[usize::from(groups.len() > 6)];
        let (label_width, count_width) = (labels.clamp(90.0, 208.0), VALUE.width("000"));
        let room = theme::WIDTH - 2.0 * theme::MARGIN - label_width - count_width - 40.0;
        let size = (room / most.div_ceil(stack) as f64 / PITCH).min(18.0);
        Rows { label_width, count_width, stack, size }
    }

    /// Sets one outcome at the page's fill line: its words, its number, and its dots with its letter.
    fn set(&self, page: &mut Page, group: &DotGroup, (letter, hue): (usize, Colour)) {
        let label = LABEL.cut(&group.label, self.label_width, 4);
        let pitch = PITCH * self.size;
        let tall = group.count.min(self.stack) as f64 * pitch;
        let height = tall.max(LABEL.height(label.len())).max(VALUE.height(1));
        let middle = page.below + height / 2.0;
        page.marks.extend(LABEL.centred(theme::MARGIN, middle, &label));
        let number = Type { colour: hue, ..VALUE }.anchored(Anchor::End);
        let x = theme::MARGIN + self.label_width + 16.0 + self.count_width;
        page.marks.extend(number.centred(x, middle, &[group.count.to_string()]));
        let from = x + 16.0 + self.size / 2.0;
        let name = letter_of(letter).filter(|_| self.size >= 10.0);
        for at in 0..group.count {
            let (column, row) = (at / self.stack, at % self.stack);
            let centre = (from + column as f64 * pitch, middle + tall / 2.0 - (row as f64 + 0.5) * pitch);
            page.marks.push(dot(centre, self.size / 2.0, hue));
            let baseline = centre.1 + LETTER.height(1) / 2.0;
            page.marks.extend(name.as_ref().map(|name| LETTER.line(centre.0, baseline, name)));
        }
        page.below += height + 16.0;
    }
}

/// The letter of a group; none beyond Z.
fn letter_of(at: usize) -> Option<String> {
    u8::try_from(at).ok().filter(|at| *at < 26).map(|at| char::from(b'A' + at).to_string())
}

const LEFT: f64 = theme::MARGIN + 12.0;
const RIGHT: f64 = theme::WIDTH - theme::MARGIN - 12.0;
/// The largest and the smallest diameter of a dot, and the greatest height of all.
const DIAMETERS: (f64, f64) = (30.0, 3.0);
const HIGHEST: f64 = 240.0;

impl Figure for QuantileDots {
    fn layout(&self) -> Result<Picture, ChartError> {
        let (Some(first), Some(last)) = (self.values.first(), self.values.last()) else {
            return Err(ChartError::Empty("no draws"));
        };
        let ordered = self.values.windows(2).all(|pair| pair[0] <= pair[1]);
        if !(ordered && last - first >= 0.0 && (last - first).is_finite()) {
            return Err(ChartError::Empty("no numbers"));
        }
        let half = if first < last { 0.5 * (last - first) } else { 0.5 * first.abs().max(1.0) };
        let middle = 0.5 * first + 0.5 * last;
        let scale = Scale { lo: middle - 1.04 * half, hi: middle + 1.04 * half, from: LEFT, to: RIGHT };
        let (size, stacks) = stacks(&self.values, &scale);
        let mut page = Page::open(&self.wording);
        let most = stacks.iter().map(|(_, count)| *count).max().unwrap_or(1);
        let bottom = page.below + most as f64 * size + 4.0;
        page.marks.push(rule((LEFT, bottom), RIGHT, theme::AXIS));
        for (x, count) in &stacks {
            let place = |at: usize| (*x, bottom - 1.0 - (at as f64 + 0.5) * size);
            page.marks
                .extend((0..*count).map(|at| dot(place(at), size / 2.0 / PITCH * 1.04, theme::SERIES[0])));
        }
        page.marks.extend(density::axis(&scale, bottom, bottom + 4.0));
        page.below = bottom + 27.0;
        let width = theme::WIDTH - 2.0 * theme::MARGIN;
        page.block(SMALL, theme::MARGIN, width, self.unit.as_deref().unwrap_or_default(), 7.0);
        page.close(&self.wording)
    }
}

/// The size of a dot, and the places and heights of the stacks: each dot joins the stack to its left if it would touch that
/// (dot-density binning: Wilkinson 1999, "Dot plots").
fn stacks(values: &[f64], scale: &Scale) -> (f64, Vec<(f64, usize)>) {
    let mut size = DIAMETERS.0;
    loop {
        let mut all: Vec<(f64, f64, usize)> = Vec::new();
        for x in values.iter().map(|value| scale.at(*value)) {
            match all.last_mut().filter(|(start, ..)| x < start + size) {
                Some((_, sum, count)) => (*sum, *count) = (*sum + x, *count + 1),
                None => all.push((x, x, 1)),
            }
        }
        let most = all.iter().map(|(.., count)| *count).max().unwrap_or(1);
        if most as f64 * size <= HIGHEST || size <= DIAMETERS.1 {
            let places: Vec<f64> = all.iter().map(|(_, sum, count)| sum / *count as f64).collect();
            let centres = apart(&places, &vec![size; places.len()], (scale.from - size, scale.to + size));
            return (size, centres.into_iter().zip(all).map(|(x, (.., count))| (x, count)).collect());
        }
        size *= 0.92;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::Mark;

    fn circles(picture: &Picture) -> Vec<(f64, f64)> {
        let centre = |mark: &Mark| match mark {
            Mark::Circle { centre, .. } => Some(*centre),
            _ => None,
        };
        picture.marks.iter().filter_map(centre).collect()
    }

    #[test]
    fn there_are_as_many_dots_as_futures() {
        let group = |label: &str, count| DotGroup { label: label.into(), count };
        let groups = vec![group("a", 49), group("b", 49), group("none", 0), group("c", 2)];
        let figure = FutureDots { wording: Wording::default(), groups, has_rest: false };
        let picture = figure.layout().unwrap();
        assert_eq!(circles(&picture).len(), 100);
        let words = |what: &str| {
            picture
                .marks
                .iter()
                .filter(|mark| matches!(mark, Mark::Text { content, .. } if content == what))
                .count()
        };
        assert_eq!((words("A"), words("B"), words("C"), words("none"), words("2")), (49, 49, 2, 0, 1));
        assert!(FutureDots { groups: Vec::new(), ..figure }.layout().is_err());
    }

    #[test]
    fn every_quantile_is_a_dot_within_a_diameter_of_its_place() {
        let values: Vec<f64> = (0..100).map(|at| libm::pow(f64::from(at) / 99.0, 3.0) * 40.0).collect();
        let figure =
            QuantileDots { wording: Wording::default(), values: values.clone(), unit: Some("days".into()) };
        let picture = figure.layout().unwrap();
        assert_eq!(circles(&picture).len(), 100);
        let scale = Scale { lo: -0.8, hi: 40.8, from: LEFT, to: RIGHT };
        let (size, stacks) = stacks(&values, &scale);
        let mut places = stacks.iter().flat_map(|(x, count)| std::iter::repeat_n(*x, *count));
        for value in &values {
            let place = places.next().unwrap();
            assert!((place - scale.at(*value)).abs() <= 2.0 * size, "{value}");
        }
        for values in [vec![3.0; 50], vec![0.0, 1e12], vec![f64::NAN; 3], vec![2.0, 1.0], Vec::new()] {
            let is_fit = values.len() > 1 && values[0] <= values[1];
            let figure = QuantileDots { wording: Wording::default(), values, unit: None };
            assert_eq!(figure.layout().is_ok(), is_fit);
        }
    }
}

//! What all figures share: title and subtitle above, legend, caption below, and the small shapes of the legend.

use super::error::ChartError;
use super::font::text_width;
use super::line::from_left;
use super::mark::{Anchor, Mark, Picture};
use super::theme::{self, Colour};
use super::weight::Weight;
use super::wrap::wrap;

/// The words around a figure. All are wrapped to the width, none is cut.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wording {
    /// The finding or the question, in bold.
    pub title: String,
    /// What is shown: quantity, unit, date.
    pub subtitle: String,
    /// Where it comes from: file, draws, seed, version.
    pub caption: String,
}

/// A picture under construction, filled from the top.
pub(super) struct Page {
    /// The marks so far.
    pub marks: Vec<Mark>,
    /// The y below which the canvas is still empty.
    pub below: f64,
}

/// How a block of text is set.
#[derive(Clone, Copy)]
pub(super) struct Type {
    pub size: f64,
    pub weight: Weight,
    pub colour: Colour,
    pub anchor: Anchor,
}

/// Labels and values.
pub(super) const LABEL: Type = Type::new(theme::LABEL, Weight::Regular, theme::INK);
/// Printed probabilities.
pub(super) const VALUE: Type = Type::new(15.0, Weight::Bold, theme::INK);
/// Axis labels, legends and small print.
pub(super) const SMALL: Type = Type::new(theme::SMALL, Weight::Regular, theme::GREY);

impl Type {
    pub const fn new(size: f64, weight: Weight, colour: Colour) -> Self {
        Self { size, weight, colour, anchor: Anchor::Start }
    }

    pub const fn anchored(self, anchor: Anchor) -> Self {
        Self { anchor, ..self }
    }

    pub const fn bold(self) -> Self {
        Self { weight: Weight::Bold, ..self }
    }

    /// Distance between baselines.
    pub fn leading(self) -> f64 {
        self.size * theme::LEADING
    }

    /// The lines of `text` within `width`.
    pub fn wrap(self, text: &str, width: f64) -> Vec<String> {
        wrap(text, width, self.size, self.weight)
    }

    /// The same, cut to so many lines with an ellipsis.
    pub fn cut(self, text: &str, width: f64, lines: usize) -> Vec<String> {
        // No line that is kept holds more letters than this.
        let most = lines * (2.0 * width / self.size) as usize * 2 + 40;
        let end = text.char_indices().nth(most).map_or(text.len(), |(at, _)| at);
        let mut all = self.wrap(&text[..end], width);
        if all.len() > lines || end < text.len() {
            let rest = all.split_off(lines.saturating_sub(1).min(all.len()));
            all.extend((lines > 0).then(|| self.ellipsis(&rest.join(" "), width)));
        }
        all
    }

    /// A line that ends in an ellipsis and fits: after a word, unless that leaves less than half of it.
    fn ellipsis(self, line: &str, width: f64) -> String {
        let shown = |kept: &str| format!("{}…", kept.trim_end_matches([' ', ',', ';']));
        let ends: Vec<usize> = line.char_indices().map(|(at, _)| at).chain([line.len()]).collect();
        let most = ends.partition_point(|end| self.width(&shown(&line[..*end])) <= width);
        let kept = &line[..ends[most.max(1) - 1]];
        let is_whole = line[kept.len()..].chars().next().is_none_or(|next| next == ' ');
        let word = kept.rfind(' ').filter(|at| !is_whole && 2 * at > kept.len());
        shown(word.map_or(kept, |at| &kept[..at]))
    }

    /// The lines of `text` within `width`, as few as can be and of nearly one length, so that no word is left over.
    pub fn balance(self, text: &str, width: f64) -> Vec<String> {
        let lines = self.wrap(text, width);
        if !(2..=4).contains(&lines.len()) {
            return lines;
        }
        let (mut narrow, mut wide) = (width / lines.len() as f64 / 2.0, width);
        while wide - narrow > self.size / 2.0 {
            let middle = (narrow + wide) / 2.0;
            if self.wrap(text, middle).len() == lines.len() { wide = middle } else { narrow = middle }
        }
        self.wrap(text, wide)
    }

    /// The width of one line.
    pub fn width(self, text: &str) -> f64 {
        text_width(text, self.size, self.weight)
    }

    /// One line of text on a baseline.
    pub fn line(self, x: f64, baseline: f64, content: impl Into<String>) -> Mark {
        let Self { size, weight, colour, anchor } = self;
        Mark::Text { x, baseline, anchor, size, weight, colour, content: content.into() }
    }

    /// One line of text on a baseline, cut to a width; nothing of none.
    pub fn cut_line(self, (x, baseline): (f64, f64), content: &str, width: f64) -> Option<Mark> {
        self.cut(content, width, 1).into_iter().next().map(|text| self.line(x, baseline, text))
    }

    /// Lines of text, the box of the first starting at `top`.
    pub fn block(self, x: f64, top: f64, lines: &[String]) -> Vec<Mark> {
        let baseline = |row: usize| top + self.ascent() + row as f64 * self.leading();
        lines.iter().enumerate().map(|(row, line)| self.line(x, baseline(row), line)).collect()
    }

    /// Lines of text, the middle of their letters at `middle`.
    pub fn centred(self, x: f64, middle: f64, lines: &[String]) -> Vec<Mark> {
        self.block(x, middle - self.height(lines.len()) / 2.0, lines)
    }

    /// Height of a block from the first line's capitals to the last line's baseline.
    pub fn height(self, lines: usize) -> f64 {
        if lines == 0 { 0.0 } else { self.ascent() + (lines - 1) as f64 * self.leading() }
    }

    /// Height of the capitals.
    fn ascent(self) -> f64 {
        0.73 * self.size
    }
}

impl Page {
    /// A page with its title and subtitle.
    pub fn open(wording: &Wording) -> Self {
        let (left, width) = (theme::MARGIN, theme::WIDTH - 2.0 * theme::MARGIN);
        let tag = Mark::Rect { x: left, y: 0.0, width: 44.0, height: 7.0, fill: theme::ACCENT };
        let mut page = Self { marks: vec![tag], below: 26.0 };
        let title = Type::new(theme::TITLE, Weight::Bold, theme::INK);
        page.lines(title, left, &forward(title.balance(&wording.title, width)), 13.0);
        let subtitle = Type::new(theme::SUBTITLE, Weight::Regular, theme::GREY);
        page.lines(subtitle, left, &forward(subtitle.balance(&wording.subtitle, width)), 20.0);
        page
    }

    /// Sets wrapped text at the fill line and moves the line below it, with a gap after any text.
    pub fn block(&mut self, style: Type, x: f64, width: f64, text: &str, gap: f64) {
        self.lines(style, x, &style.wrap(text, width), gap);
    }

    /// Sets lines of text at the fill line and moves the line below them, with a gap after any.
    pub fn lines(&mut self, style: Type, x: f64, lines: &[String], gap: f64) {
        self.marks.extend(style.block(x, self.below, lines));
        if !lines.is_empty() {
            self.below += style.height(lines.len()) + gap;
        }
    }

    /// Sets a legend in rows over the full width: each key's sample, then its words.
    pub fn legend(&mut self, keys: &[(Key, &str)]) {
        let right = theme::WIDTH - theme::MARGIN;
        let mut x = theme::MARGIN;
        for (key, words) in keys {
            let (sample, width) = (key.width(), SMALL.width(words));
            if x > theme::MARGIN && x + sample + 7.0 + width > right {
                (x, self.below) = (theme::MARGIN, self.below + 19.0);
            }
            let middle = self.below + 5.0;
            self.marks.extend(key.sample(x, middle));
            let lines = SMALL.wrap(words, right - x - sample - 7.0);
            self.marks.extend(SMALL.block(x + sample + 7.0, middle - SMALL.height(1) / 2.0, &lines));
            self.below += (lines.len().max(1) - 1) as f64 * SMALL.leading();
            x += sample + 7.0 + width + 22.0;
        }
        self.below += 28.0;
    }

    /// The finished picture: paper behind, the caption below.
    pub fn close(mut self, wording: &Wording) -> Result<Picture, ChartError> {
        // What is no number has no place.
        self.marks.retain(Mark::is_finite);
        let (left, right) = (theme::MARGIN, theme::WIDTH - theme::MARGIN);
        if !wording.caption.is_empty() {
            let caption = Type::new(theme::CAPTION, Weight::Regular, theme::GREY);
            self.below += 12.0;
            self.marks.push(rule((left, self.below), right, theme::GRID));
            self.below += 11.0;
            self.lines(caption, left, &forward(caption.wrap(&wording.caption, right - left)), 0.0);
        }
        let height = (self.below + 20.0).ceil();
        if height > theme::MAX_HEIGHT {
            return Err(ChartError::TooMany("rows or words"));
        }
        let paper = Mark::Rect { x: 0.0, y: 0.0, width: theme::WIDTH, height, fill: theme::PAPER };
        self.marks.insert(0, paper);
        let (title, description) = (wording.title.clone(), wording.subtitle.clone());
        Ok(Picture { width: theme::WIDTH, height, title, description, marks: self.marks })
    }
}

/// Lines of words of this program, which run from left to right whatever names stand in them.
fn forward(lines: Vec<String>) -> Vec<String> {
    let has_words = lines.iter().any(|line| line.contains(|one: char| one.is_ascii_alphabetic()));
    if has_words { lines.iter().map(|line| from_left(line)).collect() } else { lines }
}

/// What a legend explains, by a sample.
pub(super) enum Key {
    Bar(Colour),
    Dot(Colour),
    Ring(Colour),
    Rule,
    /// A short level line.
    Line,
    /// A thick level line.
    Thick,
    /// A hill on a line.
    Hill,
    /// A sign that stands for itself.
    Sign(&'static str),
}

impl Key {
    pub fn width(&self) -> f64 {
        match self {
            Self::Bar(_) => 20.0,
            Self::Dot(_) | Self::Ring(_) => 9.0,
            Self::Rule => 3.0,
            Self::Line | Self::Thick | Self::Hill => 20.0,
            Self::Sign(sign) => SMALL.bold().width(sign) - 2.0,
        }
    }

    pub fn sample(&self, x: f64, middle: f64) -> Vec<Mark> {
        match self {
            Self::Bar(fill) => {
                vec![Mark::Rect { x, y: middle - 5.0, width: self.width(), height: 10.0, fill: *fill }]
            }
            Self::Dot(colour) => vec![dot((x + 4.5, middle), 4.5, *colour)],
            Self::Ring(colour) => ring((x + 4.5, middle), 4.5, *colour),
            Self::Rule => vec![stroke((x + 1.5, middle - 7.0), (x + 1.5, middle + 7.0), 1.5, theme::INK)],
            Self::Line => vec![stroke((x, middle), (x + 20.0, middle), 1.6, theme::INK)],
            Self::Thick => vec![stroke((x, middle), (x + 20.0, middle), 6.0, theme::INK)],
            Self::Hill => hill(x, middle),
            Self::Sign(sign) => vec![SMALL.bold().line(x, middle + SMALL.height(1) / 2.0, *sign)],
        }
    }
}

/// The sample of a density.
fn hill(x: f64, middle: f64) -> Vec<Mark> {
    let heights = [0.0, 0.08, 0.35, 0.8, 1.0, 0.8, 0.35, 0.08, 0.0];
    let point = |(at, height): (usize, &f64)| (x + 2.5 * at as f64, middle + 5.0 - 10.0 * height);
    let points = heights.iter().enumerate().map(point).collect();
    vec![Mark::Polygon { points, fill: theme::AXIS.tint(0.5) }]
}

/// A stroke.
pub(super) fn stroke(from: (f64, f64), to: (f64, f64), width: f64, colour: Colour) -> Mark {
    Mark::Line { from, to, width, colour }
}

/// A thin level line to `right`.
pub(super) fn rule(from: (f64, f64), right: f64, colour: Colour) -> Mark {
    stroke(from, (right, from.1), 1.0, colour)
}

/// A line of text on paper that hides the shapes behind it.
pub(super) fn on_paper(text: Mark) -> [Mark; 2] {
    let (left, top, right, bottom) = text.bounds();
    let (width, height) = (right - left + 6.0, bottom - top);
    [Mark::Rect { x: left - 3.0, y: top, width, height, fill: theme::PAPER }, text]
}

/// A filled circle.
pub(super) fn dot(centre: (f64, f64), radius: f64, fill: Colour) -> Mark {
    Mark::Circle { centre, radius, fill }
}

/// A hollow circle, opaque inside.
pub(super) fn ring(centre: (f64, f64), radius: f64, colour: Colour) -> Vec<Mark> {
    vec![dot(centre, radius, colour), dot(centre, radius - 1.8, theme::PAPER)]
}

/// Vertical grid lines at each fifth of a probability axis, and their labels below `bottom`.
pub(super) fn probability_grid(scale: &super::axis::Scale, top: f64, bottom: f64) -> Vec<Mark> {
    let ticks = super::axis::ticks(scale.lo, scale.hi, 5);
    let label = SMALL.anchored(Anchor::Middle);
    let lines = ticks.iter().map(|t| stroke((scale.at(*t), top), (scale.at(*t), bottom), 1.0, theme::GRID));
    let last = ticks.len().saturating_sub(1);
    let labels = ticks.iter().enumerate().map(|(at, t)| {
        let shown = super::axis::percent(*t, 0);
        // The ends tell the unit.
        let shown = if at == 0 || at == last { shown.as_str() } else { shown.trim_end_matches("\u{a0}%") };
        label.line(scale.at(*t), bottom + 16.0, shown)
    });
    lines.chain(labels).collect()
}

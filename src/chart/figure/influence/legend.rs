//! What shapes, signs and thickness mean: only of what is there.

use super::arrow::{colour, dashes, sign, width};
use super::network::{Influence, InfluenceKind, InfluenceSign};
use super::node::{Frame, shape};
use crate::chart::mark::Mark;
use crate::chart::page::{Page, SMALL, stroke};
use crate::chart::theme;

/// The strengths that the legend shows.
const STRENGTHS: [(f64, &str); 3] = [(0.01, "1 %"), (0.1, "10 %"), (0.5, "50 % of what varies")];

/// A sample with its width, drawn from a place on a level, and what it means.
type Entry<'a> = (f64, Box<dyn Fn(f64, f64) -> Vec<Mark> + 'a>, &'static str);

/// Sets the legend in rows: what things are, then what lines say.
pub(super) fn set(figure: &Influence, page: &mut Page) {
    row(page, &kinds(figure));
    row(page, &lines(figure));
    page.below += 12.0;
}

fn kinds(figure: &Influence) -> Vec<Entry<'_>> {
    let names = [
        (InfluenceKind::Factor, "not known"),
        (InfluenceKind::States, "one of several"),
        (InfluenceKind::Event, "happens or not"),
        (InfluenceKind::Derived, "follows"),
        (InfluenceKind::Theory, "which theory is right"),
        (InfluenceKind::Outcome(0), "outcome"),
    ];
    let is_there = |kind: InfluenceKind| {
        let same = |one: InfluenceKind| std::mem::discriminant(&one) == std::mem::discriminant(&kind);
        figure.nodes.iter().any(|node| same(node.kind))
    };
    let entry = |(kind, name)| -> Entry<'_> {
        let sample = move |x: f64, y: f64| {
            shape(kind, &Frame { left: x, top: y - 6.5, right: x + 26.0, bottom: y + 6.5 })
        };
        (26.0, Box::new(sample), name)
    };
    names.into_iter().filter(|(kind, _)| is_there(*kind)).map(entry).collect()
}

fn lines(figure: &Influence) -> Vec<Entry<'_>> {
    let all = || figure.arrows.iter().chain(&figure.links);
    let mut found: Vec<Entry<'_>> = Vec::new();
    let signs = [
        (InfluenceSign::Raises, "raises"),
        (InfluenceSign::Lowers, "lowers"),
        (InfluenceSign::Mixed, "no one direction"),
    ];
    for (one, name) in signs.into_iter().filter(|(one, _)| all().any(|line| line.sign == *one)) {
        found.push((11.0, Box::new(move |x, y| sign(one, (x + 5.5, y))), name));
    }
    if all().any(|line| line.sign == InfluenceSign::Untold) {
        let sample = |x, y| dashes(&[(x, y), (x + 24.0, y)], 0.8, colour(InfluenceSign::Untold)).collect();
        found.push((24.0, Box::new(sample), "too weak to tell"));
    }
    if !figure.links.is_empty() {
        let sample = |x, y| vec![stroke((x, y), (x + 24.0, y), 1.8, theme::AXIS)];
        found.push((24.0, Box::new(sample), "no arrowhead: go together"));
    }
    for (strength, name) in STRENGTHS {
        let sample = move |x, y| vec![stroke((x, y), (x + 24.0, y), width(strength), theme::AXIS)];
        found.push((24.0, Box::new(sample), name));
    }
    found
}

/// Entries side by side, over as many rows as they need.
fn row(page: &mut Page, entries: &[Entry]) {
    let mut x = theme::MARGIN;
    for (size, sample, name) in entries {
        let whole = size + 6.0 + SMALL.width(name);
        if x > theme::MARGIN && x + whole > theme::WIDTH - theme::MARGIN {
            (x, page.below) = (theme::MARGIN, page.below + 19.0);
        }
        let middle = page.below + 5.0;
        page.marks.extend(sample(x, middle));
        page.marks.push(SMALL.line(x + size + 6.0, middle + SMALL.height(1) / 2.0, *name));
        x += whole + 18.0;
    }
    page.below += if entries.is_empty() { 0.0 } else { 21.0 };
}

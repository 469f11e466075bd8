//! A box and its path, as a picture.

use super::around::Around;
use super::words::{allowed, is_told, rows, title};
use crate::analysis::discover::{Allowed, DiscoverFinding, Restriction};
use crate::chart::{BoxRow, BoxShape, Boxes, Wording};
use crate::report::finding::wording::under;
use crate::report::number::{general, with_unit};
use crate::report::prose::headline::share;
use crate::report::prose::quoted;
use crate::report::wrapping::plain;

/// As many restrictions as are drawn.
const ROWS: usize = 12;

/// The first box; nothing if there is no path to one.
pub fn figure(found: &DiscoverFinding, around: &Around) -> Option<Boxes> {
    let one = found.boxes.first().filter(|one| one.path.len() > 1)?;
    let point =
        |measured: &crate::analysis::discover::Measured| (measured.coverage.value, measured.density.value);
    let (coverage, density) = point(&one.measured);
    let (rows, name) = (rows(found), quoted(&found.of.short));
    let subtitle = match is_told(found, one) {
        true => format!(
            "The box is {} of all {rows} and holds {} of {name}.",
            share(&one.measured.mass),
            share(&one.measured.coverage)
        ),
        false => format!(
            "The box that looked best, and the path it was taken from: {} of all {rows}.",
            share(&one.measured.mass)
        ),
    };
    Some(Boxes {
        wording: Wording {
            title: title(found),
            subtitle: under(&plain(&subtitle), around.conditions.clone()),
            caption: plain(&around.caption),
        },
        rows: one.restrictions.iter().take(ROWS).map(row).collect(),
        path: one.path.iter().map(|step| point(&step.measured)).collect(),
        own: (coverage, density, "the box".into()),
        base: format!("in all {rows}: {}", share(&found.probability)),
    })
}

fn row(one: &Restriction) -> BoxRow {
    let shape = match &one.allowed {
        Allowed::Range { at_least, at_most, usual } => BoxShape::Range {
            usual: *usual,
            bounds: [at_least.unwrap_or(f64::NEG_INFINITY), at_most.unwrap_or(f64::INFINITY)],
            ends: [general(usual[0]), with_unit(&general(usual[1]), one.unit.as_deref())],
        },
        Allowed::States { all, .. } => {
            BoxShape::States(all.iter().map(|(name, is_in)| (plain(name), *is_in)).collect())
        }
    };
    BoxRow { label: plain(&one.short), value: plain(&allowed(one)), allowed: shape }
}

//! Correlations that can't hold together: which of them, and what nearly does.

use super::group::Group;
use super::link::Link;
use crate::diagnostic::{Diagnostic, Hint, Span};
use crate::limits::Meter;
use crate::math::linear::{Matrix, cholesky, nearest_correlation};
use crate::scenario::CorrelationKind;

/// As many pairs of a repaired group as are written out.
const MOST_SHOWN: usize = 66;

/// The error of a group whose correlations can't hold together, if they can't.
pub(super) fn contradiction(group: &Group, meter: &Meter) -> Option<Diagnostic> {
    if !meter.takes(group.bytes()) {
        return None;
    }
    let matrix = group.matrix();
    if cholesky(&matrix).is_some() {
        return None;
    }
    let core = core(&matrix, meter)?;
    let mut error = Diagnostic::error("correlations", "these correlations can't hold together");
    let mut absent = Vec::new();
    for (i, j) in below(core.len()).map(|(i, j)| (core[i], core[j])) {
        match group.pair(i, j) {
            Some((pair, link)) => {
                let ([a, b], given) = (pair.names(), pair.given);
                let mut label =
                    format!("{} of `{}` and `{}` is {}", given.kind.key(), a.text, b.text, given.value.value);
                if let Link::Found(_) = link {
                    label += &format!(", that of their normals {:.3}", matrix[i][j]);
                }
                error = error.at(pair.span(), label);
            }
            None => absent.push((i, j)),
        }
    }
    let names = |(i, j): &(usize, usize)| format!("{} and {}", name(group, *j), name(group, *i));
    if !absent.is_empty() {
        let pairs: Vec<String> = absent.iter().map(names).collect();
        error = error.hint(format!("a pair that is not given counts as 0, here {}", pairs.join(", ")));
    }
    Some(error.hint(repair(group, &matrix, meter)))
}

/// The pairs (i, j) of `count` things with j < i, in the order of rows.
fn below(count: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..count).flat_map(|i| (0..i).map(move |j| (i, j)))
}

/// A set of members of which none can be spared without the conflict being gone: each is left out in turn, and stays out
/// if the rest is still in conflict. None if a limit is reached.
fn core(matrix: &Matrix, meter: &Meter) -> Option<Vec<usize>> {
    let mut kept: Vec<usize> = (0..matrix.len()).collect();
    for member in 0..matrix.len() {
        if !meter.goes_on() {
            return None;
        }
        let rest: Vec<usize> = kept.iter().copied().filter(|one| *one != member).collect();
        let part: Matrix = rest.iter().map(|i| rest.iter().map(|j| matrix[*i][*j]).collect()).collect();
        if cholesky(&part).is_none() {
            kept = rest;
        }
    }
    Some(kept)
}

/// The name of a member in backquotes, from any of its pairs.
fn name(group: &Group, member: usize) -> String {
    let variable = group.members[member].variable;
    let own = |at: usize| {
        let mut pairs = group.pairs.iter().map(|(pair, _)| pair);
        pairs.find(|pair| pair.between[at] == variable).map(|pair| &pair.names()[at].text)
    };
    format!("`{}`", own(0).or(own(1)).map_or("", |text| text))
}

/// What to write instead: the nearest correlations that hold together, in the kinds that were given.
fn repair(group: &Group, matrix: &Matrix, meter: &Meter) -> Hint {
    let Some(values) = nearest(group, matrix, meter) else {
        return "weaken the strongest of these, or give the pairs that are not given".into();
    };
    let is_written = |value: &&(usize, usize, CorrelationKind, f64)| {
        value.3 != 0.0 || group.pair(value.0, value.1).is_some()
    };
    let shown: Vec<_> = values.iter().filter(is_written).collect();
    if shown.len() > MOST_SHOWN {
        return format!("give fewer pairs at a time: {} of them would have to change together", shown.len())
            .into();
    }
    let line = |(i, j, kind, value): &&(usize, usize, CorrelationKind, f64)| {
        format!("{} and {}: {} = {value:.3}", name(group, *j), name(group, *i), kind.key())
    };
    let lines: Vec<String> = shown.iter().map(line).collect();
    let hint = Hint::new(format!("the nearest that can hold together:\n{}", lines.join("\n")));
    // A pair that is not given has no place where its number could stand.
    let places: Option<Vec<(Span, f64)>> =
        shown.iter().map(|(i, j, _, value)| Some((group.pair(*i, *j)?.0.given.value.span, *value))).collect();
    let edits = places.into_iter().flatten();
    edits.fold(hint, |hint, (span, value)| hint.edit(span, format!("{value:.3}")))
}

/// The nearest correlations with three decimals that hold together as written. They lie on the edge of what is possible,
/// where rounding may fall to the wrong side: they are then drawn towards 0, by as little as does.
fn nearest(
    group: &Group,
    matrix: &Matrix,
    meter: &Meter,
) -> Option<Vec<(usize, usize, CorrelationKind, f64)>> {
    let near = nearest_correlation(matrix);
    (0..60).take_while(|_| meter.goes_on()).map(|step| 1.0 - 0.0005 * f64::from(step * step) / 4.0).find_map(
        |share| {
            let mut written = near.clone();
            let mut values = Vec::new();
            for (i, j) in below(near.len()) {
                let (kind, link) = match group.pair(i, j) {
                    Some((pair, link)) => (pair.given.kind, link),
                    None => (CorrelationKind::Normal, &Link::Same),
                };
                // Adding 0 makes 0 of −0.
                let value = (1000.0 * link.given(share * near[i][j])).round() / 1000.0 + 0.0;
                // What can't be had fits nowhere.
                written[i][j] = link.normal(value).unwrap_or(2.0);
                written[j][i] = written[i][j];
                values.push((i, j, kind, value));
            }
            let fits = values.iter().all(|one| one.3.abs() < 1.0) && cholesky(&written).is_some();
            fits.then_some(values)
        },
    )
}

//! What is done to a box once it is chosen: pasting, and letting go of limits that do nothing.

use super::cut::roundest;
use super::peel::Peeling;
use super::region::{Limit, Region};
use super::rows::{Field, Rows, Sums};
use crate::simulation::Watch;

/// A restriction stays only if the share of interest among what it keeps out is less by so many standard errors: one in twenty by
/// chance alone.
const TOLD: f64 = 1.645;
/// It goes too if without it the box explains at least this much of what it explains with it.
const ENOUGH: f64 = 0.99;

/// What knowing whether a row is in a box explains of what is of interest, up to a factor that all boxes share: m (d − b)² / (1 − m) for
/// mass m, density d and b among all.
pub(super) fn explained(sums: &Sums, all: &Sums) -> f64 {
    let mass = sums.weight / all.weight;
    let more = sums.density() - all.density();
    if mass < 1.0 && more > 0.0 { mass * more * more / (1.0 - mass) } else { 0.0 }
}

/// A box with its bounds moved out as long as that raises the share of interest (Friedman & Fisher 1999, section 5.2).
pub(super) fn pasted(
    mut region: Region,
    rows: &Rows,
    members: &[usize],
    how: &Peeling,
    watch: &Watch,
) -> Region {
    // Every step takes rows in, so that it ends; a bound for what rounding may do.
    for _ in (0..1000).take_while(|_| !watch.is_late()) {
        let sums = sums(&region, rows, members);
        let wider = region.restricted().into_iter().flat_map(|field| {
            let inside = region.without(field, rows);
            let outside: Vec<usize> = members
                .iter()
                .copied()
                .filter(|at| inside.holds(rows, *at) && !region.0[field].holds(&rows.fields[field], *at))
                .collect();
            widened(&region.0[field], &rows.fields[field], outside, (rows, how.share * sums.weight))
                .into_iter()
                .map(|limit| region.with(field, limit))
                .collect::<Vec<Region>>()
        });
        let denser = wider.map(|one| (self::sums(&one, rows, members).density(), one));
        let best = denser.filter(|(density, _)| *density > sums.density());
        let Some((_, next)) = best.reduce(|a, b| if b.0 > a.0 { b } else { a }) else { break };
        region = next;
    }
    region
}

/// A limit with a little more on one side, or with one state more; `outside` are the rows that it alone keeps out.
fn widened(
    limit: &Limit,
    field: &Field,
    mut outside: Vec<usize>,
    (rows, wanted): (&Rows, f64),
) -> Vec<Limit> {
    match (limit, field) {
        (Limit::Range(low, high), Field::Number(values)) => {
            outside.sort_by(|a, b| values[*a].total_cmp(&values[*b]));
            let start = outside.partition_point(|at| values[*at] < *low);
            let below = reached(rows, values, outside[..start].iter().rev(), wanted, *low);
            let above = reached(rows, values, outside[start..].iter(), wanted, *high);
            let below = below.map(|end| Limit::Range(end.unwrap_or(f64::NEG_INFINITY), *high));
            let above = above.map(|end| Limit::Range(*low, end.unwrap_or(f64::INFINITY)));
            below.into_iter().chain(above).collect()
        }
        (Limit::States(allowed), _) => {
            let with = |state: usize| {
                let mut more = allowed.clone();
                more[state] = true;
                Limit::States(more)
            };
            (0..allowed.len()).filter(|state| !allowed[*state]).map(with).collect()
        }
        _ => Vec::new(),
    }
}

/// How far a bound goes that takes in so much more: `Some(None)` if nothing is left beyond, `None` if there is nothing to take in.
fn reached<'a>(
    rows: &Rows,
    values: &[f64],
    order: impl Iterator<Item = &'a usize>,
    wanted: f64,
    bound: f64,
) -> Option<Option<f64>> {
    let (mut weight, mut last) = (0.0, None);
    for at in order {
        match last {
            Some(end) if weight >= wanted && values[*at] != end => {
                return Some(Some(roundest(values[*at], end, end).unwrap_or(end)));
            }
            _ => {}
        }
        weight += rows.weights[*at];
        last = Some(values[*at]);
    }
    last.filter(|end| *end != bound).map(|_| None)
}

/// A box without the limits that the rows can't tell from none, or that explain next to nothing; the least telling goes first.
pub(super) fn simplified(mut region: Region, rows: &Rows, members: &[usize]) -> Region {
    let all = rows.sums(members.iter().copied());
    loop {
        let own = sums(&region, rows, members);
        let enough = ENOUGH * explained(&own, &all);
        let restricted = region.restricted();
        if restricted.len() < 2 {
            return region;
        }
        let without = restricted.into_iter().map(|field| {
            let wider = region.without(field, rows);
            let sums = sums(&wider, rows, members);
            (explained(&sums, &all), is_told(&own, &sums.without(&own)), wider)
        });
        let idle = without.filter(|(explained, is_told, _)| !is_told || *explained >= enough);
        let Some((.., next)) = idle.reduce(|a, b| if b.0 > a.0 { b } else { a }) else { return region };
        region = next;
    }
}

/// Whether rows in a box are more of interest than those that one of its limits keeps out.
fn is_told(own: &Sums, kept_out: &Sums) -> bool {
    let error = (own.variance() + kept_out.variance()).sqrt();
    own.density() - kept_out.density() > TOLD * error
}

/// The sums of a box's rows.
pub(super) fn sums(region: &Region, rows: &Rows, members: &[usize]) -> Sums {
    rows.sums(members.iter().copied().filter(|at| region.holds(rows, *at)))
}

//! Days and months on an axis of time.

use crate::chart::axis::Scale;
use crate::chart::page::{SMALL, stroke};
use crate::chart::{Anchor, Mark, theme};
use crate::scenario::Date;

/// Months between two labels, the closest first; all are whole parts or whole multiples of a year.
const STEPS: [i64; 12] = [1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 6000];
/// Below the axis stands the row of the numbers, then that of the labels.
const BELOW: f64 = 42.0;

/// A day, as in "13 Oct 2023".
pub(super) fn day(date: Date) -> String {
    date.named().replace(' ', "\u{a0}")
}

/// Labels at the first days of months, as many as there is room for; of a span without one, the two days that end it.
pub(super) fn axis(span: (Date, Date), time: &Scale, bottom: f64) -> Vec<Mark> {
    let place = |date: &Date| time.at(date.day_number() as f64);
    let fits = |dates: &Vec<(Date, String)>| {
        let ends = dates.iter().map(|(date, label)| (place(date), SMALL.width(label) / 2.0));
        let ends: Vec<(f64, f64)> = ends.collect();
        ends.windows(2).all(|pair| pair[0].0 + pair[0].1 + 14.0 <= pair[1].0 - pair[1].1)
    };
    let months = STEPS.iter().map(|step| firsts(span, *step)).find(fits).unwrap_or_default();
    let dates = if months.len() > 1 { months } else { [span.0, span.1].map(|one| (one, day(one))).to_vec() };
    let mark = |(date, label): &(Date, String)| {
        let x = place(date);
        let (half, right) = (SMALL.width(label) / 2.0, theme::WIDTH - theme::MARGIN);
        let centre = x.max(theme::MARGIN + half).min(right - half);
        let words = SMALL.anchored(Anchor::Middle).line(centre, bottom + BELOW, label);
        [stroke((x, bottom), (x, bottom + 5.0), 1.0, theme::AXIS), words]
    };
    dates.iter().flat_map(mark).collect()
}

/// The first days of every so many months within a span, with their labels.
fn firsts((from, to): (Date, Date), step: i64) -> Vec<(Date, String)> {
    let index = |date: Date| i64::from(date.year) * 12 + i64::from(date.month) - 1;
    let first = (index(from) + i64::from(from.day > 1) + step - 1).div_euclid(step) * step;
    let date = |index: i64| {
        let year = u16::try_from(index.div_euclid(12)).ok()?;
        Some(Date { year, month: index.rem_euclid(12) as u8 + 1, day: 1 })
    };
    let all = (0..).map(|count| first + count * step).take_while(|at| *at <= index(to)).filter_map(date);
    let label = |date: Date| match step % 12 {
        0 => date.year.to_string(),
        _ => format!("{}\u{a0}{}", date.month_name(), date.year),
    };
    all.take(600).map(|date| (date, label(date))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(year: u16, month: u8, day: u8) -> Date {
        Date { year, month, day }
    }

    #[test]
    fn months_are_told_by_their_first_days() {
        let found = firsts((date(2023, 9, 15), date(2024, 9, 13)), 3);
        let labels: Vec<&str> = found.iter().map(|(_, label)| label.as_str()).collect();
        assert_eq!(labels, ["Oct\u{a0}2023", "Jan\u{a0}2024", "Apr\u{a0}2024", "Jul\u{a0}2024"]);
        assert_eq!(firsts((date(2023, 1, 1), date(2024, 1, 1)), 12).len(), 2);
        assert_eq!(day(date(2023, 10, 13)), "13\u{a0}Oct\u{a0}2023");
    }

    #[test]
    fn labels_stand_at_their_days_and_do_not_meet() {
        for (from, to) in [
            (date(2023, 9, 15), date(2024, 9, 13)),
            (date(2023, 1, 2), date(2023, 1, 9)),
            (date(1900, 1, 1), date(2100, 1, 1)),
            (date(1, 1, 1), date(9999, 12, 31)),
        ] {
            let time =
                Scale { lo: from.day_number() as f64, hi: to.day_number() as f64, from: 60.0, to: 500.0 };
            let marks = axis((from, to), &time, 0.0);
            let boxes: Vec<_> =
                marks.iter().filter(|mark| matches!(mark, Mark::Text { .. })).map(Mark::bounds).collect();
            assert!((2..=12).contains(&boxes.len()), "{from} {to} {}", boxes.len());
            assert!(boxes.windows(2).all(|pair| pair[0].2 < pair[1].0), "{from} {to}");
        }
    }
}

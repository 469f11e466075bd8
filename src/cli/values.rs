//! How the values of flags are written.

use std::time::Duration;

use crate::scenario::Date;

/// Percentiles, each above 0 and below 100, ascending, none twice.
#[derive(Clone, Debug, PartialEq)]
pub struct Percents(pub Vec<f64>);

/// The most draws that may be asked for: 2^40.
const MOST_DRAWS: u64 = 1 << 40;

/// A number of draws, as in 100000, 100_000 or 1e5.
///
/// # Errors
/// What to write instead.
pub fn draws(text: &str) -> Result<u64, String> {
    let plain = text.replace(['_', ' '], "");
    let value = plain.parse::<f64>().map_err(|_| "write a whole number, as in 100000 or 1e5".to_string())?;
    if !(value >= 1.0 && value <= MOST_DRAWS as f64 && value == value.trunc()) {
        return Err("the number of draws is a whole number from 1 to 2^40".into());
    }
    Ok(value as u64)
}

/// The number of a draw, and which of its futures, as in 12 or 12.2.
///
/// # Errors
/// What to write instead.
pub fn draw(text: &str) -> Result<(u64, u32), String> {
    let (draw, copy) = text.split_once('.').unwrap_or((text, "1"));
    let parsed = draw.trim().parse::<u64>().ok().zip(copy.trim().parse::<u32>().ok());
    let is_there = |(draw, copy): &(u64, u32)| (1..=MOST_DRAWS).contains(draw) && *copy > 0;
    let said = "write the number of a draw, from 1 on, as in 12; 12.2 is its second future";
    parsed.filter(is_there).ok_or_else(|| said.to_string())
}

/// The most percentiles that may be asked for.
const MOST_PERCENTS: usize = 50;

/// A list of percentiles, as in 1,5,50,95,99.
///
/// # Errors
/// What to write instead.
pub fn percents(text: &str) -> Result<Percents, String> {
    let mut list = Vec::new();
    for one in text.split(',') {
        let percent =
            one.trim().parse::<f64>().map_err(|_| "write numbers, as in 1,5,50,95,99".to_string())?;
        if !(percent > 0.0 && percent < 100.0) {
            return Err(format!("a percentile lies above 0 and below 100, and {} does not", one.trim()));
        }
        list.push(percent);
    }
    list.sort_by(f64::total_cmp);
    list.dedup();
    let is_short = list.len() <= MOST_PERCENTS;
    if is_short {
        Ok(Percents(list))
    } else {
        Err(format!("at most {MOST_PERCENTS} percentiles can be told"))
    }
}

/// A day, as in 2024-03-31.
///
/// # Errors
/// What to write instead.
pub fn date(text: &str) -> Result<Date, String> {
    Date::parse(text).ok_or_else(|| "write a day as YYYY-MM-DD, as in 2024-03-31".into())
}

/// A time, as in 10s, 500ms, 2min or 1h.
///
/// # Errors
/// What to write instead.
pub fn duration(text: &str) -> Result<Duration, String> {
    let text = text.trim();
    let (number, unit) = text.split_at(text.find(|one: char| one.is_alphabetic()).unwrap_or(text.len()));
    let seconds = match unit {
        "ms" => Some(0.001),
        "s" | "sec" => Some(1.0),
        "min" | "m" => Some(60.0),
        "h" => Some(3600.0),
        _ => None,
    };
    let number = number.trim().parse::<f64>().ok().filter(|number| *number > 0.0 && *number < 1e9);
    let time = number.zip(seconds).map(|(number, seconds)| Duration::from_secs_f64(number * seconds));
    time.ok_or_else(|| "write a time, as in 10s, 500ms, 2min or 1h".into())
}

/// A share of a number, as in 20% or 0.2.
///
/// # Errors
/// What to write instead.
pub fn share(text: &str) -> Result<f64, String> {
    let (number, unit) = text.trim().strip_suffix('%').map_or((text.trim(), 1.0), |number| (number, 0.01));
    let value =
        number.trim().parse::<f64>().map_err(|_| "write a share, as in 20% or 0.2".to_string())? * unit;
    match value > 0.0 && value < 1.0 {
        true => Ok(value),
        false => Err("a share lies above 0 and below 1, as in 20% or 0.2".into()),
    }
}

/// A number, as in 0.5, -3 or 1e6.
///
/// # Errors
/// What to write instead.
pub fn number(text: &str) -> Result<f64, String> {
    let value = text.trim().parse::<f64>().ok().filter(|value| value.is_finite());
    value.ok_or_else(|| "write a number, as in 0.5, -3 or 1e6".into())
}

/// The shortest side that a picture can be looked at with.
const SHORTEST: u32 = 64;

/// A width and a height in pixels, as in 1920x1080.
///
/// # Errors
/// What to write instead.
pub fn size(text: &str) -> Result<(u32, u32), String> {
    let side = |number: &str| number.trim().parse::<u32>().ok().filter(|side| *side > 0);
    let read =
        text.split_once(['x', 'X', '×']).and_then(|(width, height)| Some((side(width)?, side(height)?)));
    let (width, height) = read.ok_or("write a width and a height in pixels, as in 1920x1080")?;
    match width.min(height) >= SHORTEST {
        true => Ok((width, height)),
        false => Err(format!(
            "nothing can be seen in so few pixels: each side is {SHORTEST} or more, as in 1920x1080"
        )),
    }
}

/// A standard error of a probability.
///
/// # Errors
/// What to write instead.
pub fn precision(text: &str) -> Result<f64, String> {
    let value = text.parse::<f64>().map_err(|_| "write a standard error, as in 0.001".to_string())?;
    let sound = value > 0.0 && value <= 0.5;
    if sound { Ok(value) } else { Err("a standard error of a probability is above 0 and at most 0.5".into()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_can_be_written_in_several_ways() {
        assert_eq!(draws("100_000"), Ok(100_000));
        assert_eq!(draws("1e5"), Ok(100_000));
        for wrong in ["0", "-1", "1.5", "nan", "inf", "many", "1e20", ""] {
            assert!(draws(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn percentiles_lie_inside_are_sorted_and_stand_once() {
        assert_eq!(percents("99, 1,50,1"), Ok(Percents(vec![1.0, 50.0, 99.0])));
        let list = |count: usize| (1..=count).map(|one| one.to_string()).collect::<Vec<_>>().join(",");
        assert!(percents(&list(50)).is_ok() && percents(&list(51)).is_err());
        for wrong in ["0", "100", "-1", "nan", "inf", "", "1,", "5%", "1;2"] {
            assert!(percents(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn numbers_are_finite() {
        assert_eq!((number("-3"), number(" 1e6 ")), (Ok(-3.0), Ok(1e6)));
        for wrong in ["nan", "NaN", "inf", "-inf", "infinity", "1e400", "1,5", "many", ""] {
            assert!(number(wrong).is_err(), "{wrong}");
        }
        for wrong in ["nan", "inf", "-inf", "nan%", "inf%", "1e400"] {
            assert!(
                share(wrong).is_err() && precision(wrong).is_err() && duration(wrong).is_err(),
                "{wrong}"
            );
        }
        for wrong in ["nans", "infs", "1e400h", "-1s"] {
            assert!(duration(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn sizes_are_two_lengths() {
        assert_eq!(size("1920x1080"), Ok((1920, 1080)));
        assert_eq!(size("160 × 90"), Ok((160, 90)));
        for wrong in ["1200", "1x1", "63x640", "x", "0x9", "-1x2", "1.5x2", "1x2x3", ""] {
            assert!(size(wrong).is_err(), "{wrong}");
        }
    }
}

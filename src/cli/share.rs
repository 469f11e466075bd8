//! Which shares of a run are made, as a flag says it.

use std::io::IsTerminal;

use super::batch;
use super::failure::Failure;
use super::target::Target;
use super::terminal::Terminal;
use crate::diagnostic::Diagnostic;
use crate::simulation::{Shard, Shards};

/// What `--shard` says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Share {
    /// These shares.
    These(Shards),
    /// That of this process of a batch system, among so many.
    Auto(Option<u64>),
}

/// Shares as in 2/5, 3,7-9/16, auto or auto/8.
///
/// # Errors
/// What to write instead.
pub fn share(text: &str) -> Result<Share, String> {
    let (numbers, count) = match text.split_once('/') {
        Some((numbers, count)) => {
            (numbers, Some(parse(count).filter(|count| (1..=Shard::MOST).contains(count))))
        }
        None => (text, None),
    };
    let read = match (numbers.trim(), count) {
        ("auto", None) => Some(Share::Auto(None)),
        ("auto", Some(Some(count))) => Some(Share::Auto(Some(count))),
        (numbers, Some(Some(count))) => these(numbers, count).map(Share::These),
        _ => None,
    };
    let hint = "write I/N, as in 2/5, with I from 1 to N, or several, as in 3,7-9/16, or auto in a task of a batch system";
    read.ok_or_else(|| format!("{hint}; N is at most {}", Shard::MOST))
}

fn these(numbers: &str, count: u64) -> Option<Shards> {
    let mut each = Vec::new();
    for one in numbers.split(',') {
        let (first, last) = one.split_once(['-', '–']).unwrap_or((one, one));
        let (first, last) = (parse(first)?, parse(last)?);
        if first == 0 || first > last || last > count {
            return None;
        }
        each.extend((first..=last).filter_map(|number| Shard::new(number, count)));
        if each.len() as u64 > Shard::MOST {
            return None;
        }
    }
    Shards::of(each)
}

fn parse(number: &str) -> Option<u64> {
    number.trim().parse().ok()
}

/// Shares as `--shard` takes them; more than so many rows are left out.
pub fn written(shards: &Shards, most: usize) -> String {
    let rows = shards.rows();
    let count = rows.first().map_or(1, |row| row.count);
    let own = rows.iter().filter(|row| row.count == count).take(most);
    let names: Vec<String> = own.map(|row| row.to_string().replace('–', "-")).collect();
    format!("{}/{count}", names.join(","))
}

/// Parts are no text: a terminal that gets one may be left unreadable.
///
/// # Errors
/// Standard output is a terminal.
pub fn refuse_terminal(target: &Target, terminal: &Terminal) -> Result<(), Failure> {
    let is_seen = terminal.output().is_none() && std::io::stdout().is_terminal();
    if !target.is_standard() || !is_seen {
        return Ok(());
    }
    let message = "a part is no text, and standard output is a terminal";
    let hint = "send it on, as in `--part - > one.part` or `--part - | foretell merge FILE -`";
    Err(Failure::plain(Diagnostic::error("arguments", message).hint(hint)))
}

impl Share {
    /// The shares that are meant. Of a batch system it is said on standard error what it says.
    ///
    /// # Errors
    /// No batch system says one.
    pub fn find(&self, terminal: &Terminal) -> Result<Shards, Failure> {
        let total = match self {
            Share::These(shards) => return Ok(shards.clone()),
            Share::Auto(total) => *total,
        };
        let place = batch::place(|name| std::env::var(name).ok(), total).map_err(Failure::plain)?;
        terminal.say(&format!("Shard {} by {}: {}\n", place.shard, place.system, place.seen.join(", ")));
        Ok(place.shard.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn these_of(each: &[u64], count: u64) -> Result<Share, String> {
        let each = each.iter().map(|number| Shard::new(*number, count).unwrap()).collect();
        Ok(Share::These(Shards::of(each).unwrap()))
    }

    #[test]
    fn shares_are_counted_from_one() {
        assert_eq!(share("2/5"), these_of(&[2], 5));
        assert_eq!(share("3,7-9 / 16"), these_of(&[3, 7, 8, 9], 16));
        assert_eq!(share("auto"), Ok(Share::Auto(None)));
        assert_eq!(share("auto/8"), Ok(Share::Auto(Some(8))));
        for wrong in [
            "0/5", "6/5", "1/10001", "1", "a/b", "-1/5", "", "1/2/3", "auto/0", "auto/x", "Auto", "3-2/5",
            "1,,2/5", "1-6/5", "auto/",
        ] {
            assert!(share(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn what_is_written_is_read() {
        for text in ["2/5", "3,7-9/16", "1-16/16"] {
            let Ok(Share::These(shards)) = share(text) else { panic!("{text}") };
            assert_eq!(written(&shards, 20), text);
        }
        let Ok(Share::These(shards)) = share("1,3,5-6/8") else { panic!() };
        assert_eq!(written(&shards, 2), "1,3/8");
    }
}

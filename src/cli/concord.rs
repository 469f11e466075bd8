//! Whether parts make one run: what they are of, what they have twice, and what is missing.

use std::ops::Range;
use std::path::Path;

use super::failure::Failure;
use super::parts::{Found, refuse};
use super::share::written;
use super::terminal::Terminal;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::number::{count, counted};
use crate::simulation::{Header, Missing, Plan, Settings, Shard};

/// Whether two parts are of one run.
///
/// # Errors
/// What differs.
pub fn agree(first: &Found, other: &Found) -> Result<(), Failure> {
    let (one, two) = (&first.header, &other.header);
    let differs = [
        ("scenario", one.scenario != two.scenario, String::new()),
        ("seed", one.seed != two.seed, format!(": {} and {}", two.seed, one.seed)),
        ("design", one.kind != two.kind, format!(": {} and {}", two.kind.name(), one.kind.name())),
        (
            "number of draws",
            one.draws != two.draws,
            format!(": {} and {}", count(two.draws), count(one.draws)),
        ),
        (
            "--variant, --set, --given, --evidence, --joint or --of",
            one.overrides != two.overrides,
            format!(": {} and {}", set(two), set(one)),
        ),
    ];
    match differs.iter().find(|(_, differs, _)| *differs) {
        None => Ok(()),
        Some((what, _, values)) => {
            let why = format!("its {what} differs from that of `{}`{values}", first.name);
            Err(refuse(&other.name, &why, "make all parts from one file with the same flags"))
        }
    }
}

fn set(header: &Header) -> String {
    if header.overrides.is_empty() { "none".into() } else { format!("`{}`", header.overrides.join("`, `")) }
}

/// Leaves out parts that are there already, and says so.
///
/// # Errors
/// A part has draws of another one and is not the same.
pub fn once(parts: Vec<Found>, plan: &Plan, terminal: &Terminal) -> Result<Vec<Found>, Failure> {
    let spans = |part: &Found| part.header.shards.blocks(plan);
    let mut each: Vec<(Range<u64>, usize)> = Vec::new();
    for (at, part) in parts.iter().enumerate() {
        each.extend(spans(part).into_iter().map(|span| (span, at)));
    }
    each.sort_by_key(|(span, at)| (span.start, span.end, *at));
    let mut twins = vec![false; parts.len()];
    let mut before: Option<(u64, usize)> = None;
    for (span, at) in each {
        match before.filter(|(end, _)| span.start < *end) {
            Some((_, other)) => {
                let (one, same) = (&parts[other], &parts[at]);
                if one.header.shards != same.header.shards {
                    return Err(overlap(one, same));
                }
                if !twins[at] && !one.is_twin_of(same)? {
                    return Err(contradiction(one, same));
                }
                twins[at] = true;
            }
            None => before = Some((span.end, at)),
        }
    }
    tell_twins(&parts, &twins, terminal);
    Ok(parts.into_iter().zip(twins).filter(|(_, twin)| !twin).map(|(part, _)| part).collect())
}

fn tell_twins(parts: &[Found], twins: &[bool], terminal: &Terminal) {
    let again: Vec<&Found> =
        parts.iter().zip(twins).filter(|(_, twin)| **twin).map(|(part, _)| part).collect();
    if let Some(first) = again.first() {
        let rest = again.len() - 1;
        let more = if rest > 0 { format!(" and {} more", count(rest as u64)) } else { String::new() };
        terminal.say(&format!("`{}`{more} given twice with the same content, taken once\n", first.name));
    }
}

/// Says that parts come from several machines, which is of no matter.
pub fn tell_machines(parts: &[Found], terminal: &Terminal) {
    let mut machines: Vec<&str> = parts.iter().map(|part| part.header.machine.as_str()).collect();
    machines.sort_unstable();
    machines.dedup();
    if machines.len() > 1 {
        let all = machines.join("; ");
        terminal
            .say(&format!("Parts come from several kinds of machines, which give the same bits: {all}\n"));
    }
}

fn overlap(one: &Found, other: &Found) -> Failure {
    let (first, second) = (&one.header.shards, &other.header.shards);
    let why = format!("it has shards {second}, and `{}` shards {first}, with draws in common", one.name);
    refuse(&other.name, &why, "give each draw once: leave one of the two out")
}

fn contradiction(one: &Found, other: &Found) -> Failure {
    let shards = &other.header.shards;
    let why = format!("its content is not that of `{}`, and both are shards {shards}", one.name);
    refuse(&other.name, &why, "one of the two can't be right: make these shards again and leave both out")
}

/// Whether parts have all draws of a run of the scenario in `file`.
///
/// # Errors
/// Which shards are missing, and the command that makes them.
pub fn cover(parts: &[Found], plan: &Plan, file: &Path) -> Result<(), Failure> {
    let held: Vec<Shard> = parts.iter().flat_map(|part| part.header.shards.each()).copied().collect();
    match Missing::beside(&held, std::iter::empty(), plan) {
        None => Ok(()),
        Some(gap) => Err(missing(&gap, plan, &parts[0].header, file)),
    }
}

/// The most rows of missing shards that are named.
const MOST_NAMED: usize = 20;

fn missing(gap: &Missing, plan: &Plan, header: &Header, file: &Path) -> Failure {
    let shards = &gap.shards;
    let rows = shards.rows();
    let (all, draws) = (shards.each().len(), counted(shards.draws(plan), "draw"));
    let count_of = rows.first().map_or(1, |row| row.count);
    let named: Vec<String> = rows.iter().take(MOST_NAMED).map(ToString::to_string).collect();
    let more = if rows.len() > MOST_NAMED { ", …" } else { "" };
    let (noun, verb) = if all == 1 { ("shard", "is") } else { ("shards", "are") };
    let message = format!("{noun} {}{more} of {count_of} {verb} missing: {draws}", named.join(", "));
    let made = if rows.len() > MOST_NAMED { "makes the first of them" } else { "makes what is missing" };
    let hint = format!("`{}` {made}", command(header, file, &written(shards, MOST_NAMED)));
    Failure::plain(Diagnostic::error("part", message).hint(hint))
}

/// The command that makes shares of a run.
fn command(header: &Header, file: &Path, shares: &str) -> String {
    let usual = Settings::default();
    let mut words = vec!["foretell run".to_string(), quoted(&file.display().to_string())];
    words.push(format!("--draws {}", header.draws));
    if header.seed != usual.seed {
        words.push(format!("--seed {}", header.seed));
    }
    if header.kind != usual.kind {
        words.push(format!("--design {}", header.kind.name()));
    }
    for change in &header.overrides {
        match change.split_once(' ') {
            Some((flag, value)) => words.push(format!("{flag} {}", quoted(value))),
            None => words.push(change.clone()),
        }
    }
    words.push(format!("--shard {shares} --part missing.part"));
    words.join(" ")
}

/// A word as a shell takes it.
fn quoted(word: &str) -> String {
    let is_plain = |one: char| one.is_alphanumeric() || "_-./=:,@%+".contains(one);
    match !word.is_empty() && word.chars().all(is_plain) {
        true => word.into(),
        false => format!("'{}'", word.replace('\'', r"'\''")),
    }
}

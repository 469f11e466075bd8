//! Names of other programs to names that a scenario file can hold.

use std::collections::{BTreeMap, BTreeSet};

use crate::expression::KEYWORDS;
use crate::scenario::snake_case;

/// A name for each variable: what is a sound name already stays, the others are changed until they are sound and unique.
pub(super) fn variables(originals: &[&str]) -> Vec<String> {
    unique(originals, snake_case)
}

/// A name for each state of one variable.
pub(super) fn states(originals: &[&str]) -> Vec<String> {
    unique(originals, state)
}

/// The sound names keep theirs, whatever stands before them.
fn unique(originals: &[&str], propose: impl Fn(&str) -> String) -> Vec<String> {
    let proposals: Vec<String> = originals.iter().map(|one| propose(one)).collect();
    let is_kept = |at: usize| proposals[at] == originals[at];
    let mut taken: BTreeSet<String> =
        (0..proposals.len()).filter(|at| is_kept(*at)).map(|at| proposals[at].clone()).collect();
    let mut next: BTreeMap<&str, usize> = BTreeMap::new();
    let mut names = Vec::with_capacity(proposals.len());
    for (at, proposal) in proposals.iter().enumerate() {
        let mut name = proposal.clone();
        if !is_kept(at) {
            let number = next.entry(proposal).or_insert(2);
            while !taken.insert(name.clone()) {
                name = format!("{proposal}_{number}");
                *number += 1;
            }
        }
        names.push(name);
    }
    names
}

/// A sound name near to a state's: letters, digits and `_`, a letter first, no word of the language.
fn state(original: &str) -> String {
    let (start, rest) = sign(original);
    let mut name = start.to_string();
    for c in rest.chars() {
        match c.is_ascii_alphanumeric() || c == '_' {
            true => name.push(c),
            false if !name.is_empty() && !name.ends_with('_') => name.push('_'),
            false => {}
        }
    }
    let trimmed = if name == original { name.as_str() } else { name.trim_end_matches('_') };
    match trimmed.chars().next() {
        None => "state".into(),
        Some(first) if !first.is_ascii_alphabetic() => format!("s_{}", trimmed.trim_start_matches('_')),
        Some(_) if KEYWORDS.contains(&trimmed) => format!("is_{trimmed}"),
        Some(_) => trimmed.into(),
    }
}

/// A comparison or a sign in front, as letters, so that `<7.5` and `>7.5` stay apart.
fn sign(text: &str) -> (&'static str, &str) {
    const SIGNS: [(&str, &str); 8] = [
        ("<=", "le_"),
        (">=", "ge_"),
        ("≤", "le_"),
        ("≥", "ge_"),
        ("<", "lt_"),
        (">", "gt_"),
        ("-", "minus_"),
        ("+", "plus_"),
    ];
    let found = SIGNS.iter().find_map(|(sign, word)| Some((*word, text.strip_prefix(sign)?)));
    found
        .filter(|(_, rest)| rest.trim_start().starts_with(|c: char| c.is_ascii_digit()))
        .unwrap_or(("", text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_keep_what_they_can() {
        let originals = ["HIGH", "0-5", "true", "<7.5", ">=7.5", "-1", "é!", "", "_x", "a b", "a-b", "x_"];
        let expected = [
            "HIGH", "s_0_5", "is_true", "lt_7_5", "ge_7_5", "minus_1", "state", "state_2", "s_x", "a_b",
            "a_b_2", "x_",
        ];
        assert_eq!(states(&originals), expected);
    }

    #[test]
    fn sound_names_stay_whatever_stands_before_them() {
        assert_eq!(states(&["0-5", "s_0_5"]), ["s_0_5_2", "s_0_5"]);
        assert_eq!(
            variables(&["HR", "hr", "Hr", "likely", "in", "beta", "2nd-try"]),
            ["hr_2", "hr", "hr_3", "likely_level", "in_level", "beta_level", "x_2nd_try"]
        );
    }
}

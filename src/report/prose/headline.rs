//! What was found, in one sentence: titles of pictures, and what pages open with.
//!
//! Each rule is told figures alone and prints them by [`whole`], so that a sentence never disagrees with the picture below it.

use super::naming::{listed, quoted};
use crate::report::number::{certain, estimate, whole};
use crate::statistics::Estimate;

/// A name and its probability.
pub type Named<'a> = (&'a str, Estimate);

/// Of two that are closer than this neither leads: two points, or of less than a fifth a tenth of the leader.
const LEVEL: f64 = 0.02;
const LEVEL_SHARE: f64 = 0.1;

/// From here on an answer is all but certain.
const NEARLY: f64 = 0.99;

/// As many as are named as being level.
const MOST_LEVEL: usize = 3;

/// A probability as a sentence has it: "0 %" and "100 %" only where no draw entered.
pub fn share(one: &Estimate) -> String {
    if certain(one.value) && !one.exact { glued(&estimate(one, 1)) } else { whole(one.value) }
}

/// Two probabilities of which the one became the other; `None` if no printed figure could tell them apart.
///
/// ```
/// use foretell::{report::prose::headline::apart, statistics::Estimate};
/// let told = |a, b| apart(&Estimate::exact(a), &Estimate::exact(b)).map(|pair| pair.map(|one| one.replace('\u{a0}', " ")));
/// assert_eq!(told(0.493, 0.03), Some(["49 %".into(), "3 %".into()]));
/// assert_eq!(told(0.301, 0.304), Some(["30.1 %".into(), "30.4 %".into()]));
/// assert_eq!(told(0.301, 0.3012), None);
/// ```
pub fn apart(one: &Estimate, other: &Estimate) -> Option<[String; 2]> {
    let shown = [[one, other].map(share), [one, other].map(|one| glued(&estimate(one, 1)))];
    shown.into_iter().find(|[a, b]| a != b)
}

/// Which of several exclusive answers leads, if one does.
///
/// - Of one answer, that it is the only one; of a certain one, that it is.
/// - Closer than two points at the top (of less than 20 %, than a tenth of the leader), that these are level, and near what.
/// - Where the draws can't tell the two first apart, that.
/// - Of a leader below a half, that it is short of even.
///
/// ```
/// use foretell::{report::prose::headline::leader, statistics::Estimate};
/// let said = |shares: [f64; 2]| leader(&[("A", Estimate::exact(shares[0])), ("B", Estimate::exact(shares[1]))]).replace('\u{a0}', " ");
/// assert_eq!(said([0.491, 0.489]), "“A” and “B” are level near 49 %");
/// assert_eq!(said([0.44, 0.3]), "“A” leads with 44 %, short of even");
/// assert_eq!(said([0.3, 0.7]), "“B” is most probable, at 70 %");
/// ```
pub fn leader(all: &[Named]) -> String {
    let mut order: Vec<&Named> = all.iter().filter(|(_, one)| one.value.is_finite()).collect();
    // Of equal ones the first of the file.
    order.sort_by(|(_, a), (_, b)| b.value.total_cmp(&a.value));
    match order[..] {
        [] => "No answer has a probability".into(),
        [(name, _)] if all.len() == 1 => format!("{} is the only outcome", quoted(name)),
        [(name, first), ..] if first.value >= 1.0 && first.exact => format!("{} is certain", quoted(name)),
        [first, second, ..] if gap(first, second) < level_below(first) => level(first, all),
        [first, second, ..] if overlap(first, second) => close(first, second),
        [first, ..] => leads(first),
    }
}

fn gap((_, first): &Named, (_, second): &Named) -> f64 {
    first.value - second.value
}

fn overlap((_, first): &Named, (_, second): &Named) -> bool {
    !(first.exact && second.exact) && first.interval.0 <= second.interval.1
}

/// How far behind the leader nobody is any more level with it.
fn level_below((_, first): &Named) -> f64 {
    LEVEL.min(LEVEL_SHARE * first.value)
}

/// Those that are less than two points behind the first, in the order of the file.
fn level(first: &Named, all: &[Named]) -> String {
    let tied: Vec<&Named> = all.iter().filter(|one| gap(first, one) < level_below(first)).collect();
    let mean = tied.iter().map(|(_, one)| one.value).sum::<f64>() / tied.len() as f64;
    let is_equal =
        tied.iter().all(|one| share(&one.1) == share(&tied[0].1) && gap(tied[0], one).abs() < 1e-9);
    let near = if is_equal { format!("at {}", whole(mean)) } else { format!("near {}", about(mean)) };
    let names: Vec<String> = tied.iter().map(|(name, _)| quoted(name)).collect();
    match &names[..] {
        names if names.len() > MOST_LEVEL && names.len() == all.len() => {
            format!("All {} are level {near}", names.len())
        }
        names if names.len() > MOST_LEVEL => {
            format!("{} of {} are level at the top, {near}", names.len(), all.len())
        }
        names => format!("{} are level {near}", listed(names)),
    }
}

/// Without the tenths that tell on which side of a half a single probability lies.
fn about(mean: f64) -> String {
    if (0.495..0.505).contains(&mean) { whole(0.5) } else { whole(mean) }
}

fn close((one, first): &Named, (other, second): &Named) -> String {
    let (one, other) = (quoted(one), quoted(other));
    format!("{one} and {other} are too close to tell, at {} and {}", share(first), share(second))
}

fn leads((name, first): &Named) -> String {
    let (name, share) = (quoted(name), share(first));
    match first.value {
        value if value >= NEARLY => format!("{name} is all but certain, at {share}"),
        _ if share == whole(0.5) => format!("{name} leads with an even chance, {share}"),
        value if value < 0.5 => format!("{name} leads with {share}, short\u{a0}of\u{a0}even"),
        _ => format!("{name} is most probable, at {share}"),
    }
}

/// Which of several things that do not exclude each other is most probable; `None` if there are none.
///
/// ```
/// use foretell::{report::prose::headline::likeliest, statistics::Estimate};
/// let rain = ("rain", Estimate::exact(0.25));
/// assert_eq!(likeliest(&[rain]).unwrap().replace('\u{a0}', " "), "“rain” has a probability of 25 %");
/// ```
pub fn likeliest(all: &[Named]) -> Option<String> {
    let finite = all.iter().filter(|(_, one)| one.value.is_finite());
    let (name, first) = finite.reduce(|a, b| if b.1.value > a.1.value { b } else { a })?;
    let (name, share) = (quoted(name), share(first));
    Some(match all.len() {
        1 => format!("{name} has a probability of {share}"),
        many => format!("Of {many} states and events {name} is most probable, at {share}"),
    })
}

/// What moved an answer from one probability to another, as in "Four reports took “perfunctory” from 49 % to 3 %".
pub fn moved(what: &str, verb: &str, (name, before): &Named, after: &Estimate) -> Option<String> {
    let [from, to] = apart(before, after)?;
    Some(format!("{what} {verb} {} from {from} to\u{a0}{to}", quoted(name)))
}

/// A small number in words.
///
/// ```
/// assert_eq!([1, 4, 13].map(|one| foretell::report::prose::headline::in_words(one, "report")), ["one report", "four reports", "13 reports"]);
/// ```
pub fn in_words(number: usize, noun: &str) -> String {
    const WORDS: [&str; 13] = [
        "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
        "twelve",
    ];
    let ending = if number == 1 { "" } else { "s" };
    let shown = WORDS.get(number).map_or_else(|| number.to_string(), |word| word.to_string());
    format!("{shown} {noun}{ending}")
}

fn glued(figure: &str) -> String {
    figure.replace(' ', "\u{a0}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(value: f64, half: f64) -> Estimate {
        Estimate { value, std_error: half / 1.645, interval: (value - half, value + half), exact: false }
    }

    fn said(all: &[(&str, f64)]) -> String {
        let all: Vec<Named> = all.iter().map(|(name, value)| (*name, Estimate::exact(*value))).collect();
        leader(&all).replace('\u{a0}', " ")
    }

    #[test]
    fn a_gap_of_two_points_is_a_lead_and_less_is_none() {
        assert_eq!(said(&[("A", 0.45), ("B", 0.43), ("C", 0.12)]), "“A” leads with 45 %, short of even");
        assert_eq!(said(&[("A", 0.489), ("B", 0.491), ("C", 0.02)]), "“A” and “B” are level near 49 %");
        assert_eq!(said(&[("A", 0.45), ("B", 0.4301), ("C", 0.1199)]), "“A” and “B” are level near 44 %");
        assert_eq!(said(&[("A", 0.5), ("B", 0.5)]), "“A” and “B” are level at 50 %");
        assert_eq!(said(&[("A", 0.496), ("B", 0.504)]), "“A” and “B” are level near 50 %");
    }

    #[test]
    fn where_all_are_equal_nobody_leads() {
        let third = 1.0 / 3.0;
        let three = [("A", third), ("B", third), ("C", third)];
        assert_eq!(said(&three), "“A”, “B” and “C” are level at 33 %");
        assert_eq!(said(&[("A", 0.2); 5]), "All 5 are level at 20 %");
        let top = [("A", 0.24), ("B", 0.24), ("C", 0.24), ("D", 0.23), ("E", 0.05)];
        assert_eq!(said(&top), "4 of 5 are level at the top, near 24 %");
        let many = [("A", 0.07), ("B", 0.064), ("C", 0.062)];
        assert_eq!(said(&many), "“A” and “B” are level near 7 %");
        assert_eq!(said(&[("A", 0.07), ("B", 0.06), ("C", 0.06)]), "“A” leads with 7 %, short of even");
    }

    #[test]
    fn a_half_is_told_by_its_tenths() {
        assert_eq!(said(&[("A", 0.496), ("B", 0.4), ("C", 0.104)]), "“A” leads with 49.6 %, short of even");
        assert_eq!(said(&[("A", 0.5), ("B", 0.4), ("C", 0.1)]), "“A” leads with an even chance, 50 %");
        assert_eq!(said(&[("A", 0.4998), ("B", 0.4), ("C", 0.1002)]), "“A” leads with an even chance, 50 %");
        assert_eq!(said(&[("A", 0.503), ("B", 0.4), ("C", 0.097)]), "“A” is most probable, at 50.3 %");
    }

    #[test]
    fn certainty_and_what_is_next_to_it() {
        assert_eq!(said(&[("A", 1.0), ("B", 0.0)]), "“A” is certain");
        assert_eq!(said(&[("A", 0.994), ("B", 0.006)]), "“A” is all but certain, at 99.4 %");
        assert_eq!(said(&[("A", 0.98), ("B", 0.02)]), "“A” is most probable, at 98 %");
        let drawn = [("A", drawn(1.0, 0.0)), ("B", drawn(0.0, 0.0))];
        assert_eq!(leader(&drawn).replace('\u{a0}', " "), "“A” is all but certain, at >99.9 %");
    }

    #[test]
    fn one_outcome_and_none() {
        assert_eq!(said(&[("A", 1.0)]), "“A” is the only outcome");
        assert_eq!(said(&[]), "No answer has a probability");
        assert_eq!(said(&[("A", f64::NAN), ("B", f64::NAN)]), "No answer has a probability");
    }

    #[test]
    fn what_the_draws_cannot_tell_is_said() {
        let close = [("A", drawn(0.42, 0.03)), ("B", drawn(0.38, 0.03)), ("C", drawn(0.2, 0.03))];
        assert_eq!(
            leader(&close).replace('\u{a0}', " "),
            "“A” and “B” are too close to tell, at 42 % and 38 %"
        );
        let told = [("A", drawn(0.42, 0.01)), ("B", drawn(0.38, 0.01)), ("C", drawn(0.2, 0.01))];
        assert!(leader(&told).contains("leads"));
    }

    #[test]
    fn the_sign_never_stands_alone() {
        for first in 0..=1000 {
            let first = f64::from(first) / 1000.0;
            let line = leader(&[("A", Estimate::exact(first)), ("B", Estimate::exact(1.0 - first))]);
            assert!(!line.contains(" %"), "{line}");
        }
    }

    #[test]
    fn what_did_not_move_has_no_sentence() {
        let same = Estimate::exact(0.3);
        assert_eq!(moved("It", "took", &("A", same), &same), None);
        assert_eq!(likeliest(&[]), None);
    }
}

//! What a sweep says, in sentences.

use super::line::is_level;
use super::{About, beside, called, said, value};
use crate::analysis::sweep::{AxisFinding, FacetFinding, Lead, Point};
use crate::report::number::{estimate, points, quantity, with_unit};
use crate::report::prose::{capitalised, quoted};

impl About<'_> {
    /// The answer in a sentence, or in one for each value of what is held besides.
    pub(super) fn sentences(&self) -> Vec<String> {
        if self.is_map() {
            return self.over_the_map().into_iter().chain(self.smallest()).collect();
        }
        let axis = &self.found.axes[0];
        let Some(also) = &self.found.also else {
            return self.along(axis, None).into_iter().chain(self.smallest()).collect();
        };
        let one = |(level, label): (&f64, &String)| {
            let said = self.along(axis, Some(*level))?;
            Some(format!("With {} at {label}: {said}", beside(also)))
        };
        let each = || also.values.iter().zip(&also.labels).filter_map(one).collect();
        self.at_each(axis, also).map_or_else(each, |said| vec![said])
    }

    /// One sentence for all values of what is held besides, if the same two lead in turn at each.
    fn at_each(&self, axis: &AxisFinding, also: &FacetFinding) -> Option<String> {
        let mut changes = Vec::new();
        let mut pairs = Vec::new();
        for level in &also.values {
            let leads: Vec<&Lead> = self.found.leads.iter().filter(|one| one.also == Some(*level)).collect();
            let [first, second] = leads[..] else { return None };
            if first.to != second.from || !axis.states.is_empty() || !self.is_all_of(axis, Some(*level)) {
                return None;
            }
            changes.push(self.place(first.to));
            pairs.push((&first.short, &second.short));
        }
        let (first, second) = *pairs.first().filter(|one| pairs.iter().all(|other| other == *one))?;
        let (first, second) = (quoted(first), quoted(second));
        let (changes, levels) = (with_unit(&listed(&changes), axis.unit.as_deref()), listed(&also.labels));
        Some(format!(
            "{first} leads until {} is {changes}, with {} at {levels}; then {second}.",
            called(axis),
            beside(also)
        ))
    }

    /// The title of pictures: the sentence without its full stop; of several sentences what they are about.
    #[cfg(feature = "charts")]
    pub(super) fn title(&self) -> String {
        let all = self.sentences();
        match (&all[..], &self.found.also) {
            ([_, _, ..], Some(also)) => {
                format!("{} along {}, by {}", self.subject(), called(&self.found.axes[0]), beside(also))
            }
            ([first, ..], _) => first.trim_end_matches('.').into(),
            ([], _) => self.subject().into(),
        }
    }

    #[cfg(feature = "charts")]
    fn subject(&self) -> &'static str {
        if self.found.leads.is_empty() { "The answers" } else { "Who leads" }
    }

    /// Who leads from where to where; without a lead, what moves most.
    fn along(&self, axis: &AxisFinding, also: Option<f64>) -> Option<String> {
        let leads: Vec<&Lead> = self.found.leads.iter().filter(|one| one.also == also).collect();
        match &leads[..] {
            [] => self.farthest(axis, also),
            [_] if self.is_level(also) => Some(format!("No answer leads at any value of {}.", called(axis))),
            [only] if self.is_all_of(axis, also) && !axis.states.is_empty() => {
                Some(format!("{} leads in every state of {}.", quoted(&only.short), called(axis)))
            }
            [only] if self.is_all_of(axis, also) => {
                let (from, to) = (value(axis, only.from), said(axis, only.to));
                Some(format!(
                    "{} leads at every value of {} from {from} to {to}.",
                    quoted(&only.short),
                    called(axis)
                ))
            }
            all if !axis.states.is_empty() => Some(in_states(axis, all)),
            all => Some(self.in_turn(axis, all)),
        }
    }

    /// Whether the first two are level at every value.
    fn is_level(&self, also: Option<f64>) -> bool {
        let own = |one: &&Point| one.also == also && one.gap.is_none();
        self.found.points.iter().filter(own).all(is_level)
    }

    /// Whether there is an answer at every value.
    fn is_all_of(&self, axis: &AxisFinding, also: Option<f64>) -> bool {
        let own = self.found.points.iter().filter(|one| one.also == also && one.gap.is_none());
        own.count() == axis.values.len()
    }

    /// One leader after the other.
    fn in_turn(&self, axis: &AxisFinding, leads: &[&Lead]) -> String {
        let mut parts = Vec::new();
        let mut before: Option<f64> = None;
        for (at, lead) in leads.iter().enumerate() {
            let is_after_gap = before != Some(lead.from) && (at > 0 || lead.from > axis.from);
            let from = if is_after_gap { format!(" from {}", said(axis, lead.from)) } else { String::new() };
            let is_last = at + 1 == leads.len();
            let end = match is_last && lead.to == axis.to {
                true => String::new(),
                false => format!(
                    " until {} is {}",
                    if at == 0 { called(axis) } else { "it".into() },
                    with_unit(&self.place(lead.to), axis.unit.as_deref())
                ),
            };
            let verb = if at == 0 { " leads" } else { "" };
            parts.push(format!("{}{verb}{from}{end}", quoted(&lead.short)));
            before = Some(lead.to);
        }
        format!("{}.", parts.join(", then "))
    }

    /// The answer that moves most, from where to where.
    fn farthest(&self, axis: &AxisFinding, also: Option<f64>) -> Option<String> {
        let own = |one: &&Point| one.also == also && one.gap.is_none();
        let points: Vec<&Point> = self.found.points.iter().filter(own).collect();
        let (first, last) = (points.first()?, points.last()?);
        let width = |at: usize| {
            let values = || points.iter().map(|one| one.answers[at].value);
            values().fold(f64::NEG_INFINITY, f64::max) - values().fold(f64::INFINITY, f64::min)
        };
        let chances = (0..self.found.answers.len()).filter(|at| !self.found.answers[*at].is_mean());
        let at = chances.max_by(|a, b| width(*a).total_cmp(&width(*b))).unwrap_or(0);
        let answer = self.found.answers.get(at)?;
        let shown = |point: &Point| match answer.is_mean() {
            true => with_unit(&quantity(&point.answers[at]), answer.unit.as_deref()),
            false => estimate(&point.answers[at], self.facts.run.decimals),
        };
        let from = if axis.states.is_empty() { value(axis, first.at) } else { said(axis, first.at) };
        let to = said(axis, last.at);
        let most = if self.found.answers.len() > 1 { "moves most: it goes" } else { "goes" };
        Some(format!(
            "{} {most} from {} to {} as {} goes from {from} to {to}.",
            quoted(&answer.short),
            shown(first),
            shown(last),
            called(axis)
        ))
    }

    fn over_the_map(&self) -> Option<String> {
        let mut areas: Vec<_> =
            self.found.areas.iter().enumerate().filter(|(_, one)| one.share > 0.0).collect();
        areas.sort_by(|a, b| b.1.share.total_cmp(&a.1.share));
        let name = |at: usize| quoted(&self.found.answers[at].short);
        let share = |share: f64| format!("{:.0} %", 100.0 * share);
        match &areas[..] {
            [] => None,
            [(at, one)] if one.share > 0.999_999 => Some(format!("{} leads all over the map.", name(*at))),
            [(at, one), rest @ ..] => {
                let rest = rest.iter().map(|(at, one)| format!("{} over {}", name(*at), share(one.share)));
                let all = [format!("{} leads over {} of the map", name(*at), share(one.share))]
                    .into_iter()
                    .chain(rest);
                Some(format!("{}.", all.collect::<Vec<_>>().join(", ")))
            }
        }
    }

    /// Where the lead is smallest, if it never changes.
    fn smallest(&self) -> Option<String> {
        let closest = self.found.closest.as_ref()?;
        let led = self.found.leads.len() + self.found.areas.iter().filter(|one| one.share > 0.0).count();
        if led > 1 || !self.found.crossings.is_empty() {
            return None;
        }
        let second = self.found.answers.iter().find(|one| one.id == closest.second)?;
        let places = self.found.axes.iter().zip(&closest.at);
        let place: Vec<String> =
            places.map(|(axis, at)| format!("{} = {}", called(axis), said(axis, *at))).collect();
        let lead = points(closest.lead.value, self.facts.run.decimals);
        let said = format!(
            "the lead is smallest at {}: {lead} points before {}.",
            place.join(" with "),
            quoted(&second.short)
        );
        Some(capitalised(&said))
    }
}

/// Who leads in which states, one leader after the other.
fn in_states(axis: &AxisFinding, leads: &[&Lead]) -> String {
    let states = |lead: &Lead| {
        let own = axis.values.iter().zip(&axis.states).filter(|(at, _)| (lead.from..=lead.to).contains(*at));
        listed(&own.map(|(_, state)| quoted(state)).collect::<Vec<_>>())
    };
    let part = |(at, lead): (usize, &&Lead)| match at {
        0 => format!("{} leads where {} is {}", quoted(&lead.short), called(axis), states(lead)),
        _ => format!("{} where it is {}", quoted(&lead.short), states(lead)),
    };
    format!("{}.", leads.iter().enumerate().map(part).collect::<Vec<_>>().join(", "))
}

/// With commas and a last "or".
fn listed(words: &[String]) -> String {
    match words.split_last() {
        Some((last, rest @ [_, ..])) => format!("{} or {last}", rest.join(", ")),
        _ => words.concat(),
    }
}

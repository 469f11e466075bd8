//! What are the answers along one number of the file, or two?

use super::axis::{Also, Axis};
use super::crossing::changes;
use super::finding::SweepFinding;
use super::gap::Gap;
use super::levels::levels;
use super::lookout::{Lookout, View};
use super::looks::Looks;
use super::place::{Change, Place};
use super::spot::Spot;
use super::told::Told;
use crate::analysis::answered::Answered;
use crate::analysis::course::{Course, WorldCourse};
use crate::analysis::question::Question;
use crate::analysis::tails::Tails;
use crate::analysis::void::Void;
use crate::analysis::{Failure, Study};
use crate::diagnostic::Diagnostic;
use crate::simulation::{FEWEST, Rule};

/// Draws at each value, if nothing else is said: as many as a run makes at the least.
pub const DRAWS: u64 = FEWEST;

/// As many values, or pairs of them, as are looked at.
pub const MOST_SPOTS: usize = 10_000;

/// What are the answers as numbers of the file go from one value to another?
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sweep {
    /// The numbers, one or two.
    pub axes: Vec<Axis>,
    /// What is held besides.
    pub also: Option<Also>,
    /// The answers that are looked at, by name; without any, the outcomes, or in a file without outcomes its states, events and
    /// derived values.
    pub of: Vec<String>,
}

impl Question for Sweep {
    type Finding = SweepFinding;

    fn answer(&self, study: &Study) -> Result<Answered<SweepFinding>, Failure> {
        let study = drawn(study);
        let looks = Looks::of(study.model, &self.of);
        self.fits(&looks)?;
        let levels = self.also.as_ref().map(|also| levels(&study, also)).transpose()?;
        let tails = Tails::of(study.model);
        let lookout = Lookout { study, axes: &self.axes, also: self.also.as_ref(), looks: &looks, tails };
        let spots = self.spots(levels.as_deref());
        let view = lookout.look(&spots)?;
        let course = course(&view);
        let told = Told { lookout: &lookout, levels: levels.as_deref().unwrap_or(&[]) };
        let found: Vec<(Spot, _)> = spots.into_iter().zip(view.seen).collect();
        if found.iter().all(|(_, seen)| seen.gap.is_some()) {
            return Err(nothing(&self.axes).into());
        }
        let finding = match self.axes.len() {
            1 => told.line(&found, &self.changes(&lookout, &found, levels.as_deref())?),
            _ => told.map(&found),
        };
        Ok(Answered { doubts: gaps(&found), finding, course })
    }
}

type Found = [(Spot, super::spot::Seen)];
type Changes = Vec<(Option<f64>, Vec<Change>)>;

impl Sweep {
    fn fits(&self, looks: &Looks) -> Result<(), Diagnostic> {
        if looks.all.is_empty() {
            let message = "the file has no answers that could be looked at";
            return Err(Diagnostic::error("no-answers", message)
                .hint("give it outcomes, events, factors with states or derived values"));
        }
        if self.axes.len() == 2 && !looks.is_whole {
            let message = "a map of two numbers shows who leads, and of these answers none has to come true";
            return Err(Diagnostic::error("no-lead", message).hint(
                "vary one number, or look at all outcomes, or at a factor with states, as in --of NAME",
            ));
        }
        Ok(())
    }

    /// Every place, what is held besides outermost.
    fn spots(&self, levels: Option<&[(f64, String)]>) -> Vec<Spot> {
        let spots = |also| self.places().into_iter().map(move |at| Spot { at, also });
        besides(levels).into_iter().flat_map(spots).collect()
    }

    /// The values of one number with what it is already, or the pairs of those of two.
    fn places(&self) -> Vec<Vec<f64>> {
        match &self.axes[..] {
            [one] => one.places().into_iter().map(|value| vec![value]).collect(),
            [one, other, ..] => {
                let pair =
                    |value: f64| other.steps.values().into_iter().map(move |second| vec![value, second]);
                one.steps.values().into_iter().flat_map(pair).collect()
            }
            [] => Vec::new(),
        }
    }

    /// Where the lead changes, for each value of what is held besides.
    fn changes(
        &self,
        lookout: &Lookout,
        found: &Found,
        levels: Option<&[(f64, String)]>,
    ) -> Result<Changes, Failure> {
        let mut all = Vec::new();
        for also in besides(levels) {
            let own = found.iter().filter(|(spot, _)| spot.also == also);
            let places: Vec<Place> =
                own.map(|(spot, seen)| Place { at: spot.at[0], seen: seen.clone() }).collect();
            let range = self.axes[0].steps.range().filter(|_| lookout.looks.is_whole);
            let found = range.map(|range| changes(lookout, also, &places, range)).transpose()?;
            all.push((also, found.unwrap_or_default()));
        }
        Ok(all)
    }
}

impl Axis {
    /// Its values, and what it is already, if that lies between.
    pub(super) fn places(&self) -> Vec<f64> {
        let mut values = self.steps.values();
        let inside = |own: &f64| self.steps.range().is_some_and(|(from, to)| *own > from && *own < to);
        // The file's own value stands in the place of one that is it but for rounding.
        if let Some(own) = self.own.filter(inside) {
            let width = values.iter().map(|one| (one - own).abs()).fold(0.0, f64::max);
            values.retain(|one| (one - own).abs() > 1e-12 * width || *one == own);
            values.push(own);
        }
        values.sort_by(f64::total_cmp);
        values.dedup();
        values
    }
}

/// The values of what is held besides; one that is none if nothing is.
fn besides(levels: Option<&[(f64, String)]>) -> Vec<Option<f64>> {
    levels.map_or(vec![None], |levels| levels.iter().map(|(value, _)| Some(*value)).collect())
}

/// A fixed number of draws, if nothing was said of them.
fn drawn<'m>(study: &Study<'m>) -> Study<'m> {
    let mut drawn = *study;
    if drawn.settings.rule == Rule::default() {
        drawn.settings.rule = Rule::Draws(DRAWS);
    }
    drawn
}

/// How the draws went: the place at which most were left out stands for all.
fn course(view: &View) -> Course {
    let sound = view.seen.iter().filter(|one| one.gap.is_none());
    let void = sound.map(|one| one.void.clone()).max_by_key(|void| void.draws).unwrap_or_else(Void::default);
    Course {
        plan: view.plan,
        exact: view.exact,
        reached: view.reached,
        missed: None,
        worlds: vec![WorldCourse { void, ..WorldCourse::default() }],
        drawn: view.drawn.clone(),
    }
}

fn nothing(axes: &[Axis]) -> Diagnostic {
    let names: Vec<&str> = axes.iter().map(|axis| axis.name.as_str()).collect();
    let message = format!("there is no answer at any value of {}", crate::diagnostic::list(names, "and"));
    Diagnostic::error("no-answers", message)
        .hint("what was learned is impossible or too rare there, or formulas give no number: learn less, or vary it elsewhere")
}

/// The warning of values without an answer.
fn gaps(found: &Found) -> Vec<Diagnostic> {
    let of = |gap: Gap, code: &'static str, why: &str| {
        let count = found.iter().filter(|(_, seen)| seen.gap == Some(gap)).count();
        (count > 0).then(|| {
            let all = found.len();
            Diagnostic::warning(code, format!("{count} of {all} values have no answer: {why}"))
        })
    };
    let all = [
        of(Gap::Impossible, "impossible-evidence", "what was learned is impossible there"),
        of(Gap::Rare, "rare-evidence", "what was learned leaves too few draws there"),
        of(Gap::Void, "void-draws", "too many draws give no number there"),
        of(Gap::Late, "time", "time ran out before they were looked at")
            .map(|one| one.hint("allow more with --max-time, or look at fewer")),
    ];
    all.into_iter().flatten().collect()
}

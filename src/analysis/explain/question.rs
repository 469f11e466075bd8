//! The stories: one round of draws tells what shifts with each outcome, futures tell the rest.

use super::combination::{CombinationsAsked, counted};
use super::finding::{ExplainFinding, OutcomeStory};
use super::followed::Followed;
use super::nearest::nearest;
use super::shift::ShiftsAsked;
use crate::analysis::answered::Answered;
use crate::analysis::combination::Combination;
use crate::analysis::futures::{Laid, Reference, laid};
use crate::analysis::late::out_of_time;
use crate::analysis::outcomes::{OutcomeFinding, OutcomesAsked};
use crate::analysis::question::Question;
use crate::analysis::round::{Inquiry, Round, Told, Topic};
use crate::analysis::theories::TheoriesAsked;
use crate::analysis::worlds::FutureFinding;
use crate::analysis::{Failure, Study};
use crate::diagnostic::Diagnostic;
use crate::model::OutcomeId;

/// The share of the time, if there is a limit to it, after which what shifts with each outcome is told no better; it may take as long
/// again.
const STORIES: f64 = 0.375;

/// Why does it come out as it does? Or, of one draw: how does it come about, step by step?
#[derive(Clone, Copy, Debug, Default)]
pub struct Explain {
    /// The number of a draw, from 1, and which future of it, from 1.
    pub draw: Option<(u64, u32)>,
}

impl Question for Explain {
    type Finding = ExplainFinding;

    fn measures(&self) -> bool {
        self.draw.is_none()
    }

    fn answer(&self, study: &Study) -> Result<Answered<ExplainFinding>, Failure> {
        match self.draw {
            Some(draw) => follow(draw, study),
            None => stories(study),
        }
    }
}

/// One draw, step by step.
fn follow((draw, copy): (u64, u32), study: &Study) -> Result<Answered<ExplainFinding>, Failure> {
    let Laid { program, asked, course } = laid(study)?;
    let drawing = asked.drawing(study, &program)?;
    let reference = Reference::of(&drawing.reference()?.all);
    let Some(future) = drawing.one(draw, copy)? else {
        let message = format!(
            "draw {draw} gives no world: a formula gives no number in it, or what was learned can't be"
        );
        return Err(Diagnostic::error("no-world", message).hint("follow another draw").into());
    };
    let world = FutureFinding::of(&future, &reference, study.model);
    let followed = Followed::of(&future, world, drawing.place(draw), study);
    Ok(Answered::new(ExplainFinding { draw: Some(followed), ..ExplainFinding::default() }, course))
}

fn stories(study: &Study) -> Result<Answered<ExplainFinding>, Failure> {
    if study.model.outcomes.is_empty() {
        let hint = "give it `[outcomes.*]`; or follow one draw with --draw 1";
        return Err(Diagnostic::error("no-outcomes", "the file has no outcomes to explain")
            .hint(hint)
            .into());
    }
    let first = study.watch.part(STORIES);
    let told = Round::compile(&Stories, &Study { watch: &first, ..*study })?.draw()?;
    if study.watch.is_late() {
        let late = out_of_time(
            "worlds were drawn: combinations that are counted and the nearest world are not told",
        );
        let finding = ExplainFinding { outcomes: told.finding, ..ExplainFinding::default() };
        return Ok(Answered { finding, course: told.course, doubts: [told.doubts, vec![late]].concat() });
    }
    let Laid { program, asked, .. } = laid(study)?;
    let drawing = asked.drawing(study, &program)?;
    let futures = drawing.reference()?.all;
    let reference = Reference::of(&futures);
    let mut outcomes = told.finding;
    for (at, one) in outcomes.iter_mut().enumerate().filter(|(_, one)| one.combination.is_none()) {
        one.combination = match drawing.mode(Some(OutcomeId(at)))? {
            Some(mode) => Combination::most_probable(study.model, &mode),
            None => counted(&futures, at, study.model),
        };
    }
    let nearest = match first_two(&outcomes) {
        Some(two) => nearest(&drawing, &futures, &reference, two, study.model)?,
        None => None,
    };
    let finding = ExplainFinding { outcomes, nearest, is_whole: true, draw: None };
    Ok(Answered { finding, course: told.course, doubts: told.doubts })
}

/// The most probable outcome and the next.
fn first_two(all: &[OutcomeStory]) -> Option<[usize; 2]> {
    let mut order: Vec<usize> = (0..all.len()).collect();
    order.sort_by(|a, b| all[*b].probability.value.total_cmp(&all[*a].probability.value));
    match order[..] {
        [first, second, ..] => Some([first, second]),
        _ => None,
    }
}

/// What one round of draws tells of each outcome.
struct Stories;

struct StoriesAsked {
    outcomes: OutcomesAsked,
    theories: TheoriesAsked,
    shifts: ShiftsAsked,
    combinations: CombinationsAsked,
}

impl Topic for Stories {
    type Asked = StoriesAsked;
    type Finding = Vec<OutcomeStory>;

    fn ask<'m>(&self, study: &Study<'m>, inquiry: &mut Inquiry<'m>) -> StoriesAsked {
        StoriesAsked {
            outcomes: OutcomesAsked::ask(study.model, inquiry),
            theories: TheoriesAsked::ask(study, inquiry),
            shifts: ShiftsAsked::ask(study, inquiry),
            combinations: CombinationsAsked::ask(study.model, inquiry),
        }
    }

    fn find(&self, asked: &StoriesAsked, told: &Told) -> Vec<OutcomeStory> {
        let outcomes = asked.outcomes.find(&[], &asked.theories, told);
        let story = |(at, one): (usize, OutcomeFinding)| OutcomeStory {
            id: one.id,
            label: one.label,
            short: one.short,
            probability: one.probability,
            shifts: asked.shifts.shifts(at, told),
            tilts: asked.shifts.tilts(at, told),
            combination: asked.combinations.find(at, told),
            variance: one.variance,
        };
        outcomes.into_iter().enumerate().map(story).collect()
    }
}

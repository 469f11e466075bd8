//! What moves each answer: with one thing after the other moved (a tornado), by shares of its variance (Sobol's indices, Shapley's
//! effects), and by how it goes along with values in the draws of the ordinary run.

pub(in crate::analysis) mod associations;
mod finding;
mod finite;
mod indices;
mod inputs;
mod ordinary;
mod paired;
mod ratio;
mod screening;
mod shapley;
pub(super) mod structure;
mod subject;
mod tornado;

pub use associations::Goes;
pub use finding::{Answer, Effect, Follower, Index, Method, SensitivityFinding};
pub use screening::Screened;
pub use structure::Nudged;
pub use tornado::{Lever, LeverKind, LeverLevel, Others};

use super::answered::Answered;
use super::chances::{Chance, Chances};
use super::late::out_of_time;
use super::question::Question;
use super::round::Round;
use super::{Failure, Study};
use crate::diagnostic::Diagnostic;
use crate::simulation::{Rule, Watch};
use indices::{Indices, Unknowns};
use ordinary::{Ordinary, OrdinaryFinding};
use structure::Structure;

/// The base points of the designs where no number of draws is asked for.
const POINTS: u64 = 1 << 14;

/// The share of the time, if there is a limit to it, after which the answers themselves are told no better; it may take as long again.
const ORDINARY: f64 = 0.375;

/// What moves each answer?
#[derive(Clone, Debug, Default)]
pub struct Sensitivity {
    /// The outcomes, events, derived values and factors with states that are wanted, by name; all answers if there are none.
    pub of: Vec<String>,
    /// Where everything else is while one thing is moved.
    pub others: Others,
    /// Whether variance is shared out among inputs that depend on each other.
    pub shapley: bool,
    /// By what share of itself each number of the file is moved, if any is.
    pub structure: Option<f64>,
    /// Whether elementary effects are wanted in place of indices.
    pub screen: bool,
}

impl Question for Sensitivity {
    type Finding = SensitivityFinding;

    fn answer(&self, study: &Study) -> Result<Answered<SensitivityFinding>, Failure> {
        let chances = Chances::every(study.model, &self.of)?;
        let first = study.watch.part(ORDINARY);
        let ordinary = Study { watch: &first, ..*study };
        let Answered { finding: ordinary, course, doubts } =
            Round::compile(&Ordinary { chances: &chances }, &ordinary)?.draw()?;
        let points = match study.settings.rule {
            Rule::Draws(draws) => draws,
            Rule::Until { most, .. } => POINTS.min(most),
        };
        let mut clock = Clock { watch: study.watch, undone: Vec::new() };
        let parts = self.parts(study, &chances, &ordinary, (points, &mut clock))?;
        let doubts = doubts.into_iter().chain(clock.doubt()).collect();
        Ok(Answered { finding: parts.put_together(study, &chances, &ordinary), course, doubts })
    }
}

/// Sees to it that nothing is begun once time has run out.
struct Clock<'s> {
    watch: &'s Watch,
    /// What was left undone.
    undone: Vec<&'static str>,
}

impl Clock<'_> {
    /// What `work` finds, or `nothing` where it is too late for it; said so as in "its shares were told".
    fn if_in_time<T>(
        &mut self,
        undone: &'static str,
        nothing: T,
        work: impl FnOnce() -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        if self.watch.is_late() {
            self.undone.push(undone);
            return Ok(nothing);
        }
        work()
    }

    fn doubt(&self) -> Option<Diagnostic> {
        let undone = crate::diagnostic::list(self.undone.iter().copied(), "and");
        (!self.undone.is_empty()).then(|| out_of_time(&undone))
    }
}

/// What each way of looking finds.
struct Parts {
    others: Others,
    notes: Vec<String>,
    indices: Indices,
    levers: Vec<Vec<Lever>>,
    shapley: Vec<Vec<Effect>>,
    screening: Vec<Vec<Screened>>,
    structure: Vec<Vec<Nudged>>,
}

impl Sensitivity {
    fn parts(
        &self,
        study: &Study,
        chances: &Chances,
        ordinary: &OrdinaryFinding,
        (points, clock): (u64, &mut Clock),
    ) -> Result<Parts, Failure> {
        let centre = |value: f64| if value.is_finite() { value } else { 0.0 };
        let centres: Vec<f64> = ordinary.answers.iter().map(|one| centre(one.value)).collect();
        let unknowns = Unknowns::of(study, chances)?;
        let is_screened = self.screen || unknowns.count() > indices::MOST_INPUTS;
        let nothing = Unknowns::Nothing;
        let of = if is_screened { &nothing } else { &unknowns };
        let levers = clock.if_in_time("things were moved one by one", none(chances), || {
            tornado::tornado(study, chances, ordinary, (self.others, points))
        })?;
        let late = Indices::nothing(Method::Late, chances.all().len());
        let mut found = clock.if_in_time("the variance was shared out", late, || {
            Indices::of(study, chances, of, (points, &centres))
        })?;
        let mut screening = none(chances);
        if let (true, Unknowns::Drawn { inputs, .. }) = (is_screened, &unknowns) {
            screening = clock.if_in_time("elementary effects were looked at", screening, || {
                screening::screened(study, chances, inputs)
            })?;
            if found.method != Method::Late {
                found.method = Method::Screened;
            }
        }
        let unmoved = Structure { all: none(chances), fixed: Vec::new() };
        let structure = match self.structure {
            Some(share) => clock.if_in_time("the numbers of the file were moved", unmoved, || {
                structure::nudged(study, chances, share, points)
            })?,
            None => unmoved,
        };
        let shapley = match self.shapley {
            true => clock.if_in_time("Shapley effects were looked at", none(chances), || {
                shapley::effects(study, chances, &unknowns, (points, &centres))
            })?,
            false => none(chances),
        };
        let mut notes = unknowns.notes(study, self.shapley);
        notes.extend(structure.note());
        Ok(Parts {
            others: self.others,
            notes,
            levers,
            shapley,
            structure: structure.all,
            indices: found,
            screening,
        })
    }
}

/// Nothing of any answer.
fn none<T>(chances: &Chances) -> Vec<Vec<T>> {
    chances.all().iter().map(|_| Vec::new()).collect()
}

impl Parts {
    fn put_together(
        self,
        study: &Study,
        chances: &Chances,
        ordinary: &OrdinaryFinding,
    ) -> SensitivityFinding {
        let method = self.indices.method;
        let (others, points, notes) = (self.others, self.indices.points, self.notes);
        let mut levers = self.levers.into_iter();
        let mut indices = self.indices.all.into_iter();
        let mut shapley = self.shapley.into_iter();
        let mut screening = self.screening.into_iter();
        let mut structure = self.structure.into_iter();
        let mut answer = |(at, chance): (usize, &Chance)| {
            let lacks = ordinary.lacks_variance[at];
            let indices = indices.next().unwrap_or_default();
            let shapley = shapley.next().unwrap_or_default();
            Answer {
                id: chance.id(study.model),
                label: chance.label(study.model),
                short: chance.short(study.model),
                unit: study.model.unit(&chance.id(study.model)).map(String::from),
                is_mean: !chances.is_probability(at),
                is_outcome: matches!(chance, Chance::Outcome(_)),
                value: ordinary.answers[at].into(),
                levers: levers.next().unwrap_or_default(),
                without: without(lacks, method, is_nothing(&indices)),
                indices: if lacks { Vec::new() } else { indices },
                shapley: if lacks { Vec::new() } else { shapley },
                associations: ordinary.associations[at].clone(),
                screening: screening.next().unwrap_or_default(),
                structure: structure.next().unwrap_or_default(),
                followers: followers(study, *chance, ordinary),
            }
        };
        let answers = chances.all().iter().enumerate().map(&mut answer).collect();
        SensitivityFinding { answers, others, method, points, notes }
    }
}

/// The events and derived values among the drivers of an outcome.
fn followers(study: &Study, chance: Chance, ordinary: &OrdinaryFinding) -> Vec<Follower> {
    let (Chance::Outcome(_), model) = (chance, study.model) else { return Vec::new() };
    let follows = |name: &str| {
        let events = model.events.iter().map(|one| &one.named);
        let derived = model.derived.iter().map(|one| &one.named);
        events.chain(derived).any(|named| named.id == name)
    };
    let outcome = chance.id(model);
    let own = ordinary.drivers.of(&outcome).filter(|one| follows(&one.id));
    own.map(|one| Follower { id: one.id.clone(), label: one.name.clone(), share: one.share }).collect()
}

/// Whether no share is more than 0.
fn is_nothing(indices: &[Index]) -> bool {
    indices.iter().all(|one| one.total.value == 0.0)
}

/// Why an answer has no shares of variance.
fn without(lacks_variance: bool, method: Method, is_none: bool) -> Option<String> {
    let why = match (lacks_variance, method) {
        (true, _) => "its tail is too heavy for a variance",
        (_, Method::Screened) => return None,
        (_, Method::Late) => "time ran out",
        (_, Method::None) => "nothing that is not known enters it",
        _ if is_none => "nothing that is not known moves it",
        _ => return None,
    };
    Some(why.into())
}

//! The answers with one thing after the other moved, all on the same draws.

use schemars::JsonSchema;
use serde::Serialize;

use super::ordinary::{OrdinaryFinding, Range};
use super::subject::{Of, Subject, theories};
use crate::analysis::chances::{Chance, Chances};
use crate::analysis::estimated::{Figure, Swing};
use crate::analysis::{Failure, Study};
use crate::diagnostic::Diagnostic;
use crate::model::{Model, Variable};
use crate::program::{Ask, Held, QueryId, Setting, World};
use crate::simulation::{Rule, Sampled, Settings, simulate_on};
use crate::statistics::Estimate;

/// As many answers in as many worlds as are looked at.
const MOST: usize = 60_000;

/// Where everything else is while one thing is moved.
#[derive(Clone, Copy, Debug, Default, JsonSchema, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Others {
    /// As uncertain as it is.
    #[default]
    Free,
    /// At its median, or its most probable state.
    Median,
}

/// Something that is moved, and what one answer becomes.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Lever {
    /// The name of a factor, an event or a derived value, the address of a weight or base, or `theory`.
    pub id: String,
    /// What people call it.
    pub label: String,
    /// What its levels are.
    pub kind: LeverKind,
    /// What the answer is at each level: at P5, at the median and at P95, without and with the event, in each state, under each
    /// theory.
    pub levels: Vec<LeverLevel>,
    /// What the answer is more at the last level than at the first.
    #[serde(flatten)]
    pub swing: Swing,
    /// How far the greatest of the levels' answers lies above the least: levers are ranked by it.
    pub reach: f64,
    /// The same with its error.
    #[serde(skip)]
    pub extent: Estimate,
}

/// What the levels of a lever are.
#[derive(Clone, Copy, Debug, JsonSchema, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum LeverKind {
    /// P5, median and P95.
    Percentiles,
    /// An event that does not happen and one that does.
    Event,
    /// The states of a factor.
    States,
    /// Theories.
    Theories,
}

/// Where something is put, and what the answer is then.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct LeverLevel {
    /// `p05`, `p50` or `p95`, `false` or `true`, the name of the state or the theory.
    pub id: String,
    /// In words.
    pub label: String,
    /// The number that it is put at; null for states, events and theories.
    pub at: Option<f64>,
    /// The answer; null where what was learned can't be then.
    #[serde(flatten)]
    pub value: Figure,
}

impl Lever {
    /// Whether the answer moves by more than what the draws leave open.
    pub fn is_felt(&self) -> bool {
        let widest =
            self.levels.iter().map(|one| one.value.half_width()).fold(self.swing.half_width(), f64::max);
        self.reach > 2.0 * widest
    }

    /// Whether the answer turns between the ends: the middle level lies outside of them by more than a tenth of the reach.
    pub fn turns(&self) -> bool {
        let [low, middle, high] = &self.levels[..] else { return false };
        let (low, middle, high) = (low.value.value, middle.value.value, high.value.value);
        self.kind == LeverKind::Percentiles
            && (middle - low.max(high)).max(low.min(high) - middle) > 0.1 * self.reach
    }
}

/// A place where something is put.
struct Spot<'m> {
    id: String,
    label: String,
    at: Option<f64>,
    world: World<'m>,
}

/// What is moved, with its spots.
struct Moved<'f, 'm> {
    subject: &'f Subject,
    kind: LeverKind,
    spots: Vec<Spot<'m>>,
}

/// For each answer what moves it, strongest first.
///
/// # Errors
/// Too much to look at; see [`compile`](crate::program::compile); an interruption.
pub(super) fn tornado(
    study: &Study,
    chances: &Chances,
    ordinary: &OrdinaryFinding,
    (others, draws): (Others, u64),
) -> Result<Vec<Vec<Lever>>, Failure> {
    let moving = Moving { study, ordinary, others };
    let moved: Vec<Moved> =
        ordinary.subjects.iter().filter_map(|(one, range)| moving.moved(one, range)).collect();
    let worlds = moved.iter().map(|one| one.spots.len()).sum::<usize>();
    let answers = chances.all().len();
    if worlds * answers > MOST {
        return Err(too_many(moved.len(), answers).into());
    }
    let mut ask = Ask::new();
    let mut asked: Vec<Vec<Vec<QueryId>>> = Vec::new();
    for one in &moved {
        let spots = one.spots.iter().map(|spot| {
            let world = ask.world(spot.world.clone());
            chances.ask(&mut ask, world, study.model)
        });
        let spots: Vec<Vec<QueryId>> = spots.collect();
        if let [first, .., last] = &spots[..] {
            first.iter().zip(last).for_each(|(first, last)| ask.compare(&[*first, *last]));
        }
        asked.push(spots);
    }
    let program = study.compile(&ask)?;
    let settings = Settings { rule: Rule::Draws(draws), ..study.settings };
    let sampled = simulate_on(study.level, &program, &settings, study.watch)?;
    let told = Told { chances, sampled: &sampled };
    let of_answer = |answer: usize| {
        let own = moved.iter().zip(&asked).filter(|(one, _)| !one.is(chances.all()[answer], study.model));
        let mut all: Vec<Lever> = own.map(|(one, spots)| told.lever(one, spots, answer)).collect();
        all.retain(|one| one.reach > 0.0);
        all.sort_by(|a, b| b.reach.total_cmp(&a.reach));
        all
    };
    Ok((0..answers).map(of_answer).collect())
}

fn too_many(moved: usize, answers: usize) -> Diagnostic {
    let message = format!("{answers} answers with each of {moved} things moved are too many to look at");
    Diagnostic::error("too-many-answers", message)
        .hint("name the answers that you want with --of, as in --of deal")
}

/// How things are moved.
struct Moving<'f, 'm> {
    study: &'f Study<'m>,
    ordinary: &'f OrdinaryFinding,
    others: Others,
}

impl<'f, 'm> Moving<'f, 'm> {
    fn moved(&self, subject: &'f Subject, range: &Range) -> Option<Moved<'f, 'm>> {
        let model = self.study.model;
        let (kind, spots) = match (&subject.of, range) {
            (Of::Number(held, _), Range::Between(between)) => {
                let names = [("p05", "P5"), ("p50", "median"), ("p95", "P95")];
                let spot = |((id, label), value): ((&str, &str), f64)| {
                    self.spot(subject, (id, label), (*held, value), Some(value))
                };
                (LeverKind::Percentiles, names.into_iter().zip(between.all()).map(spot).collect())
            }
            (Of::Event(id), Range::States(_)) => {
                let held = Held::Variable(Variable::Event(*id));
                let spot = |(name, value)| self.spot(subject, (name, name), (held, value), None);
                (LeverKind::Event, [("false", 0.0), ("true", 1.0)].map(spot).into_iter().collect())
            }
            (Of::States(id), Range::States(probabilities)) => {
                let held = Held::Variable(Variable::Category(*id));
                let states = model.categories[id.0].states.iter().zip(probabilities).enumerate();
                let possible = states.filter(|(_, (_, probability))| **probability > 0.0);
                let spot = |(at, (state, _)): (usize, (&crate::model::State, &f64))| {
                    let names = (state.named.id.as_str(), state.named.label.as_str());
                    self.spot(subject, names, (held, at as f64), None)
                };
                (LeverKind::States, possible.map(spot).collect())
            }
            (Of::Theory, Range::Theories) => {
                let spot = |(id, name, label): (_, &str, &str)| {
                    let world = self.world(subject, Setting::new()).under(id);
                    Some(Spot { id: name.into(), label: label.into(), at: None, world })
                };
                (LeverKind::Theories, theories(model).map(spot).collect())
            }
            _ => return None,
        };
        // Where one spot can't be held, nothing is compared.
        let spots: Option<Vec<Spot>> = spots;
        Some(Moved { subject, kind, spots: spots.filter(|spots| spots.len() > 1)? })
    }

    fn spot(
        &self,
        subject: &Subject,
        (id, label): (&str, &str),
        (held, value): (Held, f64),
        at: Option<f64>,
    ) -> Option<Spot<'m>> {
        let setting = Setting::new().hold(self.study.model, held, value).ok()?;
        Some(Spot { id: id.into(), label: label.into(), at, world: self.world(subject, setting) })
    }

    /// The world in which something is held, and all others are where they are to be.
    fn world(&self, moved: &Subject, setting: Setting) -> World<'m> {
        let model = self.study.model;
        let mut setting = setting;
        if self.others == Others::Median {
            for (subject, range) in self.ordinary.subjects.iter().filter(|(one, _)| one.id != moved.id) {
                let held = middle(subject, range);
                let with = held.and_then(|(held, value)| setting.clone().hold(model, held, value).ok());
                setting = with.unwrap_or(setting);
            }
        }
        World { setting, may_be_impossible: true, ..self.study.world() }
    }
}

/// Where something that is not known lies in the middle: its median, its most probable state.
fn middle(subject: &Subject, range: &Range) -> Option<(Held, f64)> {
    match (&subject.of, range) {
        // What follows from others, follows.
        (Of::Number(Held::Variable(Variable::Derived(_)), _), _) => None,
        (Of::Number(held, _), Range::Between(between)) => Some((*held, between.p50)),
        (Of::States(id), Range::States(probabilities)) => {
            let most =
                (0..probabilities.len()).max_by(|a, b| probabilities[*a].total_cmp(&probabilities[*b]))?;
            Some((Held::Variable(Variable::Category(*id)), most as f64))
        }
        _ => None,
    }
}

impl Moved<'_, '_> {
    /// Whether it is what an answer is of.
    fn is(&self, chance: Chance, model: &Model) -> bool {
        match (chance, &self.subject.of) {
            (Chance::Event(id), Of::Event(own)) => id == *own,
            (Chance::State(id, _), Of::States(own)) => id == *own,
            (Chance::Mean(_), Of::Number(..)) => chance.id(model) == self.subject.id,
            _ => false,
        }
    }
}

/// What the draws say.
struct Told<'a> {
    chances: &'a Chances,
    sampled: &'a Sampled<'a>,
}

impl Told<'_> {
    fn lever(&self, moved: &Moved, spots: &[Vec<QueryId>], answer: usize) -> Lever {
        let estimates = self.sampled.estimates();
        let value = |query: QueryId| match self.chances.is_probability(answer) {
            true => estimates.probability(query),
            false => estimates.query(query),
        };
        let levels: Vec<LeverLevel> = moved
            .spots
            .iter()
            .zip(spots)
            .map(|(spot, queries)| LeverLevel {
                id: spot.id.clone(),
                label: spot.label.clone(),
                at: spot.at,
                value: value(queries[answer]).into(),
            })
            .collect();
        let extent =
            extent(&levels, |least, most| estimates.difference(spots[most][answer], spots[least][answer]));
        let swing = match (spots.first(), spots.last()) {
            (Some(first), Some(last)) => estimates.difference(last[answer], first[answer]),
            _ => Estimate::unknown(),
        };
        Lever {
            id: moved.subject.id.clone(),
            label: moved.subject.label.clone(),
            kind: moved.kind,
            levels,
            swing: swing.into(),
            reach: if extent.value.is_finite() { extent.value } else { 0.0 },
            extent,
        }
    }
}

/// What is between the level with the least and that with the greatest answer; unknown if none has an answer.
fn extent(levels: &[LeverLevel], between: impl Fn(usize, usize) -> Estimate) -> Estimate {
    let value = |at: &usize| levels[*at].value.value;
    let known = || (0..levels.len()).filter(|at| value(at).is_finite());
    let least = known().reduce(|a, b| if value(&b) < value(&a) { b } else { a });
    let most = known().reduce(|a, b| if value(&b) > value(&a) { b } else { a });
    least.zip(most).map_or_else(Estimate::unknown, |(least, most)| between(least, most))
}

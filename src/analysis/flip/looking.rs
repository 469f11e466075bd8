//! What the outcomes are under settings: all of them in one program, on common random numbers.

use super::known::Thing;
use crate::analysis::{Failure, Study};
use crate::model::{Model, OutcomeId, Variable};
use crate::program::{Ask, Held, QueryId, Setting, World};
use crate::simulation::{Rule, Settings, simulate_on};
use crate::statistics::Estimate;

/// As many draws as a look takes.
const DRAWS: u64 = 1 << 12;
/// As many settings as are compiled at once.
const AT_ONCE: usize = 64;

/// Where things are fixed.
pub(super) type Point = Vec<(Variable, f64)>;

/// What is to lead.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Goal {
    /// The outcome that leads now.
    pub(super) leader: usize,
    /// The one that is to lead; any other one if none is named.
    pub(super) to: Option<usize>,
}

impl Goal {
    /// By how much it is met: negative as long as it is not.
    pub(super) fn gap(self, outcomes: &[f64]) -> f64 {
        let most = |is_in: &dyn Fn(usize) -> bool| {
            let all = (0..outcomes.len()).filter(|at| is_in(*at)).map(|at| outcomes[at]);
            all.fold(f64::NEG_INFINITY, f64::max)
        };
        match self.to {
            Some(to) => outcomes[to] - most(&|at| at != to),
            None => most(&|at| at != self.leader) - outcomes[self.leader],
        }
    }

    /// The outcome that leads if it is met.
    pub(super) fn met_by(self, outcomes: &[f64]) -> usize {
        let others = (0..outcomes.len()).filter(|at| *at != self.leader);
        self.to
            .or_else(|| others.reduce(|best, at| if outcomes[at] > outcomes[best] { at } else { best }))
            .unwrap_or(self.leader)
    }
}

/// Looks at a model.
#[derive(Clone, Copy)]
pub(super) struct Looking<'a> {
    pub(super) study: &'a Study<'a>,
}

impl Looking<'_> {
    /// The outcomes at each point, by few draws; none where something can't be fixed there or can't be given what was learned.
    pub(super) fn quick(&self, points: &[Point]) -> Result<Vec<Option<Vec<f64>>>, Failure> {
        let settings = Settings { rule: Rule::Draws(DRAWS), ..self.study.settings };
        let found = self.all(points, &settings)?;
        Ok(found.into_iter().map(|one| Some(one?.iter().map(|one| one.value).collect())).collect())
    }

    /// The same by as many draws as a run takes, with errors.
    pub(super) fn whole(&self, points: &[Point]) -> Result<Vec<Option<Vec<Estimate>>>, Failure> {
        self.all(points, &self.study.settings)
    }

    fn all(&self, points: &[Point], settings: &Settings) -> Result<Vec<Option<Vec<Estimate>>>, Failure> {
        let mut all = Vec::new();
        for some in points.chunks(AT_ONCE) {
            all.extend(self.some(some, settings)?);
        }
        Ok(all)
    }

    fn some(&self, points: &[Point], settings: &Settings) -> Result<Vec<Option<Vec<Estimate>>>, Failure> {
        let (study, model) = (self.study, self.study.model);
        let mut ask = Ask::new();
        let mut look = |point: &Point| -> Option<(crate::program::WorldId, Vec<QueryId>)> {
            let setting = setting(model, point)?;
            let world = ask.world(World { setting, may_be_impossible: true, ..study.world() });
            let outcomes = (0..model.outcomes.len()).map(|at| ask.outcome(world, OutcomeId(at)));
            Some((world, outcomes.collect()))
        };
        let asked: Vec<_> = points.iter().map(&mut look).collect();
        if asked.iter().all(Option::is_none) {
            return Ok(vec![None; points.len()]);
        }
        let program = study.compile(&ask)?;
        let sampled = simulate_on(study.level, &program, settings, study.watch)?;
        let estimates = sampled.estimates();
        let found = |one: &Option<(crate::program::WorldId, Vec<QueryId>)>| {
            let (world, queries) = one.as_ref()?;
            let found: Vec<Estimate> = queries.iter().map(|query| estimates.probability(*query)).collect();
            let is_sound =
                program.learned(*world).is_possible && found.iter().all(|one| one.value.is_finite());
            is_sound.then_some(found)
        };
        Ok(asked.iter().map(found).collect())
    }
}

fn setting(model: &Model, point: &Point) -> Option<Setting> {
    let hold = |setting: Setting, (variable, value): &(Variable, f64)| {
        setting.hold(model, Held::Variable(*variable), *value).ok()
    };
    point.iter().try_fold(Setting::new(), hold)
}

/// A point from scores of numbers.
pub(super) fn point(things: &[&Thing], scores: &[f64]) -> Point {
    things.iter().zip(scores).map(|(thing, score)| (thing.variable(), thing.value(*score))).collect()
}

/// A value that is short to write, no nearer to `from`, and less than a grain beyond.
pub(super) fn short(value: f64, from: f64, grain: f64) -> f64 {
    let power = libm::floor(libm::log10(grain.abs()));
    if !power.is_finite() || !(-12.0..=15.0).contains(&power) {
        return value;
    }
    let step = libm::pow(10.0, power);
    let steps = value / step;
    let whole = if value > from { steps.ceil() } else { steps.floor() };
    // Division by a power of ten gives the number that its digits are read as.
    if power < 0.0 { whole / libm::pow(10.0, -power) } else { whole * step }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_values_lie_beyond() {
        assert_eq!(short(0.56712, 0.4, 0.02), 0.57);
        assert_eq!(short(0.56712, 0.6, 0.02), 0.56);
        assert_eq!(short(1234.5, 1000.0, 30.0), 1240.0);
        assert_eq!(short(-0.1234, 0.0, 0.004), -0.124);
    }

    #[test]
    fn a_goal_is_met_where_its_outcome_leads() {
        let goal = Goal { leader: 0, to: None };
        assert!((goal.gap(&[0.5, 0.3, 0.2]) + 0.2).abs() < 1e-15);
        assert_eq!(goal.met_by(&[0.3, 0.2, 0.5]), 2);
        let to = Goal { leader: 0, to: Some(1) };
        assert!((to.gap(&[0.3, 0.2, 0.5]) + 0.3).abs() < 1e-15);
        assert_eq!(to.met_by(&[0.3, 0.2, 0.5]), 1);
    }
}

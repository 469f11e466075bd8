//! A second opinion: worlds are drawn, counted, and held against what the engine says.

use super::finding::{SecondOpinion, Twice};
use super::integrated::{Drawing, answers, drawing};
use super::level::{Level, least};
use super::score::{FEWEST, Score, holm, score};
use super::tally::{Share, Tally};
use super::target::{Asked, Target};
use super::world::{Seen, World};
use crate::analysis::{Course, Failure, Study};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::number::counted;
use crate::limits::Limits;
use crate::model::Model;
use crate::statistics::Estimate;

/// Worlds that are drawn if nothing else is said.
pub const WORLDS: u64 = 150_000;

/// The probability with which at least one answer is said to disagree although both are right.
const FAMILYWISE: f64 = 0.001;

/// Worlds after which it is asked whether to go on.
const TURN: u64 = 1024;

/// What many worlds say.
struct Worlds {
    drawn: u64,
    void: u64,
    matching: u64,
    tallies: Vec<Tally>,
}

/// Answers everything twice, by the engine and by plain simulation, with the course of the engine's draws.
///
/// # Errors
/// What the engine can't compute, or an interruption.
pub fn second_opinion(study: &Study) -> Result<(SecondOpinion, Course), Failure> {
    against(study, study.model)
}

/// The engine's answers against worlds of another model of the same shape: what a fault on one side would look like.
///
/// # Errors
/// What the engine can't compute, or an interruption.
pub fn against(study: &Study, model: &Model) -> Result<(SecondOpinion, Course), Failure> {
    let (asked, course) = answers(study)?;
    let drawing = drawing(study);
    let worlds = draw(model, &asked, &drawing, &study.watch.limits())?;
    Ok((compare(&asked, &worlds, &drawing), course))
}

/// Draws worlds and counts.
fn draw(model: &Model, asked: &[Asked], drawing: &Drawing, limits: &Limits) -> Result<Worlds, Failure> {
    let mut world = World::new(model, drawing.seed);
    let tallies = asked.iter().map(Tally::of).collect();
    let mut worlds = Worlds { drawn: drawing.worlds.unwrap_or(WORLDS), void: 0, matching: 0, tallies };
    for at in 0..worlds.drawn {
        if at % TURN == 0 && limits.is_stopped() {
            return Err(Failure::Interrupted);
        }
        match world.draw() {
            Seen::Void => worlds.void += 1,
            Seen::Unlike => {}
            Seen::Like => {
                worlds.matching += 1;
                worlds.tallies.iter_mut().zip(asked).for_each(|(tally, one)| tally.add(one.target, &world));
            }
        }
    }
    Ok(worlds)
}

/// Holds what was counted against what was asked.
fn compare(asked: &[Asked], worlds: &Worlds, drawing: &Drawing) -> SecondOpinion {
    let scores: Vec<Result<Score, &'static str>> =
        asked.iter().zip(&worlds.tallies).map(|(one, tally)| scored(one, tally, worlds)).collect();
    let known: Vec<f64> = scores.iter().flatten().map(|score| score.p).collect();
    let mut verdicts = holm(&known, FAMILYWISE).into_iter();
    let twice = |(one, score): (&Asked, &Result<Score, &'static str>)| match score {
        Ok(score) => told(one, score, verdicts.next().unwrap_or(false)),
        Err(why) => untold(one, why),
    };
    let answers: Vec<Twice> = asked.iter().zip(&scores).map(twice).collect();
    let disagree = answers.iter().filter(|one| one.agrees == Some(false)).count();
    SecondOpinion {
        worlds: worlds.drawn,
        void: worlds.void,
        matching: worlds.matching,
        seed: drawing.seed,
        generator: "ChaCha8",
        compared: known.len(),
        agree: known.len() - disagree,
        disagree,
        largest_z: scores.iter().flatten().map(|one| one.z.abs()).fold(f64::NAN, f64::max),
        familywise_error: FAMILYWISE,
        critical_z: critical(known.len()),
        answers,
    }
}

/// The comparison of one answer. What was learned is counted among all worlds.
fn scored(asked: &Asked, tally: &Tally, worlds: &Worlds) -> Result<Score, &'static str> {
    match (asked.target, tally) {
        (Target::Learned, Tally::Share(share)) => {
            let share = Share { of: worlds.drawn - worlds.void, ..*share };
            score(asked, &Tally::Share(share))
        }
        _ => score(asked, tally),
    }
}

fn told(asked: &Asked, score: &Score, disagrees: bool) -> Twice {
    Twice {
        kind: asked.kind,
        what: asked.what.clone(),
        at: asked.at,
        integrated: score.integrated.into(),
        plain: score.plain.into(),
        z: score.z,
        p_value: score.p,
        agrees: Some(!disagrees),
        reason: None,
    }
}

fn untold(asked: &Asked, why: &'static str) -> Twice {
    Twice {
        kind: asked.kind,
        what: asked.what.clone(),
        at: asked.at,
        integrated: asked.integrated.into(),
        plain: Estimate::unknown().into(),
        z: f64::NAN,
        p_value: f64::NAN,
        agrees: None,
        reason: Some(why),
    }
}

/// The z-score at which a probability is the familywise error's share of one of so many.
fn critical(count: usize) -> f64 {
    let level = Level::from_upper(0.5 * FAMILYWISE / count.max(1) as f64);
    least(0.0, 40.0, level, &Level::of_normal)
}

impl SecondOpinion {
    /// Whether too few worlds were as what was learned says to compare anything that follows from it.
    pub fn is_too_few(&self) -> bool {
        self.matching < FEWEST
    }

    /// What the reader should know: answers that disagree, or worlds that are too few.
    pub fn doubts(&self) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        if self.disagree > 0 {
            let worst = self.answers.iter().filter(|one| one.agrees == Some(false));
            let names: Vec<&str> = worst.map(|one| one.what.as_str()).collect();
            let message = format!("a second, plain simulation disagrees about {}", names.join(", "));
            found.push(Diagnostic::warning("second-opinion", message).hint(DISAGREEMENT));
        }
        if self.is_too_few() {
            let message = format!(
                "only {} of {} match what was learned: too few for a second opinion",
                self.matching,
                counted(self.worlds, "drawn world")
            );
            found.push(Diagnostic::warning("second-opinion", message).hint(FEW));
        }
        found
    }
}

const DISAGREEMENT: &str = "ask again with another --seed and more --draws: chance goes away, a fault does not; a fault is one of \
                            foretell, whose authors need the file, the flags and the version";

const FEW: &str = "raise --draws, or learn something less rare";

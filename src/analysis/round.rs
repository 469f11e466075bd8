//! One round: topics are asked about, draws are made for all of them, and each says what it found.

use super::answered::Answered;
use super::course::{Course, Missed, Watched};
use super::{Failure, Study};
use crate::diagnostic::Diagnostic;
use crate::model::Model;
use crate::program::{Ask, Program, World, WorldId};
use crate::simulation::{Estimates, Kept, Sampled, Settings, Watch, simulate_on};

/// A question that one round of draws answers. Several topics can share a round: one that asks for others in its own
/// [`ask`](Topic::ask) lets them [`find`](Topic::find) in the same draws.
pub trait Topic {
    /// Handles to what was asked.
    type Asked;
    /// What it finds.
    type Finding;

    /// Asks.
    fn ask<'m>(&self, study: &Study<'m>, inquiry: &mut Inquiry<'m>) -> Self::Asked;

    /// What the draws say.
    fn find(&self, asked: &Self::Asked, told: &Told) -> Self::Finding;

    /// What the reader should know of the finding.
    fn doubts(&self, asked: &Self::Asked, found: &Self::Finding, told: &Told) -> Vec<Diagnostic> {
        let _ = (asked, found, told);
        Vec::new()
    }
}

/// What is asked in a round, in the file itself and wherever else topics look.
pub struct Inquiry<'m> {
    /// Everything that is asked. What it [aims](Ask::aim) at is to be precise, and decides whether the answer is exact: aim at
    /// whatever is shown.
    pub ask: Ask<'m>,
    /// The world as file and flags have it.
    pub world: WorldId,
    watched: Vec<Watched>,
}

impl<'m> Inquiry<'m> {
    /// Nothing yet, but how the draws go in the file itself.
    pub fn new(study: &Study<'m>) -> Inquiry<'m> {
        let mut ask = Ask::new();
        let world = ask.world(study.world());
        let watched = vec![Watched::ask(&mut ask, world, study.model, None)];
        Inquiry { ask, world, watched }
    }

    /// A variant's world, the course of whose draws counts as well; with its position among what is watched.
    pub(super) fn variant(&mut self, world: World<'m>, model: &Model, variant: usize) -> (WorldId, usize) {
        let world = self.ask.world(world);
        self.watched.push(Watched::ask(&mut self.ask, world, model, Some(variant)));
        (world, self.watched.len() - 1)
    }

    /// The variant that a world is, by position.
    fn variant_of(&self, world: WorldId) -> Option<usize> {
        self.watched.iter().find(|one| one.world == world).and_then(|one| one.variant)
    }

    /// The program of all that is asked.
    ///
    /// # Errors
    /// See [`compile`](crate::program::compile); with the variant that it is about.
    pub fn compile(&self, study: &Study) -> Result<Program, Failure> {
        study.compile(&self.ask).map_err(|failure| match failure {
            Failure::Compile(error, _) => {
                let variant = self.variant_of(error.world);
                Failure::Compile(error, variant)
            }
            other => other,
        })
    }

    /// How the draws went.
    pub fn course(&self, sampled: &Sampled, estimates: &Estimates) -> Course {
        let program = sampled.sampling.program();
        let missed = sampled.missed.and_then(|aim| self.ask.aimed(aim));
        Course {
            plan: sampled.plan(),
            exact: program.is_exact(),
            reached: sampled.reached,
            missed: missed.map(|(name, is_mean)| Missed { name, is_mean }),
            worlds: self.watched.iter().map(|one| one.find(sampled, estimates, program)).collect(),
            drawn: program.drawn().to_vec(),
        }
    }
}

/// What a topic finds its answers in.
pub struct Told<'a> {
    /// What the question had at hand.
    pub study: &'a Study<'a>,
    /// The world as file and flags have it.
    pub world: WorldId,
    /// What made the draws.
    pub program: &'a Program,
    /// The draws.
    pub sampled: &'a Sampled<'a>,
    /// What they say.
    pub estimates: &'a Estimates<'a>,
    /// How they went.
    pub course: &'a Course,
}

impl<'a> Told<'a> {
    /// The model that was asked about.
    pub fn model(&self) -> &'a Model {
        self.study.model
    }

    /// The first draws, whole.
    pub fn kept(&self) -> &'a Kept {
        self.sampled.sampling.kept()
    }
}

/// A topic that was asked about, with the program that answers.
pub struct Round<'q, 'm, T: Topic> {
    topic: &'q T,
    study: Study<'m>,
    inquiry: Inquiry<'m>,
    asked: T::Asked,
    program: Program,
}

impl<'q, 'm, T: Topic> Round<'q, 'm, T> {
    /// Asks, and compiles what was asked.
    ///
    /// # Errors
    /// See [`compile`](crate::program::compile).
    pub fn compile(topic: &'q T, study: &Study<'m>) -> Result<Round<'q, 'm, T>, Failure> {
        let mut inquiry = Inquiry::new(study);
        let asked = topic.ask(study, &mut inquiry);
        let program = inquiry.compile(study)?;
        Ok(Round { topic, study: *study, inquiry, asked, program })
    }

    /// The same draws, of which a topic tells that wants no more than was asked.
    #[must_use]
    pub fn telling(self, topic: &'q T) -> Round<'q, 'm, T> {
        Round { topic, ..self }
    }

    /// The program that answers.
    pub fn program(&self) -> &Program {
        &self.program
    }

    /// Draws until the rule is met, and says what came out.
    ///
    /// # Errors
    /// An interruption.
    pub fn draw(&self) -> Result<Answered<T::Finding>, Failure> {
        self.draw_by(&self.study.settings, self.study.watch)
    }

    /// As [`draw`](Round::draw), by other settings: what was compiled can be drawn from again and again.
    ///
    /// # Errors
    /// An interruption.
    pub fn draw_by(&self, settings: &Settings, watch: &Watch) -> Result<Answered<T::Finding>, Failure> {
        let sampled = simulate_on(self.study.level, &self.program, settings, watch)?;
        Ok(self.find(&sampled))
    }

    /// What draws of its program say, wherever they were made.
    pub fn find(&self, sampled: &Sampled) -> Answered<T::Finding> {
        let estimates = sampled.estimates();
        let course = self.inquiry.course(sampled, &estimates);
        let told = Told {
            study: &self.study,
            world: self.inquiry.world,
            program: &self.program,
            sampled,
            estimates: &estimates,
            course: &course,
        };
        let finding = self.topic.find(&self.asked, &told);
        let doubts = self.topic.doubts(&self.asked, &finding, &told);
        Answered { finding, course, doubts }
    }
}

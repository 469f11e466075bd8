//! Two sound scenarios, and how their answers are told.

use std::collections::BTreeSet;

use super::between::Between;
use crate::analysis::compare::{Change, Compare, CompareFinding, Compared};
use crate::analysis::{self, Course, Question, WorldCourse};
use crate::diagnostic::{Diagnostic, Diagnostics, SourceFile, Sources, Span, did_you_mean, list};
use crate::session::answer::Answer;
use crate::session::case::Case;
use crate::session::changes::Changes;
use crate::session::failure::Failure;
use crate::session::policy::Policy;
use crate::session::refusal::refusal;
use crate::simulation::{Rule, Settings};

/// Two sound scenarios, and whatever stands between them.
pub struct Comparison<'s> {
    /// The first.
    pub before: Case<'s>,
    /// The second.
    pub after: Case<'s>,
    /// What they are called, in messages and by people.
    pub(super) names: [String; 2],
    pub(super) labels: [String; 2],
    /// What flags say of both.
    pub(super) flags: Changes,
    pub(super) changes: Vec<Change>,
    pub(super) words: Vec<Change>,
    pub(super) between: Box<dyn Between + 's>,
}

impl Comparison<'_> {
    /// How far the answers of the second scenario are from those of the first, and which edit moved them; `of` names those that are
    /// wanted, all if it names none.
    ///
    /// Answers are named by their names or labels.
    ///
    /// # Errors
    /// A name that no answer has; what is asked can't be computed, or what the draws say is not to be trusted; or somebody
    /// interrupted.
    pub fn answer(&self, of: &[String], settings: &Settings) -> Result<Answer<CompareFinding>, Failure> {
        let written = of;
        let of = &self.before.as_named(&self.after.as_named(of));
        self.check_names(of, written)?;
        let question = Compare {
            sides: [self.side(0, &self.before), self.side(1, &self.after)],
            after: &self.after.model,
            changes: &self.changes,
            words: &self.words,
            build: &|done| self.between.model(done),
            of,
        };
        let study = self.before.study(settings);
        let answered = question.answer(&study).map_err(|failure| self.refusal(failure))?;
        let mut messages = self.before.warnings.clone();
        messages.extend(self.after.warnings.iter().cloned());
        messages.sort();
        messages.extend(self.doubts(&answered.course, settings)?);
        messages.extend(answered.doubts);
        let mut facts = self.before.facts(&answered.course, settings, &messages);
        // What is told of the run is what both have in common.
        facts.run.chosen = self.flags.variants.clone();
        facts.run.chosen_labels.retain(|_| !self.flags.variants.is_empty());
        facts.run.overrides = self.flags.set.clone();
        facts.run.given = self.flags.given.clone();
        Ok(Answer { facts, finding: answered.finding, messages })
    }

    fn side(&self, at: usize, case: &Case) -> Compared {
        Compared {
            name: self.names[at].clone(),
            label: self.labels[at].clone(),
            file_hash: case.file_hash.clone(),
        }
    }

    /// What the reader should know of how the draws went in both scenarios.
    fn doubts(&self, course: &Course, settings: &Settings) -> Result<Diagnostics, Failure> {
        let mut doubts = Diagnostics::new();
        for (at, (case, world)) in [&self.before, &self.after].into_iter().zip(&course.worlds).enumerate() {
            let policy = Policy {
                model: &case.model,
                variants: &[],
                sources: &case.sources,
                exact: case.exact,
                is_asked: settings.rule != Rule::default(),
                is_late: case.is_late(),
            };
            // What is true of the run as a whole is told once.
            let reached = course.reached || at > 0;
            let drawn = if at > 0 { Vec::new() } else { course.drawn.clone() };
            let own = Course {
                worlds: vec![WorldCourse { variant: None, ..world.clone() }],
                reached,
                drawn,
                ..course.clone()
            };
            let found = policy.apply(&own).map_err(|failure| self.about(at, failure))?;
            doubts.extend(found.into_iter().map(|one| match one.code {
                "not-precise" | "time" | "drawn-states" => one,
                _ => one.hint(self.told(at)),
            }));
        }
        Ok(doubts)
    }

    fn refusal(&self, failure: analysis::Failure) -> Failure {
        let sources = &self.before.sources;
        match failure {
            analysis::Failure::Compile(error, Some(_)) => {
                self.about(1, refusal(analysis::Failure::Compile(error, None), &[], sources))
            }
            other => refusal(other, &[], sources),
        }
    }

    /// A failure of one of the two.
    fn about(&self, at: usize, failure: Failure) -> Failure {
        match failure {
            Failure::No(sources, found) => {
                let told = found.into_iter().map(|one| match one.code {
                    "not-exact" => one,
                    _ => one.hint(self.told(at)),
                });
                let mut list = Diagnostics::new();
                list.extend(told);
                Failure::No(sources, list)
            }
            Failure::Interrupted => Failure::Interrupted,
        }
    }

    fn told(&self, at: usize) -> String {
        format!("this is about {}", self.names[at])
    }

    fn check_names(&self, of: &[String], written: &[String]) -> Result<(), Failure> {
        let mut known = Compare::names(&self.before.model);
        known.extend(Compare::names(&self.after.model));
        let mut seen = BTreeSet::new();
        known.retain(|name| seen.insert(name.clone()));
        let (mut sources, mut found) = (self.before.sources.clone(), Diagnostics::new());
        for (_, stranger) in of.iter().zip(written).filter(|(name, _)| !known.contains(name)) {
            found.push(unknown(stranger, &known, &mut sources));
        }
        if found.is_empty() { Ok(()) } else { Err(Failure::No(Box::new(sources), found)) }
    }
}

fn unknown(name: &str, known: &[String], sources: &mut Sources) -> Diagnostic {
    let source = sources.add(SourceFile::new("--of", name));
    let near = did_you_mean(name, known.iter().map(String::as_str));
    let hint = match near {
        Some(near) => format!("did you mean `{near}`?"),
        None if known.is_empty() => {
            "the files have no answers: give them outcomes, events or derived values".into()
        }
        None => format!("answers are {}", list(known.iter().map(String::as_str), "and")),
    };
    Diagnostic::error("unknown-name", format!("neither scenario has an answer that is called `{name}`"))
        .at(
            Span::new(source, 0..name.len()),
            "no outcome, no derived value and, in files without outcomes, no state or event",
        )
        .hint(hint)
}

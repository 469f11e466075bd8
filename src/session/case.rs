//! A scenario under some changes, which answers questions.

use super::answer::Answer;
use super::changes::{Changes, Exactness};
use super::facts::{Facts, Reading, RunFacts, ScenarioFacts, VoidFacts, sentence};
use super::failure::Failure;
use super::flags::flags;
use super::ground::Ground;
use super::hash::hash;
use super::labels::Labels;
use super::policy::{Policy, not_exact};
use super::refusal::refusal;
use super::session::Session;
use super::{evidence, joint, names, variants};
use crate::analysis::Variant;
use crate::analysis::joint::Joint;
use crate::analysis::{Answered, Course, Question, Round, Study, Topic, VariantFacts};
use crate::build;
use crate::diagnostic::{Diagnostics, Sources};
use crate::distribution::Cache;
use crate::limits::{Exceeded, Limits};
use crate::math::instruction_set::InstructionSet;
use crate::model::Model;
use crate::program::States;
use crate::scenario::{Attachments, Document, Override};
use crate::simulation::{Rule, Settings, Watch};

/// A sound scenario under some changes.
pub struct Case<'s> {
    /// The text and the changes.
    pub sources: Sources,
    /// What it means.
    pub model: Model,
    /// The variants of the file, each with its model.
    pub variants: Vec<Variant>,
    /// What was found that does not forbid going on.
    pub warnings: Diagnostics,
    /// SHA-256 over the file and its attachments in the order of their paths.
    pub file_hash: String,
    /// The same over every attachment, also those that changes name.
    pub read_hash: String,
    /// What is told jointly.
    pub joint: Vec<Joint>,
    /// The names of the variants that are run in place of the file.
    chosen: Vec<String>,
    chosen_labels: Vec<String>,
    /// Values that replaced the file's, as NAME=VALUE.
    set: Vec<String>,
    /// What was learned, as propositions.
    given: Vec<String>,
    pub(super) exact: Exactness,
    states: States,
    /// What the model was built from.
    pub(super) ground: Ground<'s>,
    cache: &'s Cache,
    watch: &'s Watch,
}

impl Session<'_> {
    /// The scenario under some changes.
    ///
    /// # Errors
    /// Everything that is wrong with the text and the changes.
    pub fn case(&self, changes: &Changes) -> Result<Case<'_>, Failure> {
        Case::of(self, changes)
    }
}

impl<'s> Case<'s> {
    fn of(session: &'s Session, changes: &Changes) -> Result<Case<'s>, Failure> {
        let limits = session.watch.limits();
        let (mut sources, mut found) = (session.sources.clone(), session.found.clone());
        let chosen = variants::chosen(&changes.variants, &session.document, &mut sources, &mut found);
        let called = Labels::of(&session.document);
        let (overrides, given) = called.read(changes, &mut sources, &mut found);
        // A file that is no TOML has lost whole sections: what is said about their names would be noise.
        if found.iter().any(|one| one.code == "toml-syntax") {
            return Err(Failure::No(Box::new(sources), found));
        }
        let attachments = attachments(session, &overrides);
        let within = (&session.cache, &limits);
        let supposed = chosen.iter().flat_map(|one| &one.given).map(|one| one.value.clone());
        let mut document = session.document.clone();
        let learned: Vec<_> = supposed.chain(given.iter().cloned()).collect();
        document.given = learned.clone();
        let set = chosen.iter().flat_map(|one| &one.set).map(|one| one.value.clone());
        let all: Vec<Override> = set.chain(overrides.iter().cloned()).collect();
        let mut model = build(&document, &attachments, &all, within, &mut found)?;
        if let Some(model) = &mut model {
            evidence::select(model, changes, &mut sources, &mut found);
        }
        let listed =
            flags("--joint", &changes.joint, &mut sources, &mut found, |file, id| called.listed(file, id));
        let joint = model.as_ref().filter(|_| !found.has_errors()).map(|model| {
            let meant =
                joint::Meant { model, document: &document, attachments: &attachments, overrides: &overrides };
            meant.all(&listed, &mut found)
        });
        // What flags change must not collide with variants that nobody asked for.
        let (flagged, given) =
            if changes.all_variants { (&overrides[..], given) } else { (&[][..], Vec::new()) };
        document.given = given;
        let mut variants = variants::models(&document, &attachments, flagged, within, &mut found)?;
        let Some(model) = model.filter(|_| !found.has_errors()) else {
            return Err(Failure::No(Box::new(sources), found));
        };
        // The same items count in every variant.
        for Variant { model: variant, .. } in &mut variants {
            variant.evidence.iter_mut().zip(&model.evidence).for_each(|(one, own)| one.active = own.active);
        }
        if changes.all_variants && variants.is_empty() {
            return Err(Failure::plain(variants::none()));
        }
        document.given = learned;
        let ground = Ground {
            document,
            overrides: all,
            active: model.active(),
            cache: &session.cache,
            watch: &session.watch,
            attachments: attachments.clone(),
        };
        let (set, given) = variants::written(&chosen, changes);
        let has_more = attachments.len() > session.attachments.len();
        let read_hash = has_more.then(|| hash(&session.file().text, &attachments));
        Ok(Case {
            file_hash: session.file_hash.clone(),
            read_hash: read_hash.unwrap_or_else(|| session.file_hash.clone()),
            sources,
            model,
            variants,
            joint: joint.unwrap_or_default(),
            warnings: found,
            chosen: changes.variants.clone(),
            chosen_labels: chosen.iter().map(|one| VariantFacts::of(one, None).label).collect(),
            set,
            given,
            exact: changes.exact,
            states: changes.states(),
            ground,
            cache: &session.cache,
            watch: &session.watch,
        })
    }

    /// What a question has at hand.
    pub fn study(&self, settings: &Settings) -> Study<'_> {
        Study {
            model: &self.model,
            variants: &self.variants,
            sources: &self.sources,
            remodel: Some(&self.ground),
            file_hash: &self.file_hash,
            settings: *settings,
            states: self.states,
            level: InstructionSet::best(),
            cache: self.cache,
            watch: self.watch,
        }
    }

    /// Answers a question.
    ///
    /// # Errors
    /// What is asked can't be computed, or what the draws say is not to be trusted; or somebody interrupted.
    pub fn answer<Q: Question>(
        &self,
        question: &Q,
        settings: &Settings,
    ) -> Result<Answer<Q::Finding>, Failure> {
        let answered = question.answer(&self.study(settings)).map_err(|failure| self.refusal(failure))?;
        self.conclude(answered, settings)
    }

    /// A question that one round answers, with its program: for draws that are made elsewhere.
    ///
    /// # Errors
    /// What is asked can't be computed.
    pub fn round<'q, T: Topic>(
        &self,
        topic: &'q T,
        settings: &Settings,
    ) -> Result<Round<'q, '_, T>, Failure> {
        Round::compile(topic, &self.study(settings)).map_err(|failure| self.refusal(failure))
    }

    /// What was answered, held to every policy, with the facts of the run.
    ///
    /// # Errors
    /// What the draws say is not to be trusted.
    pub fn conclude<F>(&self, answered: Answered<F>, settings: &Settings) -> Result<Answer<F>, Failure> {
        let Answered { finding, course, doubts } = answered;
        let policy = Policy {
            model: &self.model,
            variants: &self.variants,
            sources: &self.sources,
            exact: self.exact,
            is_asked: settings.rule != Rule::default(),
            is_late: self.is_late() || is_cut(&course, settings.rule),
        };
        let mut messages = self.warnings.clone();
        messages.extend(policy.apply(&course)?);
        messages.extend(doubts);
        Ok(Answer { facts: self.facts(&course, settings, &messages), finding, messages })
    }

    /// Whether time ran out.
    pub(super) fn is_late(&self) -> bool {
        self.watch.is_late()
    }

    /// Whether a program may be drawn from.
    ///
    /// # Errors
    /// Draws would enter what is to be exact.
    pub fn allow(&self, is_exact: bool) -> Result<(), Failure> {
        let is_allowed = is_exact || self.exact != Exactness::Require;
        if is_allowed { Ok(()) } else { Err(Failure::plain(not_exact())) }
    }

    /// The names of the factors, derived values and events that `flag` was given, each by its name or its label.
    ///
    /// # Errors
    /// All that are none.
    pub fn named(&self, flag: &str, names: &[String]) -> Result<Vec<String>, Failure> {
        names::meant(flag, names, &self.model, &self.sources)
    }

    /// The names of things and outcomes, each by its name or its label; what is neither stays as it is written, for what takes
    /// other words too.
    pub fn as_named(&self, written: &[String]) -> Vec<String> {
        names::as_named(&self.model, written)
    }

    /// The name of a factor's state, by its name or its label; what is neither stays as it is written.
    pub fn as_state(&self, factor: &str, written: &str) -> String {
        let own = self.model.categories.iter().find(|one| one.named.id == factor);
        let states = own.into_iter().flat_map(|one| &one.states);
        names::as_state(states.map(|one| (one.named.id.as_str(), one.named.label.as_str())), written)
    }

    /// Why a question has no answer.
    pub fn refusal(&self, failure: crate::analysis::Failure) -> Failure {
        refusal(failure, &self.variants, &self.sources)
    }

    /// The facts of a run that went so, with what the reader should know: for answers that are held to no policy.
    pub fn facts(&self, course: &Course, settings: &Settings, messages: &Diagnostics) -> Facts {
        let (model, sources) = (&self.model, &self.sources);
        let void = course.void();
        let run = RunFacts {
            overrides: self.set.clone(),
            given: self.given.clone(),
            chosen: self.chosen.clone(),
            chosen_labels: self.chosen_labels.clone(),
            ..RunFacts::of(model, course, settings.rule, &self.file_hash)
        };
        Facts {
            scenario: ScenarioFacts::of(model, sources),
            run,
            void: VoidFacts::of(&void, sources),
            readings: Reading::all(model, sources),
            warnings: messages.iter().map(|one| sentence(one, sources)).collect(),
        }
    }
}

/// The files that the text names, and those that overrides name.
pub(super) fn attachments(session: &Session, overrides: &[Override]) -> Attachments {
    let mut all = session.attachments.clone();
    for (name, _) in overrides.iter().flat_map(Override::attachments) {
        all.entry(name.clone()).or_insert_with(|| (session.read)(&name));
    }
    all
}

fn build(
    document: &Document,
    attachments: &Attachments,
    overrides: &[Override],
    (cache, limits): (&Cache, &Limits),
    found: &mut Diagnostics,
) -> Result<Option<Model>, Exceeded> {
    let (model, more) = build::build_within(document, attachments, overrides, cache, limits)?;
    found.extend(more);
    found.sort();
    Ok(model)
}

/// Whether draws that ended before they were as precise as wanted could have been more.
fn is_cut(course: &Course, rule: Rule) -> bool {
    match rule {
        Rule::Draws(_) => true,
        Rule::Until { most, .. } => course.plan.draws().saturating_mul(2) <= most,
    }
}

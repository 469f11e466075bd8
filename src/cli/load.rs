//! From a path to a model.

use std::path::Path;

use sha2::{Digest, Sha256};

use super::changes::Changes;
use super::evidence;
use super::failure::Failure;
use super::files;
use super::inputs::Inputs;
use super::interrupt::Interrupt;
use super::variants;
use crate::analysis;
use crate::analysis::run::{Asked, Question};
use crate::build;
use crate::diagnostic::{Diagnostic, Diagnostics, SourceFile, SourceId, Sources, Span};
use crate::distribution::Cache;
use crate::limits::{Exceeded, Limits};
use crate::model::Model;
use crate::program::{CompileError, Obstacle};
use crate::report::{DrawColumns, VariantFacts};
use crate::scenario::{self, Attachments, Document, Override, Variant};

/// A sound scenario.
pub struct Loaded {
    /// The file and the flags.
    pub sources: Sources,
    /// What it means.
    pub model: Model,
    /// The variants of the file, each with its model.
    pub variants: Vec<(VariantFacts, Model)>,
    /// The names of the variants that are run in place of the file.
    pub chosen: Vec<String>,
    /// Values that replaced the file's, as NAME=VALUE.
    pub set: Vec<String>,
    /// What was learned, as propositions.
    pub given: Vec<String>,
    /// What was found that does not forbid going on.
    pub warnings: Diagnostics,
    /// SHA-256 over the file and its attachments in the order of their paths.
    pub file_hash: String,
    /// The same over every attachment, also those that `--set` names.
    pub read_hash: String,
    /// The files that were read.
    pub inputs: Inputs,
    /// What output is named after.
    pub stem: String,
    /// Tables and fits that its programs share.
    pub cache: Cache,
}

/// Reads a scenario with what a command changes of it and learns of it.
///
/// # Errors
/// Everything that is wrong with the file and the flags.
pub fn load(path: &Path, changes: &Changes, interrupt: &Interrupt) -> Result<Loaded, Failure> {
    let limits = &interrupt.watch.limits();
    let (input, cache) = (interrupt.at_once(|| files::input(path))?, Cache::new());
    let mut sources = Sources::new(SourceFile::new(&input.name, &input.text));
    let (mut document, mut found) = scenario::parse_within(sources.file(), SourceId::FILE, limits)?;
    let chosen = variants::chosen(&changes.variants, &document, &mut sources, &mut found);
    let overrides = flags("--set", &changes.set, &mut sources, &mut found, scenario::parse_override);
    document.given = flags("--given", &changes.given, &mut sources, &mut found, scenario::parse_given);
    let own = read(document.attachments.keys(), &input.folder);
    let file_hash = hash(&input.text, &own);
    // A file that is no TOML has lost whole sections: what is said about their names would be noise.
    if found.iter().any(|one| one.code == "toml-syntax") {
        return Err(Failure::No(Box::new(sources), found));
    }
    let named = overrides.iter().flat_map(Override::attachments).map(|(name, _)| name);
    let mut attachments = read(named.collect::<Vec<_>>().iter(), &input.folder);
    attachments.extend(own);
    let read_hash = hash(&input.text, &attachments);
    let mut inputs = Inputs::default();
    inputs.add(path);
    attachments.keys().for_each(|name| inputs.add(&input.folder.join(name)));
    inputs.spare()?;
    let within = (&cache, limits);
    let mut model = build(&document, &attachments, &overrides, &chosen, within, &mut found)?;
    if let Some(model) = &mut model {
        evidence::select(model, changes, &mut sources, &mut found);
    }
    // What flags change must not collide with variants that nobody asked for.
    let flagged = if changes.all_variants { &overrides[..] } else { &[] };
    if !changes.all_variants {
        document.given.clear();
    }
    let mut variants = variants::models(&document, &attachments, flagged, within, &mut found)?;
    if let Some(model) = &model {
        // The same items count in every variant.
        for (_, variant) in &mut variants {
            variant.evidence.iter_mut().zip(&model.evidence).for_each(|(one, own)| one.active = own.active);
        }
    }
    let Some(model) = model.filter(|_| !found.has_errors()) else {
        return Err(Failure::No(Box::new(sources), found));
    };
    if changes.all_variants && variants.is_empty() {
        return Err(Failure::plain(variants::none()));
    }
    let (set, given) = variants::written(&chosen, changes);
    Ok(Loaded {
        sources,
        model,
        variants,
        chosen: changes.variants.clone(),
        set,
        given,
        warnings: found,
        file_hash,
        read_hash,
        inputs,
        stem: input.stem,
        cache,
    })
}

impl Loaded {
    /// The program of a run of the model, beside it the variants if `changes` want all of them.
    ///
    /// # Errors
    /// What was asked for can't be computed.
    pub fn compile<'m>(&'m self, changes: &Changes, limits: &Limits) -> Result<Asked<'m>, Failure> {
        let variants = if changes.all_variants { &self.variants[..] } else { &[] };
        let question = Question {
            model: &self.model,
            variants: variants.iter().map(|(_, model)| model).collect(),
            of: changes.of.clone(),
            states: changes.states(),
            percents: changes.percents.clone(),
        };
        question.compile(&self.cache, limits).map_err(|error| {
            let about = question.variant_of(error.world).map(|at| &variants[at].0);
            self.refused(&error, about)
        })
    }

    fn refused(&self, error: &CompileError, about: Option<&VariantFacts>) -> Failure {
        if error.why == Obstacle::Interrupted {
            return Failure::Interrupted;
        }
        let message = refused(&error.why);
        let message = match about {
            Some(facts) => variants::about(facts, message),
            None => message,
        };
        Failure::about(self.sources.clone(), message)
    }

    /// Whether every variant can be computed.
    ///
    /// # Errors
    /// The first that can't.
    pub fn check_variants(&self, limits: &Limits) -> Result<(), Failure> {
        for (facts, model) in &self.variants {
            let compiled = Question::of(model).compile(&self.cache, limits);
            compiled.map_err(|error| self.refused(&error, Some(facts)))?;
        }
        Ok(())
    }

    /// The columns of draws that are written out.
    ///
    /// # Errors
    /// They can't be computed.
    pub fn draw_columns(&self, changes: &Changes, limits: &Limits) -> Result<DrawColumns, Failure> {
        DrawColumns::of(&self.model, changes.states(), &self.cache, limits)
            .map_err(|error| self.refused(&error, None))
    }

    /// Why a question put to the scenario has no answer.
    pub fn unanswered(&self, failure: &analysis::Failure) -> Failure {
        match failure {
            analysis::Failure::Interrupted => Failure::Interrupted,
            analysis::Failure::Compile(error) => self.refused(error, None),
        }
    }
}

fn build(
    document: &Document,
    attachments: &Attachments,
    overrides: &[Override],
    chosen: &[Variant],
    (cache, limits): (&Cache, &Limits),
    found: &mut Diagnostics,
) -> Result<Option<Model>, Exceeded> {
    let given = chosen.iter().flat_map(|one| &one.given).map(|one| one.value.clone());
    let changed = Document { given: given.chain(document.given.clone()).collect(), ..document.clone() };
    let set = chosen.iter().flat_map(|one| &one.set).map(|one| one.value.clone());
    let overrides: Vec<Override> = set.chain(overrides.iter().cloned()).collect();
    let (model, more) = build::build_within(&changed, attachments, &overrides, cache, limits)?;
    found.extend(more);
    found.sort();
    Ok(model)
}

/// Reads each value of a flag, under a source of its own.
fn flags<T>(
    flag: &str,
    values: &[String],
    sources: &mut Sources,
    found: &mut Diagnostics,
    parse: impl Fn(&SourceFile, SourceId) -> Result<T, Diagnostic>,
) -> Vec<T> {
    let mut read = Vec::new();
    for text in values {
        let source = SourceFile::new(flag, text);
        let id = sources.add(source.clone());
        match parse(&source, id) {
            Ok(one) => read.push(one),
            Err(problem) => found.push(problem),
        }
    }
    read
}

fn read<'a>(names: impl Iterator<Item = &'a String>, folder: &Path) -> Attachments {
    names.map(|name| (name.clone(), files::attachment(folder, name))).collect()
}

/// As `cat FILE ATTACHMENT… | sha256sum` has it.
fn hash(text: &str, attachments: &Attachments) -> String {
    let mut digest = Sha256::new();
    digest.update(text);
    attachments.values().flatten().for_each(|content| digest.update(content));
    digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Why there is no program, as a message.
fn refused(why: &Obstacle) -> Diagnostic {
    let (answer, names) = match why {
        Obstacle::TooManyStates { answer, names } => (answer, names),
        Obstacle::Impossible { parts } => return impossible(parts),
        other => {
            return Diagnostic::error("memory", other.to_string())
                .hint("ask for less at once, as with --of NAME, or let more memory be taken");
        }
    };
    let named: Vec<&str> = names.iter().map(String::as_str).collect();
    let message =
        format!("{answer} depends on too many states at once: those of {} names together", named.len());
    Diagnostic::error("too-many-states", message)
        .hint(format!("together: {}", crate::diagnostic::list(named, "and")))
        .hint("let an event stand between some of them and the rest, or hold some with --set NAME=VALUE")
}

/// The error of having learned what can't be.
fn impossible(parts: &[Span]) -> Diagnostic {
    let message = match parts {
        [_] => "what was learned is impossible in this model",
        _ => "what was learned is impossible in this model, taken together",
    };
    let error = Diagnostic::error("impossible-evidence", message);
    let error =
        parts.iter().rev().fold(error, |error, part| error.at(*part, "has probability 0 with the rest"));
    error.hint("see how probable each part is without it, or make it so with --set instead of learning it")
}

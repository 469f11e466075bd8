//! From a path to a model.

use std::path::Path;

use sha2::{Digest, Sha256};

use super::args::Exactness;
use super::changes::Changes;
use super::evidence;
use super::failure::Failure;
use super::files;
use super::variants;
use crate::analysis;
use crate::diagnostic::{Diagnostic, Diagnostics, SourceFile, SourceId, Sources, Span};
use crate::model::{self, Model};
use crate::program::{self, CompileError, Program};
use crate::report::VariantFacts;
use crate::scenario::{self, Attachments, Document, Override, Variant};

/// A sound scenario.
pub struct Loaded {
    /// The file and the flags.
    pub sources: Sources,
    /// What it means.
    pub model: Model,
    /// The model compiled.
    pub program: Program,
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
    /// What output is named after.
    pub stem: String,
}

/// Reads a scenario with what a command changes of it and learns of it.
///
/// # Errors
/// Everything that is wrong with the file and the flags.
pub fn load(path: &Path, changes: &Changes) -> Result<Loaded, Failure> {
    let input = files::input(path)?;
    let mut sources = Sources::new(SourceFile::new(&input.name, &input.text));
    let (mut document, mut found) = scenario::parse(sources.file());
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
    let mut model = build(&document, &attachments, &overrides, &chosen, &mut found);
    if let Some(model) = &mut model {
        evidence::select(model, changes, &mut sources, &mut found);
    }
    let mut variants = variants::models(&document, &attachments, &overrides, &mut found);
    if let Some(model) = &model {
        // The same items count in every variant.
        for (_, variant) in &mut variants {
            variant.evidence.iter_mut().zip(&model.evidence).for_each(|(one, own)| one.active = own.active);
        }
    }
    match model {
        Some(model) if !found.has_errors() => {
            let asked = if changes.all_variants { &variants[..] } else { &[] };
            if changes.all_variants && asked.is_empty() {
                return Err(Failure::plain(variants::none()));
            }
            let program = compile(&model, asked, changes.exact, &sources)?;
            let (set, given) = variants::written(&chosen, changes);
            Ok(Loaded {
                sources,
                model,
                program,
                variants,
                chosen: changes.variants.clone(),
                set,
                given,
                warnings: found,
                file_hash,
                read_hash,
                stem: input.stem,
            })
        }
        _ => Err(Failure::No(Box::new(sources), found)),
    }
}

fn build(
    document: &Document,
    attachments: &Attachments,
    overrides: &[Override],
    chosen: &[Variant],
    found: &mut Diagnostics,
) -> Option<Model> {
    let given = chosen.iter().flat_map(|one| &one.given).map(|one| one.value.clone());
    let changed = Document { given: given.chain(document.given.clone()).collect(), ..document.clone() };
    let set = chosen.iter().flat_map(|one| &one.set).map(|one| one.value.clone());
    let overrides: Vec<Override> = set.chain(overrides.iter().cloned()).collect();
    let (model, more) = model::build(&changed, attachments, &overrides);
    found.extend(more);
    found.sort();
    model
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

fn compile(
    model: &Model,
    variants: &[(VariantFacts, Model)],
    exact: Exactness,
    sources: &Sources,
) -> Result<Program, Failure> {
    let models: Vec<&Model> = variants.iter().map(|(_, model)| model).collect();
    let compiled = program::compile_variants(model, &models, exact == Exactness::Never);
    compiled.map_err(|(at, error)| {
        let message = refused(&error);
        let message = match at {
            Some(at) => variants::about(&variants[at].0, message),
            None => message,
        };
        Failure::about(sources.clone(), message)
    })
}

/// Why a question put to a loaded scenario has no answer.
pub fn unanswered(scenario: &Loaded, failure: &analysis::Failure) -> Failure {
    match failure {
        analysis::Failure::Interrupted => Failure::Interrupted,
        analysis::Failure::Compile(error) => Failure::about(scenario.sources.clone(), refused(error)),
    }
}

/// A compile error as a message.
pub fn refused(error: &CompileError) -> Diagnostic {
    let (answer, names) = match error {
        CompileError::TooManyStates { answer, names } => (answer, names),
        CompileError::Impossible { parts } => return impossible(parts),
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

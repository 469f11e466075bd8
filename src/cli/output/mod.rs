//! The folder of a run's files.
//!
//! `manifest.json` lists the files that are foretell's own, each with its hash: only what bears it is ever replaced or removed. A folder
//! that holds nothing else is exchanged as a whole; in any other, the changes are made to the end or not at all.

mod disk;
mod exchange;
mod journal;
mod own;
mod stage;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod walk;

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::failure::{self, Failure};
use super::files::{STANDARD_INPUT, parent, reason};
use super::inputs::{Inputs, Place, standard_output};
use super::interrupt::Interrupt;
use super::target::{self, Target};
use crate::diagnostic::Diagnostic;
use crate::report::manifest;
use disk::Disk;
use exchange::Refusal;
use journal::Change;
use own::{Own, Owner, obstacle};
pub use stage::Files;
use stage::Stage;

const HINT: &str = "choose another folder with --output DIR";

/// Where files of an earlier version are kept, of which nothing proves that they are as foretell wrote them.
const EARLIER: &str = "earlier";

/// The folder that the user named.
///
/// # Errors
/// It is called as standard output is, which holds no files.
pub fn folder(name: &Path) -> Result<PathBuf, Failure> {
    if name.as_os_str() == STANDARD_INPUT {
        let message = "several files can't be written to standard output";
        let hint = "name a folder with --output DIR, or print one form of the answer with --format";
        return Err(Failure::plain(Diagnostic::error("file", message).hint(hint)));
    }
    Ok(name.into())
}

/// Refuses, before anything is computed, a folder that can't be written, or in which one of the `names` to be is taken. What a command
/// that was killed has left in it is completed first.
///
/// # Errors
/// It is so.
pub fn check(folder: &Path, verb: &str, names: &[&str], inputs: &Inputs) -> Result<(), Failure> {
    let disk = Disk::default();
    if fs::symlink_metadata(folder).is_ok() && !folder.is_dir() {
        return Err(failure::file("write", folder, "it is not a folder", HINT));
    }
    let real = whole(folder);
    open(&disk, &real).map_err(|error| refused(folder, &error))?;
    let own = Own::of(&real);
    check_foreign(folder, names.iter().copied(), &own)?;
    check_used(folder, own.of_verb(verb).iter().map(|(name, _)| name.as_str()), inputs)
}

/// Makes `folder` hold `files` as a verb's answer, besides those of other verbs and whatever else it holds that is not
/// foretell's. Gives the folder in which files of an earlier version are kept, if there are any.
///
/// # Errors
/// The folder can't be written, or one of the names is taken by a file that is not foretell's; or Ctrl-C was pressed.
/// Then the folder is as it was.
pub fn write(
    folder: &Path,
    verb: &str,
    files: Files,
    inputs: &Inputs,
    interrupt: &Interrupt,
) -> Result<Option<PathBuf>, Failure> {
    let writing = Writing { disk: &Disk::default(), folder, verb, inputs, interrupt };
    interrupt.tidily(|| writing.write(files))
}

/// An answer on its way into a folder.
struct Writing<'a> {
    disk: &'a Disk,
    /// As the user named it.
    folder: &'a Path,
    verb: &'a str,
    inputs: &'a Inputs,
    interrupt: &'a Interrupt,
}

impl Writing<'_> {
    fn write(&self, files: Files) -> Result<Option<PathBuf>, Failure> {
        let real = whole(self.folder);
        if fs::symlink_metadata(&real).is_err() {
            let files = self.listed(&Own::of(&real), files.clone());
            match self.create(&real, &files)? {
                // Another command was faster.
                Err(_) if real.is_dir() => {}
                done => return done.map(|()| None).map_err(|error| refused(self.folder, &error)),
            }
        }
        let mut inside = open(self.disk, &real).map_err(|error| refused(self.folder, &error))?;
        let own = Own::of(&real);
        let taken = own.of_verb(self.verb);
        let files = self.listed(&own, files);
        check_foreign(self.folder, files.iter().map(|(name, _)| name.as_str()), &own)?;
        check_used(self.folder, taken.iter().map(|(name, _)| name.as_str()), self.inputs)?;
        if self.exchange(&mut inside, &real, &own, &files)? {
            return Ok(None);
        }
        let Some(inside) = inside else { return Err(refused(self.folder, &ErrorKind::NotFound.into())) };
        self.change(&inside, &real, (&taken, &files))
    }

    /// The files, and the list with them, which comes last.
    fn listed(&self, own: &Own, mut files: Files) -> Files {
        let named = files.iter().map(|(name, bytes)| (name.clone(), manifest::hash(bytes))).collect();
        files.push((manifest::NAME.into(), own.list.clone().with(self.verb, named).render()));
        files
    }

    fn create(&self, real: &Path, files: &Files) -> Result<io::Result<()>, Failure> {
        let stage = self.disk.create_folders(parent(real)).and_then(|()| Stage::beside(self.disk, real));
        match stage.and_then(|stage| stage.clear().map(|()| stage)) {
            Ok(stage) => exchange::create(&stage, real, files, self.interrupt),
            Err(error) => Ok(Err(error)),
        }
    }

    /// Whether the folder could be replaced as a whole, and was.
    fn exchange(
        &self,
        inside: &mut Option<Stage>,
        real: &Path,
        own: &Own,
        files: &Files,
    ) -> Result<bool, Failure> {
        let Some(inside) = inside else { return Ok(false) };
        let Ok(beside) = Stage::beside(self.disk, real) else { return Ok(false) };
        let replaced = own.list.of(self.verb);
        let kept: Vec<String> = own.list.all().into_iter().filter(|name| !replaced.contains(name)).collect();
        let kept: Vec<String> =
            kept.into_iter().filter(|name| matches!(own.owner(name), Owner::Foretell(_))).collect();
        match exchange::replace((inside, &beside), (real, own), (files, &kept), self.interrupt) {
            Ok(()) => Ok(true),
            Err(Refusal::Unsuited) => Ok(false),
            Err(Refusal::Failed(failure)) => Err(failure),
        }
    }

    /// Replaces file by file, to the end or not at all.
    fn change(
        &self,
        stage: &Stage,
        real: &Path,
        (taken, files): (&[(String, Owner)], &Files),
    ) -> Result<Option<PathBuf>, Failure> {
        let refuse = |error: io::Error| refused(self.folder, &error);
        stage.fill(files).map_err(refuse)?;
        self.interrupt.check()?;
        let kept = keep_unproven(self.disk, real, taken).map_err(refuse)?;
        journal::make(stage, real, &changes(taken, files)).map_err(refuse)?;
        Ok(kept.map(|name| self.folder.join(name)))
    }
}

/// What becomes of each file: those that go first, the list last.
fn changes(taken: &[(String, Owner)], files: &Files) -> Vec<Change> {
    let old = |name: &str| {
        taken.iter().find(|(own, _)| own == name).and_then(|(_, owner)| match owner {
            Owner::Foretell(hash) | Owner::Unproven(hash) => Some(hash.clone()),
            _ => None,
        })
    };
    let gone = taken.iter().filter(|(name, _)| files.iter().all(|(new, _)| new != name));
    let gone = gone.map(|(name, _)| Change { name: name.clone(), old: old(name), new: None });
    let new = files.iter().map(|(name, bytes)| Change {
        name: name.clone(),
        old: old(name),
        new: Some(manifest::hash(bytes)),
    });
    gone.chain(new).collect()
}

/// Gives files of an earlier version, which may have been changed since, second names that stay. Gives the folder that holds them.
fn keep_unproven(disk: &Disk, folder: &Path, taken: &[(String, Owner)]) -> io::Result<Option<String>> {
    let unproven: Vec<(&str, &str)> = taken
        .iter()
        .filter_map(|(name, owner)| match owner {
            Owner::Unproven(hash) => Some((name.as_str(), hash.as_str())),
            _ => None,
        })
        .collect();
    if unproven.is_empty() {
        return Ok(None);
    }
    let is_free = |place: &String| {
        let at = folder.join(place);
        let is_same = |path: &Path, hash: &str| own::hash_of(path).is_ok_and(|own| own == hash);
        let takes = |(name, hash): &(&str, &str)| {
            let path = at.join(name);
            obstacle(folder, &format!("{place}/{name}")).is_none()
                && (fs::symlink_metadata(&path).is_err() || is_same(&path, hash))
        };
        unproven.iter().all(takes)
    };
    let mut places =
        [EARLIER.to_string()].into_iter().chain((2..).map(|number| format!("{EARLIER}-{number}")));
    let place = places.find(is_free).unwrap_or(EARLIER.into());
    for (name, _) in unproven {
        let path = folder.join(&place).join(name);
        if fs::symlink_metadata(&path).is_err() {
            disk.create_folders(parent(&path))?;
            disk.link(&folder.join(name), &path)?;
            disk.sync_folder(parent(&path))?;
        }
    }
    Ok(Some(place))
}

/// Holds a folder against other commands, after whatever a command that was killed has left there was completed or removed. Of a folder
/// that is not there yet, it is only seen that there can be one.
fn open<'d>(disk: &'d Disk, folder: &Path) -> io::Result<Option<Stage<'d>>> {
    if !folder.is_dir() {
        let there = folder.ancestors().skip(1).find(|one| fs::symlink_metadata(one).is_ok());
        let there = there.filter(|one| !one.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let name = folder.file_name().unwrap_or_default();
        return Stage::beside(disk, &there.join(name)).and_then(|stage| stage.clear()).map(|()| None);
    }
    let inside = Stage::inside(disk, folder)?;
    journal::recover(&inside, folder)?;
    if fs::symlink_metadata(stage::beside(folder)).is_ok() {
        // If it can't be cleared, nothing is worse for it.
        let _ = Stage::beside(disk, folder).and_then(|stage| stage.clear());
    }
    Ok(Some(inside))
}

fn refused(folder: &Path, error: &io::Error) -> Failure {
    failure::file("write", folder, reason(error), HINT)
}

/// Refuses to write over what is not foretell's, or is so no more.
fn check_foreign<'n>(folder: &Path, names: impl Iterator<Item = &'n str>, own: &Own) -> Result<(), Failure> {
    // Where the list is a stranger's, so is all that it lists: it is named first.
    for name in [manifest::NAME].into_iter().chain(names) {
        let refuse = |path: &Path, why: &str| {
            Err(failure::file("replace", path, why, &format!("move it away, or {HINT}")))
        };
        if let Some(path) = obstacle(folder, name) {
            return refuse(&path, "it is no folder, and one is wanted there");
        }
        match own.owner(name) {
            Owner::Nobody | Owner::Foretell(_) | Owner::Unproven(_) => {}
            Owner::Changed => {
                return refuse(&folder.join(name), "it was changed after foretell wrote it");
            }
            Owner::Stranger => {
                return refuse(&folder.join(name), "it is there already and foretell did not write it");
            }
        }
    }
    Ok(())
}

/// Refuses to take away what the command reads, or what it prints into.
fn check_used<'n>(folder: &Path, own: impl Iterator<Item = &'n str>, inputs: &Inputs) -> Result<(), Failure> {
    let standard = standard_output();
    for path in own.map(|name| folder.join(name)) {
        let Some(place) = Place::of(&path) else { continue };
        if inputs.at(&place).is_some() {
            return Err(failure::file("replace", &path, "it is read by the same command", HINT));
        }
        if standard.as_ref().is_some_and(|standard| standard.is(&place)) {
            return Err(target::twice(&path));
        }
    }
    Ok(())
}

/// Refuses an output that would be one of a folder's files, or stands where the folder is to be.
///
/// # Errors
/// It is so.
pub fn keep_apart(folder: &Path, output: &Target) -> Result<(), Failure> {
    let Some(file) = output.file() else { return Ok(()) };
    let (file, folder) = (whole(file), whole(folder));
    let taken = ["charts", "manifest.json", "report.md", "result.csv", "result.json"];
    let clashes = match file.strip_prefix(&folder) {
        Ok(inside) => {
            inside.components().next().is_none_or(|one| taken.iter().any(|name| one.as_os_str() == *name))
        }
        Err(_) => folder.starts_with(&file),
    };
    if clashes { Err(target::twice(&file)) } else { Ok(()) }
}

/// A path from the root and without links, as far as it is there.
fn whole(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default();
    let canonical = path.canonicalize().or_else(|_| Ok(parent(path).canonicalize()?.join(name)));
    canonical.unwrap_or_else(|_: io::Error| path.into())
}

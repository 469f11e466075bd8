//! The folder of a run's files.
//!
//! `manifest.json` lists the files that are foretell's own: only these are ever replaced or removed. New files are
//! written whole into a temporary folder first and then renamed into place; if a step fails, those before it are undone.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::failure::{self, Failure};
use super::files::{STANDARD_INPUT, reason};
use super::inputs::{Inputs, Place, standard_output};
use super::interrupt::Interrupt;
use super::target::{self, Target};
use crate::diagnostic::Diagnostic;
use crate::report::manifest::{self, Manifest};

const HINT: &str = "choose another folder with --output DIR";

/// What a temporary folder holds: files to be moved in, and files that were moved out.
const NEW: &str = "new";
const OLD: &str = "old";

/// How old a temporary folder is before it is taken for a leftover: a process of another machine or container may be alive
/// without being seen, but none takes so long to write its files.
const STALE: Duration = Duration::from_secs(3600);

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

/// Refuses, before anything is computed, a folder that can't be written, or in which one of the `names` to be is taken.
///
/// # Errors
/// It is so.
pub fn check(folder: &Path, verb: &str, names: &[&str], inputs: &Inputs) -> Result<(), Failure> {
    if fs::symlink_metadata(folder).is_ok() && !folder.is_dir() {
        return Err(failure::file("write", folder, "it is not a folder", HINT));
    }
    let own = Own::of(folder);
    check_foreign(folder, names.iter().copied().chain([manifest::NAME]), &own.all())?;
    check_used(folder, &own.of_verb(verb), inputs)?;
    let there = folder.ancestors().find(|one| fs::symlink_metadata(one).is_ok());
    let tried = Stage::at(there.unwrap_or(Path::new("."))).map(drop);
    tried.map_err(|error| failure::file("write", folder, reason(&error), HINT))
}

/// Files to be, by their path in the folder.
pub type Files = Vec<(String, Vec<u8>)>;

/// Makes `folder` hold `files` as a verb's answer, besides those of other verbs and whatever else it holds that is not
/// foretell's.
///
/// # Errors
/// The folder can't be written, or one of the names is taken by a file that is not foretell's; or Ctrl-C was pressed.
/// Then the folder is as it was.
pub fn write(
    folder: &Path,
    verb: &str,
    mut files: Files,
    inputs: &Inputs,
    interrupt: &Interrupt,
) -> Result<(), Failure> {
    let own = Own::of(folder);
    let names = files.iter().map(|(name, _)| name.clone()).collect();
    files.push((manifest::NAME.into(), own.list.clone().with(verb, names).render()));
    let refuse = |error: io::Error| failure::file("write", folder, reason(&error), HINT);
    let stage = Stage::open(folder).map_err(refuse)?;
    stage.fill(&files).map_err(refuse)?;
    interrupt.check()?;
    check_foreign(folder, files.iter().map(|(name, _)| name.as_str()), &own.all())?;
    check_used(folder, &own.of_verb(verb), inputs)?;
    stage.move_in(folder, &files, &own.of_verb(verb)).map_err(refuse)
}

/// What foretell wrote into a folder before.
struct Own<'f> {
    folder: &'f Path,
    list: Manifest,
}

impl<'f> Own<'f> {
    fn of(folder: &'f Path) -> Own<'f> {
        let text = fs::read_to_string(folder.join(manifest::NAME)).unwrap_or_default();
        Own { folder, list: Manifest::read(&text) }
    }

    /// All its files that are there, and the list.
    fn all(&self) -> Vec<String> {
        self.there(self.list.all())
    }

    /// Those that a verb may replace, and the list.
    fn of_verb(&self, verb: &str) -> Vec<String> {
        self.there(self.list.of(verb))
    }

    fn there(&self, names: Vec<String>) -> Vec<String> {
        let list = self.list.is_own.then(|| manifest::NAME.to_string());
        let is_file =
            |name: &String| fs::symlink_metadata(self.folder.join(name)).is_ok_and(|about| about.is_file());
        names.into_iter().chain(list).filter(is_file).collect()
    }
}

/// Refuses to write over what is not foretell's.
fn check_foreign<'n>(
    folder: &Path,
    names: impl Iterator<Item = &'n str>,
    own: &[String],
) -> Result<(), Failure> {
    for name in names {
        let path = folder.join(name);
        if !own.iter().any(|one| one == name) && fs::symlink_metadata(&path).is_ok() {
            let why = "it is there already and foretell did not write it";
            return Err(failure::file("replace", &path, why, &format!("move it away, or {HINT}")));
        }
    }
    Ok(())
}

/// Refuses to take away what the command reads, or what it prints into.
fn check_used(folder: &Path, own: &[String], inputs: &Inputs) -> Result<(), Failure> {
    let standard = standard_output();
    for path in own.iter().map(|name| folder.join(name)) {
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

/// A temporary folder, gone when dropped: beside a folder that is yet to be, inside one that is there (which need not be
/// on the same file system as what is beside it).
struct Stage {
    path: PathBuf,
}

impl Stage {
    fn open(folder: &Path) -> io::Result<Stage> {
        let home = if folder.is_dir() { folder } else { parent(folder) };
        fs::create_dir_all(home)?;
        remove_leftovers(home);
        Stage::at(home)
    }

    /// An empty one in a folder that is there.
    fn at(home: &Path) -> io::Result<Stage> {
        let path = home.join(format!(".foretell-{}", std::process::id()));
        fs::create_dir(&path)?;
        Ok(Stage { path })
    }

    fn new_files(&self) -> PathBuf {
        self.path.join(NEW)
    }

    fn fill(&self, files: &Files) -> io::Result<()> {
        for (name, bytes) in files {
            let path = self.new_files().join(name);
            fs::create_dir_all(parent(&path))?;
            fs::write(path, bytes)?;
        }
        Ok(())
    }

    /// Moves the old files out and the new ones in.
    fn move_in(&self, folder: &Path, files: &Files, own: &[String]) -> io::Result<()> {
        if !folder.exists() {
            return fs::rename(self.new_files(), folder);
        }
        let old = self.path.join(OLD);
        let out = own.iter().map(|name| (folder.join(name), old.join(name)));
        let new = files.iter().map(|(name, _)| (self.new_files().join(name), folder.join(name)));
        rename_all(out.chain(new).collect())?;
        own.iter().for_each(|name| remove_if_empty(folder, parent(&folder.join(name))));
        Ok(())
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        // What can't be removed stays: the answer is not worse for it.
        let _ = fs::remove_dir_all(&self.path);
    }
}

/// Removes the temporary folders of processes that were killed. What can't be removed, or might belong to a process that
/// lives, stays.
fn remove_leftovers(home: &Path) {
    for entry in fs::read_dir(home).into_iter().flatten().flatten() {
        let process = entry.file_name().to_str().and_then(process_of);
        if process.is_some_and(is_gone) && is_stage(&entry.path()) {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

/// The process that a temporary folder is named after.
fn process_of(name: &str) -> Option<u32> {
    let digits = name.strip_prefix(".foretell-")?;
    digits.bytes().all(|one| one.is_ascii_digit()).then(|| digits.parse().ok()).flatten()
}

/// Whether a process is known to have ended: only Linux says so in files.
fn is_gone(process: u32) -> bool {
    Path::new("/proc/self").exists() && !Path::new("/proc").join(process.to_string()).exists()
}

/// Whether a folder, and no link to one, is old and holds nothing but what a temporary folder holds.
fn is_stage(path: &Path) -> bool {
    let is_old =
        |about: fs::Metadata| about.modified().is_ok_and(|at| at.elapsed().is_ok_and(|age| age > STALE));
    let is_folder = fs::symlink_metadata(path).is_ok_and(|about| about.is_dir() && is_old(about));
    let is_own = |entry: io::Result<fs::DirEntry>| {
        entry.is_ok_and(|one| [NEW, OLD].iter().any(|own| one.file_name() == *own))
    };
    is_folder && fs::read_dir(path).is_ok_and(|mut entries| entries.all(is_own))
}

/// Renames all, or none.
fn rename_all(moves: Vec<(PathBuf, PathBuf)>) -> io::Result<()> {
    for (at, (from, to)) in moves.iter().enumerate() {
        let done = fs::create_dir_all(parent(to)).and_then(|()| fs::rename(from, to));
        if let Err(error) = done {
            for (from, to) in moves[..at].iter().rev() {
                let _ = fs::rename(to, from);
            }
            return Err(error);
        }
    }
    Ok(())
}

/// Removes a folder that held nothing but old files.
fn remove_if_empty(whole: &Path, folder: &Path) {
    if folder != whole {
        // It fails, as it should, if something is in it.
        let _ = fs::remove_dir(folder);
    }
}

fn parent(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(list: &[(&str, &str)]) -> Files {
        list.iter().map(|(name, text)| ((*name).into(), text.as_bytes().to_vec())).collect()
    }

    fn entries(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn old_files_go_and_foreign_ones_stay() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("a/b");
        let quiet = Interrupt::default();
        write(&folder, "run", files(&[("one", "1"), ("charts/two", "2")]), &Inputs::default(), &quiet)
            .unwrap();
        assert_eq!(entries(&folder), ["charts", "manifest.json", "one"]);
        fs::write(folder.join("notes"), "mine").unwrap();
        write(&folder, "run", files(&[("one", "3")]), &Inputs::default(), &quiet).unwrap();
        assert_eq!(entries(&folder), ["manifest.json", "notes", "one"]);
        assert_eq!(fs::read_to_string(folder.join("one")).unwrap(), "3");
        assert_eq!(entries(home.path()), ["a"]);
        assert_eq!(entries(&home.path().join("a")), ["b"]);
    }

    #[test]
    fn a_foreign_file_under_a_wanted_name_is_kept() {
        let home = tempfile::tempdir().unwrap();
        fs::write(home.path().join("two"), "mine").unwrap();
        assert!(
            write(
                home.path(),
                "run",
                files(&[("one", "1"), ("two", "2")]),
                &Inputs::default(),
                &Interrupt::default()
            )
            .is_err()
        );
        assert_eq!(entries(home.path()), ["two"]);
        assert_eq!(fs::read_to_string(home.path().join("two")).unwrap(), "mine");
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn leftovers_of_killed_processes_go_and_nothing_else_does() {
        let home = tempfile::tempdir().unwrap();
        // No process has a number above 2^22.
        let living = format!(".foretell-{}", std::os::unix::process::parent_id());
        let dead = [".foretell-99999999/new/charts", ".foretell-99999998/old", ".foretell-99999997"];
        let kept = [
            &living,
            ".foretell-99999994/new",
            ".foretell-99999996/mine",
            ".foretell-x",
            ".foretell-",
            "foretell-99999999",
        ];
        for name in dead.iter().chain(&kept) {
            fs::create_dir_all(home.path().join(name)).unwrap();
        }
        fs::write(home.path().join(".foretell-99999995"), "a file").unwrap();
        let old = std::time::SystemTime::now() - 2 * STALE;
        for name in entries(home.path()).iter().filter(|name| *name != ".foretell-99999994") {
            fs::File::open(home.path().join(name)).unwrap().set_modified(old).unwrap();
        }
        remove_leftovers(home.path());
        let mut expected: Vec<&str> = kept.iter().map(|name| name.split('/').next().unwrap()).collect();
        expected.push(".foretell-99999995");
        expected.sort_unstable();
        assert_eq!(entries(home.path()), expected);
    }

    #[test]
    fn a_failure_half_way_is_undone() {
        let home = tempfile::tempdir().unwrap();
        let quiet = Interrupt::default();
        write(home.path(), "run", files(&[("one", "1")]), &Inputs::default(), &quiet).unwrap();
        fs::write(home.path().join("charts"), "a file, where a folder is wanted").unwrap();
        assert!(
            write(
                home.path(),
                "run",
                files(&[("one", "2"), ("charts/two", "2")]),
                &Inputs::default(),
                &quiet
            )
            .is_err()
        );
        assert_eq!(entries(home.path()), ["charts", "manifest.json", "one"]);
        assert_eq!(fs::read_to_string(home.path().join("one")).unwrap(), "1");
    }

    #[test]
    fn a_manifest_reaches_nothing_outside_its_folder() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("out");
        fs::create_dir(&folder).unwrap();
        fs::write(home.path().join("precious"), "mine").unwrap();
        let whole = home.path().join("precious").display().to_string();
        let list = format!("{{\"foretell\": 2, \"files\": [\"../precious\", {whole:?}]}}");
        fs::write(folder.join(manifest::NAME), list).unwrap();
        write(&folder, "run", files(&[("one", "1")]), &Inputs::default(), &Interrupt::default()).unwrap();
        assert_eq!(entries(home.path()), ["out", "precious"]);
    }
}

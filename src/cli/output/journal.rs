//! Changes of a folder that can't be exchanged as a whole, so that they are made to the end or not at all.
//!
//! First all that is to be stands ready in the stage, and all that was has a second name there. Then a list of the changes is written.
//! From then on a kill is no harm: the next command finds the list and goes on.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::disk::Disk;
use super::own::{hash_of, obstacle};
use super::stage::Stage;
use crate::cli::files::parent;
use crate::report::manifest;

/// What happens to one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Its path in the folder.
    pub name: String,
    /// The hash of what is there; `None` if nothing is.
    pub old: Option<String>,
    /// The hash of what is to be there; `None` if nothing is.
    pub new: Option<String>,
}

/// What the list begins with.
const MARK: &str = "foretell journal 1";

/// Makes the changes in a folder: the files that are to be are in the stage already.
///
/// # Errors
/// One can't be made: then none is.
pub fn make(stage: &Stage, folder: &Path, changes: &[Change]) -> io::Result<()> {
    prepare(stage, folder, changes)?;
    finish(stage, folder, changes)
}

/// Goes on with the changes that a command which was killed has left, if it has.
///
/// # Errors
/// They can neither be completed nor undone.
pub fn recover(stage: &Stage, folder: &Path) -> io::Result<()> {
    let path = stage.journal();
    if fs::symlink_metadata(&path).is_ok() {
        let text = fs::read_to_string(&path)?;
        let damaged = || io::Error::other(format!("`{}` is not as foretell wrote it", path.display()));
        let changes = read(&text).ok_or_else(damaged)?;
        // Undone is whole too.
        let _ = finish(stage, folder, &changes);
        if fs::symlink_metadata(&path).is_ok() {
            let why = format!("what `{}` lists can neither be completed nor undone", path.display());
            return Err(io::Error::other(why));
        }
    }
    stage.clear()
}

fn prepare(stage: &Stage, folder: &Path, changes: &[Change]) -> io::Result<()> {
    let (disk, old) = (stage.disk, stage.old_files());
    disk.create_folders(&old)?;
    for change in changes {
        if change.old.is_some() {
            let second = old.join(&change.name);
            disk.create_folders(parent(&second))?;
            disk.link(&folder.join(&change.name), &second)?;
            disk.sync_folder(parent(&second))?;
        }
    }
    disk.sync_folder(&old)?;
    let draft = stage.draft();
    if fs::symlink_metadata(&draft).is_ok() {
        disk.remove_file(&draft)?;
    }
    disk.write(&draft, write(changes).as_bytes())?;
    disk.sync_folder(stage.path())?;
    disk.rename(&draft, &stage.journal())?;
    disk.sync_folder(stage.path())
}

/// Makes all changes or undoes them, and removes the list.
fn finish(stage: &Stage, folder: &Path, changes: &[Change]) -> io::Result<()> {
    let done = changes.iter().try_for_each(|change| forward(stage, folder, change));
    if done.is_err() {
        changes.iter().rev().try_for_each(|change| back(stage, folder, change))?;
    }
    tidy(stage.disk, folder, changes)?;
    stage.disk.remove_file(&stage.journal())?;
    stage.disk.sync_folder(stage.path())?;
    done
}

fn forward(stage: &Stage, folder: &Path, change: &Change) -> io::Result<()> {
    let (there, new) = (folder.join(&change.name), stage.new_files().join(&change.name));
    let found = standing(folder, &change.name)?;
    if found == change.new {
        return Ok(());
    }
    if found != change.old {
        return Err(io::Error::other(format!("`{}` was changed meanwhile", there.display())));
    }
    match change.new {
        Some(_) => {
            stage.disk.create_folders(parent(&there))?;
            stage.disk.rename(&new, &there)
        }
        None => stage.disk.remove_file(&there),
    }
}

fn back(stage: &Stage, folder: &Path, change: &Change) -> io::Result<()> {
    let (there, old) = (folder.join(&change.name), stage.old_files().join(&change.name));
    let found = standing(folder, &change.name)?;
    // What is neither was put there by somebody else: it stays.
    match &change.old {
        _ if found != change.new || found == change.old => Ok(()),
        Some(_) => stage.disk.rename(&old, &there),
        None => stage.disk.remove_file(&there),
    }
}

/// The hash of what is in a folder under a name; `None` if nothing is.
fn standing(folder: &Path, name: &str) -> io::Result<Option<String>> {
    let path = folder.join(name);
    let in_the_way = |path: &Path| io::Error::other(format!("`{}` is in the way", path.display()));
    if let Some(obstacle) = obstacle(folder, name) {
        return Err(in_the_way(&obstacle));
    }
    match fs::symlink_metadata(&path) {
        Ok(about) if about.is_file() => hash_of(&path).map(Some),
        Ok(_) => Err(in_the_way(&path)),
        Err(_) => Ok(None),
    }
}

/// Makes the changes last, and removes folders that held nothing but old files.
fn tidy(disk: &Disk, folder: &Path, changes: &[Change]) -> io::Result<()> {
    let mut above: Vec<PathBuf> = changes.iter().map(|one| parent(&folder.join(&one.name)).into()).collect();
    above.sort();
    above.dedup();
    for one in above.iter().rev().filter(|one| one.is_dir()) {
        disk.sync_folder(one)?;
        if one != folder && fs::read_dir(one)?.next().is_none() {
            disk.remove_folder(one)?;
        }
    }
    disk.sync_folder(folder)
}

// The list as text: a line a change, old hash, new hash, name; the last line is the hash of those above.

fn write(changes: &[Change]) -> String {
    let hash = |hash: &Option<String>| hash.clone().unwrap_or("-".into());
    let line = |one: &Change| format!("{} {} {}\n", hash(&one.old), hash(&one.new), one.name);
    let text: String = [format!("{MARK}\n")].into_iter().chain(changes.iter().map(line)).collect();
    let end = manifest::hash(text.as_bytes());
    text + &end + "\n"
}

fn read(text: &str) -> Option<Vec<Change>> {
    let (above, end) = text.strip_suffix('\n')?.rsplit_once('\n')?;
    let above = format!("{above}\n");
    if manifest::hash(above.as_bytes()) != end {
        return None;
    }
    let mut lines = above.lines();
    let hash = |word: &str| (word != "-").then(|| word.to_string());
    let change = |line: &str| {
        let (old, rest) = line.split_once(' ')?;
        let (new, name) = rest.split_once(' ')?;
        let is_given = name == manifest::NAME || manifest::is_given_to_some(name);
        is_given.then(|| Change { name: name.into(), old: hash(old), new: hash(new) })
    };
    (lines.next()? == MARK).then(|| lines.map(change).collect::<Option<Vec<_>>>())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_read_as_it_was_written_and_not_otherwise() {
        let change = |name: &str, old: Option<&str>, new: Option<&str>| Change {
            name: name.into(),
            old: old.map(String::from),
            new: new.map(String::from),
        };
        let all = vec![
            change("report.md", Some("a1"), Some("b2")),
            change("charts/x y.svg", None, Some("c3")),
            change("result.csv", Some("d4"), None),
        ];
        let text = write(&all);
        assert_eq!(read(&text), Some(all));
        for at in 0..text.len() {
            let mut bytes = text.clone().into_bytes();
            bytes[at] ^= 1;
            assert_eq!(String::from_utf8(bytes).ok().and_then(|text| read(&text)), None, "{at}");
            assert_eq!(read(&text[..at]), None);
        }
        for name in ["../report.md", "notes.txt", "/report.md", "charts/../x.svg", "charts/x/y.svg"] {
            assert_eq!(read(&write(&[change(name, Some("a1"), None)])), None, "{name}");
        }
    }
}

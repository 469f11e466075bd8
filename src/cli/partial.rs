//! A file that is written whole beside another, and then takes its place.
//!
//! It is locked for as long as it is written. The lock is the system's and free as soon as its owner is gone: by that the next command knows
//! what a process that was killed has left.

use std::fs::{self, File, OpenOptions, Permissions, TryLockError};
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::failure::Failure;
use super::files::parent;
use super::inputs::is_open_at;

/// A file beside the one that is to be; gone when dropped.
pub struct Partial {
    path: PathBuf,
    file: File,
}

impl Partial {
    /// An empty one, with the permissions and the owner of what it is to replace, as far as that is allowed.
    ///
    /// # Errors
    /// The folder takes no file.
    pub fn beside(path: &Path, permissions: Option<&Permissions>) -> io::Result<Partial> {
        remove_leftovers(parent(path));
        let mut number = 0;
        let partial = loop {
            let name = format!("{HIDDEN}{}-{number}", std::process::id());
            match Partial::claim(parent(path).join(name)) {
                // It is another process's, in another container; or was taken for a leftover before it was locked.
                Err(error) if error.kind() == ErrorKind::AlreadyExists && number < 1000 => number += 1,
                claimed => break claimed?,
            }
        };
        if let Some(permissions) = permissions {
            keep_owner(path, &partial.file);
            partial.file.set_permissions(permissions.clone())?;
        }
        Ok(partial)
    }

    /// One that is locked for as long as it is written: by that it is known from what a process that was killed has left.
    fn claim(path: PathBuf) -> io::Result<Partial> {
        let file = File::create_new(&path)?;
        let is_locked = !matches!(file.try_lock(), Err(TryLockError::WouldBlock));
        if is_locked && is_open_at(&file, &path) {
            return Ok(Partial { path, file });
        }
        Err(ErrorKind::AlreadyExists.into())
    }

    /// Whether there can be one; nothing stays, so that a long run has nothing to lose.
    ///
    /// # Errors
    /// There can't.
    pub fn try_beside(path: &Path, permissions: Option<&Permissions>) -> io::Result<()> {
        Partial::beside(path, permissions).map(drop)
    }

    /// Writes what `fill` gives, and makes it last.
    ///
    /// # Errors
    /// Those of `fill`, and what `refuse` makes of the machine's.
    pub fn fill(
        &self,
        fill: impl FnOnce(&mut (dyn Write + Send + Sync + '_)) -> Result<(), Failure>,
        refuse: &impl Fn(io::Error) -> Failure,
    ) -> Result<(), Failure> {
        let mut writer = BufWriter::new(&self.file);
        fill(&mut writer)?;
        writer.flush().and_then(|()| self.file.sync_all()).map_err(refuse)
    }

    /// Takes the place of a regular file.
    ///
    /// # Errors
    /// It can't: the file is as it was.
    pub fn replace(self, path: &Path) -> io::Result<()> {
        if fs::symlink_metadata(path).is_ok_and(|about| !about.is_file()) {
            return Err(io::Error::other("it was a file and is one no more"));
        }
        fs::rename(&self.path, path)?;
        settle(path);
        Ok(())
    }

    /// Takes a place where nothing was.
    ///
    /// # Errors
    /// It can't, or something has come to be there.
    pub fn create(self, path: &Path) -> io::Result<()> {
        // A second name is refused where one has come to be meanwhile; not every file system knows second names.
        match fs::hard_link(&self.path, path) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => return Err(error),
            Err(_) if fs::symlink_metadata(path).is_ok() => return Err(ErrorKind::AlreadyExists.into()),
            Err(_) => fs::rename(&self.path, path)?,
            Ok(()) => {}
        }
        settle(path);
        Ok(())
    }
}

impl Drop for Partial {
    fn drop(&mut self) {
        // After a rename there is nothing to remove.
        let _ = fs::remove_file(&self.path);
    }
}

/// What the name of a file beside another begins with; the numbers of the process and of the file follow.
const HIDDEN: &str = ".foretell-";

/// Removes what processes that were killed have left in a folder: files of such a name whose lock is free. Where the file system has
/// no locks, they stay.
fn remove_leftovers(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let is_file = entry.file_type().is_ok_and(|kind| kind.is_file());
        if is_file && entry.file_name().to_str().is_some_and(is_hidden) {
            let path = entry.path();
            let is_free = |file: &File| file.try_lock().is_ok() && is_open_at(file, &path);
            if OpenOptions::new().write(true).open(&path).as_ref().is_ok_and(is_free) {
                let _ = fs::remove_file(&path);
            }
        }
    }
}

fn is_hidden(name: &str) -> bool {
    let numbers = name.strip_prefix(HIDDEN).and_then(|rest| rest.split_once('-'));
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|one| one.is_ascii_digit());
    numbers.is_some_and(|(process, number)| is_number(process) && is_number(number))
}

/// Makes a new name last, where folders can be synchronised.
fn settle(path: &Path) {
    let _ = File::open(parent(path)).and_then(|folder| folder.sync_all());
}

#[cfg(unix)]
fn keep_owner(path: &Path, file: &File) {
    use std::os::unix::fs::{MetadataExt, fchown};
    // Only the superuser can give files away, and only he can take them from somebody by replacing them.
    if let Ok(about) = fs::metadata(path) {
        let _ = fchown(file, Some(about.uid()), Some(about.gid()));
    }
}

#[cfg(not(unix))]
fn keep_owner(_: &Path, _: &File) {}

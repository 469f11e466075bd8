//! A hidden folder in which one process at a time prepares what becomes of a folder of outputs.
//!
//! Its lock is the system's: it is free as soon as its owner is gone, however that went, in whatever container. What a process that
//! was killed left in it is tidied up by the next one.

use std::fs::{self, File, TryLockError};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::disk::Disk;
use crate::cli::files::parent;
use crate::cli::inputs::is_open_at;
use crate::report::manifest::{self, Manifest};

/// Files to be, by their path in the folder.
pub type Files = Vec<(String, Vec<u8>)>;

/// What it is called inside a folder of outputs.
pub const INSIDE: &str = ".foretell";

/// What it holds: files that are to be, files that were, the lock, and the list of changes that are under way.
const NEW: &str = "new";
const OLD: &str = "old";
const LOCK: &str = "lock";

const JOURNAL: &str = "journal";
const DRAFT: &str = "journal.draft";

/// How long another process may take to write its files, and how often it is looked whether it is done.
const PATIENCE: Duration = Duration::from_secs(5);
const PAUSE: Duration = Duration::from_millis(20);

/// Held by this process, and tidied up when dropped.
pub struct Stage<'d> {
    pub disk: &'d Disk,
    path: PathBuf,
    /// The folder of outputs that it is for.
    home: PathBuf,
    _lock: File,
}

impl<'d> Stage<'d> {
    /// The one inside a folder.
    pub fn inside(disk: &'d Disk, home: &Path) -> io::Result<Stage<'d>> {
        Stage::take(disk, home, home.join(INSIDE))
    }

    /// The one beside a folder, which need not be there.
    pub fn beside(disk: &'d Disk, home: &Path) -> io::Result<Stage<'d>> {
        Stage::take(disk, home, beside(home))
    }

    /// Waits until no other process has it.
    fn take(disk: &'d Disk, home: &Path, path: PathBuf) -> io::Result<Stage<'d>> {
        let started = Instant::now();
        loop {
            if let Some(lock) = lock(disk, &path)? {
                return Ok(Stage { disk, path, home: home.into(), _lock: lock });
            }
            if started.elapsed() > PATIENCE {
                return Err(io::Error::other("another command is writing there"));
            }
            std::thread::sleep(PAUSE);
        }
    }

    /// Files that are to be.
    pub fn new_files(&self) -> PathBuf {
        self.path.join(NEW)
    }

    /// Files that were, each under a second name.
    pub fn old_files(&self) -> PathBuf {
        self.path.join(OLD)
    }

    /// Where the list of changes is, while there are any.
    pub fn journal(&self) -> PathBuf {
        self.path.join(JOURNAL)
    }

    /// Where that list is written before it counts.
    pub fn draft(&self) -> PathBuf {
        self.path.join(DRAFT)
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Says that it lies elsewhere from now on, as the folder that it is in does.
    pub fn moved(&mut self, path: PathBuf) {
        self.path = path;
    }

    /// Writes files that are to be. The list of them comes first: what is there can then be known by it.
    pub fn fill(&self, files: &Files) -> io::Result<()> {
        let new = self.new_files();
        let (list, others): (Vec<_>, Vec<_>) = files.iter().partition(|(name, _)| name == manifest::NAME);
        for (name, bytes) in list.into_iter().chain(others) {
            let path = new.join(name);
            self.disk.create_folders(parent(&path))?;
            self.disk.write(&path, bytes)?;
        }
        self.sync()
    }

    /// Makes the names of files that are to be last.
    pub fn sync(&self) -> io::Result<()> {
        let new = self.new_files();
        let folders = fs::read_dir(&new)?.flatten().map(|entry| entry.path()).filter(|path| path.is_dir());
        folders.chain([new, self.path.clone()]).try_for_each(|folder| self.disk.sync_folder(&folder))
    }

    /// Removes what was prepared, or what was replaced, after bringing home what is not foretell's.
    ///
    /// # Errors
    /// Something can't be removed: it is left for the next time.
    pub fn clear(&self) -> io::Result<()> {
        if fs::symlink_metadata(self.journal()).is_ok() {
            return Ok(());
        }
        // What stood in the place of the whole folder may have become a stranger's meanwhile; what was prepared inside it may not.
        match self.path.ends_with(INSIDE) {
            true => self.disk.remove_all(&self.new_files())?,
            false => self.clear_new()?,
        }
        self.disk.remove_all(&self.old_files())?;
        match fs::symlink_metadata(self.draft()).is_ok() {
            true => self.disk.remove_file(&self.draft()),
            false => Ok(()),
        }
    }

    fn clear_new(&self) -> io::Result<()> {
        let new = self.new_files();
        let text = fs::read_to_string(new.join(manifest::NAME)).unwrap_or_default();
        let listed = Manifest::read(&text).all();
        for name in strangers(&new, &listed) {
            self.bring_home(&name)?;
        }
        // The list goes last: without it nothing else would be known.
        for name in listed.iter().map(String::as_str).chain([".foretell/lock", manifest::NAME]) {
            let path = new.join(name);
            if fs::symlink_metadata(&path).is_ok_and(|about| about.is_file()) {
                self.disk.remove_file(&path)?;
            }
        }
        remove_empty(self.disk, &new)
    }

    /// A file that came into the folder while it was replaced is moved to where it would be, if nothing is there.
    fn bring_home(&self, name: &Path) -> io::Result<()> {
        let to = self.home.join(name);
        if fs::symlink_metadata(&to).is_ok() {
            return Err(io::Error::other("something has come into the folder while it was written"));
        }
        self.disk.create_folders(parent(&to))?;
        self.disk.rename(&self.new_files().join(name), &to)
    }
}

impl Drop for Stage<'_> {
    fn drop(&mut self) {
        // What can't be removed stays: the answer is not worse for it.
        let removed = self.clear().and_then(|()| self.disk.remove_file(&self.path.join(LOCK)));
        let _ = removed.and_then(|()| self.disk.remove_folder(&self.path));
    }
}

/// Where the stage beside a folder is.
pub fn beside(home: &Path) -> PathBuf {
    let name = home.file_name().unwrap_or_default().as_encoded_bytes();
    parent(home).join(format!("{INSIDE}-{}", &manifest::hash(name)[..16]))
}

/// The lock of a hidden folder, which is made if it is not there; `None` if another process holds it.
fn lock(disk: &Disk, path: &Path) -> io::Result<Option<File>> {
    match disk.create_folder(path) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            if !fs::symlink_metadata(path)?.is_dir() {
                return Err(io::Error::other(format!("`{}` is in the way", path.display())));
            }
        }
        done => done?,
    }
    let name = path.join(LOCK);
    let file = match disk.open_lock(&name) {
        // Its owner has just removed it.
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        opened => opened?,
    };
    match file.try_lock() {
        Err(TryLockError::WouldBlock) => return Ok(None),
        // A file system without locks: whoever shares it has to see to it that commands do not meet.
        Err(TryLockError::Error(_)) | Ok(()) => {}
    }
    // Its owner may have removed it since it was opened.
    Ok(is_open_at(&file, &name).then_some(file))
}

/// What a folder holds that is not listed, but for folders and the stage inside it.
fn strangers(folder: &Path, listed: &[String]) -> Vec<PathBuf> {
    let known = |name: &Path| {
        name.starts_with(INSIDE)
            || name == Path::new(manifest::NAME)
            || listed.iter().any(|one| Path::new(one) == name)
    };
    entries(folder).into_iter().filter(|name| !known(name)).collect()
}

/// Every file below a folder, and whatever else is no folder, by its path in the folder.
pub fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![PathBuf::new()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(folder.join(&next)).into_iter().flatten().flatten() {
            let name = next.join(entry.file_name());
            match entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                true => open.push(name),
                false => found.push(name),
            }
        }
    }
    found.sort();
    found
}

/// Removes a folder that holds nothing but folders.
fn remove_empty(disk: &Disk, folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        remove_empty(disk, &entry.path())?;
    }
    match fs::symlink_metadata(folder).is_ok() {
        true => disk.remove_folder(folder),
        false => Ok(()),
    }
}

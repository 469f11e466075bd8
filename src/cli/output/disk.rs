//! Changes of files, one step after the other.
//!
//! Whatever changes a folder of outputs goes through here, so that a test can stop it at any step as a kill does: from then on
//! nothing is changed any more, and nothing is tidied up.

#[cfg(test)]
use std::cell::{Cell, RefCell};
use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::Path;

use crate::cli::files::parent;

/// Where files are changed.
#[derive(Debug, Default)]
pub struct Disk {
    /// How many steps are left until the kill; `None` for as many as are wanted.
    #[cfg(test)]
    pub left: Cell<Option<usize>>,
    /// What was done, to be looked at afterwards.
    #[cfg(test)]
    pub log: RefCell<Vec<String>>,
}

impl Disk {
    /// Writes a file that is not there yet, and makes it last.
    pub fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.step("create", path)?;
        let mut file = File::create_new(path)?;
        // A kill may come between any two bytes: one place in the middle stands for all.
        let (first, rest) = bytes.split_at(bytes.len() / 2);
        for half in [first, rest] {
            self.step("fill", path)?;
            file.write_all(half)?;
        }
        self.step("sync", path)?;
        sync(&file)
    }

    /// Makes the folders of a path that are not there yet.
    pub fn create_folders(&self, path: &Path) -> io::Result<()> {
        if path.is_dir() {
            return Ok(());
        }
        let above = parent(path);
        self.create_folders(above)?;
        self.create_folder(path)?;
        self.sync_folder(above)
    }

    /// Makes one folder.
    pub fn create_folder(&self, path: &Path) -> io::Result<()> {
        self.step("create folder", path)?;
        fs::create_dir(path)
    }

    /// Gives a file or folder another name, in place of a file that has it.
    pub fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step("rename", to)?;
        fs::rename(from, to)
    }

    /// Lets two folders change their places, at once.
    #[cfg(target_os = "linux")]
    pub fn exchange(&self, one: &Path, other: &Path) -> io::Result<()> {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        self.step("exchange", other)?;
        Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
    }

    /// Lets two folders change their places, at once: unknown here.
    #[cfg(not(target_os = "linux"))]
    pub fn exchange(&self, _: &Path, _: &Path) -> io::Result<()> {
        Err(ErrorKind::Unsupported.into())
    }

    /// Gives a file a second name; where the file system knows no such thing, a copy.
    pub fn link(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step("link", to)?;
        match fs::hard_link(from, to) {
            Err(error) if error.kind() != ErrorKind::AlreadyExists => self.write(to, &fs::read(from)?),
            done => done,
        }
    }

    /// Removes a file.
    pub fn remove_file(&self, path: &Path) -> io::Result<()> {
        self.step("remove", path)?;
        fs::remove_file(path)
    }

    /// Removes a folder that is empty.
    pub fn remove_folder(&self, path: &Path) -> io::Result<()> {
        self.step("remove folder", path)?;
        fs::remove_dir(path)
    }

    /// Removes a folder and what is in it. Links are removed, not followed.
    pub fn remove_all(&self, path: &Path) -> io::Result<()> {
        if !fs::symlink_metadata(path).is_ok_and(|about| about.is_dir()) {
            return Ok(());
        }
        for entry in fs::read_dir(path)? {
            let entry = entry?;
            match entry.file_type()?.is_dir() {
                true => self.remove_all(&entry.path())?,
                false => self.remove_file(&entry.path())?,
            }
        }
        self.remove_folder(path)
    }

    /// Makes the names in a folder last, where folders can be synchronised.
    pub fn sync_folder(&self, path: &Path) -> io::Result<()> {
        self.step("sync", path)?;
        let _ = File::open(path).and_then(|folder| sync(&folder));
        Ok(())
    }

    /// Opens a file to be locked, and makes it if it is not there.
    pub fn open_lock(&self, path: &Path) -> io::Result<File> {
        self.step("lock", path)?;
        if fs::symlink_metadata(path).is_ok_and(|about| !about.is_file()) {
            return Err(io::Error::other("its lock is no file"));
        }
        File::options().create(true).truncate(false).write(true).open(path)
    }

    #[cfg(not(test))]
    fn step(&self, _: &str, _: &Path) -> io::Result<()> {
        Ok(())
    }

    #[cfg(test)]
    fn step(&self, what: &str, path: &Path) -> io::Result<()> {
        if let Some(left) = self.left.get() {
            let killed = || io::Error::other("killed");
            self.left.set(Some(left.checked_sub(1).ok_or_else(killed)?));
        }
        self.log.borrow_mut().push(format!("{what} {}", path.display()));
        Ok(())
    }
}

#[cfg(not(test))]
fn sync(file: &File) -> io::Result<()> {
    file.sync_all()
}

/// A test that kills sees the machine's memory, not its disk.
#[cfg(test)]
fn sync(_: &File) -> io::Result<()> {
    Ok(())
}

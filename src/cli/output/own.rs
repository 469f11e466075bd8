//! What of a folder foretell wrote: the files that its list names and that still bear the hash that stands there.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::stage::{INSIDE, entries};
use crate::report::manifest::{self, Author, Manifest};

/// A folder, and the list of what foretell wrote into it.
pub struct Own<'f> {
    folder: &'f Path,
    pub list: Manifest,
}

/// Whose a file is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Owner {
    /// There is no such file.
    Nobody,
    /// Foretell: it bears this hash, as the list says.
    Foretell(String),
    /// An earlier version's list names it, without a hash that would prove it: it bears this one.
    Unproven(String),
    /// The list names it, and it is another file by now.
    Changed,
    /// Somebody else.
    Stranger,
}

impl<'f> Own<'f> {
    /// Reads the list.
    pub fn of(folder: &'f Path) -> Own<'f> {
        let path = folder.join(manifest::NAME);
        let is_file = fs::symlink_metadata(&path).is_ok_and(|about| about.is_file());
        let text = if is_file { fs::read_to_string(path).unwrap_or_default() } else { String::new() };
        Own { folder, list: Manifest::read(&text) }
    }

    /// Whose a file is.
    pub fn owner(&self, name: &str) -> Owner {
        let path = self.folder.join(name);
        let Ok(about) = fs::symlink_metadata(&path) else { return Owner::Nobody };
        let listed = name == manifest::NAME || self.list.all().iter().any(|one| one == name);
        if !about.is_file() || !listed || obstacle(self.folder, name).is_some() {
            return Owner::Stranger;
        }
        let Ok(hash) = hash_of(&path) else { return Owner::Stranger };
        match (name, self.list.author) {
            (manifest::NAME, Author::Own) => Owner::Foretell(hash),
            (manifest::NAME, Author::Earlier) => Owner::Unproven(hash),
            (manifest::NAME, Author::Changed) => Owner::Changed,
            (manifest::NAME, Author::Stranger) => Owner::Stranger,
            _ => match self.list.hash(name) {
                None => Owner::Unproven(hash),
                Some(noted) if noted == hash => Owner::Foretell(hash),
                Some(_) => Owner::Changed,
            },
        }
    }

    /// The files that a verb may take away, and the list, each with its hash, as far as they are there.
    pub fn of_verb(&self, verb: &str) -> Vec<(String, Owner)> {
        let names = self.list.of(verb).into_iter().chain([manifest::NAME.into()]);
        let owned = names.map(|name| (name.clone(), self.owner(&name)));
        owned.filter(|(_, owner)| matches!(owner, Owner::Foretell(_) | Owner::Unproven(_))).collect()
    }

    /// Whether the folder holds nothing but what is proven to be foretell's.
    pub fn is_alone(&self) -> bool {
        let is_own = |name: &PathBuf| {
            let name = name.to_str().filter(|name| !name.contains('\\'));
            name.is_some_and(|name| matches!(self.owner(name), Owner::Foretell(_)))
        };
        let names: Vec<PathBuf> =
            entries(self.folder).into_iter().filter(|name| !name.starts_with(INSIDE)).collect();
        names.iter().all(is_own) && has_no_empty_folder(self.folder)
    }
}

/// An empty folder is somebody's too.
fn has_no_empty_folder(folder: &Path) -> bool {
    let folders = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let mut own = folders.filter(|path| path.is_dir() && !path.ends_with(INSIDE));
    own.all(|path| {
        fs::read_dir(&path).is_ok_and(|mut entries| entries.next().is_some()) && has_no_empty_folder(&path)
    })
}

/// What stands where a folder of a file's path has to be: a file, or a link, which may lead anywhere.
pub fn obstacle(folder: &Path, name: &str) -> Option<PathBuf> {
    let above = Path::new(name).ancestors().skip(1).filter(|one| !one.as_os_str().is_empty());
    above
        .map(|one| folder.join(one))
        .find(|path| fs::symlink_metadata(path).is_ok_and(|about| !about.is_dir()))
}

/// The SHA-256 of a file, in hexadecimal digits.
///
/// # Errors
/// It can't be read.
pub fn hash_of(path: &Path) -> io::Result<String> {
    let mut digest = Sha256::new();
    io::copy(&mut File::open(path)?, &mut digest)?;
    Ok(digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}

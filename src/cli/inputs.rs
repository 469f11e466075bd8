//! What a command reads: files that it never writes over.

use std::fs::{self, File, Metadata};
use std::path::{Path, PathBuf};

use super::failure::Failure;
use super::files::STANDARD_INPUT;
use super::terminal::Terminal;
use crate::diagnostic::Diagnostic;

/// The files that a command reads, each known by its device and inode and by its canonical path.
#[derive(Clone, Debug, Default)]
pub struct Inputs {
    files: Vec<Input>,
}

#[derive(Clone, Debug)]
struct Input {
    /// As the user named it.
    name: PathBuf,
    place: Place,
}

/// Which file a path leads to, whatever the path is.
#[derive(Clone, Debug)]
pub struct Place {
    node: Option<(u64, u64)>,
    path: Option<PathBuf>,
}

impl Place {
    /// Where `path` leads, through links; `None` if nothing is there.
    pub fn of(path: &Path) -> Option<Place> {
        let about = fs::metadata(path).ok()?;
        Some(Place { node: node(&about), path: path.canonicalize().ok() })
    }

    /// Where an open file lies; its path is not known.
    pub fn of_open(file: &File) -> Option<Place> {
        let about = file.metadata().ok()?;
        Some(Place { node: node(&about), path: None })
    }

    /// Whether both are one file.
    pub fn is(&self, other: &Place) -> bool {
        let same_node = self.node.is_some() && self.node == other.node;
        same_node || (self.path.is_some() && self.path == other.path)
    }
}

/// Device and inode, where the machine has them.
#[cfg(unix)]
fn node(about: &Metadata) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt;
    Some((about.dev(), about.ino()))
}

#[cfg(not(unix))]
fn node(_: &Metadata) -> Option<(u64, u64)> {
    None
}

/// Whether a path still leads to a file that is open.
pub fn is_open_at(file: &File, path: &Path) -> bool {
    let nodes = fs::metadata(path).and_then(|there| Ok((node(&there), node(&file.metadata()?))));
    nodes.is_ok_and(|(there, own)| there == own)
}

/// Whether another file or folder is mounted on this one, where the machine tells.
#[cfg(target_os = "linux")]
pub fn is_mount_point(path: &Path) -> bool {
    use rustix::fs::{AtFlags, CWD, StatxAttributes, StatxFlags, statx};
    let about = statx(CWD, path, AtFlags::empty(), StatxFlags::TYPE);
    about.is_ok_and(|about| about.stx_attributes.contains(StatxAttributes::MOUNT_ROOT))
}

/// Whether another file or folder is mounted on this one, where the machine tells.
#[cfg(not(target_os = "linux"))]
pub fn is_mount_point(_: &Path) -> bool {
    false
}

impl Inputs {
    /// Adds a file that is read; `-` is standard input. What is not there, or is no regular file, can't be written over.
    pub fn add(&mut self, path: &Path) {
        let is_standard = path.as_os_str() == STANDARD_INPUT;
        let place = match is_standard {
            true => standard_input().filter(is_regular).as_ref().and_then(Place::of_open),
            false => Some(path).filter(|path| path.is_file()).and_then(Place::of),
        };
        let name = if is_standard { PathBuf::from("standard input") } else { path.into() };
        self.files.extend(place.map(|place| Input { name, place }));
    }

    /// The name of the input that `place` is, if it is one.
    pub fn at(&self, place: &Place) -> Option<&Path> {
        self.files.iter().find(|one| one.place.is(place)).map(|one| one.name.as_path())
    }

    /// Refuses a standard output that is one of the inputs, as in `foretell run FILE >> FILE`. Nothing is then printed there.
    ///
    /// # Errors
    /// It is so.
    pub fn spare(&self, terminal: &Terminal) -> Result<(), Failure> {
        let standard = standard_output();
        let Some(input) = standard.as_ref().and_then(|place| self.at(place)) else { return Ok(()) };
        terminal.leave_output();
        let message = format!("standard output is `{}`, which is read by the same command", input.display());
        let hint = "send it to another file: what is read is never written over";
        Err(Failure::plain(Diagnostic::error("file", message).hint(hint)))
    }
}

/// Where standard output leads, if the machine tells.
#[cfg(unix)]
pub fn standard_output() -> Option<Place> {
    use std::os::fd::AsFd;
    let file = std::io::stdout().as_fd().try_clone_to_owned().map(File::from);
    file.ok().as_ref().and_then(Place::of_open)
}

/// Where standard output leads, if the machine tells.
#[cfg(not(unix))]
pub fn standard_output() -> Option<Place> {
    None
}

fn is_regular(file: &File) -> bool {
    file.metadata().is_ok_and(|about| about.is_file())
}

#[cfg(unix)]
fn standard_input() -> Option<File> {
    use std::os::fd::AsFd;
    std::io::stdin().as_fd().try_clone_to_owned().ok().map(File::from)
}

#[cfg(not(unix))]
fn standard_input() -> Option<File> {
    None
}

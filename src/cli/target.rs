//! Where an output goes, and how it gets there.
//!
//! | what the path leads to | what happens |
//! |---|---|
//! | `-`, or whatever standard output is | it is written to standard output, and the answer to standard error |
//! | a regular file, or nothing yet | the whole is written beside it and then takes its place |
//! | a link | the same with what it leads to; the link stays |
//! | a device, a pipe, a socket, a terminal, an open descriptor under `/dev/fd` | it is written through, never replaced |
//! | a folder, a file that the command reads, or one on which another is mounted | it is refused |

use std::fs::{self, FileType, OpenOptions, Permissions};
use std::io::{self, BufWriter, ErrorKind, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use super::failure::{self, Failure};
use super::files::{STANDARD_INPUT, parent, reason};
use super::held::Output;
use super::inputs::{Inputs, Place, is_mount_point, standard_output};
use super::interrupt::Interrupt;
use super::partial::Partial;
use super::terminal::Terminal;
use crate::diagnostic::Diagnostic;
use crate::simulation::Watch;

/// Where one output goes.
#[derive(Clone, Debug)]
pub struct Target {
    /// As the user named it.
    name: PathBuf,
    way: Way,
    /// Memory that stands in place of standard output.
    held: OnceLock<Output>,
}

#[derive(Clone, Debug)]
enum Way {
    /// Standard output.
    Standard,
    /// What is there is opened and written.
    Through,
    /// A regular file is replaced at once by the whole.
    Replace {
        /// Where it is, without links.
        path: PathBuf,
        /// Those of the file that is replaced.
        permissions: Permissions,
    },
    /// Nothing is there yet.
    Create(PathBuf),
}

const HINT: &str = "name a file in a folder that exists and can be written, or - for standard output";

impl Target {
    /// Looks where `path` leads, before anything is computed.
    ///
    /// # Errors
    /// A folder, a file that is read or can't be written, or a place in no folder or in one that takes no new file.
    pub fn find(path: &Path, inputs: &Inputs) -> Result<Target, Failure> {
        let refuse = |error: io::Error| refused(path, &error);
        let target = |way| Ok(Target { name: path.into(), way, held: OnceLock::new() });
        if path.as_os_str() == STANDARD_INPUT {
            return target(Way::Standard);
        }
        let Some(about) = metadata(path).map_err(refuse)? else {
            if is_descriptor(path) {
                return Err(failure::file("write", path, "nothing is open under this number", HINT));
            }
            let end = end_of_links(path).map_err(refuse)?;
            let is_file = !path.as_os_str().as_encoded_bytes().ends_with(b"/");
            if !is_file || !parent(&end).is_dir() || end.file_name().is_none() {
                return Err(failure::file("write", path, "no such folder", HINT));
            }
            Partial::try_beside(&end, None).map_err(refuse)?;
            return target(Way::Create(end));
        };
        if about.is_dir() {
            return Err(failure::file("write", path, "it is a folder", HINT));
        }
        let place = Place::of(path);
        if let Some(input) = place.as_ref().and_then(|place| inputs.at(place)) {
            return Err(over_input(path, input));
        }
        if is_standard_output(place.as_ref(), about.file_type()) {
            return target(Way::Standard);
        }
        if !about.is_file() || is_descriptor(path) {
            return target(Way::Through);
        }
        if is_mount_point(path) {
            let hint = "name another file in that folder, or mount the folder in place of the file";
            return Err(failure::file(
                "write",
                path,
                "another file is mounted on it, so that it can't be replaced",
                hint,
            ));
        }
        // What can't be written is not replaced either, even if its folder would allow that.
        OpenOptions::new().write(true).open(path).map_err(refuse)?;
        let end = path.canonicalize().map_err(refuse)?;
        Partial::try_beside(&end, Some(&about.permissions())).map_err(refuse)?;
        target(Way::Replace { path: end, permissions: about.permissions() })
    }

    /// Has standard output to itself, if it goes there.
    pub fn claim_output(&self, terminal: &Terminal) {
        if self.is_standard() {
            terminal.leave_output();
            terminal.output().into_iter().for_each(|output| drop(self.held.set(output)));
        }
    }

    /// Whether the output takes standard output, so that the answer has to go elsewhere.
    pub fn is_standard(&self) -> bool {
        matches!(self.way, Way::Standard)
    }

    /// Whether it is shown to somebody.
    pub fn is_terminal(&self) -> bool {
        match self.way {
            Way::Standard => io::stdout().is_terminal(),
            // A pipe is not opened to find out: that would wait for a reader.
            Way::Through => {
                fs::metadata(&self.name).is_ok_and(|about| is_character_device(about.file_type()))
                    && OpenOptions::new().append(true).open(&self.name).is_ok_and(|file| file.is_terminal())
            }
            Way::Replace { .. } | Way::Create(_) => false,
        }
    }

    /// Whether there is a regular file that would be replaced.
    pub fn replaces(&self) -> bool {
        matches!(self.way, Way::Replace { .. })
    }

    /// The regular file that is to be, whether or not there is one yet.
    pub fn file(&self) -> Option<&Path> {
        match &self.way {
            Way::Replace { path, .. } | Way::Create(path) => Some(path),
            Way::Standard | Way::Through => None,
        }
    }

    /// What messages call it.
    pub fn name(&self) -> String {
        match self.way {
            Way::Standard => "standard output".into(),
            _ => self.name.display().to_string(),
        }
    }

    /// Writes what `fill` gives. Of a regular file, nothing is seen before all is written; a reader of a pipe who has gone
    /// away is not a failure, and ends what `interrupt` watches.
    ///
    /// # Errors
    /// Those of `fill`, and whatever forbids writing: then a regular file is as it was.
    pub fn write(
        &self,
        interrupt: &Interrupt,
        fill: impl FnOnce(&mut Writer<'_>) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        let refuse = |error: io::Error| self.refused(&error);
        match &self.way {
            Way::Standard => interrupt.at_once(|| stream(self.standard(), interrupt, fill, &refuse)),
            Way::Through => interrupt.at_once(|| {
                // What an open file holds already stays.
                let file = OpenOptions::new().append(true).open(&self.name).map_err(refuse)?;
                stream(Box::new(file), interrupt, fill, &refuse)
            }),
            Way::Replace { path, permissions } => interrupt.tidily(|| {
                let partial = Partial::beside(path, Some(permissions)).map_err(refuse)?;
                partial.fill(fill, &refuse)?;
                interrupt.check()?;
                partial.replace(path).map_err(refuse)
            }),
            Way::Create(path) => interrupt.tidily(|| {
                let partial = Partial::beside(path, None).map_err(refuse)?;
                partial.fill(fill, &refuse)?;
                interrupt.check()?;
                partial.create(path).map_err(refuse)
            }),
        }
    }

    fn standard(&self) -> Box<Writer<'static>> {
        match self.held.get() {
            Some(held) => Box::new(held.clone()),
            None => Box::new(io::stdout()),
        }
    }

    /// Why it can't be written.
    pub fn refused(&self, error: &io::Error) -> Failure {
        refused(&self.name, error)
    }

    /// Writes `bytes`.
    ///
    /// # Errors
    /// As [`write`](Target::write).
    pub fn write_bytes(&self, bytes: &[u8], interrupt: &Interrupt) -> Result<(), Failure> {
        self.write(interrupt, |to| to.write_all(bytes).map_err(|error| self.refused(&error)))
    }
}

/// What an output is written with.
pub type Writer<'a> = dyn Write + Send + Sync + 'a;

fn refused(path: &Path, error: &io::Error) -> Failure {
    if error.kind() == ErrorKind::StorageFull {
        return failure::file("write", path, "no space is left there", "make room, or name a file elsewhere");
    }
    let why = match error.kind() {
        ErrorKind::NotFound => "no such folder".into(),
        ErrorKind::AlreadyExists => "it exists already".into(),
        _ => reason(error),
    };
    failure::file("write", path, why, HINT)
}

fn over_input(path: &Path, input: &Path) -> Failure {
    let why = match path == input {
        true => "it is read by the same command".into(),
        false => format!("it is `{}`, which is read by the same command", input.display()),
    };
    failure::file("write", path, why, "name another file: what is read is never written over")
}

/// The error of two outputs that lead to one file.
pub fn twice(path: &Path) -> Failure {
    let message = format!("two outputs of the command lead to `{}`", path.display());
    Failure::plain(Diagnostic::error("file", message).hint("give each a file of its own"))
}

// Where a path leads.

/// What is at the end of a path's links; `None` if nothing is.
fn metadata(path: &Path) -> io::Result<Option<fs::Metadata>> {
    match fs::metadata(path) {
        Ok(about) => Ok(Some(about)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// More links one after the other than any system follows.
const MOST_LINKS: usize = 64;

/// Where a path leads though nothing is there: a link's own end.
fn end_of_links(path: &Path) -> io::Result<PathBuf> {
    let mut end = path.to_path_buf();
    for _ in 0..MOST_LINKS {
        match fs::read_link(&end) {
            Ok(next) => end = parent(&end).join(next),
            Err(_) => return Ok(end),
        }
    }
    Err(io::Error::other("its links lead in a circle"))
}

/// Whether a path leads through a link to an open descriptor, such as `/dev/fd/3`: the file behind it is somebody's open
/// file, and replacing it would take that from him.
fn is_descriptor(path: &Path) -> bool {
    let mut end = path.to_path_buf();
    for _ in 0..MOST_LINKS {
        let home = parent(&end).canonicalize().unwrap_or_default();
        if home.starts_with("/proc") && home.ends_with("fd") {
            return true;
        }
        match fs::read_link(&end) {
            Ok(next) => end = parent(&end).join(next),
            Err(_) => return false,
        }
    }
    false
}

/// Whether a path leads where standard output does. A device such as `/dev/null` can take several outputs.
fn is_standard_output(place: Option<&Place>, kind: FileType) -> bool {
    let takes_one = !is_character_device(kind) || io::stdout().is_terminal();
    takes_one && standard_output().zip(place).is_some_and(|(own, place)| own.is(place))
}

#[cfg(unix)]
fn is_character_device(kind: FileType) -> bool {
    use std::os::unix::fs::FileTypeExt;
    kind.is_char_device()
}

#[cfg(not(unix))]
fn is_character_device(_: FileType) -> bool {
    false
}

// Written through.

/// Hands on what is written until the reader is gone.
struct Stream {
    to: Box<Writer<'static>>,
    is_gone: Arc<AtomicBool>,
    watch: Arc<Watch>,
}

impl Stream {
    /// Nobody reads any more: nothing more needs to be made, and what is written goes nowhere.
    fn or_gone<T>(&self, done: io::Result<T>, otherwise: T) -> io::Result<T> {
        match done {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => {
                self.is_gone.store(true, Ordering::SeqCst);
                self.watch.interrupt();
                Ok(otherwise)
            }
            done => done,
        }
    }
}

impl Write for Stream {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.is_gone.load(Ordering::SeqCst) {
            return Ok(bytes.len());
        }
        let done = self.to.write(bytes);
        self.or_gone(done, bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        let done = self.to.flush();
        self.or_gone(done, ())
    }
}

fn stream(
    to: Box<Writer<'static>>,
    interrupt: &Interrupt,
    fill: impl FnOnce(&mut Writer<'_>) -> Result<(), Failure>,
    refuse: &impl Fn(io::Error) -> Failure,
) -> Result<(), Failure> {
    let is_gone = Arc::new(AtomicBool::new(false));
    let own = Stream { to, is_gone: is_gone.clone(), watch: interrupt.watch.clone() };
    let mut writer = BufWriter::new(own);
    let filled = fill(&mut writer).and_then(|()| writer.flush().map_err(refuse));
    if is_gone.load(Ordering::SeqCst) { Ok(()) } else { filled }
}

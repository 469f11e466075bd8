//! Parts of a run as files, folders of files, patterns of names, and standard input.

use std::io::Read;
use std::ops::Range;
use std::path::{Path, PathBuf};

use super::failure::{self, Failure};
use super::files::{self, STANDARD_INPUT};
use super::glob;
use crate::diagnostic::Diagnostic;
use crate::simulation::{BUILD, Header, Part, PartError};

/// A part that was found. Its content is read when it is its turn, so that memory does not grow with the parts.
#[derive(Clone, Debug)]
pub struct Found {
    /// What messages call where it was found.
    pub name: String,
    /// The file, if it is one.
    pub path: Option<PathBuf>,
    /// What it is a part of.
    pub header: Header,
    place: Place,
}

#[derive(Clone, Debug)]
enum Place {
    /// These bytes of a file, which may hold several parts.
    File(PathBuf, Range<usize>),
    /// What came over standard input.
    Here(Vec<u8>),
}

/// All parts in what `paths` name: files, folders, whose `.part` files they are, patterns, and `-` for standard input, in whose place may
/// stand what is `fed`.
///
/// # Errors
/// Nothing is there, or something that is no part of this build.
pub fn find(paths: &[PathBuf], fed: Option<&[u8]>) -> Result<Vec<Found>, Failure> {
    let mut found = Vec::new();
    for path in paths {
        if path.as_os_str() == STANDARD_INPUT {
            found.extend(standard(fed)?);
            continue;
        }
        for file in files_of(path)? {
            let bytes = read(&file)?;
            let place = |range| Place::File(file.clone(), range);
            found.extend(split(&file.display().to_string(), Some(&file), &bytes, place)?);
        }
    }
    Ok(found)
}

/// Whether a file is a part.
pub fn is_part(path: &Path) -> bool {
    let is_one = |bytes: Vec<u8>| !matches!(Part::first(&bytes), Err(PartError::Foreign));
    path.as_os_str() != STANDARD_INPUT && files::bytes(path).is_ok_and(is_one)
}

fn standard(fed: Option<&[u8]>) -> Result<Vec<Found>, Failure> {
    let name = "standard input";
    let here = |bytes: &[u8]| split(name, None, bytes, |range| Place::Here(bytes[range].to_vec()));
    if let Some(fed) = fed {
        return here(fed);
    }
    let refuse = |why: String| failure::file("read", Path::new(name), why, MAKE);
    let mut bytes = Vec::new();
    let most = files::MOST_BYTES;
    std::io::stdin()
        .lock()
        .take(most + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| refuse(files::reason(&error)))?;
    if bytes.len() as u64 > most {
        return Err(refuse("more than 256 MiB: give the parts as files, or merge some first".into()));
    }
    here(&bytes)
}

/// The files that a path names.
fn files_of(path: &Path) -> Result<Vec<PathBuf>, Failure> {
    let (found, what) = if path.is_dir() {
        (glob::inside(path, "*.part"), "it is a folder without parts, whose names end in `.part`")
    } else if path.exists() || !glob::is_pattern(path) {
        return Ok(vec![path.into()]);
    } else {
        (glob::matches(path), "no file has such a name")
    };
    let found: Vec<PathBuf> = found.into_iter().filter(|one| !one.is_dir()).collect();
    let hint = "name the parts, their folder, or a pattern in quotes, as in 'parts/*.part'";
    if found.is_empty() { Err(failure::file("merge", path, what, hint)) } else { Ok(found) }
}

/// The parts that stand one after the other.
fn split(
    name: &str,
    path: Option<&Path>,
    bytes: &[u8],
    place: impl Fn(Range<usize>) -> Place,
) -> Result<Vec<Found>, Failure> {
    let (mut rest, mut found) = (bytes, Vec::new());
    while !rest.is_empty() || found.is_empty() {
        let start = bytes.len() - rest.len();
        let (part, after) = Part::first(rest).map_err(|error| unusable(name, &following(start, error)))?;
        rest = after;
        let own = env!("CARGO_PKG_VERSION");
        if part.header.version != own {
            let why = format!("it was made by foretell {}, and this is {own}", part.header.version);
            return Err(refuse(name, &why, "make all parts and the merge with one version"));
        }
        if part.header.build != BUILD {
            return Err(unusable(name, &PartError::Build(part.header.build, BUILD)));
        }
        let place = place(start..bytes.len() - rest.len());
        found.push(Found {
            name: name.into(),
            path: path.map(Path::to_path_buf),
            header: part.header,
            place,
        });
    }
    Ok(found)
}

/// What stands behind a part and is none is damage.
fn following(start: usize, error: PartError) -> PartError {
    if start > 0 && error == PartError::Foreign { PartError::Damaged } else { error }
}

fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    files::bytes(path).map_err(|reason| failure::file("read", path, reason, MAKE))
}

impl Found {
    /// Reads it and hands it on.
    ///
    /// # Errors
    /// It can't be read any more, has changed, or `then` says no.
    pub fn open<T>(&self, then: impl FnOnce(&Part) -> Result<T, PartError>) -> Result<T, Failure> {
        let whole;
        let bytes = match &self.place {
            Place::Here(bytes) => &bytes[..],
            Place::File(path, range) => {
                whole = read(path)?;
                whole.get(range.clone()).unwrap_or_default()
            }
        };
        Part::open(bytes).and_then(|part| then(&part)).map_err(|error| unusable(&self.name, &error))
    }

    /// Whether two parts have the same content.
    ///
    /// # Errors
    /// One of them can't be read any more.
    pub fn is_twin_of(&self, other: &Found) -> Result<bool, Failure> {
        let mut is_twin = false;
        self.open(|part| {
            // What is wrong with the other is told as of the other.
            Ok(other.open(|other| {
                is_twin = part.is_twin_of(other);
                Ok(())
            }))
        })??;
        Ok(is_twin)
    }
}

const MAKE: &str = "`foretell run FILE --draws N --shard I/N --part PART` writes a part";

/// Why a part can't be merged.
pub fn refuse(name: &str, why: &str, hint: &str) -> Failure {
    let message = format!("can't merge `{name}`: {why}");
    Failure::plain(Diagnostic::error("part", message).hint(hint))
}

fn unusable(name: &str, error: &PartError) -> Failure {
    let hint = match error {
        PartError::Foreign => MAKE,
        PartError::Damaged => "copy it again, or make it again",
        PartError::Form => "make it with this version",
        PartError::Build(..) => "make all parts and the merge with one and the same program",
        PartError::Run => "make all parts from one file with the same flags",
        PartError::Overlap | PartError::Gap(_) => "give each draw once",
        PartError::Misfit | PartError::Inconsistent(_) => "make it again",
    };
    refuse(name, &error.to_string(), hint)
}

//! Reading what the user names.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::io::Read;
use std::path::{Path, PathBuf};

use super::failure::{self, Failure};
use crate::interchange::{self, Format};

/// The name that stands for standard input, and for standard output where a file is written.
pub const STANDARD_INPUT: &str = "-";

/// The largest file that is read: 256 MiB.
pub(super) const MOST_BYTES: u64 = 256 << 20;

/// A scenario file as it was found, or a text that stands for one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Input {
    /// What messages call it.
    pub name: String,
    /// What its output is named after.
    pub stem: String,
    /// The folder that the files are relative to which it names; where there is none, no file is read.
    pub folder: Option<PathBuf>,
    /// Its bytes as text.
    pub text: String,
    /// What was read already of the files that it names, by their names there: texts, or reasons why there are none.
    pub attachments: BTreeMap<String, Result<String, String>>,
}

impl Input {
    /// A text that stands for a file of this name, without any file beside it.
    pub fn text(name: impl Into<String>, text: impl Into<String>) -> Input {
        let name = name.into();
        Input { stem: stem(Path::new(&name)), name, text: text.into(), ..Input::default() }
    }

    /// A scenario file that is read now.
    ///
    /// # Errors
    /// It can't be read, is not text, or is too large.
    pub fn read(path: &Path) -> Result<Input, Failure> {
        input(path)
    }

    /// The text of a file that it names, which lies in its folder or below, or in one of those that are `allowed` besides.
    ///
    /// # Errors
    /// The reason why it can't be read.
    pub fn attachment(&self, name: &str, allowed: &[PathBuf]) -> Result<String, String> {
        match (self.attachments.get(name), &self.folder) {
            (Some(held), _) => held.clone(),
            (None, Some(folder)) => attachment(folder, name, allowed),
            (None, None) => {
                Err("the scenario is a text beside which nothing is read: name its folder".into())
            }
        }
    }
}

/// Reads the scenario file, or standard input.
///
/// # Errors
/// It can't be read, is not text, or is too large.
pub fn input(path: &Path) -> Result<Input, Failure> {
    text_of(path, HINT)
}

/// Reads a network of another program, or standard input, in an encoding that its format tells.
///
/// # Errors
/// It can't be read, is not text, or is too large.
pub fn network(path: &Path, format: Option<Format>) -> Result<Input, Failure> {
    let hint = "give the path of a network (.bif, .xmlbif, .net, .xdsl, .dne), or - to read standard input";
    let name = path.to_string_lossy();
    input_of(path, hint, |bytes| match interchange::decoded(&name, &bytes, format) {
        Some(found) => Ok(found),
        None => text(bytes),
    })
}

/// Reads a table, or standard input.
///
/// # Errors
/// It can't be read, is not text, or is too large.
pub fn table(path: &Path) -> Result<Input, Failure> {
    text_of(path, "give the path of a CSV file with a header row, or - to read standard input")
}

fn text_of(path: &Path, hint: &str) -> Result<Input, Failure> {
    input_of(path, hint, text)
}

fn input_of(
    path: &Path,
    hint: &str,
    text: impl FnOnce(Vec<u8>) -> Result<String, String>,
) -> Result<Input, Failure> {
    if path.as_os_str() == STANDARD_INPUT {
        let text = read_bytes(std::io::stdin().lock()).and_then(text);
        let text = text.map_err(|reason| failure::file("read", Path::new("standard input"), reason, hint))?;
        return Ok(Input { folder: Some(PathBuf::new()), ..Input::text("stdin", text) });
    }
    let bytes = std::fs::File::open(path).map_err(|error| reason(&error));
    let text = bytes.and_then(read_bytes).and_then(text);
    let text = text.map_err(|reason| failure::file("read", path, reason, hint))?;
    let folder = path.parent().map(Path::to_path_buf).unwrap_or_default();
    Ok(Input { stem: stem(path), folder: Some(folder), ..Input::text(path.display().to_string(), text) })
}

/// What the output of a file is named after: its name without its ending. A name that begins with dots alone would lead to another
/// folder, and is taken without them.
pub(super) fn stem(path: &Path) -> String {
    let of = |name: Option<&OsStr>| name.unwrap_or_default().to_string_lossy().into_owned();
    let is_name = |name: &String| name.chars().any(|one| one != '.');
    let whole = || of(path.file_name()).trim_start_matches('.').to_string();
    [of(path.file_stem()), whole()].into_iter().find(is_name).unwrap_or("scenario".into())
}

const HINT: &str =
    "give the path of a scenario file, or - to read standard input; `foretell new NAME` writes one";

/// The text of a file that a scenario names: a regular one that lies, links followed, in the scenario's `folder` or below it, or in one
/// of those that are `allowed` besides.
///
/// # Errors
/// The reason why it can't be read.
fn attachment(folder: &Path, name: &str, allowed: &[PathBuf]) -> Result<String, String> {
    let here = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let named = here.join(name);
    let mut folders = std::iter::once(here).chain(allowed.iter().map(PathBuf::as_path));
    // Of what lies elsewhere nothing is told, not even whether it is there.
    let place = nearest(&named);
    if !folders.any(|one| one.canonicalize().is_ok_and(|one| place.starts_with(one))) {
        return Err("it lies outside of the scenario's folder; --allow-path DIR allows another".into());
    }
    let path = named.canonicalize().map_err(|error| reason(&error))?;
    if !std::fs::metadata(&path).map_err(|error| reason(&error))?.is_file() {
        return Err("not a file".into());
    }
    read(std::fs::File::open(&path).map_err(|error| reason(&error))?)
}

/// Where a path leads, links followed, or the part of it that is there; a link that leads to nothing is nowhere.
fn nearest(path: &Path) -> PathBuf {
    let is_link = |one: &Path| std::fs::symlink_metadata(one).is_ok_and(|about| about.is_symlink());
    let there = path.ancestors().find(|one| one.canonicalize().is_ok() || is_link(one));
    there.and_then(|one| one.canonicalize().ok()).unwrap_or_default()
}

/// The bytes of a file.
///
/// # Errors
/// The reason why it can't be read.
pub fn bytes(path: &Path) -> Result<Vec<u8>, String> {
    std::fs::File::open(path).map_err(|error| reason(&error)).and_then(read_bytes)
}

fn read_bytes(from: impl Read) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    from.take(MOST_BYTES + 1).read_to_end(&mut bytes).map_err(|error| reason(&error))?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err("larger than 256 MiB".into());
    }
    Ok(bytes)
}

fn read(from: impl Read) -> Result<String, String> {
    text(read_bytes(from)?)
}

/// Bytes as text.
///
/// # Errors
/// They are none, or too many.
pub fn text(bytes: Vec<u8>) -> Result<String, String> {
    if bytes.len() as u64 > MOST_BYTES {
        return Err("larger than 256 MiB".into());
    }
    String::from_utf8(bytes).map_err(|error| {
        if error.as_bytes().starts_with(&[0xff, 0xfe]) || error.as_bytes().starts_with(&[0xfe, 0xff]) {
            return "not UTF-8 text but UTF-16: save it as UTF-8, or convert it with `iconv -f UTF-16 -t UTF-8`".into();
        }
        let line = 1 + error.as_bytes()[..error.utf8_error().valid_up_to()]
            .iter()
            .filter(|one| **one == b'\n')
            .count();
        format!(
            "not UTF-8 text (line {line}): save it as UTF-8, or convert it, from Latin-1 with `iconv -f LATIN1 -t UTF-8`"
        )
    })
}

/// The folder that a path is in.
pub fn parent(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

/// The machine's reason, in words that are the same everywhere where they can be.
pub fn reason(error: &std::io::Error) -> String {
    use std::io::ErrorKind;
    match error.kind() {
        ErrorKind::NotFound => "no such file".into(),
        ErrorKind::PermissionDenied => "permission denied".into(),
        ErrorKind::IsADirectory => "it is a folder".into(),
        ErrorKind::StorageFull => "no space is left there".into(),
        ErrorKind::NotADirectory => "a part of the path is not a folder".into(),
        _ => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn output_is_named_after_a_file_and_never_after_a_folder() {
        let names = ["a/b.toml", "b", ".b.toml", "..toml", "...toml", "....", ".."];
        let stems = names.map(|name| stem(Path::new(name)));
        assert_eq!(stems, ["b", "b", ".b", "toml", "toml", "scenario", "scenario"]);
    }
}

//! Files as they were: `REV:PATH`, asked of git.

use std::io::{ErrorKind, Read};
use std::path::Path;
use std::process::{Command, Stdio};

use super::failure::{self, Failure};
use super::files::{self, Input, MOST_BYTES};
use crate::diagnostic::Diagnostic;

/// A file at a revision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Committed {
    revision: String,
    path: String,
}

impl Committed {
    /// What a name such as `HEAD:budget.toml` stands for; `None` if a file is called so, or if it has no such form.
    pub fn of(name: &Path) -> Option<Committed> {
        let (revision, path) = name.to_str()?.split_once(':')?;
        let is_there = std::fs::symlink_metadata(name).is_ok();
        // One letter before a colon is a drive where paths begin with one.
        let is_drive = cfg!(windows) && revision.len() == 1;
        let is_empty = revision.is_empty() || path.is_empty();
        (!is_there && !is_drive && !is_empty)
            .then(|| Committed { revision: revision.into(), path: path.into() })
    }

    /// Its text.
    ///
    /// # Errors
    /// There is no git, no such revision or no such file in it; or the file is no text, or too large.
    pub fn input(&self) -> Result<Input, Failure> {
        let bytes = self.bytes().map_err(|why| self.refusal(why))?;
        let name = self.name();
        let text = files::text(bytes).map_err(|why| failure::file("read", Path::new(&name), why, HINT))?;
        Ok(Input { stem: files::stem(Path::new(&self.path)), ..Input::text(name, text) })
    }

    /// The text of a file that it names, at the same revision.
    ///
    /// # Errors
    /// The reason why it can't be read.
    pub fn attachment(&self, name: &str) -> Result<String, String> {
        let folder = Path::new(&self.path).parent().unwrap_or(Path::new(""));
        let path = folder.join(name).to_string_lossy().into_owned();
        let bytes = Committed { path, ..self.clone() }.bytes().map_err(|why| why.in_words(&self.revision))?;
        files::text(bytes)
    }

    fn name(&self) -> String {
        format!("{}:{}", self.revision, self.path)
    }

    /// As the path reads from the top of the repository, or from here.
    fn bytes(&self) -> Result<Vec<u8>, Missing> {
        if self.revision.starts_with('-') {
            return Err(Missing::Revision);
        }
        let known = format!("{}^{{commit}}", self.revision);
        asked(&["rev-parse", "--verify", "--quiet", &known])?.ok_or(Missing::Revision)?;
        let path = self.path.replace('\\', "/");
        let is_relative = path.starts_with("./") || path.starts_with("../");
        let top = format!("{}:{path}", self.revision);
        let here = format!("{}:./{path}", self.revision);
        for place in if is_relative { vec![top] } else { vec![top, here] } {
            // A folder is no blob, and nothing is filtered on the way.
            if let Some(bytes) = asked(&["cat-file", "blob", &place])? {
                return Ok(bytes);
            }
        }
        Err(Missing::File)
    }

    fn refusal(&self, why: Missing) -> Failure {
        let Committed { revision, path } = self;
        let name = self.name();
        let message = format!("can't read `{name}`: {}", why.in_words(revision));
        let error = Diagnostic::error("file", message);
        Failure::plain(match why {
            Missing::Git => error
                .hint(format!("`{name}` is read as the file `{path}` at a revision, which needs git on the path"))
                .hint("install git, or save the older file under another name and compare with that"),
            Missing::Repository => error
                .hint(format!("`{name}` is read as the file `{path}` at a revision: start the command in its repository")),
            Missing::Revision => error
                .hint("name a commit, a branch or a tag, as in `HEAD:budget.toml`, `HEAD~3:budget.toml` or `main:budget.toml`"),
            Missing::File => {
                error.hint("paths begin at the top of the repository; `git log -- PATH` shows where a file has been")
            }
            Missing::Other(_) => error.hint(HINT),
        })
    }
}

const HINT: &str =
    "give the path of a scenario file, or REV:PATH for one that git knows, as in HEAD:budget.toml";

/// Why git has no such file.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Missing {
    Git,
    Repository,
    Revision,
    File,
    Other(String),
}

impl Missing {
    fn in_words(&self, revision: &str) -> String {
        match self {
            Missing::Git => "there is no git on this machine".into(),
            Missing::Repository => "this folder is in no git repository".into(),
            Missing::Revision => format!("git knows no revision `{revision}`"),
            Missing::File => format!("there is no such file at the revision `{revision}`"),
            Missing::Other(why) => why.clone(),
        }
    }
}

/// What git answers; nothing if it says no.
fn asked(arguments: &[&str]) -> Result<Option<Vec<u8>>, Missing> {
    let mut git = Command::new("git");
    git.args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    // What is said is looked at below, whatever language the user reads.
    git.env("LC_ALL", "C");
    let mut child = git.spawn().map_err(|error| match error.kind() {
        ErrorKind::NotFound => Missing::Git,
        _ => Missing::Other(files::reason(&error)),
    })?;
    let mut bytes = Vec::new();
    if let Some(out) = child.stdout.take() {
        let read = out.take(MOST_BYTES + 1).read_to_end(&mut bytes);
        read.map_err(|error| Missing::Other(files::reason(&error)))?;
    }
    let mut said = String::new();
    if let Some(mut err) = child.stderr.take() {
        let _ = err.read_to_string(&mut said);
    }
    let status = child.wait().map_err(|error| Missing::Other(files::reason(&error)))?;
    match status.success() {
        true => Ok(Some(bytes)),
        false if said.contains("not a git repository") => Err(Missing::Repository),
        false if said.contains("dubious ownership") => {
            Err(Missing::Other("git does not trust the owner of this repository (see safe.directory)".into()))
        }
        false => Ok(None),
    }
}

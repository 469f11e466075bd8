//! A text that was read and parsed.

use std::sync::Arc;

use super::failure::Failure;
use super::hash::hash;
use crate::diagnostic::{Diagnostics, SourceFile, SourceId, Sources};
use crate::distribution::Cache;
use crate::scenario::{self, Attachments, Document};
use crate::simulation::Watch;

/// A text that was read and parsed, once, to be changed and asked as often as wanted.
///
/// ```
/// use foretell::analysis::run::Run;
/// use foretell::diagnostic::SourceFile;
/// use foretell::session::{Changes, Session};
/// use foretell::simulation::Settings;
///
/// let text = "[factors.oil]\nvalue = 'beta(2, 5)'\n[outcomes.up]\nweights = { oil = 2 }\n[outcomes.down]\n";
/// let session = Session::open(SourceFile::new("oil.toml", text), |name| Err(format!("no {name} here")))?;
/// for oil in ["0.2", "0.8"] {
///     let case = session.case(&Changes { set: vec![format!("oil={oil}")], ..Changes::default() })?;
///     let answer = case.answer(&Run::default(), &Settings::default())?;
///     assert!(answer.finding.outcomes[0].probability.exact);
/// }
/// # Ok::<(), foretell::session::Failure>(())
/// ```
pub struct Session<'r> {
    pub(super) sources: Sources,
    pub(super) document: Document,
    /// What parsing found.
    pub(super) found: Diagnostics,
    pub(super) read: Box<Read<'r>>,
    /// The files that the text names.
    pub(super) attachments: Attachments,
    /// SHA-256 over the text and these files.
    pub(super) file_hash: String,
    /// Tables and fits that all cases share.
    pub(super) cache: Cache,
    pub(super) watch: Arc<Watch>,
}

/// The text of a file that a scenario names, or the reason why it can't be read.
pub(super) type Read<'r> = dyn Fn(&str) -> Result<String, String> + 'r;

impl<'r> Session<'r> {
    /// Parses a text; `read` gives the text of a file that it names, or the reason why it can't be read.
    ///
    /// # Errors
    /// None of the text's own: they are told once a case is made of it.
    pub fn open(
        file: SourceFile,
        read: impl Fn(&str) -> Result<String, String> + 'r,
    ) -> Result<Session<'r>, Failure> {
        Session::watched(file, read, Arc::new(Watch::new()))
    }

    /// As [`open`](Session::open), followed by somebody who may interrupt whatever is done with it.
    ///
    /// # Errors
    /// An interruption.
    pub fn watched(
        file: SourceFile,
        read: impl Fn(&str) -> Result<String, String> + 'r,
        watch: Arc<Watch>,
    ) -> Result<Session<'r>, Failure> {
        Session::of(Sources::new(file), SourceId::FILE, read, (Cache::new(), watch))
    }

    /// Opens a second text to be compared with this one: places in both mean the same texts from now on.
    ///
    /// # Errors
    /// An interruption.
    pub fn beside(
        &mut self,
        file: SourceFile,
        read: impl Fn(&str) -> Result<String, String> + 'r,
    ) -> Result<Session<'r>, Failure> {
        let source = self.sources.add(file);
        Session::of(self.sources.clone(), source, read, (self.cache.clone(), self.watch.clone()))
    }

    fn of(
        sources: Sources,
        source: SourceId,
        read: impl Fn(&str) -> Result<String, String> + 'r,
        (cache, watch): (Cache, Arc<Watch>),
    ) -> Result<Session<'r>, Failure> {
        let file = sources.get(source);
        let (document, found) = scenario::parse_within(file, source, &watch.limits())?;
        let attachments = document.attachments.keys().map(|name| (name.clone(), read(name))).collect();
        let file_hash = hash(&file.text, &attachments);
        Ok(Session { sources, document, found, read: Box::new(read), attachments, file_hash, cache, watch })
    }

    /// The text itself.
    pub(super) fn file(&self) -> &SourceFile {
        self.sources.get(self.document.source)
    }

    /// The names of the files that the text names, as it has them.
    pub fn attachments(&self) -> impl Iterator<Item = &str> {
        self.attachments.keys().map(String::as_str)
    }
}

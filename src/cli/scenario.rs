//! From a path to a scenario that can be asked.

use std::path::{Path, PathBuf};

use super::failure::Failure;
use super::files::{self, Input};
use super::inputs::Inputs;
use super::interrupt::Interrupt;
use super::terminal::Terminal;
use crate::diagnostic::SourceFile;
use crate::session::{Case, Session};

/// A scenario file that was read.
pub struct Opened {
    /// Its text, parsed.
    pub session: Session<'static>,
    /// What output is named after.
    pub stem: String,
    folder: PathBuf,
    /// The file, and the files that it names.
    inputs: Inputs,
}

impl Opened {
    /// Reads a scenario file, or standard input.
    ///
    /// # Errors
    /// It can't be read, or standard output is what is read.
    pub fn read(path: &Path, interrupt: &Interrupt, terminal: &Terminal) -> Result<Opened, Failure> {
        let Input { name, stem, folder, text } = interrupt.at_once(|| files::input(path))?;
        let home = folder.clone();
        let read = move |name: &str| files::attachment(&home, name);
        let session = Session::watched(SourceFile::new(name, text), read, interrupt.watch.clone())?;
        let mut inputs = Inputs::default();
        inputs.add(path);
        session.attachments().for_each(|name| inputs.add(&folder.join(name)));
        inputs.spare(terminal)?;
        Ok(Opened { session, stem, folder, inputs })
    }

    /// The files that were read for a case.
    ///
    /// # Errors
    /// Standard output is one of them.
    pub fn inputs(&self, case: &Case, terminal: &Terminal) -> Result<Inputs, Failure> {
        let mut inputs = self.inputs.clone();
        case.attachments.iter().for_each(|name| inputs.add(&self.folder.join(name)));
        inputs.spare(terminal)?;
        Ok(inputs)
    }
}

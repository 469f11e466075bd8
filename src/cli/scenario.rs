//! From a path to a scenario that can be asked.

use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use super::failure::Failure;
use super::inputs::Inputs;
use super::interrupt::Interrupt;
use super::terminal::Terminal;
use crate::diagnostic::SourceFile;
use crate::session::{Case, Changes, Session};

/// A scenario file that was read.
pub struct Opened {
    /// Its text, parsed.
    session: Session<'static>,
    /// What output is named after.
    pub stem: String,
    path: PathBuf,
    folder: Option<PathBuf>,
    /// The files that were read for it so far, by the names that it has for them.
    read: Rc<RefCell<Vec<String>>>,
}

impl Opened {
    /// Reads a scenario file, or standard input.
    ///
    /// # Errors
    /// It can't be read, or standard output is what is read.
    pub fn read(path: &Path, interrupt: &Interrupt, terminal: &Terminal) -> Result<Opened, Failure> {
        let mut input = interrupt.at_once(|| terminal.input(path))?;
        let (stem, folder) = (input.stem.clone(), input.folder.clone());
        let file = SourceFile::new(std::mem::take(&mut input.name), std::mem::take(&mut input.text));
        let list = Rc::<RefCell<Vec<String>>>::default();
        let (reads, allowed) = (list.clone(), terminal.allowed.allow_path.clone());
        let read = move |name: &str| {
            reads.borrow_mut().push(name.into());
            input.attachment(name, &allowed)
        };
        let session = Session::watched(file, read, interrupt.watch.clone())?;
        let opened = Opened { session, stem, path: path.into(), folder, read: list };
        opened.inputs(terminal)?;
        Ok(opened)
    }

    /// The scenario under some changes, and the files that were read for it.
    ///
    /// # Errors
    /// Everything that is wrong with the file and the changes; or standard output is what is read.
    pub fn case(&self, changes: &Changes, terminal: &Terminal) -> Result<(Case<'_>, Inputs), Failure> {
        let case = self.session.case(changes);
        // Nothing is printed into what is read, not even what is wrong with it.
        let inputs = self.inputs(terminal);
        Ok((case?, inputs?))
    }

    fn inputs(&self, terminal: &Terminal) -> Result<Inputs, Failure> {
        let mut inputs = Inputs::default();
        inputs.add(&self.path);
        let folder = self.folder.iter();
        folder.for_each(|folder| self.read.borrow().iter().for_each(|name| inputs.add(&folder.join(name))));
        inputs.spare(terminal)?;
        Ok(inputs)
    }
}

//! A command inside another program: what it reads is held there, and what it says is kept.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::{Arc, Mutex};

use super::files::Input;
use super::interrupt::Interrupt;
use super::reply::Reply;

/// What stands in place of a terminal.
#[derive(Clone, Debug, Default)]
pub struct Held {
    /// What is read in place of the files with these names.
    pub inputs: BTreeMap<PathBuf, Input>,
    /// What may end the command.
    pub interrupt: Interrupt,
    /// What stands in place of standard input.
    pub fed: Option<Vec<u8>>,
    /// What is written to standard output besides the answer.
    pub output: Output,
    reply: Rc<RefCell<Reply>>,
}

impl Held {
    /// In place of a terminal, nothing said yet.
    pub fn new(inputs: BTreeMap<PathBuf, Input>, interrupt: Interrupt) -> Held {
        Held { inputs, interrupt, ..Held::default() }
    }

    /// What is read in place of the file that `path` names.
    pub fn input(&self, path: &Path) -> Option<Input> {
        self.inputs.get(path).cloned()
    }

    /// Keeps something of what is said.
    pub fn keep(&self, fill: impl FnOnce(&mut Reply)) {
        fill(&mut self.reply.borrow_mut());
    }

    /// All that was said, and whether every claim holds that was tested.
    pub fn reply(&self, agrees: bool) -> Reply {
        Reply { agrees, output: self.output.bytes(), ..self.reply.borrow().clone() }
    }
}

/// Bytes in memory, in place of standard output.
#[derive(Clone, Debug, Default)]
pub struct Output(Arc<Mutex<Vec<u8>>>);

impl Output {
    fn bytes(&self) -> Vec<u8> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(|poisoned| poisoned.into_inner()))
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

//! Ctrl-C.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::failure::Failure;
use crate::simulation::Watch;

/// Turns Ctrl-C into a request to end, so that nothing half-written stays behind.
#[derive(Clone, Debug, Default)]
pub struct Interrupt {
    /// What a run looks at.
    pub watch: Arc<Watch>,
    asked: Arc<AtomicBool>,
}

impl Interrupt {
    /// Listens from now on. If the machine does not let it, Ctrl-C ends the command at once, as always.
    pub fn listen() -> Interrupt {
        let interrupt = Interrupt::default();
        let heard = interrupt.clone();
        let _ = ctrlc::set_handler(move || {
            heard.asked.store(true, Ordering::SeqCst);
            heard.watch.interrupt();
        });
        interrupt
    }

    /// Ends the command if Ctrl-C was pressed.
    ///
    /// # Errors
    /// It was.
    pub fn check(&self) -> Result<(), Failure> {
        if self.asked.load(Ordering::SeqCst) { Err(Failure::Interrupted) } else { Ok(()) }
    }
}

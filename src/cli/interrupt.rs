//! Ctrl-C, and what ends a command in its manner: SIGTERM, as `timeout` sends it, and SIGHUP of a terminal that is closed.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::failure::Failure;
use crate::simulation::Watch;

/// Turns them into a request to end, so that nothing half-written stays behind.
#[derive(Clone, Debug, Default)]
pub struct Interrupt {
    /// What a run looks at.
    pub watch: Arc<Watch>,
    asked: Arc<AtomicBool>,
    at_once: Arc<AtomicBool>,
}

/// The exit code of a command that Ctrl-C ended.
pub const INTERRUPTED: u8 = 130;

impl Interrupt {
    /// Listens from now on, over work that may take so much memory, in bytes. If the machine does not let it, Ctrl-C ends the
    /// command at once, as always. A command that is to outlive its terminal, as under `nohup`, is left alone: listening would
    /// make it end with the terminal.
    pub fn listen(memory: u64) -> Interrupt {
        let watch = Arc::new(Watch::within(memory));
        let interrupt = Interrupt { watch, ..Interrupt::default() };
        if outlives_terminal() {
            return interrupt;
        }
        let heard = interrupt.clone();
        let _ = ctrlc::set_handler(move || {
            if heard.asked.swap(true, Ordering::SeqCst) || heard.at_once.load(Ordering::SeqCst) {
                std::process::exit(INTERRUPTED.into());
            }
            heard.watch.interrupt();
        });
        interrupt
    }

    /// Does something that may wait for others, such as the reader of a pipe, and leaves nothing to be cleaned up: while it
    /// lasts, Ctrl-C ends the command on the spot. Elsewhere the second Ctrl-C does.
    pub fn at_once<T>(&self, action: impl FnOnce() -> T) -> T {
        self.at_once.store(true, Ordering::SeqCst);
        let done = action();
        self.at_once.store(false, Ordering::SeqCst);
        done
    }

    /// Ends the command if Ctrl-C was pressed.
    ///
    /// # Errors
    /// It was.
    pub fn check(&self) -> Result<(), Failure> {
        if self.asked.load(Ordering::SeqCst) { Err(Failure::Interrupted) } else { Ok(()) }
    }
}

/// Whether SIGHUP, the first signal, is ignored, where the system tells.
fn outlives_terminal() -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    ignored.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).is_some_and(|mask| mask & 1 != 0)
}

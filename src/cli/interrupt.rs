//! Ctrl-C, and what ends a command in its manner: SIGTERM, as `timeout` sends it, and SIGHUP of a terminal that is closed.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use super::failure::Failure;
use crate::simulation::Watch;

/// Turns them into a request to end, so that nothing half-written stays behind.
#[derive(Clone, Debug, Default)]
pub struct Interrupt {
    /// What a run looks at.
    pub watch: Arc<Watch>,
    asked: Arc<AtomicBool>,
    at_once: Arc<AtomicBool>,
    /// Held while files are written; whether any were.
    written: Arc<Mutex<bool>>,
}

/// The exit code of a command that Ctrl-C ended.
pub const INTERRUPTED: u8 = 130;

/// What is said of it.
pub const NOTHING_WRITTEN: &str = "interrupted: nothing was written\n";

/// How long a command has to stop by itself. A file of megabytes that is read, or a gigabyte of memory that is given back, may take longer.
const GRACE: Duration = Duration::from_millis(150);

/// Whether it was said that the command was interrupted: by the command itself, or in its place.
static SAID: AtomicBool = AtomicBool::new(false);

/// Whether nobody has said yet that the command was interrupted; who asks is to say it.
pub fn is_first_to_say() -> bool {
    !SAID.swap(true, Ordering::SeqCst)
}

impl Interrupt {
    /// Listens to nothing but [`stop`](Interrupt::stop), over work that may take so much memory, in bytes.
    pub fn within(memory: u64) -> Interrupt {
        Interrupt { watch: Arc::new(Watch::within(memory)), ..Interrupt::default() }
    }

    /// Asks what it watches to end at the next chance.
    pub fn stop(&self) {
        self.asked.store(true, Ordering::SeqCst);
        self.watch.interrupt();
    }

    /// Listens from now on, over work that may take so much memory, in bytes, and says aloud that the command was interrupted, or
    /// not. If the machine does not let it, Ctrl-C ends the command at once, as always. A command that is to outlive its terminal, as
    /// under `nohup`, is left alone: listening would make it end with the terminal.
    pub fn listen(memory: u64, is_loud: bool) -> Interrupt {
        let interrupt = Interrupt::within(memory);
        if outlives_terminal() {
            return interrupt;
        }
        let heard = interrupt.clone();
        let _ = ctrlc::set_handler(move || {
            if heard.asked.swap(true, Ordering::SeqCst) || heard.at_once.load(Ordering::SeqCst) {
                std::process::exit(INTERRUPTED.into());
            }
            heard.watch.interrupt();
            let (written, is_loud) = (heard.written.clone(), is_loud);
            // Where there is no thread to be had, the command stops when it comes to it.
            let _ = thread::Builder::new().spawn(move || end_after_grace(&written, is_loud));
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

    /// Writes files, which leaves something to be cleaned up: meanwhile, and once something is written, Ctrl-C waits for the command
    /// to stop by itself.
    pub fn tidily<T>(&self, action: impl FnOnce() -> T) -> T {
        let mut written = self.written.lock().unwrap_or_else(|poisoned| poisoned.into_inner());
        let done = action();
        *written = true;
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

/// Ends the command in its place where it has not stopped in time, unless files are being written or were.
fn end_after_grace(written: &Mutex<bool>, is_loud: bool) {
    thread::sleep(GRACE);
    // Held to the end, so that no writing begins.
    if let Ok(false) = written.try_lock().as_deref() {
        if is_first_to_say() && is_loud {
            eprint!("{NOTHING_WRITTEN}");
        }
        std::process::exit(INTERRUPTED.into());
    }
}

/// Whether SIGHUP, the first signal, is ignored, where the system tells.
fn outlives_terminal() -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    ignored.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).is_some_and(|mask| mask & 1 != 0)
}

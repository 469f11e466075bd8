//! A sign of life on a terminal, for anything over a second.

use std::sync::Arc;
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::terminal::Terminal;
use crate::diagnostic::number::count;
use crate::simulation::Watch;

/// How long nothing is shown.
const PATIENCE: Duration = Duration::from_secs(1);
/// How often the bar moves.
const STEP: Duration = Duration::from_millis(100);

/// Shows progress until dropped.
pub struct Progress {
    end: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Progress {
    /// Follows a run of at most `most` draws, if somebody looks; `fixed` says that it makes them all.
    pub fn start(terminal: &Terminal, watch: &Arc<Watch>, most: u64, fixed: bool) -> Progress {
        if !terminal.is_watched() {
            return Progress { end: None, thread: None };
        }
        let (end, ended) = mpsc::channel();
        let watch = Arc::clone(watch);
        let thread = thread::spawn(move || {
            if ended.recv_timeout(PATIENCE) != Err(RecvTimeoutError::Timeout) {
                return;
            }
            let bar = bar(most, fixed);
            while ended.recv_timeout(STEP) == Err(RecvTimeoutError::Timeout) {
                bar.set_position(watch.done());
                bar.set_message(count(watch.done()));
                bar.tick();
            }
            bar.finish_and_clear();
        });
        Progress { end: Some(end), thread: Some(thread) }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        drop(self.end.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn bar(most: u64, fixed: bool) -> ProgressBar {
    let bar = match fixed {
        true => ProgressBar::new(most),
        false => ProgressBar::new_spinner(),
    };
    bar.set_draw_target(ProgressDrawTarget::stderr());
    let template =
        if fixed { "{bar:40} {msg} draws, {eta} left" } else { "{spinner} {msg} draws in {elapsed}" };
    match ProgressStyle::with_template(template) {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

//! The command, driven from outside: exit codes, what is printed, what is written.

#![allow(clippy::disallowed_methods)]
#![cfg(feature = "cli")]

#[path = "cli/answers.rs"]
mod answers;
#[path = "cli/compare.rs"]
mod compare;
#[path = "cli/desk.rs"]
mod desk;
#[path = "cli/evidence.rs"]
mod evidence;
#[path = "cli/failures.rs"]
mod failures;
#[cfg(target_os = "linux")]
#[path = "cli/faults.rs"]
mod faults;
#[path = "cli/folder.rs"]
mod folder;
#[path = "cli/hostile.rs"]
mod hostile;
#[path = "cli/importing.rs"]
mod importing;
#[path = "cli/joint.rs"]
mod joint;
#[cfg(unix)]
#[path = "cli/limits.rs"]
mod limits;
#[path = "cli/mistakes.rs"]
mod mistakes;
#[path = "cli/plot.rs"]
mod plot;
#[path = "cli/quantities.rs"]
mod quantities;
#[path = "cli/screens.rs"]
mod screens;
#[path = "cli/states.rs"]
mod states;
#[path = "cli/sweep.rs"]
mod sweep;
#[cfg(unix)]
#[path = "cli/writing.rs"]
mod writing;

//! The command, driven from outside: exit codes, what is printed, what is written.

#![allow(clippy::disallowed_methods)]
#![cfg(feature = "cli")]

mod answers;
mod batch;
mod call;
#[path = "../common/mod.rs"]
mod common;
mod compare;
mod desk;
mod evidence;
mod failures;
#[cfg(target_os = "linux")]
mod faults;
mod folder;
mod hostile;
mod importing;
mod joint;
#[cfg(unix)]
mod limits;
mod merging;
mod mistakes;
mod parts;
mod plot;
mod quantities;
mod screens;
mod shards;
mod states;
mod sweep;
#[cfg(unix)]
mod writing;

//! Whatever is written, reading it ends: with a result or with messages, never with a panic, an exhausted stack or a
//! wait. Test threads have stacks of 2 MB, a quarter of the main thread's.
//!
//! `by_hand/` holds what is known to be hard. Walks find what is not: each takes what is sound, and what is known to be wrong, changes
//! it by chance and holds what comes of it to what is promised. A case is known by its number, whatever the machine.
//!
//! `just fuzz 3600` walks on for an hour; `just fuzz-case scenarios 17` walks through one case again.

#![allow(clippy::disallowed_methods)]

mod by_hand;
#[path = "../tests/common/mod.rs"]
mod common;
mod corpus;
#[cfg(feature = "cli")]
#[path = "../tests/cli/desk.rs"]
#[allow(dead_code)]
mod desk;
#[cfg(feature = "cli")]
mod flags;
mod mutation;
mod networks;
mod parts;
mod reading;
mod scenarios;
mod walk;
mod words;

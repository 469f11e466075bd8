//! What questions find, against closed forms and a recount of all cases.

#![allow(clippy::disallowed_methods)]

#[path = "../common/mod.rs"]
mod common;
mod compare;
mod decide;
mod discover;
mod driver_shares;
mod drivers;
mod explain;
mod flip;
mod futures;
mod information;
mod joint;
mod sensitivity;
mod sweep;

//! What a file means: the probabilities of a model against closed forms, enumeration and a second opinion.

#![allow(clippy::disallowed_methods)]

mod association;
#[path = "../common/mod.rs"]
mod common;
mod correlated_events;
mod correlations;
mod cutset;
mod evidence;
mod grid;
mod import;
mod influence;
mod networks;
mod numbers;
mod oracles;
mod rounded;
mod rules;
mod second_opinion;
mod semantics;
mod shares;
mod theories;
mod trees;
mod variants;
mod worlds;

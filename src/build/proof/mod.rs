//! What can be proved of a model before any draw: bounds of values, what follows one draw, how heavy tails are, and rules that
//! exclude and exhaust each other.

pub mod affine;
pub mod bounds;
mod cells;
mod facts;
mod powers;
pub mod rules;
mod search;
pub mod support;
pub mod tails;
mod witness;

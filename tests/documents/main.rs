//! What is written for readers says what the program does: documents, messages, schemas and the scenarios that are shipped.

#![allow(clippy::disallowed_methods)]

mod article;
#[path = "../common/mod.rs"]
mod common;
mod diagnostics;
mod docs;
mod errors;
mod gallery;
mod output_format;
mod questions;
mod subjects;

//! `foretell` turns a qualitative text about the future into a probability model that can be run, questioned and checked
//! against the text.
//!
//! # The flow
//!
//! ```text
//!  text         syntax          meaning         what is asked       machine      numbers        answer       page       forms
//! SourceFile ─▶ Document ─────▶ Model ────────▶ Question::answer ─▶ Program ───▶ Estimates ──▶ Finding ───▶ Page ────▶ text markdown csv
//!         scenario::parse  build::build    worlds and queries  + settings   simulation::simulate      ::page     + pictures; Answer ─▶ json
//! ```
//!
//! Each arrow is a pure public function. A [`Session`](session::Session) goes the whole way: it opens a text, applies changes,
//! puts questions, and holds every answer to the same policies. What a question finds is plain data; what it reads as is a page,
//! which takes any form.
//!
//! ```
//! use foretell::analysis::run::Run;
//! use foretell::diagnostic::SourceFile;
//! use foretell::report::form::{json, markdown};
//! use foretell::report::paged::{Paged, View};
//! use foretell::session::{Changes, Session};
//! use foretell::simulation::Settings;
//!
//! let text = "
//!     [factors.unity]
//!     value = 'beta(6, 3)'
//!     [outcomes.passes]
//!     base    = 0.6
//!     weights = { unity = 3 }
//!     [outcomes.fails]
//!     base    = 0.4
//! ";
//! let session = Session::open(SourceFile::new("budget.toml", text), |name| Err(format!("there is no {name}")))?;
//! let as_it_is = session.case(&Changes::default())?.answer(&Run::default(), &Settings::default())?;
//! let split = Changes { set: vec!["unity=0.2".into()], ..Changes::default() };
//! let split = session.case(&split)?.answer(&Run::default(), &Settings::default())?;
//!
//! let [before, after] = [&as_it_is, &split].map(|answer| answer.finding.outcomes[0].probability);
//! assert!(before.value > after.value && before.half_width() < 0.001 && after.exact);
//!
//! let page = split.finding.page(&split.facts, View::NORMAL);
//! assert!(String::from_utf8_lossy(&markdown::render(&page)).contains("| passes |"));
//! assert!(json::render(&split).starts_with(b"{\n  \"foretell\": 2,"));
//! # Ok::<(), foretell::session::Failure>(())
//! ```
//!
//! A question of one's own is a type that implements [`Question`](analysis::Question): `examples/own_question.rs`.
//!
//! # The house
//!
//! Modules stand on floors, listed below from the ground up; one may use those of lower floors, and on its own floor those
//! before it. `docs/architecture.md` says what each floor knows, and a test holds it.

#![cfg_attr(test, allow(clippy::disallowed_methods))]

// Floor 0: ground.
pub mod diagnostic;
pub mod limits;
pub mod math;
// Floor 1: chance.
pub mod design;
pub mod distribution;
pub mod random;
pub mod statistics;
// Floor 2: language.
pub mod expression;
pub mod interchange;
pub mod scenario;
// Floor 3: meaning.
pub mod build;
pub mod model;
// Floor 4: machine.
pub mod program;
// Floor 5: engine.
pub mod simulation;
// Floor 6: questions.
pub mod analysis;
// Floor 7: the session.
pub mod session;
// Floor 8: pages.
#[cfg(feature = "charts")]
pub mod chart;
pub mod report;
// Floor 9: doors.
#[cfg(feature = "cli")]
pub mod cli;

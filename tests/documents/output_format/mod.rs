//! What programs read: every answer fits its schema, and `docs/output-format.md` describes every key.
//!
//! The tables of the document are written by this test: `just bless`.

#![allow(clippy::disallowed_methods)]

mod answers;
mod document;
mod fitting;

use std::fmt::Write;
use std::path::{Path, PathBuf};

use foretell::analysis::claims::{Check, CheckFinding};
use foretell::analysis::compare::CompareFinding;
use foretell::analysis::decide::DecideFinding;
use foretell::analysis::discover::{Discover, DiscoverFinding, Looking, Wanted};
use foretell::analysis::explain::ExplainFinding;
use foretell::analysis::flip::{FlipFinding, Flips};
use foretell::analysis::influence::{Influence, InfluenceFinding};
use foretell::analysis::information::{Information, InformationFinding};
use foretell::analysis::joint::{Aspect, Joint};
use foretell::analysis::run::{Run, RunFinding};
use foretell::analysis::sensitivity::{Sensitivity, SensitivityFinding};
use foretell::analysis::sweep::SweepFinding;
use foretell::analysis::update::{Update, UpdateFinding};
use foretell::analysis::worlds::WorldsFinding;
use foretell::diagnostic::{Diagnostics, SourceFile};
use foretell::model::{EventId, Model};
use foretell::report::form::{json, schema};
use foretell::report::mistakes::Mistakes;
use foretell::report::written::Written;
use foretell::session::{Answer, Case, Changes, Comparison, Failure, Session};
use foretell::simulation::{Rule, Settings};
use serde::Serialize;
use serde_json::{Map, Value};

use fitting::{assert_fits, misfits, resolve};

fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn value(answer: &impl Serialize) -> Value {
    serde_json::from_slice(&json::render(answer)).expect("JSON")
}

fn schema_of<T: schemars::JsonSchema>() -> Value {
    value(&schema::of::<T>())
}

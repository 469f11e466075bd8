//! What can go wrong in the library is an error like any other: it can be boxed, printed and handed on with `?`.

use std::error::Error;

use foretell::diagnostic::{Diagnostic, SourceFile};
use foretell::distribution::ParameterError;
use foretell::distribution::elicited::FitError;
use foretell::limits::Exceeded;
use foretell::program::{CompileError, Obstacle, Unholdable, UnknownNumber};
use foretell::session::{Changes, Session};
use foretell::simulation::{Interrupted, PartError};
use foretell::statistics::Misaligned;
use foretell::{analysis, session};

/// The types that stand as errors in public signatures. Of others, such as `String` for what an argument of the command line
/// should have been, nothing is public.
#[test]
fn every_public_error_is_one() {
    fn is_error<E: Error + Send + Sync + 'static>() {}
    is_error::<Diagnostic>();
    is_error::<ParameterError>();
    is_error::<FitError>();
    is_error::<Misaligned>();
    is_error::<Exceeded>();
    is_error::<CompileError>();
    is_error::<Obstacle>();
    is_error::<UnknownNumber>();
    is_error::<Unholdable>();
    is_error::<Interrupted>();
    is_error::<PartError>();
    is_error::<analysis::Failure>();
    is_error::<session::Failure>();
    #[cfg(feature = "charts")]
    is_error::<foretell::chart::ChartError>();
}

#[test]
fn a_failure_of_a_session_shows_places_and_hints() {
    let text = "[factors.oil]\nvalue = 'beta(2, 5)'\n[outcomes.up]\nweights = { oli = 2 }\n[outcomes.down]\n";
    let session =
        Session::open(SourceFile::new("oil.toml", text), |_| Err("no files here".into())).expect("a text");
    let failure = session.case(&Changes::default()).err().expect("a mistake");
    let shown = failure.to_string();
    assert!(shown.contains("oil.toml:4:13") && shown.contains("did you mean `oil`?"), "{shown}");
}

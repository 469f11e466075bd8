//! Which option is best, and what would it be worth to know more before one is taken?

mod asked;
mod basis;
mod bearing;
mod breaks;
mod finding;
mod given;
mod knowable;
mod order;
mod payoff;
mod policy;
mod separated;
mod sums;
mod ties;

pub use finding::{
    DecideFinding, DecisionFinding, InformationFinding, KnowableKind, LimitFinding, Method, OptionFinding,
    ResultFinding, TestFinding,
};

use super::round::{Inquiry, Told, Topic};
use super::{Answered, Failure, Question, Round, Study};
use crate::diagnostic::Diagnostic;
use asked::DecisionAsked;

/// What does each option pay, which is best, and what is it worth to know more?
#[derive(Clone, Debug, Default)]
pub struct Decide;

impl Question for Decide {
    type Finding = DecideFinding;

    fn answer(&self, study: &Study) -> Result<Answered<DecideFinding>, Failure> {
        if study.model.decisions.is_empty() {
            return Err(none().into());
        }
        Round::compile(&Decisions, study)?.draw()
    }
}

/// All decisions of a file.
struct Decisions;

impl Topic for Decisions {
    type Asked = Vec<DecisionAsked>;
    type Finding = DecideFinding;

    fn ask<'m>(&self, study: &Study<'m>, inquiry: &mut Inquiry<'m>) -> Vec<DecisionAsked> {
        study.model.decisions.iter().map(|one| DecisionAsked::ask(one, study.model, inquiry)).collect()
    }

    fn find(&self, asked: &Vec<DecisionAsked>, told: &Told) -> DecideFinding {
        let all = told.model().decisions.iter().zip(asked);
        DecideFinding { decisions: all.map(|(decision, asked)| asked.find(decision, told)).collect() }
    }
}

/// The error of a file without decisions.
fn none() -> Diagnostic {
    Diagnostic::error("no-decision", "the file has nothing to decide")
        .hint("say what can be done, and what each option pays under each outcome or as an expression:")
        .hint("[[decisions]]\nunit = \"EUR\"\noptions.act.payoff = 'if some_event then 100 else -20'\noptions.wait.payoff = 0")
}

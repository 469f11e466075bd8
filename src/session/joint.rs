//! `--joint a,b[,c]`: what is told jointly.

use crate::analysis::joint::{Aspect, Joint};
use crate::build;
use crate::diagnostic::number::count;
use crate::diagnostic::{Diagnostic, Diagnostics, Span, did_you_mean, list};
use crate::expression::{Comparison, Expr, Node};
use crate::model::{FactorId, Model, Named, OutcomeId, Term, TermKind, Variable};
use crate::scenario::{Attachments, Document, Override};

/// The words for the outcome and for the theory that is right.
const OUTCOME: &str = "outcome";
const THEORY: &str = "theory";

/// As many things as are told jointly, as many cells as a table has, and as many tables as an answer has.
const MOST_NAMES: usize = 3;
const MOST_CELLS: usize = 400;
const MOST_TABLES: usize = 8;

/// What was written of each thing.
type Written = Vec<(Expr, String)>;

/// What names and propositions stand for.
pub(super) struct Meant<'a> {
    pub(super) model: &'a Model,
    pub(super) document: &'a Document,
    pub(super) attachments: &'a Attachments,
    pub(super) overrides: &'a [Override],
}

impl Meant<'_> {
    /// The joint tables that are asked for; what is wrong with them goes into `found`.
    pub(super) fn all(&self, listed: &[Written], found: &mut Diagnostics) -> Vec<Joint> {
        if let Some(first) = listed.get(MOST_TABLES).and_then(|written| written.first()) {
            let message = format!("at most {MOST_TABLES} joint tables are told at once");
            found.push(
                error(message).at(first.0.span, "one too many").hint("ask for the others in a second run"),
            );
        }
        let mut joints = Vec::new();
        for written in listed.iter().take(MOST_TABLES) {
            match self.joint(written) {
                Ok(joint) => joints.push(joint),
                Err(problems) => found.extend(problems),
            }
        }
        joints
    }

    fn joint(&self, written: &Written) -> Result<Joint, Diagnostics> {
        number_of_names(written)?;
        let (mut of, mut found) = (Vec::new(), Diagnostics::new());
        for (expr, text) in written {
            match self.aspect(expr, text) {
                Ok(aspect) => of.push(aspect),
                Err(problems) => found.extend(problems),
            }
        }
        if !found.is_empty() {
            return Err(found);
        }
        let joint = Joint { of };
        different(written, &joint)?;
        size(written, &joint)?;
        Ok(joint)
    }

    /// What one name or proposition stands for.
    fn aspect(&self, expr: &Expr, text: &str) -> Result<Aspect, Diagnostics> {
        let model = self.model;
        match &expr.node {
            Node::Outcome if model.outcomes.is_empty() => Err(one(no_outcomes(expr.span))),
            Node::Outcome => Ok(Aspect::outcome(model)),
            Node::Name(name) if name == THEORY && model.has_theories() => Ok(Aspect::theory(model)),
            Node::Name(name) => self.name(name, expr.span).map_err(one),
            _ => self.proposition(expr, text),
        }
    }

    fn name(&self, name: &str, span: Span) -> Result<Aspect, Diagnostic> {
        let model = self.model;
        let variable = model.order.iter().find(|one| model.name(**one) == name);
        let outcome = model.outcomes.iter().position(|one| one.named.id == name);
        match (variable, outcome) {
            (Some(Variable::Category(id)), _) => Ok(Aspect::category(model, *id)),
            (Some(Variable::Event(id)), _) => Ok(Aspect::event(model, *id)),
            (Some(number), _) => Err(is_number(model, *number, span)),
            (None, Some(at)) => Ok(Aspect::one_outcome(model, OutcomeId(at))),
            (None, None) => Err(self.unknown(name, span)),
        }
    }

    fn unknown(&self, name: &str, span: Span) -> Diagnostic {
        let known = self.known();
        let hint = match did_you_mean(name, known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None if name == THEORY => "the file has no `[theories]`".into(),
            None => self.choice(),
        };
        let message = format!("no factor with states, event or outcome is called `{name}`");
        Diagnostic::error("unknown-name", message).at(span, "no such name in the file").hint(hint)
    }

    /// Everything that has a name.
    fn known(&self) -> Vec<&str> {
        let variables = self.model.order.iter().map(|one| self.model.name(*one));
        let outcomes = self.model.outcomes.iter().map(|one| one.named.id.as_str());
        let theory = self.model.has_theories().then_some(THEORY);
        variables.chain(outcomes).chain(theory).chain([OUTCOME]).collect()
    }

    /// What can be told jointly.
    fn choice(&self) -> String {
        let model = self.model;
        let has_states = |one: &&Variable| matches!(one, Variable::Category(_) | Variable::Event(_));
        let variables = model.order.iter().filter(has_states).map(|one| model.name(*one)).take(MOST_LISTED);
        let theory = model.has_theories().then_some(THEORY);
        let outcome = (!model.outcomes.is_empty()).then_some(OUTCOME);
        let names: Vec<&str> = variables.chain(theory).chain(outcome).collect();
        match names.is_empty() {
            true => "write propositions, as in --joint 'a > 0.6, b > 0.5'".into(),
            false => {
                format!(
                    "write {}, or a proposition, as in 'some_factor > 0.6'",
                    list(names.into_iter(), "or")
                )
            }
        }
    }

    fn proposition(&self, expr: &Expr, text: &str) -> Result<Aspect, Diagnostics> {
        let mut terms = build::propositions(self.document, self.attachments, self.overrides, &[expr])?;
        let is_so = terms.pop().unwrap_or_else(|| Term::constant(f64::NAN, expr.span));
        if let Some(factor) = self.never(&is_so) {
            let message = format!("that `{factor}` is exactly one number has probability 0");
            let hint = format!("write an interval, as in '{factor} > 0.4 and {factor} < 0.6'");
            return Err(one(error(message).at(expr.span, "this never holds").hint(hint)));
        }
        Ok(Aspect::truth(Named::new(text, Some(&self.label(expr, text)), None), is_so))
    }

    /// The factor that an equality of probability 0 is about.
    fn never(&self, term: &Term) -> Option<&str> {
        let TermKind::Compare(Comparison::Equal, a, b) = &term.kind else { return None };
        let (TermKind::Variable(Variable::Factor(FactorId(at))), Some(_)) = (&a.kind, b.as_constant()) else {
            return None;
        };
        let factor = &self.model.factors[*at];
        let is_continuous = factor.distribution.as_ref().is_some_and(|law| !law.has_atoms());
        is_continuous.then_some(factor.named.id.as_str())
    }

    /// What was written, with the label of what a plain comparison begins with in place of its name, and its unit behind the number.
    fn label(&self, expr: &Expr, text: &str) -> String {
        let Node::Compare(_, left, right) = &expr.node else { return text.into() };
        let (Node::Name(name), Node::Number(value)) = (&left.node, &right.node) else { return text.into() };
        let variable = self.model.order.iter().find(|one| self.model.name(**one) == name.as_str());
        match (variable, text.strip_prefix(name.as_str())) {
            (Some(variable), Some(rest)) => {
                let is_long = *value >= 1e4 && *value < 1e15 && *value == value.trunc();
                let sign =
                    rest.trim_end_matches(|one: char| one.is_ascii_digit() || matches!(one, '_' | '.'));
                let rest = if is_long { format!("{sign}{}", count(*value as u64)) } else { rest.into() };
                let unit = self.model.unit(name.as_str()).map(|unit| format!(" {unit}")).unwrap_or_default();
                format!("{}{rest}{unit}", self.model.label(*variable))
            }
            _ => text.into(),
        }
    }
}

/// As many names as are listed in a hint.
const MOST_LISTED: usize = 6;

fn error(message: impl Into<String>) -> Diagnostic {
    Diagnostic::error("joint", message)
}

fn one(problem: Diagnostic) -> Diagnostics {
    let mut list = Diagnostics::new();
    list.push(problem);
    list
}

/// From the first to the last of what was written.
fn whole(written: &Written) -> Span {
    let spans = || written.iter().map(|(expr, _)| expr.span);
    let first = spans().next().unwrap_or_default();
    Span { end: spans().next_back().unwrap_or(first).end, ..first }
}

fn number_of_names(written: &Written) -> Result<(), Diagnostics> {
    let problem = match written.len() {
        2..=MOST_NAMES => return Ok(()),
        0 | 1 => error("a joint table is of two or three things")
            .at(whole(written), "only one stands here")
            .hint("name another after a comma, as in --joint deal,outcome"),
        count => error(format!("a joint table is of at most {MOST_NAMES} things"))
            .at(whole(written), format!("these are {count}"))
            .hint("name two or three; learn the state of another with --given, or ask for several tables"),
    };
    Err(one(problem))
}

fn different(written: &Written, joint: &Joint) -> Result<(), Diagnostics> {
    for (at, aspect) in joint.of.iter().enumerate() {
        if joint.of[..at].iter().any(|other| other.named.id == aspect.named.id) {
            let message = format!("`{}` stands twice in a joint table", aspect.named.id);
            let problem = error(message).at(written[at].0.span, "named again");
            return Err(one(problem.hint("name each once")));
        }
    }
    Ok(())
}

fn size(written: &Written, joint: &Joint) -> Result<(), Diagnostics> {
    if joint.len() <= MOST_CELLS {
        return Ok(());
    }
    let states: Vec<String> =
        joint.of.iter().map(|one| format!("`{}` has {}", one.named.id, one.states.len())).collect();
    let message =
        format!("a joint table has at most {MOST_CELLS} cells, and this one would have {}", joint.len());
    let largest = joint.of.iter().max_by_key(|one| one.states.len());
    let example =
        largest.and_then(|one| Some(format!("{} == {}", one.named.id, one.states.first()?.named.id)));
    let hint = match example {
        Some(example) => format!("name fewer things, or a single state of one, as in '{example}'"),
        None => "name fewer things".into(),
    };
    let problem = error(message).at(whole(written), format!("of the states, {}", states.join(", ")));
    Err(one(problem.hint(hint)))
}

fn no_outcomes(span: Span) -> Diagnostic {
    error("the file has no outcomes")
        .at(span, "stands for nothing")
        .hint("name its events and factors with states")
}

fn is_number(model: &Model, variable: Variable, span: Span) -> Diagnostic {
    let name = model.name(variable);
    let middle = match variable {
        Variable::Factor(id) => model.factors[id.0].neutral,
        Variable::Derived(id) => model.derived[id.0].neutral,
        Variable::Event(_) | Variable::Category(_) => 0.5,
    };
    let number = crate::diagnostic::number::general(middle);
    error(format!("`{name}` is a number, and has no states"))
        .at(span, "may be anything in between")
        .hint(format!("write a comparison with it, as in '{name} > {number}'"))
}

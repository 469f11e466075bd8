//! A formula as the file has it, and with the values of one future put in.

use schemars::JsonSchema;
use serde::Serialize;

use crate::analysis::futures::Future;
use crate::diagnostic::{Excerpt, Sources, Span};
use crate::expression;
use crate::model::{CategoryId, Model, Term, TermKind, Variable};

/// A value that is put into a formula.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct PutIn {
    /// The name that it stands for, or what is drawn.
    pub name: String,
    /// The number; null where it is a state.
    pub value: Option<f64>,
    /// What stands in the formula.
    pub state: String,
    /// Whether it is drawn.
    pub is_draw: bool,
}

/// A formula in words: as it was written, with values, and which values these are.
pub(super) struct Written {
    pub(super) expression: String,
    pub(super) put_in: String,
    pub(super) with: Vec<PutIn>,
}

/// Something of a formula that has a value of its own.
struct Part {
    span: Span,
    name: String,
    /// What stands in its place, with all digits.
    value: String,
    number: Option<f64>,
    /// Whether it is drawn.
    is_draw: bool,
}

/// How a formula was written, and what it is in a future.
pub(super) fn written(term: &Term, future: &Future, model: &Model, sources: &Sources) -> Written {
    let whole = whole(term);
    let mut parts = parts(term, future, model, sources);
    parts.sort_by_key(|one| (one.span.start, std::cmp::Reverse(one.span.end)));
    let text = sources.text(whole);
    let (mut put_in, mut at) = (String::new(), whole.start);
    for part in &parts {
        let is_inside = part.span.source == whole.source && part.span.end <= whole.end;
        // What is drawn swallows its parameters; what is chosen by a table has no place of its own.
        let is_named = part.is_draw || sources.text(part.span) == part.name;
        if is_inside && is_named && part.span.start >= at {
            put_in.push_str(sources.text(Span { start: at, end: part.span.start, ..whole }));
            put_in.push_str(&part.value);
            at = part.span.end;
        }
    }
    put_in.push_str(sources.text(Span { start: at, ..whole }));
    // What a table of causes says is no expression: its number stands for it.
    if expression::parse(&Excerpt::verbatim(whole.source, 0, put_in.as_str())).is_err() {
        put_in = future.value(term).to_string();
    }
    let mut with: Vec<PutIn> = Vec::new();
    for part in parts {
        if with.iter().all(|one| one.name != part.name || part.is_draw) {
            with.push(PutIn {
                name: part.name,
                value: part.number,
                state: part.value,
                is_draw: part.is_draw,
            });
        }
    }
    Written { expression: text.to_string(), put_in, with }
}

/// From the first to the last letter of a formula.
fn whole(term: &Term) -> Span {
    let mut whole = term.span;
    term.walk(&mut |one| {
        if one.span.source == whole.source && one.span != Span::default() {
            whole =
                Span { start: whole.start.min(one.span.start), end: whole.end.max(one.span.end), ..whole };
        }
    });
    whole
}

fn parts(term: &Term, future: &Future, model: &Model, sources: &Sources) -> Vec<Part> {
    let mut found = Vec::new();
    term.walk(&mut |one| match &one.kind {
        TermKind::Variable(variable) => found.push(named(*variable, one.span, future, model)),
        TermKind::Is(id, _) => found.push(named(Variable::Category(*id), one.span, future, model)),
        TermKind::Table(lookup) => {
            found.extend(lookup.parents.iter().map(|(parent, _)| named(*parent, one.span, future, model)));
        }
        TermKind::Draw(id) => {
            let quantity = &model.quantities[id.0];
            let value = future.quantities[id.0];
            found.push(Part {
                span: quantity.span,
                name: sources.text(quantity.span).to_string(),
                value: value.to_string(),
                number: Some(value),
                is_draw: true,
            });
            quantity
                .shape
                .parameters()
                .iter()
                .for_each(|one| found.extend(parts(one, future, model, sources)));
        }
        _ => {}
    });
    found
}

fn named(variable: Variable, span: Span, future: &Future, model: &Model) -> Part {
    let name = model.name(variable).to_string();
    let (value, number) = match variable {
        Variable::Category(CategoryId(at)) => {
            let state = future.categories[at].state;
            (model.categories[at].states[state].named.id.clone(), None)
        }
        Variable::Event(id) => ((future.events[id.0].state == 1).to_string(), None),
        Variable::Factor(_) | Variable::Derived(_) => {
            let value = future.variable(variable);
            // A negative number stands in brackets, so that what is before it keeps its meaning.
            (if value < 0.0 { format!("({value})") } else { value.to_string() }, Some(value))
        }
    };
    Part { span, name, value, number, is_draw: false }
}

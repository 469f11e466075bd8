//! What is compared, in words.

use crate::model::{Measure, Model, Term, TermKind, Variable};

/// The value that a cause is set to, in words.
pub(super) fn step(model: &Model, cause: Variable, value: f64) -> String {
    match cause {
        Variable::Event(_) => (value != 0.0).to_string(),
        Variable::Category(id) => model.categories[id.0].states[value as usize].named.id.clone(),
        Variable::Factor(_) | Variable::Derived(_) => short(value),
    }
}

fn short(value: f64) -> String {
    let digits = if value.abs() >= 100.0 { 0 } else { 2 };
    format!("{value:.digits$}")
}

/// A measure as it reads, such as `P(a) − P(b)` or `P(a) − 30 %`.
pub(super) fn describe(model: &Model, measure: &Measure) -> String {
    let mut text = String::new();
    for (factor, probability) in &measure.parts {
        let sign = if *factor < 0.0 { "−" } else { "+" };
        if !text.is_empty() {
            text.push_str(&format!(" {sign} "));
        } else if *factor < 0.0 {
            text.push('−');
        }
        if factor.abs() != 1.0 {
            text.push_str(&format!("{} ", factor.abs()));
        }
        let given = probability.given.as_ref().map(|term| format!(" | {}", words(model, term)));
        text.push_str(&format!("P({}{})", words(model, &probability.what), given.unwrap_or_default()));
    }
    if measure.constant != 0.0 {
        let sign = if measure.constant < 0.0 { "−" } else { "+" };
        let percent = (measure.constant.abs() * 1e6).round() / 1e4;
        text.push_str(&format!(" {sign} {percent} %"));
    }
    text
}

/// A proposition as it reads.
fn words(model: &Model, term: &Term) -> String {
    use crate::expression::{Binary, Unary};
    match &term.kind {
        TermKind::Outcome(id) => model.outcomes[id.0].named.id.clone(),
        TermKind::Theory(id) => format!("theory == {}", model.theories[id.0].named.id),
        TermKind::Variable(variable) => model.name(*variable).into(),
        TermKind::Is(id, state) => {
            let category = &model.categories[id.0];
            format!("{} == {}", category.named.id, category.states[*state].named.id)
        }
        TermKind::Constant(value) => format!("{value}"),
        TermKind::Unary(Unary::Not, one) => format!("not {}", words(model, one)),
        TermKind::Binary(Binary::And, a, b) => format!("{} and {}", words(model, a), words(model, b)),
        TermKind::Binary(Binary::Or, a, b) => format!("{} or {}", words(model, a), words(model, b)),
        TermKind::Compare(sign, a, b) => format!("{} {} {}", words(model, a), sign.symbol(), words(model, b)),
        _ => "…".into(),
    }
}

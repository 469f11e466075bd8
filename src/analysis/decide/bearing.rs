//! What hangs together with payoffs: to know anything else is worth nothing.

use std::collections::BTreeSet;

use crate::model::{Decision, Model, Term, TermKind, Variable, mentions};

/// Something that formulas name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Named {
    Variable(Variable),
    Outcome,
    Theory,
}

/// Everything that is joined to the payoffs of a decision by formulas, correlations or what was learned, in any direction.
pub(super) fn bearing(decision: &Decision, model: &Model) -> BTreeSet<Named> {
    let mut known: BTreeSet<Named> =
        decision.options.iter().flat_map(|one| named(&one.payoff, model)).collect();
    let mut open = links(model);
    loop {
        let (touching, apart): (Vec<_>, Vec<_>) =
            open.into_iter().partition(|link| link.iter().any(|one| known.contains(one)));
        if touching.is_empty() {
            return known;
        }
        known.extend(touching.into_iter().flatten());
        open = apart;
    }
}

/// What each formula joins.
fn links(model: &Model) -> Vec<BTreeSet<Named>> {
    let of_variable = |variable: &Variable| {
        let sources = model.formulas(*variable).into_iter().flat_map(|term| named(term, model));
        sources.chain([Named::Variable(*variable)]).collect()
    };
    let forms = model.theories.iter().filter(|one| one.weight > 0.0).flat_map(|one| one.form.terms());
    let outcome = forms.flat_map(|term| named(term, model)).chain([Named::Outcome, Named::Theory]).collect();
    let correlations = model.correlations.iter().map(|one| one.between.map(Named::Variable).into());
    let learned = model.given.iter().map(|term| named(term, model)).collect::<Vec<_>>();
    model.order.iter().map(of_variable).chain([outcome]).chain(correlations).chain(learned).collect()
}

/// What a formula names.
pub(super) fn named(term: &Term, model: &Model) -> BTreeSet<Named> {
    let mut found: BTreeSet<Named> = mentions(term, &model.quantities)
        .into_iter()
        .map(|(variable, _)| Named::Variable(variable))
        .collect();
    term.walk(&mut |one| match one.kind {
        TermKind::Outcome(_) => {
            found.insert(Named::Outcome);
        }
        TermKind::Theory(_) => {
            found.insert(Named::Theory);
        }
        _ => {}
    });
    found
}

/// Whether chance has a part in the value of a number, so that it has several in a draw.
pub(super) fn is_mixed(variable: Variable, model: &Model) -> bool {
    let (mut seen, mut open) = (BTreeSet::new(), vec![variable]);
    while let Some(one) = open.pop() {
        if matches!(one, Variable::Event(_) | Variable::Category(_)) {
            return true;
        }
        if seen.insert(one) {
            let sources = model.formulas(one).into_iter().flat_map(|term| mentions(term, &model.quantities));
            open.extend(sources.map(|(source, _)| source));
        }
    }
    false
}

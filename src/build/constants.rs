//! Overrides of numbers that are no expressions: they change the document before it is understood, so that the model is that of
//! the edited file.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::address;
use super::names::Names;
use crate::diagnostic::Diagnostics;
use crate::expression::{Expr, Node};
use crate::scenario::{Document, Override};

/// The document with what overrides put in the place of constants, and the other overrides. If anything can't be put there it
/// is reported, and the document stays the file's.
pub(super) fn replace<'a>(
    document: &'a Document,
    overrides: &'a [Override],
    names: &Names,
    found: &mut Diagnostics,
) -> (Cow<'a, Document>, Cow<'a, [Override]>) {
    if overrides.is_empty() {
        return (Cow::Borrowed(document), Cow::Borrowed(overrides));
    }
    let constants = constants(document);
    let (mut changes, mut others) = (Vec::new(), Vec::new());
    for change in overrides {
        let target = address::find(&change.address, names, document).ok();
        let own = target.and_then(|target| Some((constants.get(&target.value)?, target)));
        match own {
            Some((numbers, target)) if target.number.is_some_and(|at| at > numbers.numbers().len()) => {
                found.push(address::no_number(&change.address, &target, Some(numbers)));
            }
            Some((_, target)) => changes.push((target.value, target.number, change)),
            // An address that the file does not have is told with the others.
            None => others.push(change.clone()),
        }
    }
    if changes.is_empty() {
        return (Cow::Borrowed(document), Cow::Owned(others));
    }
    let changed = document.with_constants(&changes).map(Cow::Owned);
    let changed = changed.unwrap_or_else(|faults| {
        found.extend(faults);
        Cow::Borrowed(document)
    });
    (changed, Cow::Owned(others))
}

/// The numbers under each address, as a list.
fn constants(document: &Document) -> BTreeMap<String, Expr> {
    let mut found: BTreeMap<String, Expr> = BTreeMap::new();
    for (address, _, one) in document.constants() {
        let number = Expr { node: Node::Number(one.value), span: one.span };
        let list = Expr { node: Node::List(Vec::new()), span: one.span };
        if let Node::List(items) = &mut found.entry(address).or_insert(list).node {
            items.push(number);
        }
    }
    found
}

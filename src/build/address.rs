//! Addresses: which value of the file a name from outside means.

use super::names::{Meaning, Names};
use super::theory_word;
use crate::diagnostic::{Diagnostic, Diagnostics, Hint, Span, did_you_mean, list};
use crate::expression::{Expr, Ident};
use crate::model::Variable;
use crate::scenario::{self, CategoryChance, Document, Row};

/// A value, or one of the numbers in it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Target {
    /// The full address of the value.
    pub value: String,
    /// The number's position in the order of writing, from 1; `None` for the value as a whole.
    pub number: Option<usize>,
}

impl Target {
    /// What an address from outside means in a document, as after `--set`.
    ///
    /// # Errors
    /// An address that the document does not have, with those near by.
    pub fn of(written: &Ident, document: &Document) -> Result<Target, Diagnostic> {
        find(written, &Names::collect(document, &mut Diagnostics::new()), document)
    }
}

impl std::fmt::Display for Target {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str(&self.value)?;
        self.number.map_or(Ok(()), |number| write!(f, "@{number}"))
    }
}

/// What `written` means; a bare name means its value, and `@2` behind it the second number of that.
///
/// # Errors
/// An address that the file does not have. Whether the value has that many numbers is looked at elsewhere.
pub(super) fn find(written: &Ident, names: &Names, document: &Document) -> Result<Target, Diagnostic> {
    let Some((value, position)) = written.text.rsplit_once('@') else {
        return Ok(Target { value: full(written, names, document)?, number: None });
    };
    let text = value.trim_end();
    let span = written
        .span
        .of_name(&written.text)
        .map_or(written.span, |whole| Span { end: whole.start + text.len() as u32, ..whole });
    let owner = Ident { text: text.into(), span };
    let value = full(&owner, names, document)?;
    match position.trim().parse() {
        Ok(number) if number > 0 => Ok(Target { value, number: Some(number) }),
        _ => Err(uncounted(written, &value)),
    }
}

/// The full address that `written` means; a bare name means its value.
fn full(written: &Ident, names: &Names, document: &Document) -> Result<String, Diagnostic> {
    let full = match names.get(&written.text) {
        Some(Meaning::Variable(Variable::Factor(_))) => format!("factors.{}.value", written.text),
        Some(Meaning::Variable(Variable::Derived(_))) => format!("derived.{}.value", written.text),
        Some(Meaning::Variable(Variable::Event(_))) => {
            return Ok(format!("events.{}.probability", written.text));
        }
        Some(Meaning::Variable(Variable::Category(_))) => {
            return Ok(format!("factors.{}.state", written.text));
        }
        Some(Meaning::Outcome(_)) => return Err(outcome(written)),
        None => written.text.clone(),
    };
    let is_written = document.values().into_iter().any(|value| *value.address == *full);
    let is_cell = || document.cells().any(|cell| cell.address == full);
    if is_written || unwritten(document).contains(&full) || is_cell() {
        return Ok(full);
    }
    let values = document.values().into_iter().map(|value| value.address.clone());
    let known: Vec<String> = values.chain(document.constants().into_iter().map(|one| one.0)).collect();
    if known.contains(&full) || document.unreadable.contains(&full) {
        Ok(full)
    } else {
        Err(theory_word::renamed(document, written).unwrap_or_else(|| unknown(written, names, &known)))
    }
}

/// Addresses of what can be replaced whether the file writes it there or not.
fn unwritten(document: &Document) -> Vec<String> {
    let events = document.events.iter().flat_map(|one| {
        [format!("events.{}.probability", one.name.text), format!("events.{}.state", one.name.text)]
    });
    let states = document.categories.iter().map(|one| format!("factors.{}.state", one.name.text));
    let shares = document.categories.iter().flat_map(shares_of);
    let theories = document.theories.iter().map(theory_word::address);
    let which = document.theories.first().map(|_| theory_word::WORD.to_string());
    events.chain(states).chain(shares).chain(theories).chain(which).collect()
}

/// The addresses of the probabilities of a factor's states, plain and in each row of its table; also of a state that the
/// file leaves out, which takes the rest.
pub(super) fn shares_of(category: &scenario::Category) -> Vec<String> {
    let shares = |row: &Row| row.shares.path().map(String::from);
    let tables: Vec<String> = match &category.chance {
        Some(CategoryChance::Table(rows)) => rows.iter().filter_map(shares).collect(),
        Some(CategoryChance::Grid(grid)) => grid.rows().filter_map(|row| shares(&row)).collect(),
        _ => Vec::new(),
    };
    let path = format!("factors.{}", category.name.text);
    let groups = std::iter::once(format!("{path}.probabilities")).chain(tables);
    let states = |group: String| {
        let address = move |state: &Ident| format!("{group}.{}", state.text);
        category.states.iter().map(address).collect::<Vec<_>>()
    };
    groups.flat_map(states).collect()
}

fn outcome(written: &Ident) -> Diagnostic {
    let name = &written.text;
    Diagnostic::error(
        "override",
        format!("`{name}` is an outcome: it follows from the factors and can't be set"),
    )
    .at(written.span, "an outcome")
    .hint(format!("set what it depends on, or a part of it such as `outcomes.{name}.base`"))
}

fn unknown(written: &Ident, names: &Names, known: &[String]) -> Diagnostic {
    if !written.text.contains('.') {
        let admits = |named| matches!(named, Meaning::Variable(_));
        return names.unknown(written, "a factor, derived value or event", admits);
    }
    let siblings = siblings(&written.text, known);
    let hint: Hint = match did_you_mean(&written.text, known.iter().map(String::as_str)) {
        // The same place with another key is meant rather than another place with the same key.
        near if !siblings.is_empty() && !near.is_some_and(|near| siblings.contains(&near)) => {
            format!("there is {}", list(siblings, "and")).into()
        }
        Some(near) => near_address(written, near),
        None => "addresses look like `factors.NAME.value` or `outcomes.NAME.weights.NAME`".into(),
    };
    Diagnostic::error("unknown-name", format!("the file has no `{}`", written.text))
        .at(written.span, "no such address")
        .hint(hint)
}

/// A hint at an address, of which a key of TOML may hold the last part alone.
fn near_address(written: &Ident, near: &str) -> Hint {
    let hint = Hint::meant(written.span, &written.text, near);
    match (written.text.rsplit_once('.'), near.rsplit_once('.')) {
        (Some((path, last)), Some((other, new))) if path == other && hint.edits.is_empty() => {
            hint.renaming(written.span, last, new)
        }
        _ => hint,
    }
}

/// As many addresses as are listed of what stands beside one.
const MOST_SIBLINGS: usize = 4;

/// The addresses in the same part of the file, if they are few.
fn siblings<'k>(written: &str, known: &'k [String]) -> Vec<&'k str> {
    let Some((path, _)) = written.rsplit_once('.') else { return Vec::new() };
    let is_beside = |one: &&str| one.rsplit_once('.').is_some_and(|(own, _)| own == path);
    let found: Vec<&str> = known.iter().map(String::as_str).filter(is_beside).collect();
    if found.len() <= MOST_SIBLINGS { found } else { Vec::new() }
}

fn uncounted(written: &Ident, value: &str) -> Diagnostic {
    Diagnostic::error("unknown-number", "numbers are counted from 1, in the order of writing")
        .at(written.span, "not the position of a number")
        .hint(Hint::new(format!("write `{value}@1` for the first number of `{value}`")).renaming(
            written.span,
            &written.text,
            &format!("{value}@1"),
        ))
}

/// As many numbers as are listed in a hint.
const MOST_LISTED: usize = 8;

/// The error of a number that a value, as it stands, does not have.
pub(super) fn no_number(written: &Ident, target: &Target, value: Option<&Expr>) -> Diagnostic {
    let path = &target.value;
    let numbers = value.map(Expr::numbers).unwrap_or_default();
    let message = match numbers.len() {
        0 => format!("`{path}` states no number"),
        1 => format!("`{path}` states one number only"),
        count => format!("`{path}` states {count} numbers only"),
    };
    let error = Diagnostic::error("unknown-number", message).at(written.span, "no such number");
    let listed = |(at, (value, _)): (usize, &(f64, Span))| format!("`{path}@{}` is {value}", at + 1);
    let last = numbers.len().saturating_sub(MOST_LISTED);
    let all: Vec<String> = numbers.iter().enumerate().skip(last).map(listed).collect();
    match (value, all.is_empty()) {
        (_, false) => error.hint(all.join(", ")),
        (Some(_), true) => error.hint(format!("replace it whole, as in `{path}=0.5`")),
        (None, true) => error.hint(
            "numbers have the addresses of the values that the file writes, with `@1` and so on behind",
        ),
    }
}

//! Labels in place of names: what people call a thing can be written in flags where its name can.
//!
//! A name wins over a label; a label counts if exactly one thing has it, as it is written or, if none has it so, in letters of
//! any case. A thing without a label is called by its name, with spaces for underscores.

use super::changes::Changes;
use super::flags::flags;
use crate::diagnostic::{
    Diagnostic, Diagnostics, Excerpt, Hint, SourceFile, SourceId, Sources, Span, did_you_mean, list,
};
use crate::expression::{Comparison, Expr, Ident, Node};
use crate::model::{Model, Named, Variable};
use crate::scenario::{self, Document, Override};

/// A name and what people call it.
#[derive(Clone, Debug)]
pub(super) struct Called {
    id: String,
    label: String,
}

impl Called {
    pub(super) fn new(id: &str, label: Option<&str>) -> Called {
        Called { id: id.into(), label: label.map_or_else(|| id.replace('_', " "), String::from) }
    }

    pub(super) fn of(named: &Named) -> Called {
        Called { id: named.id.clone(), label: named.label.clone() }
    }

    /// All factors, derived values and events of a model.
    pub(super) fn variables(model: &Model) -> Vec<Called> {
        model.order.iter().map(|variable| Called::of(of(model, *variable))).collect()
    }

    /// The name and the label.
    pub(super) fn both(&self) -> [&str; 2] {
        [&self.id, &self.label]
    }
}

/// What something that is written stands for.
#[derive(Debug, PartialEq)]
pub(super) enum Found<'c> {
    One(&'c str),
    /// Several things have the label.
    Many(Vec<&'c str>),
    None,
}

pub(super) fn find<'c>(all: &'c [Called], written: &str) -> Found<'c> {
    let lower = written.to_lowercase();
    let tests: [&dyn Fn(&Called) -> bool; 3] =
        [&|one| one.id == written, &|one| one.label == written, &|one| {
            one.label.to_lowercase() == lower || one.id.to_lowercase() == lower
        }];
    for test in tests {
        let found: Vec<&str> = all.iter().filter(|one| test(one)).map(|one| one.id.as_str()).collect();
        match found[..] {
            [] => {}
            [only] => return Found::One(only),
            _ => return Found::Many(found),
        }
    }
    Found::None
}

/// What people call all things of a file, and the states of those that have states.
pub(super) struct Labels {
    things: Vec<Called>,
    outcomes: Vec<Called>,
    /// For each factor with states its name and its states.
    states: Vec<(String, Vec<Called>)>,
}

impl Labels {
    /// Those of a document.
    pub fn of(document: &Document) -> Labels {
        let called = |name: &Ident, label: &Option<String>| Called::new(&name.text, label.as_deref());
        let mut things: Vec<Called> =
            document.factors.iter().map(|one| called(&one.name, &one.label)).collect();
        things.extend(document.categories.iter().map(|one| called(&one.name, &one.label)));
        things.extend(document.derived.iter().map(|one| called(&one.name, &one.label)));
        things.extend(document.events.iter().map(|one| called(&one.name, &one.label)));
        let states = document.categories.iter().map(|one| {
            let label = |state: &Ident| one.state_labels.iter().find(|(name, _)| name.text == state.text);
            let state = |state: &Ident| Called::new(&state.text, label(state).map(|(_, text)| text.as_str()));
            (one.name.text.clone(), one.states.iter().map(state).collect())
        });
        let outcomes = document.outcomes.iter().map(|one| called(&one.name, &one.label)).collect();
        Labels { things, outcomes, states: states.collect() }
    }

    /// Reads what `--set` and `--given` say; problems go to `found`.
    pub fn read(
        &self,
        changes: &Changes,
        sources: &mut Sources,
        found: &mut Diagnostics,
    ) -> (Vec<Override>, Vec<Expr>) {
        let overrides = flags("--set", &changes.set, sources, found, |file, id| self.set(file, id));
        let given = flags("--given", &changes.given, sources, found, |file, id| self.given(file, id));
        (overrides, given)
    }

    /// Reads what was learned.
    ///
    /// # Errors
    /// It can't be read; a label that several things have.
    fn given(&self, file: &SourceFile, id: SourceId) -> Result<Expr, Diagnostic> {
        let mut expr = scenario::parse_given(file, id)?;
        self.rename(&mut expr, &file.text)?;
        Ok(expr)
    }

    /// Reads what is told jointly, with what was written of each.
    ///
    /// # Errors
    /// It can't be read; a label that several things have.
    pub fn listed(&self, file: &SourceFile, id: SourceId) -> Result<Vec<(Expr, String)>, Diagnostic> {
        let mut all = scenario::parse_list(file, id)?;
        all.iter_mut().try_for_each(|(expr, _)| self.rename(expr, &file.text))?;
        Ok(all)
    }

    /// Reads a value that is set.
    ///
    /// # Errors
    /// It can't be read; a label that several things have.
    fn set(&self, file: &SourceFile, id: SourceId) -> Result<Override, Diagnostic> {
        if let Some(change) = self.state_set(file, id)? {
            return Ok(change);
        }
        let mut change = scenario::parse_override(file, id)?;
        if let Some(name) = self.name(&change.address.text, change.address.span)? {
            change.address.text = name;
        }
        self.rename(&mut change.expr, &file.text)?;
        Ok(change)
    }

    /// `NAME=STATE`, where both may be labels and the state any text, which need be no expression.
    fn state_set(&self, file: &SourceFile, id: SourceId) -> Result<Option<Override>, Diagnostic> {
        let Some((name, value)) = file.text.split_once('=') else { return Ok(None) };
        let whole = Excerpt::verbatim(id, 0, file.text.as_str());
        let place = |text: &str, from: usize| {
            let start = from + text.len() - text.trim_start().len();
            whole.span(start..start + text.trim().len())
        };
        let (named, valued) = (place(name, 0), place(value, name.len() + 1));
        let Found::One(owner) = find(&self.things, name.trim()) else { return Ok(None) };
        let Some((_, states)) = self.states.iter().find(|(one, _)| one == owner) else { return Ok(None) };
        let written = value.trim();
        let state = match find(states, written.trim_matches('"')) {
            Found::One(state) => state,
            Found::Many(all) => return Err(ambiguous(written, valued, &all)),
            Found::None => return Ok(None),
        };
        Ok(Some(Override {
            address: Ident { text: owner.into(), span: named },
            expr: Expr { node: Node::Name(state.into()), span: valued },
        }))
    }

    /// The name of what is written, if that is a label; nothing if it is a name already, or neither.
    fn name(&self, written: &str, span: Span) -> Result<Option<String>, Diagnostic> {
        if self.outcomes.iter().any(|one| one.id == written) {
            return Ok(None);
        }
        match find(&self.things, written) {
            Found::One(id) => Ok((id != written).then(|| id.into())),
            Found::Many(all) => Err(ambiguous(written, span, &all)),
            Found::None => match find(&self.outcomes, written) {
                Found::One(id) => Ok(Some(id.into())),
                Found::Many(all) => Err(ambiguous(written, span, &all)),
                Found::None => Ok(None),
            },
        }
    }

    /// Puts names in place of labels.
    fn rename(&self, expr: &mut Expr, text: &str) -> Result<(), Diagnostic> {
        let span = expr.span;
        match &mut expr.node {
            Node::Name(written) => match self.name(written, span)? {
                Some(name) => *written = name,
                None => self.near(written, span)?,
            },
            Node::Text(written) => match self.name(written, span)? {
                Some(name) => expr.node = Node::Name(name),
                None if self.things.iter().chain(&self.outcomes).any(|one| one.id == *written) => {
                    expr.node = Node::Name(std::mem::take(written));
                }
                None => return Err(self.unknown(written, span)),
            },
            Node::Compare(Comparison::Equal | Comparison::NotEqual, a, b) => self.compared(a, b, text)?,
            Node::Unary(_, one) | Node::Is(one, ..) => self.rename(one, text)?,
            Node::Binary(_, a, b) | Node::Compare(_, a, b) | Node::Interval(a, b) => {
                self.rename(a, text)?;
                self.rename(b, text)?;
            }
            Node::If(parts) => parts.iter_mut().try_for_each(|one| self.rename(one, text))?,
            Node::List(all) => all.iter_mut().try_for_each(|one| self.rename(one, text))?,
            Node::Probability(what, given) => {
                self.rename(what, text)?;
                given.iter_mut().try_for_each(|one| self.rename(one, text))?;
            }
            // Arguments of functions: texts in them name files.
            Node::Call(_, arguments) => {
                for one in arguments.iter_mut().filter(|one| !matches!(one.value.node, Node::Text(_))) {
                    self.rename(&mut one.value, text)?;
                }
            }
            Node::Number(_) | Node::Truth(_) | Node::Outcome | Node::Loose(_) => {}
        }
        Ok(())
    }

    /// A comparison: of something with states with one of them, of outcomes with one of them, or of anything.
    fn compared(&self, a: &mut Expr, b: &mut Expr, text: &str) -> Result<(), Diagnostic> {
        for is_swapped in [false, true] {
            let (owner, state) = if is_swapped { (&mut *b, &mut *a) } else { (&mut *a, &mut *b) };
            if let Some(states) = self.states_of(owner)? {
                if let Node::Name(_) | Node::Text(_) = owner.node {
                    self.rename(owner, text)?;
                }
                return named_state(states, state, text);
            }
            // Theories are compared by their names.
            if matches!(&owner.node, Node::Name(name) if name == "theory") {
                return Ok(());
            }
        }
        self.rename(a, text)?;
        self.rename(b, text)
    }

    /// The states of what an expression names, if it has any.
    fn states_of(&self, expr: &Expr) -> Result<Option<&[Called]>, Diagnostic> {
        let written = match &expr.node {
            Node::Outcome => return Ok(Some(&self.outcomes)),
            Node::Name(written) | Node::Text(written) => written,
            _ => return Ok(None),
        };
        Ok(match find(&self.things, written) {
            Found::One(id) => self.states.iter().find(|(one, _)| one == id).map(|(_, states)| &states[..]),
            Found::Many(all) => return Err(ambiguous(written, expr.span, &all)),
            Found::None => None,
        })
    }

    /// The error of a name that is none, if a label is near to it and no name is.
    fn near(&self, written: &str, span: Span) -> Result<(), Diagnostic> {
        let ids = || self.things.iter().chain(&self.outcomes).map(|one| one.id.as_str());
        if ids().any(|one| one == written) || did_you_mean(written, ids()).is_some() {
            return Ok(());
        }
        let labels = self.things.iter().map(|one| one.label.as_str());
        match did_you_mean(written, labels) {
            Some(_) => Err(self.unknown(written, span)),
            None => Ok(()),
        }
    }

    fn unknown(&self, written: &str, span: Span) -> Diagnostic {
        Diagnostic::error("unknown-name", format!("nothing is called `{written}`"))
            .at(span, "neither a name of the file nor a label")
            .hint(suggestion(&self.things, written, span))
    }
}

/// The state that is written, by its name or its label, as a text, a word or a number.
fn named_state(states: &[Called], written: &mut Expr, text: &str) -> Result<(), Diagnostic> {
    let said = match &written.node {
        Node::Name(said) | Node::Text(said) => said.clone(),
        Node::Number(_) | Node::Truth(_) | Node::Unary(..) => {
            text.get(written.span.range()).unwrap_or_default().to_string()
        }
        _ => return Ok(()),
    };
    match find(states, &said) {
        Found::One(state) => written.node = Node::Name(state.into()),
        Found::Many(all) => return Err(ambiguous(&said, written.span, &all)),
        // What it is not is said where the states are known; of a text it would be that it is none.
        Found::None if matches!(written.node, Node::Text(_)) => {
            return Err(Diagnostic::error("unknown-state", format!("no state is called `{said}`"))
                .at(written.span, "none of the states")
                .hint(suggestion(states, &said, written.span)));
        }
        Found::None => {}
    }
    Ok(())
}

fn ambiguous(written: &str, span: Span, all: &[&str]) -> Diagnostic {
    let names = list(all.iter().copied(), "and");
    Diagnostic::error(
        "unknown-name",
        format!("`{}` is what several things are called", written.trim_matches('"')),
    )
    .at(span, format!("the label of {names}"))
    .hint(format!("write the name of the one that is meant: {}", list(all.iter().copied(), "or")))
}

/// What was probably meant, among names and labels.
fn suggestion(all: &[Called], written: &str, span: Span) -> Hint {
    let near = did_you_mean(written, all.iter().flat_map(|one| [one.id.as_str(), one.label.as_str()]));
    let meant = near.and_then(|near| all.iter().find(|one| one.id == near || one.label == near));
    match meant {
        Some(one) if one.label == one.id || one.label == one.id.replace('_', " ") => {
            Hint::new(format!("did you mean `{}`?", one.id)).edit(span, one.id.as_str())
        }
        Some(one) => Hint::new(format!("did you mean \"{}\", which is `{}`?", one.label, one.id))
            .edit(span, one.id.as_str()),
        None => {
            let names: Vec<&str> = all.iter().take(6).map(|one| one.id.as_str()).collect();
            let more = if all.len() > 6 { ", and others" } else { "" };
            match names.is_empty() {
                true => "the file names nothing".into(),
                false => format!("names are {}{more}", list(names, "and")).into(),
            }
        }
    }
}

/// What a variable is called.
fn of(model: &Model, variable: Variable) -> &Named {
    match variable {
        Variable::Factor(id) => &model.factors[id.0].named,
        Variable::Category(id) => &model.categories[id.0].named,
        Variable::Derived(id) => &model.derived[id.0].named,
        Variable::Event(id) => &model.events[id.0].named,
    }
}

/// The name of one of some things by its name or its label; nothing if none has it.
///
/// # Errors
/// Several have the label.
pub(super) fn named(all: &[Called], written: &str, span: Span) -> Result<Option<String>, Diagnostic> {
    match find(all, written) {
        Found::One(id) => Ok(Some(id.into())),
        Found::Many(many) => Err(ambiguous(written, span, &many)),
        Found::None => Ok(None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels() -> Labels {
        let text = r#"
            [factors.storm]
            label = "Wind & rain"
            states = ["is_true", "s_5", "no"]
            state_labels = { is_true = "true", s_5 = "5", no = "No!" }
            probabilities = { is_true = 0.2, s_5 = 0.3 }
            [factors.a]
            label = "Twin"
            value = 'uniform(0, 1)'
            [factors.b]
            label = "twin"
            value = 'uniform(0, 1)'
            [factors.twin]
            label = "Other"
            value = 'uniform(0, 1)'
            [events.deal]
            label = "A deal"
            probability = 0.5
            [outcomes.up]
            label = "It rises"
            [outcomes.down]
        "#;
        let (document, found) = scenario::parse(&SourceFile::new("x.toml", text));
        assert!(!found.has_errors(), "{found:?}");
        Labels::of(&document)
    }

    fn given(text: &str) -> Result<Expr, Diagnostic> {
        labels().given(&SourceFile::new("--given", text), SourceId(1))
    }

    /// What is read of it, as what is read of the names would be, whatever the places.
    fn shown(expr: Expr) -> String {
        let text = format!("{expr:?}");
        let mut found = String::new();
        let mut rest = text.as_str();
        while let Some((before, behind)) = rest.split_once("span: ") {
            found.push_str(before);
            rest = behind.split_once(" }").map_or("", |(_, rest)| rest);
        }
        found + rest
    }

    #[test]
    fn labels_mean_what_names_mean() {
        for (label, name) in [
            ("\"Wind & rain\" == \"No!\"", "storm == no"),
            ("\"wind & RAIN\" == \"no!\"", "storm == no"),
            ("storm == true and not Storm == 5", "storm == is_true and not storm == s_5"),
            ("STORM != NO or \"A deal\"", "storm != no or deal"),
            ("Deal and outcome == \"it rises\"", "deal and outcome == up"),
            ("twin > 0.5 and Other < 1 and Twin > 0", "twin > 0.5 and twin < 1 and a > 0"),
        ] {
            assert_eq!(shown(given(label).expect(label)), shown(given(name).expect(name)), "{label}");
        }
        // What is written otherwise is read otherwise.
        assert_ne!(shown(given("storm == no").unwrap()), shown(given("storm == s_5").unwrap()));
    }

    #[test]
    fn what_is_no_label_is_refused() {
        for (text, part) in [
            ("TWIN > 0.5", "the label of"),
            ("\"A dael\"", "which is `deal`"),
            ("storm == \"Nö!\"", "which is `no`"),
        ] {
            let problem = given(text).expect_err(text);
            let all = format!("{problem:?}");
            assert!(all.contains(part), "{text}: {all}");
        }
    }

    #[test]
    fn values_are_set_by_labels() {
        let set = |text: &str| labels().set(&SourceFile::new("--set", text), SourceId(1)).expect(text);
        for text in ["storm=no", "Wind & rain=No!", "Storm = \"no!\"", "wind & rain= NO"] {
            let change = set(text);
            assert_eq!(
                (change.address.text.as_str(), &change.expr.node),
                ("storm", &Node::Name("no".into())),
                "{text}"
            );
            assert_eq!(&text[change.address.span.range()].to_lowercase()[..1], &text[..1].to_lowercase());
        }
        assert_eq!(set("A deal=0.3").address.text, "deal");
        assert_eq!(set("storm=5").expr.node, Node::Name("s_5".into()));
        assert_eq!(set("outcomes.up.base=0.3").address.text, "outcomes.up.base");
    }
}

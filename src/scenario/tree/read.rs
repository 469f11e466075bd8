//! From TOML to a tree.

use std::collections::BTreeMap;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::branch::{Branch, Node, Tree, Value};
use super::identity;
use crate::diagnostic::{SourceFile, SourceId, Span};
use crate::expression::{self, Ident};
use crate::scenario::grid::Grid;
use crate::scenario::row::{Choice, Row};
use crate::scenario::{text, value};

impl Tree {
    /// The tree of a file, as far as it is TOML.
    ///
    /// ```
    /// use foretell::diagnostic::{SourceFile, SourceId};
    /// use foretell::scenario::{Bearing, Tree};
    /// let tree = |text: &str| Tree::read(&SourceFile::new("x.toml", text), SourceId::FILE);
    /// let (one, other) = (tree("[factors.oil]\nvalue = 0.50 # so\n"), tree("factors = { oil = { value = 0.6 } }"));
    /// let edits = one.edits(&other, &Bearing::default());
    /// assert_eq!(edits[0].address, "factors.oil.value");
    /// assert_eq!(edits[0].before.as_ref().map(|part| part.text.as_str()), Some("0.50"));
    /// assert!(one.edits(&tree("[factors.oil]\nvalue = 0.5"), &Bearing::default()).is_empty());
    /// ```
    pub fn read(file: &SourceFile, source: SourceId) -> Tree {
        let (root, _) = DeTable::parse_recoverable(&file.text);
        let reading = Reading { text: &file.text, source };
        Tree { root: reading.table(root.get_ref(), &[]) }
    }
}

struct Reading<'a> {
    text: &'a str,
    source: SourceId,
}

impl Reading<'_> {
    fn table(&self, table: &DeTable, path: &[&str]) -> Node {
        let branch = |(key, value): (&Spanned<std::borrow::Cow<str>>, &Spanned<DeValue>)| {
            let name = key.get_ref().as_ref();
            Branch {
                key: name.into(),
                address: name.into(),
                span: Span::new(self.source, key.span()),
                node: self.node(value, &[path, &[name]].concat()),
            }
        };
        Node::Table(table.iter().map(branch).collect())
    }

    fn node(&self, value: &Spanned<DeValue>, path: &[&str]) -> Node {
        match value.get_ref() {
            DeValue::Table(table) => self.table(table, path),
            DeValue::Array(items) if is_list(items) => self.list(items, path),
            DeValue::String(_) => self.grid(value, path).unwrap_or_else(|| Node::Value(self.value(value))),
            _ => Node::Value(self.value(value)),
        }
    }

    /// A table that is written as a text, as the rows that it stands for.
    fn grid(&self, value: &Spanned<DeValue>, path: &[&str]) -> Option<Node> {
        let [section @ ("factors" | "events"), _, "table"] = path else { return None };
        let text = text::decode(self.source, self.text, value.span().start, value.span().end);
        let grid = Grid::read(&text, path.join("."), *section == "events").ok()?;
        let rows = grid.rows().map(|row| (self.row(&row, *section == "events"), row.span));
        Some(listed(rows, path))
    }

    fn row(&self, row: &Row, is_of_event: bool) -> Node {
        let value =
            |text: &str, meaning: String, span: Span| Node::Value(Value { text: text.into(), meaning, span });
        let branch =
            |key: &str, span: Span, node: Node| Branch { key: key.into(), address: key.into(), span, node };
        let said = |span: Span| self.text.get(span.range()).unwrap_or_default();
        let state = |one: &Ident| match one.text.as_str() {
            truth @ ("true" | "false") => (truth.to_string(), truth.to_string()),
            name => (format!("\"{name}\""), format!("'{name}'")),
        };
        let choice = |one: &Choice| {
            let states: Vec<(String, String)> = one.states.iter().map(state).collect();
            let (texts, meanings): (Vec<String>, Vec<String>) = states.into_iter().unzip();
            let (text, meaning) = match &texts[..] {
                [_] => (texts.concat(), meanings.concat()),
                _ => (format!("[{}]", texts.join(", ")), format!("[{}]", meanings.join(","))),
            };
            branch(&one.parent.text, one.parent.span, value(&text, meaning, one.states[0].span))
        };
        let when = match &row.when {
            Some(when) => branch("when", row.span, Node::Table(when.iter().map(choice).collect())),
            None => branch("else", row.span, value("true", "true".into(), row.span)),
        };
        let number = |(state, cell): &(Ident, value::Value)| {
            let meaning = match cell.expr.node {
                expression::Node::Number(value) => number(value),
                _ => format!("'{}'", tight(said(cell.expr.span))),
            };
            branch(&state.text, state.span, value(said(cell.expr.span), meaning, cell.expr.span))
        };
        let mut numbers: Vec<Branch> = row.shares.entries.iter().map(number).collect();
        let probabilities = match numbers.pop() {
            Some(only) if is_of_event => {
                Branch { key: "probability".into(), address: "probability".into(), ..only }
            }
            last => branch("probabilities", row.span, Node::Table(numbers.into_iter().chain(last).collect())),
        };
        Node::Table(vec![when, probabilities])
    }

    fn list(&self, items: &[Spanned<DeValue>], path: &[&str]) -> Node {
        let nodes = items.iter().map(|item| (self.node(item, path), Span::new(self.source, item.span())));
        listed(nodes, path)
    }

    fn value(&self, value: &Spanned<DeValue>) -> Value {
        Value {
            text: self.text.get(value.span()).unwrap_or_default().to_string(),
            meaning: meaning(value.get_ref()),
            span: Span::new(self.source, value.span()),
        }
    }
}

/// A list of tables, each known by what makes it the same one in another file.
fn listed(nodes: impl Iterator<Item = (Node, Span)>, path: &[&str]) -> Node {
    let mut list: Vec<Branch> = Vec::new();
    let mut before: BTreeMap<String, usize> = BTreeMap::new();
    for (at, (node, span)) in nodes.enumerate() {
        let own = identity::of(path.last().copied().unwrap_or_default(), &node, at);
        let count = before.entry(own.clone()).or_default();
        let key = if *count == 0 { own } else { identity::again(&own, *count) };
        *count += 1;
        list.push(Branch { key, address: identity::address(path, &node, at), span, node });
    }
    Node::List(list)
}

fn is_list(items: &[Spanned<DeValue>]) -> bool {
    !items.is_empty() && items.iter().all(|one| matches!(one.get_ref(), DeValue::Table(_)))
}

/// What a value says, however it is written.
fn meaning(value: &DeValue) -> String {
    match value {
        DeValue::String(text) => format!("'{}'", tight(text)),
        DeValue::Integer(integer) => match i64::from_str_radix(integer.as_str(), integer.radix()) {
            Ok(value) => number(value as f64),
            Err(_) => integer.to_string(),
        },
        DeValue::Float(float) => float.as_str().parse().map_or_else(|_| float.to_string(), number),
        DeValue::Boolean(value) => value.to_string(),
        DeValue::Datetime(value) => value.to_string(),
        DeValue::Array(items) => {
            let items: Vec<String> = items.iter().map(|one| meaning(one.get_ref())).collect();
            format!("[{}]", items.join(","))
        }
        DeValue::Table(table) => {
            let entry = |(key, value): (&Spanned<std::borrow::Cow<str>>, &Spanned<DeValue>)| {
                format!("{:?}={}", key.get_ref(), meaning(value.get_ref()))
            };
            let mut entries: Vec<String> = table.iter().map(entry).collect();
            entries.sort();
            format!("{{{}}}", entries.join(","))
        }
    }
}

fn number(value: f64) -> String {
    format!("{value:?}")
}

/// A text with blanks only where they keep two words apart.
fn tight(text: &str) -> String {
    let mut tight = String::with_capacity(text.len());
    let is_word = |letter: char| letter.is_alphanumeric() || letter == '_' || letter == '.';
    let mut is_apart = false;
    for letter in text.chars() {
        if letter.is_whitespace() {
            is_apart = true;
            continue;
        }
        if is_apart && is_word(letter) && tight.chars().next_back().is_some_and(is_word) {
            tight.push(' ');
        }
        is_apart = false;
        tight.push(letter);
    }
    tight
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_count_between_words_only() {
        assert_eq!(tight(" 2 * beta( 2 , 5 )\n"), "2*beta(2,5)");
        assert_eq!(tight("if a  then b"), "if a then b");
        assert_ne!(tight("40 to 90"), tight("40to90"));
    }
}

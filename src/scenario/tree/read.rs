//! From TOML to a tree.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::branch::{Branch, Node, Tree, Value};
use super::identity;
use crate::diagnostic::{SourceFile, SourceId, Span};

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
            _ => Node::Value(self.value(value)),
        }
    }

    fn list(&self, items: &[Spanned<DeValue>], path: &[&str]) -> Node {
        let mut list: Vec<Branch> = Vec::new();
        for (at, item) in items.iter().enumerate() {
            let node = self.node(item, path);
            let own = identity::of(path.last().copied().unwrap_or_default(), &node, at);
            let again = list.iter().filter(|one| identity::is_of(&one.key, &own)).count();
            let key = if again == 0 { own } else { identity::again(&own, again) };
            list.push(Branch {
                key,
                address: identity::address(path, &node, at),
                span: Span::new(self.source, item.span()),
                node,
            });
        }
        Node::List(list)
    }

    fn value(&self, value: &Spanned<DeValue>) -> Value {
        Value {
            text: self.text.get(value.span()).unwrap_or_default().to_string(),
            meaning: meaning(value.get_ref()),
            span: Span::new(self.source, value.span()),
        }
    }
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

//! What to write instead: words, and where it is certain the edits that do it.

use super::Span;

/// Text in place of other text.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Edit {
    /// What goes; empty where something is put in.
    pub span: Span,
    /// What comes in its place.
    pub text: String,
}

/// What to write instead. Edits are made together, and mend what the message is about; a hint without any gives an example or a
/// choice.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Hint {
    /// In words.
    pub text: String,
    /// The same as changes of the text, none of which touches another.
    pub edits: Vec<Edit>,
}

impl Hint {
    /// A hint in words.
    pub fn new(text: impl Into<String>) -> Hint {
        Hint { text: text.into(), edits: Vec::new() }
    }

    /// "write `…`", with the edit that puts it in place of `span`.
    ///
    /// ```
    /// use foretell::diagnostic::{Hint, SourceId, Span};
    /// let hint = Hint::write(Span::new(SourceId::FILE, 4..6), ">=");
    /// assert_eq!((hint.text.as_str(), hint.edits[0].text.as_str()), ("write `>=`", ">="));
    /// ```
    pub fn write(span: Span, text: impl Into<String>) -> Hint {
        let text = text.into();
        Hint::new(format!("write `{text}`")).edit(span, text)
    }

    /// "did you mean `…`?", with the edit of the name that stands at `span`, in quotes or without, as `written`; where no edit can be
    /// made of it, what there is.
    pub fn meant(span: Span, written: &str, near: &str) -> Hint {
        // A text that does not end may have taken what follows it into a name: that is no name to write.
        let is_name = !near.contains(|one: char| one.is_control() || "\"',[]{}".contains(one));
        match span.of_name(written).filter(|_| is_name) {
            Some(span) => Hint::new(format!("did you mean `{near}`?")).edit(span, near),
            None => Hint::new(format!("the nearest name is `{near}`")),
        }
    }

    /// Adds the change of a name that stands at `span`, in quotes or without, as `written`; none where it has escapes.
    pub fn renaming(self, span: Span, written: &str, new: &str) -> Hint {
        match span.of_name(written) {
            Some(span) => self.edit(span, new),
            None => self,
        }
    }

    /// Adds a change.
    pub fn edit(mut self, span: Span, text: impl Into<String>) -> Hint {
        self.edits.push(Edit { span, text: text.into() });
        self
    }
}

impl From<&str> for Hint {
    fn from(text: &str) -> Hint {
        Hint::new(text)
    }
}

impl From<String> for Hint {
    fn from(text: String) -> Hint {
        Hint::new(text)
    }
}

//! Messages about the input as plain data, for programs that read them.

use schemars::JsonSchema;
use serde::Serialize;

use crate::diagnostic::{self, Diagnostic, Diagnostics, Hint, Label, Sources};
use crate::session::CONTRACT;

/// What is wrong with the input, or doubtful.
///
/// ```
/// use foretell::diagnostic::{Diagnostic, Diagnostics, SourceFile, SourceId, Sources, Span};
/// use foretell::report::mistakes::Mistakes;
/// let sources = Sources::new(SourceFile::new("x.toml", "base = 2\n"));
/// let mut list = Diagnostics::new();
/// list.push(Diagnostic::error("range", "2 is no share").at(Span::new(SourceId::FILE, 7..8), "above 1"));
/// let mistakes = Mistakes::of(&list, &sources);
/// assert_eq!((mistakes.mistakes[0].spans[0].line, mistakes.mistakes[0].spans[0].column), (1, 8));
/// ```
#[derive(Clone, Debug, JsonSchema, PartialEq, Eq, Serialize)]
pub struct Mistakes {
    /// The version of this contract.
    pub foretell: u32,
    /// The messages, in the order in which they are told: at most fifty.
    pub mistakes: Vec<Mistake>,
    /// How many more there are.
    pub hidden: usize,
}

/// One message.
#[derive(Clone, Debug, JsonSchema, PartialEq, Eq, Serialize)]
pub struct Mistake {
    /// A stable kebab-case name of the kind of mistake.
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// Places; the first is the one that the message is about. Empty if it is about none.
    pub spans: Vec<Place>,
    /// What to write instead.
    pub hints: Vec<String>,
    /// Those of the hints that can be followed by a program. Each mends the mistake by itself.
    pub edits: Vec<Edit>,
}

/// Changes that are made together.
#[derive(Clone, Debug, JsonSchema, PartialEq, Eq, Serialize)]
pub struct Edit {
    /// The hint that says the same in words.
    pub hint: String,
    /// The changes, each with the places in the text as it is.
    pub changes: Vec<Change>,
}

/// Text in place of other text. Lines and columns count from 1, and columns count characters.
#[derive(Clone, Debug, JsonSchema, PartialEq, Eq, Serialize)]
pub struct Change {
    /// The file as the user named it, or the flag that the text came from.
    pub file: String,
    /// The line of the first character that goes.
    pub line: usize,
    /// The column of the first character that goes.
    pub column: usize,
    /// The line of the end.
    pub end_line: usize,
    /// The column behind the last character that goes; the same place as the first where something is put in.
    pub end_column: usize,
    /// What comes in its place.
    pub text: String,
}

/// How bad a mistake is.
#[derive(Clone, Copy, Debug, JsonSchema, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Nothing can be run before this is mended.
    Error,
    /// The run goes on.
    Warning,
}

/// A range of characters in a text. Lines and columns count from 1, and columns count characters.
#[derive(Clone, Debug, JsonSchema, PartialEq, Eq, Serialize)]
pub struct Place {
    /// The file as the user named it, or the flag that the text came from.
    pub file: String,
    /// The line of the first character.
    pub line: usize,
    /// The column of the first character.
    pub column: usize,
    /// The line of the end.
    pub end_line: usize,
    /// The column behind the last character.
    pub end_column: usize,
    /// What is to be said of it.
    pub text: String,
}

impl Mistakes {
    /// All of a list, with their places in the texts that it is about.
    pub fn of(list: &Diagnostics, sources: &Sources) -> Mistakes {
        let (shown, hidden) = list.shown();
        let mistakes = shown.into_iter().map(|one| Mistake::of(one, sources)).collect();
        Mistakes { foretell: CONTRACT, mistakes, hidden }
    }
}

impl Mistake {
    fn of(one: &Diagnostic, sources: &Sources) -> Mistake {
        Mistake {
            code: one.code,
            severity: one.severity.into(),
            message: one.message.clone(),
            spans: one.labels.iter().map(|label| Place::of(label, sources)).collect(),
            hints: one.hints.iter().map(|hint| hint.text.clone()).collect(),
            edits: one.hints.iter().filter_map(|hint| Edit::of(hint, sources)).collect(),
        }
    }
}

impl Edit {
    fn of(hint: &Hint, sources: &Sources) -> Option<Edit> {
        let changes = hint.edits.iter().map(|edit| {
            let label = Label { span: edit.span, text: edit.text.clone() };
            let Place { file, line, column, end_line, end_column, text } = Place::of(&label, sources);
            Change { file, line, column, end_line, end_column, text }
        });
        (!hint.edits.is_empty()).then(|| Edit { hint: hint.text.clone(), changes: changes.collect() })
    }
}

impl Place {
    fn of(label: &Label, sources: &Sources) -> Place {
        let file = sources.get(label.span.source);
        let [start, end] = [label.span.start, label.span.end].map(|offset| file.position(offset as usize));
        Place {
            file: file.name.clone(),
            line: start.line,
            column: start.column,
            end_line: end.line,
            end_column: end.column,
            text: label.text.clone(),
        }
    }
}

impl From<diagnostic::Severity> for Severity {
    fn from(severity: diagnostic::Severity) -> Severity {
        match severity {
            diagnostic::Severity::Error => Severity::Error,
            diagnostic::Severity::Warning => Severity::Warning,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{SourceFile, SourceId, Span};
    use serde_json::{json, to_value};

    #[test]
    fn places_count_characters_and_texts_have_their_names() {
        let mut sources = Sources::new(SourceFile::new("x.toml", "é = 1\nbé = 'ü\ny'\n"));
        let flag = sources.add(SourceFile::new("--set", "a=b"));
        let mut list = Diagnostics::new();
        let quoted = sources.file().text.find('\'').unwrap();
        list.push(
            Diagnostic::warning("odd", "this is odd")
                .at(Span::new(SourceId::FILE, quoted..quoted + 6), "two lines")
                .at(Span::new(flag, 2..3), "")
                .hint("a choice")
                .hint(Hint::write(Span::new(flag, 2..3), "c")),
        );
        let odd = json!({
            "code": "odd",
            "severity": "warning",
            "message": "this is odd",
            "spans": [
                { "file": "x.toml", "line": 2, "column": 6, "end_line": 3, "end_column": 3, "text": "two lines" },
                { "file": "--set", "line": 1, "column": 3, "end_line": 1, "end_column": 4, "text": "" },
            ],
            "hints": ["a choice", "write `c`"],
            "edits": [{ "hint": "write `c`", "changes": [
                { "file": "--set", "line": 1, "column": 3, "end_line": 1, "end_column": 4, "text": "c" },
            ] }],
        });
        let found = to_value(Mistakes::of(&list, &sources)).unwrap();
        assert_eq!(found, json!({ "foretell": CONTRACT, "mistakes": [odd], "hidden": 0 }));
    }

    #[test]
    fn a_message_may_have_no_place_and_a_place_may_lie_past_the_end() {
        let sources = Sources::new(SourceFile::new("x.toml", "a\nb"));
        let mut list = Diagnostics::new();
        list.push(Diagnostic::error("memory", "too large"));
        list.push(Diagnostic::error("end", "cut off").at(Span::new(SourceId::FILE, 3..90), "here"));
        let [first, second] = &Mistakes::of(&list, &sources).mistakes[..] else { panic!("two") };
        assert_eq!((first.severity, first.spans.len()), (Severity::Error, 0));
        let end = &second.spans[0];
        assert_eq!([end.line, end.column, end.end_line, end.end_column], [2, 2, 2, 2]);
    }

    #[test]
    fn there_is_a_schema() {
        let schema = to_value(schemars::schema_for!(Mistakes)).unwrap();
        assert_eq!(schema["title"], "Mistakes");
        assert!(schema["$defs"]["Place"]["properties"]["end_column"].is_object());
    }
}

//! A file that was written, as plain data and as a page.

use schemars::JsonSchema;
use serde::Serialize;

use super::number::counted;
use super::page::{Cell, Column, Detail, Page, Table};
use super::paged::{Report, View};
use crate::session::CONTRACT;

/// A file that was written.
#[derive(Clone, Debug, JsonSchema, PartialEq, Eq, Serialize)]
pub struct Written {
    /// The version of this contract.
    pub foretell: u32,
    /// The file as the user named it.
    pub file: String,
    /// What it holds.
    pub content: Content,
    /// How many variables a network has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub variables: Option<usize>,
    /// How many arcs lead to them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub arcs: Option<usize>,
    /// What can be done with a template now.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub next: Vec<Step>,
}

/// What a written file holds.
#[derive(Clone, Copy, Debug, JsonSchema, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Content {
    /// A small scenario that teaches the format.
    Template,
    /// A network of another program as a scenario.
    Network,
}

/// Something that can be done with a file.
#[derive(Clone, Debug, JsonSchema, PartialEq, Eq, Serialize)]
pub struct Step {
    /// What to type.
    pub command: String,
    /// What that answers.
    pub question: &'static str,
}

/// The verbs that ask something of a new file, and what.
const STEPS: [(&str, &str); 2] = [
    ("check", "is it sound, and does it agree with what its source claims?"),
    ("run", "how probable is each outcome, and what drives it?"),
];

impl Written {
    /// A scenario to start from.
    pub fn template(file: impl Into<String>) -> Written {
        let file = file.into();
        let step = |(verb, question)| Step { command: format!("foretell {verb} {file}"), question };
        let next = STEPS.map(step).into();
        Written { next, ..Written::of(file, Content::Template) }
    }

    /// A scenario made of another program's network.
    pub fn network(file: impl Into<String>, variables: usize, arcs: usize) -> Written {
        let (variables, arcs) = (Some(variables), Some(arcs));
        Written { variables, arcs, ..Written::of(file.into(), Content::Network) }
    }

    fn of(file: String, content: Content) -> Written {
        Written { foretell: CONTRACT, file, content, variables: None, arcs: None, next: Vec::new() }
    }

    fn template_page(&self, view: View) -> Page {
        let mut page = Page::default();
        page.sentence(format!("Wrote {}: a small scenario about a budget, with comments.", self.file));
        if view.detail > Detail::Brief {
            let columns = [Column::words("command", "What to do next"), Column::words("question", "")];
            let mut steps = Table::new(1, columns);
            self.next.iter().for_each(|step| steps.row([Cell::from(&step.command), step.question.into()]));
            page.table(steps);
            page.sentence(
                "Then replace the budget by your own subject: outcomes first, then what drives them.",
            );
        }
        page.main = Table::new(1, [Column::words("file", "File")]);
        page.main.row([Cell::from(&self.file)]);
        page
    }

    fn network_page(&self) -> Page {
        let mut page = Page::default();
        let [variables, arcs] = [self.variables, self.arcs].map(Option::unwrap_or_default);
        let [nodes, edges] =
            [(variables, "variable"), (arcs, "arc")].map(|(number, noun)| counted(number as u64, noun));
        page.sentence(format!("Wrote {}: {nodes}, {edges}.", self.file));
        let columns = [
            Column::words("file", "File"),
            Column::count("variables", "Variables"),
            Column::count("arcs", "Arcs"),
        ];
        page.main = Table::new(1, columns);
        page.main.row([Cell::from(&self.file), Cell::Exact(variables as f64), Cell::Exact(arcs as f64)]);
        page
    }
}

impl Report for Written {
    fn page(&self, view: View) -> Page {
        match self.content {
            Content::Template => self.template_page(view),
            Content::Network => self.network_page(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Style;
    use crate::report::form::{csv, json, markdown, text};

    fn shown(bytes: Vec<u8>) -> String {
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn a_template_says_what_to_do_next() {
        let written = Written::template("my plan.toml");
        let page = written.page(View::NORMAL);
        let expected = "Wrote my plan.toml: a small scenario about a budget, with comments.\n\n\
                        What to do next\n\
                        ────────────────────────────────────────────────────────────────────────────────\n";
        assert!(shown(text::render(&page, 80, Style::Plain)).starts_with(expected));
        assert!(shown(markdown::render(&page)).contains("| foretell run my plan.toml | how probable is"));
        assert_eq!(shown(csv::render(&page)), "file\nmy plan.toml\n");
        let brief = written.page(View { detail: Detail::Brief, ..View::NORMAL });
        assert_eq!(shown(text::render(&brief, 80, Style::Plain)).lines().count(), 1);
        let value: serde_json::Value = serde_json::from_slice(&json::render(&written)).unwrap();
        assert_eq!(value["content"], "template");
        assert_eq!(value["next"][1]["command"], "foretell run my plan.toml");
    }

    #[test]
    fn a_network_is_counted() {
        let written = Written::network("a.toml", 1, 2);
        let page = written.page(View::NORMAL);
        assert_eq!(shown(text::render(&page, 80, Style::Plain)), "Wrote a.toml: 1 variable, 2 arcs.\n");
        assert_eq!(shown(csv::render(&page)), "file,variables,arcs\na.toml,1,2\n");
        let value = serde_json::to_value(&written).unwrap();
        let expected = serde_json::json!({ "foretell": CONTRACT, "file": "a.toml", "content": "network", "variables": 1, "arcs": 2 });
        assert_eq!(value, expected);
    }
}

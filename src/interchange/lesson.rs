//! How things are written in each format, for messages that teach.

use super::format::Format;

impl Format {
    /// The states of a variable.
    pub(super) fn states_lesson(self) -> &'static str {
        match self {
            Format::Bif => "write `type discrete [ 2 ] { no, yes };`",
            Format::Xmlbif => "write `<OUTCOME>no</OUTCOME><OUTCOME>yes</OUTCOME>`",
            Format::Hugin => "write `states = (\"no\" \"yes\");`",
            Format::Xdsl => "write `<state id=\"no\" /><state id=\"yes\" />`",
            Format::Netica => "write `states = (no, yes);`",
        }
    }

    /// A variable of this name.
    pub(super) fn variable_lesson(self, name: &str) -> String {
        match self {
            Format::Bif => format!("add `variable {name} {{ type discrete [ 2 ] {{ no, yes }}; }}`"),
            Format::Xmlbif => format!("add `<VARIABLE TYPE=\"nature\"><NAME>{name}</NAME>…</VARIABLE>`"),
            Format::Hugin => format!("add `node {name} {{ states = (\"no\" \"yes\"); }}`"),
            Format::Xdsl => format!("add `<cpt id=\"{name}\">…</cpt>`"),
            Format::Netica => format!("add `node {name} {{ … }};`"),
        }
    }

    /// The distribution of a variable of this name.
    pub(super) fn distribution_lesson(self, name: &str) -> String {
        match self {
            Format::Bif => format!("add `probability ( {name} ) {{ table …; }}`"),
            Format::Xmlbif => {
                format!("add `<DEFINITION><FOR>{name}</FOR><TABLE>…</TABLE></DEFINITION>`")
            }
            Format::Hugin => format!("add `potential ({name}) {{ data = (…); }}`"),
            Format::Xdsl => "add `<probabilities>…</probabilities>` to it".into(),
            Format::Netica => "add `probs = (…);` to it".into(),
        }
    }

    /// A whole table, of which the last variable varies fastest.
    pub(super) fn table_lesson(self, parents: &[&str], states: &[String]) -> String {
        let states = states.join(", ");
        let order = match parents {
            [] => String::new(),
            _ => format!(", for each combination of {}, the last varying fastest", parents.join(", ")),
        };
        match self {
            Format::Bif if parents.is_empty() => format!("write `table {states};`"),
            Format::Bif => {
                format!("write `({}) {states};`, with a state for each parent", parents.join(", "))
            }
            Format::Xmlbif => format!("write {states} into `<TABLE>`{order}"),
            Format::Hugin => format!("write {states} into `data = (…);`{order}"),
            Format::Xdsl => format!("write {states} into `<probabilities>`{order}"),
            Format::Netica => format!("write {states} into `probs = (…);`{order}"),
        }
    }
}

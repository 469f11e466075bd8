//! What is changed about a scenario, or learned of it, before questions are put to it.

use crate::program::States;
use crate::scenario::Date;

const ALL_VARIANTS: &str = "--all-variants";

/// What is changed about a scenario, in the words of the command line.
///
/// ```
/// use foretell::session::Changes;
/// let changes = Changes { set: vec!["oil_price=90".into()], ..Changes::default() };
/// assert_eq!(changes.to_lines(), ["--set oil_price=90"]);
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Changes {
    /// The file's variants that are run, by name. What flags say beats what they say.
    pub variants: Vec<String>,
    /// Whether all variants are run beside the file itself.
    pub all_variants: bool,
    /// Values that replace the file's, as NAME=VALUE.
    pub set: Vec<String>,
    /// What was learned.
    pub given: Vec<String>,
    /// Which of the file's evidence counts: ids, or `all`.
    pub evidence: Vec<String>,
    /// The last day of which evidence counts.
    pub until: Option<Date>,
    /// What is told jointly, each two or three names with commas between.
    pub joint: Vec<String>,
    /// Of factors, derived values and events those that are asked for, by name; all if there are none.
    pub of: Vec<String>,
    /// Whether states and events are summed over.
    pub exact: Exactness,
}

/// Whether answers are to be exact.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Exactness {
    /// No answer if a draw enters one.
    Require,
    /// Exact where it can be.
    #[default]
    Allow,
    /// States and events are drawn, to hold the sums against.
    Never,
}

impl Changes {
    /// As a list of texts, from which they can be read again.
    pub fn to_lines(&self) -> Vec<String> {
        let lines = |flag: &'static str, values: &[String]| -> Vec<String> {
            values.iter().map(|one| format!("{flag} {one}")).collect()
        };
        let until: Vec<String> = self.until.iter().map(Date::to_string).collect();
        let exact = match self.exact {
            Exactness::Never => vec!["never".to_string()],
            Exactness::Require | Exactness::Allow => Vec::new(),
        };
        let every = self.all_variants.then(|| ALL_VARIANTS.to_string());
        let all = [
            lines("--variant", &self.variants),
            every.into_iter().collect(),
            lines("--set", &self.set),
            lines("--given", &self.given),
            lines("--evidence", &self.evidence),
            lines("--until", &until),
            lines("--exact", &exact),
            lines("--joint", &self.joint),
            lines("--of", &self.of),
        ];
        all.concat()
    }

    /// From a list of texts; what is no flag is passed over.
    pub fn from_lines(lines: &[String]) -> Changes {
        let of = |flag: &str| -> Vec<String> {
            let value = |line: &String| line.strip_prefix(flag)?.strip_prefix(' ').map(String::from);
            lines.iter().filter_map(value).collect()
        };
        let until = of("--until").first().and_then(|text| Date::parse(text));
        let is_drawn = of("--exact").iter().any(|one| one == "never");
        let exact = if is_drawn { Exactness::Never } else { Exactness::Allow };
        let all_variants = lines.iter().any(|line| line == ALL_VARIANTS);
        Changes {
            variants: of("--variant"),
            all_variants,
            set: of("--set"),
            given: of("--given"),
            evidence: of("--evidence"),
            until,
            joint: of("--joint"),
            of: of("--of"),
            exact,
        }
    }

    /// What becomes of the states of events and factors.
    pub fn states(&self) -> States {
        match self.exact {
            Exactness::Require => States::Summed,
            Exactness::Allow => States::Cut,
            Exactness::Never => States::Drawn,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_say_it_all() {
        let texts = |list: &[&str]| list.iter().map(|one| one.to_string()).collect();
        let changes = Changes {
            variants: texts(&["one"]),
            all_variants: true,
            set: texts(&["a=1", "b=--given x"]),
            given: texts(&["a > 1"]),
            evidence: texts(&["ships", "all"]),
            until: Date::parse("2024-01-31"),
            joint: texts(&["deal,outcome"]),
            of: texts(&["oil", "deal"]),
            exact: Exactness::Never,
        };
        assert_eq!(Changes::from_lines(&changes.to_lines()), changes);
        assert_eq!(Changes::from_lines(&[]), Changes::default());
    }
}

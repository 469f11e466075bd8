//! What a command changes about a scenario, or learns of it, before it is run.

use super::args::{Exactness, Sampling};

/// The flags that change what is asked of a file, in the order they were given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Values that replace the file's, as NAME=VALUE.
    pub set: Vec<String>,
    /// What was learned.
    pub given: Vec<String>,
    /// Whether states and events are summed over.
    pub exact: Exactness,
}

impl Changes {
    /// Those of a command.
    pub fn of(sampling: &Sampling) -> Changes {
        Changes { set: sampling.set.clone(), given: sampling.given.clone(), exact: sampling.exact }
    }

    /// As a list of texts, from which they can be read again.
    pub fn to_lines(&self) -> Vec<String> {
        let set = self.set.iter().map(|one| format!("--set {one}"));
        let given = self.given.iter().map(|one| format!("--given {one}"));
        let exact = (self.exact == Exactness::Never).then(|| "--exact never".to_string());
        set.chain(given).chain(exact).collect()
    }

    /// From a list of texts; what is no flag is passed over.
    pub fn from_lines(lines: &[String]) -> Changes {
        let of = |flag: &str| {
            lines
                .iter()
                .filter_map(|line| line.strip_prefix(flag)?.strip_prefix(' ').map(String::from))
                .collect()
        };
        let is_drawn = lines.iter().any(|line| line == "--exact never");
        let exact = if is_drawn { Exactness::Never } else { Exactness::Allow };
        Changes { set: of("--set"), given: of("--given"), exact }
    }
}

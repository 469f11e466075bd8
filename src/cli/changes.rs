//! What a command changes about a scenario, or learns of it, before it is run.

use super::args::{Exactness, RunArgs, Sampling};

const ALL_VARIANTS: &str = "--all-variants";

/// The flags that change what is asked of a file, in the order they were given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// The file's variants that are run, by name. What flags say beats what they say.
    pub variants: Vec<String>,
    /// Whether all variants are run beside the file itself.
    pub all_variants: bool,
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
        Changes {
            variants: sampling.variant.clone(),
            all_variants: false,
            set: sampling.set.clone(),
            given: sampling.given.clone(),
            exact: sampling.exact,
        }
    }

    /// Those of a run.
    pub fn of_run(args: &RunArgs) -> Changes {
        Changes { all_variants: args.all_variants, ..Changes::of(&args.sampling) }
    }

    /// As a list of texts, from which they can be read again.
    pub fn to_lines(&self) -> Vec<String> {
        let set = self.set.iter().map(|one| format!("--set {one}"));
        let given = self.given.iter().map(|one| format!("--given {one}"));
        let exact = (self.exact == Exactness::Never).then(|| "--exact never".to_string());
        let variants = self.variants.iter().map(|one| format!("--variant {one}"));
        let all = self.all_variants.then(|| ALL_VARIANTS.to_string());
        variants.chain(all).chain(set).chain(given).chain(exact).collect()
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
        let all_variants = lines.iter().any(|line| line == ALL_VARIANTS);
        Changes { variants: of("--variant"), all_variants, set: of("--set"), given: of("--given"), exact }
    }
}

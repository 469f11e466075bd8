//! What a command changes about a scenario, or learns of it, before it is run.

use super::args::{Exactness, RunArgs, Sampling, Wanted};
use crate::program::States;
use crate::scenario::Date;

const ALL_VARIANTS: &str = "--all-variants";

/// The flags that change what is asked of a file, in the order they were given.
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
    /// Whether states and events are summed over.
    pub exact: Exactness,
    /// The factors, derived values and events that are wanted, by name; all if there are none. Parts hold all of them.
    pub of: Vec<String>,
    /// The percentiles of every spread that are wanted besides P5, P50 and P95. Parts do not depend on them.
    pub percents: Vec<f64>,
}

impl Changes {
    /// Those of a command.
    pub fn of(sampling: &Sampling) -> Changes {
        Changes {
            set: sampling.set.clone(),
            given: sampling.given.clone(),
            evidence: sampling.evidence.clone(),
            until: sampling.until,
            exact: sampling.exact,
            variants: sampling.variant.clone(),
            all_variants: false,
            of: Vec::new(),
            percents: Vec::new(),
        }
    }

    /// Those of a run.
    pub fn of_run(args: &RunArgs) -> Changes {
        Changes { all_variants: args.all_variants, ..Changes::of(&args.sampling) }.telling(&args.wanted)
    }

    fn telling(self, wanted: &Wanted) -> Changes {
        Changes { of: wanted.of.clone(), percents: wanted.percents().to_vec(), ..self }
    }

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
            exact,
            of: Vec::new(),
            percents: Vec::new(),
        }
    }

    /// What becomes of the states of events and factors.
    pub fn states(&self) -> States {
        if self.exact == Exactness::Never { States::Drawn } else { States::Summed }
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
            exact: Exactness::Never,
            of: Vec::new(),
            percents: Vec::new(),
        };
        assert_eq!(Changes::from_lines(&changes.to_lines()), changes);
        assert_eq!(Changes::from_lines(&[]), Changes::default());
    }
}

//! What was found in a table of experiments, as plain data and as a page.

use schemars::JsonSchema;
use serde::Serialize;

use super::finding::discover::{self, Around};
use super::number::counted;
use super::page::{Detail, Page};
use super::paged::{Report, View};
use super::prose::capitalised;
use crate::analysis::discover::{DiscoverFinding, RowsFinding};
use crate::session::CONTRACT;

/// In which rows of a table something is so.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
pub struct Experiments {
    /// The version of this contract.
    pub foretell: u32,
    /// The table as the user named it.
    pub file: String,
    /// Rows that were looked at.
    pub rows: usize,
    /// Rows that lack a cell of a column that was looked at, or hold a number that is not finite there.
    pub left_out: usize,
    /// Columns that hold neither numbers nor at most 40 different words.
    pub unused_columns: Vec<String>,
    /// Which random numbers halved the rows.
    pub seed: u64,
    /// What the reader should know, each in a sentence.
    pub warnings: Vec<String>,
    /// The boxes.
    #[serde(flatten)]
    pub found: DiscoverFinding,
}

impl Experiments {
    /// What was found in the table of a file.
    pub fn of(file: impl Into<String>, found: RowsFinding, seed: u64) -> Experiments {
        let RowsFinding { found, rows, left_out, unused, doubts } = found;
        Experiments {
            foretell: CONTRACT,
            file: file.into(),
            rows,
            left_out,
            unused_columns: unused,
            seed,
            warnings: doubts.into_iter().map(|one| one.message).collect(),
            found,
        }
    }

    /// What was read, in one line.
    fn summary(&self) -> String {
        let mut parts = vec![format!("{} of {}", counted(self.rows as u64, "row"), self.file)];
        if self.left_out > 0 {
            parts.push(format!("{} without all cells left out", counted(self.left_out as u64, "row")));
        }
        if !self.unused_columns.is_empty() {
            parts.push(format!(
                "not used, as they are empty or hold more than 40 words: {}",
                self.unused_columns.join(", ")
            ));
        }
        parts.push(format!("seed {}", self.seed));
        parts.push(format!("foretell {}", env!("CARGO_PKG_VERSION")));
        capitalised(&parts.join(" · "))
    }
}

impl Report for Experiments {
    fn page(&self, view: View) -> Page {
        let opened = || {
            if view.detail == Detail::Brief {
                return Page::default();
            }
            let mut page = Page::new(format!("{} in {}", capitalised(&self.found.of.label), self.file));
            page.foot.push(self.summary());
            page
        };
        let around = Around { decimals: 1, conditions: Vec::new(), caption: self.summary() };
        discover::page(&self.found, opened, view, around)
    }
}

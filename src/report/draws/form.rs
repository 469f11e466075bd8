//! How draws are kept, by the ending of a file's name.

use std::path::Path;

use crate::diagnostic::Diagnostic;

/// How draws are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DrawsForm {
    /// A line of comma-separated values each.
    Csv,
    /// Columns with types, as pandas, polars and DuckDB read them.
    Parquet,
}

/// Endings that promise another form than those that there are. A name with any other ending, or none, holds what it always did:
/// comma-separated values.
const OTHERS: [&str; 27] = [
    "arrow", "avro", "db", "duckdb", "feather", "fea", "gz", "h5", "hdf5", "ipc", "json", "jsonl", "mat",
    "ndjson", "npy", "npz", "ods", "orc", "parq", "pickle", "pkl", "pq", "rds", "sqlite", "tsv", "xlsx",
    "xls",
];

/// Endings that mean Parquet and are not what it is called.
const NEARLY_PARQUET: [&str; 2] = ["parq", "pq"];

impl DrawsForm {
    /// The form that a file's name asks for: `.parquet` for Parquet, else comma-separated values.
    ///
    /// # Errors
    /// An ending of another form, or Parquet in a build without it.
    ///
    /// ```
    /// use foretell::report::draws::DrawsForm;
    /// use std::path::Path;
    /// assert_eq!(DrawsForm::of(Path::new("draws.csv")).ok(), Some(DrawsForm::Csv));
    /// let error = DrawsForm::of(Path::new("out/draws.xlsx")).unwrap_err();
    /// assert_eq!(error.message, "can't write `out/draws.xlsx`: draws are not kept as `.xlsx`");
    /// assert_eq!(error.hints[0].text, "name `out/draws.csv`, which spreadsheets open, or `out/draws.parquet` for pandas, polars and DuckDB");
    /// ```
    pub fn of(path: &Path) -> Result<DrawsForm, Diagnostic> {
        let ending = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
        if ending == "parquet" {
            return if cfg!(feature = "parquet") { Ok(DrawsForm::Parquet) } else { Err(left_out(path)) };
        }
        if !OTHERS.contains(&ending.as_str()) {
            return Ok(DrawsForm::Csv);
        }
        let [csv, parquet] = ["csv", "parquet"].map(|ending| path.with_extension(ending));
        let hint = match NEARLY_PARQUET.contains(&ending.as_str()) {
            true => format!("name `{}`", parquet.display()),
            false => format!(
                "name `{}`, which spreadsheets open, or `{}` for pandas, polars and DuckDB",
                csv.display(),
                parquet.display()
            ),
        };
        Err(refused(path, &format!("draws are not kept as `.{ending}`")).hint(hint))
    }
}

/// The message of a build without Parquet.
fn left_out(path: &Path) -> Diagnostic {
    let hint = format!(
        "name `{}`, or build foretell with its feature `parquet`",
        path.with_extension("csv").display()
    );
    refused(path, "this build of foretell writes no Parquet").hint(hint)
}

fn refused(path: &Path, why: &str) -> Diagnostic {
    Diagnostic::error("file", format!("can't write `{}`: {why}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ending_of_a_name_says_the_form() {
        let of = |name: &str| DrawsForm::of(Path::new(name)).map_err(|error| error.hints[0].text.clone());
        for name in
            ["-", "draws", "draws.csv", "draws.CSV", "draws.txt", ".parquet", "/dev/fd/3", "v1.5", "parquet"]
        {
            assert_eq!(of(name), Ok(DrawsForm::Csv), "{name}");
        }
        for name in ["draws.parquet", "out/x.csv.PARQUET"] {
            assert_eq!(of(name).is_ok(), cfg!(feature = "parquet"), "{name}");
        }
        assert_eq!(of("x.pq"), Err("name `x.parquet`".into()));
        for ending in OTHERS {
            assert!(of(&format!("x.{}", ending.to_uppercase())).is_err(), "{ending}");
        }
    }
}

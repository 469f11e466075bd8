//! `[theories.*]`: theories that compete.

use super::reader::Reader;
use super::sections::Theory;
use super::table::TomlTable;
use super::{origin, outcomes};
use crate::diagnostic::{Diagnostic, Hint, Span};
use crate::expression::Ident;

/// All theories. Those under `[models]`, as format 1 has it, are refused, and read as what they mean, so that whatever else
/// is wrong with them is told at once.
pub(super) fn read(reader: &mut Reader, root: &mut TomlTable) -> Vec<Theory> {
    let mut group = root.table(reader, "theories");
    if let Some(name) = root.name_of("models") {
        let problem = called_models(reader, name.span);
        reader.report(problem);
        let old = root.table(reader, "models");
        group = group.or(old.map(|table| TomlTable { path: "theories".into(), ..table }));
    }
    let Some(group) = group else { return Vec::new() };
    group.sections(reader, "weight").into_iter().map(|(name, table)| theory(reader, name, table)).collect()
}

/// The error of `[models]`, with every header that names it changed.
fn called_models(reader: &Reader, span: Span) -> Diagnostic {
    let words = "write `theories` in each header: `[theories.NAME]` for `[models.NAME]`, and `theory == NAME` for `model == NAME`";
    let mut at = 0;
    let mut hint = Hint::new(words);
    for line in reader.file.text.split_inclusive('\n') {
        let name = line.len() - line.trim_start_matches(['[', ' ']).len();
        if line.starts_with('[') && line[name..].starts_with("models") {
            hint = hint.edit(Span::new(reader.source, at + name..at + name + "models".len()), "theories");
        }
        at += line.len();
    }
    Diagnostic::error("format-version", "theories stand in `[theories]`, not in `[models]`")
        .at(span, "as in format 1")
        .hint(hint)
}

fn theory(reader: &mut Reader, name: Ident, mut table: TomlTable) -> Theory {
    let own = table.table(reader, "outcomes").map(|group| group.sections(reader, "base"));
    let own = own.unwrap_or_default().into_iter();
    let theory = Theory {
        label: table.plain(reader, "label"),
        weight: table.value(reader, "weight"),
        outcomes: own.map(|(name, table)| outcomes::decided(reader, name, table)).collect(),
        origin: origin::read(reader, &mut table),
        name,
    };
    table.finish(reader);
    theory
}

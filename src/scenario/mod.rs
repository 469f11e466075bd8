//! Floor 2: the scenario file, read into a document full of spans.
//!
//! [`parse`] turns text into a [`Document`] and every mistake of form that it finds: TOML syntax, unknown keys, wrong
//! kinds, expressions that can't be read. What the names in it mean is settled by the [model](crate::model).

mod categories;
mod chances;
mod claims;
mod correlations;
mod date;
mod document;
mod entries;
mod events;
mod evidence;
mod factors;
mod header;
mod name;
mod origin;
mod outcomes;
mod overrides;
mod syntax;
mod table;
mod text;
mod theories;
mod variants;

use std::collections::{BTreeMap, BTreeSet};

pub use date::Date;
pub use document::{
    Attachment, Attachments, Category, CategoryChance, Choice, ClaimEntry, Correlation, CorrelationKind,
    Derived, Document, Event, EventChance, Factor, Gate, Header, Located, Noisy, Origin, OriginKind, Outcome,
    Row, Shares, Source, Theory, Value, Variant, Weight, Written,
};
pub use evidence::{EvidenceEntry, Level, Likelihood};
pub use name::snake_case;
pub use overrides::{Override, parse_given, parse_override};

use crate::diagnostic::{Diagnostic, Diagnostics, SourceFile};
use factors::Either;
use table::{Reader, Table};
use toml::de::DeTable;

/// The newest version of the format that is understood, the file's `foretell = 1`.
pub const FORMAT_VERSION: f64 = 1.0;

/// Reads a scenario file. The document holds whatever could be read; it can be built into a model only if no error
/// is among the diagnostics.
///
/// ```
/// use foretell::diagnostic::SourceFile;
/// let file = SourceFile::new("x.toml", "[factors.oil]\nvalue = 'beta(2, 5)'\n[outcomes.up]\n[outcomes.down]\n");
/// let (document, problems) = foretell::scenario::parse(&file);
/// assert!(problems.is_empty());
/// assert_eq!(document.factors[0].name.text, "oil");
/// ```
pub fn parse(file: &SourceFile) -> (Document, Diagnostics) {
    let (root, errors) = DeTable::parse_recoverable(&file.text);
    let mut reader = Reader::new(file);
    for error in &errors {
        reader.report(syntax::explain(file, root.get_ref(), error));
    }
    let table = Table::root(root.get_ref(), file.text.len());
    let mut document = document(&mut reader, table);
    let (mut found, unreadable) = reader.finish();
    document.unreadable = unreadable;
    found.sort();
    (document, syntax::without_noise(file, found))
}

fn document(reader: &mut Reader, mut root: Table) -> Document {
    version(reader, &mut root);
    let header = root.table(reader, "scenario").map(|table| header::read(reader, table)).unwrap_or_default();
    let all = sections(reader, &mut root, ("factors", "value"), factors::read);
    let (mut factors, mut categories) = (Vec::new(), Vec::new());
    for one in all {
        match one {
            Either::Number(factor) => factors.push(factor),
            Either::States(category) => categories.push(category),
        }
    }
    let derived = sections(reader, &mut root, ("derived", "value"), factors::derived);
    let events = sections(reader, &mut root, ("events", "probability"), events::event);
    let outcomes = sections(reader, &mut root, ("outcomes", "base"), outcomes::outcome);
    let theories = sections(reader, &mut root, ("models", "weight"), theories::read);
    let correlations = correlations::read(reader, &mut root);
    let claims = claims::read(reader, &mut root);
    let evidence = evidence::read(reader, &mut root);
    let variants = sections(reader, &mut root, ("variants", "set"), variants::variant);
    root.finish(reader);
    let mut document = Document {
        header,
        factors,
        categories,
        derived,
        events,
        outcomes,
        theories,
        correlations,
        claims,
        evidence,
        variants,
        given: Vec::new(),
        attachments: BTreeMap::new(),
        unreadable: BTreeSet::new(),
    };
    document.attachments = document.list_attachments();
    document
}

fn version(reader: &mut Reader, root: &mut Table) {
    if let Some(version) = root.number(reader, "foretell")
        && version.value != FORMAT_VERSION
    {
        reader.report(
            Diagnostic::error("format-version", format!("format version {} is not known", version.value))
                .at(version.span, "written for another version of foretell")
                .hint("this foretell reads `foretell = 1`"),
        );
    }
}

/// Reads every table under `[key]` with `read`, in the order of the file.
fn sections<T>(
    reader: &mut Reader,
    root: &mut Table,
    (key, main): (&'static str, &str),
    read: impl Fn(&mut Reader, crate::expression::Ident, Table) -> T,
) -> Vec<T> {
    let Some(group) = root.table(reader, key) else { return Vec::new() };
    group.sections(reader, main).into_iter().map(|(name, table)| read(reader, name, table)).collect()
}

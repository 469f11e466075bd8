//! Floor 2: the scenario file, read into a document full of spans.
//!
//! [`parse`] turns text into a [`Document`] and every mistake of form that it finds: TOML syntax, unknown keys, wrong
//! kinds, expressions that can't be read. What the names in it mean is settled by the [model](crate::model).

mod assigned;
mod categories;
mod chances;
mod claims;
mod constants;
mod correlations;
mod cost;
mod date;
mod decision;
mod decisions;
mod document;
mod entries;
mod events;
mod evidence;
mod factors;
mod facts;
mod grid;
mod header;
mod listed;
mod name;
mod numbers;
mod opening;
mod origin;
mod outcomes;
mod overrides;
mod range;
mod reader;
mod row;
mod sections;
mod stretch;
mod syntax;
mod table;
mod text;
mod theories;
mod tree;
mod unit;
mod value;
mod variants;

use std::collections::{BTreeMap, BTreeSet};

pub use date::Date;
pub use decision::{Decision, Knowable, Payoff, PayoffPart, Sense, Trial};
pub use document::{Attachments, Document};
pub use facts::{Header, Origin, OriginKind, Source};
pub use grid::Grid;
pub use listed::parse_list;
pub use name::snake_case;
pub use numbers::Number;
pub use opening::Opening;
pub use overrides::{parse_given, parse_override};
pub use range::Range;
pub use row::{Choice, Row, Shares};
pub use sections::{
    Category, CategoryChance, ClaimEntry, Correlation, CorrelationKind, Derived, Event, EventChance,
    EvidenceEntry, Factor, Gate, Likelihood, Noisy, NumberOrWord, Outcome, Rule, Theory, Variant, Weight,
};
pub use stretch::{Levels, Stretch, parse_levels, parse_stretch};
pub use tree::{Bearing, Edit, EditKind, Part, Tree};
pub use value::{Attachment, Located, Override, Value, Written};

use crate::diagnostic::{Diagnostic, Diagnostics, Hint, SourceFile, SourceId};
use crate::limits::{Exceeded, Limits, Meter};
use factors::Either;
use reader::Reader;
use table::TomlTable;
use toml::de::DeTable;

/// The newest version of the format that is understood, the file's `foretell = 2`.
pub const FORMAT_VERSION: f64 = 2.0;

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
    let meter = Meter::new(Limits::none());
    read(file, SourceId::FILE, &meter)
}

/// As [`parse`], of the source with this id, within limits: its places carry the id, so that several files can be open at
/// once.
///
/// # Errors
/// The first limit that was reached. The memory put down is an estimate, from the length of the text.
pub fn parse_within(
    file: &SourceFile,
    source: SourceId,
    limits: &Limits,
) -> Result<(Document, Diagnostics), Exceeded> {
    let meter = Meter::new(limits.clone());
    if meter.takes(TREE * file.text.len() as u64) {
        let found = read(file, source, &meter);
        return meter.end(found);
    }
    meter.end(Default::default())
}

/// Bytes of memory for each byte of a text: what its tables and its document take, by a wide estimate.
const TREE: u64 = 64;

/// As many mistakes of TOML as are looked at one by one, each with a look at what stands before it.
const MOST_EXPLAINED: usize = 100;

fn read(file: &SourceFile, source: SourceId, meter: &Meter) -> (Document, Diagnostics) {
    let (root, errors) = DeTable::parse_recoverable(&file.text);
    let mut reader = Reader::new(file, source, meter);
    if let Some(foreign) = syntax::foreign(file, source).filter(|_| !errors.is_empty()) {
        let mut found = Diagnostics::new();
        found.push(foreign);
        return (Document { source, ..Document::default() }, found);
    }
    let (looked_at, others) = errors.split_at(errors.len().min(MOST_EXPLAINED));
    looked_at.iter().for_each(|error| reader.report(syntax::explain(file, source, root.get_ref(), error)));
    others.iter().for_each(|error| reader.report(syntax::unexplained(source, error)));
    let table = TomlTable::root(root.get_ref(), source, file.text.len());
    let mut document = document(&mut reader, table);
    let (mut found, unreadable) = reader.finish();
    document.unreadable = unreadable;
    found.sort();
    (document, syntax::without_noise(file, found))
}

fn document(reader: &mut Reader, mut root: TomlTable) -> Document {
    version(reader, &mut root);
    let header = root.table(reader, "scenario").map(|table| header::read(reader, table)).unwrap_or_default();
    let all = sections(reader, &mut root, ("factors", "value"), factors::read);
    let (mut factors, mut categories) = (Vec::new(), Vec::new());
    for one in all {
        match one {
            Either::Number(factor) => factors.push(*factor),
            Either::States(category) => categories.push(*category),
        }
    }
    let derived = sections(reader, &mut root, ("derived", "value"), factors::derived);
    let events = sections(reader, &mut root, ("events", "probability"), events::event);
    let outcomes = sections(reader, &mut root, ("outcomes", "base"), outcomes::outcome);
    let theories = theories::read(reader, &mut root);
    let correlations = correlations::read(reader, &mut root);
    let claims = claims::read(reader, &mut root);
    let evidence = evidence::read(reader, &mut root);
    let decisions = decisions::read(reader, &mut root);
    let variants = sections(reader, &mut root, ("variants", "set"), variants::variant);
    root.finish(reader);
    let mut document = Document {
        source: reader.source,
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
        decisions,
        variants,
        given: Vec::new(),
        attachments: BTreeMap::new(),
        unreadable: BTreeSet::new(),
    };
    document.attachments = document.list_attachments();
    document
}

fn version(reader: &mut Reader, root: &mut TomlTable) {
    if let Some(version) = root.number(reader, "foretell")
        && version.value != FORMAT_VERSION
    {
        let message = match version.value {
            1.0 => "this file says that it is written in format 1".into(),
            other => format!("format version {other} is not known"),
        };
        let error = Diagnostic::error("format-version", message)
            .at(version.span, "written for another version of foretell")
            .hint(Hint::new("write `foretell = 2`").edit(version.span, "2"));
        reader.report(match version.value {
            1.0 => error.hint("theories stand in `[theories.NAME]`, and are compared as in `theory == NAME`"),
            _ => error,
        });
    }
}

/// Reads every table under `[key]` with `read`, in the order of the file.
fn sections<T>(
    reader: &mut Reader,
    root: &mut TomlTable,
    (key, main): (&'static str, &str),
    read: impl Fn(&mut Reader, crate::expression::Ident, TomlTable) -> T,
) -> Vec<T> {
    let Some(group) = root.table(reader, key) else { return Vec::new() };
    group.sections(reader, main).into_iter().map(|(name, table)| read(reader, name, table)).collect()
}

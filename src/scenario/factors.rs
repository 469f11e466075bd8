//! `[factors.*]` and `[derived.*]`.

use super::range::Range;
use super::reader::Reader;
use super::sections::{Category, Derived, Factor};
use super::table::TomlTable;
use super::{categories, cost, origin, unit};
use crate::expression::Ident;

/// The two kinds of factors.
pub(super) enum Either {
    Number(Box<Factor>),
    States(Box<Category>),
}

pub(super) fn read(reader: &mut Reader, name: Ident, table: TomlTable) -> Either {
    match categories::is_category(&table) {
        true => Either::States(Box::new(categories::read(reader, name, table))),
        false => Either::Number(Box::new(factor(reader, name, table))),
    }
}

fn factor(reader: &mut Reader, name: Ident, mut table: TomlTable) -> Factor {
    let factor = Factor {
        label: table.plain(reader, "label"),
        unit: unit::read(reader, &mut table),
        range: range(reader, &mut table),
        neutral: table.number(reader, "neutral"),
        value: table.value(reader, "value"),
        cost: cost::read(reader, &mut table),
        origin: origin::read(reader, &mut table),
        opening: table.opening(reader),
        name,
    };
    table.require_such(reader, "value", "'beta(2, 5)'");
    table.finish(reader);
    factor
}

fn range(reader: &mut Reader, table: &mut TomlTable) -> Option<Range> {
    let range = table.pair(reader, "range")?;
    let fault = range.fault();
    reader.sound(range, fault)
}

pub(super) fn derived(reader: &mut Reader, name: Ident, mut table: TomlTable) -> Derived {
    let derived = Derived {
        label: table.plain(reader, "label"),
        unit: unit::read(reader, &mut table),
        value: table.value(reader, "value"),
        origin: origin::read(reader, &mut table),
        name,
    };
    table.require(reader, "value", "'a * b'");
    table.finish(reader);
    derived
}

//! `[events.*]`.

use super::reader::Reader;
use super::sections::Event;
use super::table::TomlTable;
use super::{chances, cost, origin};
use crate::expression::Ident;

pub(super) fn event(reader: &mut Reader, name: Ident, mut table: TomlTable) -> Event {
    let event = Event {
        label: table.plain(reader, "label"),
        chance: chances::of_event(reader, &mut table),
        cost: cost::read(reader, &mut table),
        origin: origin::read(reader, &mut table),
        name,
    };
    table.finish(reader);
    event
}

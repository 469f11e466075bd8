//! `[events.*]`.

use super::document::Event;
use super::origin;
use super::table::{Reader, Table};
use crate::expression::Ident;

pub(super) fn event(reader: &mut Reader, name: Ident, mut table: Table) -> Event {
    let event = Event {
        label: table.plain(reader, "label"),
        probability: table.value(reader, "probability"),
        origin: origin::read(reader, &mut table),
        name,
    };
    table.require(reader, "probability", "0.3");
    table.finish(reader);
    event
}

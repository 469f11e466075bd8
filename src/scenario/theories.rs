//! `[models.*]`: theories that compete.

use super::document::Theory;
use super::table::{Reader, Table};
use super::{origin, outcomes};
use crate::expression::Ident;

pub(super) fn read(reader: &mut Reader, name: Ident, mut table: Table) -> Theory {
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

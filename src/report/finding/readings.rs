//! How expressions were read that allow more than one reading.

use crate::report::page::{Cell, Column, Table};
use crate::session::Reading;

/// Each reading below its place, which is too long to stand beside it.
pub fn readings(all: &[Reading]) -> Table {
    let mut table = Table::new(1, [Column::words("reading", "How intervals and words were read")]);
    for one in all {
        table.group(&one.place);
        table.nested([Cell::from(&one.text)]);
    }
    table
}

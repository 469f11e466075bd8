//! What it costs to find something out.

use super::reader::Reader;
use super::table::TomlTable;
use crate::diagnostic::Diagnostic;

/// `cost`: a number above 0, in a unit that all costs of the file share.
pub(super) fn read(reader: &mut Reader, table: &mut TomlTable) -> Option<f64> {
    let cost = table.number(reader, "cost")?;
    let is_sound = cost.value > 0.0 && cost.value.is_finite();
    let fault = (!is_sound).then(|| {
        Diagnostic::error("cost", format!("`{}` is what finding it out costs", table.join("cost")))
            .at(cost.span, "not above 0")
            .hint("give a number above 0, such as `cost = 3`, or leave it out")
    });
    reader.sound(cost.value, fault)
}

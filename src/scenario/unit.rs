//! What a quantity is measured in.

use super::reader::Reader;
use super::table::TomlTable;
use crate::diagnostic::Diagnostic;

/// As many characters as fit behind a number.
const LONGEST: usize = 24;

/// `unit`: words that stand behind numbers, such as "EUR" or "days".
pub(super) fn read(reader: &mut Reader, table: &mut TomlTable) -> Option<String> {
    let text = table.text(reader, "unit")?;
    let unit = text.value.trim();
    let fault = match unit.chars().count() {
        0 => Some("it is empty"),
        _ if unit.chars().any(char::is_control) => Some("it holds a character that can't be printed"),
        length if length > LONGEST => Some("it is longer than 24 characters"),
        _ => None,
    };
    let fault = fault.map(|what| {
        Diagnostic::error("unit", format!("`{}` can't stand behind a number", table.join("unit")))
            .at(text.span, what)
            .hint("give a short unit such as `unit = \"EUR\"` or `unit = \"days\"`, or leave it out")
    });
    let unit = unit.to_string();
    reader.sound(unit, fault)
}

//! The main table of a page as comma-separated values (RFC 4180, with line feeds).

use ::csv::{Error, Terminator, WriterBuilder};

use crate::report::page::{Cell, Column, Page, Row, Table};
use crate::statistics::INTERVAL_LEVEL;

/// A line for each row, without groups, under a line of names. Numbers have their full precision; what is not finite is
/// empty.
///
/// A column with errors becomes several. The first of them is followed by `std_error`, `interval_low`, `interval_high`,
/// `interval_level` and `exact`; a later one, say `mean`, by `mean_std_error`, `mean_low` and `mean_high`.
///
/// ```
/// use foretell::{report::{form::csv, page::{Cell, Column, Page, Table}}, statistics::Estimate};
/// let mut page = Page::new("The weather");
/// page.main = Table::new(1, [Column::words("label", "Outcome"), Column::probability("p", "Probability")]);
/// page.main.row([Cell::from("rain, snow"), Estimate::exact(0.25).into()]);
/// let text = "label,p,std_error,interval_low,interval_high,interval_level,exact\n\"rain, snow\",0.25,0,0.25,0.25,0.9,true\n";
/// assert_eq!(csv::render(&page), text.as_bytes());
/// ```
pub fn render(page: &Page) -> Vec<u8> {
    // Memory takes every record, and all are of one length: there is no error to tell.
    written(&page.main, |words| words).unwrap_or_default()
}

/// The same for programs that compute what stands in cells: words that they would take for a formula have an apostrophe before them
/// (OWASP 2023, "CSV injection").
///
/// ```
/// use foretell::report::{form::csv, page::{Column, Page, Table}};
/// let mut page = Page::new("Names");
/// page.main = Table::new(1, [Column::words("label", "Outcome")]);
/// page.main.row(["=cmd|' /C calc'!A0".into()]);
/// assert_eq!(csv::render(&page), b"label\n=cmd|' /C calc'!A0\n");
/// assert_eq!(csv::render_for_spreadsheets(&page), b"label\n'=cmd|' /C calc'!A0\n");
/// ```
pub fn render_for_spreadsheets(page: &Page) -> Vec<u8> {
    written(&page.main, inert).unwrap_or_default()
}

/// Words that no spreadsheet takes for a formula; numbers are as they are.
fn inert(words: String) -> String {
    let is_formula = words.starts_with(['=', '+', '-', '@', '\t', '\r']) && words.parse::<f64>().is_err();
    if is_formula { format!("'{words}") } else { words }
}

fn written(table: &Table, form: impl Fn(String) -> String) -> Result<Vec<u8>, Error> {
    let fields = fields(table);
    if fields.is_empty() {
        return Ok(Vec::new());
    }
    let mut writer = WriterBuilder::new().terminator(Terminator::Any(b'\n')).from_writer(Vec::new());
    writer.write_record(fields.iter().flat_map(Field::names))?;
    for row in table.rows.iter().filter(|row| !matches!(row, Row::Group(_))) {
        writer.write_record(fields.iter().flat_map(|field| field.values(row)).map(&form))?;
    }
    writer.into_inner().map_err(|error| error.into_error().into())
}

/// A column of the table.
struct Field<'t> {
    /// Its place in the table.
    at: usize,
    key: &'t str,
    errors: Errors,
}

/// What follows a number.
enum Errors {
    None,
    /// With the interval's level, and whether the number is exact.
    First,
    /// Under names of their own.
    Later,
}

fn fields(table: &Table) -> Vec<Field<'_>> {
    let is_kept = |column: &Column| !column.key.is_empty();
    let first = table.columns.iter().position(|column| is_kept(column) && column.has_error);
    let errors = |at, column: &Column| match column.has_error {
        false => Errors::None,
        true if Some(at) == first => Errors::First,
        true => Errors::Later,
    };
    let columns = table.columns.iter().enumerate().filter(|(_, column)| is_kept(column));
    columns.map(|(at, column)| Field { at, key: &column.key, errors: errors(at, column) }).collect()
}

impl Field<'_> {
    fn names(&self) -> Vec<String> {
        let key = self.key;
        let errors: &[&str] = match self.errors {
            Errors::None => &[],
            Errors::First => &["std_error", "interval_low", "interval_high", "interval_level", "exact"],
            Errors::Later => {
                return ["", "_std_error", "_low", "_high"].map(|end| format!("{key}{end}")).into();
            }
        };
        [key].iter().chain(errors).map(|name| name.to_string()).collect()
    }

    fn values(&self, row: &Row) -> Vec<String> {
        let cell = row.cell(self.at);
        let mut values = vec![value(cell)];
        match self.errors {
            Errors::None => {}
            Errors::First => values.extend(sizes(cell).into_iter().chain(certainty(cell))),
            Errors::Later => values.extend(sizes(cell)),
        }
        values
    }
}

fn value(cell: &Cell) -> String {
    match cell {
        Cell::Words(words) => words.clone(),
        Cell::Measured(_, cell) => value(cell),
        _ => cell.value().map_or(String::new(), number),
    }
}

/// The standard error and the ends of the interval.
fn sizes(cell: &Cell) -> [String; 3] {
    let sizes = cell.estimate().map(|one| [one.std_error, one.interval.0, one.interval.1].map(number));
    sizes.unwrap_or_default()
}

/// The interval's level, and whether no draw entered.
fn certainty(cell: &Cell) -> [String; 2] {
    cell.estimate().map(|one| [number(INTERVAL_LEVEL), one.exact.to_string()]).unwrap_or_default()
}

fn number(value: f64) -> String {
    if value.is_finite() { value.to_string() } else { String::new() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::page::Measure;
    use crate::statistics::Estimate;

    fn shown(main: Table) -> String {
        String::from_utf8(render(&Page { main, ..Page::default() })).unwrap()
    }

    #[test]
    fn errors_stand_behind_their_numbers() {
        let columns = [
            Column::probability("p", "Probability"),
            Column::probability("", "Not here"),
            Column::points("change", "Change").hidden(),
            Column::percent("p50", "P50 %"),
        ];
        let mut table = Table::new(1, columns);
        let sampled = Estimate { value: 0.1, std_error: 0.5, interval: (-0.25, 0.75), exact: false };
        table.group("Rain");
        table.nested([sampled.into(), sampled.into(), sampled.into(), (1.0f64 / 3.0).into()]);
        table.row([Cell::Exact(1.0).measured(Measure::Quantity)]);
        table.row([Cell::Number(0.5), Cell::Blank, Estimate::unknown().into(), f64::NEG_INFINITY.into()]);
        let expected = "p,std_error,interval_low,interval_high,interval_level,exact,\
                        change,change_std_error,change_low,change_high,p50\n\
                        0.1,0.5,-0.25,0.75,0.9,false,0.1,0.5,-0.25,0.75,0.3333333333333333\n\
                        1,0,1,1,0.9,true,,,,,\n\
                        0.5,,,,,,,,,,\n";
        assert_eq!(shown(table), expected);
    }

    #[test]
    fn words_are_quoted_and_kept() {
        let mut table = Table::new(1, [Column::words("id", "Id"), Column::words("label", "Label")]);
        table.row([Cell::from("a \"b\""), "two\r\nlines".into()]);
        table.row([Cell::from("中国, x"), "\u{1b}[1m".into()]);
        table.row([Cell::from(true)]);
        let expected = "id,label\n\"a \"\"b\"\"\",\"two\r\nlines\"\n\"中国, x\",\u{1b}[1m\ntrue,\n";
        assert_eq!(shown(table), expected);
    }

    #[test]
    fn a_table_without_rows_is_its_names_and_one_without_columns_nothing() {
        assert_eq!(shown(Table::new(1, [Column::words("id", "Id")])), "id\n");
        let mut table = Table::new(1, [Column::words("", "Id")]);
        table.row([Cell::from("x")]);
        assert_eq!(shown(table), "");
    }

    #[test]
    fn all_digits_of_a_number_are_kept() {
        let mut table = Table::new(1, [Column::quantity("x", "X")]);
        for value in [0.1 + 0.2, 1e-7, 1e21, -0.5] {
            table.row([Cell::from(value)]);
        }
        assert_eq!(shown(table), "x\n0.30000000000000004\n0.0000001\n1000000000000000000000\n-0.5\n");
    }
    proptest::proptest! {
        #[test]
        fn any_words_are_read_back(label: String, other: String) {
            let mut table = Table::new(1, [Column::words("a", "A"), Column::words("b", "B")]);
            table.row([Cell::from(&label), Cell::from(&other)]);
            let bytes = render(&Page { main: table, ..Page::default() });
            let read: Vec<_> = ::csv::Reader::from_reader(bytes.as_slice()).records().collect();
            proptest::prop_assert_eq!(read.len(), 1);
            proptest::prop_assert_eq!(read[0].as_ref().unwrap(), &vec![label, other]);
        }
    }
}

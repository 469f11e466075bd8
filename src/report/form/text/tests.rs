use super::*;
use crate::report::page::{Cell, Column, Measure, Table};
use crate::report::wrapping::width as columns_of;
use crate::statistics::Estimate;
use proptest::prelude::*;

fn shown(page: &Page, width: usize) -> String {
    String::from_utf8(render(page, width, Style::Plain)).unwrap()
}

fn table_shown(table: &Table, width: usize) -> String {
    let mut page = Page::default();
    page.table(table.clone());
    shown(&page, width)
}

fn sampled(value: f64, half: f64) -> Cell {
    Estimate { value, std_error: half, interval: (value - half, value + half), exact: false }.into()
}

fn outcomes(label: &str) -> Table {
    let columns = [
        Column::words("label", "Outcome"),
        Column::probability("probability", "Probability"),
        Column::percent("p05", "P5 %"),
        Column::csv("id"),
        Column::words("words", "In words"),
    ];
    let mut table = Table::new(1, columns);
    table.row([Cell::from(label), sampled(0.395, 0.0004), 0.0.into(), Cell::Blank, "about even".into()]);
    table
}

fn lines(text: &[&str]) -> String {
    text.iter().map(|line| format!("{line}\n")).collect()
}

#[test]
fn a_page_from_top_to_bottom() {
    let mut page = Page::new("The weather");
    page.lead = vec!["Will it rain?".into(), "By 2026".into()];
    page.sentence("A sentence.").table(Table::default()).table(outcomes("rain")).note("A note.");
    page.foot = vec!["65 536 draws.".into(), "2 void.".into()];
    let expected = [
        "The weather",
        "Will it rain?",
        "By 2026",
        "",
        "A sentence.",
        "",
        "Outcome  Probability     ±  P5 %  In words",
        "────────────────────────────────────────────",
        "rain          39.5 %  0.04  <0.1  about even",
        "",
        "A note.",
        "",
        "65 536 draws.",
        "2 void.",
    ];
    assert_eq!(shown(&page, 80), lines(&expected));
}

#[test]
fn titles_and_headings_are_bold_where_there_is_colour() {
    let mut table = Table::new(1, [Column::words("", "A")]);
    table.row([Cell::from("b")]);
    let mut page = Page::new(format!("{} end", "x".repeat(60)));
    page.table(table);
    let bold = |text: &str| format!("\u{1b}[1m{text}\u{1b}[0m");
    let expected = lines(&[&bold(&"x".repeat(60)), &bold("end"), "", &bold("A"), "─", "b"]);
    assert_eq!(render(&page, 1, Style::Coloured), expected.into_bytes());
}

#[test]
fn groups_span_the_table_and_nested_rows_are_indented() {
    let mut table = Table::new(1, [Column::words("", "Event"), Column::quantity("", "Mean").with_error()]);
    table.group("A label that is wider than all columns");
    table.nested([Cell::from("rain"), sampled(12.5, 0.25)]);
    table.nested([Cell::from("word ".repeat(12)), Cell::Exact(0.5).measured(Measure::Probability)]);
    let expected = [
        "Event                                             Mean      ±",
        "─────────────────────────────────────────────────────────────",
        "A label that is wider than all columns",
        "  rain                                            12.5  0.250",
        "  word word word word word word word word word  50.0 %  exact",
        "  word word word",
    ];
    assert_eq!(table_shown(&table, 61), lines(&expected));
}

#[test]
fn a_group_makes_a_narrow_table_wider() {
    let mut table = Table::new(1, [Column::words("", "A"), Column::quantity("", "B")]);
    table.group("What it is if it rains");
    table.nested([Cell::from("x"), 1.0.into()]);
    let expected = [
        "A                    B",
        "──────────────────────",
        "What it is if it rains",
        "  x                  1",
    ];
    assert_eq!(table_shown(&table, 80), lines(&expected));
}

#[test]
fn a_long_label_wraps_at_every_width() {
    let label = "word ".repeat(60);
    for (width, words) in [(60, 3), (80, 7), (120, 15)] {
        let text = table_shown(&outcomes(&label), width);
        assert!(text.lines().all(|line| columns_of(line) <= width), "{text}");
        let first = text.lines().nth(2).unwrap();
        assert!(first.starts_with(&"word ".repeat(words)), "{text}");
        assert!(first.ends_with("39.5 %  0.04  <0.1  about even"), "{text}");
        assert_eq!(text.matches("word").count(), 60 + 1);
    }
}

#[test]
fn wide_letters_and_control_characters_keep_columns_straight() {
    let mut table = outcomes("中国");
    table.row([Cell::from("a\u{1b}[1m\nb"), Cell::Exact(0.0)]);
    let expected = [
        "Outcome  Probability      ±  P5 %  In words",
        "─────────────────────────────────────────────",
        "中国          39.5 %   0.04  <0.1  about even",
        "a [1m b          0 %  exact",
    ];
    assert_eq!(table_shown(&table, 80), lines(&expected));
}

#[test]
fn too_many_numbers_make_several_tables() {
    let numbers = (1..=9).map(|at| Column::probability("", format!("Number{at}")));
    let columns: Vec<Column> = [Column::words("", "Name")].into_iter().chain(numbers).collect();
    let mut table = Table::new(1, columns);
    let cells: Vec<Cell> = [Cell::from("rain")].into_iter().chain(vec![sampled(0.5, 0.01); 9]).collect();
    table.group("All");
    table.row(cells);
    let part = |from: usize, to: usize| {
        let headings: String = (from..=to).map(|at| format!("  Number{at}    ±")).collect();
        let numbers = "   50.0 %  1.0".repeat(to + 1 - from);
        lines(&[
            &format!("Name{headings}"),
            &"─".repeat(columns_of(&headings) + 4),
            "All",
            &format!("rain{numbers}"),
        ])
    };
    assert_eq!(table_shown(&table, 80), [part(1, 5), part(6, 9)].join("\n"));
}

#[test]
fn numbers_that_do_not_exist_and_tables_that_are_empty() {
    let mut table = outcomes("rain");
    table.rows.clear();
    assert_eq!(table_shown(&table, 80), "");
    table.row([Cell::from("rain"), sampled(f64::NAN, f64::NAN), f64::INFINITY.into()]);
    assert!(table_shown(&table, 80).ends_with("\nrain             n/a  n/a   n/a\n"));
    assert_eq!(shown(&Page::default(), 80), "");
}

fn any_cell() -> impl Strategy<Value = Cell> {
    prop_oneof![
        Just(Cell::Blank),
        any::<String>().prop_map(Cell::Words),
        "[a-z 中❤\u{fe0f}]{0,300}".prop_map(Cell::Words),
        any::<f64>().prop_map(Cell::Number),
        any::<f64>().prop_map(Cell::Exact),
        (any::<f64>(), any::<f64>()).prop_map(|(value, half)| sampled(value, half)),
    ]
}

fn any_column() -> impl Strategy<Value = Column> {
    let measures = [
        Measure::Words,
        Measure::Probability,
        Measure::Percent,
        Measure::Points,
        Measure::Quantity,
        Measure::Change,
        Measure::LogOdds,
        Measure::Correlation,
        Measure::Count,
    ];
    let parts = (proptest::sample::select(measures.to_vec()), ".{0,40}", any::<[bool; 3]>());
    parts.prop_map(|(measure, heading, [has_error, is_hidden, is_typed])| Column {
        key: String::new(),
        heading: (!is_hidden).then_some(heading),
        measure,
        has_error,
        is_typed,
    })
}

fn any_table() -> impl Strategy<Value = Table> {
    let columns = proptest::collection::vec(any_column(), 0..12);
    let cells = proptest::collection::vec(any_cell(), 0..12);
    let rows = proptest::collection::vec((0..3, ".{0,200}", cells), 0..4);
    (columns, rows).prop_map(|(columns, rows)| {
        let mut table = Table::new(1, columns);
        for (kind, label, cells) in rows {
            match kind {
                0 => table.group(label),
                1 => table.row(cells),
                _ => table.nested(cells),
            }
        }
        table
    })
}

proptest! {
    #[test]
    fn no_line_is_wider_than_the_page(table in any_table(), title in any::<String>(), width in 0usize..140) {
        let mut page = Page::new(title.clone());
        page.lead = vec![title.clone()];
        page.sentence(format!("{}{title}", " ".repeat(200))).table(table);
        let text = shown(&page, width);
        let most = width.clamp(60, 120);
        for line in text.lines() {
            prop_assert!(columns_of(line) <= most, "{} > {most}: {line:?}\n{text}", columns_of(line));
        }
    }
}

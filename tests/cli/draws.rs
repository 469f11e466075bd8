//! Every draw as a row: Parquet holds what CSV holds, to the last bit, and says what it is.

use std::fs::File;
use std::path::Path;

use foretell::analysis::draw_table::DrawTable;
use foretell::analysis::draws::DrawColumns;
use foretell::design::Kind;
use foretell::diagnostic::SourceFile;
use foretell::session::{Changes, Session};
use foretell::simulation::{Plan, Settings};
use parquet::basic::Type as Physical;
use parquet::column::reader::ColumnReader;
use parquet::file::reader::{FileReader, RowGroupReader, SerializedFileReader};
use serde_json::{Value, json};

use crate::desk::{Desk, EXACT, SMALL};

/// Counts, states, events, a derived value and evidence; names that the file of draws has for itself, labels that steer terminals
/// and end texts, and a draw in a thousand or so that is void.
const HOSTILE: &str = r#"
[scenario]
title = "Draws \"\\ \u001b[31m\n\u202e 日本"
[factors.draw]
label = "A \"draw\", \\ \u001b[31m\n\u0000\u202e 日本 | `x`"
unit = "10^6 €"
value = 'normal(0, 1e-9)'
source = { where = "§ 1, \"quoted\"", kind = "stated" }
[factors.weight]
value = 'lognormal(0, 40)'
[factors.ships]
value = 'poisson(4.2)'
[factors.twice]
value = '2 * poisson(1)'
[factors.held]
value = 2
[factors.sky]
states = ["clear", "Grey_1"]
state_labels = { clear = "Clear: blue, \"blue\"" }
probabilities = { clear = '0.2 + 0.01 * ships / (1 + ships)', Grey_1 = '0.8 - 0.01 * ships / (1 + ships)' }
[derived.root]
value = 'sqrt(ships + weight - 0.00000000000000000000000000001)'
[events.storm]
probability = '0.2 + 0.3 / (1 + ships)'
[outcomes.a]
base = 0.5
weights = { storm = -1.0, sky = { clear = 1.0 } }
[outcomes.b]
base = 0.5
"#;

/// A column of a Parquet file: its type, and the bits of its values as doubles.
struct Column {
    name: String,
    kind: Physical,
    bits: Vec<u64>,
}

fn open(path: &Path) -> SerializedFileReader<File> {
    SerializedFileReader::new(File::open(path).unwrap()).unwrap()
}

fn columns(file: &SerializedFileReader<File>) -> Vec<Column> {
    let leaves = file.metadata().file_metadata().schema_descr().columns().to_vec();
    let groups: Vec<Box<dyn RowGroupReader>> =
        (0..file.num_row_groups()).map(|at| file.get_row_group(at).unwrap()).collect();
    let column = |at: usize| Column {
        name: leaves[at].name().into(),
        kind: leaves[at].physical_type(),
        bits: groups
            .iter()
            .flat_map(|group| values(group.get_column_reader(at).unwrap()))
            .map(f64::to_bits)
            .collect(),
    };
    (0..leaves.len()).map(column).collect()
}

fn values(column: ColumnReader) -> Vec<f64> {
    match column {
        ColumnReader::DoubleColumnReader(mut column) => {
            let mut values = Vec::new();
            column.read_records(usize::MAX, None, None, &mut values).unwrap();
            values
        }
        ColumnReader::Int32ColumnReader(mut column) => {
            let mut values = Vec::new();
            column.read_records(usize::MAX, None, None, &mut values).unwrap();
            values.into_iter().map(f64::from).collect()
        }
        ColumnReader::Int64ColumnReader(mut column) => {
            let mut values = Vec::new();
            column.read_records(usize::MAX, None, None, &mut values).unwrap();
            values.into_iter().map(|value| value as f64).collect()
        }
        _ => panic!("a type that no column has"),
    }
}

/// The same from CSV, without types.
fn table(text: &str) -> Vec<(String, Vec<u64>)> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let names: Vec<String> = reader.headers().unwrap().iter().map(String::from).collect();
    let mut columns: Vec<(String, Vec<u64>)> = names.into_iter().map(|name| (name, Vec::new())).collect();
    for row in reader.records() {
        for (column, cell) in columns.iter_mut().zip(&row.unwrap()) {
            column.1.push(cell.parse::<f64>().unwrap().to_bits());
        }
    }
    columns
}

fn about(file: &SerializedFileReader<File>, key: &str) -> Value {
    let keys = file.metadata().file_metadata().key_value_metadata().unwrap();
    let text = keys.iter().find(|one| one.key == key).unwrap().value.as_ref().unwrap();
    serde_json::from_str(text).unwrap()
}

/// Runs with draws in both forms, and holds one against the other; gives the one of Parquet.
#[track_caller]
fn assert_same(desk: &Desk, more: &[&str]) -> SerializedFileReader<File> {
    for name in ["draws.csv", "draws.parquet"] {
        desk.json(&[more, &["--draws-out", name]].concat());
    }
    let file = open(&desk.path("draws.parquet"));
    let (found, expected) = (columns(&file), table(&desk.read("draws.csv")));
    let names = |one: &str| one.to_string();
    assert_eq!(
        found.iter().map(|column| names(&column.name)).collect::<Vec<_>>(),
        expected.iter().map(|column| names(&column.0)).collect::<Vec<_>>()
    );
    for (found, (name, expected)) in found.iter().zip(&expected) {
        assert!(found.bits == *expected, "{name} differs");
    }
    file
}

#[test]
fn parquet_holds_what_csv_holds_to_the_last_bit() {
    let desk = Desk::with(HOSTILE);
    for more in [
        &["-n", "1000", "--design", "independent"][..],
        &["-n", "4096"],
        &["-n", "3000", "--design", "lhs", "--given", "storm and ships > 2"],
    ] {
        let file = assert_same(&desk, more);
        let kinds: Vec<(String, Physical)> =
            columns(&file).into_iter().map(|one| (one.name, one.kind)).collect();
        let kind = |name: &str| kinds.iter().find(|one| one.0 == name).map(|one| one.1);
        assert_eq!(kind("replicate"), Some(Physical::INT32));
        assert_eq!(kind("draw"), Some(Physical::INT64));
        // A count that is weighed with what was learned of chance is a quotient.
        let is_weighed = more.contains(&"--given");
        assert_eq!(kind("ships"), Some(if is_weighed { Physical::DOUBLE } else { Physical::INT64 }));
        for number in ["draw_", "twice", "held", "root", "sky.clear", "sky.Grey_1", "storm", "a", "b"] {
            assert_eq!(kind(number), Some(Physical::DOUBLE), "{number}");
        }
        // What was learned weighs the draws, in a column that the file's own `weight` makes room for.
        assert_eq!(kind("weight_").is_some(), is_weighed);
        assert_eq!(kinds.len(), 13 + usize::from(is_weighed));
    }
}

#[test]
fn void_draws_are_left_out_of_both() {
    // A draw in two thousand or so has no root.
    let desk = Desk::with(&SMALL.replace("'x * y'", "'sqrt(y - 0.0005)'"));
    let file = assert_same(&desk, &["-n", "20000", "--design", "independent"]);
    let rows = file.metadata().file_metadata().num_rows();
    assert!((19_900..20_000).contains(&rows), "{rows}");
}

#[test]
fn a_file_of_draws_says_what_it_is() {
    let desk = Desk::with(HOSTILE);
    let answer = desk.json(&["-n", "1024", "--seed", "9", "--draws-out", "draws.parquet"]);
    let file = open(&desk.path("draws.parquet"));
    let about = [about(&file, "foretell"), about(&file, "PANDAS_ATTRS")];
    assert_eq!(about[0], about[1]);
    let mut run = answer["run"].clone();
    run["elapsed_seconds"] = Value::Null;
    assert_eq!((&about[0]["run"], &about[0]["scenario"]), (&run, &answer["scenario"]));
    assert_eq!((&run["draws"], &run["seed"]), (&json!(1024), &json!(9)));
    let columns = &about[0]["columns"];
    assert_eq!(
        columns["draw_"],
        json!({
            "label": "A \"draw\", \\ \u{1b}[31m\n\0\u{202e} 日本 | `x`", "kind": "factor", "unit": "10^6 €",
            "source": { "place": "§ 1, \"quoted\"", "kind": "stated", "note": null, "quote": null },
        })
    );
    assert_eq!(
        columns["sky.clear"],
        json!({ "label": "sky: Clear: blue, \"blue\"", "kind": "state", "factor": "sky", "state": "clear" })
    );
    let kinds = ["root", "storm", "a"].map(|name| columns[name]["kind"].clone());
    assert_eq!(kinds, ["derived", "event", "outcome"]);
    let names: Vec<&String> = columns.as_object().unwrap().keys().collect();
    let leaves = file.metadata().file_metadata().schema_descr().columns().to_vec();
    assert_eq!(names, leaves[2..].iter().map(|leaf| leaf.name()).collect::<Vec<_>>());
}

#[test]
fn what_draws_decide_nothing_of_has_its_rows_too() {
    let desk = Desk::with(EXACT);
    desk.run(&["run", "x.toml", "--no-charts", "--format", "csv", "--draws-out", "draws.csv"]);
    desk.run(&["run", "x.toml", "--no-charts", "--format", "csv", "--draws-out", "draws.parquet"]);
    let file = open(&desk.path("draws.parquet"));
    let (found, expected) = (columns(&file), table(&desk.read("draws.csv")));
    assert_eq!(found.len(), 4);
    assert!(found.iter().zip(&expected).all(|(found, expected)| found.bits == expected.1));
}

#[test]
fn the_bytes_do_not_depend_on_the_threads() {
    let desk = Desk::with(SMALL);
    for (form, draws) in [("parquet", "300000"), ("csv", "50000")] {
        let written = ["1", "2", "3"].map(|threads| {
            let name = format!("draws.{form}");
            let design = ["--design", "independent", "--threads", threads];
            desk.json(&[&["-n", draws, "--draws-out", &name][..], &design].concat());
            std::fs::read(desk.path(&name)).unwrap()
        });
        assert!(written[0] == written[1] && written[1] == written[2], "{form}");
        // Another seed, other bytes: of as many draws in the same form.
        let other = format!("other.{form}");
        desk.json(&["-n", draws, "--seed", "2", "--design", "independent", "--draws-out", &other]);
        assert!(std::fs::read(desk.path(&other)).unwrap() != written[0]);
    }
}

#[test]
fn many_rows_stand_in_groups_of_one_size() {
    let desk = Desk::with(SMALL);
    desk.json(&["-n", "300000", "--design", "independent", "--draws-out", "draws.parquet"]);
    let file = open(&desk.path("draws.parquet"));
    let rows: Vec<i64> = file.metadata().row_groups().iter().map(|group| group.num_rows()).collect();
    assert_eq!(rows, [131_072, 131_072, 37_856]);
    let found = columns(&file);
    assert!(found[1].bits.iter().enumerate().all(|(at, bits)| f64::from_bits(*bits) == at as f64));
    let mean =
        |column: &Column| column.bits.iter().map(|bits| f64::from_bits(*bits)).sum::<f64>() / 300_000.0;
    // x is beta(2, 3) with variance 1/25: five standard errors around 2/5.
    let x = found.iter().find(|column| column.name == "x").unwrap();
    assert!((mean(x) - 0.4).abs() < 5.0 * 0.2 / 300_000f64.sqrt(), "{}", mean(x));
}

#[test]
fn parquet_goes_through_a_pipe_and_not_to_a_terminal() {
    let desk = Desk::with(SMALL);
    let whole = ["run", "x.toml", "--format", "csv", "-n", "64", "--draws-out"];
    desk.run(&[&whole[..], &["draws.parquet"]].concat());
    let line = "ln -s /dev/stdout out.parquet; \"$0\" run x.toml --format csv -n 64 --draws-out out.parquet 2>err | cat >through";
    let shell = |line: &str| {
        std::process::Command::new("sh")
            .args(["-c", line, env!("CARGO_BIN_EXE_foretell")])
            .current_dir(desk.path("."))
            .output()
    };
    shell(line).unwrap();
    assert!(
        std::fs::read(desk.path("through")).unwrap() == std::fs::read(desk.path("draws.parquet")).unwrap()
    );
    // `script` gives a command a terminal, where there is one.
    let line = "script -qec \"$0 run x.toml --format csv -n 64 --draws-out out.parquet\" seen >/dev/null </dev/null; echo $?";
    let Ok(done) = shell(&format!("command -v script >/dev/null || exit 77; {line}")) else { return };
    if done.status.code() == Some(77) {
        eprintln!("no `script` here: a terminal is not tried");
        return;
    }
    let seen = String::from_utf8_lossy(&std::fs::read(desk.path("seen")).unwrap()).into_owned();
    assert!(
        seen.contains("it leads to a terminal, and Parquet is no text") && !seen.contains("PAR1"),
        "{seen}"
    );
}

#[test]
fn draws_in_memory_are_those_of_the_file() {
    let desk = Desk::with(HOSTILE);
    desk.json(&["-n", "20000", "--seed", "3", "--draws-out", "draws.csv"]);
    let session = Session::open(SourceFile::new("x.toml", HOSTILE), |name| Err(name.into())).unwrap();
    let case = session.case(&Changes::default()).unwrap();
    let study = case.study(&Settings::default());
    let columns = DrawColumns::compile(&study).unwrap();
    let drawn = |seed, threads| {
        DrawTable::draw(&columns, &Plan::new(Kind::Sobol, seed, 20_000, 8, threads), study.watch).unwrap()
    };
    let (table, expected) = (drawn(3, 2), table(&desk.read("draws.csv")));
    assert!(table == drawn(3, 1) && table != drawn(4, 1));
    let bits = |values: Vec<f64>| values.into_iter().map(f64::to_bits).collect::<Vec<_>>();
    assert!(bits(table.replicates.iter().map(|one| f64::from(*one)).collect()) == expected[0].1);
    assert!(bits(table.draws.iter().map(|one| *one as f64).collect()) == expected[1].1);
    for ((column, values), (name, expected)) in
        columns.columns().iter().zip(table.columns).zip(&expected[2..])
    {
        assert!(column.name == *name && bits(values) == *expected, "{name} differs");
    }
}

//! Elementary and special functions and every family of distributions against tables that mpmath made
//! (`tests/oracles/make.py`), and against the samples of a second library.

#![allow(clippy::disallowed_methods)]

mod quantiles;
mod samples;
mod tables;

/// The rows of a table: comment and heading left out, empty cells NaN, the first cell kept as text.
fn table(name: &str) -> Vec<(String, Vec<f64>)> {
    let path = format!("{}/tests/oracles/{name}.csv", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let number = |cell: &str| cell.trim_start_matches('+').parse().unwrap_or(f64::NAN);
    let row = |line: &str| {
        let cells: Vec<&str> = line.split(',').collect();
        (cells[0].to_string(), cells.iter().map(|cell| number(cell)).collect())
    };
    text.lines().skip(2).map(row).collect()
}

/// The difference in units in the last place of the expected value.
fn ulps(value: f64, expected: f64) -> f64 {
    if value == expected {
        return 0.0;
    }
    (value - expected).abs() / (expected.abs().next_up() - expected.abs())
}

fn relative(value: f64, expected: f64) -> f64 {
    if value == expected { 0.0 } else { (value / expected - 1.0).abs() }
}

fn report(failures: &[String]) {
    let first: Vec<&str> = failures.iter().take(40).map(String::as_str).collect();
    assert!(failures.is_empty(), "{} failures:\n{}", failures.len(), first.join("\n"));
}

//! A network as a scenario file.

use std::fmt::Write;

use super::names;
use super::network::{Network, Variable};

/// The text of a scenario file with one factor with states for each variable, in the order of the network, and no
/// outcomes. `origin` is the file that the network came from, which the text names. Numbers are written as shortly as
/// reading them back allows.
pub fn scenario_text(network: &Network, origin: &str) -> String {
    let names = Names::of(network);
    let mut text = header(network, origin);
    for index in 0..network.variables.len() {
        factor(&mut text, network, &names, index);
    }
    text
}

/// What everything is called in the file.
struct Names {
    variables: Vec<String>,
    states: Vec<Vec<String>>,
}

impl Names {
    fn of(network: &Network) -> Names {
        let originals: Vec<&str> = network.variables.iter().map(|one| one.name.as_str()).collect();
        let states = |variable: &Variable| {
            names::states(&variable.states.iter().map(String::as_str).collect::<Vec<_>>())
        };
        Names {
            variables: names::variables(&originals),
            states: network.variables.iter().map(states).collect(),
        }
    }
}

fn header(network: &Network, origin: &str) -> String {
    let origin: String = origin.chars().map(|c| if c.is_control() { '?' } else { c }).collect();
    let title = title(network, &origin);
    format!(
        "# Imported from {origin} by `foretell import`.\nforetell = 2\n\n[scenario]\ntitle = {}\n",
        quoted(&title)
    )
}

/// The network's name; if it has none that says anything, the file's.
fn title(network: &Network, origin: &str) -> String {
    match network.name.as_deref() {
        None | Some("" | "unknown") => {
            let file = origin.rsplit(['/', '\\']).next().unwrap_or(origin);
            file.strip_suffix(".bif").unwrap_or(file).into()
        }
        Some(name) => name.into(),
    }
}

fn factor(text: &mut String, network: &Network, names: &Names, index: usize) {
    let (variable, states) = (&network.variables[index], &names.states[index]);
    put(text, format_args!("\n[factors.{}]\n", names.variables[index]));
    if variable.name != names.variables[index] {
        put(text, format_args!("label = {}\n", quoted(&variable.name)));
    }
    let listed: Vec<String> = states.iter().map(|state| quoted(state)).collect();
    put(text, format_args!("states = [{}]\n", listed.join(", ")));
    let changed = states.iter().zip(&variable.states).filter(|(name, original)| name != original);
    let labels: Vec<String> =
        changed.map(|(name, original)| format!("{name} = {}", quoted(original))).collect();
    if !labels.is_empty() {
        put(text, format_args!("state_labels = {{ {} }}\n", labels.join(", ")));
    }
    match variable.parents.is_empty() {
        true => put(text, format_args!("{}\n", probabilities(states, variable.table.row(0)))),
        false => table(text, network, names, index),
    }
}

/// One line a row.
fn table(text: &mut String, network: &Network, names: &Names, index: usize) {
    let variable = &network.variables[index];
    text.push_str("table = [\n");
    for (row, numbers) in &variable.table.rows {
        let pairs = variable.parents.iter().zip(network.parent_states(variable, *row));
        let when: Vec<String> = pairs
            .map(|(parent, state)| {
                format!("{} = {}", names.variables[*parent], quoted(&names.states[*parent][state]))
            })
            .collect();
        let numbers = probabilities(&names.states[index], numbers);
        put(text, format_args!("  {{ when = {{ {} }}, {numbers} }},\n", when.join(", ")));
    }
    if let Some(numbers) = &variable.table.otherwise {
        put(text, format_args!("  {{ else = true, {} }},\n", probabilities(&names.states[index], numbers)));
    }
    text.push_str("]\n");
}

fn probabilities(states: &[String], numbers: &[f64]) -> String {
    // `{:?}` is the shortest text that reads back as the same number.
    let pairs: Vec<String> =
        states.iter().zip(numbers).map(|(state, number)| format!("{state} = {number:?}")).collect();
    format!("probabilities = {{ {} }}", pairs.join(", "))
}

fn put(text: &mut String, what: std::fmt::Arguments) {
    // A string can always be written to.
    let _ = text.write_fmt(what);
}

/// A basic string of TOML.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if c.is_control() => quoted.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

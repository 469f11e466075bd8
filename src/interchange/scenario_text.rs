//! A network as a scenario file.

use std::fmt::Write;

use super::influence::{Decision, Gain, Utility};
use super::names;
use super::network::Network;
use super::variable::{State, Variable};

/// The text of a scenario file with one factor with states for each variable, in the order of the network, and no
/// outcomes; what is decided as decisions, what is to be gained besides as derived values. `origin` is the file that the
/// network came from, which the text names. Numbers are written as shortly as reading them back allows.
pub fn scenario_text(network: &Network, origin: &str) -> String {
    let names = Names::of(network);
    let mut text = header(network, origin);
    for index in 0..network.variables.len() {
        factor(&mut text, network, &names, index);
    }
    for (utility, name) in network.utilities.iter().zip(&names.utilities) {
        derived(&mut text, utility, name, &names);
    }
    for (decision, name) in network.decisions.iter().zip(&names.decisions) {
        decided(&mut text, decision, name, &names);
    }
    text
}

/// What everything is called in the file.
struct Names {
    variables: Vec<String>,
    states: Vec<Vec<String>>,
    utilities: Vec<String>,
    decisions: Vec<String>,
}

impl Names {
    fn of(network: &Network) -> Names {
        let variables = network.variables.iter().map(|one| one.name.as_str());
        let utilities = network.utilities.iter().map(|one| one.name.as_str());
        let decisions = network.decisions.iter().map(|one| one.name.as_str());
        let originals: Vec<&str> = variables.chain(utilities).chain(decisions).collect();
        let mut all = names::variables(&originals);
        let decisions = all.split_off(network.variables.len() + network.utilities.len());
        let utilities = all.split_off(network.variables.len());
        let states = |variable: &Variable| {
            names::states(&variable.states.iter().map(|one| one.name.as_str()).collect::<Vec<_>>())
        };
        let states = network.variables.iter().map(states).collect();
        Names { variables: all, states, utilities, decisions }
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
            file.rsplit_once('.').map_or(file, |(stem, _)| stem).into()
        }
        Some(name) => name.into(),
    }
}

fn factor(text: &mut String, network: &Network, names: &Names, index: usize) {
    let (variable, states) = (&network.variables[index], &names.states[index]);
    put(text, format_args!("\n[factors.{}]\n", names.variables[index]));
    label(text, &variable.name, variable.label.as_deref(), &names.variables[index]);
    let listed: Vec<String> = states.iter().map(|state| quoted(state)).collect();
    put(text, format_args!("states = [{}]\n", listed.join(", ")));
    let labels = states.iter().zip(&variable.states).filter_map(|(name, state)| {
        let shown = called(&state.name, state.label.as_deref(), name)?;
        Some(format!("{name} = {}", quoted(shown)))
    });
    let labels: Vec<String> = labels.collect();
    if !labels.is_empty() {
        put(text, format_args!("state_labels = {{ {} }}\n", labels.join(", ")));
    }
    match variable.parents.is_empty() {
        true => put(text, format_args!("{}\n", probabilities(states, variable.table.row(0)))),
        false => table(text, network, names, index),
    }
}

/// What something is called, if that is not its name: what people call it, or what the network does.
fn called<'t>(original: &'t str, label: Option<&'t str>, name: &str) -> Option<&'t str> {
    let shown = label.filter(|label| !label.trim().is_empty()).unwrap_or(original);
    (shown != name).then_some(shown)
}

fn label(text: &mut String, original: &str, label: Option<&str>, name: &str) {
    if let Some(shown) = called(original, label, name) {
        put(text, format_args!("label = {}\n", quoted(shown)));
    }
}

/// Tables with as many rows are read, and their columns stand below each other; larger ones are not made longer by blanks.
const MOST_READ: usize = 100;

/// One line a row, below a line of names.
fn table(text: &mut String, network: &Network, names: &Names, index: usize) {
    let variable = &network.variables[index];
    let parents = variable.parents.iter().map(|parent| names.variables[*parent].clone());
    let mut lines = vec![(parents.collect(), names.states[index].clone())];
    for (row, numbers) in &variable.table.rows {
        let pairs = variable.parents.iter().zip(network.parent_states(variable, *row));
        let when = pairs.map(|(parent, state)| names.states[*parent][state].clone()).collect();
        lines.push((when, numbers.iter().map(|one| short(*one)).collect()));
    }
    if let Some(numbers) = &variable.table.otherwise {
        lines.push((vec!["else".to_string()], numbers.iter().map(|one| short(*one)).collect()));
    }
    let is_read = lines.len() <= MOST_READ;
    let width = |at: usize| lines.iter().filter_map(|(when, _)| when.get(at)).map(String::len).max();
    let widths = |at: usize| lines.iter().filter_map(|(_, numbers)| numbers.get(at)).map(String::len).max();
    let [before, behind]: [Vec<usize>; 2] =
        [(0..).map_while(width).collect(), (0..).map_while(widths).collect()];
    text.push_str("table = '''\n");
    for (when, numbers) in &lines {
        let line = format!(
            "{}| {}",
            row(when, is_read.then_some(&before)),
            row(numbers, is_read.then_some(&behind))
        );
        put(text, format_args!("{}\n", line.trim_end()));
    }
    text.push_str("'''\n");
}

/// Cells with a blank behind each, as wide as their columns.
fn row(cells: &[String], widths: Option<&Vec<usize>>) -> String {
    let width = |at: usize| widths.and_then(|widths| widths.get(at)).copied().unwrap_or(0);
    let cell = |(at, text): (usize, &String)| format!("{text:<width$} ", width = width(at));
    cells.iter().enumerate().map(cell).collect()
}

/// The shorter of the texts that read back as the same number.
fn short(number: f64) -> String {
    let (plain, exponent) = (format!("{number}"), format!("{number:e}"));
    if plain.len() <= exponent.len() { plain } else { exponent }
}

fn probabilities(states: &[String], numbers: &[f64]) -> String {
    // `{:?}` is the shortest text that reads back as the same number.
    let pairs: Vec<String> =
        states.iter().zip(numbers).map(|(state, number)| format!("{state} = {number:?}")).collect();
    format!("probabilities = {{ {} }}", pairs.join(", "))
}

fn derived(text: &mut String, utility: &Utility, name: &str, names: &Names) {
    put(text, format_args!("\n[derived.{name}]\n"));
    label(text, &utility.name, utility.label.as_deref(), name);
    put(text, format_args!("value = {}\n", sum(std::slice::from_ref(&utility.gain), names)));
}

fn decided(text: &mut String, decision: &Decision, name: &str, names: &Names) {
    put(text, format_args!("\n[[decisions]]\nid = {}\n", quoted(name)));
    label(text, &decision.name, decision.label.as_deref(), name);
    let originals: Vec<&str> = decision.options.iter().map(|(state, _)| state.name.as_str()).collect();
    for ((State { name: original, label: shown }, gains), option) in
        decision.options.iter().zip(names::variables(&originals))
    {
        put(text, format_args!("\n[decisions.options.{option}]\n"));
        label(text, original, shown.as_deref(), &option);
        put(text, format_args!("payoff = {}\n", payoff(gains, names)));
    }
    if !decision.known.is_empty() {
        let known: Vec<String> = decision.known.iter().map(|one| quoted(&names.variables[*one])).collect();
        put(
            text,
            format_args!(
                "\n[decisions.tests.known]\nlabel = \"What is known before\"\nof = [{}]\n",
                known.join(", ")
            ),
        );
    }
}

/// What an option pays: by the states of a factor where it depends on one alone.
fn payoff(gains: &[Gain], names: &Names) -> String {
    match gains {
        [Gain { parents, values, .. }] if parents.len() == 1 => {
            let states = names.states[parents[0]].iter().zip(values);
            let pairs: Vec<String> =
                states.map(|(state, value)| format!("{state} = {}", number(*value))).collect();
            format!("{{ {} = {{ {} }} }}", names.variables[parents[0]], pairs.join(", "))
        }
        gains => sum(gains, names),
    }
}

/// A sum of gains: a number, or an expression.
fn sum(gains: &[Gain], names: &Names) -> String {
    let constant: f64 = gains.iter().filter(|one| one.parents.is_empty()).flat_map(|one| &one.values).sum();
    let varying: Vec<&Gain> = gains.iter().filter(|one| !one.parents.is_empty()).collect();
    if varying.is_empty() {
        return number(constant);
    }
    let mut terms: Vec<String> = varying.iter().map(|one| cases(one, names, 0, 0)).collect();
    if let [only] = &mut terms[..]
        && constant == 0.0
    {
        return format!("'{only}'");
    }
    terms.iter_mut().for_each(|one| *one = format!("({one})"));
    if constant != 0.0 {
        terms.push(number(constant));
    }
    format!("'{}'", terms.join(" + "))
}

/// The value for each state of a gain's variables from `depth` on, where those before have the states that `row` counts.
fn cases(gain: &Gain, names: &Names, depth: usize, row: usize) -> String {
    let Some(parent) = gain.parents.get(depth) else { return number(gain.values[row]) };
    let count = gain.counts[depth];
    let mut text = String::new();
    for state in 0..count {
        let value = cases(gain, names, depth + 1, row * count + state);
        let value = if gain.parents.len() > depth + 1 { format!("({value})") } else { value };
        if state + 1 == count {
            text.push_str(&value);
        } else {
            let (name, state) = (&names.variables[*parent], &names.states[*parent][state]);
            put(&mut text, format_args!("if {name} == {state} then {value} else "));
        }
    }
    text
}

/// A number as files and expressions write it.
fn number(value: f64) -> String {
    let whole = format!("{value}");
    // No exponent in whole numbers that are short, and `{:?}` for all else.
    if value.fract() == 0.0 && whole.len() < 16 { whole } else { format!("{value:?}") }
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

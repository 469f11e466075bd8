//! Networks for tests: random ones, one of the size of ALARM, and what they come to by brute force.
#![allow(dead_code)]

use std::fmt::Write;

use foretell::diagnostic::{SourceFile, Sources, Style, render_all};
use foretell::interchange::{self, Format, Network};

/// A small generator with a state, for tests only (Steele, Lea & Flood 2014: SplitMix64).
pub struct Chance(pub u64);

impl Chance {
    fn word(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A whole number below `end`.
    pub fn below(&mut self, end: usize) -> usize {
        (self.word() % end as u64) as usize
    }

    /// Numbers in thousandths, none zero, that sum to 1000.
    fn thousandths(&mut self, count: usize) -> Vec<usize> {
        let mut shares = vec![1; count];
        for _ in count..1000 {
            // A square spreads the shares: some states are rare.
            let at = self.below(count * count).isqrt();
            shares[at] += 1;
        }
        shares
    }
}

/// A variable without its numbers.
pub struct Node {
    pub name: String,
    pub states: Vec<String>,
    pub parents: Vec<usize>,
}

/// The text of a network in the interchange format, with generated numbers of three decimals that sum to 1.
pub fn text(title: &str, nodes: &[Node], chance: &mut Chance) -> String {
    let mut text = format!("network {title} {{\n}}\n");
    for node in nodes {
        let (count, states) = (node.states.len(), node.states.join(", "));
        writeln!(text, "variable {} {{\n  type discrete [ {count} ] {{ {states} }};\n}}", node.name).unwrap();
    }
    for node in nodes {
        let parents: Vec<&str> = node.parents.iter().map(|index| nodes[*index].name.as_str()).collect();
        let bar = if parents.is_empty() { "" } else { " | " };
        writeln!(text, "probability ( {}{bar}{} ) {{", node.name, parents.join(", ")).unwrap();
        for row in rows(nodes, node) {
            let head = if row.is_empty() { "table".into() } else { format!("({})", row.join(", ")) };
            let numbers = chance.thousandths(node.states.len());
            let numbers: Vec<String> =
                numbers.iter().map(|one| format!("{}", *one as f64 / 1000.0)).collect();
            writeln!(text, "  {head} {};", numbers.join(", ")).unwrap();
        }
        text.push_str("}\n");
    }
    text
}

/// Every combination of the parents' states, the last varying fastest.
fn rows<'n>(nodes: &'n [Node], node: &Node) -> Vec<Vec<&'n str>> {
    node.parents.iter().fold(vec![Vec::new()], |rows: Vec<Vec<&str>>, parent| {
        let longer = |row: &Vec<&'n str>| {
            let row = row.clone();
            nodes[*parent]
                .states
                .iter()
                .map(move |state| [row.as_slice(), &[state]].concat())
                .collect::<Vec<_>>()
        };
        rows.iter().flat_map(longer).collect()
    })
}

/// A random network: up to 4 states a variable, up to 3 parents, which stand anywhere in the file.
pub fn random(seed: u64, count: usize) -> String {
    let mut chance = Chance(seed);
    let name = |index: usize| format!("N{index}");
    // Causes come first in this order, which is not that of the file.
    let mut order: Vec<usize> = (0..count).collect();
    (1..count).for_each(|at| order.swap(at, chance.below(at + 1)));
    let mut nodes: Vec<Node> = (0..count)
        .map(|index| {
            let states = (0..2 + chance.below(3)).map(|state| format!("s{state}")).collect();
            Node { name: name(index), states, parents: Vec::new() }
        })
        .collect();
    for at in 1..count {
        for _ in 0..chance.below(4) {
            let parent = order[chance.below(at)];
            let parents = &mut nodes[order[at]].parents;
            if !parents.contains(&parent) {
                parents.push(parent);
            }
        }
    }
    text(&format!("random_{seed}"), &nodes, &mut chance)
}

/// The structure of ALARM (Beinlich, Suermondt, Chavez & Cooper 1989): 37 variables, 46 arcs, 509 free parameters,
/// typed from what is generally known of it. Name, number of states, parents.
const ALARM: [(&str, usize, &str); 37] = [
    ("HISTORY", 2, "LVFAILURE"),
    ("CVP", 3, "LVEDVOLUME"),
    ("PCWP", 3, "LVEDVOLUME"),
    ("HYPOVOLEMIA", 2, ""),
    ("LVEDVOLUME", 3, "HYPOVOLEMIA LVFAILURE"),
    ("LVFAILURE", 2, ""),
    ("STROKEVOLUME", 3, "HYPOVOLEMIA LVFAILURE"),
    ("ERRLOWOUTPUT", 2, ""),
    ("HRBP", 3, "ERRLOWOUTPUT HR"),
    ("HREKG", 3, "ERRCAUTER HR"),
    ("ERRCAUTER", 2, ""),
    ("HRSAT", 3, "ERRCAUTER HR"),
    ("INSUFFANESTH", 2, ""),
    ("ANAPHYLAXIS", 2, ""),
    ("TPR", 3, "ANAPHYLAXIS"),
    ("EXPCO2", 4, "ARTCO2 VENTLUNG"),
    ("KINKEDTUBE", 2, ""),
    ("MINVOL", 4, "INTUBATION VENTLUNG"),
    ("FIO2", 2, ""),
    ("PVSAT", 3, "FIO2 VENTALV"),
    ("SAO2", 3, "PVSAT SHUNT"),
    ("PAP", 3, "PULMEMBOLUS"),
    ("PULMEMBOLUS", 2, ""),
    ("SHUNT", 2, "INTUBATION PULMEMBOLUS"),
    ("INTUBATION", 3, ""),
    ("PRESS", 4, "INTUBATION KINKEDTUBE VENTTUBE"),
    ("DISCONNECT", 2, ""),
    ("MINVOLSET", 3, ""),
    ("VENTMACH", 4, "MINVOLSET"),
    ("VENTTUBE", 4, "DISCONNECT VENTMACH"),
    ("VENTLUNG", 4, "INTUBATION KINKEDTUBE VENTTUBE"),
    ("VENTALV", 4, "INTUBATION VENTLUNG"),
    ("ARTCO2", 3, "VENTALV"),
    ("CATECHOL", 2, "ARTCO2 INSUFFANESTH SAO2 TPR"),
    ("HR", 3, "CATECHOL"),
    ("CO", 3, "HR STROKEVOLUME"),
    ("BP", 3, "CO TPR"),
];

/// A network with ALARM's structure and *generated* numbers: of its size, not the published one.
pub fn alarm(seed: u64) -> String {
    let states: [&[&str]; 3] =
        [&["TRUE", "FALSE"], &["LOW", "NORMAL", "HIGH"], &["ZERO", "LOW", "NORMAL", "HIGH"]];
    let index = |name: &str| ALARM.iter().position(|one| one.0 == name).unwrap();
    let node = |(name, count, parents): &(&str, usize, &str)| Node {
        name: name.to_string(),
        states: states[count - 2].iter().map(|state| state.to_string()).collect(),
        parents: parents.split_whitespace().map(index).collect(),
    };
    text("alarm_generated", &ALARM.iter().map(node).collect::<Vec<_>>(), &mut Chance(seed))
}

/// The network of a text; panics with every message if there is an error.
pub fn network(text: &str) -> Network {
    let sources = Sources::new(SourceFile::new("test.bif", text));
    let (network, found) = interchange::read(sources.file(), Format::Bif);
    network.unwrap_or_else(|| panic!("{}", render_all(&found, &sources, Style::Plain)))
}

/// The probability of evidence, each a variable and its state, and the probabilities of all states given it, by
/// summing over every combination of states there is.
pub fn brute_force(network: &Network, evidence: &[(usize, usize)]) -> (f64, Vec<Vec<f64>>) {
    let counts: Vec<usize> = network.variables.iter().map(|one| one.states.len()).collect();
    let mut sums: Vec<Vec<f64>> = counts.iter().map(|count| vec![0.0; *count]).collect();
    let mut total = 0.0;
    let mut world = vec![0; counts.len()];
    loop {
        if evidence.iter().all(|(variable, state)| world[*variable] == *state) {
            let chance = probability(network, &world);
            total += chance;
            world.iter().enumerate().for_each(|(variable, state)| sums[variable][*state] += chance);
        }
        let Some(at) = (0..world.len()).rev().find(|at| world[*at] + 1 < counts[*at]) else { break };
        world[at] += 1;
        world[at + 1..].fill(0);
    }
    sums.iter_mut().flatten().for_each(|sum| *sum /= total);
    (total, sums)
}

/// The probability of one state of everything.
fn probability(network: &Network, world: &[usize]) -> f64 {
    let one = |(variable, state): (&interchange::Variable, &usize)| {
        let parents: Vec<usize> = variable.parents.iter().map(|parent| world[*parent]).collect();
        variable.table.row(network.row(variable, &parents))[*state]
    };
    network.variables.iter().zip(world).map(one).product()
}

//! The command with flags by chance, each verb with those that its help names: it ends with a code that is documented and with words,
//! it never panics, and it writes nowhere but where it stands.

use std::collections::BTreeMap;

use crate::corpus::{read, root};
use crate::desk::{Desk, EXACT, RULED, SMALL, Said};
use crate::networks::Chance;
use crate::walk::walk;

/// Numbers, no count of which takes long.
const NUMBERS: [&str; 18] = [
    "0",
    "1",
    "2",
    "7",
    "512",
    "3000",
    "0.5",
    "0.01",
    "-1",
    "1e-300",
    "1e400",
    "nan",
    "inf",
    "",
    "99999999999999999999999",
    "0x10",
    "10%",
    "1_000",
];

/// Words that mean something to some flag, and some that mean nothing to any.
const WORDS: [&str; 40] = [
    "x",
    "y",
    "a",
    "b",
    "both",
    "storm",
    "nobody",
    "all",
    "outcome",
    "x=0.5",
    "x=nan",
    "x=",
    "=",
    "y=beta(2, 2)",
    "x=normal(0",
    "storm=true",
    "x > 0.5",
    "outcome == a",
    "not storm",
    "x,y",
    "a,x",
    ",",
    "x=0:1",
    "x=0:1:5",
    "x=1:0:2",
    "y=0:1:3",
    "x=0.1,0.9",
    "x=0",
    "1/2",
    "2/2",
    "0/1",
    "3/2",
    "10s",
    "0s",
    "1kB",
    "1GB",
    "2024-03-31",
    "2024-13-01",
    "\u{1b}[31mé\u{202e}",
    "--",
];

/// Names of files and folders: what is there and what is not.
const FILES: [&str; 12] = [
    "x.toml",
    "y.toml",
    "rich.toml",
    "net.bif",
    "notes.txt",
    "one.part",
    "none",
    "out",
    "out/deeper",
    "folder",
    ".",
    "",
];

/// A flag: its name, whether a value belongs to it, and the values that its help gives.
struct Flag {
    name: String,
    takes: bool,
    values: Vec<String>,
}

/// A verb's flags and how many arguments it can do with.
struct Verb {
    name: String,
    flags: Vec<Flag>,
}

#[test]
fn flags() {
    let verbs = verbs();
    walk("flags", 700, |chance| {
        let desk = desk();
        let before = desk.files("");
        let verb = &verbs[chance.below(verbs.len())];
        let arguments = arguments(verb, chance);
        let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
        assert_ends_well(&desk, &run(&desk, &words), &words);
        for (name, bytes) in before {
            // What is read stays as it is; so does what is outside.
            let is_kept =
                name.starts_with("aside/") || name.starts_with("in/x.toml") && verb.name != "import";
            assert!(
                !is_kept || std::fs::read(desk.path(&name)).ok() == Some(bytes),
                "{words:?} changes {name}"
            );
        }
        let stray = desk.names("").into_iter().find(|name| !name.starts_with("in/") && name != "aside/kept");
        assert_eq!(stray, None, "{words:?} writes outside");
    });
}

/// A folder that the command stands in, and beside it one for all else that a system offers for writing.
fn desk() -> Desk {
    let desk = Desk::new();
    for (name, text) in
        [("x.toml", SMALL), ("y.toml", RULED), ("z.toml", EXACT), ("notes.txt", "mine"), ("folder/kept", "")]
    {
        desk.put(&format!("in/{name}"), text);
    }
    desk.put("in/one.part", "no part");
    desk.put("in/rich.toml", &read(&root().join("scenarios/oil-wildcatter.toml")));
    desk.put("in/net.bif", &read(&root().join("tests/fixtures/import/asia.bif")));
    desk.put("aside/kept", "");
    desk
}

fn run(desk: &Desk, words: &[&str]) -> Said {
    let mut command = desk.command(words);
    command.current_dir(desk.path("in"));
    for variable in ["HOME", "TMPDIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"] {
        command.env(variable, desk.path("aside"));
    }
    Said::of(command.output().expect("the command"))
}

fn assert_ends_well(desk: &Desk, said: &Said, words: &[&str]) {
    assert!([0, 1, 2].contains(&said.code), "{words:?} ends with {}: {}", said.code, said.err);
    for text in [&said.out, &said.err] {
        for sign in ["panicked at", "RUST_BACKTRACE", "stack overflow"] {
            assert!(!text.contains(sign), "{words:?}: {text}");
        }
    }
    assert!(said.code != 2 || !said.err.is_empty(), "{words:?} fails without a word");
    // A control sign that came in as an argument does not come out again.
    assert!(!said.err.contains("\u{1b}[31mé"), "{words:?}: {}", said.err);
    let hidden = desk.names("").into_iter().find(|name| name.contains("/.foretell"));
    assert_eq!(hidden, None, "{words:?} leaves something behind");
}

/// What is written behind the name of the command.
fn arguments(verb: &Verb, chance: &mut Chance) -> Vec<String> {
    let mut words = vec![verb.name.clone()];
    let files = match verb.name.as_str() {
        "compare" | "merge" => 2,
        "import" => 1,
        "new" | "schema" => chance.below(2),
        _ => 1,
    };
    for _ in 0..files {
        words.push(match (verb.name.as_str(), chance.below(12)) {
            (_, 0) => any(&FILES, chance),
            ("import", _) => "net.bif".into(),
            ("schema", _) => any(&["run", "check", "nobody"], chance),
            ("decide" | "voi", _) => "rich.toml".into(),
            ("compare", 1..6) => "y.toml".into(),
            _ => any(&["x.toml", "x.toml", "x.toml", "y.toml", "z.toml", "rich.toml"], chance),
        });
    }
    for _ in 0..chance.below(5) {
        let flag = &verb.flags[chance.below(verb.flags.len())];
        words.push(flag.name.clone());
        if flag.takes && chance.below(40) > 0 {
            words.push(value(flag, chance));
        }
    }
    // Few draws, unless chance says how many.
    let takes_draws = verb.flags.iter().any(|flag| flag.name == "--draws");
    if takes_draws && !words.iter().any(|word| word == "--draws") && chance.below(8) > 0 {
        words.extend(["--draws".into(), "1024".into()]);
    }
    words
}

fn any(all: &[&str], chance: &mut Chance) -> String {
    all[chance.below(all.len())].into()
}

fn value(flag: &Flag, chance: &mut Chance) -> String {
    match chance.below(8) {
        0 => any(&WORDS, chance),
        1 => any(&NUMBERS, chance),
        2 => any(&FILES, chance),
        _ if !flag.values.is_empty() => flag.values[chance.below(flag.values.len())].clone(),
        3 => any(&NUMBERS, chance),
        4 => any(&FILES, chance),
        _ => any(&WORDS, chance),
    }
}

/// Every verb with its flags, as its help has them.
fn verbs() -> Vec<Verb> {
    let desk = Desk::new();
    let help = |words: &[&str]| {
        let said = desk.run(words);
        assert_eq!(said.code, 0, "{}", said.err);
        said.out
    };
    let overview = help(&["--help"]);
    let list =
        overview.split("Commands:\n").nth(1).and_then(|rest| rest.split("\n\n").next()).expect("commands");
    let names = list.lines().filter_map(|line| line.trim_start().split("  ").next());
    let mut verbs = BTreeMap::new();
    for name in names.filter(|name| *name != "help" && !name.contains(' ') && !name.is_empty()) {
        verbs.insert(name.to_string(), flags_of(&help(&[name, "--help"])));
    }
    assert!(verbs.len() > 15, "{:?}", verbs.keys());
    verbs.into_iter().map(|(name, flags)| Verb { name, flags }).collect()
}

/// The flags of a help.
fn flags_of(help: &str) -> Vec<Flag> {
    let mut flags: Vec<Flag> = Vec::new();
    for line in help.lines().map(str::trim) {
        if let Some(at) = line.find("--").filter(|at| line.starts_with('-') && *at <= 4) {
            let name = line[at..].split([' ', '[', '=']).next().unwrap_or_default().to_string();
            flags.push(Flag { name, takes: line.contains('<'), values: Vec::new() });
        }
        let (Some(flag), Some(value)) = (flags.last_mut(), line.strip_prefix("- ")) else { continue };
        flag.values.extend(value.split(':').next().map(String::from));
    }
    assert!(!flags.is_empty(), "{help}");
    flags
}

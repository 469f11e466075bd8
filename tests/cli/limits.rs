//! What a command may take of the machine, and which files a scenario may name.

use super::desk::Desk;
use std::fmt::Write;
use std::os::unix::fs::symlink;

const OUTCOMES: &str = "[outcomes.a]\nbase = 0.5\n[outcomes.b]\nbase = 0.5\n";

/// Each value follows from the one before it.
fn chain(length: usize) -> String {
    let mut text = "[factors.x]\nvalue = 'normal(0, 1)'\n[derived.d0]\nvalue = 'x + 1'\n".to_string();
    for at in 1..length {
        let _ = writeln!(text, "[derived.d{at}]\nvalue = 'd{} * 1.0001 + 0.1'", at - 1);
    }
    let last = length - 1;
    text + &format!("[outcomes.a]\nbase = 0.5\n[outcomes.b]\nbase = 0.5\nweights = {{ d{last} = 0.1 }}\n")
}

/// A factor with two states and a row for each combination of `parents` events.
fn table(parents: usize) -> String {
    let mut text = String::new();
    for at in 0..parents {
        let _ = writeln!(text, "[events.e{at}]\nprobability = 0.3");
    }
    text += "[factors.t]\nstates = ['p', 'q']\ntable = [\n";
    for row in 0..1usize << parents {
        let when: Vec<String> = (0..parents).map(|at| format!("e{at} = {}", row >> at & 1 == 1)).collect();
        let _ = writeln!(text, "{{ when = {{ {} }}, probabilities = {{ p = 0.4 }} }},", when.join(", "));
    }
    text + "]\n"
}

/// So many states, alike.
fn states(count: usize) -> String {
    let names: Vec<String> = (0..count).map(|at| format!("'s{at}'")).collect();
    let shares: Vec<String> = (1..count).map(|at| format!("s{at} = {}", 1.0 / count as f64)).collect();
    format!("[factors.s]\nstates = [{}]\nprobabilities = {{ {} }}\n", names.join(", "), shares.join(", "))
}

/// So many outcomes, alike.
fn outcomes(count: usize) -> String {
    let one = |at: usize| format!("[outcomes.o{at}]\nbase = '1 / {count}'\n");
    let rest = format!("[outcomes.rest]\nbase = '1 - {} / {count}'\nweights = {{ x = 1 }}\n", count - 1);
    "[factors.x]\nvalue = 'uniform(0, 1)'\n".to_string() + &rest + &(1..count).map(one).collect::<String>()
}

/// Each of many causes may bring an event about.
fn causes(count: usize) -> String {
    let events: String = (0..count).map(|at| format!("[events.c{at}]\nprobability = 0.1\n")).collect();
    let strengths: Vec<String> = (0..count).map(|at| format!("c{at} = 0.05")).collect();
    events + &format!("[events.t]\nnoisy_or = {{ leak = 0.01, causes = {{ {} }} }}\n", strengths.join(", "))
}

/// A file of moderate size takes moderate memory: with half a gigabyte of addresses, threads included, each is answered.
#[test]
fn long_files_take_little_memory() {
    let desk = Desk::new();
    let all = [
        ("chain", chain(5_000)),
        ("table", table(12)),
        ("states", states(4_000)),
        ("outcomes", outcomes(4_000)),
        ("causes", causes(500)),
    ];
    for (name, text) in all {
        desk.put(&format!("{name}.toml"), &text);
        let program = env!("CARGO_BIN_EXE_foretell");
        let command = format!("ulimit -v 500000; exec {program} check {name}.toml --threads 2");
        let done = std::process::Command::new("sh")
            .args(["-c", &command])
            .current_dir(desk.path("."))
            .output()
            .expect("a shell");
        assert_eq!(done.status.code(), Some(0), "{name}: {}", String::from_utf8_lossy(&done.stderr));
    }
}

#[test]
fn memory_is_refused_before_it_is_taken() {
    let desk = Desk::new();
    desk.put("x.toml", &table(10));
    assert_eq!(desk.run(&["check", "x.toml", "--memory", "1GB"]).code, 0);
    let refused = desk.run(&["check", "x.toml", "--memory", "10kB"]);
    assert_eq!((refused.code, refused.out.as_str()), (2, ""), "{}", refused.err);
    assert!(refused.err.contains("memory"), "{}", refused.err);
    let wrong = desk.run(&["check", "x.toml", "--memory", "much"]);
    assert!(wrong.code == 2 && wrong.err.contains("500MB"), "{}", wrong.err);
}

const SECRET: &str = "secret,word\n1,2\n";

fn naming(name: &str) -> String {
    format!("[factors.x]\nvalue = 'empirical(\"{name}\", \"x\")'\n{OUTCOMES}")
}

/// A file that somebody else wrote can't be used to read what lies elsewhere, nor to find out whether it is there.
#[test]
fn a_scenario_names_files_of_its_own_folder() {
    let desk = Desk::new();
    std::fs::create_dir_all(desk.path("mine/below")).unwrap();
    std::fs::create_dir_all(desk.path("other")).unwrap();
    desk.put("other/data.csv", SECRET);
    desk.put("mine/data.csv", "x\n1\n2\n3\n");
    desk.put("mine/below/data.csv", "x\n1\n2\n3\n");
    symlink(desk.path("other/data.csv"), desk.path("mine/link.csv")).unwrap();
    symlink(desk.path("other/none.csv"), desk.path("mine/dangling.csv")).unwrap();
    symlink(desk.path("other"), desk.path("mine/folder")).unwrap();
    for own in ["data.csv", "below/data.csv", "./data.csv", "below/../data.csv"] {
        desk.put("mine/x.toml", &naming(own));
        assert_eq!(desk.run(&["check", "mine/x.toml"]).code, 0, "{own}");
    }
    let whole = desk.path("other/data.csv").display().to_string();
    let mut told = Vec::new();
    let linked = ["link.csv", "dangling.csv", "folder/data.csv", "folder/none.csv"];
    for elsewhere in ["../other/data.csv", "../other/none.csv", &whole].into_iter().chain(linked) {
        desk.put("mine/x.toml", &naming(elsewhere));
        let said = desk.run(&["check", "mine/x.toml"]);
        assert!(said.code == 2 && said.err.contains("--allow-path"), "{elsewhere}: {}", said.err);
        assert!(!said.err.contains("secret"), "{elsewhere}: {}", said.err);
        told.push(said.err.replace(elsewhere, "").lines().next().map(str::to_string));
    }
    assert!(told.iter().all(|one| *one == told[0]), "what is not there is told as what is: {told:?}");
    // In the scenario's own folder it is said what is missing.
    desk.put("mine/x.toml", &naming("none.csv"));
    let own = desk.run(&["check", "mine/x.toml"]).err;
    assert!(own.contains("no such file") && !own.contains("--allow-path"), "{own}");
    // What is allowed is read: then only the column is missing.
    desk.put("mine/x.toml", &naming("../other/data.csv"));
    let said = desk.run(&["check", "mine/x.toml", "--allow-path", "other"]);
    assert!(said.code == 2 && !said.err.contains("--allow-path"), "{}", said.err);
    desk.put("mine/x.toml", &naming("../other/none.csv"));
    let said = desk.run(&["check", "mine/x.toml", "--allow-path", "other"]);
    assert!(said.err.contains("no such file"), "{}", said.err);
    desk.put("mine/x.toml", &naming("../other/data.csv"));
    std::fs::write(desk.path("other/data.csv"), "x\n1\n2\n3\n").unwrap();
    assert_eq!(desk.run(&["--allow-path", "other", "check", "mine/x.toml"]).code, 0);
}

/// `...toml` is a file like others, and its output does not go up a folder.
#[test]
fn a_name_of_dots_leads_nowhere_else() {
    let desk = Desk::new();
    desk.put("...toml", OUTCOMES);
    let said = desk.run(&["run", "...toml", "--no-charts"]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(desk.path("output/toml/manifest.json").exists());
    assert!(!desk.path("manifest.json").exists() && !desk.path("output/manifest.json").exists());
}

/// Help that can't be written is a failure as any.
#[test]
fn help_on_a_full_disk_fails() {
    let Ok(full) = std::fs::OpenOptions::new().write(true).open("/dev/full") else { return };
    let status = std::process::Command::new(env!("CARGO_BIN_EXE_foretell"))
        .arg("--help")
        .stdout(full)
        .status()
        .expect("the program");
    assert_eq!(status.code(), Some(2));
}

/// What a spreadsheet would compute is words with `--excel`, and as the file has it without.
#[test]
fn cells_are_no_formulas_for_spreadsheets() {
    let desk = Desk::new();
    desk.put("x.toml", "[outcomes.a]\nlabel = \"=1+1\"\nbase = 0.5\n[outcomes.b]\nbase = 0.5\n");
    let plain = desk.run(&["run", "x.toml", "--format", "csv"]).out;
    assert!(plain.contains(",=1+1,") && !plain.contains("'="), "{plain}");
    let guarded = desk.run(&["run", "x.toml", "--format", "csv", "--excel"]).out;
    assert!(guarded.contains(",'=1+1,"), "{guarded}");
    assert_eq!(guarded.replace("'=", "="), plain);
}

/// Names from files reach a terminal as visible escapes.
#[test]
fn messages_steer_no_terminal() {
    let desk = Desk::new();
    let hostile = "[factors.x]\nvalue = 'beta(2, 3)'\nlabel = \"\\u001b[31mred\\u202e\"\n\
        [outcomes.a]\nwhen = 'x > 2'\n[outcomes.b]\nelse = true\n[[claims]]\ntext = \"\\u001b]0;title\\u0007\"\nexpect = 'P(c) > 0.5'\n";
    desk.put("x.toml", hostile);
    desk.put("t.csv", "\u{202e}a\u{1b}[31m,b\n1,2\n3,4\n");
    for arguments in [vec!["check", "x.toml"], vec!["discover", "--data", "t.csv", "--of", "c"]] {
        let said = desk.run(&arguments);
        let all = said.err.clone() + &said.out;
        assert_eq!(said.code, 2, "{all}");
        assert!(!all.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{all:?}");
    }
}

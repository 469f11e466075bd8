//! A folder of its own for each test, and the command in it.

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// Three outcomes with uncertain factors, a derived value, an event and claims that hold.
pub const SMALL: &str = r#"
[scenario]
title = "A small scenario"
question = "Which of three?"
as_of = 2024-01-01
by = 2024-12-31
[factors.x]
label = "How strong x is"
value = 'beta(2, 3)'
[factors.y]
value = 'uniform(0, 1)'
[derived.both]
value = 'x * y'
[events.storm]
probability = '0.2 + 0.1 * y'
[outcomes.a]
label = "The first"
base = 0.5
weights = { x = 2.0, storm = -1.0 }
[outcomes.b]
label = "The second"
base = 0.3
weights = { y = 1.0 }
[outcomes.c]
base = 0.2
[[claims]]
text = "x helps a"
expect = 'raises: x -> a'
"#;

/// A rule that x decides: P(low) = 0.3.
pub const RULED: &str =
    "[factors.x]\nvalue = 'uniform(0, 1)'\n[outcomes.low]\nwhen = 'x < 0.3'\n[outcomes.high]\nelse = true\n";

/// Nothing is uncertain.
pub const EXACT: &str = "[outcomes.a]\nbase = 0.6\n[outcomes.b]\nbase = 0.4\n";

/// A temporary folder.
pub struct Desk {
    home: TempDir,
}

impl Desk {
    /// An empty one.
    pub fn new() -> Desk {
        Desk { home: tempfile::tempdir().unwrap() }
    }

    /// One that holds `x.toml`.
    pub fn with(text: &str) -> Desk {
        let desk = Desk::new();
        desk.put("x.toml", text);
        desk
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    pub fn put(&self, name: &str, text: &str) {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    pub fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap()
    }

    /// The files below a folder with their contents, sorted.
    pub fn files(&self, folder: &str) -> Vec<(String, Vec<u8>)> {
        let mut found = Vec::new();
        let mut open = vec![self.path(folder)];
        while let Some(next) = open.pop() {
            for entry in std::fs::read_dir(next).unwrap() {
                let path = entry.unwrap().path();
                match path.is_dir() {
                    true => open.push(path),
                    false => {
                        let name =
                            path.strip_prefix(self.path(folder)).unwrap().to_string_lossy().into_owned();
                        found.push((name, std::fs::read(&path).unwrap()));
                    }
                }
            }
        }
        found.sort();
        found
    }

    pub fn names(&self, folder: &str) -> Vec<String> {
        self.files(folder).into_iter().map(|(name, _)| name).collect()
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        // What nohup ignores, as on some machines that test, a child would ignore too.
        let mut command = match is_hangup_ignored() {
            true => Command::new("/usr/bin/env"),
            false => Command::new(env!("CARGO_BIN_EXE_foretell")),
        };
        if is_hangup_ignored() {
            command.args(["--default-signal=HUP", env!("CARGO_BIN_EXE_foretell")]);
        }
        command.args(arguments).current_dir(self.home.path());
        for variable in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"] {
            command.env_remove(variable);
        }
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Said {
        Said::of(self.command(arguments).output().unwrap())
    }

    pub fn run_with_input(&self, arguments: &[&str], input: &str) -> Said {
        let mut child = self.command(arguments).stdin(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        Said::of(child.wait_with_output().unwrap())
    }

    /// The answer of `run x.toml --format json` with more flags, which must succeed.
    pub fn json(&self, more: &[&str]) -> serde_json::Value {
        let mut arguments = vec!["run", "x.toml", "--format", "json"];
        arguments.extend(more);
        let said = self.run(&arguments);
        assert_eq!(said.code, 0, "{}", said.err);
        serde_json::from_str(&said.out).unwrap()
    }
}

/// What a command said.
#[derive(Debug)]
pub struct Said {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Said {
    pub fn of(output: Output) -> Said {
        Said {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

/// Whether SIGHUP, the first signal, is ignored here.
fn is_hangup_ignored() -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    ignored.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).is_some_and(|mask| mask & 1 != 0)
}

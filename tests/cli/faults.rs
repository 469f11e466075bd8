//! Full disks, mounts, kills and what they leave.

use std::fs::{self, File};
use std::process::{Command, Output};
use std::time::Duration;

use serde_json::Value;
use sha2::{Digest, Sha256};

use crate::desk::{Desk, RULED, SMALL};

const RAIN: &str = "network rain { }\nvariable rain { type discrete [ 2 ] { yes, no }; }\n\
                    probability ( rain ) { table 0.8, 0.2; }\n";

fn desk() -> Desk {
    let evidence = "[[evidence]]\ndate = 2024-02-01\nlikelihood = { low = 0.5, high = 0.2 }\n";
    let desk = Desk::with(&format!("{RULED}{evidence}"));
    desk.put("rain.bif", RAIN);
    desk
}

/// Runs lines of shell in a mount namespace of their own, after some that prepare it; `None` if it can't be had here.
fn mounted(desk: &Desk, prepare: &str, line: &str) -> Option<Output> {
    let run = |line: String| {
        let mut command = Command::new("unshare");
        command.args(["--mount", "sh", "-c", &line]).arg(env!("CARGO_BIN_EXE_foretell"));
        command.current_dir(desk.path(".")).output()
    };
    let is_possible = run(prepare.into()).is_ok_and(|done| done.status.success());
    if !is_possible {
        eprintln!("no mount namespace here: `{line}` is not tried");
        return None;
    }
    Some(run(format!("{prepare} || exit 77; {line}")).unwrap())
}

#[test]
fn a_full_disk_leaves_what_was_there() {
    let desk = desk();
    fs::create_dir(desk.path("disk")).unwrap();
    // All but some pages are taken once the old files are there.
    let prepare = "mount -t tmpfs -o size=512k tmpfs disk && echo old >disk/old";
    let fill = "dd if=/dev/zero of=disk/full bs=4k 2>/dev/null; truncate -s -8k disk/full";
    for line in [
        "run x.toml --format csv -n 3e4 --draws-out disk/old",
        "run x.toml --format csv -n 3e4 --draws-out disk/new",
        #[cfg(feature = "parquet")]
        "run x.toml --format csv -n 3e4 --draws-out disk/new.parquet",
        "run x.toml -n 3e4 --shard 1/2 --part disk/old",
        "run x.toml -n 3e4 --shard 1/2 --part disk/new",
        "plot x.toml answer -o disk/old.svg",
        "run x.toml -n 3e4 -o disk/out",
        "run x.toml -n 3e4 -o disk",
        "update x.toml -o disk/out",
    ] {
        let script = format!(
            "\"$0\" run x.toml --no-charts -n 64 -o disk/out >log 2>&1 || exit 78; {fill}; \
             ls -R disk >before; cat disk/out/* | sha256sum >>before; \
             \"$0\" {line} >/dev/null; echo \"code $?\"; \
             ls -R disk >after; cat disk/out/* | sha256sum >>after; find disk -name '.fore*'; cat disk/old; cmp before after && echo same"
        );
        let Some(done) = mounted(&desk, prepare, &script) else { return };
        let (out, said) = (String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
        assert_eq!(out, "code 2\nold\nsame\n", "{line}: {said}");
        assert!(said.contains("no space is left there"), "{line}: {said}");
    }
    // Not even a page is left for these.
    let fill = "dd if=/dev/zero of=disk/full bs=4k 2>/dev/null";
    for line in ["import rain.bif --force -o disk/old", "import rain.bif -o disk/new", "new disk/new.toml"] {
        let script = format!(
            "{fill}; ls disk >before; \"$0\" {line} >/dev/null; echo \"code $?\"; ls -A disk >after; cat disk/old; cmp before after && echo same"
        );
        let Some(done) = mounted(&desk, prepare, &script) else { return };
        let (out, said) = (String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
        assert_eq!(out, "code 2\nold\nsame\n", "{line}: {said}");
        assert!(said.contains("no space is left there"), "{line}: {said}");
    }
}

#[test]
fn a_file_on_which_another_is_mounted_is_refused_before_the_run() {
    let desk = desk();
    desk.put("there", "theirs\n");
    desk.put("here", "old\n");
    for flags in ["--draws-out here", "--shard 1/2 --part here"] {
        let line = format!("timeout 20 \"$0\" run x.toml -n 1e12 {flags}; echo \"code $?\"; cat here there");
        let Some(done) = mounted(&desk, "mount --bind there here", &line) else { return };
        let (out, said) = (String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
        assert_eq!(out, "code 2\ntheirs\ntheirs\n", "{flags}: {said}");
        assert!(said.contains("is mounted on it"), "{flags}: {said}");
    }
}

#[test]
fn a_folder_on_which_another_is_mounted_is_written() {
    let desk = desk();
    fs::create_dir_all(desk.path("there/below")).unwrap();
    fs::create_dir(desk.path("here")).unwrap();
    let twice = "\"$0\" run x.toml --no-charts -n 64 -o here >/dev/null && \"$0\" run x.toml --no-charts -n 128 -o here >/dev/null";
    let line = format!("{twice} && ls -A here there");
    let Some(done) = mounted(&desk, "mount --bind there here", &line) else { return };
    let out = String::from_utf8_lossy(&done.stdout);
    let names = "below\nmanifest.json\nreport.md\nresult.csv\nresult.json\n";
    assert_eq!(out, format!("here:\n{names}\nthere:\n{names}"), "{}", String::from_utf8_lossy(&done.stderr));
    assert!(desk.read("there/result.json").contains("\"draws\": 128"));
}

#[test]
fn what_a_killed_command_has_left_beside_a_file_goes_and_nothing_else_does() {
    let desk = desk();
    let kept = [".foretell-7-1", ".foretell-notes", ".foretell-7", "foretell-7-0", ".foretell-7-0.csv"];
    for name in kept.iter().chain(&[".foretell-7-0", ".foretell-99999999-12"]) {
        desk.put(name, "a fragment");
    }
    fs::create_dir(desk.path(".foretell-8-0")).unwrap();
    // Its owner lives, in whatever container.
    let lock = File::options().write(true).open(desk.path(".foretell-7-1")).unwrap();
    lock.try_lock().unwrap();
    let said = desk.run(&["run", "x.toml", "--format", "csv", "-n", "64", "--draws-out", "draws.csv"]);
    assert_eq!(said.code, 0, "{}", said.err);
    let mut left: Vec<String> = kept.iter().map(|name| name.to_string()).collect();
    left.extend(["draws.csv", "rain.bif", "x.toml"].map(String::from));
    left.sort();
    assert_eq!(desk.names("."), left);
    assert!(desk.path(".foretell-8-0").is_dir());
}

/// Whether every file of a folder bears the hash that its list says.
fn is_whole(desk: &Desk, folder: &str) -> bool {
    let Ok(text) = fs::read_to_string(desk.path(folder).join("manifest.json")) else { return false };
    let list: Value = serde_json::from_str(&text).unwrap();
    list["hashes"].as_object().unwrap().iter().all(|(name, hash)| {
        let bytes = fs::read(desk.path(folder).join(name)).unwrap_or_default();
        Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect::<String>()
            == hash.as_str().unwrap()
    })
}

#[test]
fn commands_that_are_killed_leave_whole_folders() {
    for has_notes in [false, true] {
        let desk = Desk::with(SMALL);
        let run = |draws: &str| desk.command(&["run", "x.toml", "--no-charts", "-n", draws, "-o", "out"]);
        assert!(run("64").output().unwrap().status.success());
        if has_notes {
            desk.put("out/notes.txt", "mine");
        }
        for step in 0..12 {
            let mut child =
                run(&(128 + step).to_string()).stdout(std::process::Stdio::null()).spawn().unwrap();
            std::thread::sleep(Duration::from_millis(10 + 5 * step));
            let _ = child.kill();
            child.wait().unwrap();
            // By the journal, the next command makes it whole; at once, it is so already.
            assert!(has_notes || is_whole(&desk, "out"), "killed after {step}");
            assert!(run("64").output().unwrap().status.success());
            assert!(is_whole(&desk, "out"), "killed after {step}");
            assert!(!has_notes || desk.read("out/notes.txt") == "mine");
        }
        let hidden = |path: &str| desk.names(path).iter().any(|name| name.contains(".foretell"));
        assert!(!hidden(".") && fs::read_dir(desk.path(".")).unwrap().count() == 2);
    }
}

#[test]
fn a_picture_that_was_edited_is_named_and_kept() {
    let desk = Desk::with(SMALL);
    assert_eq!(desk.run(&["run", "x.toml", "-o", "out"]).code, 0);
    desk.put("out/charts/answer.svg", "mine");
    let before = desk.files(".");
    let said = desk.run(&["run", "x.toml", "-n", "1e12", "-o", "out"]);
    assert_eq!((said.code, said.out.as_str()), (2, ""));
    let told = said.err.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(told.contains("`out/charts/answer.svg`: it was changed after foretell wrote it"), "{}", said.err);
    assert!(told.contains("move it away") && before == desk.files("."), "{}", said.err);
    fs::rename(desk.path("out/charts/answer.svg"), desk.path("out/mine.svg")).unwrap();
    assert_eq!(desk.run(&["run", "x.toml", "-o", "out"]).code, 0);
    assert_eq!(desk.read("out/mine.svg"), "mine");
}

#[test]
fn files_of_an_earlier_version_are_kept_apart() {
    let desk = Desk::with(SMALL);
    for name in ["report.md", "result.json", "charts/answer.svg"] {
        desk.put(&format!("out/{name}"), "earlier");
    }
    desk.put("out/manifest.json", r#"{"foretell": 2, "files": [], "answers": {"run": ["report.md", "result.json", "charts/answer.svg"]}}"#);
    let said = desk.run(&["run", "x.toml", "-o", "out"]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(said.err.contains("Files of an earlier version are kept in out/earlier/"), "{}", said.err);
    assert!(is_whole(&desk, "out"));
    for name in ["report.md", "result.json", "charts/answer.svg"] {
        assert_eq!(desk.read(&format!("out/earlier/{name}")), "earlier");
    }
    assert!(!desk.run(&["run", "x.toml", "-o", "out"]).err.contains("earlier"));
}

//! What is written and where: never over what is no regular file, never over what is read, never half.

use std::os::unix::fs::{FileTypeExt, MetadataExt, PermissionsExt, symlink};
use std::path::Path;
use std::process::{Command, Output};
use std::time::Duration;

use crate::desk::{Desk, RULED};

/// A run that writes its draws to the file that comes next, and nothing else.
const DRAWS: [&str; 7] = ["run", "x.toml", "--format", "csv", "-n", "64", "--draws-out"];

/// A run that writes its part to the file that comes next.
const PART: [&str; 7] = ["run", "x.toml", "-n", "64", "--shard", "1/2", "--part"];

/// The commands that write a file, and how what they write begins.
const WRITING: [(&[&str], &str); 3] =
    [(&DRAWS, "replicate,draw,x"), (&PART, "foretell"), (&["import", "rain.bif", "--force", "-o"], "# ")];

const RAIN: &str = "network rain { }\nvariable rain { type discrete [ 2 ] { yes, no }; }\n\
                    probability ( rain ) { table 0.8, 0.2; }\n";

fn desk() -> Desk {
    let desk = Desk::with(RULED);
    desk.put("rain.bif", RAIN);
    desk
}

fn with<'a>(arguments: &[&'a str], last: &'a str) -> Vec<&'a str> {
    [arguments, &[last]].concat()
}

fn content(desk: &Desk, name: &str) -> String {
    String::from_utf8_lossy(&std::fs::read(desk.path(name)).unwrap()).into_owned()
}

fn make_fifo(path: &Path) {
    assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
}

/// Runs, expects exit code 2, that `part` is said, and that no file has changed.
#[track_caller]
fn assert_refused(desk: &Desk, arguments: &[&str], part: &str) {
    let before = desk.files(".");
    let said = desk.run(arguments);
    assert_eq!((said.code, said.out.as_str()), (2, ""), "{arguments:?}: {}", said.err);
    assert!(said.err.contains(part), "{part:?} is not in: {}", said.err);
    assert!(before == desk.files("."), "{arguments:?} left something");
}

#[test]
fn a_file_is_replaced_whole_and_keeps_its_permissions() {
    for (arguments, start) in WRITING {
        let desk = desk();
        desk.put("out", "old");
        std::fs::set_permissions(desk.path("out"), PermissionsExt::from_mode(0o640)).unwrap();
        let before = std::fs::metadata(desk.path("out")).unwrap();
        let said = desk.run(&with(arguments, "out"));
        assert_eq!(said.code, 0, "{}", said.err);
        let after = std::fs::metadata(desk.path("out")).unwrap();
        assert!(content(&desk, "out").starts_with(start), "{}", content(&desk, "out"));
        assert_eq!((after.mode(), after.uid()), (before.mode(), before.uid()));
        assert_ne!(after.ino(), before.ino());
        assert_eq!(desk.names("."), ["out", "rain.bif", "x.toml"]);
    }
}

#[test]
fn links_stay_and_what_they_lead_to_is_written() {
    for (arguments, start) in WRITING {
        let desk = desk();
        desk.put("there/old", "old");
        for (link, end) in [("link", "there/old"), ("dangling", "there/new"), ("second", "dangling")] {
            symlink(end, desk.path(link)).unwrap();
        }
        for (link, end) in [("link", "there/old"), ("second", "there/new")] {
            let said = desk.run(&with(arguments, link));
            assert_eq!(said.code, 0, "{}", said.err);
            assert!(content(&desk, end).starts_with(start), "{link}: {}", content(&desk, end));
            assert!(std::fs::symlink_metadata(desk.path(link)).unwrap().is_symlink());
        }
        assert_eq!(std::fs::read_dir(desk.path("there")).unwrap().count(), 2);
        symlink("round", desk.path("round")).unwrap();
        assert_eq!(desk.run(&with(arguments, "round")).code, 2);
        symlink("no/such", desk.path("nowhere")).unwrap();
        assert_eq!(desk.run(&with(arguments, "nowhere")).code, 2);
    }
}

#[test]
fn a_pipe_is_written_through() {
    for (arguments, start) in WRITING {
        let desk = desk();
        let fifo = desk.path("fifo");
        make_fifo(&fifo);
        let reader = std::thread::spawn({
            let fifo = fifo.clone();
            move || std::fs::read(fifo).unwrap()
        });
        let said = desk.run(&with(arguments, "fifo"));
        let read = reader.join().unwrap();
        assert_eq!(said.code, 0, "{}", said.err);
        assert!(String::from_utf8_lossy(&read).starts_with(start));
        assert!(std::fs::symlink_metadata(&fifo).unwrap().file_type().is_fifo());
    }
}

#[test]
fn waiting_for_a_reader_can_be_interrupted() {
    let desk = desk();
    make_fifo(&desk.path("fifo"));
    let child = desk.command(&with(&DRAWS, "fifo")).spawn().unwrap();
    std::thread::sleep(Duration::from_millis(500));
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    assert_eq!(child.wait_with_output().unwrap().status.code(), Some(130));
}

#[test]
fn an_interrupt_leaves_no_part_of_a_file() {
    for arguments in [["--draws-out", "out"].as_slice(), &["--shard", "1/2", "--part", "out"]] {
        let desk = desk();
        desk.put("out", "old");
        let before = desk.files(".");
        let all = [&["run", "x.toml", "-n", "1e12"], arguments].concat();
        let child = desk.command(&all).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(500));
        assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
        assert_eq!(child.wait_with_output().unwrap().status.code(), Some(130));
        assert!(before == desk.files("."));
    }
}

#[test]
fn an_interrupt_while_a_file_is_written_leaves_it_as_it_was() {
    for signal in ["-INT", "-TERM", "-HUP"] {
        let desk = desk();
        desk.put("out", "old");
        let before = desk.files(".");
        let run = ["run", "x.toml", "--format", "csv", "-n", "3e7", "--draws-out", "out"];
        let mut child = desk.command(&run).spawn().unwrap();
        // The file beside it has to hold something: an empty one only tries the folder.
        let is_begun = |path: &Path| path.metadata().is_ok_and(|about| about.len() > 0);
        let hidden = desk.path(&format!(".foretell-{}-0", child.id()));
        while !is_begun(&hidden) {
            assert!(child.try_wait().unwrap().is_none(), "it ended before it wrote");
            std::thread::sleep(Duration::from_millis(5));
        }
        assert!(Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap().success());
        assert_eq!(child.wait().unwrap().code(), Some(130), "{signal}");
        assert!(before == desk.files("."), "{signal}");
    }
}

#[test]
fn waiting_for_a_scenario_can_be_ended() {
    let desk = desk();
    make_fifo(&desk.path("never.toml"));
    for arguments in [["run", "never.toml"], ["check", "never.toml"], ["update", "never.toml"]] {
        let child = desk.command(&arguments).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(500));
        assert!(Command::new("kill").args(["-TERM", &child.id().to_string()]).status().unwrap().success());
        assert_eq!(child.wait_with_output().unwrap().status.code(), Some(130));
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_command_that_is_to_outlive_its_terminal_does() {
    let desk = desk();
    let shell = format!("trap '' HUP; exec \"{}\" run x.toml -n 1e12", env!("CARGO_BIN_EXE_foretell"));
    let mut child = Command::new("sh").args(["-c", &shell]).current_dir(desk.path(".")).spawn().unwrap();
    std::thread::sleep(Duration::from_millis(500));
    assert!(Command::new("kill").args(["-HUP", &child.id().to_string()]).status().unwrap().success());
    std::thread::sleep(Duration::from_millis(300));
    let is_alive = child.try_wait().unwrap().is_none();
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(is_alive);
}

#[test]
fn a_dash_is_standard_output_and_the_answer_steps_aside() {
    let desk = desk();
    let said = desk.run(&with(&DRAWS, "-"));
    assert_eq!(said.code, 0, "{}", said.err);
    assert_eq!(said.out.lines().count(), 1 + 64);
    assert!(said.err.starts_with("id,label,probability"), "{}", said.err);
    assert!(said.err.contains("Draws written to standard output"), "{}", said.err);
    desk.run(&with(&DRAWS, "draws.csv"));
    assert_eq!(said.out, desk.read("draws.csv"));
    let said = Command::output(&mut desk.command(&with(&PART, "-"))).unwrap();
    desk.run(&with(&PART, "one.part"));
    assert_eq!(said.stdout, std::fs::read(desk.path("one.part")).unwrap());
    let said = desk.run(&["new", "-"]);
    // No file was written that anything could be said of.
    assert!(said.out.contains("[factors") && said.err.is_empty(), "{said:?}");
    assert_refused(&desk, &["run", "x.toml", "-o", "-"], "standard output");
    assert_refused(&desk, &["update", "x.toml", "-o", "-"], "standard output");
}

#[test]
fn what_standard_output_is_already_is_not_replaced() {
    let desk = desk();
    let log = std::fs::File::create(desk.path("log")).unwrap();
    for name in ["log", "/dev/stdout", "/dev/fd/1"] {
        let before = std::fs::metadata(desk.path("log")).unwrap();
        log.set_len(0).unwrap();
        let to = std::fs::OpenOptions::new().append(true).open(desk.path("log")).unwrap();
        let status = desk.command(&with(&DRAWS, name)).stdout(to).status().unwrap();
        assert!(status.success());
        assert_eq!(std::fs::metadata(desk.path("log")).unwrap().ino(), before.ino(), "{name}");
        assert_eq!(desk.read("log").lines().count(), 1 + 64, "{name}");
    }
}

#[test]
fn an_open_descriptor_is_written_through() {
    let desk = desk();
    desk.put("mine", "mine\n");
    let shell = format!("\"{}\" {} /dev/fd/3 3>>mine", env!("CARGO_BIN_EXE_foretell"), DRAWS.join(" "));
    let before = std::fs::metadata(desk.path("mine")).unwrap();
    let status = Command::new("sh").args(["-c", &shell]).current_dir(desk.path(".")).output().unwrap();
    assert!(status.status.success(), "{status:?}");
    assert_eq!(std::fs::metadata(desk.path("mine")).unwrap().ino(), before.ino());
    assert!(desk.read("mine").starts_with("mine\nreplicate,draw,x"), "{}", desk.read("mine"));
    assert_refused(&desk, &with(&DRAWS, "/dev/fd/57"), "nothing is open");
}

#[test]
fn folders_and_places_in_none_are_refused_before_the_run() {
    let desk = desk();
    std::fs::create_dir(desk.path("folder")).unwrap();
    symlink("folder", desk.path("link")).unwrap();
    let run = ["run", "x.toml", "-n", "1e12", "--draws-out"];
    assert_refused(&desk, &with(&run, "folder"), "it is a folder");
    assert_refused(&desk, &with(&run, "link"), "it is a folder");
    assert_refused(&desk, &with(&run, "none/"), "no such folder");
    // Parts have names of their own in a folder, which is made where it is not there.
    for flag in [["--draws-out"].as_slice(), &["--shard", "1/2", "--part"]] {
        let run = [&["run", "x.toml", "-n", "1e12"], flag].concat();
        assert_refused(&desk, &with(&run, "no/such"), "no such folder");
        assert_refused(&desk, &with(&run, "x.toml/a"), "not a folder");
    }
}

/// Folders that take no new file, in a mount namespace of its own: the superuser is not held back by permissions.
#[cfg(target_os = "linux")]
#[test]
fn folders_that_take_no_file_are_refused_before_the_run() {
    let desk = desk();
    desk.put("locked/out", "old");
    let namespace = |line: &str| {
        let line =
            format!("mount --bind locked locked && mount -o remount,ro,bind locked || exit 77; {line}");
        let mut command = Command::new("unshare");
        command.args(["--mount", "sh", "-c", &line]).current_dir(desk.path("."));
        command.output()
    };
    if !namespace("true").is_ok_and(|done| done.status.success()) {
        eprintln!("no mount namespace here: locked folders are not tried");
        return;
    }
    let before = desk.files(".");
    for flags in [
        "--draws-out locked/new",
        "--draws-out locked/out",
        "--shard 1/2 --part locked/new",
        "--shard 1/2 --part locked/out",
        "-o locked",
        "-o locked/deep/below",
    ] {
        let run = format!("timeout 20 \"{}\" run x.toml -n 1e12 {flags}", env!("CARGO_BIN_EXE_foretell"));
        let done = namespace(&run).unwrap();
        let said = String::from_utf8_lossy(&done.stderr);
        assert_eq!((done.status.code(), done.stdout.as_slice()), (Some(2), &b""[..]), "{flags}: {said}");
        assert!(said.contains("can't write `locked") && said.contains("hint"), "{flags}: {said}");
        assert!(before == desk.files("."), "{flags}");
    }
}

#[test]
fn standard_output_is_never_what_is_read() {
    let desk = desk();
    assert_eq!(desk.run(&with(&PART, "one.part")).code, 0);
    assert_eq!(desk.run(&["run", "x.toml", "-n", "64", "--shard", "2/2", "--part", "two.part"]).code, 0);
    let before = desk.files(".");
    let commands: [(&[&str], &str); 9] = [
        (&with(&DRAWS, "-"), "x.toml"),
        (&with(&DRAWS, "draws"), "x.toml"),
        (&with(&PART, "-"), "x.toml"),
        (&["run", "x.toml", "-n", "1e12"], "x.toml"),
        (&["check", "x.toml"], "x.toml"),
        (&["update", "x.toml"], "x.toml"),
        (&["merge", "x.toml", "one.part", "two.part"], "x.toml"),
        (&["merge", "x.toml", "one.part", "two.part"], "two.part"),
        (&["import", "rain.bif", "-o", "-"], "rain.bif"),
    ];
    for (arguments, name) in commands {
        let to = std::fs::OpenOptions::new().append(true).open(desk.path(name)).unwrap();
        let done = desk.command(arguments).stdout(to).output().unwrap();
        let said = String::from_utf8_lossy(&done.stderr);
        assert_eq!(done.status.code(), Some(2), "{arguments:?}: {said}");
        assert!(said.contains(&format!("standard output is `{name}`")), "{arguments:?}: {said}");
        assert!(before == desk.files("."), "{arguments:?} changed something");
    }
}

#[test]
fn what_is_read_is_never_written_over() {
    let desk = desk();
    std::fs::hard_link(desk.path("x.toml"), desk.path("second-name")).unwrap();
    symlink("x.toml", desk.path("link")).unwrap();
    std::fs::create_dir(desk.path("f")).unwrap();
    for name in ["x.toml", "./x.toml", "f/../x.toml", "second-name", "link"] {
        assert_refused(&desk, &with(&DRAWS, name), "read by the same command");
        assert_refused(&desk, &with(&PART, name), "read by the same command");
    }
    assert_refused(&desk, &["import", "rain.bif", "--force", "-o", "rain.bif"], "read by the same command");
    let from_input = desk
        .command(&["run", "-", "--format", "csv", "-n", "64", "--draws-out", "x.toml"])
        .stdin(std::fs::File::open(desk.path("x.toml")).unwrap())
        .output()
        .unwrap();
    assert_eq!(from_input.status.code(), Some(2));
    assert_eq!(desk.read("x.toml"), RULED);
}

#[test]
fn attachments_are_read_too() {
    let desk = Desk::with(
        "[factors.x]\nvalue = 'empirical(\"data.csv\", \"v\")'\n[outcomes.a]\nweights = { x = 1 }\n[outcomes.b]\n",
    );
    desk.put("data.csv", "v\n1\n2\n3\n");
    assert_eq!(desk.run(&["run", "x.toml", "--format", "csv"]).code, 0);
    assert_refused(&desk, &with(&DRAWS, "data.csv"), "read by the same command");
}

#[test]
fn no_two_outputs_go_into_one_file() {
    let desk = desk();
    assert_eq!(desk.run(&["run", "x.toml", "--no-charts", "-o", "out"]).code, 0);
    let run = ["run", "x.toml", "-n", "1e12", "-o", "out", "--draws-out"];
    for name in ["out/result.csv", "out/manifest.json", "out/../out/report.md", "out"] {
        let before = desk.files(".");
        assert_eq!(desk.run(&with(&run, name)).code, 2, "{name}");
        assert!(before == desk.files("."));
    }
    let new = ["run", "x.toml", "-n", "1e12", "-o", "new", "--draws-out", "new"];
    assert_refused(&desk, &new, "two outputs");
    let beside = ["run", "x.toml", "-n", "64", "-o", "out", "--draws-out", "out/draws.csv"];
    assert_eq!(desk.run(&beside).code, 0);
    // A scenario among the files of an earlier run would be taken away with them.
    let folder = desk.path("out/result.csv");
    std::fs::write(&folder, RULED).unwrap();
    assert_eq!(desk.run(&["run", "out/result.csv", "-n", "64", "-o", "out"]).code, 2);
    assert_eq!(desk.read("out/result.csv"), RULED);
}

#[test]
fn what_may_not_be_written_is_not_replaced() {
    let desk = desk();
    desk.put("out", "old");
    std::fs::set_permissions(desk.path("out"), PermissionsExt::from_mode(0o444)).unwrap();
    // The superuser may write anything.
    if std::fs::OpenOptions::new().write(true).open(desk.path("out")).is_err() {
        assert_refused(&desk, &with(&DRAWS, "out"), "permission denied");
    }
}

#[test]
fn readers_who_leave_and_closed_outputs_are_no_failure() {
    let desk = desk();
    let foretell = env!("CARGO_BIN_EXE_foretell");
    let shell = |line: &str| -> Output {
        let line = line.replace("foretell", &format!("\"{foretell}\""));
        Command::new("sh").args(["-c", &line]).current_dir(desk.path(".")).output().unwrap()
    };
    for line in [
        "foretell run x.toml -n 1e12 --draws-out - --format csv --precision 0.01 2>err | head -1",
        "foretell run x.toml -n 64 2>err | head -1",
        "foretell new - 2>err | head -1",
        "foretell run x.toml -n 64 >&- 2>err; echo $?",
        "foretell run x.toml -n 64 --draws-out - --format csv >&- 2>err; echo $?",
        "foretell run x.toml -n 64 >&- 2>&-; echo $?",
    ] {
        let said = shell(line);
        let out = String::from_utf8_lossy(&said.stdout);
        assert!(said.stderr.is_empty() && out.lines().count() == 1, "{line}: {said:?}");
        assert!(!line.contains("$?") || out == "0\n", "{line}: {out}");
        assert!(!desk.read("err").contains("panicked"), "{line}: {}", desk.read("err"));
    }
    // As many draws as take hours are not made for a reader who has left.
    let endless = "foretell run x.toml -n 3e7 --draws-out - -q --format csv 2>err | head -1";
    assert_eq!(shell(endless).stdout, b"replicate,draw,x,low,high\n");
}

/// In a mount namespace with a `/dev` of its own, so that nothing can be harmed; where there is no such namespace, devices
/// are not touched.
#[cfg(target_os = "linux")]
#[test]
fn devices_stay_devices() {
    let desk = desk();
    let prepare = "mkdir -p dev && mknod -m 666 dev/null c 1 3 && ln -s /proc/self/fd/1 dev/stdout && \
                   echo >dev/null && mount --bind dev /dev";
    let namespace = |line: &str| {
        let line = format!("rm -rf dev; {prepare} || exit 77; {line}");
        let mut command = Command::new("unshare");
        command.args(["--mount", "sh", "-c", &line]).current_dir(desk.path("."));
        command.output()
    };
    if !namespace("true").is_ok_and(|done| done.status.success()) {
        eprintln!("no mount namespace here: devices are not tried");
        return;
    }
    let foretell = env!("CARGO_BIN_EXE_foretell");
    for (arguments, start) in WRITING {
        let line = format!("\"{foretell}\" {} /dev/null && test -c /dev/null", arguments.join(" "));
        let done = namespace(&line).unwrap();
        assert!(done.status.success(), "{done:?}");
        let line = format!("\"{foretell}\" {} /dev/stdout && test -h /dev/stdout", arguments.join(" "));
        let done = namespace(&line).unwrap();
        assert!(
            done.status.success() && String::from_utf8_lossy(&done.stdout).starts_with(start),
            "{done:?}"
        );
    }
}

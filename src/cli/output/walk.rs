//! A kill at every step of writing a folder: what a reader then finds, and what the next command makes of it.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::stage::{INSIDE, entries};
use super::*;

type Content = BTreeMap<PathBuf, String>;

const OLD: [(&str, &str); 4] = [
    ("result.json", "old"),
    ("report.md", "old"),
    ("charts/answer.svg", "old"),
    ("charts/drivers.svg", "old"),
];

/// One picture less, another more.
const NEW: [(&str, &str); 4] = [
    ("result.json", "new"),
    ("report.md", "new!"),
    ("charts/answer.svg", "new"),
    ("charts/ternary.svg", "new"),
];

const OTHER: [(&str, &str); 2] = [("check.md", "checked"), ("check.csv", "checked")];

fn files(list: &[(&str, &str)]) -> Files {
    list.iter().map(|(name, text)| ((*name).into(), text.as_bytes().to_vec())).collect()
}

fn put(path: &Path, text: &str) {
    fs::create_dir_all(parent(path)).unwrap();
    fs::write(path, text).unwrap();
}

fn write_on(
    disk: &Disk,
    folder: &Path,
    verb: &str,
    list: &[(&str, &str)],
) -> Result<Option<PathBuf>, Failure> {
    let (inputs, interrupt) = (Inputs::default(), Interrupt::default());
    Writing { disk, folder, verb, inputs: &inputs, interrupt: &interrupt }.write(files(list))
}

fn write_new(folder: &Path) -> Result<Option<PathBuf>, Failure> {
    write_on(&Disk::default(), folder, "run", &NEW)
}

fn write_old(folder: &Path) {
    write_on(&Disk::default(), folder, "run", &OLD).unwrap();
    write_on(&Disk::default(), folder, "check", &OTHER).unwrap();
}

fn check_new(folder: &Path) -> Result<(), Failure> {
    check(folder, "run", &NEW.map(|(name, _)| name), &Inputs::default())
}

/// What a reader finds.
fn content(folder: &Path) -> Content {
    let names = entries(folder).into_iter().filter(|name| !is_hidden(name));
    names.map(|name| (name.clone(), fs::read_to_string(folder.join(name)).unwrap_or_default())).collect()
}

fn is_hidden(name: &Path) -> bool {
    name.iter().any(|part| part.to_string_lossy().starts_with(INSIDE))
}

/// What was kept of an earlier version apart, the rest together.
fn without_kept(content: &Content) -> Content {
    content
        .iter()
        .filter(|(name, _)| !name.starts_with(EARLIER))
        .map(|(a, b)| (a.clone(), b.clone()))
        .collect()
}

/// A place where folders are written, again and again.
struct Scene<'a> {
    /// All that is looked at for leftovers.
    home: &'a Path,
    /// As the user names it.
    folder: &'a Path,
    /// Puts there what is there before.
    setup: &'a dyn Fn(),
    /// Whether a reader sees the old or the new at every moment.
    is_at_once: bool,
}

impl Scene<'_> {
    fn reset(&self) {
        for entry in fs::read_dir(self.home).unwrap().flatten() {
            match entry.file_type().unwrap().is_dir() {
                // What another file system is mounted on stays, and is emptied.
                true => drop(fs::remove_dir_all(entry.path())),
                false => fs::remove_file(entry.path()).unwrap(),
            }
        }
        (self.setup)();
    }

    fn assert_no_leftovers(&self, at: usize) {
        let left: Vec<PathBuf> =
            fs::read_dir(self.home).unwrap().flatten().map(|entry| entry.path()).collect();
        let hidden: Vec<PathBuf> =
            left.into_iter().chain(entries(self.home)).filter(|name| is_hidden(name)).collect();
        assert!(hidden.is_empty(), "killed at {at}: {hidden:?} is left");
        assert!(!self.folder.join(INSIDE).exists(), "killed at {at}");
    }

    /// Kills at every step; gives how many there are.
    fn walk(&self) -> usize {
        self.reset();
        let before = content(self.folder);
        write_new(self.folder).unwrap();
        let after = content(self.folder);
        assert_ne!(before, after);
        self.assert_no_leftovers(0);
        let (old, new) = (without_kept(&before), without_kept(&after));
        let mut mended = [0, 0];
        for at in 0.. {
            self.reset();
            let disk = Disk { left: Cell::new(Some(at)), ..Disk::default() };
            let done = write_on(&disk, self.folder, "run", &NEW);
            if disk.left.get() > Some(0) {
                assert!(done.is_ok());
                // A walk that saw only one end would show nothing.
                assert!(mended.iter().all(|count| *count > 0), "{mended:?}");
                return at;
            }
            let found = without_kept(&content(self.folder));
            assert!(done.is_err() || found == new, "killed at {at}, yet all was well");
            assert!(
                !self.is_at_once || found == old || found == new,
                "killed at {at}, a reader finds {found:?}"
            );
            // The next command looks at the folder before it computes anything: that alone makes it whole.
            check_new(self.folder).unwrap();
            let whole = without_kept(&content(self.folder));
            assert!(whole == old || whole == new, "killed at {at}, the next command makes it {whole:?}");
            mended[usize::from(whole == new)] += 1;
            self.assert_no_leftovers(at);
            write_new(self.folder).unwrap();
            assert_eq!(without_kept(&content(self.folder)), new, "killed at {at}");
            self.assert_no_leftovers(at);
            for (name, text) in before.iter().filter(|(name, _)| !new.contains_key(*name)) {
                let kept = content(self.folder).get(&Path::new(EARLIER).join(name)).cloned();
                let is_proven = self.is_proven(name);
                assert!(is_proven || kept.as_ref() == Some(text), "killed at {at}, {name:?} is lost");
            }
        }
        unreachable!("a walk ends")
    }

    fn is_proven(&self, name: &Path) -> bool {
        self.reset();
        let own = Own::of(self.folder);
        matches!(own.owner(&name.to_string_lossy()), Owner::Foretell(_))
    }
}

/// A scene in a folder of its own, where the folder is called `out`.
fn walk_in_home(setup: impl Fn(&Path), is_at_once: bool) -> usize {
    let home = tempfile::tempdir().unwrap();
    let home = home.path().canonicalize().unwrap();
    let setup = || setup(&home);
    let steps = Scene { home: &home, folder: &home.join("out"), setup: &setup, is_at_once }.walk();
    assert!(steps > 30, "only {steps} steps were seen");
    steps
}

const AT_ONCE: bool = cfg!(target_os = "linux");

#[test]
fn a_folder_that_is_not_there_is_there_whole_or_not_at_all() {
    walk_in_home(|_| {}, true);
    walk_in_home(|home| fs::create_dir(home.join("out")).unwrap(), AT_ONCE);
}

#[test]
fn a_folder_of_foretells_own_is_the_old_one_or_the_new_one() {
    walk_in_home(|home| write_old(&home.join("out")), AT_ONCE);
}

#[cfg(unix)]
#[test]
fn so_is_what_a_link_leads_to() {
    let setup = |home: &Path| {
        write_old(&home.join("there/real"));
        std::os::unix::fs::symlink("there/real", home.join("out")).unwrap();
    };
    walk_in_home(setup, AT_ONCE);
}

#[test]
fn a_folder_with_a_strangers_file_is_made_whole_by_the_next_command() {
    let setup = |home: &Path| {
        write_old(&home.join("out"));
        put(&home.join("out/notes.txt"), "mine");
    };
    walk_in_home(setup, false);
}

#[test]
fn so_is_one_with_a_picture_that_somebody_has_edited() {
    // It would go: it stays, and is foretell's no more.
    let setup = |home: &Path| {
        write_old(&home.join("out"));
        put(&home.join("out/charts/drivers.svg"), "mine");
    };
    walk_in_home(setup, false);
}

#[test]
fn so_is_one_of_an_earlier_version_of_which_nothing_is_lost() {
    let setup = |home: &Path| {
        let folder = home.join("out");
        OLD.iter().for_each(|(name, text)| put(&folder.join(name), text));
        put(&folder.join("charts/mine.svg"), "mine");
        let listed = OLD.map(|(name, _)| format!("{name:?}")).join(",");
        put(
            &folder.join(manifest::NAME),
            &format!("{{\"foretell\": 2, \"files\": [{listed}], \"answers\": {{\"run\": [{listed}]}}}}"),
        );
    };
    walk_in_home(setup, false);
}

#[test]
fn an_edited_file_that_would_be_replaced_is_refused_by_name_and_nothing_changes() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("out");
    write_old(&folder);
    put(&folder.join("charts/answer.svg"), "mine");
    let before = content(&folder);
    for done in [check_new(&folder), write_new(&folder).map(drop)] {
        let said = format!("{:?}", done.unwrap_err());
        assert!(said.contains("answer.svg") && said.contains("changed after"), "{said}");
    }
    assert_eq!(content(&folder), before);
    // So is the list.
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("out");
    write_old(&folder);
    let list = fs::read_to_string(folder.join(manifest::NAME)).unwrap();
    put(&folder.join(manifest::NAME), &list.replace("drivers", "mine"));
    put(&folder.join("charts/mine.svg"), "mine");
    let said = format!("{:?}", write_new(&folder).unwrap_err());
    assert!(said.contains("changed after"), "{said}");
    assert!(folder.join("charts/mine.svg").exists());
}

#[test]
fn a_planted_list_takes_nothing_away() {
    for author in ["an earlier version", "this version"] {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("out");
        let planted = ["notes.txt", "thesis.md", "charts/photo.png", "../precious", "report.md"];
        planted.iter().for_each(|name| put(&folder.join(name), "mine"));
        let whole = home.path().join("precious").display().to_string();
        let names: Vec<&str> = planted.iter().copied().chain([whole.as_str()]).collect();
        let list = match author {
            "this version" => {
                // With hashes of something else: whoever knows the right ones has read the files and can as well remove them.
                let named = names.iter().map(|name| (name.to_string(), manifest::hash(b"other"))).collect();
                String::from_utf8(manifest::Manifest::default().with("run", named).render()).unwrap()
            }
            _ => format!("{{\"foretell\": 2, \"files\": {names:?}}}"),
        };
        put(&folder.join(manifest::NAME), &list);
        let _ = write_new(&folder);
        let _ = write_on(&Disk::default(), &folder, "run", &[("result.csv", "new")]);
        let found = content(home.path());
        for name in planted {
            let kept = ["", "out/", "out/earlier/"]
                .map(|place| Path::new(place).join(name.trim_start_matches("../")));
            assert!(
                kept.iter().any(|path| found.get(path).is_some_and(|text| text == "mine")),
                "{author}: {name}: {found:?}"
            );
        }
        assert!(
            folder.join("notes.txt").exists()
                && folder.join("thesis.md").exists()
                && home.path().join("precious").exists()
        );
    }
}

#[test]
fn a_planted_journal_takes_nothing_away() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("out");
    write_old(&folder);
    put(&folder.join("notes.txt"), "mine");
    for text in [
        "foretell journal 1\n".to_string(),
        format!("foretell journal 1\n{} - notes.txt\n", manifest::hash(b"mine")),
    ] {
        let end = manifest::hash(text.as_bytes());
        put(&folder.join(INSIDE).join("journal"), &format!("{text}{end}\n"));
        let _ = write_new(&folder);
        assert_eq!(content(&folder)[Path::new("notes.txt")], "mine");
        let _ = fs::remove_file(folder.join(INSIDE).join("journal"));
    }
}

#[cfg(unix)]
#[test]
fn a_link_inside_the_folder_is_not_followed() {
    let home = tempfile::tempdir().unwrap();
    let (folder, there) = (home.path().join("out"), home.path().join("there"));
    write_old(&folder);
    fs::rename(folder.join("charts"), &there).unwrap();
    std::os::unix::fs::symlink(&there, folder.join("charts")).unwrap();
    let before = content(&there);
    let said = format!("{:?}", write_new(&folder).unwrap_err());
    assert!(said.contains("charts") && said.contains("no folder"), "{said}");
    assert_eq!(content(&there), before);
}

#[test]
fn a_change_that_fails_half_way_is_undone() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("out");
    write_old(&folder);
    put(&folder.join("notes.txt"), "mine");
    let before = content(&folder);
    let disk = Disk::default();
    let stage = Stage::inside(&disk, &folder).unwrap();
    let own = Own::of(&folder);
    stage.fill(&files(&NEW)).unwrap();
    let mut all = changes(&own.of_verb("run"), &files(&NEW));
    // What was to come last is gone: it can't be made.
    let last = all.pop().unwrap();
    all.push(Change { new: Some(manifest::hash(b"something else")), ..last });
    fs::remove_file(stage.new_files().join("charts/ternary.svg")).unwrap();
    assert!(journal::make(&stage, &folder, &all).is_err());
    drop(stage);
    assert_eq!(content(&folder), before);
    assert!(!folder.join(INSIDE).exists());
}

#[cfg(target_os = "linux")]
#[test]
fn what_came_into_the_old_folder_while_it_was_replaced_comes_home() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().canonicalize().unwrap().join("out");
    let steps = Disk::default();
    write_old(&folder);
    write_on(&steps, &folder, "run", &NEW).unwrap();
    let at = steps.log.borrow().iter().position(|step| step.starts_with("exchange")).unwrap();
    fs::remove_dir_all(&folder).unwrap();
    write_old(&folder);
    let disk = Disk { left: Cell::new(Some(at + 1)), ..Disk::default() };
    let _ = write_on(&disk, &folder, "run", &NEW);
    let old = stage::beside(&folder).join("new");
    assert_eq!(content(&old)[Path::new("report.md")], "old");
    put(&old.join("late.txt"), "mine");
    check_new(&folder).unwrap();
    let found = content(&folder);
    assert_eq!(
        (found[Path::new("late.txt")].as_str(), found[Path::new("report.md")].as_str()),
        ("mine", "new!")
    );
    assert!(!stage::beside(&folder).exists());
}

/// Everything is on the disk before it counts: each file, and the name of each in its folder.
#[test]
fn nothing_counts_before_it_lasts() {
    for has_notes in [false, true] {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().canonicalize().unwrap().join("out");
        write_old(&folder);
        if has_notes {
            put(&folder.join("notes.txt"), "mine");
        }
        let disk = Disk::default();
        write_on(&disk, &folder, "run", &NEW).unwrap();
        let log = disk.log.into_inner();
        let counts = |step: &String| step.starts_with("exchange") || step.ends_with("/journal");
        let end = log.iter().position(counts).unwrap();
        let made = log[..end].iter().enumerate().filter_map(|(at, step)| {
            let (what, path) = step.rsplit_once(' ')?;
            let is_made = ["create", "link"].contains(&what) && !path.ends_with("/lock");
            is_made.then(|| (at, what, PathBuf::from(path)))
        });
        let mut count = 0;
        for (at, what, path) in made {
            let is_synced = |path: &Path| log[at..end].contains(&format!("sync {}", path.display()));
            assert!(is_synced(parent(&path)), "the name of {} may be lost: {log:#?}", path.display());
            assert!(what == "link" || is_synced(&path), "{} may be empty: {log:#?}", path.display());
            count += 1;
        }
        assert!(count >= NEW.len() + 1, "{count}");
    }
}

#[test]
fn a_lock_is_the_systems_and_no_number() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("out");
    write_old(&folder);
    put(&folder.join("notes.txt"), "mine");
    let disk = Disk::default();
    let stage = Stage::inside(&disk, &folder).unwrap();
    let waits = std::thread::spawn({
        let folder = folder.clone();
        move || write_new(&folder).is_ok()
    });
    std::thread::sleep(std::time::Duration::from_millis(200));
    assert!(!waits.is_finished() && content(&folder)[Path::new("report.md")] == "old");
    drop(stage);
    assert!(waits.join().unwrap());
    assert_eq!(content(&folder)[Path::new("report.md")], "new!");
    // What a dead process has left holds nobody up, however young it is.
    put(&folder.join(INSIDE).join("lock"), "");
    put(&folder.join(INSIDE).join("new/manifest.json"), "{\"fore");
    write_new(&folder).unwrap();
    assert!(!folder.join(INSIDE).exists());
}

#[test]
fn many_writers_of_one_folder_leave_the_answer_of_one() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("out");
    let texts: Vec<String> = (0..6).map(|number| number.to_string()).collect();
    std::thread::scope(|scope| {
        for text in &texts {
            let folder = &folder;
            scope.spawn(move || {
                write_on(&Disk::default(), folder, "run", &[("result.json", text), ("report.md", text)])
                    .unwrap();
            });
        }
    });
    let found = content(&folder);
    assert_eq!(found[Path::new("result.json")], found[Path::new("report.md")]);
    assert!(matches!(Own::of(&folder).owner("report.md"), Owner::Foretell(_)));
    assert_eq!(fs::read_dir(home.path()).unwrap().count(), 1);
}

// Places that need a process of their own.

/// Where the next test walks.
const PLACE: &str = "FORETELL_WALKS_IN";

/// Walks where the process that started this one has put it; does nothing else.
#[test]
fn walks_elsewhere() {
    let Some(place) = std::env::var_os(PLACE) else { return };
    let folder = PathBuf::from(&place).canonicalize().unwrap();
    let setup = || write_old(&folder);
    let named = if std::env::current_dir().unwrap() == folder { Path::new(".") } else { folder.as_path() };
    Scene { home: &folder, folder: named, setup: &setup, is_at_once: false }.walk();
    println!("walked in {}", folder.display());
}

/// Runs the test above after some lines of shell; `None` if these fail.
fn walk_after(shell: &str, place: &Path) -> Option<()> {
    let line =
        format!("{shell} || exit 77; exec \"$0\" --exact cli::output::walk::walks_elsewhere --nocapture");
    let done = Command::new("unshare")
        .args(["--mount", "sh", "-c", &line])
        .arg(std::env::current_exe().unwrap())
        .env(PLACE, place)
        .current_dir(place)
        .output();
    let Ok(done) = done else { return None };
    let said = String::from_utf8_lossy(&done.stdout);
    if !said.contains("running 1 test") {
        return None;
    }
    assert!(
        done.status.success() && said.contains("walked in"),
        "{said}{}",
        String::from_utf8_lossy(&done.stderr)
    );
    Some(())
}

#[cfg(target_os = "linux")]
#[test]
fn the_folder_that_one_stands_in_is_made_whole_by_the_next_command() {
    let home = tempfile::tempdir().unwrap();
    if walk_after("true", home.path()).is_none() {
        eprintln!("no process of its own here: the folder that one stands in is not tried");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn so_is_one_that_another_is_mounted_on() {
    let home = tempfile::tempdir().unwrap();
    if walk_after("mount --bind . . && cd /", home.path()).is_none() {
        eprintln!("no mount namespace here: a bind mount is not tried");
    }
}

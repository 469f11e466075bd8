//! What is refused, kept, undone and waited for where a folder is written.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::stage::{INSIDE, entries};
use super::*;

pub type Content = BTreeMap<PathBuf, String>;

pub const OLD: [(&str, &str); 5] = [
    ("result.csv", "the same"),
    ("result.json", "old"),
    ("report.md", "old"),
    ("charts/answer.svg", "old"),
    ("charts/drivers.svg", "old"),
];

/// One picture less, another more, and a table that is the same.
pub const NEW: [(&str, &str); 5] = [
    ("result.csv", "the same"),
    ("result.json", "new"),
    ("report.md", "new!"),
    ("charts/answer.svg", "new"),
    ("charts/ternary.svg", "new"),
];

const OTHER: [(&str, &str); 2] = [("check.md", "checked"), ("check.csv", "checked")];

pub fn files(list: &[(&str, &str)]) -> Files {
    list.iter().map(|(name, text)| ((*name).into(), text.as_bytes().to_vec())).collect()
}

pub fn put(path: &Path, text: &str) {
    fs::create_dir_all(parent(path)).unwrap();
    fs::write(path, text).unwrap();
}

pub fn write_on(
    disk: &Disk,
    folder: &Path,
    verb: &str,
    list: &[(&str, &str)],
) -> Result<Option<PathBuf>, Failure> {
    let (inputs, interrupt) = (Inputs::default(), Interrupt::default());
    Writing { disk, folder, verb, inputs: &inputs, interrupt: &interrupt }.write(files(list))
}

pub fn write_new(folder: &Path) -> Result<Option<PathBuf>, Failure> {
    write_on(&Disk::default(), folder, "run", &NEW)
}

pub fn write_old(folder: &Path) {
    write_on(&Disk::default(), folder, "run", &OLD).unwrap();
    write_on(&Disk::default(), folder, "check", &OTHER).unwrap();
}

pub fn check_new(folder: &Path) -> Result<(), Failure> {
    check(folder, "run", &NEW.map(|(name, _)| name), &Inputs::default())
}

/// What a reader finds.
pub fn content(folder: &Path) -> Content {
    let names = entries(folder).into_iter().filter(|name| !is_hidden(name));
    names.map(|name| (name.clone(), fs::read_to_string(folder.join(name)).unwrap_or_default())).collect()
}

pub fn is_hidden(name: &Path) -> bool {
    name.iter().any(|part| part.to_string_lossy().starts_with(INSIDE))
}

/// A folder in memory, where there is one: what replaces a file on a disk is waited for.
pub fn place() -> TempDir {
    tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap()
}

#[test]
fn an_edited_file_that_would_be_replaced_is_refused_by_name_and_nothing_changes() {
    let home = place();
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
    let home = place();
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
        let home = place();
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
    let home = place();
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
    let home = place();
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
    let home = place();
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
    let home = place();
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
        let home = place();
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
        assert!(count > NEW.len(), "{count}");
    }
}

#[test]
fn a_lock_is_the_systems_and_no_number() {
    let home = place();
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
    let home = place();
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

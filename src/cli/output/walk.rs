//! A kill at every step of writing a folder: what a reader then finds, and what the next command makes of it.

use std::cell::Cell;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::stage::{INSIDE, entries};
use super::tests::{
    Content, NEW, OLD, check_new, content, is_hidden, place, put, write_new, write_old, write_on,
};
use super::*;

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
        let own = Own::of(self.folder);
        let is_proven = |name: &Path| matches!(own.owner(&name.to_string_lossy()), Owner::Foretell(_));
        let unproven: Content =
            before.iter().filter(|(name, _)| !is_proven(name)).map(|(a, b)| (a.clone(), b.clone())).collect();
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
            let is_listed = self.folder.join(INSIDE).join("journal").exists();
            // The next command looks at the folder before it computes anything: that alone makes it whole.
            check_new(self.folder).unwrap();
            let whole = without_kept(&content(self.folder));
            assert!(whole == old || whole == new, "killed at {at}, the next command makes it {whole:?}");
            assert!(whole == new || !is_listed, "killed at {at}, what was listed was undone");
            mended[usize::from(whole == new)] += 1;
            self.assert_no_leftovers(at);
            write_new(self.folder).unwrap();
            assert_eq!(without_kept(&content(self.folder)), new, "killed at {at}");
            self.assert_no_leftovers(at);
            let now = content(self.folder);
            for (name, text) in &unproven {
                let places = [name.clone(), Path::new(EARLIER).join(name)];
                let is_kept = places.iter().any(|place| now.get(place) == Some(text));
                assert!(is_kept, "killed at {at}, {name:?} is lost");
            }
        }
        unreachable!("a walk ends")
    }
}

/// A scene in a folder of its own, where the folder is called `out`.
fn walk_in_home(setup: impl Fn(&Path), is_at_once: bool) -> usize {
    let home = place();
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
    let home = place();
    if walk_after("true", home.path()).is_none() {
        eprintln!("no process of its own here: the folder that one stands in is not tried");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn so_is_one_that_another_is_mounted_on() {
    let home = place();
    if walk_after("mount --bind . . && cd /", home.path()).is_none() {
        eprintln!("no mount namespace here: a bind mount is not tried");
    }
}

//! Circles between the files of one folder.
//!
//! A file and the folder of its submodules count as one; the `mod.rs` of a folder, or the file beside it, is its face: what
//! it hands on from its files is theirs, what it defines is its own.

use std::collections::{BTreeMap, BTreeSet};

use super::names::{Crate, Path};
use super::source::Source;

/// Files of one folder that stand in one circle: the folder, and the names, in order.
pub type Circle = (String, Vec<String>);

type Links = BTreeMap<String, BTreeSet<String>>;

/// Every circle, folder by folder.
pub fn circles(sources: &[Source]) -> Vec<Circle> {
    let uses = Crate::read(sources).uses();
    let mut folders: BTreeMap<Path, Links> = BTreeMap::new();
    for (from, targets) in &uses {
        for to in targets {
            let shared = from.iter().zip(to).take_while(|(a, b)| a == b).count();
            let node = |path: &Path| path.get(shared).cloned().unwrap_or_else(|| "mod".into());
            let links = folders.entry(from[..shared].to_vec()).or_default();
            links.entry(node(from)).or_default().insert(node(to));
        }
    }
    let of = |(folder, links): (&Path, &Links)| {
        let name = ["src".to_string()].iter().chain(folder).cloned().collect::<Vec<_>>().join("/");
        knots(links).into_iter().map(|knot| (name.clone(), knot)).collect::<Vec<_>>()
    };
    folders.iter().flat_map(of).collect()
}

/// The groups of names of which each leads to each.
fn knots(links: &Links) -> Vec<Vec<String>> {
    let reached: BTreeMap<&String, BTreeSet<&String>> =
        links.keys().map(|one| (one, reach(links, one))).collect();
    let leads = |a: &String, b: &String| reached.get(a).is_some_and(|found| found.contains(b));
    let mut found: BTreeSet<Vec<String>> = BTreeSet::new();
    for one in links.keys().filter(|one| leads(one, one)) {
        found.insert(links.keys().filter(|other| leads(one, other) && leads(other, one)).cloned().collect());
    }
    found.into_iter().collect()
}

/// All names that one leads to, by one step or more.
fn reach<'l>(links: &'l Links, start: &String) -> BTreeSet<&'l String> {
    let mut found = BTreeSet::new();
    let mut open: Vec<&String> = links.get(start).into_iter().flatten().collect();
    while let Some(next) = open.pop() {
        if found.insert(next) {
            open.extend(links.get(next).into_iter().flatten());
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn planted(files: &[(&str, &str)]) -> Vec<Circle> {
        let sources: Vec<Source> =
            files.iter().map(|(name, text)| Source::new(format!("src/{name}"), *text)).collect();
        circles(&sources)
    }

    fn circle(folder: &str, names: &[&str]) -> Vec<Circle> {
        vec![(folder.into(), names.iter().map(|one| one.to_string()).collect())]
    }

    #[test]
    fn a_circle_would_be_seen() {
        let found = planted(&[
            ("x/mod.rs", "mod a; mod b; mod c;"),
            ("x/a.rs", "use super::b::B;"),
            ("x/b.rs", "fn f() -> super::c::C {}"),
            ("x/c.rs", "#[cfg(test)] mod tests; use crate::x::{a::{A, self}};"),
        ]);
        assert_eq!(found, circle("src/x", &["a", "b", "c"]));
    }

    #[test]
    fn a_line_is_no_circle() {
        let found = planted(&[
            ("x/mod.rs", "mod a; mod b; pub use a::A; pub use b::B;"),
            ("x/a.rs", "use super::B; // use nothing of super::a"),
            ("x/b.rs", "#[cfg(test)] mod tests { use super::super::A; }"),
        ]);
        assert_eq!(found, []);
    }

    #[test]
    fn a_face_hides_no_circle() {
        let found = planted(&[
            ("x/mod.rs", "mod a; mod b; pub use a::A; pub(crate) use b::{B as Bee};"),
            ("x/a.rs", "use super::Bee;"),
            ("x/b.rs", "use crate::x::A;"),
        ]);
        assert_eq!(found, circle("src/x", &["a", "b"]));
    }

    #[test]
    fn what_a_face_defines_is_its_own() {
        let found = planted(&[
            ("x/mod.rs", "mod a; pub use a::A; struct Whole { part: A }"),
            ("x/a.rs", "use super::Whole;"),
        ]);
        assert_eq!(found, circle("src/x", &["a", "mod"]));
        let found =
            planted(&[("x/mod.rs", "mod a; pub use a::A; const N: u8 = 1;"), ("x/a.rs", "use super::N;")]);
        assert_eq!(found, []);
    }

    #[test]
    fn a_file_and_its_folder_are_one() {
        let found = planted(&[
            ("x/mod.rs", "mod a; mod b;"),
            ("x/a.rs", "mod inner; use inner::I; use super::b::B;"),
            ("x/a/inner.rs", "struct I;"),
            ("x/b.rs", "use super::a::inner::I;"),
        ]);
        assert_eq!(found, circle("src/x", &["a", "b"]));
        let found = planted(&[
            ("x/mod.rs", "mod a;"),
            ("x/a.rs", "mod inner; fn f() { inner::g() }"),
            ("x/a/inner.rs", "use super::f;"),
        ]);
        assert_eq!(found, circle("src/x/a", &["inner", "mod"]));
    }
}

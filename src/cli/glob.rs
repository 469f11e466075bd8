//! Files that a pattern names, where no shell has replaced it.

use std::ffi::OsStr;
use std::fs;
use std::path::{Component, Path, PathBuf};

/// Whether a path has a sign that stands for others: `*` for some, `?` for one.
pub fn is_pattern(path: &Path) -> bool {
    path.components().any(|one| is_wild(one.as_os_str()))
}

fn is_wild(name: &OsStr) -> bool {
    name.as_encoded_bytes().iter().any(|byte| matches!(byte, b'*' | b'?'))
}

/// The files and folders that match, in the order of their names. Neither sign stands for a separator, nor for the dot that a hidden name
/// begins with.
pub fn matches(pattern: &Path) -> Vec<PathBuf> {
    let mut found = vec![PathBuf::new()];
    for component in pattern.components() {
        found = match component {
            Component::Normal(name) if is_wild(name) => {
                found.iter().flat_map(|folder| inside(folder, &name.to_string_lossy())).collect()
            }
            plain => found.into_iter().map(|folder| folder.join(plain)).collect(),
        };
    }
    found.retain(|path| path.exists());
    found
}

/// What a folder has of names that match, sorted. The folder's own name is no pattern.
pub fn inside(folder: &Path, pattern: &str) -> Vec<PathBuf> {
    let here = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let names = fs::read_dir(here).into_iter().flatten().flatten().map(|entry| entry.file_name());
    let is_match = |name: &std::ffi::OsString| {
        let name = name.to_string_lossy();
        name.starts_with('.') == pattern.starts_with('.') && is_like(&name, pattern)
    };
    let mut found: Vec<PathBuf> = names.filter(is_match).map(|name| folder.join(name)).collect();
    found.sort();
    found
}

/// Whether a name is like a pattern. Where the last `*` took too little, it takes one more.
fn is_like(name: &str, pattern: &str) -> bool {
    let (name, pattern): (Vec<char>, Vec<char>) = (name.chars().collect(), pattern.chars().collect());
    let (mut at, mut next, mut star) = (0, 0, None);
    while at < name.len() {
        match pattern.get(next) {
            Some('*') => {
                star = Some((at, next));
                next += 1;
            }
            Some(one) if *one == '?' || *one == name[at] => (at, next) = (at + 1, next + 1),
            _ => match star {
                Some((from, sign)) => {
                    star = Some((from + 1, sign));
                    (at, next) = (from + 1, sign + 1);
                }
                None => return false,
            },
        }
    }
    pattern[next..].iter().all(|one| *one == '*')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_stand_for_letters() {
        let like =
            [("1.part", "*.part"), ("ab", "a*b"), ("aXbYb", "a*b"), ("a", "?"), ("", "*"), ("grün", "gr?n")];
        like.iter().for_each(|(name, pattern)| assert!(is_like(name, pattern), "{name} {pattern}"));
        let not = [("1.parts", "*.part"), ("ab", "?"), ("", "?"), ("abc", "a*b"), ("a", "A")];
        not.iter().for_each(|(name, pattern)| assert!(!is_like(name, pattern), "{name} {pattern}"));
    }

    #[test]
    fn patterns_are_found_in_folders() {
        let home = tempfile::tempdir().unwrap();
        for name in ["a/1.part", "a/2.part", "b/3.part", "a/.4.part", "a/5.txt"] {
            let path = home.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "").unwrap();
        }
        let found = |pattern: &str| -> Vec<String> {
            let all = matches(&home.path().join(pattern)).into_iter();
            all.map(|path| path.strip_prefix(home.path()).unwrap().to_string_lossy().replace('\\', "/"))
                .collect()
        };
        assert_eq!(found("*/*.part"), ["a/1.part", "a/2.part", "b/3.part"]);
        assert_eq!(found("?/.*"), ["a/.4.part"]);
        assert!(found("c/*").is_empty() && found("a/*.csv").is_empty());
        assert!(is_pattern(Path::new("a/*.part")) && !is_pattern(Path::new("a/1.part")));
    }

    #[cfg(unix)]
    #[test]
    fn a_folder_whose_name_has_a_sign_is_itself() {
        let home = tempfile::tempdir().unwrap();
        let odd = home.path().join("a*");
        fs::create_dir_all(&odd).unwrap();
        fs::create_dir_all(home.path().join("ax")).unwrap();
        fs::write(home.path().join("ax/6.part"), "").unwrap();
        assert!(inside(&odd, "*.part").is_empty() && !matches(&odd.join("*.part")).is_empty());
    }
}

//! What walks start from: files that are sound, and files with every mistake that is known.

use std::path::{Path, PathBuf};

use crate::networks::Chance;

/// Texts of one kind.
pub struct Corpus {
    pub texts: Vec<String>,
}

impl Corpus {
    /// The files with an ending in folders of the project and below, in the order of their names.
    pub fn of(folders: &[&str], ending: &str) -> Corpus {
        let found = Corpus::with(folders, &[ending]);
        assert!(found.texts.len() >= 5, "the files were not found");
        found
    }

    /// The files with one of several endings, at least one.
    pub fn with(folders: &[&str], endings: &[&str]) -> Corpus {
        let mut paths = Vec::new();
        for ending in endings {
            folders.iter().for_each(|folder| collect(&root().join(folder), ending, &mut paths));
        }
        paths.sort();
        assert!(!paths.is_empty(), "no file was found");
        Corpus { texts: paths.iter().map(|path| read(path)).collect() }
    }

    /// One of the texts.
    pub fn any(&self, chance: &mut Chance) -> &str {
        &self.texts[chance.below(self.texts.len())]
    }
}

/// The project's folder.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The text of a file.
pub fn read(path: &Path) -> String {
    String::from_utf8_lossy(&std::fs::read(path).expect("a file of the project")).into_owned()
}

fn collect(folder: &Path, ending: &str, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder of the project") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect(&path, ending, found);
        } else if path.extension().is_some_and(|one| one == ending) {
            found.push(path);
        }
    }
}

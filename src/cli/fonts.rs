//! The fonts of the machine, for scripts that the embedded faces lack. Nothing is read before a letter asks for it.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use crate::chart::Lender;

/// How deep folders of fonts are nested; a link that leads round ends here.
const DEEPEST: usize = 5;
/// Larger files are no fonts for labels.
const LARGEST: u64 = 64 << 20;

/// The font files of the machine, in the order of their paths.
#[derive(Default)]
pub struct MachineFonts(OnceLock<Vec<PathBuf>>);

impl MachineFonts {
    fn files(&self) -> &[PathBuf] {
        self.0.get_or_init(|| {
            let mut files = Vec::new();
            folders().iter().for_each(|folder| collect(folder, DEEPEST, &mut files));
            files.sort();
            files.dedup();
            files
        })
    }
}

impl Lender for MachineFonts {
    fn names(&self) -> Vec<String> {
        let name = |path: &PathBuf| path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        self.files().iter().map(name).collect()
    }

    fn read(&self, place: usize) -> Option<Vec<u8>> {
        let path = self.files().get(place)?;
        let fits = fs::metadata(path).is_ok_and(|file| file.len() <= LARGEST);
        if fits { fs::read(path).ok() } else { None }
    }
}

/// Where Linux and the BSDs, macOS and Windows keep fonts, and where their users do.
fn folders() -> Vec<PathBuf> {
    let from = |variable: &str, rest: &str| env::var_os(variable).map(|base| Path::new(&base).join(rest));
    let fixed = ["/usr/share/fonts", "/usr/local/share/fonts", "/System/Library/Fonts", "/Library/Fonts"];
    let own = [
        from("HOME", ".fonts"),
        from("HOME", ".local/share/fonts"),
        from("HOME", "Library/Fonts"),
        from("XDG_DATA_HOME", "fonts"),
        from("WINDIR", "Fonts"),
        from("LOCALAPPDATA", "Microsoft/Windows/Fonts"),
    ];
    fixed.into_iter().map(PathBuf::from).chain(own.into_iter().flatten()).collect()
}

/// Adds the font files of a folder and of those in it. What can't be read is as if it were not there.
fn collect(folder: &Path, depth: usize, files: &mut Vec<PathBuf>) {
    for path in fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()) {
        let ending = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
        if ["ttf", "otf", "ttc", "otc"].contains(&ending.as_str()) {
            files.push(path);
        } else if depth > 0 && path.is_dir() {
            collect(&path, depth - 1, files);
        }
    }
}

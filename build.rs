//! Names the build by what it is made of, so that parts of one run are put together by the very program that made them.
//!
//! The name depends on the sources, the manifest and the locked dependencies alone: not on git, the machine, the folder or the clock.

use std::fs;
use std::path::{Path, PathBuf};

fn main() {
    let mut files = Vec::new();
    for name in ["Cargo.lock", "Cargo.toml", "build.rs", "src"] {
        println!("cargo::rerun-if-changed={name}");
        collect(Path::new(name), &mut files);
    }
    files.sort();
    let mut name = Name::new();
    for path in files {
        // A length before each text, so that no end of one is the beginning of the next.
        let path_text = path.to_string_lossy().replace('\\', "/");
        // Checked out on Windows, lines may end otherwise.
        let text: Vec<u8> =
            fs::read(&path).unwrap_or_default().into_iter().filter(|byte| *byte != b'\r').collect();
        for part in [path_text.as_bytes(), &text] {
            name.add(&(part.len() as u64).to_le_bytes());
            name.add(part);
        }
    }
    println!("cargo::rustc-env=FORETELL_BUILD={:032x}", name.0);
    // Told and not part of the name: the bits are the same on each.
    println!("cargo::rustc-env=FORETELL_TARGET={}", std::env::var("TARGET").unwrap_or_default());
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) {
    if path.is_file() {
        files.push(path.into());
    }
    for entry in fs::read_dir(path).into_iter().flatten().flatten() {
        collect(&entry.path(), files);
    }
}

/// FNV-1a of 128 bits: it tells builds apart, and need not withstand anybody.
struct Name(u128);

impl Name {
    fn new() -> Name {
        Name(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d)
    }

    fn add(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u128::from(*byte)).wrapping_mul(0x0000_0000_0100_0000_0000_0000_0000_013b);
        }
    }
}

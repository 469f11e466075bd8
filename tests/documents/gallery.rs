//! `docs/gallery.md` shows every kind of picture with the command that makes it; `just gallery` writes the pictures anew.

#![cfg(feature = "cli")]

use std::path::{Path, PathBuf};
use std::process::Command;

use foretell::report::plot::{KINDS, Kind};

fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

const HEAD: &str = "\
# Gallery

Every picture that `foretell plot` draws, each with the command that makes it. With `-o` a picture becomes a file of any name, as PNG,
SVG or PDF; `--size` and `--theme` say how it looks; `--given`, `--set`, `--evidence` and `--variant` say what it is of.
`just gallery` draws them all anew.
";

/// The flags of the pictures that need some, and the file if it is not the article's.
fn command(kind: &Kind) -> String {
    let (file, flags) = match kind.name {
        "theories" => ("vladivostok-2023-theories", ""),
        "density" | "dotplot" | "exceedance" => ("red-sea-2023", " --of extra_days,cost_per_box"),
        "priors" => ("red-sea-2023", ""),
        "sweep" => ("vladivostok-2023", " --vary china_approval=0:1"),
        "map" => ("vladivostok-2023", " --vary china_approval=0:1 --vary trade_demand=0:1"),
        "joint" => ("vladivostok-2023", " --joint 'china_approval > 0.6, outcome'"),
        "worlds" => ("netherlands-2023", " -n 4"),
        "decide" | "information" => ("oil-wildcatter", ""),
        "waterfall" => ("vladivostok-2023", " --variant beijing_refuses"),
        _ => ("vladivostok-2023", ""),
    };
    format!("foretell plot scenarios/{file}.toml {}{flags}", kind.name)
}

fn section(kind: &Kind) -> String {
    let (name, shows, command) = (kind.name, kind.shows, command(kind));
    format!(
        "\n## {name}\n\n{shows}.\n\n```console\n$ {command}\n```\n\n![{shows}](pictures/gallery/{name}.png)\n"
    )
}

fn document() -> String {
    HEAD.to_string() + &KINDS.iter().map(section).collect::<String>()
}

/// The words of a command behind `foretell`; quotes hold a word together.
fn words(command: &str) -> Vec<String> {
    let odd_are_quoted = command.split('\'').enumerate();
    let words = odd_are_quoted.flat_map(|(at, part)| match at % 2 {
        1 => vec![part.to_string()],
        _ => part.split_whitespace().map(String::from).collect(),
    });
    words.skip(1).collect()
}

/// The picture that a command draws.
fn drawn(kind: &Kind) -> Vec<u8> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("picture.png");
    let mut run = Command::new(env!("CARGO_BIN_EXE_foretell"));
    let said = run.current_dir(root("")).args(words(&command(kind))).arg("-o").arg(&path).output();
    let said = said.expect("the command runs");
    assert!(said.status.success(), "{}: {}", kind.name, String::from_utf8_lossy(&said.stderr));
    std::fs::read(path).expect("a picture")
}

#[test]
fn the_document_shows_what_the_commands_draw() {
    let (path, folder) = (root("docs/gallery.md"), root("docs/pictures/gallery"));
    let pictures: Vec<(String, Vec<u8>)> =
        KINDS.iter().map(|kind| (format!("{}.png", kind.name), drawn(kind))).collect();
    if std::env::var_os("BLESS").is_some() {
        // What is no kind any more goes.
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).expect("a folder can be made");
        for (name, bytes) in &pictures {
            std::fs::write(folder.join(name), bytes).expect("a picture can be written");
        }
        return std::fs::write(path, document()).expect("the document can be written");
    }
    let hint = "`just gallery` draws the gallery anew";
    assert!(std::fs::read_to_string(path).is_ok_and(|own| own == document()), "{hint}");
    for (name, bytes) in &pictures {
        assert!(std::fs::read(folder.join(name)).is_ok_and(|own| own == *bytes), "{hint}: {name}");
    }
    let there = std::fs::read_dir(&folder).expect("the gallery").count();
    assert_eq!(there, pictures.len(), "{hint}: {there} files");
}

#[test]
fn quotes_hold_words_together() {
    assert_eq!(
        words("foretell plot x.toml joint --joint 'a > 1, b'"),
        ["plot", "x.toml", "joint", "--joint", "a > 1, b"]
    );
}

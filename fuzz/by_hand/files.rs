//! Whole files, sound, empty and cut.

use crate::reading::{RULED, VALID, accepted, read};
use foretell::build;
use foretell::diagnostic::{SourceFile, Sources, Style, render_all};
use foretell::scenario;

#[test]
fn the_valid_files_are_valid() {
    accepted(VALID);
    accepted(RULED);
}

#[test]
fn the_scenarios_of_the_project_raise_no_message() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut count = 0;
    for folder in ["scenarios", "benches/models"].map(|folder| root.join(folder)) {
        for path in std::fs::read_dir(&folder)
            .expect("the folder can be read")
            .map(|entry| entry.expect("an entry").path())
        {
            if path.extension().is_none_or(|ending| ending != "toml") {
                continue;
            }
            let sources = Sources::new(SourceFile::new(
                "x.toml",
                std::fs::read_to_string(&path).expect("a scenario can be read"),
            ));
            let (document, found) = scenario::parse(sources.file());
            let content =
                |name: &String| std::fs::read_to_string(folder.join(name)).map_err(|error| error.to_string());
            let attachments = document.attachments.keys().map(|name| (name.clone(), content(name))).collect();
            let (model, more) = build::build(&document, &attachments, &[]);
            let shown =
                render_all(&found, &sources, Style::Plain) + &render_all(&more, &sources, Style::Plain);
            assert!(model.is_some() && shown.is_empty(), "{}:\n{shown}", path.display());
            count += 1;
        }
    }
    assert!(count >= 2, "the scenarios were not found");
}

#[test]
fn files_of_nothing_are_refused_with_a_reason() {
    for text in [
        "",
        " ",
        "\n\n\n",
        "# only\n# comments",
        "\u{feff}",
        "\u{feff}# mark",
        "\r\n\r\n",
        "\0",
        "[",
        "]",
        "=",
        "'''",
    ] {
        read(text);
    }
}

#[test]
fn line_ends_and_marks_change_nothing() {
    let plain = accepted(VALID);
    let windows = accepted(&VALID.replace('\n', "\r\n"));
    let marked = accepted(&format!("\u{feff}{VALID}"));
    for other in [windows, marked] {
        assert_eq!(other.factors.len(), plain.factors.len());
        assert_eq!(
            other.quantities.iter().map(|one| &one.key).collect::<Vec<_>>(),
            plain.quantities.iter().map(|one| &one.key).collect::<Vec<_>>()
        );
    }
}

#[test]
fn every_cut_of_a_valid_file_is_read() {
    for text in [VALID, RULED] {
        for (end, _) in text.char_indices() {
            read(&text[..end]);
            read(&text[end..]);
        }
    }
}

//! Mistakes, cuts, changes and sizes.

use super::networks::Chance;
use super::{asia, factors, fixtures, read};
use foretell::interchange::scenario_text;
use std::path::PathBuf;

#[test]
fn few_decimals_are_normalised_and_counted() {
    let text = |numbers: &str| {
        format!("variable A {{ type discrete [3] {{ x, y, z }}; }} probability (A) {{ table {numbers}; }}")
    };
    let (network, found, shown) = read("thirds.bif", &text("0.3333, 0.3333, 0.3333"));
    let network = network.expect("a network");
    assert_eq!((network.normalised, found.counts()), (1, (0, 1)));
    assert!(shown.contains("1 row of probabilities does not sum to 1"), "{shown}");
    assert!((network.variables[0].table.row(0).iter().sum::<f64>() - 1.0).abs() < 1e-15);
    // Rounded to hundredths, all the same; and off by less in the fourth decimal, which no rounding does, as with tenths.
    let (network, found, _) = read("rough.bif", &text("0.33, 0.33, 0.33"));
    assert_eq!((network.map(|one| one.normalised), found.counts()), (Some(1), (0, 1)));
    let (network, _, shown) = read("wrong.bif", &text("0.3333, 0.3333, 0.3331"));
    assert!(network.is_none() && shown.contains("error[network-sum]"), "{shown}");
    assert!(read("tenths.bif", &text("0.3, 0.3, 0.3")).0.is_none());
    let (network, found, _) = read("exact.bif", &text("0.1, 0.2, 0.7"));
    assert_eq!(network.map(|one| one.variables[0].table.row(0).to_vec()), Some(vec![0.1, 0.2, 0.7]));
    assert!(found.is_empty());
}

/// The numbers that a message about a sum says to write, written into the file, make it sound.
#[test]
fn a_wrong_sum_is_mended_by_what_its_message_says() {
    for (name, text) in [
        ("a.bif", "variable A { type discrete [3] { x, y, z }; } probability (A) { table 0.2, 0.3, 0.7; }"),
        ("a.net", "node A { states = (\"x\" \"y\"); } potential (A) { data = (3 9e0); }"),
    ] {
        let (_, found, shown) = read(name, text);
        let one = found.iter().next().expect("a message");
        assert_eq!(one.code, "network-sum", "{shown}");
        let mut mended = text.to_string();
        for edit in one.hints[0].edits.iter().rev() {
            mended.replace_range(edit.span.range(), &edit.text);
        }
        let (network, found, shown) = read(name, &mended);
        assert!(network.is_some() && found.is_empty(), "{mended}: {shown}");
    }
}

/// Each `bad/NAME.bif` shows the messages of `NAME.txt`, `NAME.net` those of `NAME.net.txt`; `UPDATE_FIXTURES=1` writes them.
#[test]
fn every_mistake_shows_its_message() {
    let mut codes = String::new();
    let mut wrong = Vec::new();
    let mut paths: Vec<PathBuf> = std::fs::read_dir(fixtures().join("bad"))
        .expect("a folder")
        .map(|one| one.expect("an entry").path())
        .collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending != "txt"));
    paths.sort();
    for path in paths {
        let text = std::fs::read_to_string(&path).expect("a fixture");
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let (_, found, shown) = read(&name, &text);
        for one in found.iter().filter(|one| one.code != "network-normalised") {
            let is_placed = !one.labels.is_empty() || one.code == "network-empty";
            assert!(is_placed && !one.hints.is_empty(), "{name}: no place or no hint: {}", one.message);
        }
        codes += &shown;
        let expected = path.with_file_name(format!("{}.txt", name.replace(".bif", "")));
        if std::env::var_os("UPDATE_FIXTURES").is_some() {
            std::fs::write(&expected, &shown).expect("a fixture can be written");
        } else if std::fs::read_to_string(&expected).ok().as_deref() != Some(&shown) {
            wrong.push(format!("== {name} shows\n{shown}"));
        }
    }
    assert!(wrong.is_empty(), "UPDATE_FIXTURES=1 accepts these:\n{}", wrong.join("\n"));
    let document =
        std::fs::read_to_string(fixtures().join("../../../docs/scenario-format.md")).expect("a document");
    for code in [
        "syntax",
        "empty",
        "unknown",
        "duplicate",
        "count",
        "number",
        "sum",
        "missing",
        "cycle",
        "unsupported",
        "left-out",
        "decision",
        "more",
        "normalised",
    ] {
        assert!(codes.contains(&format!("[network-{code}]")), "no fixture shows network-{code}");
        assert!(document.contains(&format!("`network-{code}`")), "network-{code} is not described");
    }
}

#[test]
fn whatever_is_cut_off_is_read_to_its_end() {
    let text = asia();
    for end in (0..text.len()).filter(|end| text.is_char_boundary(*end)) {
        read("cut.bif", &text[..end]);
        read("cut.bif", &text[end..]);
    }
}

#[test]
fn whatever_is_changed_is_read_to_its_end() {
    let pieces = [
        "",
        "{",
        "}",
        "(",
        ")",
        ";",
        "|",
        ",",
        "\"",
        "/*",
        "*/",
        "//",
        "[",
        "]",
        "table",
        "default",
        "probability",
        "variable",
        "network",
        "property",
        "-1",
        "1e999",
        "nan",
        "yes",
        "VisitToAsia",
        "é",
        "\u{0}",
        "0",
        "[ 99999999999999999999 ]",
    ];
    let text = asia();
    let mut chance = Chance(7);
    for _ in 0..4000 {
        let mut changed = text.clone();
        for _ in 0..1 + chance.below(4) {
            let start = chance.below(changed.len());
            let end = (start + chance.below(12)).min(changed.len());
            if changed.is_char_boundary(start) && changed.is_char_boundary(end) {
                changed.replace_range(start..end, pieces[chance.below(pieces.len())]);
            }
        }
        let (network, _, _) = read("changed.bif", &changed);
        if let Some(network) = network {
            factors(&scenario_text(&network, "changed.bif"));
        }
    }
}

/// Deep chains, many parents and huge defaults cost no more than the text is long.
#[test]
fn large_networks_are_read_quickly() {
    let mut chain =
        "variable N0 { type discrete [2] { no, yes }; } probability (N0 | N29999) { default 0.5, 0.5; }"
            .to_string();
    for index in 1..30_000 {
        let before = index - 1;
        chain += &format!(
            "variable N{index} {{ type discrete [2] {{ no, yes }}; }} probability (N{index} | N{before}) {{ default 0.5, 0.5; }}\n"
        );
    }
    let (network, _, shown) = read("chain.bif", &chain);
    assert!(network.is_none() && shown.contains("error[network-cycle]"));
    let mistakes = chain.replace("| N", "| M").replace("0.5, 0.5", "0.5");
    let (_, found, shown) = read("mistakes.bif", &mistakes);
    assert!(found.iter().count() == 50 && shown.contains("29951 more problems"), "{shown}");
    for (parents, is_sound) in [(60, true), (64, false)] {
        let mut text = String::new();
        let names: Vec<String> = (0..parents).map(|index| format!("N{index}")).collect();
        for name in &names {
            text += &format!(
                "variable {name} {{ type discrete [2] {{ no, yes }}; }} probability ({name}) {{ table 0.5, 0.5; }}\n"
            );
        }
        text += "variable X { type discrete [2] { no, yes }; }\n";
        text += &format!("probability (X | {}) {{ default 0.5, 0.5; }}", names.join(", "));
        assert_eq!(read("wide.bif", &text).0.is_some(), is_sound);
    }
}

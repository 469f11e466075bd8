//! The scenarios that are shipped.

use std::path::Path;

use foretell::session::Changes;

use super::{opinion, settings};

fn texts() -> Vec<(String, String)> {
    let mut found = Vec::new();
    for folder in ["scenarios", "scenarios/reference"] {
        let all = std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).expect("a folder");
        for path in all.map(|one| one.expect("an entry").path()) {
            if path.extension().is_some_and(|ending| ending == "toml") {
                found.push((path.display().to_string(), std::fs::read_to_string(&path).expect("a scenario")));
            }
        }
    }
    found.sort();
    found
}

/// With a fixed seed; an error of 0.1 % for each of them.
#[test]
fn shipped_scenarios_agree() {
    let all = texts();
    assert!(all.len() >= 13, "{} scenarios", all.len());
    for (name, text) in all {
        let found = opinion(&text, &Changes::default(), &settings(1 << 15, 2)).expect("an answer");
        assert!(found.compared > 3, "{name}: {} answers", found.compared);
        let apart: Vec<_> = found.answers.iter().filter(|one| one.agrees == Some(false)).collect();
        assert!(apart.is_empty(), "{name}: {apart:#?}");
    }
}

/// What is learned and what is set hold on both sides.
#[test]
fn the_article_agrees_under_conditions() {
    let text = &texts()
        .into_iter()
        .find(|(name, _)| name.ends_with("vladivostok-2023.toml"))
        .expect("the article")
        .1;
    let evidence = Changes { evidence: vec!["all".into()], ..Changes::default() };
    let given = |what: &str| Changes { given: vec![what.into()], ..Changes::default() };
    let set = Changes {
        set: vec!["china_approval=0.9".into(), "pull=normal(0.5, 0.1)".into()],
        ..Changes::default()
    };
    let set =
        if text.contains("[factors.pull]") { set } else { Changes { set: vec![set.set[0].clone()], ..set } };
    for changes in
        [evidence, given("outcome == sanctioned"), given("china_approval > 0.7 and trade_demand > 0.6"), set]
    {
        let found = opinion(text, &changes, &settings(1 << 16, 3)).expect("an answer");
        assert!(found.disagree == 0 && found.compared > 100, "{changes:?}: {found:#?}");
    }
}

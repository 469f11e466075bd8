use super::*;
use crate::analysis::compare::{Change, Said};
use crate::diagnostic::{SourceFile, Style};
use crate::report::form::{csv, text};
use crate::report::page::Block;
use crate::report::paged::Report;
use crate::session::{Answer, Changes, Comparison, Session};
use crate::simulation::Settings;

const OLD: &str = "[scenario]\ntitle = \"Two ways\"\nquestion = \"Which way?\"\n[factors.pull]\nvalue = 0\n[outcomes.a]\n\
                   label = \"The one way\"\nscore = 'pull'\n[outcomes.b]\nscore = 0\n";

fn answer(new: &str) -> Answer<CompareFinding> {
    let none = |name: &str| Err(name.to_string());
    let mut first = Session::open(SourceFile::new("old.toml", OLD), none).unwrap();
    let second = first.beside(SourceFile::new("new.toml", new), none).unwrap();
    let comparison = Comparison::of_files(&first, &second, &Changes::default()).unwrap();
    comparison.answer(&[], &Settings::default()).unwrap()
}

fn shown(page: &Page) -> String {
    String::from_utf8(text::render(page, 80, Style::Plain)).unwrap()
}

#[test]
fn a_page_from_top_to_bottom() {
    // logistic(ln 3) = 3/4.
    let found = answer(&OLD.replace("value = 0", "value = 'ln(3)'").replace("The one way", "That way"));
    let expected = "\
Two ways
Which way?
From old.toml to new.toml; 1 edit

Moving from old.toml to new.toml, “That way” rises from 50.0 % to 75.0 %, by the
edit of pull (+25.0 points).

Answer    Before   After  Change      ±
───────────────────────────────────────
That way  50.0 %  75.0 %   +25.0  exact
b         50.0 %  25.0 %   −25.0  exact

Change in points. All of it is exact.

                      That
What each edit adds    way      ±      b      ±
───────────────────────────────────────────────
pull                 +25.0  exact  −25.0  exact

An edit's share: what it adds when its turn comes, averaged over all orders in
which the edits can be made (2 scenarios). The shares sum to the change
(Shapley).

What differs  before  after  lines
──────────────────────────────────
pull          0       ln(3)  5 → 5

1 edit changes no number: outcomes.a.label.

Exact: no draw entered the probabilities
";
    assert_eq!(shown(&found.page(View::NORMAL)), expected);
    let values = String::from_utf8(csv::render(&found.page(View::NORMAL))).unwrap();
    assert!(values.contains("\na,That way,factors.pull.value,0,'ln(3)',,,,,,,,,,,0.2"), "{values}");
}

#[test]
fn nothing_moves_where_files_say_the_same() {
    let page = shown(&answer(OLD).page(View::NORMAL));
    assert!(page.contains("The files say the same: no answer moves."), "{page}");
    let worded = shown(&answer(&OLD.replace("The one way", "That way")).page(View::NORMAL));
    assert!(worded.contains("The files say the same in all that answers depend on"), "{worded}");
    let still = shown(&answer(&OLD.replace("value = 0", "value = '0 * 2'")).page(View::NORMAL));
    assert!(still.contains("no answer moves as far as can be told"), "{still}");
}

#[test]
fn long_texts_are_told_where_they_differ() {
    let long = |middle: &str| format!("{} {middle} {}", "head + ".repeat(12), "+ tail".repeat(12));
    let change = |before: String, after: String| Change {
        address: "derived.d.value".into(),
        label: None,
        kind: crate::analysis::compare::ChangeKind::Changed,
        before: Some(Said { text: before, place: "a:1:2".into() }),
        after: Some(Said { text: after, place: "b:3:4".into() }),
    };
    let (before, after) = said::apart(&change(long("old"), long("new")));
    let (before, after) = (before.unwrap(), after.unwrap());
    assert!(before.contains("old") && after.contains("new") && before.chars().count() < 60, "{before}");
    assert_eq!(said::lines(&change(String::new(), String::new())), "1 → 3");
}

#[cfg(feature = "charts")]
#[test]
fn the_figure_leads_from_the_one_to_the_other() {
    let found = answer(&OLD.replace("value = 0", "value = 'ln(3)'"));
    let about = About { found: &found.finding, facts: &found.facts };
    let figure = about.figure().unwrap();
    assert_eq!(figure.wording.title, "“The one way” rises from 50.0 % to 75.0 %");
    let panel = &figure.panels[0];
    assert!(panel.before.value == 0.5 && (panel.after.value - 0.75).abs() < 1e-12);
    assert_eq!((panel.steps[0].printed.as_str(), panel.steps[0].detail.as_str()), ("+25.0", "0 → ln(3)"));
    let page = found.page(View { detail: Detail::Normal, has_figures: true });
    assert!(page.blocks.iter().any(|one| matches!(one, Block::Figure(figure) if figure.name == "compare")));
    assert!(
        answer(OLD)
            .page(View { detail: Detail::Normal, has_figures: true })
            .blocks
            .iter()
            .all(|one| !matches!(one, Block::Figure(_)))
    );
}

use super::*;
use crate::analysis::update::Update;
use crate::diagnostic::{SourceFile, Style};
use crate::report::form::{csv, markdown, text};
use crate::report::page::Block;
use crate::report::paged::Report;
use crate::session::{self, Changes, Session};
use crate::simulation::{Rule, Settings};

const EVIDENCE: &str = "[[evidence]]\nid = \"late\"\ndate = 2024-02-01\ntext = \"Seen\\nlate\"\nlikelihood = { a = 0.2, b = 0.6 }\n\
                     [[evidence]]\nid = \"early\"\ndate = 2024-01-01\npublisher = \"The *Times*\"\ntext = \"Seen early\"\n\
                     likelihood = { a = 0.9, b = 0.3 }\n";
const EXACT: &str = "[scenario]\ntitle = \"Two ways\"\nquestion = \"Which way?\"\n[outcomes.a]\nlabel = \"The one way\"\n[outcomes.b]\n";

/// What all items do to a sound scenario.
fn answer(text: &str, changes: Changes) -> session::Answer<UpdateFinding> {
    let session = Session::open(SourceFile::new("in/x.toml", text), |name| Err(name.into())).unwrap();
    let changes = Changes { evidence: vec!["all".into()], ..changes };
    let settings = Settings { rule: Rule::Draws(1 << 14), ..Settings::default() };
    session.case(&changes).unwrap().answer(&Update, &settings).unwrap()
}

fn shown(page: &Page) -> String {
    String::from_utf8(text::render(page, 80, Style::Plain)).unwrap()
}

#[test]
fn a_page_from_top_to_bottom() {
    let found = answer(&format!("{EXACT}{EVIDENCE}"), Changes::default());
    let page = shown(&found.page(View::NORMAL));
    let expected = "\
Two ways
Which way?
Evidence of 2 items, 1 Jan 2024 to 1 Feb 2024

Two reports leave every answer where it was.

Answer       Before   After      ±  Change  In words
───────────────────────────────────────────────────────────────
The one way  50.0 %  50.0 %  exact     0.0  roughly even chance
b            50.0 %  50.0 %  exact     0.0  roughly even chance

Before and after: the probability without and with the evidence. Both are exact.
Change in points.

What each item says  points  added      ±  alone      ±
───────────────────────────────────────────────────────
2024-01-01 The *Times*: Seen early
  The one way         +25.0  +1.10  exact  +1.10  exact
  b                   −25.0  −1.10  exact  −1.10  exact
2024-02-01 Seen late
  The one way         −25.0  −1.10  exact  −1.10  exact
  b                   +25.0  +1.10  exact  +1.10  exact

Points: what the item changed after those before it. Log-odds of each answer
against the rest: +0.7 about doubles its odds, −0.7 about halves them. Added:
after the items before it. Alone: by itself.

                                   effective
Probability after       a       b      draws
────────────────────────────────────────────
before             50.0 %  50.0 %      exact
2024-01-01 early   75.0 %  25.0 %      exact
2024-02-01 late    50.0 %  50.0 %      exact

";
    let (top, foot) = page.split_at(page.find("Relative likelihood").unwrap());
    assert_eq!(top, expected);
    let whole = "Relative likelihood of the evidence 0.333 · exact: no draw entered the\nprobabilities\n";
    assert_eq!(foot, whole);
}

#[test]
fn the_screen_leads_with_points() {
    let found = answer(
        &format!("{EXACT}{}", EVIDENCE.replace("a = 0.2, b = 0.6", "a = 0.6, b = 0.2")),
        Changes::default(),
    );
    let screen = shown(&found.page(View { detail: Detail::Screen, has_figures: false }));
    assert!(screen.contains("Two reports took “The one way” from 50 % to 90 %."), "{screen}");
    let line = |start: &str| screen.lines().find(|line| line.starts_with(start)).unwrap().to_string();
    assert!(line("2024-01-01 Seen early").ends_with("+25.0  −25.0"), "{screen}");
    assert!(line("2024-02-01 Seen late").ends_with("+15.0  −15.0"), "{screen}");
    assert!(
        screen.ends_with(
            "Exact: no draw entered the probabilities. -v shows log-odds and the course of\ndays.\n"
        ),
        "{screen}"
    );
}

#[test]
fn brief_is_the_first_table() {
    let found = answer(&format!("{EXACT}{EVIDENCE}"), Changes::default());
    let brief = found.page(View { detail: Detail::Brief, has_figures: false });
    assert_eq!(shown(&brief).lines().count(), 4);
    assert!(shown(&found.page(View::NORMAL)).contains(&shown(&brief)));
    let values = String::from_utf8(csv::render(&brief)).unwrap();
    let expected = "id,label,prior,std_error,interval_low,interval_high,interval_level,exact,posterior,\
                    posterior_std_error,posterior_low,posterior_high,change,change_std_error,change_low,change_high,words\n\
                    a,The one way,0.5,0,0.5,0.5,0.9,true,0.";
    assert!(values.starts_with(expected), "{values}");
}

#[test]
fn what_is_set_and_learned_is_said() {
    let file = format!("{EXACT}[factors.x]\nvalue = 'beta(2, 2)'\n[factors.y]\nvalue = 3\n{EVIDENCE}");
    let changes = Changes { set: vec!["y=4".into()], given: vec!["x > 0.5".into()], ..Changes::default() };
    let found = answer(&file, changes);
    let page = found.page(View::NORMAL);
    let said =
        "Evidence of 2 items, 1 Jan 2024 to 1 Feb 2024; with y=4 in place of the file's; given x > 0.5";
    assert_eq!(page.lead[1], said);
    let markdown = String::from_utf8(markdown::render(&page)).unwrap();
    assert!(markdown.contains("| Answer[^foretell-x-update] | Before | After | ± |"), "{markdown}");
    assert!(markdown.contains("[^foretell-x-update]: in/x.toml · with y=4 in place"), "{markdown}");
    assert!(markdown.contains("| **2024-01-01 The \\*Times\\*: Seen early** | | | | | |\n"), "{markdown}");
}

#[test]
fn many_answers_stand_one_below_the_other() {
    let file = |number: usize| {
        let names: Vec<String> = (0..number).map(|at| format!("s{at}")).collect();
        let all =
            |value: f64| names.iter().map(|name| format!("{name} = {value}")).collect::<Vec<_>>().join(", ");
        let states = format!("states = {names:?}\nprobabilities = {{ {} }}", all(1.0 / number as f64));
        let item = "[[evidence]]\nid = \"e\"\ndate = 2024-02-01\ntext = \"Seen\"\nabout = \"x\"";
        format!("[factors.x]\n{states}\n{item}\nlikelihood = {{ {} }}\n", all(0.5))
    };
    let headings = |number| {
        let page = answer(&file(number), Changes::default()).page(View::NORMAL);
        let tables = page.blocks.iter().filter_map(|block| match block {
            Block::Table(table) => table.columns[0].heading.clone(),
            _ => None,
        });
        tables.collect::<Vec<_>>().pop()
    };
    assert_eq!(headings(SIDE_BY_SIDE).as_deref(), Some("Probability after"));
    assert_eq!(headings(SIDE_BY_SIDE + 1).as_deref(), Some("Over time"));
}

#[cfg(feature = "charts")]
#[test]
fn the_figure_has_a_line_for_each_answer_and_a_point_for_each_item() {
    let found = answer(&format!("{EXACT}{EVIDENCE}"), Changes::default());
    let about = About { found: &found.finding, facts: &found.facts };
    let figure = about.figure().unwrap();
    assert_eq!(figure.wording.title, "Two reports leave every answer where it was");
    assert!(figure.wording.subtitle.ends_with("; evidence of 2 items, 1 Jan 2024 to 1 Feb 2024"));
    let items: Vec<(&str, &str)> =
        figure.items.iter().map(|one| (one.text.as_str(), one.change.as_str())).collect();
    assert_eq!(items, [("Seen early", "+25"), ("Seen late", "−25")]);
    let points: Vec<f64> = figure.lines[1].points.iter().map(|one| one.probability).collect();
    assert_eq!(points.len(), 3);
    assert!((points[1] - 0.25).abs() < 1e-12, "{points:?}");
    let page = found.page(View { detail: Detail::Brief, has_figures: true });
    assert!(matches!(&page.blocks[1], Block::Figure(one) if one.name == "evidence"));
}

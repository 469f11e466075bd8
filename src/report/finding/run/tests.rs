use super::*;
use crate::analysis::run::Run;
use crate::diagnostic::SourceFile;
use crate::diagnostic::Style;
use crate::report::form::{csv, markdown, text};
use crate::session::{Answer, Changes, Session};
use crate::simulation::{Rule, Settings};

const THREE: &str = "[factors.x]\nlabel = \"Strength\"\nvalue = 'beta(2, 2)'\n[factors.idle]\nvalue = 'beta(2, 2)'\n\
                     [outcomes.a]\nbase = 0.6\nweights = { x = 2 }\n[outcomes.b]\nbase = 0.2\n[outcomes.c]\nbase = 0.2\n";

/// What a run of a sound scenario finds in 2^14 draws.
fn answer(text: &str, run: &Run) -> Answer<RunFinding> {
    let session = Session::open(SourceFile::new("in/x.toml", text), |name| Err(name.into())).unwrap();
    let changes = Changes { all_variants: run.all_variants, ..Changes::default() };
    let settings = Settings { rule: Rule::Draws(1 << 14), ..Settings::default() };
    session.case(&changes).unwrap().answer(run, &settings).unwrap()
}

fn page(answer: &Answer<RunFinding>, detail: Detail) -> Page {
    answer.finding.page(&answer.facts, View { detail, has_figures: false })
}

fn shown(page: &Page) -> String {
    String::from_utf8(text::render(page, 80, Style::Plain)).unwrap()
}

#[test]
fn each_detail_says_more() {
    let found = answer(THREE, &Run::default());
    let [brief, normal, full] =
        [Detail::Brief, Detail::Normal, Detail::Full].map(|one| shown(&page(&found, one)));
    assert!(brief.starts_with("Outcome  Probability ") && brief.lines().count() == 5, "{brief}");
    assert!(normal.contains("What pushes hardest") && normal.ends_with("seed 1.\n"), "{normal}");
    assert!(normal.contains(&brief) && !normal.contains("Factor"), "{normal}");
    assert!(full.contains("Where uncertainty comes from") && full.contains("\nFactor "), "{full}");
}

#[test]
fn the_screen_holds_the_answer_in_24_lines() {
    let long = "a label that goes on and on ".repeat(12);
    let text = THREE.replace("[outcomes.b]", &format!("[outcomes.b]\nlabel = \"{long}\""));
    let found = answer(&text, &Run::default());
    let page = page(&found, Detail::Screen);
    let at = |width| String::from_utf8(text::render(&page, width, Style::Plain)).unwrap();
    assert!(at(80).lines().count() <= 24, "{}", at(80));
    for width in [60, 80, 120] {
        let shown = at(width);
        assert!(shown.contains("“a” is most probable, at ") && shown.contains('█'), "{shown}");
        assert!(shown.contains("Moved most by") && shown.contains("Sampling error below"), "{shown}");
        assert!(shown.ends_with("-v shows all drivers and factors.\n"), "{shown}");
        assert!(!shown.contains('±'), "{shown}");
    }
}

#[test]
fn an_error_that_bears_on_a_digit_has_a_column() {
    let session = Session::open(SourceFile::new("x.toml", THREE), |name| Err(name.into())).unwrap();
    let settings =
        Settings { rule: Rule::Draws(1 << 8), kind: crate::design::Kind::Independent, ..Settings::default() };
    let case = session.case(&Changes::default()).unwrap();
    let found = case.answer(&Run::default(), &settings).unwrap();
    let shown = shown(&page(&found, Detail::Screen));
    assert!(shown.contains(" ± ") && shown.contains("±: the sampling error"), "{shown}");
}

#[test]
fn the_screen_of_a_file_without_outcomes_says_what_it_has() {
    let quantity = "[factors.x]\nvalue = 'beta(2, 2)'\nunit = \"days\"\n[derived.twice]\nvalue = '2e4 * x'\nunit = \"EUR\"\n";
    let said = shown(&page(&answer(quantity, &Run::default()), Detail::Screen));
    assert!(
        said.contains("“twice” lies between 27") && said.contains(" EUR in nine draws of ten."),
        "{said}"
    );
    assert!(said.contains("twice (EUR)") && !said.contains("(days)"), "{said}");
    let event = "[events.storm]\nprobability = 0.25\n";
    let said = shown(&page(&answer(event, &Run::default()), Detail::Screen));
    assert!(said.contains("“storm” has a probability of 25 %."), "{said}");
    assert!(said.contains("Exact: no draw entered"), "{said}");
    let nothing = shown(&page(&answer("[factors.x]\nvalue = 3\n", &Run::default()), Detail::Screen));
    assert!(nothing.contains("“x” is 3."), "{nothing}");
}

#[test]
fn what_acts_by_both_ends_is_said_to() {
    let text = "[factors.u]\nlabel = \"Tension\"\nvalue = 'uniform(-1, 1)'\n[events.e]\nprobability = 'abs(u)'\n\
                [outcomes.a]\nwhen = 'e'\n[outcomes.b]\nelse = true\n";
    let found = answer(text, &Run::default());
    let words = shown(&page(&found, Detail::Normal));
    assert!(words.contains("Tension (least in between)") && words.contains("−70.0"), "{words}");
    assert!(words.contains("Tension (most in between)") && words.contains("+70.0"), "{words}");
    assert!(words.contains("both ends to what lies between"), "{words}");
    // What decides the outcome has all of its variance, and is exactly so.
    let decides =
        |line: &str| line.split_whitespace().eq(["e", "0", "%", "100", "%", "+100.0", "100", "exact"]);
    assert!(words.lines().any(decides), "{words}");
}

#[test]
fn what_is_asked_for_by_name_is_shown_in_every_form() {
    let text = format!("{THREE}[events.storm]\nprobability = 0.25\n[derived.twice]\nvalue = '2 * x'\n");
    let run = Run { of: vec!["storm".into(), "x".into()], percents: vec![10.0], ..Run::default() };
    let page = page(&answer(&text, &run), Detail::Normal);
    let markdown = String::from_utf8(markdown::render(&page)).unwrap();
    assert!(
        markdown.contains("| Event | Probability | ± |\n|:--|--:|--:|\n| storm | 25.0 % | exact |\n"),
        "{markdown}"
    );
    assert!(
        markdown.contains("| Outcome[^foretell-x] |") && markdown.contains("| Percentiles | P10 |"),
        "{markdown}"
    );
    assert!(!markdown.contains("twice"), "{markdown}");
    let values = String::from_utf8(csv::render(&page)).unwrap();
    assert!(
        values.lines().any(|line| line.starts_with("storm,storm,0.25,0,0.25,0.25,0.9,true,,,,,,,")),
        "{values}"
    );
    assert!(values.lines().any(|line| line.starts_with("x,Strength,,,,,,,0.13")), "{values}");
    let heading = values.lines().next().unwrap();
    assert!(
        heading.ends_with(",words,mean,mean_std_error,mean_low,mean_high,sd,p10,p10_std_error"),
        "{heading}"
    );
}

#[test]
fn variants_have_rows_of_their_own() {
    let text = format!("{THREE}[variants.strong]\nset = {{ x = 0.9 }}\n[derived.twice]\nvalue = '2 * x'\n");
    let found = answer(&text, &Run { all_variants: true, ..Run::default() });
    let page = page(&found, Detail::Full);
    let shown = shown(&page);
    assert!(shown.contains("  as the file has it") && shown.contains("with x=0.9"), "{shown}");
    let values = String::from_utf8(csv::render(&page)).unwrap();
    let lines: Vec<&str> = values.lines().collect();
    assert_eq!(lines.len(), 1 + 4 + 4);
    assert!(lines[1].starts_with(",,a,a,0."), "{values}");
    assert!(lines[8].starts_with("strong,strong,twice,twice,,,,,,,0.8"), "{values}");
    assert!(lines[0].ends_with("difference,difference_std_error,difference_low,difference_high,mean,mean_std_error,mean_low,mean_high"));
}

#[test]
fn a_file_without_outcomes_answers_what_it_has() {
    let found = answer("[factors.x]\nvalue = 'beta(2, 2)'\n", &Run::default());
    let brief = shown(&page(&found, Detail::Brief));
    assert!(brief.starts_with("Factor ") && brief.lines().count() == 3, "{brief}");
    let values = String::from_utf8(csv::render(&page(&found, Detail::Brief))).unwrap();
    assert_eq!(values.lines().count(), 2, "{values}");
}

#[cfg(feature = "charts")]
mod pictures {
    use super::super::figures::{answer as shown, drivers, ternary};
    use super::*;
    use crate::report::number::percent;
    use crate::report::page::Block;

    fn found(text: &str) -> (RunFinding, Facts) {
        let Answer { finding, facts, .. } = answer(text, &Run::default());
        (finding, facts)
    }

    #[test]
    fn titles_say_what_was_found() {
        let (finding, facts) = found(THREE);
        let title = shown(&finding, &facts).unwrap().wording.title;
        assert_eq!(title.split(" at ").next(), Some("“a” is most probable,"));
        let title = drivers(&finding, &facts).unwrap().wording.title;
        assert!(title.starts_with("“a” depends most on “Strength”: from "), "{title}");
    }

    #[test]
    fn pictures_call_an_outcome_by_its_short_name() {
        let text = THREE.replace("[outcomes.a]", "[outcomes.a]\nlabel = \"A long name\"\nshort = \"Brief\"");
        let (finding, facts) = found(&text);
        assert_eq!(finding.outcomes[0].label, "A long name");
        let picture = shown(&finding, &facts).unwrap();
        assert_eq!(picture.rows[0].label, "Brief");
        assert_eq!(picture.wording.title.split(" at ").next(), Some("“Brief” is most probable,"));
    }

    #[test]
    fn of_equals_none_leads() {
        let equal = "[factors.x]\nvalue = 'uniform(0, 1)'\n[outcomes.a]\nweights = { x = 1 }\n[outcomes.b]\n";
        let (finding, facts) = found(equal);
        assert_eq!(shown(&finding, &facts).unwrap().wording.title, "“a” and “b” are level near 50\u{a0}%");
    }

    #[test]
    fn the_triangle_wants_three_outcomes() {
        let (finding, facts) = found(THREE);
        let [a, b, c] = &finding.drivers.shares[..] else { panic!("three outcomes") };
        let share = a.iter().zip(b).zip(c).filter(|((a, b), c)| a > b && a > c).count();
        let share = percent(share as f64 / a.len() as f64, 0);
        let title = ternary(&finding, &facts).unwrap().wording.title.replace('\u{a0}', " ");
        assert!(title.starts_with(&format!("“a” is ahead in {share} of the draws, “")), "{title}");
        let (finding, facts) = found("[factors.x]\nvalue = 'beta(2, 2)'\n[outcomes.a]\n[outcomes.b]\n");
        assert!(ternary(&finding, &facts).is_none());
    }

    #[test]
    fn of_many_outcomes_the_most_probable_are_shown_and_said() {
        let outcomes: String =
            (0..30).map(|k| format!("[outcomes.o{k}]\nbase = {}\n", (30 - k) as f64 / 465.0)).collect();
        let (finding, facts) = found(&format!("[factors.x]\nvalue = 'beta(2, 2)'\n{outcomes}"));
        let picture = shown(&finding, &facts).unwrap();
        assert_eq!((picture.rows.len(), picture.rows[23].label.as_str()), (24, "o23"));
        assert!(picture.wording.caption.contains("24 of 30 outcomes shown"), "{}", picture.wording.caption);
    }

    #[test]
    fn a_triangle_with_an_outcome_that_is_probable_nowhere_says_nothing() {
        let says = |text: &str| super::super::figures::says_something(&found(text).0);
        assert!(says(THREE));
        assert!(!says(
            &THREE
                .replace("base = 0.6", "base = 0.795")
                .replace("[outcomes.c]\nbase = 0.2", "[outcomes.c]\nbase = 0.005")
        ));
    }

    #[test]
    fn factors_that_move_nothing_are_no_drivers() {
        let (finding, facts) = found(THREE);
        assert!(finding.drivers.of("a").any(|one| one.id == "idle"));
        let rows = drivers(&finding, &facts).unwrap().rows;
        assert_eq!(rows.iter().map(|row| row.label.as_str()).collect::<Vec<_>>(), ["Strength"]);
    }

    #[test]
    fn pictures_are_blocks_where_they_are_wanted() {
        let (finding, facts) = found(THREE);
        let names = |has_figures| -> Vec<&str> {
            let page = finding.page(&facts, View { detail: Detail::Brief, has_figures });
            let figures = page.blocks.iter().filter_map(|block| match block {
                Block::Figure(one) => Some(one.name),
                _ => None,
            });
            figures.collect()
        };
        assert_eq!(names(true), ["answer", "ternary", "drivers"]);
        assert!(names(false).is_empty());
    }
}

use super::*;
use crate::analysis::claims::Check;
use crate::diagnostic::{SourceFile, Style};
use crate::report::form::{csv, markdown, text};
use crate::report::paged::Report;
use crate::session::{Answer, Changes, Session};
use crate::simulation::{Rule, Settings};

const FILE: &str = "[factors.x]\nvalue = 'beta(2, 2)'\n[factors.still]\nvalue = 0.5\n[outcomes.a]\nbase = 0.7\n\
                    weights = { x = 2 }\n[outcomes.b]\nbase = 0.3\n";

fn claim(text: &str, expect: &str) -> String {
    format!("[[claims]]\ntext = \"{text}\"\nexpect = '{expect}'\n")
}

fn answer(file: &str, check: Check) -> Answer<CheckFinding> {
    let session = Session::open(SourceFile::new("in/x.toml", file), |name| Err(name.into())).unwrap();
    let settings = Settings { rule: Rule::Draws(1 << 14), ..Settings::default() };
    session.case(&Changes::default()).unwrap().answer(&check, &settings).unwrap()
}

fn shown(answer: &Answer<CheckFinding>, detail: Detail) -> String {
    let page = answer.page(View { detail, has_figures: true });
    String::from_utf8(text::render(&page, 80, Style::Plain)).unwrap()
}

#[test]
fn brief_is_the_summary() {
    let claims = claim("A leads", "P(a) > P(b)") + &claim("B leads", "P(b) > P(a)");
    let found = answer(&format!("{FILE}{claims}"), Check::default());
    let summary = "in/x.toml is sound: 2 factors, 2 outcomes, 2 claims.\n\
                   2 claims tested with 16 384 draws: 1 agreed, 1 disagreed, 0 too close to tell.\n";
    assert_eq!(shown(&found, Detail::Brief), summary);
    let normal = shown(&found, Detail::Normal);
    assert!(normal.ends_with(&format!("\n\n{summary}")), "{normal}");
    let sentence = "\nNo model can meet these claims together: “A leads”; “B leads”.\n";
    assert!(normal.contains(sentence), "{normal}");
    assert!(normal.contains("\n✓ agrees: A leads\n  P(a) > P(b)\n  P(a) − P(b) "), "{normal}");
    assert!(normal.contains("\n✗ disagrees: B leads\n"), "{normal}");
}

#[test]
fn many_differences_are_told_by_the_least() {
    let file = format!("{FILE}{}", claim("x raises a", "raises: x -> a"));
    let found = answer(&file, Check::default());
    let [normal, full] = [Detail::Normal, Detail::Full].map(|detail| shown(&found, detail));
    let rows = |text: &str| text.matches("  P(a) at x = ").count();
    assert_eq!([rows(&normal), rows(&full)], [1, 4]);
    assert!(normal.contains("  the least of 4 differences\n"), "{normal}");
    assert!(!full.contains("the least of"), "{full}");
}

#[test]
fn parts_that_differ_from_the_whole_say_so() {
    let file = format!("{FILE}{}", claim("One of two", "P(a) > P(b) or P(b) > 0.99"));
    let normal = shown(&answer(&file, Check::default()), Detail::Normal);
    assert!(normal.contains("\n✓ agrees: One of two\n"), "{normal}");
    assert!(normal.contains("  P(b) − 99 %: disagrees "), "{normal}");
}

#[test]
fn what_cannot_be_told_has_a_line_and_no_numbers() {
    let file = format!("{FILE}{}", claim("still raises a", "raises: still -> a"));
    let found = answer(&file, Check::default());
    let normal = shown(&found, Detail::Normal);
    assert!(normal.contains("\n? cannot tell at this precision: still raises a\n"), "{normal}");
    assert!(!normal.contains("Differences in points"), "{normal}");
    let values = String::from_utf8(csv::render(&found.page(View::NORMAL))).unwrap();
    let expected = "claim,expect,verdict,what,difference,std_error,interval_low,interval_high,interval_level,exact,\
                    comparison_verdict,place\n\
                    still raises a,raises: still -> a,cannot tell,,,,,,,,,in/x.toml:12:11\n";
    assert_eq!(values, expected);
}

#[test]
fn untested_claims_and_none_are_told_apart() {
    let none = answer(FILE, Check::default());
    let sound = "in/x.toml is sound: 2 factors, 2 outcomes.\n";
    let every = [Detail::Brief, Detail::Normal].map(|detail| shown(&none, detail));
    let none = format!("{sound}It makes no claims to test.\n");
    assert_eq!(every, [none.clone(), format!("Untitled scenario\n\n{none}")]);
    let file = format!("{FILE}{}", claim("A leads", "P(a) > P(b)"));
    let untested = answer(&file, Check { is_tested: false, ..Check::default() });
    assert!(shown(&untested, Detail::Normal).ends_with("1 claim.\nIts claims were not tested.\n"));
    assert!(untested.page(View::NORMAL).footnote.is_none());
    assert_eq!(untested.page(View::NORMAL).main.rows, []);
}

#[test]
fn exact_differences_and_readings() {
    let file =
        "[factors.x]\nvalue = '1 to 2'\n[events.rain]\nprobability = 0.3001\n[outcomes.a]\n[outcomes.b]\n";
    let found = answer(&(file.to_string() + &claim("It may rain", "P(rain) > 30%")), Check::default());
    let full = shown(&found, Detail::Full);
    assert!(full.contains("\nDifferences in points, all exact.\n"), "{full}");
    assert!(full.contains(" 0.01000  exact\n"), "{full}");
    assert!(full.contains("How intervals and words were read\n"), "{full}");
    assert!(!shown(&found, Detail::Normal).contains("were read"));
    let markdown = String::from_utf8(markdown::render(&found.page(View::NORMAL))).unwrap();
    assert!(
        markdown.starts_with(
            "## Untitled scenario\n\nIts one claim agrees.\n\n| Claim[^foretell-x-check] | Difference | ± |\n"
        ),
        "{markdown}"
    );
}

#[test]
fn the_screen_says_how_many_agree_and_has_a_line_for_each() {
    let (holds, fails) = (claim("A leads", "P(a) > P(b)"), claim("B leads", "P(b) > P(a)"));
    let said = |claims: &str| {
        let screen = shown(&answer(&format!("{FILE}{claims}"), Check::default()), Detail::Screen);
        assert!(!screen.contains("P(a) − P(b)"), "{screen}");
        screen
    };
    let is_headed = |claims: &str, headline: &str| {
        let screen = said(claims);
        assert!(screen.contains(&format!("\n{headline}.\n")), "{headline}: {screen}");
        screen
    };
    is_headed(&holds, "Its one claim agrees");
    is_headed(&fails, "Its one claim disagrees");
    is_headed(&(holds.clone() + &claim("A is there", "P(a) > 0.1")), "All two claims agree");
    is_headed(&(fails.clone() + &claim("A is not", "P(a) < 0.1")), "None of two claims agrees: 2 disagree");
    let screen = is_headed(&(holds + &fails), "1 of two claims agree, 1 disagrees");
    let lines: Vec<&str> = screen.lines().filter(|line| line.contains(" leads ")).collect();
    assert!(lines[0].starts_with("✗ B leads") && lines[1].starts_with("✓ A leads"), "{screen}");
    assert!(!said("").contains("claims agree"));
}

/// A screen may grow, but nothing that fails is left out of it; what agrees makes room.
#[test]
fn no_claim_that_fails_is_left_out_of_the_screen() {
    let failing: String = (0..30).map(|at| claim(&format!("Wrong {at}"), "P(b) > P(a)")).collect();
    let right: String = (0..5).map(|at| claim(&format!("Right {at}"), "P(a) > P(b)")).collect();
    let found = answer(&format!("{FILE}{right}{failing}"), Check::default());
    let screen = shown(&found, Detail::Screen);
    assert_eq!((screen.matches("✗ Wrong").count(), screen.matches("✓ Right").count()), (30, 0), "{screen}");
    assert!(
        screen.split_whitespace().collect::<Vec<_>>().join(" ").contains("30 of 35 claims are shown"),
        "{screen}"
    );
}

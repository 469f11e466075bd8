//! Rules that decide the outcome: what can't happen is no gap and no overlap, and what can is found, however improbable.

use std::fmt::Write;

use crate::common::finite::{Choices, Node, condition, enumerated};
use crate::common::{built, model, summary};
use foretell::analysis::run::Run;
use foretell::design::Kind;
use foretell::diagnostic::{SourceFile, Style, render_all};
use foretell::model::{Definition, DerivedId, Model, Variable, World};
use foretell::random::Key;
use foretell::session::{Changes, Session};
use foretell::simulation::Settings;

/// Three outcomes by rules, the last of which takes the rest if it has none.
fn ruled(head: &str, rules: [&str; 3]) -> String {
    let of = |(name, rule): (&str, &str)| match rule {
        "else" => format!("[outcomes.{name}]\nelse = true\n"),
        rule => format!("[outcomes.{name}]\nwhen = '{rule}'\n"),
    };
    let outcomes: String = ["a", "b", "c"].into_iter().zip(rules).map(of).collect();
    format!("{head}\n{outcomes}")
}

#[track_caller]
fn assert_accepted(text: &str) -> Model {
    built::<&str>(text, &[], &[]).unwrap_or_else(|why| panic!("{text}\n{why}"))
}

#[track_caller]
fn assert_refused(text: &str, code: &str, example: &str) -> String {
    let Err(why) = built::<&str>(text, &[], &[]) else { panic!("accepted: {text}") };
    assert!(why.contains(&format!("error[{code}]")) && why.contains(example), "{text}\n{why}");
    why
}

/// The probabilities of three outcomes, exact, and those by going through all combinations.
#[track_caller]
fn assert_enumerated(text: &str) -> Vec<f64> {
    let model = assert_accepted(text);
    let found = summary(&model, Kind::Sobol, 1, 4096);
    let (total, truth) = enumerated(&model);
    assert!((total - 1.0).abs() < 1e-12, "{text}\nthe whole is {total}");
    for (outcome, truth) in found.outcomes.iter().zip(&truth) {
        assert!(outcome.probability.exact, "{text}");
        assert!((outcome.probability.value - truth).abs() < 1e-12, "{text}\n{outcome:?} for {truth}");
    }
    truth[..found.outcomes.len()].to_vec()
}

const TALKS: &str = "[events.talks]\nprobability = 0.6\n\
                     [events.text_signed]\nprobability = 'if talks then 0.7 else 0'\n";

#[test]
fn what_its_causes_rule_out_is_no_overlap() {
    let direct = ruled(TALKS, ["not talks", "text_signed", "talks and not text_signed"]);
    let through = ruled(
        &format!("{TALKS}[events.walkout]\nprobability = 'if talks then 0 else 1'\n"),
        ["walkout", "text_signed", "not walkout and not text_signed"],
    );
    for text in [direct, through] {
        let found = assert_enumerated(&text);
        for (found, truth) in found.iter().zip([0.4, 0.42, 0.18]) {
            assert!((found - truth).abs() < 1e-15, "{text}: {found}");
        }
    }
}

#[test]
fn impossible_is_what_any_form_of_chance_says() {
    let category = "[factors.mode]\nstates = [\"x\", \"y\", \"z\"]\n";
    for (head, rules) in [
        // A chain in which each needs the one before it.
        (
            "[events]\na1 = { probability = 0.5 }\na2 = { probability = 'if a1 then 0.5 else 0' }\n\
             a3 = { probability = 'if a2 then 0.5 else 0' }\na4 = { probability = 'if a1 then 0 else 0.5' }"
                .to_string(),
            ["a3", "a4", "else"],
        ),
        // Certain under a cause.
        (
            "[events]\ne = { probability = 0.5 }\nf = { probability = 'if e then 1 else 0.2' }".into(),
            ["e and f", "not e", "e and not f and not e"],
        ),
        // min and max that come to 0 and 1.
        (
            "[derived]\nd = { value = 'if e then 0 else 1' }\n\
             [events]\ne = { probability = 0.5 }\nf = { probability = 'min(d, 0.3)' }\n\
             g = { probability = 'max(1 - d, 0.3)' }"
                .into(),
            ["e and g", "f", "not e and not f"],
        ),
        // A state that a case rules out.
        (
            format!(
                "[events.e]\nprobability = 0.5\n{category}probabilities = {{ x = 'if e then 0 else 0.5', y = 0.2 }}"
            ),
            ["e", "mode == x", "not e and mode != x"],
        ),
        // A table of states, and one of an event.
        (
            format!(
                "{category}probabilities = {{ x = 0.3, y = 0.3 }}\n[factors.t]\nstates = [\"u\", \"v\"]\ntable = [\n\
                 {{ when = {{ mode = \"x\" }}, probabilities = {{ u = 0 }} }},\n{{ else = true, probabilities = {{ u = 0.4 }} }} ]\n\
                 [events.k]\ntable = [ {{ when = {{ t = \"u\" }}, probability = 0.5 }}, {{ else = true, probability = 0 }} ]"
            ),
            ["k", "mode == x", "not k and mode != x"],
        ),
        // Causes that all fail.
        (
            "[events]\ne = { probability = 0.5 }\nf = { probability = 0.5 }\n\
             g = { noisy_or = { causes = { e = 0.3, f = 0.4 } } }"
                .into(),
            ["g", "not e and not f", "else"],
        ),
        (
            "[events]\ne = { probability = 0.5 }\ng = { noisy_and = { ceiling = 0.9, causes = { e = 0 } } }"
                .into(),
            ["g", "not e", "e and not g"],
        ),
    ] {
        assert_enumerated(&ruled(&head, rules));
    }
}

#[test]
fn however_improbable_an_overlap_or_a_gap_is_named() {
    let head =
        "[events]\ntalks = { probability = 0.6 }\ntext = { probability = 'if talks then 0.7 else 1e-12' }\n";
    let why = assert_refused(
        &ruled(head, ["not talks", "text", "talks and not text"]),
        "rules-overlap",
        "`a` and `b` both hold when not `talks` and `text`",
    );
    assert!(why.contains("let the rule of `b` leave out that of `a`"), "{why}");
    assert_accepted(&ruled(head, ["not talks", "(text) and not (not talks)", "talks and not text"]));
    let gap = ruled(head, ["not talks and not text", "talks and text", "talks and not text"]);
    let why = assert_refused(&gap, "rules-gap", "no outcome's rule holds when not `talks` and `text`");
    assert!(why.contains("let `c` take what the others leave"), "{why}");
    assert_enumerated(&gap.replace("when = 'talks and not text'", "else = true"));
    // What a cause only makes improbable is no impossibility, nor is what no cause speaks of.
    let positive = ruled(
        "[events]\ne = { probability = 0.5 }\nf = { probability = 'if e then 0.1 else 0.2' }",
        ["e", "f", "else"],
    );
    assert_refused(&positive, "rules-overlap", "`e` and `f`");
}

#[test]
fn thresholds_that_overlap_are_named_with_values() {
    let x = "[factors.x]\nvalue = 'uniform(0, 1)'\n";
    let first = ["x > 0.7", "x > 0.4", "else"];
    assert_refused(&ruled(x, first), "rules-overlap", "`a` and `b` both hold when `x` = 0.850");
    let mended = model(&ruled(x, ["x > 0.7", "(x > 0.4) and not (x > 0.7)", "else"]));
    let found = summary(&mended, Kind::Sobol, 1, 4096);
    for (outcome, truth) in found.outcomes.iter().zip([0.3, 0.3, 0.4]) {
        assert!((outcome.probability.value - truth).abs() < 1e-3, "{outcome:?}");
    }
    assert_refused(&ruled(x, ["x < 0.4", "x > 0.6", "x > 2"]), "rules-gap", "when `x` = 0.500");
    // A single point of a continuous factor has no probability; of a count it has.
    assert_accepted(&ruled(x, ["x < 0.4", "x > 0.4", "x > 2"]));
    assert_accepted(&ruled(x, ["x <= 0.4", "x >= 0.4", "x > 2"]));
    let n = "[factors.n]\nvalue = 'poisson(3)'\n";
    assert_refused(&ruled(n, ["n < 2", "n > 2", "n > 7 and n < 7"]), "rules-gap", "when `n` = 2");
    assert_refused(&ruled(n, ["n <= 2", "n >= 2", "n < 0"]), "rules-overlap", "when `n` = 2");
    assert_accepted(&ruled(n, ["n <= 2", "n >= 3", "n > 2.2 and n < 2.8"]));
    assert_accepted(&ruled(n, ["n < 2", "n == 2", "n > 2"]));
}

#[test]
fn what_values_a_factor_takes_rules_out_comparisons() {
    for (head, rules) in [
        ("[factors.x]\nvalue = 'uniform(0, 0.5)'", ["x > 0.2", "x > 0.6", "else"]),
        ("[factors.x]\nrange = [0, 1]\nvalue = 'truncate(normal(0, 1), 0, 1)'", ["x > 1", "x < 0", "else"]),
        (
            "[factors.x]\nvalue = 'discrete([0, 1, 5], [0.2, 0.3, 0.5])'",
            ["x > 1 and x < 5", "x < 4", "x > 1"],
        ),
        ("[factors.x]\nvalue = 0.3", ["x > 0.2", "x > 0.4", "else"]),
        (
            "[factors.x]\nvalue = 'beta(2, 2)'\n[derived.d]\nvalue = '1 - 2 * x'",
            ["d > 0", "x > 0.5", "x > 1"],
        ),
        (
            "[factors.x]\nvalue = 'beta(2, 2)'\n[factors.y]\nvalue = '0.5 * x'",
            ["x > 0.8", "y < 0.4", "y > 0.5"],
        ),
        (
            "[events.e]\nprobability = 0.5\n[factors.x]\nvalue = 'if e then uniform(0, 1) else uniform(2, 3)'",
            ["not e", "x < 1.5", "e and x > 1.5"],
        ),
        (
            "[factors.x]\nvalue = 'beta(2, 2)'\n[events.e]\nprobability = 'if x > 0.5 then 0.6 else 0'\n\
             [events.f]\nprobability = 'max(0, 0.5 - x)'",
            ["e", "f", "else"],
        ),
        (
            "[factors.x]\nvalue = 'normal(0, 1)'\n[factors.y]\nvalue = 'x + exponential(1)'",
            ["x > 3", "y < 3", "else"],
        ),
    ] {
        let model = assert_accepted(&ruled(head, rules));
        let found = summary(&model, Kind::Sobol, 1, 4096);
        let sum: f64 = found.outcomes.iter().map(|one| one.probability.value).sum();
        assert!((sum - 1.0).abs() < 1e-12, "{head}: {sum}");
    }
}

#[test]
fn a_rare_value_is_found_where_it_is_compared() {
    for (value, rules, example) in [
        ("uniform(0, 1)", ["x > 0.9999999", "x > 0.5", "else"], "both hold when `x` = 1.00"),
        ("normal(0, 1)", ["x > 8", "x > 7.5", "else"], "both hold when `x` = 8.08"),
        ("normal(0, 1)", ["x < -20", "x < 0", "else"], "both hold when `x` = −20.0"),
        ("3 - 2 * exponential(1)", ["x < -30", "x < 0", "else"], "both hold when `x` = −31.4"),
    ] {
        let text = ruled(&format!("[factors.x]\nvalue = '{value}'"), rules);
        assert_refused(&text, "rules-overlap", example);
    }
    // With parameters that vary, in a case that chance decides, through a line.
    let text = ruled(
        "[events.war]\nprobability = 0.01\n[factors.m]\nvalue = 'uniform(0, 1)'\n\
         [factors.x]\nvalue = 'if war then normal(m, 1) else uniform(0, 1)'\n[derived.d]\nvalue = '2 * x + 1'",
        ["d > 9", "x > 3", "else"],
    );
    assert_refused(&text, "rules-overlap", "`a` and `b` both hold when");
    let text = ruled(
        "[factors.m]\nvalue = 'uniform(0, 1)'\n[factors.x]\nvalue = 'poisson(3 + m)'",
        ["x >= 20", "x == 20", "else"],
    );
    assert_refused(&text, "rules-overlap", "when `x` = 20");
}

#[test]
fn what_was_learned_or_set_rules_out_too() {
    let text = ruled(
        "[events]\ne = { probability = 0.5 }\nf = { probability = 0.5 }",
        ["e", "f", "not e and not f"],
    );
    assert!(built(&text, &[], &["e"]).is_err());
    let learned = built(&text, &[], &["not (e and f)"]).expect("no overlap is left");
    let found = summary(&learned, Kind::Sobol, 1, 4096);
    assert!(found.outcomes.iter().all(|one| (one.probability.value - 1.0 / 3.0).abs() < 1e-15), "{found:?}");
    assert!(built(&text, &["f=false"], &[]).is_ok());
    // That another outcome came true does not mend rules.
    assert!(built(&text, &[], &["outcome == c"]).is_err());
    let theories = format!("{text}[theories.one]\nweight = 0.5\n[theories.two]\nweight = 0.5\n");
    let other = "[theories.two.outcomes.a]\nwhen = 'e'\n[theories.two.outcomes.b]\nelse = true\n[theories.two.outcomes.c]\nwhen = 'e and not e'\n";
    let theories = format!("{theories}{other}");
    assert!(built::<&str>(&theories, &[], &[]).is_err());
    assert!(built(&theories, &["theory=two"], &[]).is_ok());
    assert!(built(&theories, &[], &["theory == two"]).is_ok());
    assert!(built(&theories, &["theory=one"], &[]).is_err());
}

/// A random model of events and factors with states of which many are impossible or certain in some cases, with random rules.
fn random(seed: u64) -> (String, [String; 3]) {
    let mut choices = Choices { key: Key::new(seed).named("rules"), next: 0 };
    let mut nodes: Vec<Node> = Vec::new();
    let mut text = String::new();
    let chance = |choices: &mut Choices| match choices.below(4) {
        0 => 0.0,
        1 => 1.0,
        _ => choices.unit(),
    };
    for index in 0..4 + choices.below(3) {
        let name = format!("v{index}");
        let formula = |choices: &mut Choices| match nodes.len() {
            0 => format!("{}", choices.unit()),
            n => {
                let cause = condition(&nodes[choices.below(n)], choices);
                let other = condition(&nodes[choices.below(n)], choices);
                let (p, q, r) = (chance(choices), chance(choices), chance(choices));
                format!("if {cause} then {p} else if {other} then {q} else {r}")
            }
        };
        if choices.unit() < 0.3 {
            let _ = writeln!(text, "[factors.{name}]\nstates = [\"x\", \"y\", \"z\"]");
            let first = formula(&mut choices);
            let _ = writeln!(text, "probabilities = {{ x = '{first}', y = '0.5 * (1 - ({first}))' }}");
            nodes.push((name, Some(["x", "y", "z"].map(String::from).to_vec())));
        } else {
            let _ = writeln!(text, "[events.{name}]\nprobability = '{}'", formula(&mut choices));
            nodes.push((name, None));
        }
    }
    let mut some = || condition(&nodes[choices.below(nodes.len())], &mut choices);
    let (a, b, c, d) = (some(), some(), some(), some());
    let rules = match seed % 3 {
        0 => [format!("{a} and {b}"), format!("{c} and {d}"), "else".into()],
        1 => [a.clone(), format!("{b} and {c}"), format!("not ({a}) and not ({d})")],
        _ => [format!("{a} and {b}"), format!("not ({a}) and {c}"), format!("not ({b}) or {d}")],
    };
    (text, rules)
}

/// Whether in some combination that can be, not exactly one of the rules holds: each by itself, as a derived value.
fn has_fault(head: &str, rules: &[String; 3]) -> bool {
    let rule = |(at, rule): (usize, &String)| format!("[derived.r{at}]\nvalue = 'if {rule} then 1 else 0'\n");
    let conditions = rules.iter().enumerate().filter(|(_, rule)| *rule != "else");
    let model = model(&format!("{head}{}", conditions.map(rule).collect::<String>()));
    let counts: Vec<usize> = model.categories.iter().map(|one| one.states.len()).collect();
    let size = counts.iter().product::<usize>() << model.events.len();
    (0..size).any(|at| {
        let happens: Vec<bool> = (0..model.events.len()).map(|bit| at >> bit & 1 == 1).collect();
        let mut left = at >> model.events.len();
        let mut state = |count: &usize| {
            let own = left % count;
            left /= count;
            own
        };
        let states: Vec<usize> = counts.iter().map(&mut state).collect();
        let one = Definition::new(&model, &[], World { happens: &happens, states: &states, theory: 0 });
        let holding: f64 =
            (0..model.derived.len()).map(|at| one.variable(Variable::Derived(DerivedId(at)))).sum();
        let takes_rest = rules.iter().any(|rule| rule == "else");
        one.chance() > 0.0 && holding != 1.0 && !(takes_rest && holding == 0.0)
    })
}

#[test]
fn random_rules_are_refused_exactly_if_some_case_that_can_be_is_wrong() {
    let (mut refused, mut accepted) = (0, 0);
    for seed in 0..600 {
        let (head, rules) = random(seed);
        let text = ruled(&head, [0, 1, 2].map(|at| rules[at].as_str()));
        if has_fault(&head, &rules) {
            refused += 1;
            let why = built::<&str>(&text, &[], &[]).expect_err(&text);
            assert!(
                why.contains("error[rules-gap]") || why.contains("error[rules-overlap]"),
                "{text}\n{why}"
            );
        } else {
            accepted += 1;
            assert_enumerated(&text);
        }
    }
    assert!(refused > 100 && accepted > 100, "{refused} refused, {accepted} accepted");
}

/// What a run says of a text that is understood.
fn said(text: &str) -> String {
    let session =
        Session::open(SourceFile::new("rules.toml", text), |name| Err(name.into())).expect("a text");
    let case = session.case(&Changes::default()).expect("a sound file");
    match case.answer(&Run::default(), &Settings::default()) {
        Ok(answer) => render_all(&answer.messages, &case.sources, Style::Plain),
        Err(failure) => failure.to_string(),
    }
}

#[test]
fn what_only_draws_show_is_named_as_what_it_is() {
    let head = "[factors]\nx = { value = 'uniform(0, 1)' }\ny = { value = 'uniform(0, 1)' }\n";
    let why = said(&ruled(head, ["x + y > 1.97", "x * y > 0.97", "else"]));
    assert!(why.contains("`a` and `b` both hold when `x` = 0.9") && why.contains("`b` holds"), "{why}");
    assert!(!why.contains("no finite number"), "{why}");
    let why = said(&ruled(head, ["x * y < 0.97", "x + y > 1.99", "x > 2"]));
    assert!(why.contains("no outcome's rule holds when `x` = 0.9"), "{why}");
    // What is no fault of rules is no clash.
    let why = said(&ruled(
        &format!("{head}[derived.d]\nvalue = 'sqrt(x - 0.0005)'\n"),
        ["d > 0.5", "else", "x > 2"],
    ));
    assert!(why.contains("no finite number here"), "{why}");
}

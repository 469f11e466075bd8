//! What is asked.

use super::{ROOTED, TEXT, THEORIES};
use crate::common::{EVERYTHING, Found, model, run, run_of, study};
use foretell::analysis::run::Run;
use foretell::design::Kind;
use foretell::simulation::{Rule, Target};

#[test]
fn only_what_is_wanted_is_computed() {
    let model = model(TEXT);
    let few = Run { of: vec!["d".into()], ..EVERYTHING.clone() };
    let few = few.compile(&study(&model)).expect("a program");
    let all = crate::common::asked(&model);
    assert!(few.program().len() < all.program().len(), "{} {}", few.program().len(), all.program().len());
    for kind in Kind::ALL {
        let [few, all] = [&few, &all].map(|one| run_of(one, kind, 4, Rule::Draws(3000)).finding);
        assert_eq!(format!("{:?}", few.derived), format!("{:?}", all.derived));
        assert_eq!(format!("{:?}", few.outcomes), format!("{:?}", all.outcomes));
        assert!(few.events.is_empty() && few.factors.is_empty());
        assert!(!all.events.is_empty() && all.numbers().count() == 2 && all.states().count() == 2);
    }
}

#[test]
fn an_added_factor_moves_no_drawn_state() {
    let text = r#"
[factors.x]
value = 'uniform(0, 1)'
[factors.mood]
states = ["calm", "tense"]
probabilities = { calm = 0.4, tense = 0.6 }
[events.storm]
probability = 'if mood == calm then 0.2 else x'
[outcomes.good]
base = 0.5
weights = { mood = { calm = 1 }, storm = -2 }
[outcomes.bad]
base = 0.5
"#;
    let before = text.find("[factors.mood]").expect("a factor");
    let added = format!("{}[factors.z]\nvalue = 'normal(5, 1)'\n{}", &text[..before], &text[before..]);
    let found = |text: &str, kind, seed| {
        let model = model(text);
        let summary = run_of(&crate::common::drawn(&model), kind, seed, Rule::Draws(1 << 12)).finding;
        let states: Vec<_> = summary.states().collect();
        format!("{:?} {:?} {states:?}", summary.outcomes, summary.events)
    };
    for kind in Kind::ALL {
        assert_eq!(found(text, kind, 1), found(&added, kind, 1), "{kind:?}");
        assert_ne!(found(text, kind, 1), found(text, kind, 2), "{kind:?}");
    }
}

/// A probability, a state and a mean, each alone.
const ALONE: [&str; 3] = [
    "[factors.x]\nvalue = 'uniform(0, 1)'\n[events.e]\nprobability = 'x'\n",
    "[factors.x]\nvalue = 'uniform(0, 1)'\n[factors.mood]\nstates = [\"calm\", \"tense\"]\nprobabilities = { calm = 'x ^ 2', tense = '1 - x ^ 2' }\n",
    "[factors.x]\nvalue = 'uniform(0, 1)'\n[factors.y]\nvalue = 'uniform(0, 1)'\n[derived.d]\nvalue = 'x * y'\n",
];

#[test]
fn a_precision_is_that_of_whatever_is_shown() {
    for text in ALONE {
        let model = model(text);
        for kind in Kind::ALL {
            let until =
                |width, most| run(&model, kind, 2, Rule::Until { target: Target::HalfWidth(width), most });
            let missed = until(1e-7, 1 << 15);
            assert!(!missed.course.reached && !missed.course.exact, "{kind:?} {text}");
            let met = until(0.002, 1 << 24);
            assert!(met.course.reached && !met.course.exact, "{kind:?} {text}");
            let summary = &met.finding;
            let probabilities = summary.events.iter().map(|one| one.probability);
            let states = summary.states().flat_map(|one| &one.states).map(|one| one.probability);
            for one in probabilities.chain(states) {
                assert!(!one.exact && one.half_width() <= 0.002, "{kind:?}: {one:?}");
            }
            // Of a mean, a share of twice the deviation.
            for one in &summary.derived {
                assert!(one.mean.half_width() <= 0.002 * 2.0 * one.sd * 1.000_001, "{kind:?}: {one:?}");
            }
        }
    }
    // A factor's own numbers are known: there is nothing to wait for.
    let known = model("[factors.x]\nvalue = 'uniform(0, 1)'\n");
    let found = run(&known, Kind::Sobol, 2, Rule::Until { target: Target::HalfWidth(1e-9), most: 1 << 15 });
    assert!(found.course.reached && found.course.exact);
}

/// Whether every estimate that a run shows is exact.
fn is_all_exact(run: &Found) -> bool {
    let summary = &run.finding;
    let outcomes = summary.outcomes.iter().map(|one| one.probability);
    let events = summary.events.iter().map(|one| one.probability);
    let states = summary.states().flat_map(|one| &one.states).map(|one| one.probability);
    let means = summary.derived.iter().map(|one| *one.mean);
    let theories = summary.theories.iter().flat_map(|one| &one.outcomes).map(|one| one.probability);
    outcomes.chain(events).chain(states).chain(theories).map(|one| *one).chain(means).all(|one| one.exact)
}

#[test]
fn a_program_and_its_summary_agree_on_what_is_exact() {
    let mut texts: Vec<String> = (0..60).map(|seed| crate::common::finite::random_model(seed).0).collect();
    let finite = texts.len();
    texts.extend(ALONE.map(String::from));
    texts.extend([TEXT.to_string(), THEORIES.to_string(), ROOTED.to_string()]);
    // Outcomes that are summed beside a derived value, an event or a state that is drawn.
    let summed = "[factors.x]\nvalue = 'uniform(0, 1)'\n[events.toss]\nprobability = 0.5\n\
                  [outcomes.a]\nwhen = 'toss'\n[outcomes.b]\nelse = true\n";
    let drawn = [
        "[derived.d]\nvalue = '2 * x * x'\n",
        "[events.e]\nprobability = 'x'\n",
        "[factors.s]\nstates = [\"p\", \"q\"]\nprobabilities = { p = 'x', q = '1 - x' }\n",
    ];
    texts.extend(drawn.map(|one| format!("{summed}{one}")));
    // No rule looks at a mean that does not exist; percentiles are drawn all the same.
    texts.push(format!("{summed}[factors.z]\nvalue = 'cauchy(0, 1)'\n[derived.d]\nvalue = '2 * z'\n"));
    texts.push(summed.to_string());
    for (at, text) in texts.iter().enumerate() {
        let model = model(text);
        let asked = crate::common::asked(&model);
        let found = run_of(&asked, Kind::Sobol, 1, Rule::Draws(512));
        assert_eq!(asked.program().is_exact(), found.course.exact, "{text}");
        assert_eq!(found.course.exact, is_all_exact(&found), "{text}");
        let is_finite = at < finite || at + 1 == texts.len();
        assert_eq!(found.course.exact, is_finite, "{text}");
    }
}

//! Evidence: against Bayes' rule by hand, against enumeration, and against a posterior that is known.

#![allow(clippy::disallowed_methods)]

use crate::common::finite::{Choices, condition, enumerated_with, random_model};
use crate::common::{self, assert_near, compiled, number, run, settings, weighs_all_alike};
use foretell::analysis::run::RunFinding;
use foretell::analysis::update::{Update, UpdateFinding};
use foretell::analysis::{Answered, Failure};
use foretell::design::Kind;
use foretell::model::{Model, Selection};
use foretell::program::{CompileError, Obstacle};
use foretell::random::Key;
use foretell::scenario::Date;
use foretell::simulation::Rule;

/// A model with what was learned; its evidence is off.
fn understood(text: &str, given: &[&str]) -> Model {
    common::understood(text, &[], given)
}

/// The model with some items active.
fn told(text: &str, ids: &[&str]) -> Model {
    let mut model = understood(text, &[]);
    let wanted = |id: &String| ids.is_empty() || ids.contains(&id.as_str());
    model.evidence.iter_mut().for_each(|one| one.active = wanted(&one.id));
    model
}

fn summary_of(model: &Model, kind: Kind, draws: u64) -> RunFinding {
    common::summary(model, kind, 1, draws)
}

fn outcomes(model: &Model) -> Vec<f64> {
    summary_of(model, Kind::Sobol, 64).outcomes.iter().map(|one| one.probability.value).collect()
}

fn updated(model: &Model) -> Answered<UpdateFinding> {
    common::answered(&Update, model, settings(Kind::Sobol, 1, Rule::Draws(1 << 14)))
}

fn updates(model: &Model) -> UpdateFinding {
    updated(model).finding
}

#[track_caller]
fn assert_same(found: &[f64], expected: &[f64]) {
    assert_eq!(found.len(), expected.len());
    let is_near = found.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-12);
    assert!(is_near, "{found:?} is not {expected:?}");
}

/// p_k Π L_k, normalised.
fn bayes(prior: &[f64], likelihoods: &[&[f64]]) -> Vec<f64> {
    let weighed: Vec<f64> =
        prior.iter().enumerate().map(|(k, p)| likelihoods.iter().fold(*p, |p, one| p * one[k])).collect();
    let sum: f64 = weighed.iter().sum();
    weighed.iter().map(|one| one / sum).collect()
}

const PRIOR: [f64; 3] = [0.5, 0.3, 0.2];
const SHIPS: [f64; 3] = [0.125, 0.675, 0.675];
const SHELLS: [f64; 3] = [0.1, 0.4, 0.8];
const TREATY: [f64; 3] = [0.5, 1.0, 0.25];

fn three(items: &[(&str, &str, &str)]) -> String {
    let mut text =
        String::from("[outcomes.a]\nbase = 0.5\n[outcomes.b]\nbase = 0.3\n[outcomes.c]\nbase = 0.2\n");
    for (id, date, rest) in items {
        text += &format!("[[evidence]]\nid = \"{id}\"\ndate = {date}\n{rest}\n");
    }
    text
}

const WORDS: &str = "likelihood = { a = \"very unlikely\", b = \"likely\", c = \"likely\" }";
const NUMBERS: &str = "likelihood = { c = 0.8, a = 0.1, b = 0.4 }";
const RATIOS: &str = "likelihood_ratio = { b = 2, c = 0.5 }";

#[test]
fn a_chain_of_evidence_gives_one_posterior_at_once_in_steps_and_in_any_order() {
    let items =
        [("ships", "2023-01-01", WORDS), ("shells", "2023-02-01", NUMBERS), ("treaty", "2023-03-01", RATIOS)];
    let expected = bayes(&PRIOR, &[&SHIPS, &SHELLS, &TREATY]);
    let whole = outcomes(&told(&three(&items), &[]));
    assert_same(&whole, &expected);
    for order in [[0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        let shuffled = order.map(|at| items[at]);
        assert_same(&outcomes(&told(&three(&shuffled), &[])), &expected);
        let dated: Vec<(&str, &str, &str)> =
            (0..3).map(|at| (items[order[at]].0, items[at].1, items[order[at]].2)).collect();
        assert_same(&outcomes(&told(&three(&dated), &[])), &expected);
    }
    // The posterior of one item is the prior of the next.
    let mut prior = PRIOR.to_vec();
    for item in items {
        let text = three(&[item]);
        let bases = ["0.5", "0.3", "0.2"].iter().zip(&prior);
        let text = bases.fold(text, |text, (old, new)| {
            text.replace(&format!("base = {old}\n"), &format!("base = {new:?}\n"))
        });
        prior = outcomes(&told(&text, &[]));
    }
    assert_same(&prior, &expected);
    // A wrong likelihood would be seen.
    assert!((bayes(&PRIOR, &[&SHELLS, &TREATY])[0] - expected[0]).abs() > 0.05);
}

#[test]
fn off_unless_asked_for_and_up_to_a_day() {
    let items =
        [("ships", "2023-01-01", WORDS), ("shells", "2023-02-01", NUMBERS), ("treaty", "2023-03-01", RATIOS)];
    let mut model = understood(&three(&items), &[]);
    assert_same(&outcomes(&model), &PRIOR);
    assert!(summary_of(&model, Kind::Sobol, 64).evidence.is_none());
    let until = Date::parse("2023-02-01");
    model.select(&Selection { ids: Vec::new(), until });
    assert_same(&outcomes(&model), &bayes(&PRIOR, &[&SHIPS, &SHELLS]));
    model.select(&Selection { ids: vec!["treaty".into(), "ships".into()], until });
    assert_same(&outcomes(&model), &bayes(&PRIOR, &[&SHIPS]));
}

/// r L + (1 − r) mean(L).
#[test]
fn reliability_tempers_and_none_silences() {
    let text = |r: &str| three(&[("shells", "2023-01-01", &format!("{NUMBERS}\nreliability = {r}"))]);
    let mean = (0.1 + 0.4 + 0.8) / 3.0;
    let mixed: Vec<f64> = SHELLS.iter().map(|one| 0.7 * one + 0.3 * mean).collect();
    assert_same(&outcomes(&told(&text("0.7"), &[])), &bayes(&PRIOR, &[&mixed]));
    assert_same(&outcomes(&told(&text("0"), &[])), &PRIOR);
    assert_same(&outcomes(&told(&text("1"), &[])), &bayes(&PRIOR, &[&SHELLS]));
}

#[test]
fn evidence_that_shares_a_cause_is_not_counted_twice() {
    let again = format!("{NUMBERS}\ndepends_on = [\"first\"]");
    let text = |overlap: &str| {
        three(&[("first", "2023-01-01", NUMBERS), ("second", "2023-02-01", &format!("{again}\n{overlap}"))])
    };
    let (once, twice) = (bayes(&PRIOR, &[&SHELLS]), bayes(&PRIOR, &[&SHELLS, &SHELLS]));
    // To the last bit: a duplicate changes nothing.
    assert_eq!(outcomes(&told(&text(""), &[])), outcomes(&told(&text(""), &["first"])));
    assert_same(&outcomes(&told(&text(""), &[])), &once);
    assert_same(&outcomes(&told(&text("overlap = 0"), &[])), &twice);
    let half: Vec<f64> = SHELLS.iter().map(|one| one.sqrt()).collect();
    assert_same(&outcomes(&told(&text("overlap = 0.5"), &[])), &bayes(&PRIOR, &[&SHELLS, &half]));
    // By itself it counts whole.
    assert_same(&outcomes(&told(&text(""), &["second"])), &once);
    let item = &updates(&told(&text(""), &[])).items[1];
    assert!(item.overlapped && item.added.iter().all(|one| one.value.exact && one.value.value == 0.0));
    assert!(item.alone.iter().all(|one| one.value.value != 0.0));
}

const UNSURE: &str = "\
[factors.x]
value = 'beta(2, 3)'
[factors.y]
value = 'normal(0, 1)'
[derived.z]
value = 'x * y'
[outcomes.a]
weights = { x = 2, y = 1 }
[outcomes.b]
weights = { z = 1 }
[outcomes.c]
[[evidence]]
date = 2023-01-01
likelihood = { a = 0.3, b = 0.3, c = 0.3 }
[[evidence]]
date = 2023-02-01
likelihood_ratio = { a = 2.5, b = 2.5, c = 2.5 }
[[evidence]]
date = 2023-03-01
likelihood = { a = 0.1, b = 0.9, c = 0.4 }
reliability = 0
";

#[test]
fn what_is_as_probable_under_every_outcome_changes_nothing() {
    for kind in [Kind::Independent, Kind::LatinHypercube, Kind::Sobol] {
        let draws = 1 << 12;
        let (plain, flat) = (understood(UNSURE, &[]), told(UNSURE, &[]));
        assert!(weighs_all_alike(&flat));
        let [plain, flat] = [plain, flat].map(|model| summary_of(&model, kind, draws));
        assert_eq!(plain.outcomes, flat.outcomes);
        assert_eq!((plain.factors, plain.derived), (flat.factors, flat.derived));
        let learned = flat.evidence.expect("it was asked for");
        assert_eq!((learned.probability.value, learned.effective_draws), (1.0, draws as f64));
        assert!(plain.evidence.is_none());
    }
}

/// The posterior of a finite model by going through all states, each weighed by the likelihoods.
#[test]
fn evidence_agrees_with_enumeration_on_random_models() {
    let (mut compared, mut moved) = (0, 0);
    for seed in 0..200 {
        let (mut text, nodes) = random_model(seed);
        let mut choices = Choices { key: Key::new(seed).named("evidence"), next: 0 };
        let mut tables = Vec::new();
        for index in 0..1 + choices.below(3) {
            let (about, states): (Option<String>, Vec<String>) = match choices.below(2) {
                0 => (None, ["a", "b", "c"].map(String::from).to_vec()),
                _ => {
                    let (name, states) = nodes[choices.below(nodes.len())].clone();
                    (Some(name), states.unwrap_or_else(|| vec!["false".into(), "true".into()]))
                }
            };
            let values: Vec<f64> = states.iter().map(|_| choices.unit()).collect();
            let entries: Vec<String> =
                states.iter().zip(&values).map(|(state, value)| format!("{state} = {value:?}")).collect();
            let line = about.as_ref().map_or(String::new(), |name| format!("about = \"{name}\"\n"));
            text += &format!("[[evidence]]\ndate = 2023-01-0{}\n{line}", index + 1);
            text += &format!("likelihood = {{ {} }}\n", entries.join(", "));
            tables.push((about, values));
        }
        let given = match choices.below(2) {
            0 => Vec::new(),
            _ => vec![condition(&nodes[choices.below(nodes.len())], &mut choices)],
        };
        let given: Vec<&str> = given.iter().map(String::as_str).collect();
        let prior = enumerated_with(&understood(&text, &given), &[]);
        let mut model = understood(&text, &given);
        model.select(&Selection::default());
        let (weight, expected) = enumerated_with(&model, &tables);
        match compiled(&model) {
            Err(Failure::Compile(CompileError { why: Obstacle::Impossible { .. }, .. }, None)) => {
                assert_eq!(weight, 0.0, "{text}");
            }
            Err(other) => panic!("{other:?}"),
            Ok(_) => {
                let found = run(&model, Kind::Sobol, 1, Rule::Draws(64));
                assert!(found.course.exact, "{text}");
                let found = found.finding;
                let all = found.outcomes.iter().map(|one| one.probability);
                let all = all.chain(found.events.iter().map(|one| one.probability));
                let states = found.states().flat_map(|one| &one.states).map(|one| one.probability);
                let all: Vec<f64> = all.chain(states).map(|one| one.value).collect();
                assert_same(&all, &expected);
                let scales: f64 =
                    tables.iter().map(|(_, one)| one.iter().copied().fold(0.0, f64::max)).product();
                let learned = found.evidence.expect("something was learned").probability.value;
                assert!((learned * scales - weight).abs() < 1e-12, "{text}");
                let last = updates(&model);
                let posterior: Vec<f64> = last.answers.iter().map(|one| one.posterior.value).collect();
                assert_same(&posterior, &expected[..3]);
                compared += 1;
                moved += usize::from(prior.1.iter().zip(&expected).any(|(a, b)| (a - b).abs() > 0.01));
            }
        }
    }
    assert!(compared > 150 && moved > 120, "{compared} {moved}");
}

/// p uniform, a outcome with probability p: after likelihoods (1, 0) for one report, p is Beta(2, 1); after r reports of
/// odds L : 1 the posterior density is ∝ p L + (1 − p).
const COIN: &str = "\
[factors.p]
value = 'uniform(0, 1)'
[outcomes.a]
score = 'ln(p)'
[outcomes.b]
score = 'ln(1 - p)'
";

#[test]
fn a_uniform_chance_has_the_known_posterior() {
    let certain = format!("{COIN}[[evidence]]\ndate = 2023-01-01\nlikelihood = {{ a = 1, b = 0 }}\n");
    let odds = format!("{COIN}[[evidence]]\ndate = 2023-01-01\nlikelihood_ratio = {{ a = 4 }}\n");
    for (text, l) in [(&certain, [1.0, 0.0]), (&odds, [4.0, 1.0])] {
        // Under the density ∝ b + (a − b) p on (0, 1): E p and E p².
        let [a, b] = l;
        let mass = (a + b) / 2.0;
        let moment = |k: f64| (b / (k + 1.0) + (a - b) / (k + 2.0)) / mass;
        let model = told(text, &[]);
        for kind in [Kind::Independent, Kind::LatinHypercube, Kind::Sobol] {
            let found = summary_of(&model, kind, 1 << 14);
            let p = a * 0.5 / mass;
            match kind {
                // A first outcome that is certain has no error left.
                _ if b == 0.0 => assert!((found.outcomes[0].probability.value - 1.0).abs() < 1e-12),
                _ => assert_near("posterior", *found.outcomes[0].probability, p, 0.01),
            }
            let mean = moment(1.0);
            let variance = moment(2.0) - mean * mean;
            let n = found.evidence.expect("learned").effective_draws;
            // The effective sample size is (E W)² / E W² of the draws.
            let scale = l[0].max(l[1]);
            let square = (a * a + a * b + b * b) / 3.0 / (scale * scale);
            let expected = (1 << 14) as f64 * (mass / scale) * (mass / scale) / square;
            assert!((n / expected - 1.0).abs() < 0.03, "{kind:?}: {n} for {expected}");
            let error = 5.0 * (variance / n).sqrt();
            assert!(
                (number(&found, 0).mean.value - mean).abs() < error,
                "{kind:?}: {}",
                number(&found, 0).mean.value
            );
            assert!(
                (number(&found, 0).sd - variance.sqrt()).abs() < error,
                "{kind:?}: {}",
                number(&found, 0).sd
            );
            // The spread is that of p a / W under W: the quantile of p where its mass is reached.
            let quantile = |level: f64| {
                let (mut low, mut high) = (0.0, 1.0);
                for _ in 0..60 {
                    let middle: f64 = 0.5 * (low + high);
                    let below = (b * middle + (a - b) * middle * middle / 2.0) / mass;
                    if below < level { low = middle } else { high = middle }
                }
                low
            };
            let spread = found.outcomes[0].spread;
            for (level, seen) in [(0.05, spread.p05), (0.5, spread.p50), (0.95, spread.p95)] {
                let p = quantile(level);
                let value = a * p / (a * p + b * (1.0 - p));
                let slope = a * b / (a * p + b * (1.0 - p)).powi(2);
                let density = (b + (a - b) * p) / mass;
                let error = 5.0 * slope * (level * (1.0 - level) / n).sqrt() / density + 0.003;
                assert!((seen - value).abs() < error, "{kind:?} at {level}: {seen} for {value} ± {error}");
            }
        }
    }
}

/// In log-odds, what an item adds to one outcome against one other is the logarithm of its ratio; over time the
/// probabilities end at the posterior.
#[test]
fn contributions_add_up() {
    let items =
        [("ships", "2023-01-01", WORDS), ("shells", "2023-01-01", NUMBERS), ("treaty", "2023-03-01", RATIOS)];
    let found = updated(&told(&three(&items), &[]));
    assert!(found.course.exact);
    let found = found.finding;
    let logit = |p: f64| (p / (1.0 - p)).ln();
    for (at, answer) in found.answers.iter().enumerate() {
        let sum: f64 = found.items.iter().map(|item| item.added[at].value.value).sum();
        assert!((sum - (logit(answer.posterior.value) - logit(answer.prior.value))).abs() < 1e-12);
        for (item, likelihood) in found.items.iter().zip([SHIPS, SHELLS, TREATY]) {
            let alone = logit(bayes(&PRIOR, &[&likelihood])[at]) - logit(PRIOR[at]);
            assert!((item.alone[at].value.value - alone).abs() < 1e-12);
        }
    }
    let days = found.timeline.iter().map(|point| (point.date.to_string(), point.evidence.join(" ")));
    let expected = [("2023-01-01", "ships shells"), ("2023-03-01", "treaty")];
    assert!(days.eq(expected.map(|(date, items)| (date.to_string(), items.to_string()))), "{found:?}");
    let last: Vec<f64> = found.timeline[1].probabilities.iter().map(|one| one.value.value).collect();
    assert_same(&last, &bayes(&PRIOR, &[&SHIPS, &SHELLS, &TREATY]));
}

/// The errors of contributions cover the truth: z-scores over many seeds have variance 1.
#[test]
fn errors_of_contributions_are_honest() {
    let text = format!(
        "{COIN}[[evidence]]\ndate = 2023-01-01\nlikelihood_ratio = {{ a = 4 }}\n[[evidence]]\ndate = 2023-01-02\nlikelihood_ratio = {{ a = 4 }}\n"
    );
    let model = told(&text, &[]);
    // E p = 1/2 and E p under the weights: log(4) each.
    let mut squares = 0.0;
    let runs = 200;
    for seed in 0..runs {
        let settings = settings(Kind::Independent, seed, Rule::Draws(2000));
        let found = common::answered(&Update, &model, settings).finding;
        // The outcome is one toss: each report multiplies its odds by 4, whatever p is.
        let added = found.items[1].added[0].value;
        assert!((added.value - 4f64.ln()).abs() < 1e-9, "{added:?}");
        let change = found.answers[0].change;
        let z = (change.value - (16.0 / 17.0 - 0.5)) / change.std_error;
        squares += z * z;
    }
    let variance = squares / runs as f64;
    assert!((variance - 1.0).abs() < 5.0 * (2.0 / runs as f64).sqrt(), "{variance}");
}

#[test]
fn a_file_without_outcomes_updates_its_events_and_states() {
    let text = "[factors.china]\nstates = [\"refuses\", \"approves\"]\nprobabilities = { approves = 0.4, refuses = 0.6 }\n\
                [events.deal]\nprobability = 'if china == approves then 0.9 else 0.1'\n\
                [[evidence]]\ndate = 2023-01-01\nabout = \"deal\"\nlikelihood = { true = 0.8, false = 0.2 }\n";
    let found = updates(&told(text, &[]));
    let ids: Vec<&str> = found.answers.iter().map(|one| one.id.as_str()).collect();
    assert_eq!(ids, ["china.refuses", "china.approves", "deal"]);
    let (yes, no) = (0.4 * 0.9 + 0.6 * 0.1, 0.4 * 0.1 + 0.6 * 0.9);
    let posterior = 0.8 * yes / (0.8 * yes + 0.2 * no);
    assert!((found.answers[2].prior.value - yes).abs() < 1e-12);
    assert!((found.answers[2].posterior.value - posterior).abs() < 1e-12);
    let approves = 0.4 * (0.9 * 0.8 + 0.1 * 0.2) / (0.8 * yes + 0.2 * no);
    assert!((found.answers[1].posterior.value - approves).abs() < 1e-12);
}

#[test]
fn too_few_effective_draws_are_seen() {
    let rare = "[factors.x]\nvalue = 'normal(0, 1)'\n[events.e]\nprobability = 'if x > 3.5 then 1 else 0'\n\
                [outcomes.a]\n[outcomes.b]\n\
                [[evidence]]\ndate = 2023-01-01\nabout = \"e\"\nlikelihood = { true = 1, false = 0 }\n";
    let model = told(rare, &[]);
    let found = summary_of(&model, Kind::Sobol, 1 << 12).evidence.expect("learned");
    assert!(found.is_too_rare() && !weighs_all_alike(&model), "{found:?}");
    assert!(updates(&model).evidence.is_too_rare());
    let mild = rare.replace("false = 0", "false = 0.5");
    assert!(!summary_of(&told(&mild, &[]), Kind::Sobol, 1 << 12).evidence.expect("learned").is_too_rare());
}

/// What can't be is exactly that, however uncertain what was learned is; what was learned is certain.
#[test]
fn what_is_impossible_stays_so_and_what_is_learned_is_certain() {
    let text = "[factors.x]\nvalue = 'uniform(0, 1)'\n[events.deal]\nprobability = 'x'\n\
                [outcomes.a]\nwhen = 'deal'\n[outcomes.b]\nelse = true\n\
                [[evidence]]\ndate = 2024-02-01\nlikelihood = { a = 0.9, b = 0.3 }\n";
    let never = common::model_with(text, &["deal=0"]);
    let found = common::run(&never, Kind::Sobol, 1, Rule::Draws(1 << 12)).finding;
    common::assert_exact("a", *found.outcomes[0].probability, 0.0);
    let given = format!("{}[factors.y]\nvalue = 'uniform(0, 1)'\n", text);
    let session =
        foretell::session::Session::open(foretell::diagnostic::SourceFile::new("x.toml", given), |_| {
            Err(String::new())
        });
    let session = session.expect("a text");
    let changes = foretell::session::Changes {
        given: vec!["x + y > 1".into(), "outcome == a".into()],
        ..Default::default()
    };
    let case = session.case(&changes).expect("a sound case");
    let settings = common::settings(Kind::Sobol, 1, Rule::Draws(1 << 12));
    let found = case.answer(&foretell::analysis::run::Run::default(), &settings).expect("a run").finding;
    common::assert_exact("a, learned", *found.outcomes[0].probability, 1.0);
    common::assert_exact("b, learned away", *found.outcomes[1].probability, 0.0);
    assert!(!found.evidence.expect("evidence").probability.exact);
}

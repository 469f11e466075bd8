//! Competing theories: their mixture, each by itself, what is learned of them, and where uncertainty comes from.

mod common;

use std::fmt::Write;
use std::process::Command;

use common::{Found, asked, compiled, run_of, understood};
use foretell::analysis::Failure;
use foretell::analysis::outcomes::OutcomeFinding;
use foretell::analysis::run::RunFinding;
use foretell::analysis::variance::VarianceShares;
use foretell::design::Kind;
use foretell::model::{Definition, Model, OutcomeId, Term, TermKind, World};
use foretell::program::{CompileError, Obstacle};
use foretell::random::{Key, unit, word};
use foretell::simulation::{Rule, Settings, Watch};
use foretell::statistics::Estimate;

fn run(model: &Model, kind: Kind) -> Result<Found, Failure> {
    Ok(run_of(&compiled(model)?, kind, 7, Rule::Draws(1 << 14)))
}

fn whole(text: &str, set: &[&str], given: &[&str]) -> Found {
    run(&understood(text, set, given), Kind::Sobol).expect("a small model")
}

fn summary(text: &str, set: &[&str], given: &[&str]) -> RunFinding {
    whole(text, set, given).finding
}

fn probabilities(found: &RunFinding) -> Vec<f64> {
    found.outcomes.iter().map(|one| one.probability.value).collect()
}

const FINITE: &str = "
[factors.weather]
states = ['wet', 'dry']
probabilities = { wet = 0.3, dry = 0.7 }
[events.strike]
probability = 'if weather == wet then 0.2 else 0.6'
[outcomes.a]
[outcomes.b]
[outcomes.c]
[theories.weighs]
weight = 0.6
[theories.weighs.outcomes.c]
base = 0.2
weights = { strike = -1 }
[theories.weighs.outcomes.a]
base = 0.5
weights = { strike = 1, weather = { wet = 2 } }
[theories.weighs.outcomes.b]
base = 0.3
[theories.rules]
weight = 0.3
[theories.rules.outcomes.a]
when = 'strike'
[theories.rules.outcomes.b]
when = 'not strike and weather == wet'
[theories.rules.outcomes.c]
else = true
[theories.scores]
weight = 0.1
[theories.scores.outcomes.a]
score = 'if strike then 1 else 0'
[theories.scores.outcomes.b]
score = 0
[theories.scores.outcomes.c]
score = '-1'
";

const SAMPLED: &str = "
[factors.x]
value = 'beta(2, 3)'
[factors.y]
value = 'uniform(0, 1)'
[events.e]
probability = 'y'
[outcomes.a]
base = 0.7
weights = { x = '1 to 3', e = -1 }
[outcomes.b]
base = 0.3
[theories.plain]
weight = 0.25
[theories.ruled]
weight = 0.75
[theories.ruled.outcomes.a]
when = 'e or x > 0.5'
[theories.ruled.outcomes.b]
else = true
";

/// The numbers of a theory's uncertain weights depend on the names of their streams, which stay what they are.
#[test]
fn streams_of_theories_keep_their_names() {
    let text = "[factors.x]\nvalue = 'beta(2, 2)'\n[outcomes.a]\n[outcomes.b]\n[theories.t.outcomes.a]\n\
                weights = { x = 'normal(1, 1)' }\n[theories.t.outcomes.b]\n";
    let model = understood::<&str>(text, &[], &[]);
    let keys: Vec<&str> = model.quantities.iter().map(|one| one.key.as_str()).collect();
    assert_eq!(keys, ["factors.x.value", "models.t.outcomes.a.weights.x"]);
    let set =
        understood(text, &["theories.t.outcomes.a.weights.x='normal(2, 1)'".replace('\'', "").as_str()], &[]);
    assert_eq!(set.quantities.last().map(|one| one.dimension), Some(1));
}

#[test]
fn the_mixture_is_the_weighted_sum_of_the_theories_each_of_which_runs_by_itself() {
    for (text, names) in [(FINITE, &["weighs", "rules", "scores"][..]), (SAMPLED, &["plain", "ruled"])] {
        let Found { finding: whole, course, .. } = whole(text, &[], &[]);
        assert_eq!(course.exact, text == FINITE);
        let mut sums = vec![0.0; whole.outcomes.len()];
        for (theory, name) in whole.theories.iter().zip(names) {
            let set = format!("theory={name}");
            let alone = summary(text, &[&set], &[]);
            let own: Vec<Estimate> = alone.outcomes.iter().map(|one| *one.probability).collect();
            let under: Vec<Estimate> = theory.outcomes.iter().map(|one| *one.probability).collect();
            assert_eq!((theory.id.as_str(), &under), (*name, &own));
            let learned = summary(text, &[], &[&format!("theory == {name}")]);
            for (one, other) in probabilities(&learned).iter().zip(&own) {
                assert!((one - other.value).abs() < 1e-12);
            }
            assert!((learned.evidence.expect("learned").probability.value - theory.weight).abs() < 1e-15);
            sums.iter_mut().zip(&own).for_each(|(sum, one)| *sum += theory.weight * one.value);
        }
        for (outcome, sum) in whole.outcomes.iter().zip(&sums) {
            // The same draws: their sum is the same up to rounding.
            assert!((outcome.probability.value - sum).abs() < 1e-12, "{} {sum}", outcome.probability.value);
        }
        // Weighing all alike is noticed.
        let plain = whole.theories.iter().map(|one| one.outcomes[0].probability.value).sum::<f64>()
            / names.len() as f64;
        assert!((plain - sums[0]).abs() > 1e-3);
    }
}

#[test]
fn other_draws_of_single_theories_agree_with_the_mixture_within_their_error() {
    for kind in [Kind::Independent, Kind::LatinHypercube, Kind::Sobol] {
        let whole = run(&understood::<&str>(SAMPLED, &[], &[]), kind).expect("small").finding;
        let alone = ["plain", "ruled"].map(|name| {
            let set = format!("theory={name}");
            let model = understood(SAMPLED, &[&set], &[]);
            let settings = Settings { kind, seed: 99, threads: 2, rule: Rule::Draws(1 << 14) };
            *asked(&model).draw_by(&settings, &Watch::new()).expect("a run").finding.outcomes[0].probability
        });
        let mixed = whole.outcomes[0].probability;
        let expected = 0.25 * alone[0].value + 0.75 * alone[1].value;
        let error = [mixed.std_error, 0.25 * alone[0].std_error, 0.75 * alone[1].std_error];
        let error = error.iter().map(|one| one * one).sum::<f64>().sqrt();
        assert!((mixed.value - expected).abs() < 5.0 * error, "{kind:?}");
        assert!((mixed.value - alone[0].value).abs() > 5.0 * error, "{kind:?}");
    }
}

#[test]
fn weights_follow_bayes() {
    let text = "[events.e]\nprobability = 0.9\n[events.f]\nprobability = 0.2\n[outcomes.yes]\n[outcomes.no]\n\
                [theories.one]\nweight = 0.6\n[theories.one.outcomes.yes]\nwhen = 'e'\n[theories.one.outcomes.no]\nelse = true\n\
                [theories.two]\nweight = 0.4\n[theories.two.outcomes.yes]\nwhen = 'f'\n[theories.two.outcomes.no]\nelse = true\n";
    let found = summary(text, &[], &["outcome == yes"]);
    // 0.6 · 0.9 / (0.6 · 0.9 + 0.4 · 0.2)
    let posterior = 0.54 / 0.62;
    assert!(
        (found.theories[0].posterior.value - posterior).abs() < 1e-15 && found.theories[0].posterior.exact
    );
    assert!((found.theories[1].posterior.value - (1.0 - posterior)).abs() < 1e-15);
    assert_eq!(found.theories[0].weight, 0.6);
    // What says nothing of the theories leaves their weights.
    let flat = summary(text, &[], &["e"]);
    assert!((flat.theories[0].posterior.value - 0.6).abs() < 1e-15);
    // A theory that is ruled out has no probabilities.
    let without = summary(text, &[], &["theory != two"]);
    let two = &without.theories[1];
    assert!(!two.is_possible && two.posterior.value == 0.0);
    assert_eq!(two.outcomes.len(), 2);
    assert!(two.outcomes.iter().all(|one| one.probability.value.is_nan() && !one.probability.exact));
    assert!((without.outcomes[0].probability.value - 0.9).abs() < 1e-15);
}

#[test]
fn sampled_weights_follow_bayes_within_their_error() {
    // E[x] = 0.4 and E[x²] = Var + mean² = 0.04 + 0.16 for a beta(2, 3).
    let text = "[factors.x]\nvalue = 'beta(2, 3)'\n[events.e]\nprobability = 'x'\n[events.f]\nprobability = 'x * x'\n\
                [outcomes.yes]\n[outcomes.no]\n\
                [theories.one]\nweight = 0.6\n[theories.one.outcomes.yes]\nwhen = 'e'\n[theories.one.outcomes.no]\nelse = true\n\
                [theories.two]\nweight = 0.4\n[theories.two.outcomes.yes]\nwhen = 'f'\n[theories.two.outcomes.no]\nelse = true\n";
    for kind in [Kind::Independent, Kind::LatinHypercube, Kind::Sobol] {
        let found = run(&understood(text, &[], &["outcome == yes"]), kind).expect("small").finding;
        let posterior = found.theories[0].posterior;
        let expected = 0.24 / (0.24 + 0.4 * 0.2);
        assert!(!posterior.exact && posterior.std_error > 0.0 && posterior.std_error < 0.01);
        assert!((posterior.value - expected).abs() < 5.0 * posterior.std_error, "{kind:?}: {posterior:?}");
        assert!((posterior.value - 0.6).abs() > 5.0 * posterior.std_error);
    }
}

#[test]
fn what_is_set_stands_and_the_others_share_the_rest() {
    let weights = |set: &[&str]| -> Vec<f64> {
        understood(FINITE, set, &[]).theories.iter().map(|one| one.weight).collect()
    };
    assert_eq!(weights(&[]), [0.6, 0.3, 0.1]);
    let close = |found: Vec<f64>, wanted: [f64; 3]| {
        assert!(found.iter().zip(wanted).all(|(one, other)| (one - other).abs() < 1e-15), "{found:?}");
    };
    close(weights(&["theories.weighs.weight=0.2"]), [0.2, 0.6, 0.2]);
    close(weights(&["theories.weighs.weight=0.2", "theories.rules.weight=0.5"]), [0.2, 0.5, 0.3]);
    assert_eq!(weights(&["theory=rules"]), [0.0, 1.0, 0.0]);
    let equal =
        FINITE.replace("weight = 0.6\n", "").replace("weight = 0.3\n", "").replace("weight = 0.1\n", "");
    let model = understood(&equal, &["theories.scores.weight=0.5"], &[]);
    assert_eq!(model.theories.iter().map(|one| one.weight).collect::<Vec<f64>>(), [0.25, 0.25, 0.5]);
    let moved = summary(FINITE, &["theories.weighs.outcomes.a.weights.strike=0"], &[]);
    assert_ne!(probabilities(&moved), probabilities(&summary(FINITE, &[], &[])));
}

#[test]
fn a_single_theory_changes_no_number() {
    let plain = SAMPLED.split("[theories.plain]").next().expect("a file");
    let inherited = format!("{plain}[theories.only]\nlabel = 'The only one'\n");
    let scored = "[factors.x]\nvalue = 'beta(2, 3)'\n[outcomes.a]\nSCORE[outcomes.b]\nZERO";
    let fill = |score: &str, zero: &str| scored.replace("SCORE", score).replace("ZERO", zero);
    let own = fill("", "")
        + "[theories.m.outcomes.b]\nscore = 0\n[theories.m.outcomes.a]\nscore = '2 * x'\n[theories.m]\nweight = 1\n";
    for (plain, theory) in [(plain.to_string(), inherited), (fill("score = '2 * x'\n", "score = 0\n"), own)] {
        for given in [&[][..], &["x > 0.3 and outcome == a"]] {
            let (one, other) = (summary(&plain, &[], given), summary(&theory, &[], given));
            assert_eq!(format!("{:?}", one.outcomes), format!("{:?}", other.outcomes));
            assert_eq!(format!("{:?}", one.evidence), format!("{:?}", other.evidence));
            assert_eq!((one.theories.len(), other.theories.len()), (0, 1));
        }
    }
}

// Where uncertainty comes from.

fn shares(outcome: &OutcomeFinding) -> [Estimate; 3] {
    let VarianceShares { chance, factors, theories } = outcome.variance.expect("a variance");
    let sum = chance.value + factors.value + theories.value;
    assert!((sum - 1.0).abs() < 1e-12, "{sum}");
    [chance, factors, theories]
}

const TWO: &str = "
[factors.x]
value = 'uniform(0, 1)'
[events.e]
probability = 'x'
[events.f]
probability = 0.5
[outcomes.a]
[outcomes.b]
[theories.one]
weight = 0.6
[theories.one.outcomes.a]
when = 'e'
[theories.one.outcomes.b]
else = true
[theories.two]
weight = 0.4
[theories.two.outcomes.a]
when = 'f and not e'
[theories.two.outcomes.b]
else = true
";

#[test]
fn variance_is_split_as_by_hand() {
    // Under one: p(x) = x, of mean 1/2 and variance 1/12; under two: (1 − x) / 2, of mean 1/4 and variance 1/48.
    let total = 0.4 * 0.6;
    let (factors, theories) = (0.6 / 12.0 + 0.4 / 48.0, 0.6 * 0.4 * 0.25 * 0.25);
    let expected = [total - factors - theories, factors, theories].map(|one| one / total);
    for kind in [Kind::Independent, Kind::LatinHypercube, Kind::Sobol] {
        let found = run(&understood::<&str>(TWO, &[], &[]), kind).expect("small").finding;
        for outcome in &found.outcomes {
            for (share, wanted) in shares(outcome).iter().zip(expected) {
                assert!(share.std_error > 0.0 && share.std_error < 0.02, "{kind:?}: {share:?}");
                assert!((share.value - wanted).abs() < 5.0 * share.std_error, "{kind:?}: {share:?} {wanted}");
            }
            // Taking one part for another is noticed.
            let [_, factors, theories] = shares(outcome);
            assert!((factors.value - theories.value).abs() > 5.0 * factors.std_error);
        }
    }
}

#[test]
fn variance_under_evidence_is_split_by_posterior_weights() {
    // Given `outcome == a or f`, P = x under one with f half the time: P(e or f) = (1 + x)/2; under two: P(f) = 1/2.
    // So P(a | x, one) = x / ((1 + x)/2), and P(a | x, two) = (1 − x), with weights (1 + x)/2 · 0.6 and 0.4/2.
    let found = run(&understood(TWO, &[], &["outcome == a or f"]), Kind::Sobol).expect("small").finding;
    let (learned, share) = (0.6 * 0.75 + 0.4 * 0.5, 0.6 * 0.5 + 0.4 * 0.25);
    // ∫ x² / ((1 + x)/2) dx = 2 (ln 2 − 1/2), ∫ (1 − x)² / 2 dx = 1/6.
    let square = (0.6 * 2.0 * (std::f64::consts::LN_2 - 0.5) + 0.4 / 6.0) / learned;
    let between = (0.6 * 0.5 * (0.5 / 0.75) + 0.4 * 0.25 * (0.25 / 0.5)) / learned;
    let mean = share / learned;
    let total = mean * (1.0 - mean);
    let expected = [mean - square, square - between, between - mean * mean].map(|one| one / total);
    for (share, wanted) in shares(&found.outcomes[0]).iter().zip(expected) {
        assert!((share.value - wanted).abs() < 5.0 * share.std_error + 1e-9, "{share:?} {wanted}");
    }
}

#[test]
fn variance_of_a_finite_model_is_split_exactly() {
    let text = TWO.replace(
        "[factors.x]\nvalue = 'uniform(0, 1)'",
        "[factors.x]\nstates = ['LOW', 'HIGH']\nprobabilities = { LOW = 0.5, HIGH = 0.5 }",
    );
    let text = text.replace("probability = 'x'", "probability = 'if x == HIGH then 0.9 else 0.1'");
    let found = summary(&text, &[], &[]);
    // Under one 0.9 or 0.1, under two 0.05 or 0.45.
    let total = 0.4 * 0.6;
    let (factors, theories) = (0.6 * 0.16 + 0.4 * 0.04, 0.6 * 0.4 * 0.0625);
    let expected = [total - factors - theories, factors, theories].map(|one| one / total);
    for (share, wanted) in shares(&found.outcomes[0]).iter().zip(expected) {
        assert!(share.exact && (share.value - wanted).abs() < 1e-14, "{share:?} {wanted}");
    }
}

#[test]
fn without_theories_none_of_the_variance_is_theirs() {
    // The law of total variance for p = x alone: 1/6 is chance and 1/12 the factor's, of 1/4.
    let text = "[factors.x]\nvalue = 'uniform(0, 1)'\n[events.e]\nprobability = 'x'\n[outcomes.a]\nwhen = 'e'\n[outcomes.b]\nelse = true\n";
    let [chance, factors, theories] = shares(&summary(text, &[], &[]).outcomes[0]);
    assert_eq!(theories.value, 0.0);
    assert!((chance.value - 2.0 / 3.0).abs() < 5.0 * chance.std_error + 1e-9, "{chance:?}");
    assert!((factors.value - 1.0 / 3.0).abs() < 5.0 * factors.std_error + 1e-9, "{factors:?}");
    // What is certain has no variance.
    let certain = "[events.e]\nprobability = 1\n[outcomes.a]\nwhen = 'e'\n[outcomes.b]\nelse = true\n";
    assert!(summary(certain, &[], &[]).outcomes.iter().all(|one| one.variance.is_none()));
}

// Brute force.

struct Choices(Key, u64);

impl Choices {
    fn unit(&mut self) -> f64 {
        self.1 += 1;
        unit(word(self.0, self.1))
    }

    fn below(&mut self, n: usize) -> usize {
        ((self.unit() * n as f64) as usize).min(n - 1)
    }

    fn condition(&mut self) -> String {
        let all = ["e", "f", "s == A", "s != B", "not f"];
        all[self.below(all.len())].into()
    }
}

fn random_model(choices: &mut Choices) -> String {
    let (p, q) = (choices.unit(), 0.5 * choices.unit());
    let mut text = format!(
        "[factors.s]\nstates = ['A', 'B', 'C']\nprobabilities = {{ A = {q}, B = 0.25, C = {} }}\n[events.e]\nprobability = {p}\n\
         [events.f]\nprobability = 'if s == A or e then {} else {}'\n[outcomes.a]\n[outcomes.b]\n[outcomes.c]\n",
        0.75 - q,
        choices.unit(),
        choices.unit()
    );
    let count = 2 + choices.below(2);
    let raw: Vec<f64> = (0..count).map(|_| 0.1 + choices.unit()).collect();
    let sum: f64 = raw.iter().sum();
    for (at, weight) in raw.iter().enumerate() {
        let _ = writeln!(text, "[theories.t{at}]\nweight = {}", weight / sum);
        let form = choices.below(3);
        let (one, other) = (choices.condition(), choices.condition());
        for outcome in ["a", "b", "c"] {
            let decided = match (form, outcome) {
                (0, "a") => format!("when = '{one} and {other}'"),
                (0, "b") => format!("when = 'not ({one}) and {other}'"),
                (0, _) => "else = true".into(),
                (1, _) => {
                    format!("weights = {{ e = {}, s = {{ B = {} }} }}", choices.unit(), -choices.unit())
                }
                _ => format!("score = 'if {} then {} else 0'", choices.condition(), 2.0 * choices.unit()),
            };
            let _ = writeln!(text, "[theories.t{at}.outcomes.{outcome}]\n{decided}");
        }
    }
    text
}

fn settled(term: &Term, outcome: OutcomeId) -> Term {
    let mut settled = term.clone();
    settled.replace(&mut |one| match one.kind {
        TermKind::Outcome(id) => Some(TermKind::Constant(f64::from(u8::from(id == outcome)))),
        _ => None,
    });
    settled
}

/// By going through every theory and every combination of states: the probability of what was learned, then, given that, of
/// each outcome, of each theory, and for each outcome E[p²] with p given theory and state of the factor.
fn enumerated(model: &Model) -> (f64, Vec<f64>, Vec<f64>, Vec<f64>) {
    let (outcomes, theories) = (model.outcomes.len(), model.theories.len());
    let mut joint = vec![vec![vec![0.0; outcomes]; 3]; theories];
    for (theory, by_state) in joint.iter_mut().enumerate() {
        for (state, by_outcome) in by_state.iter_mut().enumerate() {
            for bits in 0..4usize {
                let (happens, states) = ([bits & 1 == 1, bits & 2 == 2], [state]);
                let world = World { happens: &happens, states: &states, theory };
                let definition = Definition::new(model, &[], world);
                for (k, sum) in by_outcome.iter_mut().enumerate() {
                    let holds = |term: &Term| definition.value(&settled(term, OutcomeId(k))) == 1.0;
                    if definition.chance() > 0.0 && model.given.iter().all(holds) {
                        *sum += definition.chance() * definition.outcome(OutcomeId(k));
                    }
                }
            }
        }
    }
    let cells = || joint.iter().flatten();
    let total: f64 = cells().flatten().sum();
    let of_outcome = (0..outcomes).map(|k| cells().map(|one| one[k]).sum::<f64>() / total).collect();
    let of_theory = joint.iter().map(|one| one.iter().flatten().sum::<f64>() / total).collect();
    let square = |k: usize| {
        let known = cells().filter(|one| one.iter().sum::<f64>() > 0.0);
        known.map(|one| one[k] * one[k] / one.iter().sum::<f64>()).sum::<f64>() / total
    };
    (total, of_outcome, of_theory, (0..outcomes).map(square).collect())
}

#[test]
fn elimination_agrees_with_enumeration_over_theories() {
    let (mut compared, mut moved) = (0, 0);
    for seed in 0..200 {
        let mut choices = Choices(Key::new(seed).named("theories"), 0);
        let text = random_model(&mut choices);
        let given = match choices.below(4) {
            0 => vec![],
            1 => vec![format!("outcome == a or {}", choices.condition())],
            2 => vec![format!("theory != t0 or {}", choices.condition()), "outcome != c".into()],
            _ => vec![choices.condition()],
        };
        let given: Vec<&str> = given.iter().map(String::as_str).collect();
        let model = understood(&text, &[], &given);
        let (total, outcomes, theories, squares) = enumerated(&model);
        let found = match run(&model, Kind::Sobol) {
            Ok(found) => found,
            Err(Failure::Compile(CompileError { why: Obstacle::Impossible { .. }, .. }, None)) => {
                assert_eq!(total, 0.0, "{text}\n{given:?}");
                continue;
            }
            Err(other) => panic!("{other:?}"),
        };
        let Found { finding: found, course, .. } = found;
        let learned = found.evidence.map_or(1.0, |one| one.probability.value);
        assert!(course.exact && (learned - total).abs() < 1e-12, "{text}\n{given:?}");
        for (one, other) in probabilities(&found).iter().zip(&outcomes) {
            assert!((one - other).abs() < 1e-12, "{text}\n{given:?}: {one} {other}");
        }
        for (one, other) in found.theories.iter().zip(&theories) {
            assert!((one.posterior.value - other).abs() < 1e-12, "{text}\n{given:?}: {one:?} {other}");
            moved += usize::from((one.weight - other).abs() > 1e-3);
        }
        for (at, outcome) in found.outcomes.iter().enumerate() {
            let total = outcomes[at] * (1.0 - outcomes[at]);
            if total > 1e-9 {
                let chance = (outcomes[at] - squares[at]) / total;
                assert!((shares(outcome)[0].value - chance).abs() < 1e-9, "{text}\n{given:?}");
            }
        }
        compared += 1;
    }
    assert!(compared > 150 && moved > 50, "{compared} {moved}");
}

// What is shown.

#[test]
fn every_output_shows_each_theory() {
    let scenario = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/vladivostok-2023-theories.toml");
    let shown = |format: &str, more: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_foretell"));
        command.args(["run", scenario, "--draws", "4096", "--no-charts", "--format", format]).args(more);
        let folder = std::env::temp_dir().join("foretell-theories");
        if format == "text" {
            command.arg("-o").arg(folder);
        }
        String::from_utf8(command.output().expect("foretell runs").stdout).expect("text")
    };
    let json: serde_json::Value = serde_json::from_str(&shown("json", &[])).expect("JSON");
    let theories = json["theories"].as_array().expect("theories");
    assert_eq!(
        (theories.len(), &theories[1]["id"], &theories[1]["label"]),
        (2, &"staged".into(), &"Beijing first".into())
    );
    let number = |value: &serde_json::Value| value.as_f64().expect("a number");
    for (at, outcome) in json["outcomes"].as_array().expect("outcomes").iter().enumerate() {
        let mixed: f64 = theories
            .iter()
            .map(|one| number(&one["weight"]) * number(&one["outcomes"][at]["probability"]))
            .sum();
        assert!((number(&outcome["probability"]) - mixed).abs() < 1e-12);
        let shares = ["chance", "factors", "theories"].map(|part| number(&outcome["variance"][part]));
        assert!((shares.iter().sum::<f64>() - 1.0).abs() < 1e-12);
    }
    let text = shown("text", &["--given", "deal"]);
    for word in [
        "What each theory says",
        "Each theory by itself",
        "Weight given what was learned",
        "Where uncertainty comes from",
    ] {
        assert!(text.contains(word), "{word}: {text}");
    }
    assert!(text.lines().all(|line| line.chars().count() <= 80));
    assert!(shown("markdown", &[]).contains("| All weighed at once | Beijing first | All theories |"));
    assert!(
        shown("csv", &[])
            .lines()
            .next()
            .is_some_and(|line| line.ends_with("words,theory_weighed,theory_staged"))
    );
    // A theory by itself has no rivals to be shown beside.
    assert!(!shown("text", &["--set", "theory=staged"]).contains("What each theory says"));
}

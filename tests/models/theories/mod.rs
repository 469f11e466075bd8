//! Competing theories: their mixture, each by itself, what is learned of them, and where uncertainty comes from.

mod enumeration;
mod mixture;
mod variance;

use crate::common::{Found, compiled, run_of, understood};
use foretell::analysis::Failure;
use foretell::analysis::outcomes::OutcomeFinding;
use foretell::analysis::run::RunFinding;
use foretell::analysis::variance::VarianceShares;
use foretell::design::Kind;
use foretell::model::Model;
use foretell::simulation::Rule;
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

fn shares(outcome: &OutcomeFinding) -> [Estimate; 3] {
    let VarianceShares { chance, factors, theories } = outcome.variance.expect("a variance");
    let sum = chance.value + factors.value + theories.value;
    assert!((sum - 1.0).abs() < 1e-12, "{sum}");
    [chance, factors, theories]
}

//! Worlds of one program: what is held in them, what is void in them, and what they leave alone.

#![allow(clippy::disallowed_methods)]

mod asked;
mod held;
mod void;

use crate::common::{program, sample, settings};
use foretell::design::Kind;
use foretell::model::{CategoryId, DerivedId, EventId, FactorId, Model, OutcomeId, Term, TheoryId, Variable};
use foretell::program::{Ask, Held, QueryId, Setting, SpreadId, World, WorldId};
use foretell::simulation::{Rule, Sampled};
use foretell::statistics::Estimate;

const TEXT: &str = r#"
[factors.x]
value = 'uniform(0, 1)'
[factors.y]
value = 'normal(x, 1)'
[factors.mood]
states = ["calm", "tense", "wild"]
probabilities = { calm = 0.5, tense = 0.3, wild = 0.2 }
[factors.reply]
states = ["yes", "no", "silence"]
table = [
  { when = { mood = "calm" }, probabilities = { yes = 0.5, no = 0.25, silence = 0.25 } },
  { else = true, probabilities = { yes = 0.125, no = 0.375, silence = 0.5 } },
]
[derived.d]
value = 'x * y + (if reply == yes then 1 else 0)'
[events.e]
probability = 'if mood == calm then 0.2 * x else 0.5'
[outcomes.up]
base = 0.5
weights = { x = 1.5, d = 'normal(0.5, 0.1)', e = 0.7 }
[outcomes.same]
base = 0.3
[outcomes.down]
base = 0.2
weights = { y = -0.5, reply = { yes = 0.4, no = -0.3 } }
"#;

const THEORIES: &str = r#"
[factors.x]
value = 'uniform(0, 1)'
[outcomes.a]
[outcomes.b]
[theories.plain]
weight = 0.5
[theories.plain.outcomes.a]
base = 0.6
weights = { x = 1 }
[theories.plain.outcomes.b]
base = 0.4
[theories.harsh]
weight = 0.3
[theories.harsh.outcomes.a]
base = 0.2
weights = { x = -2 }
[theories.harsh.outcomes.b]
base = 0.8
[theories.mild]
weight = 0.2
[theories.mild.outcomes.a]
base = 0.5
[theories.mild.outcomes.b]
base = 0.5
"#;

/// Everything that a model answers, asked in a world.
struct Answers {
    queries: Vec<QueryId>,
    spreads: Vec<SpreadId>,
}

impl Answers {
    fn of<'m>(ask: &mut Ask<'m>, world: WorldId, model: &'m Model) -> Answers {
        let mut queries = Vec::new();
        queries.extend((0..model.outcomes.len()).map(|at| ask.outcome(world, OutcomeId(at))));
        for at in 0..model.events.len() {
            queries.push(ask.probability(world, model.term_of(Variable::Event(EventId(at)))));
        }
        for (at, category) in model.categories.iter().enumerate() {
            let states = 0..category.states.len();
            let is_so = |state| Term::is(CategoryId(at), state, category.span);
            queries.extend(states.map(|state| ask.probability(world, is_so(state))));
        }
        let factors = (0..model.factors.len()).map(|at| Variable::Factor(FactorId(at)));
        let derived = (0..model.derived.len()).map(|at| Variable::Derived(DerivedId(at)));
        let spreads = factors.chain(derived).map(|one| ask.spread(world, model.term_of(one))).collect();
        Answers { queries, spreads }
    }

    /// To the last bit: the shortest decimals that read back as the same numbers.
    fn bits(&self, sampled: &Sampled) -> String {
        let estimates = sampled.estimates();
        let probabilities: Vec<Estimate> =
            self.queries.iter().map(|query| estimates.probability(*query)).collect();
        let means: Vec<(Estimate, f64)> = self.spreads.iter().map(|id| estimates.mean(*id)).collect();
        let medians: Vec<f64> = self.spreads.iter().map(|id| estimates.quantile(*id, 0.5)).collect();
        format!("{probabilities:?} {means:?} {medians:?}")
    }
}

/// The answers in each of some worlds of one program.
fn bits(model: &Model, settings_of: &[Setting], kind: Kind) -> Vec<String> {
    let mut ask = Ask::new();
    let mut all = Vec::new();
    for setting in settings_of {
        let world = ask.world(World::made(model, setting.clone()));
        all.push(Answers::of(&mut ask, world, model));
    }
    let program = program(&ask);
    let sampled = sample(&program, &settings(kind, 5, Rule::Draws(3000)));
    all.iter().map(|one| one.bits(&sampled)).collect()
}

fn hold(model: &Model, what: Held, value: f64) -> Setting {
    Setting::new().hold(model, what, value).expect("a value that it can have")
}

/// The probability of the outcomes with a number held, after few draws.
fn outcomes(model: &Model, setting: Setting) -> Vec<f64> {
    let mut ask = Ask::new();
    let world = ask.world(World::made(model, setting));
    let asked: Vec<_> = (0..model.outcomes.len()).map(|at| ask.outcome(world, OutcomeId(at))).collect();
    let program = program(&ask);
    let sampled = sample(&program, &settings(Kind::Sobol, 5, Rule::Draws(3000)));
    asked.into_iter().map(|query| sampled.estimates().query(query).value).collect()
}

const X: Held = Held::Variable(Variable::Factor(FactorId(0)));
const E: Held = Held::Variable(Variable::Event(EventId(0)));
const D: Held = Held::Variable(Variable::Derived(DerivedId(0)));
const MOOD: Held = Held::Variable(Variable::Category(CategoryId(0)));
const FIRST: TheoryId = TheoryId(0);

/// P(yes) = E[x] = 1/2. In the first variant half of the draws are void, in the second one in two thousand: too many to be told
/// of, and few enough.
const ROOTED: &str = "
[factors.x]
value = 'uniform(0, 1)'
[derived.d]
value = 'x'
[events.e]
probability = 'd'
[outcomes.yes]
when = 'e'
[outcomes.no]
else = true
[variants.rooted]
set = { d = 'sqrt(x - 0.5)' }
[variants.nearly]
set = { d = 'sqrt(x - 0.00048828125)' }
[variants.sound]
set = { d = '1 - 0.5 * x' }
";

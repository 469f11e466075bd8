//! Whether a model agrees with what its source claims.
//!
//! Every claim comes down to signs of differences, each estimated on common draws with the error of the difference. The
//! draws are looked at when there are 2^14, 2^15, … of them; the j-th look spends 0.05 · 2^−j of a total chance of error
//! of 5 %, shared among the comparisons (Bonferroni), so that looking again does not make error more likely.

use crate::diagnostic::Span;
use crate::expression::Comparison as Sign;
use crate::model::{ClaimTest, Condition, Measure, Model, Move, Probability, Term, TermKind, Variable};
use crate::program::{Program, Query, Question, Setting, compile};
use crate::simulation::{Estimates, FEWEST, Plan, REPLICATES, Rule, Sampling, Settings, VoidSummary, Watch};
use crate::statistics::{Estimate, student_t_quantile};

use super::{Failure, consistency};

/// The most draws that claims are given if nothing else is said.
const MOST: u64 = 1 << 20;

/// The chance that any verdict of one check is wrong.
const ERROR: f64 = 0.05;

/// The percentiles at which a cause is set to see which way an outcome moves.
const STEPS: [f64; 5] = [0.05, 0.25, 0.50, 0.75, 0.95];

/// What became of one claim.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    /// The claim in words.
    pub text: String,
    /// The test as written.
    pub written: String,
    /// Where it stands.
    pub span: Span,
    /// What came out.
    pub answer: Answer,
    /// The numbers behind it, one for each comparison.
    pub comparisons: Vec<Comparison>,
}

/// What can be said of a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The model agrees.
    Agrees,
    /// The model disagrees.
    Disagrees,
    /// The difference is too small to tell with these draws.
    CannotTell,
}

/// One comparison inside a claim.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// What is compared, in words, such as `P(sanctioned) − 30 %`.
    pub what: String,
    /// The sign that the claim asks for.
    pub sign: Sign,
    /// Left side minus right side.
    pub difference: Estimate,
    /// What came out.
    pub answer: Answer,
}

/// The verdicts on all claims of a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdicts {
    /// One for each claim, in the order of the file.
    pub claims: Vec<Verdict>,
    /// Draws that the last look took; 0 if nothing had to be drawn.
    pub draws: u64,
    /// Draws that were left out.
    pub void: VoidSummary,
    /// (ΣW)² / ΣW² over the draws' weights W under what was learned; infinite where all weigh the same.
    pub effective_draws: f64,
    /// Claims that cannot hold together, whatever the model: sets of positions in `claims`.
    pub conflicts: Vec<Vec<usize>>,
}

/// Checks every claim of a model. `settings` gives design, seed and threads, and with its rule the most draws.
///
/// # Errors
/// A claim that depends on too many events, or an interruption.
pub fn check(model: &Model, settings: &Settings, watch: &Watch) -> Result<Verdicts, Failure> {
    let mut asked = Asked { questions: Vec::new(), tests: Vec::new() };
    for claim in &model.claims {
        let test = match &claim.test {
            ClaimTest::Condition(condition) => Test::Condition(asked.condition(model, condition)),
            ClaimTest::Move(movement) => {
                Test::All(asked.movement(model, movement, &steps(model, movement.cause, settings, watch)?))
            }
        };
        asked.tests.push(test);
    }
    let program = compile(model, &asked.questions)?;
    let Looked { answers, draws, void, effective_draws } =
        look(model, &program, &asked.tests, settings, watch)?;
    let claims = model
        .claims
        .iter()
        .zip(answers)
        .map(|(claim, (answer, comparisons))| Verdict {
            text: claim.text.clone(),
            written: claim.written.clone(),
            span: claim.span,
            answer,
            comparisons,
        })
        .collect();
    Ok(Verdicts { claims, draws, void, effective_draws, conflicts: consistency::conflicts(model) })
}

// What is asked.

/// A difference to be estimated: constant + Σ factor × question.
struct Difference {
    what: String,
    sign: Sign,
    constant: f64,
    parts: Vec<(f64, usize)>,
}

enum Test {
    Condition(Logic),
    /// All differences must have their sign; none at all can't be told.
    All(Vec<Difference>),
}

enum Logic {
    One(Difference),
    And(Box<Logic>, Box<Logic>),
    Or(Box<Logic>, Box<Logic>),
    Not(Box<Logic>),
}

struct Asked {
    questions: Vec<Question>,
    tests: Vec<Test>,
}

impl Asked {
    fn question(&mut self, probability: Probability, setting: Setting) -> usize {
        let question = Question { probability, setting };
        match self.questions.iter().position(|known| *known == question) {
            Some(at) => at,
            None => {
                self.questions.push(question);
                self.questions.len() - 1
            }
        }
    }

    fn condition(&mut self, model: &Model, condition: &Condition) -> Logic {
        match condition {
            Condition::Compare(measure, sign) => Logic::One(self.measure(model, measure, *sign)),
            Condition::And(a, b) => {
                Logic::And(Box::new(self.condition(model, a)), Box::new(self.condition(model, b)))
            }
            Condition::Or(a, b) => {
                Logic::Or(Box::new(self.condition(model, a)), Box::new(self.condition(model, b)))
            }
            Condition::Not(one) => Logic::Not(Box::new(self.condition(model, one))),
        }
    }

    fn measure(&mut self, model: &Model, measure: &Measure, sign: Sign) -> Difference {
        let parts: Vec<(f64, usize)> = measure
            .parts
            .iter()
            .map(|(factor, probability)| (*factor, self.question(probability.clone(), Setting::new())))
            .collect();
        Difference { what: describe(model, measure), sign, constant: measure.constant, parts }
    }

    /// The outcome's probability at each step of the cause, minus that at the step before.
    fn movement(&mut self, model: &Model, movement: &Move, steps: &[f64]) -> Vec<Difference> {
        let outcome = &model.outcomes[movement.outcome.0];
        let what = Term { kind: TermKind::Outcome(movement.outcome), span: outcome.span };
        let probability = Probability { what, given: None };
        let places: Vec<usize> = steps
            .iter()
            .map(|step| self.question(probability.clone(), Setting::from([(movement.cause, *step)])))
            .collect();
        let sign = if movement.rises { Sign::Greater } else { Sign::Less };
        let cause = model.name(movement.cause);
        (1..steps.len())
            .map(|at| Difference {
                what: format!(
                    "P({}) at {cause} = {} − at {}",
                    outcome.name,
                    step(model, movement.cause, steps[at]),
                    step(model, movement.cause, steps[at - 1])
                ),
                sign,
                constant: 0.0,
                parts: vec![(1.0, places[at]), (-1.0, places[at - 1])],
            })
            .collect()
    }
}

/// The values that a cause is set to: percentiles, or false and true for an event.
fn steps(model: &Model, cause: Variable, settings: &Settings, watch: &Watch) -> Result<Vec<f64>, Failure> {
    let known = match cause {
        Variable::Event(_) => return Ok(vec![0.0, 1.0]),
        // States in the order of the file.
        Variable::Category(id) => {
            return Ok((0..model.categories[id.0].states.len()).map(|at| at as f64).collect());
        }
        Variable::Factor(id) => model.factors[id.0].distribution.as_ref(),
        Variable::Derived(_) => None,
    };
    let mut steps: Vec<f64> = match known {
        Some(distribution) => STEPS.iter().map(|level| distribution.quantile(*level)).collect(),
        None => {
            let program = compile(model, &[])?;
            let plan = Plan::new(settings.kind, settings.seed, FEWEST, REPLICATES, settings.threads);
            let mut sampling = Sampling::new(model, &program, plan);
            sampling.grow(plan.draws_per_replicate, watch)?;
            STEPS.iter().filter_map(|level| sampling.quantile(cause, *level)).collect()
        }
    };
    steps.dedup();
    Ok(steps)
}

/// The value that a cause is set to, in words.
fn step(model: &Model, cause: Variable, value: f64) -> String {
    match cause {
        Variable::Event(_) => (value != 0.0).to_string(),
        Variable::Category(id) => model.categories[id.0].states[value as usize].name.clone(),
        Variable::Factor(_) | Variable::Derived(_) => short(value),
    }
}

fn short(value: f64) -> String {
    let digits = if value.abs() >= 100.0 { 0 } else { 2 };
    format!("{value:.digits$}")
}

/// A measure as it reads, such as `P(a) − P(b)` or `P(a) − 30 %`.
fn describe(model: &Model, measure: &Measure) -> String {
    let mut text = String::new();
    for (factor, probability) in &measure.parts {
        let sign = if *factor < 0.0 { "−" } else { "+" };
        if !text.is_empty() {
            text.push_str(&format!(" {sign} "));
        } else if *factor < 0.0 {
            text.push('−');
        }
        if factor.abs() != 1.0 {
            text.push_str(&format!("{} ", factor.abs()));
        }
        let given = probability.given.as_ref().map(|term| format!(" | {}", words(model, term)));
        text.push_str(&format!("P({}{})", words(model, &probability.what), given.unwrap_or_default()));
    }
    if measure.constant != 0.0 {
        let sign = if measure.constant < 0.0 { "−" } else { "+" };
        let percent = (measure.constant.abs() * 1e6).round() / 1e4;
        text.push_str(&format!(" {sign} {percent} %"));
    }
    text
}

/// A proposition as it reads.
fn words(model: &Model, term: &Term) -> String {
    use crate::expression::{Binary, Unary};
    match &term.kind {
        TermKind::Outcome(id) => model.outcomes[id.0].name.clone(),
        TermKind::Theory(id) => format!("model == {}", model.theories[id.0].name),
        TermKind::Variable(variable) => model.name(*variable).into(),
        TermKind::Is(id, state) => {
            let category = &model.categories[id.0];
            format!("{} == {}", category.name, category.states[*state].name)
        }
        TermKind::Constant(value) => format!("{value}"),
        TermKind::Unary(Unary::Not, one) => format!("not {}", words(model, one)),
        TermKind::Binary(Binary::And, a, b) => format!("{} and {}", words(model, a), words(model, b)),
        TermKind::Binary(Binary::Or, a, b) => format!("{} or {}", words(model, a), words(model, b)),
        TermKind::Compare(sign, a, b) => format!("{} {} {}", words(model, a), sign.symbol(), words(model, b)),
        _ => "…".into(),
    }
}

// Looking.

type Answered = (Answer, Vec<Comparison>);

/// What the last look saw.
struct Looked {
    answers: Vec<Answered>,
    /// Draws that were taken; 0 if none entered any answer.
    draws: u64,
    void: VoidSummary,
    effective_draws: f64,
}

/// Looks at more and more draws until every claim can be told or the draws are spent.
fn look(
    model: &Model,
    program: &Program,
    tests: &[Test],
    settings: &Settings,
    watch: &Watch,
) -> Result<Looked, Failure> {
    let most = match settings.rule {
        Rule::Draws(draws) => draws,
        Rule::Until { most, .. } => most.min(MOST),
    };
    let is_exact = program.inputs().is_empty();
    let first = if is_exact { 1 } else { FEWEST.min(most) };
    let plan = Plan::new(settings.kind, settings.seed, first, REPLICATES, settings.threads);
    let mut sampling = Sampling::new(model, program, plan);
    let mut draws = plan.draws_per_replicate;
    let comparisons: usize = tests.iter().map(Test::len).sum();
    let mut number = 0;
    loop {
        number += 1;
        sampling.grow(draws, watch)?;
        let total = sampling.plan().draws();
        let judges = if plan.replicates == 1 { 0..0 } else { 0..plan.replicates as usize };
        let judge = Judge {
            program,
            estimates: sampling.estimates(judges),
            critical: critical(number, comparisons, &plan, total),
        };
        let answers: Vec<Answered> = tests.iter().map(|test| judge.test(test)).collect();
        let is_told = answers.iter().all(|(answer, _)| *answer != Answer::CannotTell);
        if is_told || is_exact || sampling.is_void() || total * 2 > most {
            let draws = if is_exact { 0 } else { total };
            let effective_draws = program
                .answers
                .weight
                .and_then(|weight| judge.estimates.effective_draws(weight))
                .map_or(f64::INFINITY, |(draws, _)| draws);
            return Ok(Looked { answers, draws, void: sampling.void(), effective_draws });
        }
        draws *= 2;
    }
}

/// How many standard errors a difference must be from 0 at a look: a two-sided Student quantile.
fn critical(look: i32, comparisons: usize, plan: &Plan, draws: u64) -> f64 {
    let level = ERROR * 0.5f64.powi(look) / comparisons.max(1) as f64;
    let freedom = if plan.replicates == 1 { draws.saturating_sub(1) } else { u64::from(plan.replicates) - 1 };
    student_t_quantile(1.0 - level / 2.0, freedom.max(1))
}

struct Judge<'a> {
    program: &'a Program,
    estimates: Estimates<'a>,
    critical: f64,
}

impl Judge<'_> {
    fn test(&self, test: &Test) -> Answered {
        let mut seen = Vec::new();
        let answer = match test {
            Test::Condition(logic) => self.logic(logic, &mut seen),
            Test::All(differences) if differences.is_empty() => Answer::CannotTell,
            Test::All(differences) => {
                let each: Vec<Answer> = differences.iter().map(|one| self.compare(one, &mut seen)).collect();
                each.into_iter().fold(Answer::Agrees, and)
            }
        };
        (answer, seen)
    }

    /// Kleene's three-valued logic (1952).
    fn logic(&self, logic: &Logic, seen: &mut Vec<Comparison>) -> Answer {
        match logic {
            Logic::One(difference) => self.compare(difference, seen),
            Logic::And(a, b) => {
                let (a, b) = (self.logic(a, seen), self.logic(b, seen));
                and(a, b)
            }
            Logic::Or(a, b) => {
                let (a, b) = (self.logic(a, seen), self.logic(b, seen));
                not(and(not(a), not(b)))
            }
            Logic::Not(one) => not(self.logic(one, seen)),
        }
    }

    fn compare(&self, difference: &Difference, seen: &mut Vec<Comparison>) -> Answer {
        let parts = self.parts(difference);
        let estimate = self.estimates.combination(difference.constant, &parts);
        let answer = self.answer(&estimate, &parts, difference.sign);
        let what = difference.what.clone();
        seen.push(Comparison { what, sign: difference.sign, difference: estimate, answer });
        answer
    }

    /// The queries with their factors, equal ones together; what cancels is left out, so that a cause that does nothing
    /// is seen to do exactly nothing.
    fn parts(&self, difference: &Difference) -> Vec<(f64, Query)> {
        let mut parts: Vec<(f64, Query)> = Vec::new();
        for (factor, question) in &difference.parts {
            let query = self.program.answers.questions[*question];
            match parts.iter_mut().find(|(_, known)| *known == query) {
                Some((sum, _)) => *sum += factor,
                None => parts.push((*factor, query)),
            }
        }
        parts.retain(|(factor, _)| *factor != 0.0);
        parts
    }

    fn answer(&self, estimate: &Estimate, parts: &[(f64, Query)], sign: Sign) -> Answer {
        if estimate.value.is_nan() {
            return Answer::CannotTell;
        }
        // Rounding alone must not decide an exact comparison.
        let value = if estimate.value.abs() < 1e-12 { 0.0 } else { estimate.value };
        if estimate.exact {
            return if sign.apply(value, 0.0) == 1.0 { Answer::Agrees } else { Answer::Disagrees };
        }
        // What never happened in n draws may still happen: no error is taken as smaller than one draw's worth.
        let one_draw: f64 =
            parts.iter().map(|(factor, query)| factor.abs() * self.estimates.one_draw(*query)).sum();
        let margin = self.critical * estimate.std_error.max(one_draw);
        let answer = if value > margin {
            sign.apply(1.0, 0.0)
        } else if value < -margin {
            sign.apply(-1.0, 0.0)
        } else {
            return Answer::CannotTell;
        };
        if answer == 1.0 { Answer::Agrees } else { Answer::Disagrees }
    }
}

fn and(a: Answer, b: Answer) -> Answer {
    match (a, b) {
        (Answer::Disagrees, _) | (_, Answer::Disagrees) => Answer::Disagrees,
        (Answer::Agrees, Answer::Agrees) => Answer::Agrees,
        _ => Answer::CannotTell,
    }
}

fn not(answer: Answer) -> Answer {
    match answer {
        Answer::Agrees => Answer::Disagrees,
        Answer::Disagrees => Answer::Agrees,
        Answer::CannotTell => Answer::CannotTell,
    }
}

impl Test {
    /// How many comparisons it makes.
    fn len(&self) -> usize {
        match self {
            Test::Condition(logic) => logic.len(),
            Test::All(differences) => differences.len(),
        }
    }
}

impl Logic {
    fn len(&self) -> usize {
        match self {
            Logic::One(_) => 1,
            Logic::And(a, b) | Logic::Or(a, b) => a.len() + b.len(),
            Logic::Not(one) => one.len(),
        }
    }
}

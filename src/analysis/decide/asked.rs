//! What is asked of a decision, and what is answered.

use std::collections::BTreeSet;

use super::bearing::Named as Thing;
use super::finding::{
    DecisionFinding, InformationFinding, KnowableKind, LimitFinding, Method, OptionFinding, ResultFinding,
    TestFinding,
};
use super::given::{Given, jumps};
use super::knowable::{Knowable, together};
use super::order::{at_least, held, settled};
use super::payoff::{Stakes, where_so};
use super::policy::Draws;
use super::separated::{Part, Separated};
use super::sums::{best, perfect, worth};
use crate::analysis::estimated::{Figure, Mean, Probability};
use crate::analysis::joint::State;
use crate::analysis::round::{Inquiry, Told};
use crate::analysis::spread::Percentiles;
use crate::model::{Decision, Model, Term, Trial, constant};
use crate::program::{Aim, Output, QueryId, SpreadId, ValueId};
use crate::simulation::REPLICATES;
use crate::statistics::Estimate;

/// What is asked of a decision.
pub(super) struct DecisionAsked {
    options: Vec<OptionAsked>,
    /// What the best option gains in hindsight.
    most: QueryId,
    /// What each option gains.
    gains: Vec<QueryId>,
    information: Vec<(Knowable, Option<WorthAsked>)>,
    tests: Vec<TestAsked>,
}

struct OptionAsked {
    spread: SpreadId,
    best: QueryId,
    regret: QueryId,
}

/// What is asked to tell what it is worth to know something.
struct WorthAsked {
    /// In each state, what each option gains.
    states: Vec<Vec<QueryId>>,
    numbers: Vec<ValueId>,
    form: Form,
}

/// What formulas say of gains given what is known.
enum Form {
    /// Nothing.
    Open,
    /// What is known decides them.
    Whole,
    /// The parts of each option's gain: a factor that is decided, and a rest that is independent.
    Parts { options: Vec<Vec<(QueryId, Option<QueryId>)>>, jumps: bool },
}

struct TestAsked {
    knowable: Knowable,
    worth: Option<WorthAsked>,
    below: Option<(Knowable, WorthAsked)>,
    results: Vec<ResultAsked>,
}

struct ResultAsked {
    states: Vec<State>,
    probability: QueryId,
    gains: Vec<QueryId>,
}

impl DecisionAsked {
    pub(super) fn ask(decision: &Decision, model: &Model, inquiry: &mut Inquiry) -> DecisionAsked {
        let payoffs = Stakes::of(decision);
        let world = inquiry.world;
        let gains: Vec<QueryId> =
            payoffs.gains.iter().map(|gain| inquiry.ask.expectation(world, gain.clone(), None)).collect();
        let most = inquiry.ask.expectation(world, payoffs.most.clone(), None);
        let options: Vec<OptionAsked> =
            (0..gains.len()).map(|at| OptionAsked::ask(at, decision, &payoffs, inquiry)).collect();
        let mut asking = Asking { payoffs: &payoffs, gains: &gains, model, inquiry };
        let information = Knowable::all(decision, model).into_iter();
        let information = information.map(|one| asking.with_worth(one)).collect();
        let tests = decision.trials.iter().map(|trial| asking.test(trial, decision)).collect();
        inquiry.ask.compare(&[&gains[..], &[most]].concat());
        DecisionAsked { options, most, gains, information, tests }
    }

    pub(super) fn find(&self, decision: &Decision, told: &Told) -> DecisionFinding {
        let expected: Vec<Estimate> =
            self.options.iter().map(|one| told.estimates.mean(one.spread).0).collect();
        let size = self.size(told);
        let regrets: Vec<QueryId> = self.options.iter().map(|one| one.regret).collect();
        let perfect = settled(perfect(self.most, &self.gains, &regrets, told), size);
        let perfect = held(perfect, &Estimate::unknown());
        let is_told = expected.iter().all(|one| one.value.is_finite());
        let values: Vec<f64> = self.gains.iter().map(|one| told.estimates.query(*one).value).collect();
        let leader = is_told.then(|| best(&values));
        let worths = Worths { gains: &self.gains, told, perfect, size, is_told };
        let worths = worths.all(self);
        let (information, untold) = self.information(&worths, told);
        let tests: Vec<TestFinding> =
            (0..self.tests.len()).map(|at| self.test(at, decision, &worths, told)).collect();
        let net = |one: &&TestFinding| one.net.value > 0.0;
        let first = tests.iter().filter(net).reduce(|a, b| if b.net.value > a.net.value { b } else { a });
        DecisionFinding {
            id: decision.named.id.clone(),
            label: decision.named.label.clone(),
            unit: decision.unit.clone(),
            is_cost: decision.is_cost,
            best: leader.map(|at| decision.options[at].named.id.clone()),
            lead: Figure(settled(self.lead(leader, &values, told), size)),
            options: (0..self.options.len()).map(|at| self.option(at, decision, told)).collect(),
            perfect_information: Figure(if is_told { perfect } else { Estimate::unknown() }),
            information,
            first: first.map(|one| one.id.clone()),
            tests,
            untold,
        }
    }

    /// How large payoffs are, beside which rounding is nothing.
    fn size(&self, told: &Told) -> f64 {
        let one = |option: &OptionAsked| {
            let (mean, sd) = told.estimates.mean(option.spread);
            mean.value.abs().max(if sd.is_finite() { sd } else { 0.0 })
        };
        self.options.iter().map(one).fold(0.0, f64::max)
    }

    /// How much the best option is ahead of the second.
    fn lead(&self, leader: Option<usize>, values: &[f64], told: &Told) -> Estimate {
        let Some(leader) = leader else { return Estimate::unknown() };
        let others: Vec<usize> = (0..values.len()).filter(|at| *at != leader).collect();
        let second = others[best(&others.iter().map(|at| values[*at]).collect::<Vec<f64>>())];
        told.estimates.combination(0.0, &[(1.0, self.gains[leader]), (-1.0, self.gains[second])])
    }

    /// What it is worth to know each thing, the most valuable first; and the names of what is not told.
    fn information(&self, worths: &[Worth], told: &Told) -> (Vec<InformationFinding>, Vec<String>) {
        let one = |(at, (knowable, _)): (usize, &(Knowable, Option<WorthAsked>))| {
            let Knowable { named, kind, .. } = knowable;
            let worth = worths.iter().find(|one| one.of == Of::Information(at))?;
            let is_group = *kind == KnowableKind::Group;
            Some(InformationFinding {
                id: named.id.clone(),
                label: named.label.clone(),
                short: named.short.as_deref().unwrap_or(&named.label).into(),
                kind: *kind,
                of: if is_group { knowable.names(told.model()) } else { Vec::new() },
                value: Figure(worth.value),
                method: worth.method,
            })
        };
        let mut found: Vec<InformationFinding> =
            self.information.iter().enumerate().filter_map(one).collect();
        found.sort_by(|a, b| b.value.value.total_cmp(&a.value.value));
        let untold = self.information.iter().filter(|(_, asked)| asked.is_none());
        (found, untold.map(|(one, _)| one.named.id.clone()).collect())
    }

    fn test(&self, at: usize, decision: &Decision, worths: &[Worth], told: &Told) -> TestFinding {
        let (asked, Trial { named, cost, .. }) = (&self.tests[at], &decision.trials[at]);
        let of = |what: Of| worths.iter().find(|one| one.of == what);
        let limit = asked.below.as_ref().zip(of(Of::Below(at)));
        let own = of(Of::Test(at));
        let value = own.map_or(Estimate::unknown(), |one| one.value);
        let shift = |x: f64| x - cost;
        let net = Estimate {
            value: shift(value.value),
            interval: (shift(value.interval.0), shift(value.interval.1)),
            ..value
        };
        TestFinding {
            id: named.id.clone(),
            label: named.label.clone(),
            short: named.short.as_deref().unwrap_or(&named.label).into(),
            of: asked.knowable.names(told.model()),
            cost: *cost,
            value: Figure(value),
            net: Figure(net),
            limit: limit.map(|((knowable, _), worth)| LimitFinding {
                of: knowable.names(told.model()),
                value: Figure(worth.value),
            }),
            results: asked.results.iter().map(|one| one.find(decision, told)).collect(),
            method: own.map_or(Method::Sums, |one| one.method),
        }
    }

    fn option(&self, at: usize, decision: &Decision, told: &Told) -> OptionFinding {
        let (asked, named) = (&self.options[at], &decision.options[at].named);
        let (expected, sd) = told.estimates.mean(asked.spread);
        // A constant is known however improbable what was learned is, of which draws may tell next to nothing.
        let known = constant(&decision.options[at].payoff).filter(|value| value.is_finite());
        let quantile = |level| known.unwrap_or_else(|| told.estimates.quantile(asked.spread, level));
        OptionFinding {
            id: named.id.clone(),
            label: named.label.clone(),
            short: named.short.as_deref().unwrap_or(&named.label).into(),
            expected: Mean(known.map_or(expected, Estimate::exact)),
            sd: if known.is_some() { 0.0 } else { sd },
            spread: Percentiles::of(quantile),
            best: Probability(told.estimates.probability(asked.best)),
            regret: Figure(told.estimates.query(asked.regret).within(0.0, f64::INFINITY)),
        }
    }
}

impl OptionAsked {
    fn ask(at: usize, decision: &Decision, payoffs: &Stakes, inquiry: &mut Inquiry) -> OptionAsked {
        let (ask, world) = (&mut inquiry.ask, inquiry.world);
        let spread = ask.spread(world, decision.options[at].payoff.clone());
        let best = ask.expectation(world, payoffs.is_best(at), None);
        let regret = ask.expectation(world, payoffs.regret(at), None);
        ask.aim(Aim::Mean(spread));
        ask.aim(Aim::Probability(best));
        OptionAsked { spread, best, regret }
    }
}

/// Asks of one decision.
struct Asking<'a, 'i, 'm> {
    payoffs: &'a Stakes,
    gains: &'a [QueryId],
    model: &'a Model,
    inquiry: &'i mut Inquiry<'m>,
}

impl Asking<'_, '_, '_> {
    fn with_worth(&mut self, one: Knowable) -> (Knowable, Option<WorthAsked>) {
        let worth = self.worth(&one);
        (one, worth)
    }

    /// What is asked to tell what it is worth to know something; nothing where it can't be told.
    fn worth(&mut self, knowable: &Knowable) -> Option<WorthAsked> {
        let numbers = knowable.numbers(self.model)?;
        let states = knowable.states(self.model)?;
        let states: Vec<Vec<QueryId>> = states.iter().map(|one| self.gains_in(one)).collect();
        let (ask, world) = (&mut self.inquiry.ask, self.inquiry.world);
        if !numbers.is_empty() {
            self.gains.iter().chain(states.iter().flatten()).for_each(|query| ask.keep(*query));
        }
        let values = numbers.iter().map(|one| ask.value(world, self.model.term_of(*one))).collect();
        let form = if numbers.is_empty() { Form::Open } else { self.form(knowable, states.len()) };
        Some(WorthAsked { states, numbers: values, form })
    }

    /// What formulas say of gains given numbers, alone or with states.
    fn form(&mut self, knowable: &Knowable, states: usize) -> Form {
        let given = Given::new(&knowable.things, self.model);
        if self.payoffs.gains.iter().all(|gain| given.tells(gain)) {
            return Form::Whole;
        }
        let parts: Option<Vec<_>> = self.payoffs.gains.iter().map(|gain| given.parts(gain)).collect();
        let Some(parts) = parts.filter(|_| states == 1) else { return Form::Open };
        let jumps = parts.iter().flatten().any(|part| jumps(&part.factor, self.model));
        let (ask, world) = (&mut self.inquiry.ask, self.inquiry.world);
        let mut kept = |term: Term| {
            let query = ask.expectation(world, term, None);
            ask.keep(query);
            query
        };
        let mut asked = |part: super::given::Part| (kept(part.factor), part.rest.map(&mut kept));
        let options = parts.into_iter().map(|own| own.into_iter().map(&mut asked).collect()).collect();
        Form::Parts { options, jumps }
    }

    /// What each option gains where some states are so.
    fn gains_in(&mut self, states: &[State]) -> Vec<QueryId> {
        let Some(is_so) = together(states) else { return self.gains.to_vec() };
        let (ask, world) = (&mut self.inquiry.ask, self.inquiry.world);
        let gains = self.payoffs.gains.iter();
        gains.map(|gain| ask.expectation(world, where_so(&is_so, gain), None)).collect()
    }

    fn test(&mut self, trial: &Trial, decision: &Decision) -> TestAsked {
        let knowable = Knowable::test(trial);
        let worth = self.worth(&knowable);
        let below = Knowable::below(trial, decision, self.model);
        let below = below.and_then(|one| Some((one.clone(), self.worth(&one)?)));
        let has_numbers = knowable.numbers(self.model).is_none_or(|all| !all.is_empty());
        let states = knowable.states(self.model).filter(|_| !has_numbers).unwrap_or_default();
        let results = states.into_iter().filter_map(|one| self.result(one)).collect();
        TestAsked { knowable, worth, below, results }
    }

    fn result(&mut self, states: Vec<State>) -> Option<ResultAsked> {
        let is_so = together(&states)?;
        let (ask, world) = (&mut self.inquiry.ask, self.inquiry.world);
        let probability = ask.probability(world, is_so.clone());
        ask.aim(Aim::Probability(probability));
        let gains = self.payoffs.gains.iter();
        let gains = gains.map(|gain| ask.expectation(world, gain.clone(), Some(is_so.clone()))).collect();
        Some(ResultAsked { states, probability, gains })
    }
}

impl ResultAsked {
    fn find(&self, decision: &Decision, told: &Told) -> ResultFinding {
        let gains: Vec<Estimate> = self.gains.iter().map(|one| told.estimates.query(*one)).collect();
        let values: Vec<f64> = gains.iter().map(|one| one.value).collect();
        let then = values.iter().all(|one| one.is_finite()).then(|| best(&values));
        let pays = |gain: Estimate| match decision.is_cost {
            true => Estimate { value: -gain.value, interval: (-gain.interval.1, -gain.interval.0), ..gain },
            false => gain,
        };
        ResultFinding {
            states: self.states.iter().map(|one| one.named.id.clone()).collect(),
            label: self.label(),
            probability: Probability(told.estimates.probability(self.probability)),
            then: then.map(|at| decision.options[at].named.id.clone()),
            expected: Figure(then.map_or(Estimate::unknown(), |at| pays(gains[at]))),
        }
    }

    /// What it says, in words; the state alone where only one thing is told, which is no truth.
    fn label(&self) -> String {
        let is_truth = |one: &State| matches!(one.named.id.as_str(), "true" | "false");
        match &self.states[..] {
            [only] if !is_truth(only) => only.named.label.clone(),
            all => all.iter().map(|one| one.phrase.as_str()).collect::<Vec<&str>>().join(", "),
        }
    }
}

/// What it is worth to know something.
struct Worth {
    of: Of,
    things: BTreeSet<Thing>,
    value: Estimate,
    method: Method,
}

/// What a worth is of, by position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Of {
    Information(usize),
    Test(usize),
    /// What a test depends on.
    Below(usize),
}

/// Finds what it is worth to know things.
struct Worths<'a, 't> {
    gains: &'a [QueryId],
    told: &'a Told<'t>,
    perfect: Estimate,
    /// How large payoffs are.
    size: f64,
    /// Whether the draws tell what options pay in expectation.
    is_told: bool,
}

impl Worths<'_, '_> {
    /// All that is asked of a decision. To know more is worth no less.
    fn all(&self, asked: &DecisionAsked) -> Vec<Worth> {
        let information = asked.information.iter().enumerate();
        let information = information
            .filter_map(|(at, (one, worth))| Some(self.worth(Of::Information(at), one, worth.as_ref()?)));
        let mut found: Vec<Worth> = information.collect();
        for (at, test) in asked.tests.iter().enumerate() {
            let own = test.worth.as_ref().map(|worth| self.worth(Of::Test(at), &test.knowable, worth));
            let below = test.below.as_ref().map(|(one, worth)| self.worth(Of::Below(at), one, worth));
            found.extend(own.into_iter().chain(below));
        }
        let values: Vec<Estimate> = (0..found.len()).map(|at| raised(&found, at)).collect();
        found.iter_mut().zip(values).for_each(|(one, value)| one.value = value);
        found
    }

    fn worth(&self, of: Of, knowable: &Knowable, asked: &WorthAsked) -> Worth {
        let columns: Vec<Output> =
            asked.numbers.iter().filter_map(|one| self.told.program.value(*one)).collect();
        let by_formulas = match &asked.form {
            _ if columns.is_empty() => None,
            Form::Whole => Some(self.perfect),
            Form::Parts { options, jumps } => self.separated(options, *jumps),
            Form::Open => None,
        };
        let (value, method) = match by_formulas {
            Some(found) => (found, Method::Formulas),
            None if columns.is_empty() => (worth(&asked.states, self.gains, self.told), Method::Sums),
            None => (self.regressed(asked, &columns), Method::Regression),
        };
        let value = if self.is_told { value } else { Estimate::unknown() };
        let value = held(settled(value, self.size), &self.perfect);
        Worth { of, things: knowable.things.clone(), value, method }
    }

    /// Nothing where what was learned gives draws weights, by which what is independent otherwise may hang together.
    fn separated(&self, options: &[Vec<(QueryId, Option<QueryId>)>], jumps: bool) -> Option<Estimate> {
        let (kept, program) = (self.told.kept(), self.told.program);
        if self.gains.iter().any(|one| program.query(*one).weight.is_some()) {
            return None;
        }
        let column = |query: QueryId| match program.constant(program.query(query).numerator) {
            Some(value) => vec![value; kept.len()],
            None => kept.column(program.query(query).numerator).to_vec(),
        };
        let part = |(factor, rest): &(QueryId, Option<QueryId>)| (column(*factor), rest.map(column));
        let is_drawn = |query: QueryId| program.constant(program.query(query).numerator).is_none();
        let is_flat = |column: &[f64]| column.windows(2).all(|pair| pair[0] == pair[1]);
        let parts = options.iter().map(|own| own.iter().map(part).collect());
        let columns: Vec<Vec<Part>> = parts.collect();
        let mut each = options.iter().flatten().zip(columns.iter().flatten());
        let is_unseen = jumps && each.any(|((factor, _), (own, _))| is_drawn(*factor) && is_flat(own));
        let found = Separated { options: columns, groups: kept.groups(REPLICATES as usize), jumps }.worth();
        Some(if is_unseen { self.beyond_draws(found) } else { found })
    }

    /// Of a jump that no draw saw only perfect information says how much it may be worth.
    fn beyond_draws(&self, found: Estimate) -> Estimate {
        let (low, high) = found.interval;
        let std_error = found.std_error.max(self.perfect.std_error);
        Estimate { std_error, interval: (low, high.max(self.perfect.interval.1)), ..found }
    }

    fn regressed(&self, asked: &WorthAsked, columns: &[Output]) -> Estimate {
        let (kept, program) = (self.told.kept(), self.told.program);
        let gain = |query: &QueryId| kept.column(program.query(*query).numerator);
        let weight = self.gains.first().and_then(|one| program.query(*one).weight);
        let draws = Draws {
            numbers: columns.iter().map(|one| kept.column(*one)).collect(),
            gains: asked.states.iter().map(|one| one.iter().map(gain).collect()).collect(),
            whole: self.gains.iter().map(gain).collect(),
            weight: weight.map(|one| kept.column(one)),
            groups: kept.groups(REPLICATES as usize),
        };
        draws.worth()
    }
}

/// What one is worth, which is no less than what any part of it is, and no less than a test of it or of a part.
fn raised(all: &[Worth], at: usize) -> Estimate {
    let holds = |one: &Worth| one.things.is_subset(&all[at].things);
    let is_test = |one: &Worth| match one.of {
        Of::Test(test) => all.iter().any(|below| below.of == Of::Below(test) && holds(below)),
        _ => false,
    };
    let below = all.iter().filter(|one| holds(one) || is_test(one));
    below.fold(all[at].value, |value, one| at_least(value, one.value))
}

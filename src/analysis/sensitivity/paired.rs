//! Draws of a model side by side with others in which some of what is not known is drawn anew: what Sobol's indices and
//! Shapley's effects are made of.
//!
//! A is a world as it is, B one in which everything is drawn anew, and C one in which a part is; B and all C draw the same
//! second copy. So A and C have in common what C does not draw anew, and are independent given that; B and C have the rest.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::analysis::chances::Chances;
use crate::analysis::{Failure, Study};
use crate::model::{Model, TheoryId};
use crate::program::{Ask, CompanyId, Output, Program, QueryId, States, World, WorldId};
use crate::simulation::{BLOCK, Batch, Collector, Layout, Plan, Settings, SoundDraws, run};
use crate::statistics::LEVELS;

/// Independent randomisations of the design, which errors are told from.
pub(super) const REPLICATES: u32 = 16;

/// A program that draws A, B and each C.
pub(super) struct Paired {
    program: Program,
    company: CompanyId,
    theories: Vec<f64>,
    /// A, and whatever else some C is held against.
    a: Vec<Answers>,
    b: Answers,
    /// Each C, with what it is held against.
    c: Vec<(usize, Answers)>,
    /// What is subtracted from every value of each answer, so that sums keep their digits.
    centres: Vec<f64>,
}

/// The columns of a world's answers: under each theory, each answer; and the weight under what was learned.
struct Answers {
    values: Vec<Vec<Output>>,
    weight: Option<Output>,
}

/// The worlds under each theory, with the queries of their answers.
type Asked = Vec<(WorldId, Vec<QueryId>)>;

/// What the answers are asked of, and in which worlds.
pub(super) struct Pairing<'a> {
    /// The answers.
    pub(super) chances: &'a Chances,
    /// About what they are.
    pub(super) centres: Vec<f64>,
    /// The keys of all that is not known: what is drawn anew in B.
    pub(super) all: BTreeSet<String>,
    /// Each C.
    pub(super) parts: Vec<Part<'a>>,
}

/// What makes a C of A.
pub(super) struct Part<'a> {
    /// The keys of what is drawn anew in it.
    pub(super) redrawn: BTreeSet<String>,
    /// The model with its copulas in another order, in which C and its own A are drawn.
    pub(super) model: Option<&'a Model>,
}

/// The worlds of a model, under each theory by itself unless something was learned, with how probable it is.
pub(super) fn worlds<'m>(study: &Study<'m>, model: &'m Model) -> Vec<(f64, World<'m>)> {
    let whole = World { states: States::KnowledgeDrawn, ..study.world_of(model) };
    let is_conditional = !whole.learned.is_empty() || whole.active.contains(&true);
    if !model.has_theories() || is_conditional {
        return vec![(1.0, whole)];
    }
    let theories = model.theories.iter().enumerate().filter(|(_, one)| one.weight > 0.0);
    theories.map(|(at, one)| (one.weight, whole.under(TheoryId(at)))).collect()
}

impl Paired {
    /// The program of all these worlds.
    ///
    /// # Errors
    /// See [`compile`](crate::program::compile).
    pub(super) fn compile<'m>(study: &Study<'m>, pairing: &Pairing<'m>) -> Result<Paired, Failure> {
        let (mut ask, chances) = (Ask::new(), pairing.chances);
        let nothing = BTreeSet::new();
        let mut a = vec![ask_all(&mut ask, study, study.model, chances, &nothing)];
        let b = ask_all(&mut ask, study, study.model, chances, &pairing.all);
        let (mut models, mut c): (Vec<&Model>, _) = (vec![study.model], Vec::new());
        for Part { redrawn, model } in &pairing.parts {
            let model = model.unwrap_or(study.model);
            let known = models.iter().position(|one| std::ptr::eq(*one, model));
            let base = known.unwrap_or_else(|| {
                models.push(model);
                a.push(ask_all(&mut ask, study, model, chances, &nothing));
                a.len() - 1
            });
            c.push((base, ask_all(&mut ask, study, model, chances, redrawn)));
        }
        let program = study.compile(&ask)?;
        Ok(Paired {
            theories: worlds(study, study.model).iter().map(|one| one.0).collect(),
            a: a.iter().map(|one| Answers::of(&program, one)).collect(),
            b: Answers::of(&program, &b),
            c: c.iter().map(|(base, one)| (*base, Answers::of(&program, one))).collect(),
            company: program.company(&program.queries().collect::<Vec<QueryId>>()),
            centres: pairing.centres.clone(),
            program,
        })
    }

    /// Whether an answer is the same in a C as in A, whatever is drawn.
    pub(super) fn is_same(&self, answer: usize, c: usize) -> bool {
        let column = |one: &Answers, theory: usize| one.values[theory][answer];
        let (base, own) = &self.c[c];
        (0..self.theories.len()).all(|theory| column(&self.a[*base], theory) == column(own, theory))
    }

    /// Whether an answer is the same under every theory, whatever is drawn.
    pub(super) fn is_same_under_all(&self, answer: usize) -> bool {
        let columns = &self.a[0].values;
        columns.iter().all(|under| under[answer] == columns[0][answer])
    }

    /// The keys of what an answer depends on.
    pub(super) fn keys_of(&self, answer: usize) -> BTreeSet<&str> {
        let columns = self.a[0].values.iter().map(|own| own[answer]);
        let inputs = columns.flat_map(|one| self.program.inputs_of(one));
        inputs.map(|at| self.program.inputs()[at].key.as_str()).collect()
    }

    /// Whether an answer may change by a step as what is not known moves a little.
    pub(super) fn jumps(&self, answer: usize) -> bool {
        let answers = self.centres.len();
        let queries: Vec<QueryId> = self.program.queries().collect();
        (0..self.theories.len()).any(|theory| self.program.jumps(queries[theory * answers + answer]))
    }

    /// Sums over at least `draws` draws.
    ///
    /// # Errors
    /// An interruption.
    pub(super) fn draw(&self, study: &Study, draws: u64) -> Result<Sums, Failure> {
        let mut looks =
            study.watch.looks(draws.div_ceil(u64::from(REPLICATES)).next_power_of_two()).into_iter();
        let mut sums = self.sums(study, looks.next().unwrap_or(1))?;
        // Sums of fewer draws can't be gone on with: a net of them is another.
        for each in looks.take_while(|_| !study.watch.is_late()) {
            sums = self.sums(study, each)?;
        }
        Ok(sums)
    }

    fn sums(&self, study: &Study, each: u64) -> Result<Sums, Failure> {
        let Settings { kind, seed, threads, .. } = study.settings;
        let (replicates, level) = (REPLICATES, study.level);
        let plan = Plan { kind, seed, replicates, draws_per_replicate: each, threads, level };
        let net = (each >> LEVELS).max(1);
        let (leaf, leaves) = (net.min(BLOCK), vec![Vec::new(); REPLICATES as usize]);
        let ranges = vec![EMPTY; self.centres.len()];
        let mut collector = Summing { paired: self, leaf, net, leaves, ranges };
        let layout = Layout::paired(&self.program);
        run(&self.program, &plan, &layout, &plan.whole(), &mut collector, study.watch)?;
        let leaves = collector.leaves.into_iter().map(|one| one.into_iter().map(|(_, sums)| sums).collect());
        let (leaves, ranges) = (leaves.collect(), collector.ranges);
        Ok(Sums { leaves, draws: each, places: self.places(), ranges })
    }

    fn places(&self) -> Places {
        Places { answers: self.centres.len(), pairs: self.c.len() }
    }
}

/// Asks for all answers in the worlds of a model in which some of what is not known is drawn anew.
fn ask_all<'m>(
    ask: &mut Ask<'m>,
    study: &Study<'m>,
    model: &'m Model,
    chances: &Chances,
    redrawn: &BTreeSet<String>,
) -> Asked {
    let one = |(_, world): (f64, World<'m>)| {
        let id = ask.world(World { redrawn: redrawn.clone(), ..world });
        (id, chances.ask(ask, id, model))
    };
    worlds(study, model).into_iter().map(one).collect()
}

impl Answers {
    fn of(program: &Program, asked: &Asked) -> Answers {
        let column = |query: &QueryId| program.query(*query).numerator;
        Answers {
            values: asked.iter().map(|(_, queries)| queries.iter().map(column).collect()).collect(),
            weight: asked.first().and_then(|(world, _)| program.learned(*world).weight),
        }
    }

    /// The values of an answer under a theory, given what was learned, less its centre.
    fn column(&self, theory: usize, answer: usize, centre: f64, draws: &SoundDraws) -> Vec<f64> {
        let values = draws.column(self.values[theory][answer]);
        match self.weight {
            None => values.iter().map(|value| value - centre).collect(),
            Some(weight) => {
                let weights = draws.column(weight);
                // Where what was learned can't be, nothing is asked.
                let given =
                    |(value, weight): (&f64, &f64)| if *weight > 0.0 { value / weight - centre } else { 0.0 };
                values.iter().zip(&*weights).map(given).collect()
            }
        }
    }
}

// Sums.

/// Where each sum stands: the weight; then for each answer its first moment, its mean square under the theories, the square of
/// its mean over the theories, the product of A and B under the same theory, and that of the means; then for each C and answer
/// B·(C − A), half the square of A − C under the same theory, and that under two theories that are drawn apart.
#[derive(Clone, Copy, Debug)]
pub(super) struct Places {
    answers: usize,
    pairs: usize,
}

/// How many sums an answer has, and how many it has with each C.
const ALONE: usize = 5;
const WITH: usize = 3;

impl Places {
    /// How many sums there are.
    pub(super) fn count(self) -> usize {
        1 + self.answers * (ALONE + WITH * self.pairs)
    }

    fn alone(self, answer: usize, which: usize) -> usize {
        1 + answer * ALONE + which
    }

    pub(super) fn mean(self, answer: usize) -> usize {
        self.alone(answer, 0)
    }

    pub(super) fn square(self, answer: usize) -> usize {
        self.alone(answer, 1)
    }

    /// The square of the mean over theories.
    pub(super) fn mixed(self, answer: usize) -> usize {
        self.alone(answer, 2)
    }

    /// The product of two independent draws under the same theory.
    pub(super) fn same_theory(self, answer: usize) -> usize {
        self.alone(answer, 3)
    }

    /// The product of two independent draws, each the mean over theories.
    pub(super) fn apart(self, answer: usize) -> usize {
        self.alone(answer, 4)
    }

    /// B·(C − A).
    pub(super) fn covariance(self, answer: usize, pair: usize) -> usize {
        1 + self.answers * ALONE + (pair * self.answers + answer) * WITH
    }

    /// ½ (A − C)².
    pub(super) fn distance(self, answer: usize, pair: usize) -> usize {
        self.covariance(answer, pair) + 1
    }

    /// The same where A and C have theories of their own.
    pub(super) fn distance_apart(self, answer: usize, pair: usize) -> usize {
        self.covariance(answer, pair) + 2
    }
}

/// Sums over the draws of each replicate, net by nested net.
pub(super) struct Sums {
    /// By replicate and net: 64 nets, or fewer where there are fewer draws.
    pub(super) leaves: Vec<Vec<Vec<f64>>>,
    /// Draws in a replicate.
    pub(super) draws: u64,
    pub(super) places: Places,
    /// Between what each answer lies, less its centre.
    pub(super) ranges: Vec<[f64; 2]>,
}

/// The sums of some leaves, and between what each answer lies in them.
pub(super) struct Collected {
    leaves: Vec<(u64, Vec<f64>)>,
    ranges: Vec<[f64; 2]>,
}

/// Nothing lies in it.
const EMPTY: [f64; 2] = [f64::INFINITY, f64::NEG_INFINITY];

fn widen(range: &mut [f64; 2], values: &[f64]) {
    *range = values.iter().fold(*range, |[low, high], value| [low.min(*value), high.max(*value)]);
}

impl Sums {
    /// The base points that they are of.
    pub(super) fn points(&self) -> u64 {
        self.draws * u64::from(REPLICATES)
    }
}

struct Summing<'p> {
    paired: &'p Paired,
    /// Draws in a leaf, whose sums are made on one thread.
    leaf: u64,
    /// Draws in a net: some leaves.
    net: u64,
    leaves: Vec<Vec<(u64, Vec<f64>)>>,
    ranges: Vec<[f64; 2]>,
}

impl Collector for Summing<'_> {
    type Part = Collected;

    fn part(&self, _: u64) -> Self::Part {
        Collected { leaves: Vec::new(), ranges: vec![EMPTY; self.paired.centres.len()] }
    }

    fn observe(&self, part: &mut Self::Part, batch: &Batch) {
        let draws = batch.sound(self.paired.company);
        let leaves: Vec<u64> = draws.indices().map(|index| index / self.leaf).collect();
        let mut start = 0;
        let runs = leaves.chunk_by(|a, b| a == b).map(|run| {
            start += run.len();
            (run[0], start - run.len()..start)
        });
        let runs: Vec<(u64, Range<usize>)> = runs.collect();
        for (leaf, _) in &runs {
            if part.leaves.last().is_none_or(|(last, _)| last != leaf) {
                part.leaves.push((*leaf, vec![0.0; self.paired.places().count()]));
            }
        }
        self.paired.add(part, &runs, &draws);
    }

    fn end_block(&self, _: &mut Self::Part) {}

    fn collect(&mut self, replicate: u32, part: Self::Part) {
        let own = &mut self.leaves[replicate as usize];
        self.ranges.iter_mut().zip(&part.ranges).for_each(|(range, one)| widen(range, one));
        for (leaf, sums) in part.leaves {
            let net = leaf * self.leaf / self.net;
            match own.last_mut().filter(|(last, _)| *last == net) {
                Some((_, known)) => known.iter_mut().zip(sums).for_each(|(known, one)| *known += one),
                None => own.push((net, sums)),
            }
        }
    }
}

/// The sums of the leaves that some draws belong to.
struct Adder<'a> {
    part: &'a mut [(u64, Vec<f64>)],
    first: usize,
    runs: &'a [(u64, Range<usize>)],
}

impl Adder<'_> {
    fn add(&mut self, place: usize, term: impl Fn(usize) -> f64) {
        for ((_, sums), (_, range)) in self.part[self.first..].iter_mut().zip(self.runs) {
            sums[place] += range.clone().map(&term).sum::<f64>();
        }
    }
}

/// The values of an answer in a world, in some draws.
struct Values {
    /// Under each theory.
    under: Vec<Vec<f64>>,
    /// The mean over theories.
    mean: Vec<f64>,
}

impl Values {
    /// The product with other values under the same theory.
    fn product(&self, other: &Values, theories: &[f64], at: usize) -> f64 {
        let pairs = self.under.iter().zip(&other.under);
        theories.iter().zip(pairs).map(|(share, (x, y))| share * (x[at] * y[at])).sum()
    }

    /// The square of the distance from other values under the same theory.
    fn distance(&self, other: &Values, theories: &[f64], at: usize) -> f64 {
        let pairs = self.under.iter().zip(&other.under);
        let square = |x: f64| x * x;
        theories.iter().zip(pairs).map(|(share, (x, y))| share * square(x[at] - y[at])).sum()
    }
}

impl Paired {
    fn values(&self, under: Vec<Vec<f64>>) -> Values {
        let mean = |at: usize| self.theories.iter().zip(&under).map(|(share, own)| share * own[at]).sum();
        let mean = (0..under[0].len()).map(mean).collect();
        Values { under, mean }
    }

    /// Adds the draws to the sums of the last leaves.
    fn add(&self, part: &mut Collected, runs: &[(u64, Range<usize>)], draws: &SoundDraws) {
        let Collected { leaves, ranges } = part;
        let mut adder = Adder { first: leaves.len() - runs.len(), part: leaves, runs };
        let places = self.places();
        let weights = self.weights(draws);
        let w = |at: usize| weights.as_ref().map_or(1.0, |own| own[at]);
        adder.add(0, w);
        for (answer, range) in ranges.iter_mut().enumerate() {
            let columns = |of: &Answers| -> Vec<Vec<f64>> {
                let one = |theory| of.column(theory, answer, self.centres[answer], draws);
                (0..self.theories.len()).map(one).collect()
            };
            let all_a: Vec<Values> = self.a.iter().map(|one| self.values(columns(one))).collect();
            let (a, b) = (&all_a[0], self.values(columns(&self.b)));
            a.under.iter().for_each(|values| widen(range, values));
            let product = |x: &Values, y: &Values, at: usize| x.product(y, &self.theories, at);
            let square = |x: f64| x * x;
            adder.add(places.mean(answer), |at| w(at) * 0.5 * (a.mean[at] + b.mean[at]));
            adder.add(places.square(answer), |at| w(at) * 0.5 * (product(a, a, at) + product(&b, &b, at)));
            adder.add(places.mixed(answer), |at| w(at) * 0.5 * (square(a.mean[at]) + square(b.mean[at])));
            adder.add(places.same_theory(answer), |at| w(at) * product(a, &b, at));
            adder.add(places.apart(answer), |at| w(at) * (a.mean[at] * b.mean[at]));
            for (pair, (base, other)) in self.c.iter().enumerate() {
                if self.is_same(answer, pair) && self.theories.len() == 1 {
                    continue;
                }
                let (a, c) = (&all_a[*base], self.values(columns(other)));
                adder.add(places.covariance(answer, pair), |at| {
                    w(at) * (b.mean[at] * (c.mean[at] - a.mean[at]))
                });
                adder.add(places.distance(answer, pair), |at| {
                    w(at) * 0.5 * a.distance(&c, &self.theories, at)
                });
                // Under the only theory both are the same.
                if self.theories.len() == 1 {
                    continue;
                }
                let squares = |at: usize| product(a, a, at) + product(&c, &c, at);
                let apart = |at: usize| w(at) * (0.5 * squares(at) - a.mean[at] * c.mean[at]);
                adder.add(places.distance_apart(answer, pair), apart);
            }
        }
    }

    /// What each draw of A and B together weighs under what was learned; `None` if nothing weighs.
    fn weights(&self, draws: &SoundDraws) -> Option<Vec<f64>> {
        let (a, b) = (draws.column(self.a[0].weight?), draws.column(self.b.weight?));
        Some(a.iter().zip(&*b).map(|(a, b)| a * b).collect())
    }
}

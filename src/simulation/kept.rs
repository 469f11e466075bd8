//! Collectors of whole draws: the first ones, kept; all of them, passed on.

use std::borrow::Cow;
use std::io::{self, Write};

use super::collector::{Batch, Collector};
use super::pilot;
use super::plan::{Plan, Range};
use super::tally::square_column;
use crate::model::Model;
use crate::program::{Answers, Output, Program, Spread};

/// The most draws that are kept, and the most numbers.
const MOST_DRAWS: u64 = 1 << 14;
const MOST_NUMBERS: u64 = 1 << 21;

/// The first draws of a run, column by column, in the order of replicates and draws: a prefix of each replicate.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Kept {
    outputs: Vec<Output>,
    /// Outcomes whose squares are kept, each with the values that its probability can have.
    squared: Vec<(usize, Spread)>,
    per_replicate: u64,
    pub(super) columns: Vec<Vec<f64>>,
    pub(super) replicates: Vec<u32>,
}

impl Kept {
    /// Keeps the outcomes, the factors and the uncertain weights of a program's draws.
    pub fn new(program: &Program, plan: &Plan) -> Kept {
        let answers = &program.answers;
        let spreads = answers.factors.iter().flat_map(|spread| &spread.states).map(|(value, _)| *value);
        let weights = answers.weights.iter().map(|weight| weight.output);
        let theories = answers.theories.iter().flat_map(|one| one.outcomes.iter().copied().chain(one.weight));
        let outcomes = answers.outcomes.iter().copied().chain(theories);
        let mut outputs: Vec<Output> = outcomes.chain(spreads).chain(weights).chain(answers.weight).collect();
        outputs.sort();
        outputs.dedup();
        let squared = squared(program);
        let width = outputs.len() + squared.len();
        let room = (MOST_NUMBERS / width.max(1) as u64).clamp(1, MOST_DRAWS);
        let per_replicate = (room / u64::from(plan.replicates)).max(1);
        Kept { columns: vec![Vec::new(); width], outputs, squared, per_replicate, replicates: Vec::new() }
    }

    /// As many draws as were kept, each as often as its weight under what was learned says (systematic resampling; Kitagawa
    /// 1996), with probabilities given that. The same draws if nothing was learned.
    pub(super) fn resampled(mut self, program: &Program) -> Kept {
        let Some(weight) = program.answers.weight else { return self };
        let weights = self.column(weight).to_vec();
        for output in program.answers.outcomes.iter().chain([&weight]) {
            if let Ok(at) = self.outputs.binary_search(output) {
                let column = self.columns[at].iter_mut().zip(&weights);
                column.for_each(|(value, weight)| *value /= weight);
            }
        }
        let chosen: Vec<usize> =
            self.groups(1).into_iter().flat_map(|one| systematic(&weights, one)).collect();
        let pick = |column: &Vec<f64>| chosen.iter().map(|at| column[*at]).collect();
        Kept {
            columns: self.columns.iter().map(pick).collect(),
            replicates: chosen.iter().map(|at| self.replicates[*at]).collect(),
            ..self
        }
    }

    /// The draws of each replicate; independent draws, which have only one, are cut into at most `parts`.
    pub fn groups(&self, parts: usize) -> Vec<std::ops::Range<usize>> {
        let chunks = self.replicates.chunk_by(|a, b| a == b);
        let mut start = 0;
        let replicates = chunks.map(|chunk| {
            start += chunk.len();
            start - chunk.len()..start
        });
        let replicates: Vec<std::ops::Range<usize>> = replicates.collect();
        let [only] = &replicates[..] else { return replicates };
        let each = only.len().div_ceil(parts).max(1);
        (0..only.len()).step_by(each).map(|from| from..(from + each).min(only.len())).collect()
    }

    /// How many draws were kept.
    pub fn len(&self) -> usize {
        self.replicates.len()
    }

    /// Whether none were.
    pub fn is_empty(&self) -> bool {
        self.replicates.is_empty()
    }

    /// The values of an output in the kept draws; empty if it was not kept.
    pub fn column(&self, output: Output) -> &[f64] {
        match self.outputs.binary_search(&output) {
            Ok(at) => &self.columns[at],
            Err(_) => &[],
        }
    }

    /// The mean square of an outcome's probability over the states of what is not known, if it was kept.
    pub(super) fn squares(&self, outcome: usize) -> Option<&[f64]> {
        let at = self.squared.iter().position(|(one, _)| *one == outcome)?;
        Some(&self.columns[self.outputs.len() + at])
    }

    /// How many draws of a range can be kept.
    pub(super) fn most_of(&self, range: &Range) -> u64 {
        range.end.min(self.per_replicate).saturating_sub(range.start)
    }

    /// The replicate that each kept draw belongs to.
    pub fn replicates(&self) -> &[u32] {
        &self.replicates
    }
}

/// The outcomes whose probability has several values in a draw.
fn squared(program: &Program) -> Vec<(usize, Spread)> {
    let spreads = program.answers.outcome_spreads.iter().enumerate();
    let is_plain = |spread: &Spread| matches!(spread.states[..], [(_, None)]);
    let open = spreads.filter(|(_, one)| !is_plain(one) && pilot::constant_states(program, one).is_none());
    open.map(|(at, spread)| (at, spread.clone())).collect()
}

/// As many positions of `range` as it has, each about in proportion to its weight.
fn systematic(weights: &[f64], range: std::ops::Range<usize>) -> Vec<usize> {
    let total: f64 = weights[range.clone()].iter().sum();
    let step = total / range.len() as f64;
    let mut chosen = Vec::new();
    let mut passed = 0.0;
    for at in range {
        passed += weights[at];
        while (chosen.len() as f64 + 0.5) * step < passed {
            chosen.push(at);
        }
    }
    chosen
}

impl Collector for Kept {
    type Part = Vec<Vec<f64>>;

    fn part(&self, _: u64) -> Self::Part {
        vec![Vec::new(); self.columns.len()]
    }

    fn observe(&self, part: &mut Self::Part, batch: &Batch) {
        let take = batch.indices().take_while(|index| *index < self.per_replicate).count();
        if take == 0 {
            return;
        }
        for (output, column) in self.outputs.iter().zip(part.iter_mut()) {
            column.extend_from_slice(&batch.column(*output)[..take]);
        }
        for ((_, spread), column) in self.squared.iter().zip(&mut part[self.outputs.len()..]) {
            column.extend_from_slice(&square_column(spread, 0.0, batch)[..take]);
        }
    }

    fn end_block(&self, _: &mut Self::Part) {}

    fn collect(&mut self, replicate: u32, part: Self::Part) {
        let count = part.first().map_or(0, Vec::len);
        for (mine, more) in self.columns.iter_mut().zip(part) {
            mine.extend(more);
        }
        self.replicates.extend(std::iter::repeat_n(replicate, count));
    }
}

/// Writes every sound draw as a line of CSV: replicate, index, and the values of factors, derived values, events'
/// and outcomes' probabilities. Values that depend on events are averaged over them. Where something was learned, all are
/// given that, and the draw's weight under it stands last.
pub struct DrawSink<'a> {
    spreads: Vec<Spread>,
    weight: Option<Output>,
    /// How many of the last columns are probabilities.
    chances: usize,
    to: &'a mut (dyn Write + Send + Sync),
    failed: Option<io::Error>,
}

impl<'a> DrawSink<'a> {
    /// Writes the header.
    ///
    /// # Errors
    /// What `to` says.
    pub fn new(
        model: &Model,
        answers: &Answers,
        to: &'a mut (dyn Write + Send + Sync),
    ) -> io::Result<DrawSink<'a>> {
        let factors = model.factors.iter().map(|one| &one.name);
        let derived = model.derived.iter().map(|one| &one.name);
        let events = model.events.iter().map(|one| &one.name);
        let outcomes = model.outcomes.iter().map(|one| &one.name);
        let names: Vec<&str> =
            factors.chain(derived).chain(events).chain(outcomes).map(String::as_str).collect();
        let weight = if answers.weight.is_some() { ",weight" } else { "" };
        writeln!(to, "replicate,draw,{}{weight}", names.join(","))?;
        let mut spreads = answers.factors.clone();
        spreads.extend(answers.derived.iter().cloned());
        let chances = answers.events.iter().chain(&answers.outcomes);
        spreads.extend(chances.map(|output| Spread { states: vec![(*output, None)] }));
        Ok(DrawSink {
            spreads,
            weight: answers.weight,
            chances: answers.events.len() + answers.outcomes.len(),
            to,
            failed: None,
        })
    }

    /// Whether everything could be written.
    ///
    /// # Errors
    /// The first failure.
    pub fn finish(self) -> io::Result<()> {
        self.failed.map_or(Ok(()), Err)
    }
}

impl DrawSink<'_> {
    fn columns(&self, batch: &Batch) -> Vec<Vec<f64>> {
        let mut columns: Vec<Vec<f64>> =
            self.spreads.iter().map(|spread| mean_column(spread, batch).into_owned()).collect();
        let Some(weight) = self.weight else { return columns };
        let weights = batch.column(weight);
        let values = columns.len() - self.chances;
        for (at, column) in columns.iter_mut().enumerate() {
            // A value that no state changes is not weighed.
            let is_weighed = at >= values || self.spreads[at].states.iter().any(|(_, one)| one.is_some());
            if is_weighed {
                column.iter_mut().zip(&*weights).for_each(|(value, weight)| *value /= weight);
            }
        }
        columns.push(weights.into_owned());
        columns
    }
}

impl Collector for DrawSink<'_> {
    type Part = String;

    fn part(&self, _: u64) -> String {
        String::new()
    }

    fn part_bytes(&self, draws: u64) -> usize {
        // Replicate, index, the columns and the weight, at some twenty letters each.
        draws as usize * 20 * (self.spreads.len() + 3)
    }

    fn observe(&self, part: &mut String, batch: &Batch) {
        use std::fmt::Write;
        let columns = self.columns(batch);
        for (at, index) in batch.indices().enumerate() {
            let _ = write!(part, "{},{index}", batch.replicate);
            for column in &columns {
                let _ = write!(part, ",{}", column[at]);
            }
            part.push('\n');
        }
    }

    fn end_block(&self, _: &mut String) {}

    fn collect(&mut self, _: u32, part: String) {
        if self.failed.is_none() {
            self.failed = self.to.write_all(part.as_bytes()).err();
        }
    }
}

/// The values of a variable in a batch, averaged over the states of the events that it depends on.
pub(super) fn mean_column<'a>(spread: &Spread, batch: &Batch<'a>) -> Cow<'a, [f64]> {
    if let [(value, None)] = spread.states[..] {
        return batch.column(value);
    }
    let mut mean = vec![0.0; batch.len()];
    for (value, weight) in &spread.states {
        let values = batch.column(*value);
        match weight {
            None => mean.copy_from_slice(&values),
            Some(weight) => {
                let weights = batch.column(*weight);
                for ((mean, value), weight) in mean.iter_mut().zip(&*values).zip(&*weights) {
                    *mean += weight * value;
                }
            }
        }
    }
    mean.into()
}

impl<A: Collector, B: Collector> Collector for (A, B) {
    type Part = (A::Part, B::Part);

    fn part(&self, first_block: u64) -> Self::Part {
        (self.0.part(first_block), self.1.part(first_block))
    }

    fn part_bytes(&self, draws: u64) -> usize {
        self.0.part_bytes(draws) + self.1.part_bytes(draws)
    }

    fn observe(&self, part: &mut Self::Part, batch: &Batch) {
        self.0.observe(&mut part.0, batch);
        self.1.observe(&mut part.1, batch);
    }

    fn end_block(&self, part: &mut Self::Part) {
        self.0.end_block(&mut part.0);
        self.1.end_block(&mut part.1);
    }

    fn collect(&mut self, replicate: u32, part: Self::Part) {
        self.0.collect(replicate, part.0);
        self.1.collect(replicate, part.1);
    }
}

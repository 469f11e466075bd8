//! A run that is put together from parts, or a part that is put together from others.

use super::codec::Reader;
use super::collected::Collected;
use super::consistency::Consistency;
use super::kept::Kept;
use super::part::{BUILD, Header, Part, to_bytes};
use super::part_content;
use super::part_error::{Missing, PartError};
use super::plan::Plan;
use super::sampling::Sampling;
use super::shard::Shard;
use super::shards::Shards;
use super::simulate::{Sampled, conclude};
use super::tally::Tally;
use crate::program::Program;

/// Parts of one run, put together in any order. What it holds of draws that follow one another takes the memory of one part, however
/// many parts they came in.
pub struct Assembly<'a> {
    program: &'a Program,
    header: Header,
    plan: Plan,
    collected: Collected,
    consistency: Consistency,
    /// The shares that are there, and those that are but have no draws.
    shards: Vec<Shard>,
    hollow: Vec<Shard>,
}

impl<'a> Assembly<'a> {
    /// Without parts yet, of the run that `header` tells of.
    pub fn new(program: &'a Program, header: &Header) -> Assembly<'a> {
        let plan = header.plan(program, 1);
        let collected = Collected::none(Tally::new(program, &plan), Kept::new(program, &plan));
        let consistency = Consistency::of(program, &collected.tally.columns, &collected.kept);
        Assembly {
            program,
            header: header.clone(),
            plan,
            collected,
            consistency,
            shards: Vec::new(),
            hollow: Vec::new(),
        }
    }

    /// Takes in a part.
    ///
    /// # Errors
    /// [`PartError`]: it is another build's or another run's, has draws that are there already, or its content is none that draws give. If
    /// it is the content, the run can't be put together any more.
    pub fn add(&mut self, part: &Part) -> Result<(), PartError> {
        if part.header.build != BUILD {
            return Err(PartError::Build(part.header.build.clone(), BUILD));
        }
        if !self.header.is_of_run(&part.header) {
            return Err(PartError::Run);
        }
        let own = &part.header.shards;
        let ranges = own.ranges(&self.plan);
        if !own.are_apart(&self.plan) || ranges.iter().any(|range| self.collected.has_some_of(range)) {
            return Err(PartError::Overlap);
        }
        let reader: &mut Reader = &mut part.body();
        part_content::read(&mut self.collected, &self.consistency, &ranges, reader)?;
        reader.end()?;
        self.note_machine(&part.header.machine);
        for one in own.each() {
            let is_hollow = one.blocks(&self.plan).is_empty();
            if is_hollow { self.hollow.push(*one) } else { self.shards.push(*one) }
        }
        Ok(())
    }

    /// Of parts from several machines, none is named.
    fn note_machine(&mut self, machine: &str) {
        if self.shards.is_empty() && self.hollow.is_empty() {
            self.header.machine = machine.into();
        } else if self.header.machine != machine {
            self.header.machine = SEVERAL.into();
        }
    }

    /// The part that its parts are together, whether or not they follow one another; `None` if there are none. It does not depend on
    /// the order in which they came.
    pub fn part(&self) -> Option<Vec<u8>> {
        let header = Header { shards: self.shards()?, ..self.header.clone() };
        Some(to_bytes(&header, &self.collected))
    }

    /// The shares that its parts have; those without draws are told only where there are no others. `None` if there are none.
    pub fn shards(&self) -> Option<Shards> {
        let own = if self.shards.is_empty() { &self.hollow } else { &self.shards };
        Shards::of(own.clone())
    }

    /// The run, once all its parts have been added.
    ///
    /// # Errors
    /// Some are missing.
    pub fn finish(self) -> Result<Sampled<'a>, Missing> {
        let none = self.header.shards.each().iter();
        match Missing::beside(&self.shards, none.map(Shard::count), &self.plan) {
            Some(missing) => Err(missing),
            None => Ok(conclude(Sampling::collected(self.program, self.plan, self.collected.into_whole()))),
        }
    }
}

/// What stands for the machine of a part whose parts were made on several.
const SEVERAL: &str = "several";

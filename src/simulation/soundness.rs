//! Which draws of a batch gave numbers, in each of the worlds.

use crate::kernel;
use crate::program::{Arena, CompanyId, Output, Program, WorldId};

/// Looks at the draws of one batch after the other.
pub(super) struct Inspector<'p> {
    program: &'p Program,
    /// Every output that may fail to be a finite number, each once.
    doubtful: Vec<Output>,
    companies: Vec<Vec<WorldId>>,
}

/// The draws of a batch that are sound, by company; all are where nothing is said.
#[derive(Clone, Debug, Default)]
pub(super) struct Soundness {
    /// `None` for a company of which all draws are sound; empty if that is so of every company.
    lists: Vec<Option<Vec<u16>>>,
}

impl Soundness {
    /// The sound draws of a company, if not all are.
    pub(super) fn of(&self, company: CompanyId) -> Option<&[u16]> {
        self.lists.get(company.position())?.as_deref()
    }

    /// Whether every draw is sound in every world.
    pub(super) fn is_whole(&self) -> bool {
        self.lists.is_empty()
    }
}

impl<'p> Inspector<'p> {
    pub(super) fn new(program: &'p Program) -> Inspector<'p> {
        let mut doubtful: Vec<Output> =
            program.worlds().flat_map(|world| program.doubtful(world)).copied().collect();
        doubtful.sort();
        doubtful.dedup();
        Inspector { program, doubtful, companies: program.companies() }
    }

    /// The draws of which every output of a company's worlds is a finite number.
    pub(super) fn inspect(&self, arena: &Arena, length: usize) -> Soundness {
        let mut trace = 0.0;
        for output in &self.doubtful {
            trace_void(arena.level(), self.program.output(arena, *output), &mut trace);
        }
        if trace == 0.0 {
            return Soundness::default();
        }
        let by_world: Vec<Vec<bool>> =
            self.program.worlds().map(|world| self.sound_in(world, arena, length)).collect();
        let list = |worlds: &Vec<WorldId>| {
            let is_sound = |at: &u16| worlds.iter().all(|world| by_world[world.position()][usize::from(*at)]);
            let sound: Vec<u16> = (0..length as u16).filter(is_sound).collect();
            (sound.len() < length).then_some(sound)
        };
        let lists: Vec<Option<Vec<u16>>> = self.companies.iter().map(list).collect();
        Soundness { lists: if lists.iter().all(Option::is_none) { Vec::new() } else { lists } }
    }

    fn sound_in(&self, world: WorldId, arena: &Arena, length: usize) -> Vec<bool> {
        let mut sound = vec![true; length];
        for output in self.program.doubtful(world) {
            let column = self.program.output(arena, *output);
            sound.iter_mut().zip(column).for_each(|(sound, value)| *sound &= value.is_finite());
        }
        sound
    }
}

kernel! {
    /// Adds 0 if all values are finite, else NaN: x · 0 is 0 for a finite x and NaN for all else, and NaN stays.
    fn trace_void(values: &[f64], trace: &mut f64) {
        let mut lanes = [0.0; 32];
        let chunks = values.chunks_exact(32);
        let rest = chunks.remainder();
        for chunk in chunks {
            for lane in 0..32 {
                lanes[lane] += chunk[lane] * 0.0;
            }
        }
        *trace += lanes.iter().sum::<f64>() + rest.iter().map(|value| value * 0.0).sum::<f64>();
    }
}

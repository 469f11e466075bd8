//! Influence diagrams: what is decided, what that pays, and how both stand in a scenario.
//!
//! A decision stands as one with options where nothing that comes by chance depends on it, and where no decision knows
//! another. Else every decision stands as a factor whose states are equally probable, to be set, and what is to be
//! gained as derived values: the mean of the latter, where the former are set, is the expected utility.

use super::blocks::{Blocks, UtilityBlock, VariableBlock, Word};
use super::distribution::{ConditionalTable, Part};
use super::findings::{Findings, counted, shown};
use super::row::number;
use super::variable::{State, Variable};
use crate::diagnostic::Diagnostic;

/// The most combinations of states for which a gain is written out, and the most states of all its parents together, which an
/// expression would be as deep.
const MOST: (usize, usize) = (1000, 120);

/// Gains are added, which larger ones could not be.
const LARGEST: f64 = 1e100;

/// A number for each combination of states of some variables, the last varying fastest.
#[derive(Clone, Debug, PartialEq)]
pub struct Gain {
    /// Indices of the variables.
    pub parents: Vec<usize>,
    /// How many states each has.
    pub counts: Vec<usize>,
    /// The numbers.
    pub values: Vec<f64>,
}

impl Gain {
    /// The numbers of a block.
    ///
    /// # Errors
    /// They are too few or too many, or none; there are more than can be written out.
    pub(super) fn of(
        block: &UtilityBlock,
        parents: Vec<usize>,
        counts: Vec<usize>,
    ) -> Result<Gain, Diagnostic> {
        let wants = counts.iter().try_fold(1usize, |product, count| product.checked_mul(*count));
        let depth: usize = counts.iter().sum();
        if wants.is_none_or(|wants| wants > MOST.0) || depth > MOST.1 {
            let message = format!("{} depends on too many states", shown(&block.name.text));
            let error = Diagnostic::error("network-count", message);
            return Err(error
                .at(block.name.span, format!("more than {} combinations, or {} states", MOST.0, MOST.1))
                .hint("split it into several that are added"));
        }
        let weight = block.weight.as_ref().map_or(Ok(1.0), value)?;
        let numbers: Vec<f64> = block.numbers.iter().map(value).collect::<Result<_, _>>()?;
        if Some(numbers.len()) != wants {
            let wants = wants.unwrap_or(0);
            let has = counted(numbers.len(), "number");
            let message = format!("{has} for {}, where {wants} are needed", shown(&block.name.text));
            return Err(Diagnostic::error("network-count", message)
                .at(block.name.span, format!("{wants} needed"))
                .hint("one for each combination of its parents' states, the last parent varying fastest"));
        }
        // A weight of 1 leaves the numbers as they are, zeros without a minus.
        let values: Vec<f64> = numbers.into_iter().map(|one| one * weight + 0.0).collect();
        if values.iter().any(|one| one.abs() > LARGEST) {
            let message = format!("{} is more than {LARGEST:e}", shown(&block.name.text));
            let error =
                Diagnostic::error("network-number", message).at(block.name.span, "too much to be added");
            return Err(error.hint("measure it in a larger unit"));
        }
        Ok(Gain { parents, counts, values })
    }

    /// What it is where one of its variables has a state.
    fn at(&self, place: usize, state: usize) -> Gain {
        let (mut parents, mut counts) = (self.parents.clone(), self.counts.clone());
        parents.remove(place);
        let own = counts.remove(place);
        let behind: usize = self.counts[place + 1..].iter().product();
        let is_so = |at: &usize| at / behind % own == state;
        let values = (0..self.values.len()).filter(is_so).map(|at| self.values[at]).collect();
        Gain { parents, counts, values }
    }
}

fn value(word: &Word) -> Result<f64, Diagnostic> {
    number(&word.text).ok_or_else(|| {
        Diagnostic::error("network-number", format!("{} is no number", shown(&word.text)))
            .at(word.span, "not what can be gained")
            .hint("write a decimal number such as `-70` or `2.5e3`")
    })
}

/// What is to be gained.
#[derive(Clone, Debug, PartialEq)]
pub struct Utility {
    /// As the file writes it.
    pub name: String,
    /// What people call it, if the file says so.
    pub label: Option<String>,
    /// How much.
    pub gain: Gain,
}

/// What can be chosen, and what that pays.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    /// As the file writes it.
    pub name: String,
    /// What people call it, if the file says so.
    pub label: Option<String>,
    /// The options, at least two, each with what it pays: the sum of several gains.
    pub options: Vec<(State, Vec<Gain>)>,
    /// Indices of the variables that are known before.
    pub known: Vec<usize>,
}

/// A file's variables, decisions and gains, and how they are to stand.
pub(super) struct Diagram<'b> {
    blocks: &'b Blocks,
    gains: Vec<Gain>,
    known: Vec<Vec<usize>>,
    /// Whether decisions stand as such, in place of as factors.
    has_decisions: bool,
    /// The index of each block's variable in the network.
    indices: Vec<usize>,
}

impl<'b> Diagram<'b> {
    /// Of sound blocks.
    pub fn of(
        blocks: &'b Blocks,
        parts: &[Option<Part>],
        gains: Vec<Gain>,
        known: Vec<Vec<usize>>,
    ) -> Diagram<'b> {
        let is_decision = |index: &usize| blocks.variables[*index].known.is_some();
        let moves_chance = parts.iter().flatten().any(|(parents, _)| parents.iter().any(is_decision));
        let knows_another = known.iter().flatten().any(is_decision);
        let pays_several =
            gains.iter().any(|one| one.parents.iter().filter(|one| is_decision(one)).count() > 1);
        let pays = |index: usize| gains.iter().any(|one| one.parents.contains(&index));
        let all_pay = (0..blocks.variables.len())
            .filter(is_decision)
            .all(|index| blocks.variables[index].states.len() > 1 && pays(index));
        // A file that decides without anything to know of tells nothing.
        let has_chance = blocks.variables.iter().any(|one| one.known.is_none());
        let has_decisions = has_chance && !moves_chance && !knows_another && !pays_several && all_pay;
        let mut indices = Vec::with_capacity(blocks.variables.len());
        let mut next = 0;
        for block in &blocks.variables {
            indices.push(next);
            next += usize::from(block.known.is_none() || !has_decisions);
        }
        Diagram { blocks, gains, known, has_decisions, indices }
    }

    fn deciding(&self) -> impl Iterator<Item = (usize, &'b VariableBlock)> {
        self.blocks.variables.iter().enumerate().filter(|(_, one)| one.known.is_some())
    }

    /// What is to be said of decisions that stand as factors.
    pub fn notes(&self, found: &mut Findings) {
        for (_, block) in self.deciding().filter(|_| !self.has_decisions) {
            let name = shown(&block.name.text);
            let message = format!("the decision {name} stands as a factor whose states are equally probable");
            found.push(
                Diagnostic::warning("network-decision", message)
                    .at(block.name.span, "chances or other decisions depend on it, or nothing is gained by it")
                    .hint("decide it with --set; utilities stand as derived values, whose means are then the expected utilities"),
            );
        }
    }

    fn renumbered(&self, mut parents: Vec<usize>) -> Vec<usize> {
        parents.iter_mut().for_each(|one| *one = self.indices[*one]);
        parents
    }

    /// The variables, in the order of the file.
    pub fn variables(&self, parts: Vec<Option<Part>>) -> Vec<Variable> {
        let one = |(block, part): (&VariableBlock, Option<Part>)| {
            let is_left = block.known.is_some() && self.has_decisions;
            let (parents, table) = part.unwrap_or_else(|| (Vec::new(), equal(block.states.len())));
            (!is_left).then(|| Variable {
                name: block.name.text.clone(),
                label: block.label.clone(),
                states: block.states.iter().map(State::of).collect(),
                parents: self.renumbered(parents),
                table,
            })
        };
        self.blocks.variables.iter().zip(parts).filter_map(one).collect()
    }

    fn has_decision(&self, gain: &Gain) -> bool {
        gain.parents.iter().any(|one| self.blocks.variables[*one].known.is_some())
    }

    /// Whether a gain is a part of what options pay: all that depend on a decision are, and the others where there is one decision.
    fn is_paid(&self, gain: &Gain) -> bool {
        self.has_decisions && (self.has_decision(gain) || self.deciding().count() == 1)
    }

    /// What is to be gained besides.
    pub fn utilities(&self) -> Vec<Utility> {
        let all = self.blocks.utilities.iter().zip(&self.gains);
        let others = all.filter(|(_, gain)| !self.is_paid(gain));
        let one = |(block, gain): (&UtilityBlock, &Gain)| Utility {
            name: block.name.text.clone(),
            label: block.label.clone(),
            gain: Gain { parents: self.renumbered(gain.parents.clone()), ..gain.clone() },
        };
        others.map(one).collect()
    }

    /// The decisions that stand as such.
    pub fn decisions(&self) -> Vec<Decision> {
        let one = |(index, block): (usize, &VariableBlock)| Decision {
            name: block.name.text.clone(),
            label: block.label.clone(),
            options: (0..)
                .zip(&block.states)
                .map(|(at, one)| (State::of(one), self.payoff(index, at)))
                .collect(),
            known: self.renumbered(self.known[index].clone()),
        };
        self.deciding().filter(|_| self.has_decisions).map(one).collect()
    }

    /// What an option pays.
    fn payoff(&self, decision: usize, option: usize) -> Vec<Gain> {
        let paid = self.gains.iter().filter(|gain| self.is_paid(gain));
        let own = paid.filter_map(|gain| match gain.parents.iter().position(|one| *one == decision) {
            Some(place) => Some(gain.at(place, option)),
            None if self.has_decision(gain) => None,
            None => Some(gain.clone()),
        });
        own.map(|gain| Gain { parents: self.renumbered(gain.parents.clone()), ..gain }).collect()
    }
}

/// Equal chances.
fn equal(states: usize) -> ConditionalTable {
    let row = vec![1.0 / states as f64; states];
    ConditionalTable { rows: [(0, row)].into(), otherwise: None }
}

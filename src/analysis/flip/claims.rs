//! For each claim that fails: which number of the file would make it hold, by the smallest change.
//!
//! Numbers are moved in models that stand side by side in one program, on common random numbers, where nothing is asked but what claims
//! that fail want to know. What is found is tested as the file's own claims are, all of them.

use super::finding::{ClaimFlip, Repair};
use super::looking::short;
use crate::analysis::claims::{Agreement, Lack, Verdict, lacks, tested, tested_of};
use crate::analysis::sensitivity::structure::{Stated, change, stated};
use crate::analysis::{Failure, Remodel, Study};
use crate::model::Model;
use crate::simulation::{Rule, Settings};

/// As many draws as a look takes.
const DRAWS: u64 = 1 << 13;
/// As many draws as all claims are tested with, and only those on that these don't tell.
const TESTED: u64 = 1 << 16;
/// The share of itself by which every number is moved to see what that does, and the largest that is tried.
const NUDGE: f64 = 0.02;
const FARTHEST: f64 = 2.0;
/// As many numbers as are followed for each claim.
const TRIED: usize = 8;
/// As often as a number is moved on, each time so many times as far, and as often as the place is narrowed then.
const STRIDES: usize = 5;
const STRIDE: f64 = 1.6;
const ROUNDS: usize = 5;
/// As many numbers as are told for each claim.
const TOLD: usize = 5;
/// A claim holds where it does so by as many errors as leave little doubt: where it is to be tested, it is told by few draws.
const CLEARLY: f64 = 4.0;

/// A file whose claims are tested with other numbers.
struct Desk<'a> {
    study: &'a Study<'a>,
    remodel: &'a dyn Remodel,
}

/// A number that brings a claim nearer as it goes one way.
struct Lever {
    address: String,
    from: f64,
    sign: f64,
    /// The share of itself by which it would have to change if it went on so.
    aim: f64,
}

/// How far a number has to go: the largest share of itself at which the claim was seen to fail, and the smallest at which it was seen to hold.
struct Way<'l> {
    lever: &'l Lever,
    fails: f64,
    holds: Option<f64>,
    is_open: bool,
}

impl Lever {
    fn at(&self, share: f64) -> f64 {
        self.from * (1.0 + self.sign * share)
    }
}

/// What would make each claim hold that fails; nothing if none fails.
pub(super) fn repaired(study: &Study, now: &[Verdict]) -> Result<Vec<ClaimFlip>, Failure> {
    let failed: Vec<usize> = (0..now.len()).filter(|at| now[*at].agreement == Agreement::Disagrees).collect();
    let Some(remodel) = study.remodel.filter(|_| !failed.is_empty()) else { return Ok(Vec::new()) };
    let desk = Desk { study, remodel };
    let moved = desk.moved(&failed)?;
    let mut all = Vec::new();
    for (place, claim) in failed.iter().enumerate().take_while(|_| !study.watch.is_late()) {
        let levers = levers(&moved, place);
        let verdict = &now[*claim];
        all.push(ClaimFlip {
            claim: *claim,
            text: verdict.text.clone(),
            verdict: verdict.agreement,
            numbers: desk.repairs(*claim, &levers, now)?,
        });
    }
    Ok(all)
}

/// What claims that fail lack with a number of the file a little more or less.
struct Nudge {
    address: String,
    from: f64,
    sign: f64,
    lacks: Vec<Lack>,
}

/// The numbers that bring a claim nearer, those first that look nearest to making it hold.
fn levers(moved: &[Nudge], place: usize) -> Vec<Lever> {
    let lever = |one: &Nudge| {
        let Lack { value, gain, .. } = one.lacks[place];
        let aim = NUDGE * (value + gain) / gain;
        (gain > 1e-6 && aim <= FARTHEST).then(|| Lever {
            address: one.address.clone(),
            from: one.from,
            sign: one.sign,
            aim,
        })
    };
    let mut all: Vec<Lever> = moved.iter().filter_map(lever).collect();
    all.sort_by(|a, b| a.aim.total_cmp(&b.aim));
    all.truncate(TRIED);
    all
}

impl Desk<'_> {
    /// Every number of the file a little more, and a little less.
    fn moved(&self, failed: &[usize]) -> Result<Vec<Nudge>, Failure> {
        let both = |one: Stated| [1.0, -1.0].map(|sign| (one.address.clone(), one.value, sign));
        let all: Vec<(String, f64, f64)> = stated(self.study).into_iter().flat_map(both).collect();
        let places: Vec<(&str, f64)> =
            all.iter().map(|(address, from, sign)| (address.as_str(), from * (1.0 + sign * NUDGE))).collect();
        let found = self.lacks(failed, &places)?;
        let nudge = |((address, from, sign), lacks): ((String, f64, f64), Option<Vec<Lack>>)| {
            Some(Nudge { address, from, sign, lacks: lacks? })
        };
        Ok(all.into_iter().zip(found).filter_map(nudge).collect())
    }

    /// What some claims lack with each number in place of the file's; nothing where that can't be, or time has run out.
    fn lacks(&self, claims: &[usize], places: &[(&str, f64)]) -> Result<Vec<Option<Vec<Lack>>>, Failure> {
        let mut all = vec![None; places.len()];
        let (mut models, mut own) = (Vec::new(), Vec::new());
        for (at, (address, value)) in places.iter().enumerate() {
            if self.study.watch.is_late() {
                break;
            }
            if let Some(model) = self.model(address, *value)? {
                models.push(model);
                own.push(at);
            }
        }
        let found = lacks(self.study, &models, claims, DRAWS)?;
        own.into_iter().zip(found).for_each(|(at, one)| all[at] = one);
        Ok(all)
    }

    /// The numbers that make a claim hold, the smallest change first.
    fn repairs(&self, claim: usize, levers: &[Lever], now: &[Verdict]) -> Result<Vec<Repair>, Failure> {
        let mut ways: Vec<Way> =
            levers.iter().map(|lever| Way { lever, fails: 0.0, holds: None, is_open: true }).collect();
        for stride in 0..STRIDES {
            self.look(claim, &mut ways, |way| {
                let is_next = way.holds.is_none();
                is_next.then(|| way.lever.aim * STRIDE.powi(stride as i32))
            })?;
        }
        for _ in 0..ROUNDS {
            self.look(claim, &mut ways, |way| Some(0.5 * (way.fails + way.holds?)))?;
        }
        ways.retain(|way| way.holds.is_some());
        let far = |way: &Way| way.holds.unwrap_or(f64::INFINITY);
        ways.sort_by(|a, b| far(a).total_cmp(&far(b)));
        let mut repairs = Vec::new();
        for way in ways.iter().take_while(|_| !self.study.watch.is_late()) {
            repairs.extend(self.settled(claim, way, now)?);
            if repairs.len() == TOLD {
                break;
            }
        }
        let size = |one: &Repair| (one.to - one.from).abs() / one.from.abs();
        repairs.sort_by(|a, b| size(a).total_cmp(&size(b)));
        Ok(repairs)
    }

    /// Looks at each way that is open once more, where `next` says.
    fn look(
        &self,
        claim: usize,
        ways: &mut [Way],
        next: impl Fn(&Way) -> Option<f64>,
    ) -> Result<(), Failure> {
        let mut open: Vec<(&mut Way, f64)> = ways
            .iter_mut()
            .filter(|way| way.is_open)
            .filter_map(|way| next(way).map(|share| (way, share)))
            .collect();
        let places: Vec<(&str, f64)> =
            open.iter().map(|(way, share)| (way.lever.address.as_str(), way.lever.at(*share))).collect();
        let found = self.lacks(&[claim], &places)?;
        for ((way, share), found) in open.iter_mut().zip(found) {
            match found.map(|all| all[0]).filter(|one| one.value.is_finite()) {
                Some(lack) if lack.value + CLEARLY * lack.error < 0.0 => way.holds = Some(*share),
                Some(_) => way.fails = *share,
                // What can't be there can't be beyond, but may be before.
                None if way.holds.is_none() => way.is_open = false,
                None => way.fails = *share,
            }
        }
        Ok(())
    }

    /// A value that is short to write, tested as the file's own claims are.
    fn settled(&self, claim: usize, way: &Way, now: &[Verdict]) -> Result<Option<Repair>, Failure> {
        let (lever, Some(holds)) = (way.lever, way.holds) else { return Ok(None) };
        let (from, holds) = (lever.from, lever.at(holds));
        for stretch in [1.0, 1.05, 1.15, 1.3] {
            let value = from + (holds - from) * stretch;
            let to = short(value, from, (holds - from).abs() * 0.1);
            let Some(model) = self.model(&lever.address, to)? else { continue };
            if let Some(breaks) = self.tested(claim, &model, now)? {
                return Ok(Some(Repair { address: lever.address.clone(), from, to, breaks }));
            }
        }
        Ok(None)
    }

    /// The claims that fail in a model and do not now; nothing unless the claim at hand holds there. All are tested, and then by as many
    /// draws as the file's own those alone that fewer don't tell.
    fn tested(&self, claim: usize, model: &Model, now: &[Verdict]) -> Result<Option<Vec<usize>>, Failure> {
        let few = Settings { rule: Rule::Draws(TESTED), ..self.study.settings };
        let Some(found) = checked(self.study, model, &few)? else { return Ok(None) };
        if found[claim].agreement != Agreement::Agrees {
            return Ok(None);
        }
        let is = |at: usize, agreement: Agreement| found[at].agreement == agreement;
        let held = (0..found.len()).filter(|at| now[*at].agreement != Agreement::Disagrees);
        let (mut breaks, others): (Vec<usize>, Vec<usize>) =
            held.partition(|at| is(*at, Agreement::Disagrees));
        let open: Vec<usize> = others.into_iter().filter(|at| is(*at, Agreement::CannotTell)).collect();
        if !open.is_empty() {
            let (told, ..) = tested_of(&Study { model, variants: &[], ..*self.study }, &open)?;
            let fails = open.into_iter().zip(told).filter(|(_, one)| one.agreement == Agreement::Disagrees);
            breaks.extend(fails.map(|(at, _)| at));
            breaks.sort_unstable();
        }
        Ok(Some(breaks))
    }

    /// The model with a number in place of the file's; nothing if it can't be built.
    fn model(&self, address: &str, value: f64) -> Result<Option<Model>, Failure> {
        match self.remodel.remodel(&[change(address, value)]) {
            Ok(model) => Ok(Some(model)),
            Err(Failure::Interrupted) => Err(Failure::Interrupted),
            Err(_) => Ok(None),
        }
    }
}

/// The claims of another model of the same file; nothing if it has no answer.
pub(super) fn checked(
    study: &Study,
    model: &Model,
    settings: &Settings,
) -> Result<Option<Vec<Verdict>>, Failure> {
    let other = Study { model, variants: &[], settings: *settings, ..*study };
    match tested(&other) {
        Ok((verdicts, ..)) => Ok(Some(verdicts)),
        Err(Failure::Interrupted) => Err(Failure::Interrupted),
        Err(_) => Ok(None),
    }
}

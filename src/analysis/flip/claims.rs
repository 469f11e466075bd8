//! For each claim that fails: which number of the file would make it hold, by the smallest change.

use super::finding::{ClaimFlip, Repair};
use super::looking::short;
use crate::analysis::claims::{Agreement, Verdict, tested};
use crate::analysis::sensitivity::structure::{change, stated};
use crate::analysis::{Failure, Remodel, Study};
use crate::expression::Comparison as Sign;
use crate::model::Model;
use crate::simulation::{Rule, Settings};

/// As many draws as a look takes.
const DRAWS: u64 = 1 << 13;
/// The share of itself by which every number is moved to see what that does, and the largest that is tried.
const NUDGE: f64 = 0.02;
const FARTHEST: f64 = 2.0;
/// As many numbers as are followed for each claim.
const TRIED: usize = 8;
/// As often as a number is moved on, each time half as far again, and as often as the place is narrowed then.
const STRIDES: usize = 5;
const ROUNDS: usize = 5;
/// As many numbers as are told for each claim.
const TOLD: usize = 5;

/// A file whose claims are tested with other numbers.
struct Desk<'a> {
    study: &'a Study<'a>,
    remodel: &'a dyn Remodel,
    quick: Settings,
}

/// A number that brings a claim nearer as it goes one way.
struct Lever {
    address: String,
    from: f64,
    sign: f64,
    /// The share of itself by which it would have to change if it went on so.
    aim: f64,
}

/// What would make each claim hold that fails; nothing if none fails.
pub(super) fn repaired(study: &Study, now: &[Verdict]) -> Result<Vec<ClaimFlip>, Failure> {
    let failed: Vec<usize> = (0..now.len()).filter(|at| now[*at].agreement == Agreement::Disagrees).collect();
    let Some(remodel) = study.remodel.filter(|_| !failed.is_empty()) else { return Ok(Vec::new()) };
    let quick = Settings { rule: Rule::Draws(DRAWS), ..study.settings };
    let desk = Desk { study, remodel, quick };
    let moved = desk.moved()?;
    let mut all = Vec::new();
    for claim in failed.into_iter().take_while(|_| !study.watch.is_late()) {
        let mut repairs = Vec::new();
        for lever in levers(&moved, claim, now) {
            repairs.extend(desk.repair(claim, &lever, now)?);
        }
        let size = |one: &Repair| (one.to - one.from).abs() / one.from.abs();
        repairs.sort_by(|a, b| size(a).total_cmp(&size(b)));
        repairs.truncate(TOLD);
        let verdict = &now[claim];
        all.push(ClaimFlip {
            claim,
            text: verdict.text.clone(),
            verdict: verdict.agreement,
            numbers: repairs,
        });
    }
    Ok(all)
}

/// All claims with a number of the file a little more or less.
struct Nudge {
    address: String,
    from: f64,
    sign: f64,
    verdicts: Vec<Verdict>,
}

/// The numbers that bring a claim nearer, those first that look nearest to making it hold.
fn levers(moved: &[Nudge], claim: usize, now: &[Verdict]) -> Vec<Lever> {
    let own = lack(&now[claim]);
    let lever = |one: &Nudge| {
        let gain = own - lack(&one.verdicts[claim]);
        let aim = NUDGE * own / gain;
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
    fn moved(&self) -> Result<Vec<Nudge>, Failure> {
        let mut all = Vec::new();
        for one in stated(self.study).into_iter().take_while(|_| !self.study.watch.is_late()) {
            for sign in [1.0, -1.0] {
                let value = one.value * (1.0 + sign * NUDGE);
                if let Some(verdicts) = self.verdicts(&one.address, value, &self.quick)? {
                    all.push(Nudge { address: one.address.clone(), from: one.value, sign, verdicts });
                }
            }
        }
        Ok(all)
    }

    /// The smallest change of a number that makes a claim hold.
    fn repair(&self, claim: usize, lever: &Lever, now: &[Verdict]) -> Result<Option<Repair>, Failure> {
        let at = |share: f64| lever.from * (1.0 + lever.sign * share);
        let (mut fails, mut share) = (0.0, lever.aim);
        let mut holds = None;
        for _ in 0..STRIDES {
            match self.lack(claim, &lever.address, at(share))? {
                Some(lack) if lack < 0.0 => {
                    holds = Some(share);
                    break;
                }
                Some(_) => fails = share,
                None => break,
            }
            share *= 1.6;
        }
        let Some(mut holds) = holds else { return Ok(None) };
        for _ in 0..ROUNDS {
            let middle = 0.5 * (fails + holds);
            match self.lack(claim, &lever.address, at(middle))? {
                Some(lack) if lack < 0.0 => holds = middle,
                _ => fails = middle,
            }
        }
        self.settled(claim, lever, at(holds), now)
    }

    /// A value that is short to write, tested as the file's own claims are.
    fn settled(
        &self,
        claim: usize,
        lever: &Lever,
        holds: f64,
        now: &[Verdict],
    ) -> Result<Option<Repair>, Failure> {
        let from = lever.from;
        for stretch in [1.0, 1.05, 1.15, 1.3] {
            let value = from + (holds - from) * stretch;
            let to = short(value, from, (holds - from).abs() * 0.1);
            let Some(found) = self.verdicts(&lever.address, to, &self.study.settings)? else { continue };
            if found[claim].agreement != Agreement::Agrees {
                continue;
            }
            let fails = |all: &[Verdict], at: usize| all[at].agreement == Agreement::Disagrees;
            let breaks = (0..found.len()).filter(|at| fails(&found, *at) && !fails(now, *at)).collect();
            return Ok(Some(Repair { address: lever.address.clone(), from, to, breaks }));
        }
        Ok(None)
    }

    /// By how much a claim fails with a number in place of the file's; nothing where that can't be.
    fn lack(&self, claim: usize, address: &str, value: f64) -> Result<Option<f64>, Failure> {
        let found = self.verdicts(address, value, &self.quick)?;
        Ok(found.map(|found| lack(&found[claim])).filter(|lack| lack.is_finite()))
    }

    fn verdicts(
        &self,
        address: &str,
        value: f64,
        settings: &Settings,
    ) -> Result<Option<Vec<Verdict>>, Failure> {
        let model = match self.remodel.remodel(&[change(address, value)]) {
            Ok(model) => model,
            Err(Failure::Interrupted) => return Err(Failure::Interrupted),
            Err(_) => return Ok(None),
        };
        checked(self.study, &model, settings)
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

/// By how much the comparison fails that fails most: negative if all hold.
fn lack(verdict: &Verdict) -> f64 {
    let one = |one: &crate::analysis::claims::Comparison| match one.sign {
        Sign::Less | Sign::LessOrEqual => one.difference.value,
        Sign::Greater | Sign::GreaterOrEqual => -one.difference.value,
        Sign::Equal | Sign::NotEqual => f64::NAN,
    };
    verdict.comparisons.iter().map(one).fold(f64::NEG_INFINITY, f64::max)
}

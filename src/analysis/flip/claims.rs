//! For each claim that fails: which number of the file would make it hold, by the smallest change.

use super::finding::{ClaimFlip, Repair};
use super::looking::short;
use crate::analysis::claims::{Agreement, Check, CheckFinding, Verdict};
use crate::analysis::sensitivity::structure::{change, stated};
use crate::analysis::{Failure, Question, Remodel, Study};
use crate::expression::Comparison as Sign;
use crate::model::Model;
use crate::simulation::{Rule, Settings};

/// As many draws as a look takes.
const DRAWS: u64 = 1 << 13;
/// Shares of itself by which a number is moved, one after the other, up and down.
const SHARES: [f64; 6] = [0.05, 0.1, 0.2, 0.35, 0.6, 0.9];
/// As often as the place is narrowed.
const ROUNDS: usize = 5;
/// As many numbers as are told for each claim.
const TOLD: usize = 5;

/// A model with its claims.
struct Desk<'a> {
    study: &'a Study<'a>,
    remodel: &'a dyn Remodel,
    settings: Settings,
}

/// What would make each claim hold that fails; nothing if none fails.
pub(super) fn repaired(study: &Study, now: &CheckFinding) -> Result<Vec<ClaimFlip>, Failure> {
    let failed: Vec<usize> =
        (0..now.claims.len()).filter(|at| now.claims[*at].agreement == Agreement::Disagrees).collect();
    let Some(remodel) = study.remodel.filter(|_| !failed.is_empty()) else { return Ok(Vec::new()) };
    let desk = Desk { study, remodel, settings: Settings { rule: Rule::Draws(DRAWS), ..study.settings } };
    let numbers: Vec<(String, f64)> = stated(study).into_iter().map(|one| (one.address, one.value)).collect();
    let mut all = Vec::new();
    for claim in failed {
        let mut repairs = Vec::new();
        for (address, from) in &numbers {
            repairs.extend(desk.repair(claim, address, *from, now)?);
        }
        let size = |one: &Repair| (one.to - one.from).abs() / one.from.abs();
        repairs.sort_by(|a, b| size(a).total_cmp(&size(b)));
        repairs.truncate(TOLD);
        let verdict = &now.claims[claim];
        all.push(ClaimFlip {
            claim,
            text: verdict.text.clone(),
            verdict: verdict.agreement,
            numbers: repairs,
        });
    }
    Ok(all)
}

impl Desk<'_> {
    /// The smallest change of a number that makes a claim hold, checked as the file's own claims are.
    fn repair(
        &self,
        claim: usize,
        address: &str,
        from: f64,
        now: &CheckFinding,
    ) -> Result<Option<Repair>, Failure> {
        // A number that a small step does not bring nearer is left alone.
        let own = lack(&now.claims[claim]);
        let mut nearest: Option<(f64, f64)> = None;
        for sign in [1.0, -1.0] {
            let small = self.lack(claim, address, from * (1.0 + sign * SHARES[0]))?;
            if small.is_none_or(|small| small >= own) {
                continue;
            }
            let mut before = from;
            for share in SHARES {
                let value = from * (1.0 + sign * share);
                match self.lack(claim, address, value)? {
                    Some(lack) if lack < 0.0 => {
                        let is_nearer =
                            nearest.is_none_or(|(_, one)| (value - from).abs() < (one - from).abs());
                        nearest = if is_nearer { Some((before, value)) } else { nearest };
                        break;
                    }
                    Some(_) => before = value,
                    None => break,
                }
            }
        }
        let Some((mut fails, mut holds)) = nearest else { return Ok(None) };
        for _ in 0..ROUNDS {
            let middle = 0.5 * (fails + holds);
            match self.lack(claim, address, middle)? {
                Some(lack) if lack < 0.0 => holds = middle,
                _ => fails = middle,
            }
        }
        self.settled(claim, address, (from, holds), now)
    }

    /// A value that is short to write, as a whole check has it.
    fn settled(
        &self,
        claim: usize,
        address: &str,
        (from, holds): (f64, f64),
        now: &CheckFinding,
    ) -> Result<Option<Repair>, Failure> {
        for stretch in [1.0, 1.05, 1.15, 1.3] {
            let value = from + (holds - from) * stretch;
            let to = short(value, from, (holds - from).abs() * 0.1);
            let Some(found) = self.check(address, to, &self.study.settings)? else { continue };
            if found.claims[claim].agreement != Agreement::Agrees {
                continue;
            }
            let fails = |all: &CheckFinding, at: usize| all.claims[at].agreement == Agreement::Disagrees;
            let breaks =
                (0..found.claims.len()).filter(|at| fails(&found, *at) && !fails(now, *at)).collect();
            return Ok(Some(Repair { address: address.into(), from, to, breaks }));
        }
        Ok(None)
    }

    /// By how much a claim fails with a number in place of the file's; nothing where that can't be.
    fn lack(&self, claim: usize, address: &str, value: f64) -> Result<Option<f64>, Failure> {
        let found = self.check(address, value, &self.settings)?;
        Ok(found.map(|found| lack(&found.claims[claim])).filter(|lack| lack.is_finite()))
    }

    fn check(&self, address: &str, value: f64, settings: &Settings) -> Result<Option<CheckFinding>, Failure> {
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
) -> Result<Option<CheckFinding>, Failure> {
    let other = Study { model, variants: &[], settings: *settings, ..*study };
    match Check::default().answer(&other) {
        Ok(answered) => Ok(Some(answered.finding)),
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

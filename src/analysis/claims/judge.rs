//! Looks at more and more draws until every claim can be told.

use super::asked::{Asked, Difference, Logic, Test};
use super::finding::{Agreement, Comparison};
use crate::analysis::course::Course;
use crate::analysis::estimated::Margin;
use crate::analysis::{Failure, Study};
use crate::expression::Comparison as Sign;
use crate::program::{Program, QueryId};
use crate::simulation::{Estimates, FEWEST, Plan, REPLICATES, Rule, Sampled, Sampling};
use crate::statistics::{Estimate, student_t_quantile};

/// The most draws that claims are given if nothing else is said.
const MOST: u64 = 1 << 20;

/// The chance that any verdict of one check is wrong.
const ERROR: f64 = 0.05;

pub(super) type Answered = (Agreement, Vec<Comparison>);

/// What the last look saw.
pub(super) struct Looked {
    pub(super) answers: Vec<Answered>,
    /// Draws that were taken; 0 if none entered any verdict.
    pub(super) draws: u64,
    pub(super) course: Course,
}

/// Looks at more and more draws until every claim can be told or the draws are spent.
pub(super) fn look(program: &Program, asked: &Asked, study: &Study) -> Result<Looked, Failure> {
    let (tests, settings) = (&asked.tests, &study.settings);
    let most = match settings.rule {
        Rule::Draws(draws) => draws,
        Rule::Until { most, .. } => most.min(MOST),
    };
    let is_exact = program.inputs().is_empty();
    let first = if is_exact { 1 } else { FEWEST.min(most) };
    let plan = Plan::new(settings.kind, settings.seed, first, REPLICATES, settings.threads);
    let mut sampling = Sampling::new(program, Plan { level: study.level, ..plan });
    let mut draws = plan.draws_per_replicate;
    let comparisons: usize = tests.iter().map(Test::len).sum();
    let mut number = 0;
    loop {
        number += 1;
        sampling.grow(draws, study.watch)?;
        let total = sampling.plan().draws();
        let judges = if plan.replicates == 1 { 0..0 } else { 0..plan.replicates as usize };
        let judge = Judge {
            estimates: sampling.estimates(judges.clone()),
            critical: critical(number, comparisons, &plan, total),
        };
        let answers: Vec<Answered> = tests.iter().map(|test| judge.test(test)).collect();
        let is_told = answers.iter().all(|(agreement, _)| *agreement != Agreement::CannotTell);
        let is_over = study.watch.is_late() || total * 2 > most;
        if is_told || is_exact || sampling.is_void() || is_over {
            let draws = if is_exact { 0 } else { total };
            let sampled = Sampled { sampling, judges, reached: true, missed: None };
            let course = asked.inquiry.course(&sampled, &sampled.estimates());
            return Ok(Looked { answers, draws, course });
        }
        draws *= 2;
    }
}

/// How many standard errors a difference must be from 0 at a look: a two-sided Student quantile.
fn critical(look: i32, comparisons: usize, plan: &Plan, draws: u64) -> f64 {
    let level = ERROR * 0.5f64.powi(look) / comparisons.max(1) as f64;
    let freedom = if plan.replicates == 1 { draws.saturating_sub(1) } else { u64::from(plan.replicates) - 1 };
    student_t_quantile(1.0 - level / 2.0, freedom.max(1) as f64)
}

pub(super) struct Judge<'a> {
    pub(super) estimates: Estimates<'a>,
    /// How many standard errors a difference must be from 0.
    pub(super) critical: f64,
}

impl Judge<'_> {
    pub(super) fn test(&self, test: &Test) -> Answered {
        let mut seen = Vec::new();
        let agreement = match test {
            Test::Condition(logic) => self.logic(logic, &mut seen),
            Test::All(differences) if differences.is_empty() => Agreement::CannotTell,
            Test::All(differences) => {
                let each: Vec<Agreement> =
                    differences.iter().map(|one| self.compare(one, &mut seen)).collect();
                each.into_iter().fold(Agreement::Agrees, and)
            }
        };
        (agreement, seen)
    }

    /// Kleene's three-valued logic (1952).
    fn logic(&self, logic: &Logic, seen: &mut Vec<Comparison>) -> Agreement {
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

    fn compare(&self, difference: &Difference, seen: &mut Vec<Comparison>) -> Agreement {
        let parts = self.parts(difference);
        let estimate = self.estimates.combination(difference.constant, &parts);
        let agreement = self.agreement(&estimate, &parts, difference.sign);
        let what = difference.what.clone();
        seen.push(Comparison { what, sign: difference.sign, difference: Margin(estimate), agreement });
        agreement
    }

    /// The queries with their factors, equal ones together; what cancels is left out, so that a cause that does nothing
    /// is seen to do exactly nothing.
    fn parts(&self, difference: &Difference) -> Vec<(f64, QueryId)> {
        let mut parts: Vec<(f64, QueryId)> = Vec::new();
        for (factor, query) in &difference.parts {
            match parts.iter_mut().find(|(_, known)| self.estimates.is_same(*known, *query)) {
                Some((sum, _)) => *sum += factor,
                None => parts.push((*factor, *query)),
            }
        }
        parts.retain(|(factor, _)| *factor != 0.0);
        parts
    }

    fn agreement(&self, estimate: &Estimate, parts: &[(f64, QueryId)], sign: Sign) -> Agreement {
        if estimate.value.is_nan() {
            return Agreement::CannotTell;
        }
        // Rounding alone must not decide an exact comparison.
        let value = if estimate.value.abs() < 1e-12 { 0.0 } else { estimate.value };
        if estimate.exact {
            return if sign.apply(value, 0.0) == 1.0 { Agreement::Agrees } else { Agreement::Disagrees };
        }
        // What never happened in n draws may still happen: no error is taken as smaller than one draw's worth.
        let one_draw: f64 =
            parts.iter().map(|(factor, query)| factor.abs() * self.estimates.one_draw(*query)).sum();
        let margin = self.critical * estimate.std_error.max(one_draw);
        let truth = if value > margin {
            sign.apply(1.0, 0.0)
        } else if value < -margin {
            sign.apply(-1.0, 0.0)
        } else {
            return Agreement::CannotTell;
        };
        if truth == 1.0 { Agreement::Agrees } else { Agreement::Disagrees }
    }
}

fn and(a: Agreement, b: Agreement) -> Agreement {
    match (a, b) {
        (Agreement::Disagrees, _) | (_, Agreement::Disagrees) => Agreement::Disagrees,
        (Agreement::Agrees, Agreement::Agrees) => Agreement::Agrees,
        _ => Agreement::CannotTell,
    }
}

fn not(agreement: Agreement) -> Agreement {
    match agreement {
        Agreement::Agrees => Agreement::Disagrees,
        Agreement::Disagrees => Agreement::Agrees,
        Agreement::CannotTell => Agreement::CannotTell,
    }
}

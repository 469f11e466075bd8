//! Is the file sound, and does it agree with what its source claims?

use super::asked::Asked;
use super::finding::{Agreement, CheckFinding, Counts, Verdict};
use super::judge::{Looked, look};
use crate::analysis::answered::Answered;
use crate::analysis::course::{Course, WorldCourse};
use crate::analysis::question::Question;
use crate::analysis::run::Run;
use crate::analysis::second_opinion::{SecondOpinion, second_opinion};
use crate::analysis::{Failure, Study, consistency};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::number::counted;
use crate::model::Claim;
use crate::simulation::Plan;

/// Is the file sound, and does it agree with what its source claims?
#[derive(Clone, Copy, Debug)]
pub struct Check {
    /// Whether claims are tested. The study's rule gives the most draws.
    pub is_tested: bool,
    /// Whether every answer of a run is held against a second, plain simulation.
    pub is_doubted: bool,
}

impl Default for Check {
    fn default() -> Check {
        Check { is_tested: true, is_doubted: false }
    }
}

impl Question for Check {
    type Finding = CheckFinding;

    fn answer(&self, study: &Study) -> Result<Answered<CheckFinding>, Failure> {
        // Whether it and its variants can be run at all.
        Run::default().compile(study)?;
        check_variants(study)?;
        let second = self.is_doubted.then(|| second_opinion(study)).transpose()?;
        let (claims, draws, course) = match (self.is_tested, &second) {
            (true, _) => tested(study)?,
            (false, Some((_, course))) => (Vec::new(), None, course.clone()),
            (false, None) => (Vec::new(), None, untested(study)),
        };
        let second_opinion = second.map(|(found, _)| found);
        let model = study.model;
        let count = |agreement| claims.iter().filter(|one: &&Verdict| one.agreement == agreement).count();
        let finding = CheckFinding {
            file_hash: study.file_hash.into(),
            counts: Counts::of(model, study.variants.len()),
            tested: self.is_tested,
            draws,
            agree: count(Agreement::Agrees),
            disagree: count(Agreement::Disagrees),
            cannot_tell: count(Agreement::CannotTell),
            claims,
            conflicts: if self.is_tested { consistency::conflicts(model) } else { Vec::new() },
            evidence: model.evidence.iter().filter(|one| one.active).map(|one| one.id.clone()).collect(),
            second_opinion,
        };
        let doubts =
            open(&finding).into_iter().chain(finding.second_opinion.iter().flat_map(SecondOpinion::doubts));
        Ok(Answered { doubts: doubts.collect(), finding, course })
    }
}

/// Whether every variant can be computed.
fn check_variants(study: &Study) -> Result<(), Failure> {
    for (at, variant) in study.variants.iter().enumerate() {
        let own = Study { model: &variant.model, variants: &[], ..*study };
        Run::default().compile(&own).map_err(|failure| match failure {
            Failure::Compile(error, _) => Failure::Compile(error, Some(at)),
            other => other,
        })?;
    }
    Ok(())
}

/// The verdicts, the draws of the last look, and how they went.
pub(in crate::analysis) fn tested(study: &Study) -> Result<(Vec<Verdict>, Option<u64>, Course), Failure> {
    tested_of(study, &(0..study.model.claims.len()).collect::<Vec<_>>())
}

/// The same of some claims, by position.
pub(in crate::analysis) fn tested_of(
    study: &Study,
    which: &[usize],
) -> Result<(Vec<Verdict>, Option<u64>, Course), Failure> {
    let claims: Vec<&Claim> = which.iter().map(|at| &study.model.claims[*at]).collect();
    let asked = Asked::new(study, &claims)?;
    let program = asked.inquiry.compile(study)?;
    let Looked { answers, draws, mut course } = look(&program, &asked, study)?;
    let verdict = |(claim, (agreement, comparisons)): (&Claim, _)| Verdict {
        text: claim.text.clone(),
        written: claim.written.clone(),
        agreement,
        place: study.sources.place(claim.span),
        comparisons,
        span: claim.span,
    };
    let claims: Vec<Verdict> = claims.into_iter().zip(answers).map(verdict).collect();
    course.exact = claims.iter().flat_map(|claim| &claim.comparisons).all(|one| one.difference.exact);
    Ok((claims, Some(draws), course))
}

/// No draws.
fn untested(study: &Study) -> Course {
    let (kind, seed) = (study.settings.kind, study.settings.seed);
    let plan = Plan { replicates: 0, draws_per_replicate: 0, ..Plan::new(kind, seed, 1, 1, 1) };
    let worlds = vec![WorldCourse::default()];
    Course { plan, exact: true, reached: true, missed: None, worlds, drawn: Vec::new() }
}

/// A warning for each claim that can't be told.
fn open(finding: &CheckFinding) -> Vec<Diagnostic> {
    let open = finding.claims.iter().filter(|claim| claim.agreement == Agreement::CannotTell);
    open.map(|claim| {
        if claim.comparisons.is_empty() {
            return Diagnostic::warning("open-claim", "a claim can't be told: its cause has a single value")
                .at(claim.span, "nothing can rise or fall with what never changes")
                .hint("let the cause vary: without --set, or with a distribution as its value");
        }
        let draws = finding.draws.unwrap_or(0);
        Diagnostic::warning("open-claim", format!("a claim can't be told with {}", counted(draws, "draw")))
            .at(claim.span, "too close to tell")
            .hint("raise --draws, or ask for a difference that is not so close to 0")
    })
    .collect()
}

//! `foretell check`.

use std::process::ExitCode;

use super::args::{CheckArgs, CheckFormat, Exactness};
use super::changes::Changes;
use super::doubts::{not_exact, of_void, too_rare};
use super::failure::Failure;
use super::interrupt::Interrupt;
use super::load::{Loaded, load};
use super::progress::Progress;
use super::sampling::extent;
use super::terminal::{STYLE, Terminal};
use crate::analysis::claims::{self, Agreement, Verdicts};
use crate::analysis::learned::LearnedSummary;
use crate::diagnostic::Diagnostic;
use crate::report::Check;
use crate::report::number::counted;

/// Checks a scenario: messages about the file, then a verdict on each claim.
///
/// # Errors
/// The file, the flags or the machine say no.
pub fn check(args: &CheckArgs, terminal: &Terminal) -> Result<ExitCode, Failure> {
    let changes = Changes::of(&args.sampling);
    let interrupt = Interrupt::listen();
    let mut scenario = load(&args.file, &changes, &interrupt)?;
    scenario.compile(&changes, &interrupt.watch.limits())?;
    scenario.check_variants(&interrupt.watch.limits())?;
    let verdicts =
        if args.no_sampling { None } else { Some(verdicts(&scenario, args, terminal, &interrupt)?) };
    if let Some(verdicts) = &verdicts {
        if args.sampling.exact == Exactness::Require && !verdicts.is_exact() {
            return Err(Failure::plain(not_exact()));
        }
        let void = of_void(&scenario, &verdicts.void, verdicts.draws)?;
        scenario.warnings.extend(void);
        if verdicts.effective_draws < LearnedSummary::FEWEST {
            let message = too_rare(&scenario.model, verdicts.effective_draws);
            return Err(Failure::about(scenario.sources.clone(), message));
        }
        scenario.warnings.extend(open(verdicts));
    }
    let check = Check::new(
        &scenario.model,
        scenario.variants.len(),
        verdicts,
        &scenario.sources,
        &scenario.warnings,
        &scenario.file_hash,
    );
    terminal.warn(&scenario.sources, &scenario.warnings);
    let answer = match args.format {
        CheckFormat::Text => check.text(terminal.detail, STYLE),
        CheckFormat::Json => check.json(),
    };
    interrupt.at_once(|| terminal.answer(&answer))?;
    Ok(ExitCode::from(u8::from(check.count(Agreement::Disagrees) > 0)))
}

fn verdicts(
    scenario: &Loaded,
    args: &CheckArgs,
    terminal: &Terminal,
    interrupt: &Interrupt,
) -> Result<Verdicts, Failure> {
    let settings = args.sampling.settings();
    let (most, _) = extent(settings.rule);
    let _progress = Progress::start(terminal, &interrupt.watch, most, false);
    claims::check(&scenario.model, &settings, &scenario.cache, &interrupt.watch)
        .map_err(|failure| scenario.unanswered(&failure))
}

/// A warning for each claim that can't be told.
fn open(verdicts: &Verdicts) -> Vec<Diagnostic> {
    let open = verdicts.claims.iter().filter(|claim| claim.agreement == Agreement::CannotTell);
    open.map(|claim| {
        if claim.comparisons.is_empty() {
            return Diagnostic::warning("open-claim", "a claim can't be told: its cause has a single value")
                .at(claim.span, "nothing can rise or fall with what never changes")
                .hint("let the cause vary: without --set, or with a distribution as its value");
        }
        let draws = counted(verdicts.draws, "draw");
        Diagnostic::warning("open-claim", format!("a claim can't be told with {draws}"))
            .at(claim.span, "too close to tell")
            .hint("raise --draws, or ask for a difference that is not so close to 0")
    })
    .collect()
}

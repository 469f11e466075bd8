//! Walks over numbered cases: as many as there is patience for, each the same on every machine.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use crate::networks::Chance;

/// No case takes longer, on a machine that has much else to do; none of a walk by hand, which may have less of it than anything else.
const LONGEST: Duration = Duration::from_secs(60);
const LONGEST_BY_HAND: Duration = Duration::from_secs(600);

/// After so many failures a walk ends, and one by hand after a hundred times as many.
const FAILURES: usize = 10;

/// Walks through the first cases of a kind, `usual` of them; for so many seconds instead as `FORETELL_FUZZ` says, or through the
/// one case whose number is in `FORETELL_FUZZ_CASE`. `of` makes the case of what chance says, and panics where a promise is broken.
///
/// # Panics
/// Some case did, with the numbers of those that did.
pub fn walk(name: &str, usual: u64, of: impl Fn(&mut Chance)) {
    let number = |name| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let by_hand = number("FORETELL_FUZZ").map(Duration::from_secs);
    let cases = match (number("FORETELL_FUZZ_CASE"), by_hand) {
        (Some(one), _) => one..one + 1,
        (None, Some(_)) => 0..u64::MAX,
        (None, None) => 0..usual,
    };
    let (time, most, longest) = match by_hand {
        Some(time) => (time, 100 * FAILURES, LONGEST_BY_HAND),
        None => (Duration::MAX, FAILURES, LONGEST),
    };
    let (started, mut failed, mut count) = (Instant::now(), Vec::new(), 0);
    for case in cases {
        if started.elapsed() >= time || failed.len() >= most {
            break;
        }
        count += 1;
        let outcome = guarded((name, case), longest, || of(&mut chance(name, case)));
        failed.extend(outcome.err().map(|why| format!("case {case}: {}", words(&*why))));
    }
    println!("{name}: {count} cases in {:?}, {} failed", started.elapsed(), failed.len());
    assert!(failed.is_empty(), "{name}, of {count} cases:\n{}", failed.join("\n"));
}

/// What decides a case: its walk and its number.
fn chance(name: &str, case: u64) -> Chance {
    let mut seed =
        Chance(name.bytes().fold(case, |seed, byte| seed.wrapping_mul(257).wrapping_add(byte.into())));
    // Neighbours are to have nothing in common.
    Chance(seed.below(usize::MAX) as u64)
}

/// One case, which ends: where it does not, all ends with its number.
fn guarded(of_walk: (&str, u64), longest: Duration, of: impl FnOnce()) -> Result<(), Box<dyn Any + Send>> {
    let (done, is_done) = channel::<()>();
    let is_done = Mutex::new(is_done);
    std::thread::scope(|scope| {
        scope.spawn(|| watch(of_walk, longest, &is_done.lock().expect("one watcher")));
        let outcome = catch_unwind(AssertUnwindSafe(of));
        drop(done);
        outcome
    })
}

fn watch((name, case): (&str, u64), longest: Duration, is_done: &Receiver<()>) {
    if is_done.recv_timeout(longest) == Err(RecvTimeoutError::Timeout) {
        eprintln!("{name}, case {case}: no end within {longest:?}");
        std::process::exit(101);
    }
}

/// What a panic said.
fn words(why: &(dyn Any + Send)) -> String {
    let text = why.downcast_ref::<String>().map(String::as_str);
    text.or(why.downcast_ref::<&str>().copied()).unwrap_or("a panic without words").to_string()
}

#[test]
fn a_case_that_fails_is_named() {
    let failing = || {
        walk("planted", 40, |chance| {
            let number = chance.below(10);
            assert!(number > 0, "a zero");
        });
    };
    let why = catch_unwind(failing).expect_err("some case of 40 has a zero");
    assert!(words(&*why).contains(": a zero"), "{}", words(&*why));
}

//! Hundreds of random models.

use foretell::analysis::second_opinion::{Kind, SecondOpinion, Twice};
use foretell::session::{Changes, Failure};

use super::generator::{Made, made};
use super::{opinion, settings};

/// Models, and worlds of each. `FORETELL_SEEDS` asks for more models.
const MODELS: u64 = 240;
const WORLDS: u64 = 1 << 13;

/// The probability with which chance alone fails each of the tests here.
const LEVEL: f64 = 0.001;

fn models() -> u64 {
    std::env::var("FORETELL_SEEDS").ok().and_then(|text| text.parse().ok()).unwrap_or(MODELS)
}

/// The second opinion on each model that has answers, with the model.
fn opinions() -> Vec<(u64, Made, SecondOpinion)> {
    let threads = std::thread::available_parallelism().map_or(1, |count| count.get() as u64);
    let own = |first: u64| {
        let seeds = (first..models()).step_by(threads as usize);
        seeds.filter_map(|seed| one(seed).map(|(made, found)| (seed, made, found))).collect::<Vec<_>>()
    };
    let mut all: Vec<(u64, Made, SecondOpinion)> = std::thread::scope(|scope| {
        let parts: Vec<_> = (0..threads).map(|first| scope.spawn(move || own(first))).collect();
        parts.into_iter().flat_map(|part| part.join().expect("a thread")).collect()
    });
    all.sort_by_key(|one| one.0);
    all
}

/// A model that is refused (a correlation that its distributions do not have, evidence that leaves too few draws) has none; one of
/// the former has the same correlations of its normals.
fn one(seed: u64) -> Option<(Made, SecondOpinion)> {
    let made = made(seed);
    let started = std::time::Instant::now();
    let found = asked(seed, made).or_else(|made| {
        let text = ["rank =", "pearson =", "kendall ="]
            .iter()
            .fold(made.text, |text, kind| text.replace(kind, "normal ="));
        asked(seed, Made { text, ..made })
    });
    if std::env::var("FORETELL_SHOW").is_ok() && started.elapsed().as_secs_f64() > 0.5 {
        println!("{seed} took {:.2} s", started.elapsed().as_secs_f64());
    }
    found.ok()
}

fn asked(seed: u64, made: Made) -> Result<(Made, SecondOpinion), Made> {
    let changes =
        Changes { given: made.given.clone(), evidence: made.evidence.clone(), ..Changes::default() };
    match opinion(&made.text, &changes, &settings(WORLDS, seed)) {
        Ok(found) => Ok((made, found)),
        Err(Failure::No(sources, messages)) => {
            if std::env::var("FORETELL_SHOW").is_ok() {
                let text =
                    foretell::diagnostic::render_all(&messages, &sources, foretell::diagnostic::Style::Plain);
                println!("== {seed}\n{text}");
            }
            Err(made)
        }
        Err(Failure::Interrupted) => Err(made),
    }
}

fn compared(found: &SecondOpinion) -> impl Iterator<Item = &Twice> {
    found.answers.iter().filter(|one| one.agrees.is_some())
}

/// P(√n D > x) for the distance D of n draws from their distribution (Kolmogorov 1933).
fn kolmogorov(x: f64) -> f64 {
    (1..100).map(|k| 2.0 * (-1f64).powi(k - 1) * (-2.0 * f64::from(k * k) * x * x).exp()).sum()
}

#[test]
fn random_models_agree() {
    let all = opinions();
    assert!(all.len() as u64 * 10 >= models() * 7, "only {} of {} models have answers", all.len(), models());
    let count: usize = all.iter().map(|(.., found)| found.compared).sum();
    for (seed, made, found) in &all {
        for one in compared(found) {
            // Bonferroni over all answers of all models.
            if one.p_value * (count as f64) < LEVEL {
                println!("{seed} given {:?} {:?}: {one:?}\n{}", made.given, made.evidence, made.text);
            }
        }
    }
    let least = all.iter().flat_map(|(.., found)| compared(found)).map(|one| one.p_value).fold(1.0, f64::min);
    println!("{count} answers of {} models, the least p {least:e}", all.len());
    assert!(least * count as f64 >= LEVEL, "{least:e} among {count}");
    scores_are_normal(&all);
    every_kind_is_there(&all);
}

/// One score of each model, so that they are independent: those of shares and means that many worlds tell.
fn scores_are_normal(all: &[(u64, Made, SecondOpinion)]) {
    let fits = |one: &&Twice| {
        let is_drawn = one.plain.std_error > 5.0 * one.integrated.std_error && one.z != 0.0;
        let is_many = one.kind.is_mean() || (0.01..0.99).contains(&one.integrated.value);
        is_drawn && is_many
    };
    let pick = |(seed, _, found): &(u64, Made, SecondOpinion)| {
        let fitting: Vec<&Twice> = compared(found).filter(fits).collect();
        (!fitting.is_empty()).then(|| fitting[*seed as usize * 7 % fitting.len()].z)
    };
    let mut z: Vec<f64> = all.iter().filter_map(pick).collect();
    z.sort_by(f64::total_cmp);
    let n = z.len() as f64;
    let cdf = |x: f64| 0.5 * libm::erfc(-x / 2f64.sqrt());
    let far =
        |(at, x): (usize, &f64)| (cdf(*x) - at as f64 / n).abs().max((cdf(*x) - (at + 1) as f64 / n).abs());
    let distance = z.iter().enumerate().map(far).fold(0.0, f64::max) * n.sqrt();
    println!("{n} scores: √n D = {distance:.2}, p = {:.3}", kolmogorov(distance));
    assert!(n * 2.0 > models() as f64 && kolmogorov(distance) > LEVEL, "√n D = {distance} of {n}");
    // And neither too narrow nor too wide: 10 % lie beyond 1.645, within 3.29 deviations of a binomial count.
    let beyond = z.iter().filter(|one| one.abs() > 1.645).count() as f64;
    assert!((beyond - 0.1 * n).abs() < 3.29 * (0.09 * n).sqrt(), "{beyond} of {n} beyond 1.645");
}

/// The models would prove little if they were all alike.
fn every_kind_is_there(all: &[(u64, Made, SecondOpinion)]) {
    let kinds = [
        (Kind::Outcome, 300),
        (Kind::Event, 150),
        (Kind::State, 150),
        (Kind::Theory, 50),
        (Kind::OutcomeUnderTheory, 100),
        (Kind::Evidence, 50),
        (Kind::Mean, 400),
        (Kind::MeanGivenOutcome, 300),
        (Kind::Percentile, 1200),
    ];
    for (kind, least) in kinds {
        let count = all.iter().flat_map(|(.., found)| compared(found)).filter(|one| one.kind == kind).count();
        println!("{kind:?}: {count}");
        assert!(count as u64 * 300 >= least * models(), "{kind:?}: {count}");
    }
    let words = [
        "rank =",
        "pearson =",
        "kendall =",
        "normal =",
        "degrees =",
        "mixture(",
        "truncate(",
        "data.csv",
        " to ",
        "noisy_or",
        "when =",
    ];
    for word in words {
        let count = all.iter().filter(|(_, made, _)| made.text.contains(word)).count();
        println!("{word}: {count}");
        assert!(count as u64 * 300 >= 5 * models(), "`{word}` stands in {count} models");
    }
}

//! `compare`: what two files say otherwise, how far answers move, and which edit moved them.

#![allow(clippy::disallowed_methods)]

use std::collections::BTreeMap;

use foretell::analysis::compare::{ChangeKind, CompareFinding, ComparedAnswer, Method};
use foretell::analysis::run::Run;
use foretell::design::Kind;
use foretell::diagnostic::SourceFile;
use foretell::session::{Answer, Changes, Comparison, Failure, Session};
use foretell::simulation::{Rule, Settings};

fn none(name: &str) -> Result<String, String> {
    Err(format!("no {name} here"))
}

fn settings(draws: u64, seed: u64) -> Settings {
    Settings { seed, threads: 1, rule: Rule::Draws(draws), ..Settings::default() }
}

/// Two texts, compared.
fn attempt(
    before: &str,
    after: &str,
    changes: &Changes,
    settings: &Settings,
) -> Result<Answer<CompareFinding>, Failure> {
    let mut first = Session::open(SourceFile::new("old.toml", before), none)?;
    let second = first.beside(SourceFile::new("new.toml", after), none)?;
    Comparison::of_files(&first, &second, changes)?.answer(&[], settings)
}

#[track_caller]
fn compared(before: &str, after: &str, settings: &Settings) -> CompareFinding {
    let answer = attempt(before, after, &Changes::default(), settings);
    answer.unwrap_or_else(|why| panic!("{why}")).finding
}

/// The exact probability of each outcome of a finite model.
fn exact(text: &str) -> Vec<f64> {
    let session = Session::open(SourceFile::new("x.toml", text), none).expect("a text");
    let case = session.case(&Changes::default()).unwrap_or_else(|why| panic!("{text}\n{why}"));
    let run = case.answer(&Run::default(), &settings(1, 1)).expect("a run").finding;
    run.outcomes.iter().map(|one| one.probability.value).collect()
}

fn answer<'f>(found: &'f CompareFinding, id: &str) -> &'f ComparedAnswer {
    found.answers.iter().find(|one| one.id == id).expect("an answer")
}

/// The share of an edit, by the first of its addresses, in an answer's move.
fn share(found: &CompareFinding, address: &str, id: &str) -> f64 {
    let edit = found.edits.iter().find(|one| one.addresses[0] == address);
    let edit = edit.unwrap_or_else(|| panic!("no {address} among {:?}", addresses(found)));
    edit.effects.iter().find(|one| one.id == id).expect("an effect").value.value
}

fn addresses(found: &CompareFinding) -> Vec<Vec<String>> {
    found.edits.iter().map(|one| one.addresses.clone()).collect()
}

/// How far shares are from the move that they sum to.
fn gap(found: &CompareFinding) -> f64 {
    let common = found.answers.iter().filter(|one| one.before.is_some() && one.after.is_some()).enumerate();
    let one = |(at, answer): (usize, &ComparedAnswer)| {
        let sum: f64 = found.edits.iter().map(|edit| edit.effects[at].value.value).sum();
        (sum - answer.difference.value).abs()
    };
    common.map(one).fold(0.0, f64::max)
}

/// Four numbers that work together, and two outcomes.
fn finite(storm: f64, strikes: f64, weight: f64, pull: f64) -> String {
    format!(
        "[events.storm]\nprobability = {storm}\n[events.strike]\nprobability = 'if storm then {strikes} else 0.1'\n\
         [outcomes.late]\nscore = 'if strike then (if storm then {weight} else {pull}) else 0'\n[outcomes.early]\nscore = 0\n"
    )
}

/// The mean, over all orders of some edits, of what each adds when its turn comes.
fn over_all_orders(count: usize, value: &dyn Fn(&[bool]) -> f64) -> Vec<f64> {
    fn orders(left: &[usize]) -> Vec<Vec<usize>> {
        if left.is_empty() {
            return vec![Vec::new()];
        }
        let with = |first: &usize| {
            let rest: Vec<usize> = left.iter().copied().filter(|one| one != first).collect();
            orders(&rest).into_iter().map(move |rest| [vec![*first], rest].concat()).collect::<Vec<_>>()
        };
        left.iter().flat_map(with).collect()
    }
    let all = orders(&(0..count).collect::<Vec<_>>());
    let mut sums = vec![0.0; count];
    for order in &all {
        let mut done = vec![false; count];
        for at in order {
            let before = value(&done);
            done[*at] = true;
            sums[*at] += value(&done) - before;
        }
    }
    sums.into_iter().map(|sum| sum / all.len() as f64).collect()
}

#[test]
fn shares_are_means_over_all_orders() {
    let (old, new) = ([0.3, 0.6, 2.0, 0.5], [0.6, 0.9, 3.0, -1.0]);
    let text = |done: &[bool]| {
        let at = |one: usize| if done[one] { new[one] } else { old[one] };
        finite(at(0), at(1), at(2), at(3))
    };
    // Weight and pull stand in one formula: it is one edit.
    let value = |done: &[bool]| exact(&text(&[done[0], done[1], done[2], done[2]]))[0];
    let expected = over_all_orders(3, &value);
    let found = compared(&text(&[false; 4]), &text(&[true; 4]), &settings(1 << 10, 1));
    let names = ["events.storm.probability", "events.strike.probability", "outcomes.late.score"];
    for (name, expected) in names.iter().zip(&expected) {
        assert!((share(&found, name, "late") - expected).abs() < 1e-12, "{name}");
    }
    let how = found.attribution.expect("edits");
    assert_eq!((how.method, how.models, how.permutations), (Method::Exact, 8, 6));
    assert!(gap(&found) < 1e-12 && found.answers.iter().all(|one| one.difference.exact));
    // Edits done one at a time from the first file do not sum to the move here: that would be another definition.
    let alone = |at: usize| {
        let done: Vec<bool> = (0..3).map(|one| one == at).collect();
        value(&done) - value(&[false; 3])
    };
    let sum: f64 = (0..3).map(alone).sum();
    assert!((sum - answer(&found, "late").difference.value).abs() > 0.01);
}

const DRAWN: &str = "
    [factors.x]
    value = 'uniform(0, 1)'
    [factors.y]
    value = 'beta(2, 3)'
    [derived.square]
    value = 'x * x'
    [outcomes.up]
    weights = { x = 2, y = 1 }
    [outcomes.down]
";

#[test]
fn a_file_says_the_same_as_itself() {
    let same = |before: &str, after: &str| {
        let found = compared(before, after, &settings(1 << 12, 1));
        assert!(found.same && found.edits.is_empty() && found.attribution.is_none(), "{found:?}");
        for one in &found.answers {
            let difference = one.difference;
            assert_eq!((difference.value, difference.std_error, difference.exact), (0.0, 0.0, true));
            assert_eq!(one.before, one.after);
        }
        found.words.len()
    };
    assert_eq!(same(DRAWN, DRAWN), 0);
    // Comments, blanks, the order of sections, and how numbers and texts are written say nothing.
    let otherwise = "# so\noutcomes = { up.weights = { y = 1.0, x = 0x2 }, down = {} }\n\
                     [derived]\nsquare.value = \"x*x\"\n[factors]\ny = { value = 'beta( 2,3 )' }\nx.value = \"uniform(0, 1)\"\n";
    assert_eq!(same(DRAWN, otherwise), 0);
    // Words are told, and move nothing.
    let worded = DRAWN
        .replace("[derived.square]", "[derived.square]\nlabel = 'The square'\nsource = { where = 'there' }");
    assert_eq!(same(DRAWN, &worded), 2);
    let claimed =
        format!("{DRAWN}\n[[claims]]\nexpect = 'P(up) > 0.1'\n[variants.high]\nset = {{ x = 1 }}\n");
    assert_eq!(same(DRAWN, &claimed), 2);
    // Whereas a number counts.
    assert!(!compared(DRAWN, &DRAWN.replace("y = 1", "y = 1.5"), &settings(1 << 12, 1)).same);
}

#[test]
fn answers_of_the_first_are_those_of_a_run() {
    let after = DRAWN.replace("[factors.x]", "[factors.w]\nvalue = 'normal(0, 1)'\n[factors.x]");
    let after = after.replace("x = 2", "x = 2, w = 0.3");
    let found = compared(DRAWN, &after, &settings(1 << 12, 3));
    let session = Session::open(SourceFile::new("x.toml", DRAWN), none).expect("a text");
    let run =
        session.case(&Changes::default()).expect("sound").answer(&Run::default(), &settings(1 << 12, 3));
    let run = run.expect("a run").finding;
    let before = answer(&found, "up").before.expect("the first has it");
    assert_eq!(before.value.to_bits(), run.outcomes[0].probability.value.to_bits());
}

/// E(x²) of a uniform on (0, high): high² / 3.
fn high(high: f64) -> String {
    DRAWN.replace("uniform(0, 1)", &format!("uniform(0, {high})"))
}

#[test]
fn errors_of_differences_cover_and_are_small() {
    let truth = (1.2f64.powi(2) - 1.0) / 3.0;
    let (mut inside, mut ratio) = (0, 0.0);
    let seeds = 200;
    for seed in 0..seeds {
        let independent = Settings { kind: Kind::Independent, ..settings(1 << 11, seed) };
        let found = compared(&high(1.0), &high(1.2), &independent);
        let one = answer(&found, "square");
        inside += i32::from((one.difference.interval.0..=one.difference.interval.1).contains(&truth));
        let apart = [one.before, one.after].map(|end| end.expect("both have it").std_error);
        ratio += one.difference.std_error / apart[0].hypot(apart[1]) / f64::from(seeds as u32);
    }
    let expected = 0.9 * seeds as f64;
    let error = (seeds as f64 * 0.09).sqrt();
    assert!((f64::from(inside) - expected).abs() < 4.0 * error, "{inside} of {seeds}");
    // The difference is 0.44 x² and the two have 1 and 1.44 x²: 0.44 / √(1 + 1.44²) = 0.25 of the error.
    assert!((ratio - 0.44 / (1.0f64 + 1.44 * 1.44).sqrt()).abs() < 0.01, "{ratio}");
}

#[test]
fn shares_of_draws_sum_and_cover() {
    // E((a x)²) where a goes from 1 to 1.2 and x from U(0, 1) to U(0, 1.1).
    let text = |a: f64, b: f64| {
        format!(
            "[factors.x]\nvalue = 'uniform(0, {b})'\n[factors.a]\nvalue = {a}\n[derived.d]\nvalue = '(a * x) * (a * x)'\n"
        )
    };
    let mean = |a: f64, b: f64| (a * b) * (a * b) / 3.0;
    let truth = 0.5 * (mean(1.2, 1.0) - mean(1.0, 1.0) + mean(1.2, 1.1) - mean(1.0, 1.1));
    let (mut inside, seeds) = (0, 200);
    for seed in 0..seeds {
        let found = compared(
            &text(1.0, 1.0),
            &text(1.2, 1.1),
            &Settings { kind: Kind::Independent, ..settings(1 << 11, seed) },
        );
        assert!(gap(&found) < 1e-12);
        let effect = found.edits.iter().find(|one| one.addresses[0] == "factors.a.value").expect("an edit");
        let (low, high) = effect.effects[0].value.interval;
        inside += i32::from((low..=high).contains(&truth));
    }
    assert!((f64::from(inside) - 0.9 * seeds as f64).abs() < 4.0 * (seeds as f64 * 0.09).sqrt(), "{inside}");
}

#[test]
fn edits_that_need_each_other_are_one() {
    let after = DRAWN
        .replace("[derived.square]", "[factors.z]\nvalue = 0.7\n[derived.square]")
        .replace("y = 1", "y = 1.5, z = 2");
    let found = compared(DRAWN, &after, &settings(1 << 12, 1));
    // The factor may stand alone; the weight that uses it may not.
    let mut blocks = addresses(&found);
    blocks.sort();
    assert_eq!(blocks, [vec!["factors.z", "outcomes.up.weights.z"], vec!["outcomes.up.weights.y"]]);
    let new = found.edits.iter().find(|one| one.addresses.len() == 2).expect("a block");
    assert_eq!(new.changes[0].kind, ChangeKind::Added);
    assert_eq!(new.changes[0].before, None);
    assert!(new.changes[0].after.as_ref().expect("it is new").place.starts_with("new.toml:"));
    assert!(gap(&found) < 1e-12);
    // Back again: removed together.
    let back = compared(&after, DRAWN, &settings(1 << 12, 1));
    let mut removed = addresses(&back);
    removed.sort();
    assert_eq!(removed, blocks);
    let (one, other) = (share(&found, "factors.z", "up"), share(&back, "factors.z", "up"));
    assert!((one + other).abs() < 1e-12);
    // A factor that nothing uses needs nobody.
    let unused = DRAWN
        .replace("[derived.square]", "[factors.z]\nvalue = 0.7\n[derived.square]")
        .replace("y = 1", "y = 1.5");
    assert_eq!(compared(DRAWN, &unused, &settings(1 << 12, 1)).edits.len(), 2);
}

/// Three bases need each other, and so do two probabilities of states; these two groups have nothing to do with each other, wherever they
/// stand and whatever else is edited.
#[test]
fn groups_that_need_nothing_of_each_other_stay_apart() {
    let text = |dove: f64, bases: [f64; 3], rank: f64, mean: f64| {
        format!(
            "[factors]\nx = {{ value = 'normal({mean}, 1)' }}\ny = {{ value = 'normal(0, 1)' }}\n\
             [factors.chair]\nstates = ['dove', 'hawk']\nprobabilities = {{ dove = {dove}, hawk = {} }}\n\
             [[correlations]]\nbetween = ['x', 'y']\nrank = {rank}\n\
             [outcomes.a]\nbase = {}\nweights = {{ x = 1, chair = {{ dove = 0.5 }} }}\n\
             [outcomes.b]\nbase = {}\nweights = {{ y = 1 }}\n[outcomes.c]\nbase = {}\n",
            1.0 - dove,
            bases[0],
            bases[1],
            bases[2]
        )
    };
    let before = text(0.25, [0.5, 0.25, 0.25], -0.5, 0.0);
    for (rank, mean) in [(-0.5, 0.0), (-0.25, 0.0), (-0.25, 1.0)] {
        let after = text(0.5, [0.25, 0.5, 0.25], rank, mean);
        let found = compared(&before, &after, &settings(1 << 12, 1));
        let sizes: Vec<usize> = found.edits.iter().map(|one| one.addresses.len()).collect();
        assert!(sizes.iter().all(|size| *size <= 2), "{:?}", addresses(&found));
        let after = text(0.5, [0.25, 0.375, 0.375], rank, mean);
        let found = compared(&before, &after, &settings(1 << 12, 1));
        let mut sizes: Vec<usize> = found.edits.iter().map(|one| one.addresses.len()).collect();
        sizes.sort_unstable();
        assert_eq!(sizes[sizes.len() - 2..], [2, 3], "{:?}", addresses(&found));
    }
}

#[test]
fn shares_of_a_whole_are_one() {
    let text = |a: f64, b: f64, c: f64| {
        format!(
            "[factors.x]\nvalue = 'uniform(0, 1)'\n[outcomes.a]\nbase = {a}\nweights = {{ x = 1 }}\n[outcomes.b]\nbase = {b}\n[outcomes.c]\nbase = {c}\n"
        )
    };
    let found = compared(&text(0.5, 0.3, 0.2), &text(0.4, 0.4, 0.2), &settings(1 << 10, 1));
    assert_eq!(addresses(&found), [["outcomes.a.base", "outcomes.b.base"]]);
    let found =
        compared(&text(0.5, 0.3, 0.2), &text(0.4, 0.5, 0.1).replace("x = 1", "x = 2"), &settings(1 << 10, 1));
    assert_eq!(found.edits.len(), 2);
    assert!(gap(&found) < 1e-12);
}

/// An event as probable as a product of numbers.
fn product(numbers: &[f64]) -> String {
    let factors: String =
        numbers.iter().enumerate().map(|(at, one)| format!("[factors.f{at}]\nvalue = {one}\n")).collect();
    let names: Vec<String> = (0..numbers.len()).map(|at| format!("f{at}")).collect();
    format!("{factors}[events.all]\nprobability = '{}'\n", names.join(" * "))
}

/// The shares by the weights of sets, s! (n − 1 − s)! / n!.
fn by_sets(old: &[f64], new: &[f64]) -> Vec<f64> {
    let count = old.len();
    let factorial = |n: usize| (1..=n).map(|one| one as f64).product::<f64>();
    let value =
        |set: usize| (0..count).map(|at| if set >> at & 1 == 1 { new[at] } else { old[at] }).product::<f64>();
    let share = |at: usize| {
        let without = (0..1usize << count).filter(|set| set >> at & 1 == 0);
        let one = |set: usize| {
            let size = set.count_ones() as usize;
            factorial(size) * factorial(count - 1 - size) / factorial(count)
                * (value(set | 1 << at) - value(set))
        };
        without.map(one).sum()
    };
    (0..count).map(share).collect()
}

#[test]
fn shares_over_drawn_orders_sum_and_cover() {
    let old: Vec<f64> = (0..10).map(|at| 0.95 - 0.01 * f64::from(at)).collect();
    let new: Vec<f64> =
        (0..10).map(|at| if at % 3 == 0 { 0.5 + 0.04 * f64::from(at) } else { 0.99 }).collect();
    let expected = by_sets(&old, &new);
    let (mut inside, mut all) = (0, 0);
    for seed in 0..40 {
        let found = compared(&product(&old), &product(&new), &settings(1, seed));
        let how = found.attribution.expect("edits");
        assert_eq!(how.method, Method::Sampled);
        assert!(how.permutations >= 16 && gap(&found) < 1e-12, "{how:?}");
        for (edit, expected) in found.edits.iter().zip(&expected) {
            let effect = edit.effects[0].value;
            assert!(!effect.exact);
            // Seven degrees of freedom or more: six errors are as far as 4 of a normal.
            assert!(
                (effect.value - expected).abs() < 6.0 * effect.std_error.max(1e-9),
                "{effect:?} {expected}"
            );
            inside += i32::from((effect.interval.0..=effect.interval.1).contains(expected));
            all += 1;
        }
    }
    // Shares of one seed hang together: a seed is counted as one.
    let share = f64::from(inside) / f64::from(all);
    assert!((share - 0.9).abs() < 4.0 * (0.09f64 / 40.0).sqrt(), "{inside} of {all}");
    // The orders are those of the seed.
    let one = compared(&product(&old), &product(&new), &settings(1, 1));
    assert_eq!(one, compared(&product(&old), &product(&new), &settings(1, 1)));
    assert_ne!(one, compared(&product(&old), &product(&new), &settings(1, 2)));
    // Eight edits are shared out over all orders.
    let found = compared(&product(&old[..8]), &product(&new[..8]), &settings(1, 1));
    assert_eq!(found.attribution.map(|one| (one.method, one.models)), Some((Method::Exact, 256)));
    for (edit, expected) in found.edits.iter().zip(by_sets(&old[..8], &new[..8])) {
        assert!((edit.effects[0].value.value - expected).abs() < 1e-12);
    }
}

#[test]
fn many_edits_are_gathered() {
    let (old, new) = (vec![0.99; 120], vec![0.985; 120]);
    let found = compared(&product(&old), &product(&new), &settings(1, 1));
    let how = found.attribution.expect("edits");
    assert!(how.gathered && found.edits.len() <= 48 && gap(&found) < 1e-12);
    let all: usize = found.edits.iter().map(|one| one.changes.len()).sum();
    assert_eq!(all, 120);
}

#[test]
fn answers_are_matched_by_what_they_are() {
    let before = "[factors.x]\nstates = ['low', 'high']\nprobabilities = { low = 0.4, high = 0.6 }\n[events.e]\nprobability = 0.5\n";
    let after = "[factors.x]\nstates = ['low', 'high']\nprobabilities = { low = 0.3, high = 0.7 }\n[events.f]\nprobability = 0.2\n";
    let found = compared(before, after, &settings(1, 1));
    let ends = |id: &str| (answer(&found, id).before.is_some(), answer(&found, id).after.is_some());
    assert_eq!((ends("x.low"), ends("e"), ends("f")), ((true, true), (true, false), (false, true)));
    assert!((answer(&found, "x.high").difference.value - 0.1).abs() < 1e-12);
    assert!(answer(&found, "e").difference.value.is_nan());
    assert!(found.edits.iter().all(|one| one.effects.len() == 2));
}

#[test]
fn elements_of_lists_are_known_by_what_they_say() {
    let items = |first: &str| {
        let one = "[[evidence]]\nid = 'ships'\ndate = 2024-01-01\ntext = 'Seen'\nlikelihood = { up = 0.8, down = 0.2 }\n";
        let two = "[[evidence]]\ndate = 2024-02-01\ntext = 'Heard'\nlikelihood = { up = 0.5, down = 0.6 }\n";
        let pair = "[[correlations]]\nbetween = ['x', 'y']\nrank = 0.5\n";
        format!(
            "{DRAWN}{}{pair}",
            if first == "ships" { format!("{one}{two}") } else { format!("{two}{one}") }
        )
    };
    let changes = Changes { evidence: vec!["all".into()], ..Changes::default() };
    let settings = settings(1 << 12, 1);
    let find = |after: &str, changes: &Changes| {
        attempt(&items("ships"), after, changes, &settings).unwrap_or_else(|why| panic!("{why}")).finding
    };
    let turned = items("heard").replace("['x', 'y']", "['y', 'x']");
    let found = find(&turned, &changes);
    assert_eq!(addresses(&found), [["correlations.1.between"]]);
    let effect = found.edits[0].effects[0].value;
    assert!(effect.value.abs() < 1e-9, "the order of a pair says nothing: {effect:?}");
    let told =
        find(&items("ships").replace("up = 0.8", "up = 0.9").replace("rank = 0.5", "rank = 0.6"), &changes);
    let mut names = addresses(&told);
    names.sort();
    assert_eq!(names, [["correlations.1.rank"], ["evidence.ships.likelihood.up"]]);
    assert!(gap(&told) < 1e-12);
    // Evidence that does not count is words.
    let silent = find(&items("ships").replace("up = 0.8", "up = 0.9"), &Changes::default());
    assert!(silent.same && silent.words.len() == 1);
    // What only one file has heard of counts there.
    let ships = Changes { evidence: vec!["ships".into()], ..Changes::default() };
    let heard =
        attempt(DRAWN, &items("ships"), &ships, &settings).unwrap_or_else(|why| panic!("{why}")).finding;
    assert!(heard.edits.iter().any(|one| one.addresses.concat().contains("evidence.ships")));
    assert!(gap(&heard) < 1e-12);
}

#[test]
fn variants_are_compared_setting_by_setting() {
    let text = format!(
        "{DRAWN}[variants.high]\nset = {{ x = 0.9, y = 'beta(3, 2)' }}\ngiven = ['x > 0.2']\n[variants.low]\nset = {{ x = 0.1, y = 'beta(3, 2)' }}\n"
    );
    let text = text.replace("given = ['x > 0.2']", "given = ['y > 0.2']");
    let session = Session::open(SourceFile::new("x.toml", text.as_str()), none).expect("a text");
    let find = |variants: [Option<&str>; 2]| {
        let comparison = Comparison::of_variants(&session, variants, &Changes::default());
        comparison
            .and_then(|one| one.answer(&[], &settings(1 << 12, 1)))
            .unwrap_or_else(|why| panic!("{why}"))
            .finding
    };
    let both = find([Some("high"), Some("low")]);
    assert_eq!(addresses(&both), [["x"], ["given"]]);
    assert_eq!(both.edits[0].changes[0].before.as_ref().map(|one| one.text.as_str()), Some("0.9"));
    let one = find([None, Some("high")]);
    assert_eq!(addresses(&one), [["x"], ["y"], ["given"]]);
    assert_eq!(one.edits[0].changes[0].before.as_ref().map(|one| one.text.as_str()), Some("uniform(0, 1)"));
    assert!(gap(&both) < 1e-12 && gap(&one) < 1e-12);
    assert!(find([Some("low"), Some("low")]).same);
    // As a run beside the file has it.
    let case = session.case(&Changes::default()).expect("sound");
    let run = Run { all_variants: true, ..Run::default() };
    let run = case.answer(&run, &settings(1 << 12, 1)).expect("a run").finding;
    let beside = run.variants.variants[0].answers[0].difference;
    assert!((beside.value - answer(&one, "up").difference.value).abs() < 1e-12);
}

#[test]
fn any_two_files_with_the_same_draws_give_the_same_bytes_on_any_threads() {
    let after = DRAWN.replace("beta(2, 3)", "beta(3, 3)").replace("x = 2", "x = 2.5");
    let on = |threads: usize| compared(DRAWN, &after, &Settings { threads, ..settings(1 << 15, 1) });
    assert_eq!(on(1), on(3));
}

#[test]
fn mistakes_are_told_of_the_file_that_has_them() {
    let refused =
        |before: &str, after: &str| match attempt(before, after, &Changes::default(), &settings(64, 1)) {
            Err(failure) => failure.to_string(),
            Ok(_) => panic!("{before}\n{after}"),
        };
    assert!(refused(DRAWN, "[factors.x\n").contains("new.toml:1:"));
    assert!(refused("[factors.x\n", DRAWN).contains("old.toml:1:"));
    let wrong = DRAWN.replace("x = 2", "q = 2");
    assert!(refused(DRAWN, &wrong).contains("new.toml:"));
    let both = refused(&wrong, &DRAWN.replace("y = 1", "r = 1"));
    assert!(both.contains("old.toml:") && both.contains("new.toml:"), "{both}");
    let void = DRAWN.replace("x * x", "1 / max(x - 0.5, 0)").replace("x = 2", "square = 1");
    assert!(refused(DRAWN, &void).contains("this is about new.toml"), "{}", refused(DRAWN, &void));
}

#[test]
fn scenarios_of_every_kind_can_be_compared() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios");
    let names = [
        "vladivostok-2023",
        "vladivostok-2023-stages",
        "vladivostok-2023-theories",
        "vladivostok-2023-defiant",
    ];
    let texts: BTreeMap<&str, String> = names
        .iter()
        .map(|name| (*name, std::fs::read_to_string(format!("{folder}/{name}.toml")).expect("a file")))
        .collect();
    for (one, before) in &texts {
        for (other, after) in &texts {
            let found = compared(before, after, &settings(1 << 10, 1));
            assert_eq!(found.same, one == other, "{one} {other}");
            assert!(gap(&found) < 1e-12, "{one} {other}");
        }
    }
}

//! Factors and derived values as answers, and any percentile of any spread.

use serde_json::{Value, json};

use crate::desk::{Desk, SMALL};

/// Nothing but quantities: `twice` is uniform on [0, 2].
const QUANTITIES: &str = "[factors.x]\nlabel = \"A share\"\nvalue = 'uniform(0, 1)'\n\
                          [derived.twice]\nlabel = \"Twice | as much\"\nvalue = '2 * x'\n";

/// Fields of the line of a CSV answer that begins with `id`, under their headings.
#[track_caller]
fn record(csv: &str, id: &str) -> Vec<(String, String)> {
    let headings = csv.lines().next().unwrap().split(',').map(String::from);
    let line = csv.lines().find(|line| line.starts_with(&format!("{id},")));
    let line = line.unwrap_or_else(|| panic!("no {id} in {csv}"));
    assert_eq!(line.split(',').count(), csv.lines().next().unwrap().split(',').count());
    headings.zip(line.split(',').map(String::from)).collect()
}

#[track_caller]
fn number(record: &[(String, String)], heading: &str) -> f64 {
    let (_, text) = record.iter().find(|(name, _)| name == heading).unwrap();
    text.parse().unwrap_or_else(|_| panic!("{heading} is {text:?}"))
}

#[test]
fn a_file_of_quantities_alone_is_answered_in_every_form() {
    let desk = Desk::with(QUANTITIES);
    for flags in [&["-q"][..], &["-q", "--of", "twice"], &["--no-charts"]] {
        let said = desk.run(&[&["run", "x.toml"], flags].concat());
        assert_eq!((said.code, said.out.contains("Twice")), (0, true), "{}", said.err);
        for part in ["Mean", "P5", "P50", "P95", "1.000", "0.100", "1.900"] {
            assert!(said.out.contains(part), "{part}: {}", said.out);
        }
        assert!(!said.out.contains("A share"), "{}", said.out);
    }
    let csv = desk.run(&["run", "x.toml", "--format", "csv"]).out;
    let twice = record(&csv, "twice");
    assert!((number(&twice, "mean") - 1.0).abs() < 5.0 * number(&twice, "mean_std_error"));
    assert!((number(&twice, "sd") - 2.0 / 12f64.sqrt()).abs() < 1e-3);
    assert!(number(&twice, "mean_low") < number(&twice, "mean_high"));
    let markdown = desk.run(&["run", "x.toml", "--format", "markdown"]).out;
    assert!(markdown.contains("| Derived value[^foretell-x] | Mean | ± |"), "{markdown}");
    assert!(markdown.contains("| Twice \\| as much | 1.000 |"), "{markdown}");
    assert!(!markdown.contains("State or event") && markdown.matches("[^foretell-x]").count() == 2);
    let answer = desk.json(&[]);
    assert_eq!((&answer["outcomes"], &answer["derived"][0]["id"]), (&json!([]), &json!("twice")));
}

#[test]
fn a_file_of_factors_alone_answers_for_them() {
    let desk = Desk::with("[factors.x]\nvalue = 'uniform(0, 1)'\n[factors.y]\nvalue = 'uniform(2, 4)'\n");
    assert!(desk.run(&["run", "x.toml", "-q"]).out.contains("3.90"));
    let csv = desk.run(&["run", "x.toml", "--format", "csv", "--of", "y"]).out;
    assert_eq!(csv.lines().count(), 2);
    assert_eq!(number(&record(&csv, "y"), "mean"), 3.0);
    assert!(desk.run(&["run", "x.toml", "--format", "markdown"]).out.contains("| y | 3 |"));
    assert_eq!(desk.run(&["check", "x.toml"]).code, 0);
}

#[test]
fn what_is_asked_for_by_name_stands_beside_the_outcomes() {
    let desk = Desk::with(SMALL);
    let of = ["run", "x.toml", "--of", "both,x,storm"];
    let quiet = desk.run(&[&of[..], &["-q"]].concat()).out;
    for part in ["The first", "both", "How strong x is", "storm"] {
        assert!(quiet.contains(part), "{part}: {quiet}");
    }
    let csv = desk.run(&[&of[..], &["--format", "csv"]].concat()).out;
    let ids: Vec<&str> = csv.lines().skip(1).filter_map(|line| line.split(',').next()).collect();
    assert_eq!(ids, ["a", "b", "c", "storm", "x", "both"]);
    assert!((number(&record(&csv, "x"), "mean") - 0.4).abs() < 1e-12);
    let markdown = desk.run(&[&of[..], &["--format", "markdown"]].concat()).out;
    assert!(markdown.contains("| How strong x is | 0.400 |"), "{markdown}");
    let whole = desk.run(&["run", "x.toml", "--format", "csv"]).out;
    assert_eq!(whole.lines().count(), 1 + 3);
    assert!(!whole.contains("mean"));
}

/// The percentiles of one entry of a JSON answer: percent, value, error.
fn percentiles(entry: &Value) -> Vec<(f64, f64, Option<f64>)> {
    let one = |one: &Value| {
        (one["percent"].as_f64().unwrap(), one["value"].as_f64().unwrap(), one["std_error"].as_f64())
    };
    entry["percentiles"].as_array().unwrap().iter().map(one).collect()
}

#[test]
fn any_percentile_can_be_had_of_any_spread() {
    let desk = Desk::with(&format!("{SMALL}[derived.double]\nvalue = '2 * y'\n"));
    let draws = 65536f64;
    let answer =
        desk.json(&["-n", "65536", "--design", "independent", "--percentiles", "99,2.5, 50,5,95,50"]);
    for kind in ["outcomes", "factors", "derived"] {
        for entry in answer[kind].as_array().unwrap() {
            let found = percentiles(entry);
            let order: Vec<f64> = found.iter().map(|one| one.0).collect();
            assert_eq!(order, [2.5, 5.0, 50.0, 95.0, 99.0]);
            assert_eq!(
                [&entry["p05"], &entry["p50"], &entry["p95"]].map(|one| one.as_f64().unwrap()),
                [found[1].1, found[2].1, found[3].1]
            );
        }
    }
    // P(sup |Fₙ − F| > ε) ≤ 2·exp(−2nε²) (Massart 1990) = 1e-9 at this ε; then one cell's width, 1/64 of the value.
    let epsilon = ((2e9f64).ln() / (2.0 * draws)).sqrt();
    for (percent, value, error) in percentiles(&answer["derived"][1]) {
        assert!((value / 2.0 - percent / 100.0).abs() < epsilon + value / 128.0, "P{percent} {value}");
        // Of 2y with y even, the error of the level times 2. It is told from draws that lie within 1.645 errors of the level.
        let share = percent / 100.0;
        let level = (share * (1.0 - share) / draws).sqrt();
        let off = 5.0 / (1.645 * level * draws).sqrt();
        assert!((error.unwrap() / (2.0 * level) - 1.0).abs() < off, "P{percent} {error:?} {level}");
    }
    for (percent, value, error) in percentiles(&answer["factors"][1]) {
        assert_eq!((value, error), (percent / 100.0, Some(0.0)));
    }
    let sobol = desk.json(&["--percentiles", "50"]);
    assert!(percentiles(&sobol["outcomes"][0])[0].2.unwrap() > 0.0);
    assert_eq!(desk.json(&[])["outcomes"][0].get("percentiles"), None);
}

#[test]
fn percentiles_stand_in_every_form() {
    let desk = Desk::with(QUANTITIES);
    let run = ["run", "x.toml", "--percentiles", "1,2,3,4,5,6,7,8,25,75,97.5"];
    let text = desk.run(&[&run[..], &["-q"]].concat()).out;
    // As many side by side as there is room for, then the rest.
    assert_eq!(text.matches("Percentiles").count(), 2, "{text}");
    assert!(text.contains("P97.5") && text.contains("1.950") && text.contains("0.500"), "{text}");
    assert!(text.lines().all(|line| line.chars().count() <= 80));
    let csv = desk.run(&[&run[..], &["--format", "csv", "--of", "x,twice"]].concat()).out;
    assert_eq!(number(&record(&csv, "x"), "p97.5"), 0.975);
    assert_eq!(number(&record(&csv, "x"), "p97.5_std_error"), 0.0);
    assert!((number(&record(&csv, "twice"), "p25") - 0.5).abs() < 0.01);
    let markdown = desk.run(&[&run[..], &["--format", "markdown"]].concat()).out;
    assert!(markdown.contains("| Percentiles | P1 | P2 |"), "{markdown}");
    for wrong in ["0", "100", "5%", "-1", "nan", ""] {
        let said = desk.run(&["run", "x.toml", "--percentiles", wrong]);
        assert_eq!((said.code, said.out.as_str()), (2, ""), "{wrong}");
    }
}

#[test]
fn parts_hold_every_percentile() {
    let desk = Desk::with(SMALL);
    for shard in ["1/2", "2/2"] {
        let name = shard.replace('/', "-");
        let flags = ["run", "x.toml", "-n", "65536", "--shard", shard, "--part", &name];
        assert_eq!(desk.run(&flags).code, 0);
    }
    let asked = ["--percentiles", "1,99", "--of", "both", "--format", "csv"];
    let merged = desk.run(&[&["merge", "x.toml", "1-2", "2-2"], &asked[..]].concat());
    assert_eq!(merged.out, desk.run(&[&["run", "x.toml", "-n", "65536"], &asked[..]].concat()).out);
    assert!(merged.out.contains("p99_std_error") && merged.out.lines().count() == 5, "{}", merged.out);
    let said = desk.run(&["merge", "x.toml", "1-2", "2-2", "--of", "bot"]);
    assert!(said.code == 2 && said.err.contains("did you mean `both`?"), "{}", said.err);
}

#[test]
fn what_is_left_out_takes_its_variants_along() {
    let desk = Desk::with(
        "[events.a]\nprobability = 0.5\n[events.b]\nprobability = 0.1\n[variants.sure]\nset = { a = 1 }\n",
    );
    let answer = desk.json(&["--all-variants", "--of", "b"]);
    let found = &answer["variants"][0]["outcomes"];
    assert_eq!((found.as_array().unwrap().len(), &found[0]["id"]), (1, &json!("b")));
    assert_eq!((&found[0]["probability"], &found[0]["difference"]), (&json!(0.1), &json!(0.0)));
}

#[test]
fn a_check_counts_every_kind() {
    let more = "[factors.mood]\nstates = [\"good\", \"bad\"]\nprobabilities = { good = 0.4, bad = 0.6 }\n\
                [[evidence]]\nid = \"ships\"\ndate = 2024-02-01\nlikelihood = { a = 0.5, b = 0.2, c = 0.1 }\n\
                [variants.calm]\nset = { x = 0.1 }\n[variants.wild]\nset = { x = 0.9 }\n\
                [[correlations]]\nbetween = [\"x\", \"y\"]\nrank = 0.5\n";
    let desk = Desk::with(&format!("{SMALL}{more}"));
    let said = desk.run(&["check", "x.toml", "--no-sampling"]);
    let out = said.out.replace('\n', " ");
    let all = "3 factors, 1 derived value, 1 event, 3 outcomes, 1 claim, 1 correlation, 1 item of evidence, 2 variants.";
    assert!(out.contains(all), "{out}{}", said.err);
    let said = desk.run(&["check", "x.toml", "--no-sampling", "--format", "json"]);
    let counts = &serde_json::from_str::<Value>(&said.out).unwrap()["counts"];
    assert_eq!(
        (&counts["factors"], &counts["items_of_evidence"], &counts["theories"]),
        (&json!(3), &json!(1), &json!(0))
    );
}

#[test]
fn a_file_of_quantities_alone_learns() {
    let text = "[factors.x]\nvalue = 'uniform(0, 1)'\n[factors.y]\nvalue = 'uniform(0, 1)'\n\
        [derived.sum]\nvalue = 'x + y'\n";
    // E[x + y | x + y > 1] of a triangle: ∫ s(2 − s) ds from 1 to 2, over 1/2.
    let answer = Desk::with(text).json(&["--given", "sum > 1"]);
    let (mean, error) = (&answer["derived"][0]["mean"], &answer["derived"][0]["std_error"]);
    let (mean, error) = (mean.as_f64().unwrap(), error.as_f64().unwrap());
    assert!((mean - 4.0 / 3.0).abs() < 5.0 * error && error < 1e-3, "{mean} ± {error}");
}

#[test]
fn variants_are_compared_in_derived_values_beside_outcomes() {
    let text = "[factors.x]\nvalue = 'uniform(0, 1)'\n[factors.c]\nvalue = 'cauchy(0, 1)'\n\
        [derived.twice]\nvalue = '2 * x'\n[derived.wild]\nvalue = '2 * c'\n\
        [outcomes.a]\nweights = { x = 1 }\n[outcomes.b]\n[variants.high]\nset = { x = 0.75 }\n";
    let desk = Desk::with(text);
    let answer = desk.json(&["--all-variants"]);
    let [twice, wild] = [0, 1].map(|at| &answer["variants"][0]["derived"][at]);
    assert_eq!((&twice["id"], twice["mean"].as_f64()), (&json!("twice"), Some(1.5)));
    let [difference, error] = ["difference", "difference_std_error"].map(|key| twice[key].as_f64().unwrap());
    assert!((difference - 0.5).abs() < 5.0 * error && error < 1e-3, "{difference} ± {error}");
    // A mean that does not exist is not shown, nor what it differs by.
    assert_eq!((&wild["mean"], &wild["difference"]), (&json!(null), &json!(null)));
    let csv = desk.run(&["run", "x.toml", "--all-variants", "--of", "twice", "--format", "csv"]).out;
    assert!(csv.contains("high,high,twice,") && !csv.contains("wild"), "{csv}");
    assert!(
        desk.run(&["run", "x.toml", "--all-variants", "--format", "markdown"]).out.contains("| **twice** |")
    );
}

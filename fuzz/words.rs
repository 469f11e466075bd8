//! Random words and bytes.

use crate::reading::{RULED, VALID, read};
use foretell::diagnostic::{SourceFile, SourceId};
use foretell::scenario;
use proptest::prelude::*;

/// Pieces of the language, sound and unsound.
const PIECES: [&str; 64] = [
    "a",
    "b",
    "h",
    "x",
    "nobody",
    "1",
    "0.5",
    "35%",
    "1e308",
    "1e-9",
    "(",
    ")",
    "[",
    "]",
    ",",
    "+",
    "-",
    "*",
    "/",
    "^",
    "<",
    "<=",
    "==",
    "!=",
    "=",
    "and",
    "or",
    "not",
    "if",
    "then",
    "else",
    "to",
    "is",
    "likely",
    "at least",
    "P(",
    "|",
    "true",
    "outcome",
    "\"t\"",
    "normal(",
    "beta(",
    "mixture(",
    "truncate(",
    "discrete(",
    "empirical(",
    "sqrt(",
    "min(",
    "by_date(",
    "mean =",
    "p5 =",
    "rank:",
    "raises:",
    "->",
    "%",
    "2x",
    "é",
    "“",
    "\\",
    "'",
    "poisson(",
    "uniform(",
    "pert(",
    "clamp(",
];

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PIECES.to_vec()), 0..24).prop_map(|pieces| pieces.join(" "))
}

/// Expressions that follow the grammar, of whatever kinds.
fn grammatical() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        prop::sample::select(vec![
            "a", "b", "c", "d", "g", "h", "i", "x", "y", "nobody", "true", "35%", "\"t\"", "[1, 2]"
        ])
        .prop_map(String::from),
        any::<f64>().prop_map(|value| format!("{:e}", value.abs())),
        (0..20_u32).prop_map(|value| value.to_string()),
    ];
    leaf.prop_recursive(6, 48, 4, |inner| {
        let some = prop::collection::vec(inner.clone(), 0..4);
        prop_oneof![
            (
                inner.clone(),
                prop::sample::select(vec!["+", "-", "*", "/", "^", "and", "or", "<", "==", "to", "|"]),
                inner.clone()
            )
                .prop_map(|(a, sign, b)| format!("({a} {sign} {b})")),
            (inner.clone(), inner.clone(), inner.clone())
                .prop_map(|(a, b, c)| format!("(if {a} then {b} else {c})")),
            (prop::sample::select(vec!["-", "not "]), inner.clone())
                .prop_map(|(sign, a)| format!("{sign}{a}")),
            (
                prop::sample::select(vec![
                    "sqrt",
                    "min",
                    "geomean",
                    "normal",
                    "beta",
                    "gamma",
                    "poisson",
                    "binomial",
                    "uniform",
                    "discrete",
                    "mixture",
                    "truncate",
                    "lognormal",
                    "empirical",
                    "logistic",
                    "by_date",
                    "clamp",
                    "P",
                    "student_t",
                    "hypergeometric",
                    "categorical",
                    "weibull"
                ]),
                some.clone()
            )
                .prop_map(|(name, arguments)| format!("{name}({})", arguments.join(", "))),
            some.prop_map(|items| format!("[{}]", items.join(", "))),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, rng_seed: proptest::test_runner::RngSeed::Fixed(1), ..ProptestConfig::default() })]

    #[test]
    fn any_words_are_read(words in text(), claim in text()) {
        let changed = VALID.replace("logistic(-1 + 3 * a)", &words.replace('\'', "")).replace("rank: x > y > z", &claim.replace('\'', ""));
        read(&changed);
    }

    #[test]
    fn any_formula_is_read(one in grammatical(), two in grammatical(), three in grammatical()) {
        let file = VALID
            .replace("2 * normal(a, 1 + a) - 3", &one)
            .replace("-1 to 0", &two)
            .replace("P(x | a > 0.3) > P(y)", &three);
        if let (Some(model), _) = read(&file) {
            let _ = crate::common::compiled(&model);
        }
        read(&RULED.replace("e and not f", &one));
    }

    #[test]
    fn any_bytes_are_read(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..4_u8), 1..8), ruled in any::<bool>()) {
        let mut bytes = if ruled { RULED } else { VALID }.as_bytes().to_vec();
        for (place, byte, kind) in changes {
            let at = place.index(bytes.len());
            match kind {
                0 => bytes[at] = byte,
                1 => bytes.insert(at, byte),
                2 => { bytes.remove(at); }
                _ => { let to = (at + usize::from(byte)).min(bytes.len()); let piece = bytes[at..to].to_vec(); bytes.splice(at..at, piece); }
            }
        }
        read(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn any_text_is_read(text in "\\PC*", value in "[ -~\\n]{0,40}") {
        read(&text);
        read(&format!("[factors.a]\nvalue = '''{value}'''\n[outcomes.x]\n[outcomes.y]\n"));
        let flag = SourceFile::new("--set", text);
        let _ = scenario::parse_override(&flag, SourceId(1));
    }
}

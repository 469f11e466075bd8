//! What is said where a question can't be put so: `tests/fixtures/mistakes/NAME.txt` holds the whole of it for each command below. With
//! `UPDATE_FIXTURES=1` in the environment the files are written instead.

use std::path::PathBuf;

use crate::desk::{Desk, SMALL};

const WILDCATTER: &str = "[factors.oil]\nstates = ['dry', 'wet']\nprobabilities = { dry = 0.6, wet = 0.4 }\n\
    [[decisions]]\nid = 'drill'\n[decisions.options.yes]\npayoff = { oil = { dry = -70, wet = 120 } }\n\
    [decisions.options.no]\npayoff = 0\n";
const TABLE: &str = "a,b,won\n1,x,1\n2,y,0\n3,x,1\n4,y,0\n";

/// The name of each, its command, and what `x.toml` or `x.csv` holds.
const MISTAKES: [(&str, &str, &str); 31] = [
    ("csv-missing-column", "discover --data x.csv --of lost", TABLE),
    ("csv-near-column", "discover --data x.csv --of wonn", TABLE),
    ("csv-missing-by", "discover --data x.csv --of won --by c", TABLE),
    ("csv-by-itself", "discover --data x.csv --of won --by won,a", TABLE),
    ("csv-above-nan", "discover --data x.csv --of a --above nan", TABLE),
    ("csv-below-infinite", "discover --data x.csv --of a --below -inf", TABLE),
    ("csv-as-scenario", "plot x.csv discover", "a,b,won\nx=1,x,1\n2,y,0\n"),
    ("csv-text-cells", "discover --data x.csv --of b", TABLE),
    ("csv-other-numbers", "discover --data x.csv --of a", TABLE),
    ("csv-no-such-word", "discover --data x.csv --of b --is z", TABLE),
    ("csv-empty", "discover --data x.csv --of won", ""),
    ("csv-header-alone", "discover --data x.csv --of won", "a,b,won\n"),
    ("csv-ragged", "discover --data x.csv --of won", "a,b,won\n1,x,1\n2,y\n"),
    ("csv-column-twice", "discover --data x.csv --of won", "a,a,won\n1,2,1\n"),
    ("csv-no-whole-row", "discover --data x.csv --of won", "a,b,won\n,x,1\n2,,0\n"),
    ("discover-unknown", "discover x.toml --outcome d", SMALL),
    ("discover-by-itself", "discover x.toml --outcome storm --by storm,x", SMALL),
    ("discover-no-box", "discover x.toml --outcome a --box 999 -n 4096", SMALL),
    ("discover-dense", "discover x.toml --outcome a --density 99.9% -n 4096 -q", SMALL),
    ("draws-as-sheet", "run x.toml --draws-out draws.xlsx", SMALL),
    ("draws-nearly-parquet", "run x.toml --draws-out draws.pq", SMALL),
    ("explain-no-outcomes", "explain x.toml", "[factors.x]\nvalue = 'beta(2, 2)'\n"),
    ("explain-draw-zero", "explain x.toml --draw 0", SMALL),
    ("worlds-too-many", "worlds x.toml -n 1000000", SMALL),
    ("worlds-precision", "worlds x.toml --precision 0.01", SMALL),
    ("flip-leads-already", "flip x.toml --to a -n 4096", SMALL),
    ("flip-unknown", "flip x.toml --to d", SMALL),
    ("flip-no-outcomes", "flip x.toml", WILDCATTER),
    ("decide-nothing", "decide x.toml", SMALL),
    ("voi-unknown", "voi x.toml --of d", SMALL),
    ("plot-no-decision", "plot x.toml decide --of dril", WILDCATTER),
];

/// Those that promise what to write and have no edit: flags like `--of NAME` are words of a command and no texts with places.
const WORDS_OF_COMMANDS: [&str; 4] =
    ["csv-near-column", "draws-as-sheet", "draws-nearly-parquet", "plot-no-decision"];

#[test]
fn every_mistake_is_answered_with_what_to_write() {
    let mut wrong = Vec::new();
    for (name, command, text) in MISTAKES {
        let desk = Desk::new();
        desk.put(if command.contains("x.csv") { "x.csv" } else { "x.toml" }, text);
        let said = desk.run(&command.split(' ').collect::<Vec<_>>());
        // A wish that is not met is answered all the same; its warning is what counts.
        let shown = match name {
            "discover-dense" => {
                desk.run(&command.split(' ').filter(|one| *one != "-q").collect::<Vec<_>>()).err
            }
            _ => {
                assert!(said.code == 2 && said.out.is_empty(), "{name}: {said:?}");
                said.err
            }
        };
        assert!(shown.contains("hint") || shown.contains("For more information"), "{name}: no hint: {shown}");
        let promises = ["write `", "did you mean"].iter().any(|words| shown.contains(words));
        assert!(!promises || WORDS_OF_COMMANDS.contains(&name), "{name}: no edit: {shown}");
        let path =
            PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("tests/fixtures/mistakes/{name}.txt"));
        let shown = format!("$ foretell {command}\n{shown}");
        if std::env::var_os("UPDATE_FIXTURES").is_some() {
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(&path, &shown).unwrap();
        } else if std::fs::read_to_string(&path).ok().as_deref() != Some(&shown) {
            wrong.push(format!("== {name} shows\n{shown}"));
        }
    }
    assert!(wrong.is_empty(), "UPDATE_FIXTURES=1 accepts these:\n{}", wrong.join("\n"));
}

//! Boxes in a table of somebody else's experiments.

use super::*;

pub fn of_table(of: &str) -> DiscoverRows {
    DiscoverRows { of: of.into(), test: Test::One, by: Vec::new(), looking: Looking::default(), seed: 1 }
}

pub fn found_in(text: &str, question: &DiscoverRows) -> RowsFinding {
    question.find(&Experiments::read(text).expect("a table"), &Watch::new()).expect("an answer")
}

#[test]
fn a_table_is_described_by_its_rows() {
    let mut random = uniforms(9);
    let mut text = String::from("\u{feff}\"x, of old\",kind,won,gap\n");
    let mut rows = Vec::new();
    for at in 0..300 {
        let (x, luck) = (random.next().unwrap(), random.next().unwrap());
        let kind = ["red", "blue", "\"light, green\""][at % 3];
        let won = (x > 0.6 && kind != "blue" && luck < 0.9) || luck < 0.05;
        text += &format!("{x},{kind},{},{}\n", u8::from(won), if at % 100 == 7 { "" } else { "1" });
        if at % 100 != 7 {
            rows.push((x, kind, won));
        }
    }
    let found = found_in(&text, &of_table("won"));
    assert_eq!((found.rows, found.left_out), (297, 3));
    let one = &found.found.boxes[0];
    let [low, _] = range(one, "x, of old");
    assert_eq!(states(one, "kind"), ["light, green", "red"]);
    let inside: Vec<bool> =
        rows.iter().filter(|row| row.0 >= low.unwrap() && row.1 != "blue").map(|row| row.2).collect();
    let hits = inside.iter().filter(|won| **won).count() as f64;
    let all = rows.iter().filter(|row| row.2).count() as f64;
    assert_eq!(one.measured.density.value, hits / inside.len() as f64);
    assert_eq!(one.measured.coverage.value, hits / all);
    assert_eq!(one.measured.mass.value, inside.len() as f64 / 297.0);
    assert_eq!(found.found.measured_on, MeasuredOn::SameRows);
    // The quasi-p-value of the state: at least so many hits at the density of the box without it, by the sum of binomial terms.
    let wider: Vec<bool> = rows.iter().filter(|row| row.0 >= low.unwrap()).map(|row| row.2).collect();
    let share = wider.iter().filter(|won| **won).count() as f64 / wider.len() as f64;
    let n = inside.len();
    let mut term = (1.0 - share).powi(n as i32);
    let mut tail = 0.0;
    for hit in 0..=n {
        if hit as f64 >= hits {
            tail += term;
        }
        term *= (n - hit) as f64 / (hit + 1) as f64 * share / (1.0 - share);
    }
    let own = one.restrictions.iter().find(|own| own.id == "kind").unwrap();
    assert!((own.p_value / tail - 1.0).abs() < 1e-9, "{} and {tail}", own.p_value);
}

#[test]
fn a_column_is_never_told_by_itself() {
    let table = Experiments::read("a,b,won\n1,2,1\n2,3,0\n3,1,1\n4,5,0\n").expect("a table");
    let asked = |by: &[&str]| {
        let by = by.iter().map(|one| one.to_string()).collect();
        DiscoverRows { by, ..of_table("won") }.find(&table, &Watch::new())
    };
    for (by, others) in [(&["won", "b"][..], "--by b"), (&["won"], "--by a,b")] {
        let refused = asked(by).expect_err("it would say of itself when it is so");
        assert!(refused.message.contains("`won`"), "{refused}");
        assert!(refused.hints[0].text.ends_with(others), "{:?}", refused.hints);
    }
    assert_eq!(asked(&["b", "a", "b"]), asked(&["a", "b"]), "a column named twice is one");
}

#[test]
fn bounds_that_are_no_numbers_are_refused() {
    let table = Experiments::read("a,b\n1,2\n2,3\n").expect("a table");
    for test in [Test::Above(f64::NAN), Test::Below(f64::INFINITY), Test::Above(f64::NEG_INFINITY)] {
        let question = DiscoverRows { test: test.clone(), ..of_table("a") };
        assert_eq!(question.find(&table, &Watch::new()).expect_err("no bound").code, "table", "{test:?}");
    }
}

#[test]
fn hostile_tables_are_answered_or_refused_in_words() {
    let question = of_table("won");
    for wrong in [
        "",
        "\u{feff}",
        "a,won\n",
        "a,a,won\n1,2,1\n",
        "a,won\n1,1,1\n",
        "a,b\n1,2\n",
        "a,won\nx,maybe\n",
        "a,won\n1,2\n",
        "a,won\n1,\n",
    ] {
        let found = Experiments::read(wrong).and_then(|table| question.find(&table, &Watch::new()));
        let message = found.expect_err(wrong);
        assert!(!message.message.is_empty(), "{wrong}");
    }
    let huge = "a,won\n1.7e308,1\n-1.7e308,0\n".to_string() + &"1.7e308,1\n-1.7e308,0\n".repeat(40);
    let long = format!("a,won\n{}", "0.5,1\n".repeat(3) + &format!("{},0\n", "9".repeat(400)));
    for fine in [
        "a,won\n1,1\n",
        "a,won\n,1\n",
        "a,won\n1,0\n2,0\n",
        "a,won\nNaN,1\n1e999,0\ninf,1\n3,0\n4,1\n",
        "won\n1\n0\n",
        "a,\"won\"\r\n1,1\r\n2,0\r\n",
        &huge,
        &long,
    ] {
        let found = found_in(fine, &question).found;
        assert!(!found.boxes.is_empty() && serde_json::to_string(&found).is_ok(), "{fine}");
    }
    let found = found_in(&huge, &question);
    assert_eq!(found.found.boxes[0].measured.density.value, 1.0);
}

#[test]
fn what_counts_can_be_said_of_numbers_and_words() {
    let text = "a,cost,mood\n1,10,calm\n2,20,calm\n3,30,wild\n4,40,wild\n";
    let share = |test: Test, of: &str| {
        found_in(text, &DiscoverRows { test, by: vec!["a".into()], ..of_table(of) }).found.probability.value
    };
    assert_eq!(share(Test::Above(20.0), "cost"), 0.5);
    assert_eq!(share(Test::Below(20.0), "cost"), 0.25);
    assert_eq!(share(Test::Is("wild".into()), "mood"), 0.5);
}

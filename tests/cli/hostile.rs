//! Labels that try to be more than labels: nothing runs, nothing turns a page over, and every form stays what it is.

use crate::desk::Desk;

const LABELS: [&str; 5] = [
    "<script>alert(1)</script><img src=x onerror=alert(2)>",
    "\\u202Eeman live eht\\u2066",
    "👩‍👩‍👧‍👦 \\u0007\\u001b[31mred\\u001b[0m \\u0000",
    "| a | `b` | [c](javascript:alert(3)) |\\n\\n# heading",
    "=cmd|' /C calc'!A0",
];

fn label(at: usize) -> String {
    let long = "W".repeat(300);
    let text = LABELS.get(at % 6).copied().unwrap_or(&long);
    format!("\"{}\"", text.replace('"', "\\\""))
}

fn scenario() -> String {
    let mut text = format!("[scenario]\ntitle = {}\nquestion = {}\n", label(0), label(3));
    for at in 0..6 {
        text += &format!(
            "[factors.f{at}]\nlabel = {}\nvalue = 'beta({}, 3)'\nunit = \"<b>\"\n",
            label(at),
            at + 1
        );
        text += &format!("[events.e{at}]\nlabel = {}\nprobability = 'f{at}'\n", label(at));
    }
    text += &format!(
        "[factors.sky]\nlabel = {}\nstates = [\"s0\", \"s1\"]\nprobabilities = {{ s0 = 0.6, s1 = 0.4 }}\n",
        label(1)
    );
    for at in 0..6 {
        text += &format!("[outcomes.o{at}]\nlabel = {}\nweights = {{ f{at} = 3, e{at} = 1 }}\n", label(at));
    }
    text += &format!(
        "[[evidence]]\nid = 'r'\ndate = 2024-01-01\ntext = {}\nlikelihood = {{ o0 = 0.5, o1 = 0.2, o2 = 0.3, o3 = 0.4, o4 = 0.1, o5 = 0.2 }}\n",
        label(0)
    );
    text += &format!("[[claims]]\ntext = {}\nexpect = 'P(o0) > 90%'\n", label(1));
    text += &format!("[[decisions]]\nid = 'go'\nlabel = {}\nunit = \"<i>\"\n", label(2));
    for at in 0..2 {
        text += &format!("[decisions.options.p{at}]\nlabel = {}\npayoff = '{at} * (f0 - 0.2)'\n", label(at));
    }
    text
}

/// Letters that would turn text around, move a cursor or ring a bell.
fn acts(letter: char) -> bool {
    (letter.is_control() && letter != '\n')
        || matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[test]
fn labels_are_nothing_but_labels_in_every_page_and_picture() {
    let desk = Desk::with(&scenario());
    for verb in ["voi", "decide", "flip", "discover", "explain", "worlds"] {
        for detail in ["-q", "-v"] {
            let text = desk.run(&[verb, "x.toml", detail]);
            assert_eq!(text.code, 0, "{verb}: {}", text.err);
            assert!(!text.out.contains(acts), "{verb} {detail}: {:?}", text.out);
        }
        // A backslash takes the meaning from what follows it.
        let markdown = unescaped(&desk.run(&[verb, "x.toml", "--format", "markdown"]).out);
        assert!(
            !markdown.contains("<script") && !markdown.contains("<img") && !markdown.contains(acts),
            "{verb}: {markdown}"
        );
        assert!(
            !markdown.contains("\n# heading") && !markdown.contains("](javascript"),
            "{verb}: {markdown}"
        );
        let json = desk.run(&[verb, "x.toml", "--format", "json"]).out;
        assert!(
            serde_json::from_str::<serde_json::Value>(&json).is_ok() && !json.contains(acts),
            "{verb}: {json:?}"
        );
        let csv = desk.run(&[verb, "x.toml", "--format", "csv"]).out;
        let records = fields(&csv);
        assert!(records[0] > 1 && records.iter().all(|count| *count == records[0]), "{verb}: {csv:?}");
    }
    for kind in ["voi", "decide", "information", "flip", "discover", "explain", "worlds"] {
        for ending in ["svg", "png", "pdf"] {
            let path = format!("{kind}.{ending}");
            let said = desk.run(&["plot", "x.toml", kind, "-o", &path, "-q"]);
            assert_eq!(said.code, 0, "{kind}: {}", said.err);
        }
        let svg = desk.read(&format!("{kind}.svg"));
        assert!(!svg.contains("<script") && !svg.contains("<img") && !svg.contains(acts), "{kind}");
    }
}

/// A text without what a backslash stands before.
fn unescaped(text: &str) -> String {
    let mut is_escaped = false;
    let keeps = |letter: &char| {
        let is_plain = !is_escaped && *letter != '\\';
        is_escaped = !is_escaped && *letter == '\\';
        is_plain
    };
    text.chars().filter(keeps).collect()
}

/// How many fields each record of comma-separated values has; quotes hold commas and ends of lines together.
fn fields(text: &str) -> Vec<usize> {
    let (mut is_quoted, mut records) = (false, vec![1]);
    for letter in text.trim_end_matches(['\r', '\n']).chars() {
        is_quoted ^= letter == '"';
        match letter {
            ',' if !is_quoted => *records.last_mut().expect("one") += 1,
            '\n' if !is_quoted => records.push(1),
            _ => {}
        }
    }
    records
}

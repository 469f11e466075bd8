//! The report as a section of Markdown, ready to be pasted into a longer one.

use super::number::{error, estimate, general, general_error, percent, percent_figure};
use super::quantity::heading;
use super::text::capitalised;
use super::variant::Variant;
use super::variants::{BASE, Compared, explanation as of_differences, value_heading};
use super::wrapping::plain;
use super::{Report, prose};

/// How many drivers are named for each outcome.
const DRIVERS: usize = 3;

/// Title, question, table of outcomes, what drives each, and a footnote that says where it comes from.
pub fn render(report: &Report) -> String {
    let parts = match report.outcomes.is_empty() {
        true => {
            vec![
                header(report),
                chances(report),
                quantities(report),
                percentiles(report),
                variants(report),
                footnote(report),
            ]
        }
        false => vec![
            header(report),
            outcomes(report),
            explanation(report),
            quantities(report),
            percentiles(report),
            theories(report),
            variants(report),
            drivers(report),
            footnote(report),
        ],
    };
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n")
}

/// The footnote's name, which differs from file to file.
fn mark(report: &Report) -> String {
    let file = report.scenario.file.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = file.strip_suffix(".toml").unwrap_or(file);
    let name: String = stem.chars().map(|one| if one.is_alphanumeric() { one } else { '-' }).collect();
    format!("[^foretell-{name}]")
}

fn header(report: &Report) -> String {
    let scenario = &report.scenario;
    let mut text = format!("## {}\n", escaped(&scenario.title));
    let dates = prose::dates(report).map(|dates| capitalised(&dates) + ".");
    let learned = prose::learned(report).map(|learned| escaped(&capitalised(&learned)) + ".");
    let question = scenario.question.as_ref().map(|question| format!("*{}*", escaped(question)));
    let rescaled = prose::rescaled(&report.run.rescaled).map(|text| escaped(&text) + ".");
    let lead: Vec<String> = question.into_iter().chain(dates).chain(rescaled).chain(learned).collect();
    if !lead.is_empty() {
        text += &format!("\n{}\n", lead.join(" "));
    }
    text
}

fn outcomes(report: &Report) -> String {
    let decimals = report.run.decimals;
    let mut text = format!(
        "| Outcome{} | Probability | Error (points) | Spread, P5 – P50 – P95 (%) | In words |\n",
        mark(report)
    );
    text += "|:--|--:|--:|:-:|:--|\n";
    for one in &report.outcomes {
        let spread =
            [one.spread.p05, one.spread.p50, one.spread.p95].map(|value| percent_figure(value, decimals));
        let (probability, error) = (estimate(&one.probability, decimals), error(&one.probability, decimals));
        let (label, spread) = (escaped(&one.label), escaped(&spread.join(" – ")));
        text += &format!(
            "| {label} | {} | {} | {spread} | {} |\n",
            escaped(&probability),
            escaped(&error),
            one.words
        );
    }
    text
}

/// The states and events of a file without outcomes.
fn chances(report: &Report) -> String {
    let decimals = report.run.decimals;
    if report.chances().is_empty() && !report.quantities().is_empty() {
        return String::new();
    }
    let mut text =
        format!("| State or event{} | Probability | Error (points) |\n|:--|--:|--:|\n", mark(report));
    for one in report.chances() {
        let cells = [estimate(&one.probability, decimals), error(&one.probability, decimals)];
        let [probability, error] = cells.map(|cell| escaped(&cell));
        text += &format!("| {} | {probability} | {error} |\n", escaped(&one.label));
    }
    text
}

/// The factors and derived values that are among the answers.
fn quantities(report: &Report) -> String {
    let quantities = report.quantities();
    if quantities.is_empty() {
        return String::new();
    }
    let has_mark = !(report.outcomes.is_empty() && report.chances().is_empty());
    let mark = if has_mark { String::new() } else { mark(report) };
    let mut text = format!("| Quantity{mark} | Mean | Error | SD | P5 | P50 | P95 |\n");
    text += "|:--|--:|--:|--:|--:|--:|--:|\n";
    for one in &quantities {
        let error = one.estimate.map(general_error).unwrap_or_default();
        let spread = [one.sd, one.spread.p05, one.spread.p50, one.spread.p95].map(general);
        text += &row(one.label, [general(one.mean), error].iter().chain(&spread));
    }
    text
}

/// The percentiles that were asked for.
fn percentiles(report: &Report) -> String {
    let rows = report.percentile_rows(&report.quantities());
    if rows.is_empty() {
        return String::new();
    }
    let headings: Vec<String> = report.percents.iter().map(|one| heading(*one)).collect();
    let mut text = row("Percentiles", headings.iter());
    text += &format!("|:--|{}\n", "--:|".repeat(headings.len()));
    rows.iter().for_each(|(label, cells)| text += &row(label, cells.iter()));
    text
}

fn row<'a>(label: &str, cells: impl Iterator<Item = &'a String>) -> String {
    let cells: Vec<String> = cells.map(|cell| escaped(cell)).collect();
    format!("| {} | {} |\n", escaped(label), cells.join(" | "))
}

/// Each probability in the file itself and in each variant.
fn variants(report: &Report) -> String {
    if report.variants.is_empty() || report.compared().is_empty() {
        return String::new();
    }
    let compared = report.compared();
    let decimals = report.run.decimals;
    let mut text = String::from("### What if\n\n");
    for variant in &report.variants {
        let facts = &variant.facts;
        let set = (!facts.set.is_empty()).then(|| format!("with {}", facts.set.join(", ")));
        let given = (!facts.given.is_empty()).then(|| format!("given {}", facts.given.join(" and ")));
        let parts: Vec<String> = set.into_iter().chain(given).collect();
        text += &format!("- **{}**: {}\n", escaped(&facts.label), escaped(&parts.join(", ")));
    }
    let has_means = compared.iter().any(|one| one.is_mean);
    let unit = if has_means { "" } else { " (points)" };
    let heading = value_heading(&compared);
    text += &format!("\n| Outcome | What if | {heading} | Error{unit} | Difference{unit} | Its error |\n");
    text += "|:--|:--|--:|--:|--:|--:|\n";
    for (at, base) in compared.iter().enumerate() {
        let [value, error] = base.figures(&base.value, decimals).map(|cell| escaped(&cell));
        let error = if base.value.exact { error } else { format!("± {error}") };
        text += &format!("| {} | {BASE} | {value} | {error} | | |\n", escaped(&base.label));
        for variant in &report.variants {
            text += &varied(base, variant, at, decimals);
        }
    }
    text + "\n" + &escaped(of_differences(&compared)) + "\n"
}

fn varied(base: &Compared, variant: &Variant, at: usize, decimals: usize) -> String {
    let found = &variant.found.chances[at];
    let with_sign = |error: String, is_exact: bool| if is_exact { error } else { format!("± {error}") };
    let [value, error] = base.figures(&found.value, decimals);
    let [difference, half] = base.change(found, decimals);
    let own =
        [value, with_sign(error, found.value.exact), difference, with_sign(half, found.difference.exact)];
    let cells = own.map(|cell| escaped(&cell)).join(" | ");
    format!("| | {} | {cells} |\n", escaped(&variant.facts.label))
}

fn explanation(report: &Report) -> String {
    escaped(&prose::three_things(&report.run)) + "\n"
}

/// The probability of each outcome under each theory, and the shares of its variance.
fn theories(report: &Report) -> String {
    let rivals = report.rivals();
    if rivals.is_empty() {
        return String::new();
    }
    let decimals = report.run.decimals;
    let mut text = "| What each theory says |".to_string();
    rivals.iter().for_each(|one| text += &format!(" {} |", escaped(&one.label)));
    text += " All theories | Variance: chance, factors, theories |\n|:--|";
    text += &"--:|".repeat(rivals.len() + 1);
    text += ":-:|\n";
    for (at, outcome) in report.outcomes.iter().enumerate() {
        let under = rivals.iter().map(|one| &one.outcomes[at]).chain([&outcome.probability]);
        let cells: Vec<String> = under.map(|one| escaped(&estimate(one, decimals))).collect();
        let shares = outcome.variance.as_ref().map_or(String::new(), |one| {
            [&one.chance, &one.factors, &one.theories].map(|part| estimate(part, 1)).join(", ")
        });
        text += &format!("| {} | {} | {} |\n", escaped(&outcome.label), cells.join(" | "), escaped(&shares));
    }
    let weights = rivals.iter().map(|one| escaped(&estimate(&one.posterior, decimals)));
    text += &format!("| Weight | {} | | |\n", weights.collect::<Vec<_>>().join(" | "));
    text
}

fn drivers(report: &Report) -> String {
    let decimals = report.run.decimals;
    let mut text = String::new();
    for (at, outcome) in report.outcomes.iter().enumerate() {
        let named = report.felt_drivers(at).take(DRIVERS).map(|one| {
            let (low, high) = (percent(one.low, decimals), percent(one.high, decimals));
            escaped(&format!("{} ({low} → {high})", one.label))
        });
        let named: Vec<String> = named.collect();
        if !named.is_empty() {
            text += &format!("- **{}**: {}\n", escaped(&outcome.label), named.join("; "));
        }
    }
    if text.is_empty() {
        return text;
    }
    let lead = "What pushes each outcome hardest, with its probability where the factor is in its lowest and in its \
                highest fifth:";
    format!("{lead}\n\n{text}")
}

fn footnote(report: &Report) -> String {
    let void =
        prose::void(report).map(|void| format!(" {}.", escaped(&capitalised(&void)))).unwrap_or_default();
    let provenance = escaped(&prose::provenance(report));
    format!("{}: {provenance} · SHA-256 {}.{void}\n", mark(report), report.run.file_hash)
}

/// Text on one line whose characters mean nothing in Markdown.
pub(super) fn escaped(text: &str) -> String {
    let mut safe = String::new();
    for one in plain(text).chars() {
        if matches!(one, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '~') {
            safe.push('\\');
        }
        safe.push(one);
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn labels_cannot_break_the_table() {
        assert_eq!(escaped("a | b\n*c* <0.1 %"), "a \\| b \\*c\\* \\<0.1 %");
    }
}

//! What evidence does to the answers, with the forms of it.

use serde_json::{Value, json};

use super::compose::sentence;
use super::number::{count, counted, difference, error, estimate, general};
use super::prose::{draws, left_out, overrides};
use super::table::{Align, Table};
use super::text::{capitalised, heading};
use super::wrapping::{WIDTH, paragraph, plain, width};
use super::{Context, Facts, RunFacts, VoidFacts, csv, json as form, markdown};
use crate::analysis::update::{Answer, Item, Point, Updates};

#[cfg(feature = "charts")]
use crate::chart::{EvidencePanel, EvidenceStep, EvidenceSteps, Wording};
use crate::diagnostic::Style;
use crate::expression::scale;
use crate::model::{Evidence, Model};
use crate::statistics::{Estimate, INTERVAL_LEVEL};

/// Everything that a page says about evidence.
#[derive(Clone, Debug, PartialEq)]
pub struct UpdateReport {
    /// What was updated.
    pub scenario: Facts,
    /// How the draws were made.
    pub run: RunFacts,
    /// What was found.
    pub updates: Updates,
    /// The items that count, by date, with their places in the file.
    pub items: Vec<(Evidence, String)>,
    /// Draws that were left out.
    pub void: VoidFacts,
    /// What the reader should know, each in a sentence.
    pub warnings: Vec<String>,
}

impl UpdateReport {
    /// Gathers what there is to say.
    pub fn new(model: &Model, updates: Updates, context: &Context) -> UpdateReport {
        let item = |item: &Item| {
            let evidence = &model.evidence[item.at];
            (evidence.clone(), context.sources.place(evidence.span))
        };
        UpdateReport {
            scenario: Facts::of(model, context.sources),
            run: RunFacts::of(model, &updates.plan, (updates.exact, updates.reached), context),
            items: updates.items.iter().map(item).collect(),
            void: VoidFacts::of(&updates.void, context.sources),
            warnings: context.warnings.iter().map(|one| sentence(one, context.sources)).collect(),
            updates,
        }
    }

    // Text.

    /// As text of at most 80 columns.
    pub fn text(&self, style: Style) -> String {
        let parts = [
            self.header(style),
            self.answers(style),
            paragraph(&self.explanation()),
            self.contributions(style),
            paragraph(LOG_ODDS),
            self.timeline(style),
            paragraph(&self.footer()),
        ];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n")
    }

    fn header(&self, style: Style) -> String {
        let mut text = heading(&self.scenario.title, style);
        text += &self.scenario.question.as_deref().map(paragraph).unwrap_or_default();
        text += &paragraph(&capitalised(&self.conditions()));
        text
    }

    /// What is set and learned besides, and which evidence counts.
    fn conditions(&self) -> String {
        let number = counted(self.items.len() as u64, "item");
        let days = match (self.updates.timeline.first(), self.updates.timeline.last()) {
            (Some(first), Some(last)) if first.date != last.date => {
                format!(", {} to {}", first.date, last.date)
            }
            (Some(only), _) => format!(", {}", only.date),
            _ => String::new(),
        };
        let given = (!self.run.given.is_empty()).then(|| format!("given {}", self.run.given.join(" and ")));
        let parts = [Some(format!("evidence of {number}{days}")), overrides(&self.run), given];
        parts.into_iter().flatten().collect::<Vec<_>>().join("; ")
    }

    fn answers(&self, style: Style) -> String {
        use Align::{Left, Right};
        let columns = [
            ("Answer", Left),
            ("Before", Right),
            ("After", Right),
            ("±", Right),
            ("Change", Right),
            ("In words", Left),
        ];
        let mut table = Table::new(&columns);
        self.updates.answers.iter().for_each(|one| table.row(self.answer(one).to_vec()));
        table.text(style)
    }

    fn answer(&self, one: &Answer) -> [String; 6] {
        let decimals = self.run.decimals;
        [
            one.label.clone(),
            estimate(&one.prior, decimals),
            estimate(&one.posterior, decimals),
            error(&one.posterior, decimals).trim_start_matches("± ").into(),
            difference(one.change.value, decimals),
            scale::words(one.posterior.value).into(),
        ]
    }

    fn explanation(&self) -> String {
        let error = match self.run.exact {
            true => "Both are exact.",
            false => "±: the sampling error, half of the 90 % interval, in points.",
        };
        format!("Before and after: the probability without and with the evidence. {error} Change in points.")
    }

    fn contributions(&self, style: Style) -> String {
        use Align::{Left, Right};
        let columns =
            [("What each item says", Left), ("added", Right), ("±", Right), ("alone", Right), ("±", Right)];
        let mut table = Table::new(&columns);
        for (item, (evidence, _)) in self.updates.items.iter().zip(&self.items) {
            table.row(vec![title(item, evidence)]);
            for (at, answer) in self.updates.answers.iter().enumerate() {
                let [added, alone] = [item.added[at], item.alone[at]];
                let mut cells = vec![format!("  {}", answer.label)];
                cells.extend([figure(added.value), size(&added), figure(alone.value), size(&alone)]);
                table.row(cells);
            }
        }
        table.text(style)
    }

    /// A column for each answer if there is room, else a line for each.
    fn timeline(&self, style: Style) -> String {
        let table = self.wide_timeline().text(style);
        match table.lines().all(|line| width(line) <= WIDTH) {
            true => table,
            false => self.long_timeline().text(style),
        }
    }

    fn wide_timeline(&self) -> Table {
        let names: Vec<String> =
            self.updates.answers.iter().map(|one| one.id.replace(['_', '.'], " ")).collect();
        let mut columns = vec![("Probability after", Align::Left)];
        columns.extend(names.iter().map(|name| (name.as_str(), Align::Right)));
        columns.push(("effective draws", Align::Right));
        let mut table = Table::new(&columns);
        let before = self.updates.answers.iter().map(|one| one.prior).collect::<Vec<_>>();
        table.row(self.moment("before", &before, f64::INFINITY));
        for point in &self.updates.timeline {
            let name = format!("{} {}", point.date, self.ids(point).join(", "));
            table.row(self.moment(&name, &point.probabilities, point.effective_draws));
        }
        table
    }

    fn moment(&self, name: &str, probabilities: &[Estimate], effective: f64) -> Vec<String> {
        let mut cells = vec![name.to_string()];
        cells.extend(probabilities.iter().map(|one| estimate(one, self.run.decimals)));
        cells.push(self.effective(effective).map_or("exact".into(), |draws| count(draws as u64)));
        cells
    }

    fn long_timeline(&self) -> Table {
        let mut table =
            Table::new(&[("Over time", Align::Left), ("Probability", Align::Right), ("±", Align::Right)]);
        for point in &self.updates.timeline {
            table.row(vec![format!("{} {}", point.date, self.ids(point).join(", "))]);
            for (answer, one) in self.updates.answers.iter().zip(&point.probabilities) {
                let error = error(one, self.run.decimals).trim_start_matches("± ").to_string();
                table.row(vec![format!("  {}", answer.label), estimate(one, self.run.decimals), error]);
            }
        }
        table
    }

    fn ids(&self, point: &Point) -> Vec<String> {
        point.items.iter().map(|at| self.items[*at].0.id.clone()).collect()
    }

    /// The draws that count; `None` if no draw entered.
    fn effective(&self, draws: f64) -> Option<f64> {
        (!self.run.exact).then(|| draws.min(self.run.draws as f64))
    }

    fn footer(&self) -> String {
        let learned = &self.updates.learned;
        let effective = self.effective(learned.effective_draws);
        let parts = [
            Some(format!("relative likelihood of the evidence {}", general(learned.probability.value))),
            effective.map(|number| format!("{} effective draws", count(number as u64))),
            Some(self.scenario.file.clone()),
            Some(draws(&self.run)),
            Some(format!("foretell {}", self.run.version)),
            left_out(&self.void, self.run.draws),
        ];
        capitalised(&parts.into_iter().flatten().collect::<Vec<_>>().join(" · "))
    }

    // Chart.

    /// What each item does to each probability.
    #[cfg(feature = "charts")]
    pub fn figure(&self) -> EvidenceSteps {
        let step = |label: String, one: &Estimate| EvidenceStep {
            label,
            probability: one.value,
            value: estimate(one, self.run.decimals),
        };
        let panel = |(at, answer): (usize, &Answer)| {
            let items = self.updates.items.iter().zip(&self.items);
            let items = items
                .map(|(item, (one, _))| step(format!("{} {}", one.date, plain(&one.text)), &item.after[at]));
            let steps = std::iter::once(step("before".into(), &answer.prior)).chain(items).collect();
            EvidencePanel { label: plain(&answer.label), steps }
        };
        let subtitle = "Each outcome's probability, item by item in the order of dates";
        EvidenceSteps {
            wording: Wording {
                title: plain(self.scenario.question.as_deref().unwrap_or(&self.scenario.title)),
                subtitle: format!("{subtitle} · {}", self.conditions()),
                caption: self.footer(),
            },
            panels: self.updates.answers.iter().enumerate().map(panel).collect(),
        }
    }

    // Markdown.

    /// As a section of Markdown.
    pub fn markdown(&self) -> String {
        let escaped = markdown::escaped;
        let mut text = format!(
            "## {}\n\n{}.\n\n",
            escaped(&self.scenario.title),
            escaped(&capitalised(&self.conditions()))
        );
        text += "| Answer | Before | After | Error (points) | Change (points) | In words |\n|:--|--:|--:|--:|--:|:--|\n";
        for one in &self.updates.answers {
            text += &row(&self.answer(one));
        }
        text +=
            "\n| What each item says, in log-odds | Added | Error | Alone | Error |\n|:--|--:|--:|--:|--:|\n";
        for (item, (evidence, _)) in self.updates.items.iter().zip(&self.items) {
            text += &format!("| **{}** | | | | |\n", escaped(&title(item, evidence)));
            for (at, answer) in self.updates.answers.iter().enumerate() {
                let [added, alone] = [item.added[at], item.alone[at]];
                let numbers = [figure(added.value), size(&added), figure(alone.value), size(&alone)];
                text += &row(&[vec![answer.label.clone()], numbers.to_vec()].concat());
            }
        }
        text += &format!("\n{}\n", escaped(LOG_ODDS));
        let names: Vec<String> = self.updates.answers.iter().map(|one| one.label.clone()).collect();
        text += &format!(
            "\n{}|:--|{}\n",
            row(&[vec!["Probability after".into()], names].concat()),
            "--:|".repeat(self.updates.answers.len())
        );
        for point in &self.updates.timeline {
            let mut cells = vec![format!("{} {}", point.date, self.ids(point).join(", "))];
            cells.extend(point.probabilities.iter().map(|one| estimate(one, self.run.decimals)));
            text += &row(&cells);
        }
        text + &format!("\n{}.\n", escaped(&self.footer()))
    }

    // CSV.

    /// As one tidy table: a line for each number.
    pub fn csv(&self) -> String {
        let columns = [
            "kind",
            "date",
            "evidence",
            "id",
            "label",
            "value",
            "std_error",
            "interval_low",
            "interval_high",
            "exact",
        ];
        let mut lines = vec![csv::line(columns.map(String::from).to_vec())];
        let mut add = |kind: &str, date: String, evidence: &str, at: usize, one: &Estimate| {
            let answer = &self.updates.answers[at];
            let mut cells = vec![kind.into(), date, evidence.into(), answer.id.clone(), answer.label.clone()];
            cells.extend([one.value, one.std_error, one.interval.0, one.interval.1].map(csv::number));
            cells.push(one.exact.to_string());
            lines.push(csv::line(cells));
        };
        for (at, one) in self.updates.answers.iter().enumerate() {
            add("prior", String::new(), "", at, &one.prior);
            add("posterior", String::new(), "", at, &one.posterior);
        }
        for (item, (evidence, _)) in self.updates.items.iter().zip(&self.items) {
            for at in 0..self.updates.answers.len() {
                let date = || evidence.date.to_string();
                add("log_odds_added", date(), &evidence.id, at, &item.added[at]);
                add("log_odds_alone", date(), &evidence.id, at, &item.alone[at]);
                add("probability_after", date(), &evidence.id, at, &item.after[at]);
            }
        }
        lines.concat()
    }

    // JSON.

    /// As JSON: keys are only ever added.
    pub fn json(&self) -> String {
        let learned = &self.updates.learned;
        form::pretty(&json!({
            "foretell": form::CONTRACT,
            "scenario": form::scenario(&self.scenario),
            "run": form::run(&self.run),
            "answers": self.updates.answers.iter().map(|one| json!({
                "id": one.id,
                "label": one.label,
                "prior": number(&one.prior),
                "posterior": number(&one.posterior),
                "change": number(&one.change),
                "words": scale::words(one.posterior.value),
            })).collect::<Value>(),
            "items": self.updates.items.iter().zip(&self.items).map(|one| self.item_json(one)).collect::<Value>(),
            "timeline": self.updates.timeline.iter().map(|point| json!({
                "date": point.date.to_string(),
                "evidence": self.ids(point),
                "probabilities": self.by_answer(&point.probabilities),
                "effective_sample_size": self.effective(point.effective_draws),
            })).collect::<Value>(),
            "evidence": {
                "probability": learned.probability.value,
                "effective_sample_size": self.effective(learned.effective_draws),
                "std_error": learned.probability.std_error,
                "exact": learned.probability.exact,
                "relative": true,
            },
            "void": form::void(&self.void),
            "warnings": self.warnings,
        }))
    }

    fn item_json(&self, (item, (evidence, place)): (&Item, &(Evidence, String))) -> Value {
        json!({
            "id": evidence.id,
            "date": evidence.date.to_string(),
            "text": evidence.text,
            "publisher": evidence.publisher,
            "url": evidence.url,
            "place": place,
            "note": evidence.origin.as_ref().and_then(|origin| origin.note.clone()),
            "likelihood": item.likelihood,
            "overlapped": item.is_tempered,
            "log_odds_added": self.by_answer(&item.added),
            "log_odds_alone": self.by_answer(&item.alone),
            "probabilities_after": self.by_answer(&item.after),
        })
    }

    fn by_answer(&self, estimates: &[Estimate]) -> Value {
        let with_id = |(answer, one): (&Answer, &Estimate)| {
            let mut value = number(one);
            value["id"] = json!(answer.id);
            value
        };
        self.updates.answers.iter().zip(estimates).map(with_id).collect()
    }
}

/// What the numbers of the table of items mean.
const LOG_ODDS: &str = "Log-odds of each answer against the rest: +0.7 about doubles its odds, −0.7 about halves them. \
                        Added: after the items before it. Alone: by itself.";

/// An item in one line.
fn title(item: &Item, evidence: &Evidence) -> String {
    let publisher = evidence.publisher.as_ref().map_or(String::new(), |name| format!("{}: ", plain(name)));
    let overlap = if item.is_tempered { " (shares a cause with an earlier item: counted less)" } else { "" };
    format!("{} {publisher}{}{overlap}", evidence.date, plain(&evidence.text))
}

/// A change in log-odds with its sign.
fn figure(value: f64) -> String {
    let shown = match value {
        value if value.is_nan() => return "n/a".into(),
        value if value.is_infinite() => "∞".to_string(),
        value => format!("{:.2}", value.abs()),
    };
    match shown.as_str() {
        "0.00" => shown,
        _ if value < 0.0 => format!("−{shown}"),
        _ => format!("+{shown}"),
    }
}

/// The half-width of the interval of a change in log-odds.
fn size(one: &Estimate) -> String {
    match one.half_width() {
        _ if one.exact => "exact".into(),
        half if !half.is_finite() => "n/a".into(),
        half if half < 0.0005 => "<0.001".into(),
        half => format!("{half:.3}"),
    }
}

fn row(cells: &[String]) -> String {
    let cells: Vec<String> = cells.iter().map(|cell| markdown::escaped(cell)).collect();
    format!("| {} |\n", cells.join(" | "))
}

fn number(one: &Estimate) -> Value {
    json!({
        "value": one.value,
        "std_error": one.std_error,
        "interval": [one.interval.0, one.interval.1],
        "interval_level": INTERVAL_LEVEL,
        "exact": one.exact,
    })
}

//! One draw, step by step, as tables.

use super::About;
use crate::analysis::explain::{Decision, Followed, Given, ScoreOf, Step, StepKind};
use crate::report::number::{general, general_difference, whole, with_unit};
use crate::report::page::{Cell, Column, Detail, Page, Table};
use crate::report::prose::{cut, quoted};
use crate::report::wrapping::plain;

/// As many columns as a name and a formula have where there is little room.
const LABEL: usize = 40;
const FORMULA: usize = 56;
/// As many terms of a score as a screen shows.
const TERMS: usize = 3;

impl About<'_> {
    pub(super) fn draw(&self, draw: &Followed, detail: Detail, rows: usize, page: &mut Page) {
        if detail > Detail::Brief {
            page.sentence(lead(draw));
        }
        if detail > Detail::Screen {
            page.table(self.steps(draw, &[StepKind::Factor, StepKind::Derived], detail));
            page.table(self.decisions(draw));
        }
        page.table(self.scores(draw, if detail > Detail::Screen { usize::MAX } else { TERMS.min(rows) }));
        if detail > Detail::Brief {
            page.note(reading(draw));
            page.foot.push(format!(
                "Draw {}: index {} of replicate {}, seed {}.{}",
                draw.world.number(),
                draw.index,
                draw.replicate,
                self.facts.run.seed,
                if detail == Detail::Screen { " -v shows every step; --format json all digits." } else { "" }
            ));
        }
        page.main = self.main_of(draw);
    }

    fn steps(&self, draw: &Followed, kinds: &[StepKind], detail: Detail) -> Table {
        let mut table = Table::new(
            self.facts.run.decimals,
            [
                Column::words("label", "Number"),
                Column::words("value", "value"),
                Column::words("expression", "is"),
                Column::words("put_in", "with the values of this draw"),
            ],
        );
        let room = if detail == Detail::Full { usize::MAX } else { FORMULA };
        for step in draw.steps.iter().filter(|one| kinds.contains(&one.kind)) {
            let value = with_unit(&general(step.value.unwrap_or(f64::NAN)), step.unit.as_deref());
            let given = step.given.first();
            let expression = given.map_or(String::new(), |one| cut(&plain(&one.expression), room));
            let put_in = given.map_or(String::new(), |one| cut(&rounded(one), room));
            table.row([
                Cell::from(cut(&plain(&step.label), LABEL)),
                value.into(),
                expression.into(),
                put_in.into(),
            ]);
        }
        table
    }

    /// Events, factors with states, and which theory is right.
    fn decisions(&self, draw: &Followed) -> Table {
        let mut table = Table::new(
            self.facts.run.decimals,
            [
                Column::words("label", "Event or state"),
                Column::words("state", "is so"),
                Column::words("probability", "how probable it was"),
                Column::words("put_in", "by"),
            ],
        );
        for step in &draw.steps {
            if let Some(decision) = &step.decision {
                let at = decision.states.iter().position(|one| one.id == decision.state).unwrap_or(0);
                let given = step.given.get(if step.kind == StepKind::Event { 0 } else { at });
                let by = given.map_or(String::new(), |one| cut(&rounded(one), FORMULA));
                table.row([
                    Cell::from(cut(&plain(&step.label), LABEL)),
                    plain(&decision.label).into(),
                    chance(decision).into(),
                    by.into(),
                ]);
            }
        }
        if let Some(theory) = &draw.theory {
            table.row(["The right theory".into(), plain(&theory.label).into(), Cell::from(chance(theory))]);
        }
        table
    }

    /// The terms of each score, largest first.
    fn scores(&self, draw: &Followed, most: usize) -> Table {
        let mut table = Table::new(
            self.facts.run.decimals,
            [
                Column::words("label", "Score of each outcome"),
                Column::words("how", "how"),
                Column::words("term", if draw.by_scores { "adds" } else { "holds" }),
            ],
        );
        for one in &draw.scores {
            table.group(format!("{}: {}", cut(&plain(&one.label), 2 * LABEL), whole(one.probability)));
            score(&mut table, one, draw.by_scores, most);
        }
        table
    }

    /// Every number of the draw, in order.
    fn main_of(&self, draw: &Followed) -> Table {
        let mut table = Table::new(
            self.facts.run.decimals,
            [
                Column::words("kind", "Kind"),
                Column::words("of", "Of"),
                Column::words("id", "What"),
                Column::quantity("value", "Value"),
                Column::words("state", "State"),
                Column::quantity("weight", "Weight"),
                Column::quantity("neutral", "Neutral"),
                Column::quantity("term", "Term"),
                Column::words("expression", "Expression"),
                Column::words("put_in", "With values"),
            ],
        );
        draw.steps.iter().for_each(|one| step_rows(&mut table, one));
        if let Some(theory) = &draw.theory {
            decision_rows(&mut table, "theory", "theories", theory);
        }
        draw.scores.iter().for_each(|one| score_rows(&mut table, one));
        if let Some(outcome) = &draw.outcome {
            decision_rows(&mut table, "outcome", "outcomes", outcome);
        }
        table
    }
}

fn lead(draw: &Followed) -> String {
    let weight = match draw.weight {
        1.0 => String::new(),
        weight => format!(" What was learned had the probability {} in it.", general(weight)),
    };
    match &draw.outcome {
        Some(outcome) => format!(
            "In draw {} {} comes true, which was {} probable.{weight}",
            draw.world.number(),
            quoted(&outcome.label),
            chance(outcome)
        ),
        None => format!("Draw {}, step by step.{weight}", draw.world.number()),
    }
}

/// How probable the state was; and with which probability it was drawn, if what was learned makes that another.
fn chance(decision: &Decision) -> String {
    let own = decision.states.iter().find(|one| one.id == decision.state);
    own.map_or(String::new(), |one| match (one.drawn_by - one.probability).abs() < 1e-9 {
        true => whole(one.probability),
        false => format!("{} ({} given what was learned)", whole(one.probability), whole(one.drawn_by)),
    })
}

fn reading(draw: &Followed) -> String {
    match (draw.by_scores, draw.scores.is_empty()) {
        (_, true) => String::new(),
        (true, _) => "A score begins with the logarithm of the base; each weight adds weight × (value − neutral). Probabilities \
                      are the shares of exp(score)."
            .into(),
        (false, _) => "The outcome is the one whose rule holds.".into(),
    }
}

/// A formula with its numbers rounded.
fn rounded(given: &Given) -> String {
    let mut text = given.put_in.clone();
    for one in &given.with {
        if let Some(value) = one.value {
            text = text.replace(
                &one.state,
                &if value < 0.0 && !one.is_draw { format!("({})", general(value)) } else { general(value) },
            );
        }
    }
    plain(&text)
}

fn score(table: &mut Table, one: &ScoreOf, by_scores: bool, most: usize) {
    if let (Some(base), Some(start)) = (one.base, one.start()) {
        table.nested([
            Cell::from("base"),
            format!("ln {}", general(base)).into(),
            general_difference(start).into(),
        ]);
    }
    let mut weights: Vec<_> = one.weights.iter().collect();
    weights.sort_by(|a, b| b.term.abs().total_cmp(&a.term.abs()));
    for own in weights.iter().take(most) {
        let how = match own.neutral {
            0.0 => format!("{} × {}", general(own.weight), general(own.value)),
            neutral => format!("{} × ({} − {})", general(own.weight), general(own.value), general(neutral)),
        };
        table.nested([
            Cell::from(cut(&plain(&own.label), LABEL)),
            how.into(),
            general_difference(own.term).into(),
        ]);
    }
    let rest = &weights[most.min(weights.len())..];
    if !rest.is_empty() {
        let sum: f64 = rest.iter().map(|own| own.term).sum();
        table.nested([
            Cell::from(format!("{} more", rest.len())),
            Cell::Blank,
            general_difference(sum).into(),
        ]);
    }
    if let Some(formula) = &one.formula {
        let truth = match (by_scores, formula.value) {
            (true, value) => general(value.unwrap_or(f64::NAN)),
            (false, Some(1.0)) => "yes".into(),
            (false, _) => "no".into(),
        };
        let how = cut(&rounded(formula), FORMULA);
        table.nested([Cell::from(if by_scores { "score" } else { "rule" }), how.into(), truth.into()]);
    } else if let Some(score) = one.score.filter(|_| by_scores) {
        table.nested([Cell::from("score"), Cell::Blank, general(score).into()]);
    }
}

fn step_rows(table: &mut Table, step: &Step) {
    let kind = match step.kind {
        StepKind::Factor => "factor",
        StepKind::States => "states",
        StepKind::Derived => "derived",
        StepKind::Event => "event",
    };
    if let Some(decision) = &step.decision {
        decision_rows(table, kind, &step.id, decision);
        return;
    }
    let given = step.given.first();
    let text = |of: fn(&Given) -> &String| given.map_or(Cell::Blank, |one| of(one).into());
    let id = Cell::from(&step.id);
    let [expression, put_in] = [text(|one| &one.expression), text(|one| &one.put_in)];
    let blank = || Cell::Blank;
    table.row([
        kind.into(),
        blank(),
        id,
        step.value.into(),
        blank(),
        blank(),
        blank(),
        blank(),
        expression,
        put_in,
    ]);
}

fn decision_rows(table: &mut Table, kind: &str, of: &str, decision: &Decision) {
    for one in &decision.states {
        let is_so = one.id == decision.state;
        table.row([kind.into(), of.into(), Cell::from(&one.id), one.probability.into(), is_so.into()]);
    }
}

fn score_rows(table: &mut Table, one: &ScoreOf) {
    let of = || Cell::from(&one.id);
    if let (Some(base), Some(start)) = (one.base, one.start()) {
        table.row([
            "base".into(),
            of(),
            "base".into(),
            base.into(),
            Cell::Blank,
            Cell::Blank,
            Cell::Blank,
            start.into(),
        ]);
    }
    for own in &one.weights {
        table.row([
            "weight".into(),
            of(),
            Cell::from(&own.id),
            own.value.into(),
            Cell::Blank,
            own.weight.into(),
            own.neutral.into(),
            own.term.into(),
        ]);
    }
    let text = |of: fn(&Given) -> &String| one.formula.as_ref().map_or(Cell::Blank, |one| of(one).into());
    let [expression, put_in] = [text(|one| &one.expression), text(|one| &one.put_in)];
    let blank = || Cell::Blank;
    table.row([
        "score".into(),
        of(),
        "score".into(),
        one.score.into(),
        blank(),
        blank(),
        blank(),
        blank(),
        expression,
        put_in,
    ]);
}

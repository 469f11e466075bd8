//! The pictures of a sweep.

use super::map::letter;
use super::{About, called, value};
use crate::analysis::sweep::{AxisFinding, Kind, Point};
use crate::chart::{Along, AreaPanel, LinePanel, PhaseMap, SweepAreas, SweepLine, SweepLines, Wording};
use crate::report::finding::wording::wording;
use crate::report::page::Page;
use crate::report::wrapping::plain;

impl About<'_> {
    /// Adds the picture.
    pub(super) fn add_figures(&self, page: &mut Page) {
        if self.is_map() {
            page.figure("sweep", self.phase_map());
        } else if self.found.leads.is_empty() {
            page.figure("sweep", self.lines());
        } else {
            page.figure("sweep", self.sweep_areas());
        }
    }

    fn wording(&self, what: &str) -> Wording {
        wording(self.facts, self.title(), what)
    }

    /// What those that lead are called.
    fn noun(&self) -> &'static str {
        match self.found.answers.first().map(|one| one.kind) {
            Some(Kind::State) => "state",
            _ => "outcome",
        }
    }

    /// What each picture of several is about.
    fn besides_all(&self) -> Vec<(Option<f64>, String)> {
        match &self.found.also {
            None => vec![(None, String::new())],
            Some(also) => {
                let label = |(value, label): (&f64, &String)| {
                    (Some(*value), format!("{} at {label}", plain(&also.label)))
                };
                also.values.iter().zip(&also.labels).map(label).collect()
            }
        }
    }

    fn points_of(&self, also: Option<f64>) -> impl Iterator<Item = &Point> {
        self.found.points.iter().filter(move |one| one.also == also)
    }

    fn own(&self) -> Option<(f64, String)> {
        let axis = &self.found.axes[0];
        let own = axis.own.filter(|own| *own >= axis.from && *own <= axis.to)?;
        Some((own, format!("the file: {}", value(axis, own))))
    }

    fn sweep_areas(&self) -> SweepAreas {
        let axis = &self.found.axes[0];
        let panel = |(also, label): (Option<f64>, String)| AreaPanel {
            label,
            columns: self
                .points_of(also)
                .map(|one| (one.at, one.answers.iter().map(|one| one.value).collect()))
                .collect(),
            changes: {
                let own = self.found.crossings.iter().filter(|one| one.also == also);
                own.map(|one| (one.at, self.place(one.at))).collect()
            },
            own: self.own(),
        };
        SweepAreas {
            wording: self.wording(&format!("Probability of each {}", self.noun())),
            along: along(axis),
            names: self.found.answers.iter().map(|one| plain(&one.short)).collect(),
            panels: self.besides_all().into_iter().map(panel).collect(),
        }
    }

    /// Probabilities on one scale, each mean on its own.
    fn lines(&self) -> SweepLines {
        let mut panels = Vec::new();
        for (also, label) in self.besides_all() {
            let line = |at: usize| SweepLine {
                name: plain(&self.found.answers[at].short),
                points: self
                    .points_of(also)
                    .map(|one| {
                        (one.at, one.answers.get(at).map(|one| [one.value, one.interval.0, one.interval.1]))
                    })
                    .collect(),
            };
            let all = 0..self.found.answers.len();
            let (means, chances): (Vec<usize>, Vec<usize>) =
                all.partition(|at| self.found.answers[*at].is_mean());
            let titled = |what: String| if label.is_empty() { what } else { format!("{what}, {label}") };
            if !chances.is_empty() {
                let lines = chances.into_iter().map(line).collect();
                panels.push(LinePanel { label: titled("Probability".into()), is_probability: true, lines });
            }
            for at in means {
                let name = plain(&self.found.answers[at].label);
                panels.push(LinePanel {
                    label: titled(format!("{name} (mean)")),
                    is_probability: false,
                    lines: vec![line(at)],
                });
            }
        }
        let what = "Each answer, with a ribbon for the 90 % interval of its sampling error";
        SweepLines { wording: self.wording(what), along: along(&self.found.axes[0]), own: self.own(), panels }
    }

    fn phase_map(&self) -> PhaseMap {
        let [across, up] = [&self.found.axes[0], &self.found.axes[1]];
        let cell = |one: &crate::analysis::sweep::Cell| {
            let at = self.found.answers.iter().position(|answer| Some(&answer.id) == one.leads.as_ref())?;
            Some((at, one.lead.value, one.lead.interval.0 > 0.0))
        };
        let inside = |axis: &AxisFinding| axis.own.filter(|own| *own >= axis.from && *own <= axis.to);
        PhaseMap {
            wording: self.wording(&format!("Which {} is most probable, and by how much", self.noun())),
            across: along(across),
            up: along(up),
            names: self
                .found
                .answers
                .iter()
                .enumerate()
                .map(|(at, one)| (letter(at), plain(&one.short)))
                .collect(),
            values: [across.values.clone(), up.values.clone()],
            cells: self.found.cells.iter().map(cell).collect(),
            own: inside(across).zip(inside(up)),
        }
    }
}

fn along(axis: &AxisFinding) -> Along {
    let label = called(axis);
    let label = axis.unit.as_ref().map_or(label.clone(), |unit| format!("{label}, {}", plain(unit)));
    Along { label, from: axis.from, to: axis.to, names: axis.states.clone() }
}

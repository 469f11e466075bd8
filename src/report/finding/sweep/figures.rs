//! The pictures of a sweep.

use super::map::letter;
use super::{About, heading, said};
use crate::analysis::sweep::{AxisFinding, Kind, Point};
use crate::chart::{Along, AreaPanel, LinePanel, PhaseMap, SweepAreas, SweepLine, SweepLines, Wording};
use crate::report::finding::telling::most_telling;
use crate::report::finding::wording::wording;
use crate::report::page::Page;
use crate::report::prose::{measured, named};

/// As many areas stand on each other by themselves.
const AREAS: usize = 8;

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
                    (Some(*value), format!("{} at {label}", named(&also.label)))
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
        Some((own, format!("the file: {}", said(axis, own))))
    }

    fn sweep_areas(&self) -> SweepAreas {
        let axis = &self.found.axes[0];
        let kept = most_telling(&self.peaks(), AREAS);
        let shares = |one: &Point| -> Vec<f64> {
            let own: Vec<f64> =
                kept.iter().filter_map(|at| one.answers.get(*at)).map(|one| one.value).collect();
            let rest = (1.0 - own.iter().sum::<f64>()).clamp(0.0, 1.0);
            let has_rest = kept.len() < self.found.answers.len() && !own.is_empty();
            own.into_iter().chain(has_rest.then_some(rest)).collect()
        };
        let more = self.found.answers.len() - kept.len();
        let rest = (more > 0).then(|| format!("{more} others together"));
        let panel = |(also, label): (Option<f64>, String)| AreaPanel {
            label,
            columns: self.points_of(also).map(|one| (one.at, shares(one))).collect(),
            changes: {
                let own = self.found.crossings.iter().filter(|one| one.also == also);
                own.map(|one| (one.at, self.place(one.at))).collect()
            },
            own: self.own(),
        };
        SweepAreas {
            wording: self.wording(&format!("Probability of each {}", self.noun())),
            along: along(axis),
            names: kept.iter().map(|at| named(&self.found.answers[*at].short)).chain(rest).collect(),
            has_rest: more > 0,
            panels: self.besides_all().into_iter().map(panel).collect(),
        }
    }

    /// How probable each answer is at most.
    fn peaks(&self) -> Vec<f64> {
        let values =
            |at: usize| self.found.points.iter().filter_map(move |one| Some(one.answers.get(at)?.value));
        (0..self.found.answers.len()).map(|at| values(at).fold(0.0, f64::max)).collect()
    }

    /// Probabilities on one scale, each mean on its own.
    fn lines(&self) -> SweepLines {
        let mut panels = Vec::new();
        for (also, label) in self.besides_all() {
            let line = |at: usize| SweepLine {
                name: named(&self.found.answers[at].short),
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
                let name = named(&self.found.answers[at].label);
                panels.push(LinePanel {
                    label: titled(format!(
                        "{}, mean",
                        measured(&name, self.found.answers[at].unit.as_deref())
                    )),
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
        let leaders = self.leaders();
        let cell = |one: &crate::analysis::sweep::Cell| {
            let at = self.found.answers.iter().position(|answer| Some(&answer.id) == one.leads.as_ref())?;
            let at = leaders.iter().position(|one| *one == at)?;
            Some((at, one.lead.value, one.lead.interval.0 > 0.0))
        };
        let inside = |axis: &AxisFinding| axis.own.filter(|own| *own >= axis.from && *own <= axis.to);
        PhaseMap {
            wording: self.wording(&format!("Which {} is most probable, and by how much", self.noun())),
            across: along(across),
            up: along(up),
            names: leaders
                .iter()
                .map(|at| (letter(&leaders, *at), named(&self.found.answers[*at].short)))
                .collect(),
            values: [across.values.clone(), up.values.clone()],
            cells: self.found.cells.iter().map(cell).collect(),
            own: inside(across).zip(inside(up)),
        }
    }
}

fn along(axis: &AxisFinding) -> Along {
    let names = axis.states.iter().map(|one| named(one)).collect();
    Along { label: heading(axis), from: axis.from, to: axis.to, names }
}

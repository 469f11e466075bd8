//! From what was seen to what is told.

use super::axis::{Axis, Hold};
use super::closest::closest;
use super::finding::{
    Area, AxisFinding, Cell, Closest, Crossing, FacetFinding, Lead, Point, SweepFinding, Swept,
};
use super::lookout::Lookout;
use super::looks::Look;
use super::place::Change;
use super::spot::{Seen, Spot};
use crate::analysis::estimated::{Difference, Figure};
use crate::program::Held;
use crate::statistics::{Estimate, INTERVAL_LEVEL};

/// What is told of a sweep.
pub(super) struct Told<'a> {
    pub(super) lookout: &'a Lookout<'a>,
    pub(super) levels: &'a [(f64, String)],
}

impl Told<'_> {
    /// Of one number, with where the lead changes for each value of what is held besides.
    pub(super) fn line(
        &self,
        found: &[(Spot, Seen)],
        changes: &[(Option<f64>, Vec<Change>)],
    ) -> SweepFinding {
        let mut finding = self.nothing(found);
        for (also, changes) in changes {
            let own: Vec<&(Spot, Seen)> = found.iter().filter(|(spot, _)| spot.also == *also).collect();
            finding.crossings.extend(changes.iter().map(|one| self.crossing(*also, one)));
            if self.lookout.looks.is_whole {
                finding.leads.extend(self.leads(*also, &own, changes));
            }
            let mut before = None;
            for (spot, seen) in own {
                before = seen.lead(before);
                let leads = before.filter(|_| self.lookout.looks.is_whole).map(|at| self.id(at));
                let answers = seen.values.iter().map(|one| Figure(*one)).collect();
                finding.points.push(Point { at: spot.at[0], also: spot.also, leads, gap: seen.gap, answers });
            }
        }
        finding
    }

    /// Of two numbers.
    pub(super) fn map(&self, found: &[(Spot, Seen)]) -> SweepFinding {
        let mut finding = self.nothing(found);
        finding.cells = found.iter().map(|(spot, seen)| self.cell(spot, seen)).collect();
        finding.areas = self.areas(found);
        finding
    }

    /// All but the points.
    fn nothing(&self, found: &[(Spot, Seen)]) -> SweepFinding {
        let also = self.lookout.also.map(|also| FacetFinding {
            name: also.name.clone(),
            address: also.address.clone(),
            label: also.label.clone(),
            values: self.levels.iter().map(|one| one.0).collect(),
            labels: self.levels.iter().map(|one| one.1.clone()).collect(),
        });
        let is_one = self.lookout.axes.len() == 1;
        let closest = closest(found).filter(|_| self.lookout.looks.is_whole);
        SweepFinding {
            axes: self.lookout.axes.iter().map(|axis| self.axis(axis, is_one)).collect(),
            also,
            answers: self.answers(),
            points: Vec::new(),
            leads: Vec::new(),
            crossings: Vec::new(),
            closest: closest.map(|(spot, [first, second], lead)| Closest {
                at: spot.at.clone(),
                also: spot.also,
                first: self.id(first),
                second: self.id(second),
                lead: Difference(lead),
            }),
            cells: Vec::new(),
            areas: Vec::new(),
        }
    }

    fn axis(&self, axis: &Axis, is_one: bool) -> AxisFinding {
        let values = if is_one { axis.places() } else { axis.steps.values() };
        AxisFinding {
            name: axis.name.clone(),
            address: axis.address.clone(),
            label: axis.label.clone(),
            unit: self.lookout.study.model.unit(&axis.name).map(String::from),
            from: values.first().copied().unwrap_or(f64::NAN),
            to: values.last().copied().unwrap_or(f64::NAN),
            own: axis.own,
            values,
            states: axis.steps.names(),
            is_made: matches!(axis.hold, Hold::Setting(Held::Variable(_))),
        }
    }

    fn answers(&self) -> Vec<Swept> {
        let model = self.lookout.study.model;
        let answer = |look: &Look| Swept {
            id: look.id(model),
            label: look.label(model),
            short: look.short(model),
            unit: model.unit(&look.id(model)).map(String::from),
            kind: look.kind(),
        };
        self.lookout.looks.all.iter().map(answer).collect()
    }

    fn id(&self, at: usize) -> String {
        self.lookout.looks.all[at].id(self.lookout.study.model)
    }

    fn crossing(&self, also: Option<f64>, change: &Change) -> Crossing {
        let [from, to] = change.leads.map(|at| self.id(at));
        Crossing {
            at: change.at,
            interval: [change.interval.0, change.interval.1],
            interval_level: INTERVAL_LEVEL,
            from,
            to,
            exact: change.exact,
            also,
        }
    }

    /// Who leads from where to where: from one change to the next, but not over a gap.
    fn leads(&self, also: Option<f64>, found: &[&(Spot, Seen)], changes: &[Change]) -> Vec<Lead> {
        let model = self.lookout.study.model;
        let lead = |at: usize, from: f64| {
            let look = self.lookout.looks.all[at];
            let (id, label, short) = (look.id(model), look.label(model), look.short(model));
            Lead { id, label, short, also, from, to: from }
        };
        let mut all: Vec<Lead> = Vec::new();
        let mut before: Option<usize> = None;
        let mut open = changes.iter().peekable();
        for (spot, seen) in found {
            let (at, now) = (spot.at[0], seen.lead(before));
            while let Some(change) = open.next_if(|one| one.at <= at && before.is_some()) {
                end(&mut all, change.at);
                all.push(lead(change.leads[1], change.at));
            }
            let is_new = before.is_none() || changes.is_empty() && before != now;
            all.extend(now.filter(|_| is_new).map(|now| lead(now, at)));
            if now.is_some() {
                end(&mut all, at);
            }
            before = now;
        }
        all
    }

    fn cell(&self, spot: &Spot, seen: &Seen) -> Cell {
        let first = seen.lead(None);
        let second = first.and_then(|first| seen.second(first));
        let lead = first.zip(second).map_or_else(Estimate::unknown, |(one, other)| seen.margin(one, other));
        Cell {
            at: [spot.at[0], spot.at[1]],
            leads: first.map(|at| self.id(at)),
            second: second.map(|at| self.id(at)),
            lead: Difference(lead),
            gap: seen.gap,
            answers: seen.values.iter().map(|one| Figure(*one)).collect(),
        }
    }

    /// The shares of the map; places on its edge stand for half as much, those at its corners for a quarter.
    fn areas(&self, found: &[(Spot, Seen)]) -> Vec<Area> {
        let weight = |spot: &Spot| -> f64 {
            let one = |(axis, at): (&Axis, &f64)| match axis.steps.range() {
                Some((from, to)) if *at == from || *at == to => 0.5,
                _ => 1.0,
            };
            self.lookout.axes.iter().zip(&spot.at).map(one).product()
        };
        let whole: f64 = found.iter().map(|(spot, _)| weight(spot)).sum();
        let area = |at: usize| {
            let (mut share, mut told) = (0.0, 0.0);
            for (spot, seen) in found.iter().filter(|(_, seen)| seen.lead(None) == Some(at)) {
                let margin = seen.second(at).map_or_else(Estimate::unknown, |other| seen.margin(at, other));
                share += weight(spot) / whole;
                told += if margin.interval.0 > 0.0 { weight(spot) / whole } else { 0.0 };
            }
            let look = self.lookout.looks.all[at];
            let model = self.lookout.study.model;
            Area { id: look.id(model), label: look.label(model), share, told }
        };
        (0..self.lookout.looks.all.len()).map(area).collect()
    }
}

/// The last lead goes as far as this.
fn end(all: &mut [Lead], at: f64) {
    if let Some(last) = all.last_mut() {
        last.to = at;
    }
}

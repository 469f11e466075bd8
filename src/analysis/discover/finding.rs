//! What is found of boxes.

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Serialize, Serializer};

use super::region::{Limit, Region};
use super::rows::{Field, Rows};
use super::search::Found;
use crate::analysis::estimated::{Figure, Probability, or_null};

/// In which worlds something happens.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct DiscoverFinding {
    /// What happens in them.
    pub of: Target,
    /// How probable that is in all worlds.
    #[serde(flatten)]
    pub probability: Probability,
    /// What the numbers of boxes are measured on.
    pub measured_on: MeasuredOn,
    /// How many worlds or rows the boxes were looked for in.
    pub searched: u64,
    /// The least share of these that a box was to hold.
    pub support: f64,
    /// The boxes, each of what those before it leave.
    pub boxes: Vec<FoundBox>,
    /// All boxes together, if there are several.
    pub together: Option<Measured>,
}

/// What numbers of boxes are measured on.
#[derive(Clone, Copy, Debug, JsonSchema, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum MeasuredOn {
    /// Draws of their own, which had no part in the choice: errors cover it.
    FreshDraws,
    /// Rows of the table that had no part in the choice: errors cover it.
    HeldOutRows,
    /// The rows on which the boxes were chosen: the numbers say what these hold, and others will hold less.
    SameRows,
}

/// What happens or not.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Target {
    /// Its name: of a state, the factor's and the state's with a full stop between; of a table, the column's.
    pub id: String,
    /// What people call it.
    pub label: String,
    /// What pictures call it.
    #[serde(skip)]
    pub short: String,
}

/// Some worlds, and what happens in them.
#[derive(Clone, Copy, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Measured {
    /// The share of all worlds that are among them.
    pub mass: Figure,
    /// The share of the worlds in which it happens that are among them.
    pub coverage: Figure,
    /// The share of them in which it happens.
    pub density: Figure,
}

/// A box.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct FoundBox {
    /// What it asks for, as an expression that `--given` takes.
    pub expression: String,
    /// What it restricts, that which does most first.
    pub restrictions: Vec<Restriction>,
    /// Its worlds, as far as no box before it has them.
    #[serde(flatten)]
    pub measured: Measured,
    /// How probable it is that it happens in the worlds of no box up to this one.
    pub outside: Figure,
    /// The number of the box of the path that it was made of.
    pub chosen: usize,
    /// The boxes on the way to it and beyond, from that of all worlds which no box before it has.
    pub path: Vec<Step>,
}

/// A box on the way.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Step {
    /// Its number, as `--box` takes it.
    pub number: usize,
    /// Its worlds.
    #[serde(flatten)]
    pub measured: Measured,
    /// What it asks for, as an expression that `--given` takes; empty of all worlds.
    pub expression: String,
    /// The names of what it restricts.
    pub restricted: Vec<String>,
    /// What pictures call these.
    #[serde(skip)]
    pub shorts: Vec<String>,
}

/// What a box asks of one thing.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Restriction {
    /// The name of the thing.
    pub id: String,
    /// What people call it.
    pub label: String,
    /// What pictures call it.
    #[serde(skip)]
    pub short: String,
    /// What it is measured in.
    pub unit: Option<String>,
    /// What is allowed.
    #[serde(flatten)]
    pub allowed: Allowed,
    /// The density of the box without this restriction.
    pub density_without: Figure,
    /// The coverage of the box without this restriction.
    pub coverage_without: Figure,
    /// How probable it is by chance alone that the restriction raises the density by so much: the one-sided p-value of the difference;
    /// of rows on which the box was chosen, the quasi-p-value of Bryant & Lempert (2010). Null where no draw entered.
    #[serde(serialize_with = "or_null")]
    #[schemars(with = "Option<f64>")]
    pub p_value: f64,
    /// In how many parts of the draws, or half samples of the rows, the search restricts it too.
    pub found_again: u32,
    /// Of how many.
    pub parts: u32,
}

/// What is allowed.
#[derive(Clone, Debug, PartialEq)]
pub enum Allowed {
    /// Numbers.
    Range {
        /// From here on; null if all that are small enough.
        at_least: Option<f64>,
        /// Up to here; null if all that are large enough.
        at_most: Option<f64>,
        /// Where nine tenths of all worlds or rows have it: its P5 and its P95.
        usual: [f64; 2],
    },
    /// States.
    States {
        /// Those that are allowed, by their names: of an event `true` or `false`.
        states: Vec<String>,
        /// What people call them.
        labels: Vec<String>,
        /// All of them, by what people call them, each with whether it is allowed.
        all: Vec<(String, bool)>,
        /// Whether it is an event.
        is_event: bool,
    },
}

/// How it stands in JSON: what is not of its kind is null.
#[derive(Default, JsonSchema, Serialize)]
struct Form {
    /// Of a number: allowed from here on; null if all that are small enough.
    at_least: Option<f64>,
    /// Of a number: allowed up to here; null if all that are large enough.
    at_most: Option<f64>,
    /// Of a number: its P5 and its P95 where boxes were looked for.
    usual: Option<[f64; 2]>,
    /// Of what has states: the names of those that are allowed; of an event `true` or `false`.
    states: Option<Vec<String>>,
}

impl Serialize for Allowed {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let form = match self.clone() {
            Allowed::Range { at_least, at_most, usual } => {
                Form { at_least, at_most, usual: Some(usual), states: None }
            }
            Allowed::States { states, .. } => Form { states: Some(states), ..Form::default() },
        };
        form.serialize(serializer)
    }
}

impl JsonSchema for Allowed {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Allowed".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        Form::json_schema(generator)
    }
}

/// What a field is called, and its states.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct FieldName {
    pub(super) id: String,
    pub(super) label: String,
    pub(super) short: String,
    pub(super) unit: Option<String>,
    /// Names and labels.
    pub(super) states: Vec<(String, String)>,
    pub(super) is_event: bool,
}

impl FieldName {
    /// What a limit allows of it.
    pub(super) fn allowed(&self, limit: &Limit, field: &Field) -> Allowed {
        match limit {
            Limit::Range(low, high) => {
                let known = |bound: f64| bound.is_finite().then_some(bound);
                Allowed::Range { at_least: known(*low), at_most: known(*high), usual: usual(field) }
            }
            Limit::States(allowed) => {
                let own = || self.states.iter().zip(allowed).filter(|(_, is_in)| **is_in).map(|(one, _)| one);
                Allowed::States {
                    states: own().map(|(id, _)| id.clone()).collect(),
                    labels: own().map(|(_, label)| label.clone()).collect(),
                    all: self
                        .states
                        .iter()
                        .zip(allowed)
                        .map(|((_, label), is_in)| (label.clone(), *is_in))
                        .collect(),
                    is_event: self.is_event,
                }
            }
        }
    }

    /// What a limit allows as an expression.
    fn expression(&self, limit: &Limit) -> String {
        match limit {
            Limit::Range(low, high) => {
                let low = low.is_finite().then(|| format!("{} >= {}", self.id, digits(*low)));
                let high = high.is_finite().then(|| format!("{} <= {}", self.id, digits(*high)));
                low.into_iter().chain(high).collect::<Vec<String>>().join(" and ")
            }
            Limit::States(allowed) if self.is_event => {
                if allowed[1] {
                    self.id.clone()
                } else {
                    format!("not {}", self.id)
                }
            }
            Limit::States(allowed) => {
                let own = self.states.iter().zip(allowed);
                let (inside, outside): (Vec<_>, Vec<_>) = own.partition(|(_, is_in)| **is_in);
                let one =
                    |sign: &str, of: &(&(String, String), &bool)| format!("{} {sign} {}", self.id, of.0.0);
                match (&inside[..], &outside[..]) {
                    ([only], _) => one("==", only),
                    (_, [other]) => one("!=", other),
                    (some, _) => {
                        let all: Vec<String> = some.iter().map(|state| one("==", state)).collect();
                        format!("({})", all.join(" or "))
                    }
                }
            }
        }
    }
}

/// A number in as many digits as it needs to be read as it is.
fn digits(one: f64) -> String {
    if one == 0.0 || (1e-5..1e15).contains(&one.abs()) { format!("{one}") } else { format!("{one:e}") }
}

/// The P5 and the P95 of a column.
fn usual(field: &Field) -> [f64; 2] {
    let Field::Number(values) = field else { return [f64::NAN; 2] };
    let mut values = values.clone();
    values.sort_by(f64::total_cmp);
    let at = |share: f64| values[((values.len() - 1) as f64 * share).round() as usize];
    if values.is_empty() { [f64::NAN; 2] } else { [at(0.05), at(0.95)] }
}

/// What a box asks for, as an expression.
pub(super) fn expression(region: &Region, names: &[FieldName]) -> String {
    let parts = region.restricted().into_iter().map(|at| names[at].expression(&region.0[at]));
    parts.collect::<Vec<String>>().join(" and ")
}

/// What is measured of a box's restriction.
pub(super) struct Without {
    pub(super) field: usize,
    pub(super) density: Figure,
    pub(super) coverage: Figure,
    pub(super) p_value: f64,
}

/// What is measured of a box.
pub(super) struct Numbers {
    pub(super) measured: Measured,
    pub(super) outside: Figure,
    pub(super) path: Vec<Measured>,
    pub(super) without: Vec<Without>,
}

impl FoundBox {
    /// A box that was found, with what was measured of it.
    pub(super) fn of(found: &Found, numbers: Numbers, rows: &Rows, names: &[FieldName]) -> FoundBox {
        let Numbers { measured, outside, path, mut without } = numbers;
        // What does most is what is missed most.
        without.sort_by(|a, b| a.density.value.total_cmp(&b.density.value));
        let restriction = |one: &Without| Restriction {
            id: names[one.field].id.clone(),
            label: names[one.field].label.clone(),
            short: names[one.field].short.clone(),
            unit: names[one.field].unit.clone(),
            allowed: names[one.field].allowed(&found.region.0[one.field], &rows.fields[one.field]),
            density_without: one.density,
            coverage_without: one.coverage,
            p_value: one.p_value,
            found_again: found.again[one.field],
            parts: found.parts,
        };
        let named = |region: &Region, of: fn(&FieldName) -> &String| {
            region.restricted().iter().map(|at| of(&names[*at]).clone()).collect()
        };
        let step = |(number, measured): (usize, Measured)| Step {
            number,
            measured,
            expression: expression(&found.path[number].region, names),
            restricted: named(&found.path[number].region, |one| &one.id),
            shorts: named(&found.path[number].region, |one| &one.short),
        };
        FoundBox {
            expression: expression(&found.region, names),
            restrictions: without.iter().map(restriction).collect(),
            measured,
            outside,
            chosen: found.chosen,
            path: path.into_iter().enumerate().map(step).collect(),
        }
    }
}

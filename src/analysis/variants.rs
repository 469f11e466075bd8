//! What do the file's variants change, on the same draws?

use schemars::JsonSchema;
use serde::{Serialize, Serializer};

use super::Study;
use super::chances::{Chance, Chances};
use super::estimated::{Difference, Mean, Probability};
use super::learned::Learned;
use super::round::{Inquiry, Told, Topic};
use super::variant::{Variant, VariantFacts};
use super::void::Void;
use crate::program::{Aim, QueryId};
use crate::statistics::Estimate;

/// The file's variants beside the file itself, in its outcomes (or, in a file without any, its states and events) and its
/// derived values.
#[derive(Clone, Copy, Debug, Default)]
pub struct Variants<'a> {
    /// Of all but outcomes, those that are wanted, by name; all if there are none.
    pub of: &'a [String],
}

/// What the variants change.
#[derive(Clone, Debug, Default, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct VariantsFinding {
    /// Each variant.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub variants: Vec<VariantFinding>,
    /// The answers of the file itself that variants are compared with.
    #[serde(skip)]
    pub base: Vec<BaseAnswer>,
}

/// An answer of the file itself.
#[derive(Clone, Debug, PartialEq)]
pub struct BaseAnswer {
    /// Its name; of a state, the factor's and the state's with a full stop between.
    pub id: String,
    /// What people call it.
    pub label: String,
    /// A probability, or a mean.
    pub value: Estimate,
    /// Whether it is the mean of a derived value.
    pub is_mean: bool,
}

/// One variant.
#[derive(Clone, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct VariantFinding {
    /// What it says of itself.
    #[serde(flatten)]
    pub facts: VariantFacts,
    /// Each answer of the file in it, in the order of the base.
    #[serde(flatten, serialize_with = "apart")]
    #[schemars(with = "Apart")]
    pub answers: Vec<VariantAnswer>,
    /// What was learned in it, if anything was.
    #[serde(rename = "evidence")]
    pub learned: Option<Learned>,
    /// Draws that gave no number in it. They are left out of it and of the differences, and of nothing else; where they are
    /// too many, its answers are null.
    #[serde(skip)]
    pub void: Void,
}

/// An answer in a variant.
#[derive(Clone, Debug, PartialEq)]
pub struct VariantAnswer {
    /// Its name.
    pub id: String,
    /// What people call it.
    pub label: String,
    /// Whether it is the mean of a derived value, and no probability.
    pub is_mean: bool,
    /// A probability, or a mean.
    pub value: Estimate,
    /// What it is more than in the file itself, with the error on common draws.
    pub difference: Estimate,
}

/// Probabilities and means apart, as JSON has them.
#[derive(JsonSchema, Serialize)]
struct Apart<'a> {
    /// The outcomes; in a file without any, its states and events.
    outcomes: Vec<Row<'a, Probability>>,
    /// The derived values.
    derived: Vec<Row<'a, Mean>>,
}

#[derive(JsonSchema, Serialize)]
#[schemars(inline)]
struct Row<'a, T> {
    /// Its name.
    id: &'a str,
    /// What people call it.
    label: &'a str,
    /// What it is in the variant.
    #[serde(flatten)]
    value: T,
    /// By how much that is more than in the file itself.
    #[serde(flatten)]
    difference: Difference,
}

fn apart<S: Serializer>(answers: &[VariantAnswer], serializer: S) -> Result<S::Ok, S::Error> {
    fn rows<T: From<Estimate>>(answers: &[VariantAnswer], is_mean: bool) -> Vec<Row<'_, T>> {
        let own = answers.iter().filter(|one| one.is_mean == is_mean);
        let row = |one: &VariantAnswer| (one.value.into(), Difference(one.difference));
        own.map(|one| {
            let (value, difference) = row(one);
            Row { id: &one.id, label: &one.label, value, difference }
        })
        .collect()
    }
    Apart { outcomes: rows(answers, false), derived: rows(answers, true) }.serialize(serializer)
}

/// What is asked of the variants.
pub struct VariantsAsked {
    chances: Chances,
    /// The answers of the file itself.
    base: Vec<QueryId>,
    /// Means of it that do not exist.
    without: Vec<bool>,
    variants: Vec<OneAsked>,
}

struct OneAsked {
    answers: Vec<QueryId>,
    /// Means that do not exist.
    lacking: Vec<bool>,
    /// Its position among the worlds of the course.
    course: usize,
}

impl Variants<'_> {
    /// Whether what is called so is told: all is where nothing is named.
    pub(super) fn is_wanted(&self, name: &str) -> bool {
        self.of.is_empty() || self.of.iter().any(|one| one == name)
    }
}

impl Topic for Variants<'_> {
    type Asked = VariantsAsked;
    type Finding = VariantsFinding;

    fn ask<'m>(&self, study: &Study<'m>, inquiry: &mut Inquiry<'m>) -> VariantsAsked {
        let chances = Chances::of(study.model, |name| self.is_wanted(name));
        if study.variants.is_empty() {
            return VariantsAsked { chances, base: Vec::new(), without: Vec::new(), variants: Vec::new() };
        }
        let base = chances.ask(&mut inquiry.ask, inquiry.world, study.model);
        let all = study.variants.iter().enumerate();
        let variants =
            all.map(|(at, variant)| OneAsked::ask(study, inquiry, (at, variant), &chances, &base)).collect();
        VariantsAsked { without: chances.lacking(study.model), chances, base, variants }
    }

    fn find(&self, asked: &VariantsAsked, told: &Told) -> VariantsFinding {
        let is_told =
            |one: &Chance| matches!(one, Chance::Outcome(_)) || self.is_wanted(one.variable_id(told.model()));
        let base = asked.answers(&asked.base, told, is_told);
        let variants = told.study.variants.iter().zip(&asked.variants);
        let finding = |(variant, own): (&Variant, &OneAsked)| {
            let course = &told.course.worlds[own.course];
            VariantFinding {
                facts: variant.facts.clone(),
                answers: own.find(asked, course.void.is_too_many(told.course.plan.draws()), told, is_told),
                learned: course.learned,
                void: course.void.clone(),
            }
        };
        VariantsFinding { variants: variants.map(finding).collect(), base }
    }
}

impl VariantsAsked {
    fn value(&self, at: usize, query: QueryId, told: &Told) -> Estimate {
        match self.chances.is_probability(at) {
            true => told.estimates.probability(query),
            false => told.estimates.query(query),
        }
    }

    fn answers(
        &self,
        queries: &[QueryId],
        told: &Told,
        is_told: impl Fn(&Chance) -> bool,
    ) -> Vec<BaseAnswer> {
        let all = self.chances.all().iter().zip(queries).enumerate();
        all.filter(|(_, (chance, _))| is_told(chance))
            .map(|(at, (chance, query))| BaseAnswer {
                id: chance.id(told.model()),
                label: chance.label(told.model()),
                value: if self.without[at] { Estimate::unknown() } else { self.value(at, *query, told) },
                is_mean: !self.chances.is_probability(at),
            })
            .collect()
    }
}

impl OneAsked {
    fn ask<'m>(
        study: &Study<'m>,
        inquiry: &mut Inquiry<'m>,
        (at, variant): (usize, &'m Variant),
        chances: &Chances,
        base: &[QueryId],
    ) -> OneAsked {
        let model = &variant.model;
        let (world, course) = inquiry.variant(study.world_of(model), model, at);
        let answers = chances.ask(&mut inquiry.ask, world, model);
        for (at, (own, base)) in answers.iter().zip(base).enumerate() {
            inquiry.ask.compare(&[*base, *own]);
            if chances.is_probability(at) {
                inquiry.ask.aim(Aim::Probability(*own));
            }
        }
        OneAsked { answers, lacking: chances.lacking(model), course }
    }

    fn find(
        &self,
        asked: &VariantsAsked,
        is_refused: bool,
        told: &Told,
        is_told: impl Fn(&Chance) -> bool,
    ) -> Vec<VariantAnswer> {
        let all = asked.chances.all().iter().zip(&self.answers).enumerate();
        all.filter(|(_, (chance, _))| is_told(chance))
            .map(|(at, (chance, query))| {
                let (value, difference) = match is_refused || self.lacking[at] {
                    true => (Estimate::unknown(), Estimate::unknown()),
                    false => (asked.value(at, *query, told), self.difference(at, asked, told)),
                };
                let (id, label) = (chance.id(told.model()), chance.label(told.model()));
                VariantAnswer { id, label, is_mean: !asked.chances.is_probability(at), value, difference }
            })
            .collect()
    }

    /// What an answer is more than in the file itself.
    fn difference(&self, at: usize, asked: &VariantsAsked, told: &Told) -> Estimate {
        let difference = || told.estimates.difference(self.answers[at], asked.base[at]);
        match asked.chances.is_probability(at) {
            true => difference().within(-1.0, 1.0),
            false if asked.without[at] => Estimate::unknown(),
            false => difference(),
        }
    }
}

//! A document, its attachments and its overrides, to a model.

use std::collections::BTreeMap;

use super::builder::Builder;
use super::group::Group;
use super::names::Names;
use super::{claims, constants, form, quotes, theory_faults};
use crate::diagnostic::Diagnostics;
use crate::distribution::Cache;
use crate::limits::{Exceeded, Limits, Meter};
use crate::model::{Claim, Model, Term};
use crate::scenario::{Attachments, Document, Override};

/// Understands a document. If [parsing](crate::scenario::parse) found no error, the model is there exactly if no error is among
/// the diagnostics; if it did, what this says of the rest of the file holds all the same.
///
/// `attachments` holds the contents of the files that the document and the overrides name; `overrides` replace
/// values by their address, later ones winning. Neutral points and default ranges always come from the file itself,
/// so that an override moves the result and not the yardstick.
///
/// ```
/// use foretell::diagnostic::SourceFile;
/// use foretell::{build, scenario};
/// let file = SourceFile::new("x.toml", "[outcomes.up]\nbase = 0.6\n[outcomes.down]\nbase = 0.4\n");
/// let (document, _) = scenario::parse(&file);
/// let (model, problems) = build::build(&document, &Default::default(), &[]);
/// assert!(problems.is_empty() && model.is_some());
/// ```
pub fn build(
    document: &Document,
    attachments: &Attachments,
    overrides: &[Override],
) -> (Option<Model>, Diagnostics) {
    understand(document, attachments, overrides, &Cache::new(), &Meter::new(Limits::none()))
}

/// As [`build`], within limits, with fits of intervals taken from `cache` and kept there: a file's variants share nearly all.
///
/// # Errors
/// The first limit that was reached. The memory put down is that of tables and of matrices, which grow faster than the file.
pub fn build_within(
    document: &Document,
    attachments: &Attachments,
    overrides: &[Override],
    cache: &Cache,
    limits: &Limits,
) -> Result<(Option<Model>, Diagnostics), Exceeded> {
    let meter = Meter::new(limits.clone());
    let found = understand(document, attachments, overrides, cache, &meter);
    meter.end(found)
}

fn understand(
    document: &Document,
    attachments: &Attachments,
    overrides: &[Override],
    cache: &Cache,
    meter: &Meter,
) -> (Option<Model>, Diagnostics) {
    let mut found = Diagnostics::new();
    let names = Names::collect(document, &mut found);
    let document = document.unfolded(overrides.iter().map(|one| one.address.text.as_str()));
    let (document, overrides) = constants::replace(&document, overrides, &names, &mut found);
    let mut builder = Builder::new(&document, attachments, &overrides, &names, meter, cache);
    builder.resolver.found = found;
    builder.run()
}

impl<'a> Builder<'a> {
    fn run(mut self) -> (Option<Model>, Diagnostics) {
        self.check_attachments();
        let slots = self.slots();
        for (slot, value) in &slots {
            if !self.resolver.meter.goes_on() {
                return (None, self.resolver.found);
            }
            if let Some(term) = self.resolve(*slot, &value.address, &value.expr) {
                self.terms.insert(value.address.clone(), term);
            }
        }
        self.read_causes();
        self.divide_rounded();
        let faults = self.read_chances();
        let has_chances = faults.is_empty();
        self.resolver.found.extend(faults);
        let faults =
            form::check(self.document, &self.terms, theory_faults::check(self.document, &self.terms));
        let is_sound = faults.is_empty();
        self.resolver.found.extend(faults);
        let claims: Vec<_> =
            self.document.claims.iter().map(|entry| claims::resolve(&mut self.resolver, entry)).collect();
        let given = self.given();
        let evidence = self.evidence();
        let groups = self.groups();
        let changes = match self.overrides {
            [] => BTreeMap::new(),
            _ => self.changes(&self.addresses(&slots)),
        };
        if !self.resolver.meter.goes_on() {
            return (None, self.resolver.found);
        }
        let model = self.model(changes, &groups, claims.into_iter().flatten().collect());
        let model = model.map(|model| Model { given: given.clone().unwrap_or_default(), ..model });
        if let Some(model) = model.as_ref().filter(|_| is_sound && has_chances) {
            let faults = self.check_rules(model);
            self.resolver.found.extend(faults);
        }
        let model = model.filter(|_| given.is_some());
        let model = model.and_then(|model| Some(Model { evidence: evidence?, ..model }));
        let mut found = self.resolver.found;
        if ["factors", "derived", "events", "outcomes"]
            .iter()
            .any(|lost| self.document.unreadable.contains(*lost))
        {
            found.retain(|one| one.code != "unknown-name");
        }
        found.sort();
        (model.filter(|_| !found.has_errors()), found)
    }

    // Reading.

    fn check_attachments(&mut self) {
        let Some(text) = &self.document.header.source.text else { return };
        if let Some(content) = self.resolver.attachment(&text.value, text.span) {
            self.resolver.found.extend(quotes::check(self.document, content));
        }
    }

    // Meaning.

    /// Every part is looked at, whatever is wrong with the others.
    fn model(
        &mut self,
        changes: BTreeMap<String, Term>,
        groups: &[Group<'a>],
        claims: Vec<Claim>,
    ) -> Option<Model> {
        let file_order = self.order();
        let hulls = self.hulls(&file_order);
        let ranges = self.ranges(&hulls);
        let neutrals = self.neutrals(&file_order, &ranges);
        self.check_neutrals(&ranges, &neutrals);
        self.terms.extend(changes);
        if !self.overrides.is_empty() {
            let faults = self.read_chances();
            // What is wrong with the file is told already.
            let is_new = self.resolver.found.iter().all(|one| !faults.contains(one));
            self.resolver.found.extend(faults.into_iter().filter(|_| is_new));
        }
        let correlations = self.couple(groups);
        let order = if self.overrides.is_empty() { file_order } else { self.order() };
        let hulls = self.hulls(&order);
        let factors = self.factors(&hulls, &ranges, &neutrals);
        let categories = self.categories();
        let derived = self.derived(&neutrals);
        let events = self.events(&hulls);
        let outcomes = self.outcomes();
        let theories = self.theories(&neutrals, &outcomes);
        let (factors, categories, derived, events) = (factors?, categories?, derived?, events?);
        let decisions = self.decisions();
        let (theories, decisions) = (theories?, decisions?);
        Some(Model {
            header: self.document.header.clone(),
            factors,
            categories,
            derived,
            events,
            outcomes,
            theories,
            quantities: std::mem::take(&mut self.resolver.quantities),
            dimensions: self.resolver.register.len(),
            order,
            given: Vec::new(),
            correlations,
            evidence: Vec::new(),
            decisions,
            claims,
            rescaled: std::mem::take(&mut self.rescaled),
            readings: std::mem::take(&mut self.resolver.readings),
        })
    }
}

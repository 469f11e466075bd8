//! A file under one what-if and under another, and under some of what these set and learn.

use super::between::{Between, understood};
use super::labels::label;
use super::pair::Comparison;
use crate::analysis::VariantFacts;
use crate::analysis::compare::{Change, ChangeKind, Said};
use crate::diagnostic::{Diagnostics, Sources, Span};
use crate::expression::Expr;
use crate::limits::Exceeded;
use crate::model::Model;
use crate::scenario::{Attachments, Document, Override, Variant};
use crate::session::case::attachments;
use crate::session::changes::Changes;
use crate::session::failure::Failure;
use crate::session::labels::Labels;
use crate::session::session::Session;

impl<'s> Comparison<'s> {
    /// A file under each of two variants, or as it is where none is named; both under the same further changes.
    ///
    /// # Errors
    /// Everything that is wrong with the text and the changes.
    pub fn of_variants(
        session: &'s Session,
        variants: [Option<&str>; 2],
        changes: &Changes,
    ) -> Result<Comparison<'s>, Failure> {
        let case = |name: Option<&str>| {
            let variants = name.into_iter().map(String::from).collect();
            session.case(&Changes { variants, ..changes.clone() })
        };
        let (before, after) = (case(variants[0])?, case(variants[1])?);
        let settings = Settings::new(session, variants, changes);
        let edits = settings.changes(&before.sources, [&after.model, &before.model]);
        let file = &session.file().name;
        let name = |variant: Option<&str>| match variant {
            Some(name) => format!("the variant {name}"),
            None => file.clone(),
        };
        let names = variants.map(name);
        let labels = variants.map(|one| one.map_or_else(|| file.clone(), |id| called(&session.document, id)));
        let (flags, words) = (Changes { variants: Vec::new(), ..changes.clone() }, Vec::new());
        Ok(Comparison {
            before,
            after,
            names,
            labels,
            flags,
            changes: edits,
            words,
            between: Box::new(settings),
        })
    }
}

/// What people call a what-if.
fn called(document: &Document, id: &str) -> String {
    let own = document.variants.iter().find(|one| one.name.text == id);
    own.map_or_else(|| id.into(), |one| VariantFacts::of(one, None).label)
}

/// What a what-if says.
#[derive(Clone, Debug)]
enum Item {
    Set(Override),
    Given(Expr),
}

/// What two what-ifs say of the same.
struct Slot {
    address: String,
    items: [Option<Item>; 2],
    /// What they say, as it is written.
    texts: [Option<String>; 2],
}

impl Slot {
    fn is_edit(&self) -> bool {
        self.texts[0] != self.texts[1]
    }
}

struct Settings<'s> {
    session: &'s Session<'s>,
    document: Document,
    slots: Vec<Slot>,
    attachments: Attachments,
    changes: Changes,
    overrides: Vec<Override>,
    given: Vec<Expr>,
}

impl<'s> Settings<'s> {
    fn new(session: &'s Session, variants: [Option<&str>; 2], changes: &Changes) -> Settings<'s> {
        let (mut sources, mut found) = (session.sources.clone(), Diagnostics::new());
        let (overrides, given) = Labels::of(&session.document).read(changes, &mut sources, &mut found);
        let known = |name: &str| session.document.variants.iter().find(|one| one.name.text == name);
        let slots = slots(variants.map(|name| name.and_then(known)));
        let document = Document { claims: Vec::new(), variants: Vec::new(), ..session.document.clone() };
        let attachments = attachments(session, &overrides);
        Settings { session, document, slots, attachments, changes: changes.clone(), overrides, given }
    }

    fn changes(&self, sources: &Sources, models: [&Model; 2]) -> Vec<Change> {
        let change = |slot: &Slot| {
            let said = |at: usize| match (&slot.items[at], &slot.texts[at]) {
                (Some(item), Some(text)) => {
                    Some(Said { text: text.clone(), place: sources.place(item.span()) })
                }
                _ => self.of_file(slot, sources),
            };
            let (before, after) = (said(0), said(1));
            let kind = match (&before, &after) {
                (None, _) => ChangeKind::Added,
                (_, None) => ChangeKind::Removed,
                _ => ChangeKind::Changed,
            };
            Change { address: slot.address.clone(), label: label(&slot.address, models), kind, before, after }
        };
        self.slots.iter().filter(|one| one.is_edit()).map(change).collect()
    }

    /// What the file itself says where a what-if says something else.
    fn of_file(&self, slot: &Slot, sources: &Sources) -> Option<Said> {
        let address = &slot.address;
        let full = ["factors.?.value", "derived.?.value", "events.?.probability", "?"];
        let full = full.map(|one| one.replace('?', address));
        let values = self.document.values().into_iter().map(|one| (&one.address, one.expr.span));
        let mut found = values.filter(|(address, _)| full.contains(address)).map(|(_, span)| span);
        let cell = || self.document.cells().find(|one| full.contains(&one.address)).map(|one| one.expr.span);
        let span = found.next().or_else(cell)?;
        Some(Said {
            text: sources.text(span).trim_matches(['\'', '"']).to_string(),
            place: sources.place(span),
        })
    }
}

impl Item {
    fn span(&self) -> Span {
        match self {
            Item::Set(one) => one.address.span,
            Item::Given(one) => one.span,
        }
    }
}

/// What two what-ifs say: settings by their addresses, then what is learned.
fn slots(variants: [Option<&Variant>; 2]) -> Vec<Slot> {
    let mut slots: Vec<Slot> = Vec::new();
    for (at, variant) in variants.iter().enumerate() {
        for (address, text, item) in variant.iter().flat_map(|one| items(one)) {
            let is_given = matches!(item, Item::Given(_));
            let is_same = |one: &Slot| {
                one.address == address
                    && one.items[at].is_none()
                    && (!is_given || one.texts[0].as_ref() == Some(&text))
            };
            let place = slots.iter().position(is_same).unwrap_or_else(|| {
                slots.push(Slot { address, items: [None, None], texts: [None, None] });
                slots.len() - 1
            });
            slots[place].items[at] = Some(item);
            slots[place].texts[at] = Some(text);
        }
    }
    slots
}

/// What a what-if says, with the address that it says it of.
fn items(variant: &Variant) -> Vec<(String, String, Item)> {
    let set = variant.set.iter().map(|one| {
        let address = one.value.address.text.clone();
        let text = one.text.split_once('=').map_or(one.text.as_str(), |(_, value)| value.trim());
        let text = one.text.strip_prefix(&format!("{address}=")).unwrap_or(text);
        (address, text.to_string(), Item::Set(one.value.clone()))
    });
    let given = variant
        .given
        .iter()
        .map(|one| ("given".to_string(), one.text.clone(), Item::Given(one.value.clone())));
    set.chain(given).collect()
}

impl Between for Settings<'_> {
    fn model(&self, done: &[bool]) -> Result<Option<Model>, Exceeded> {
        let limits = self.session.watch.limits();
        let mut done = done.iter();
        let (mut overrides, mut given) = (Vec::new(), Vec::new());
        for slot in &self.slots {
            let is_second = slot.is_edit() && done.next().copied().unwrap_or(false);
            match slot.items[usize::from(is_second)].clone() {
                Some(Item::Set(one)) => overrides.push(one),
                Some(Item::Given(one)) => given.push(one),
                None => {}
            }
        }
        overrides.extend(self.overrides.iter().cloned());
        given.extend(self.given.iter().cloned());
        let document = Document { given, ..self.document.clone() };
        let within = (&self.session.cache, &limits);
        understood(&document, &self.attachments, &overrides, &self.changes, within)
    }
}

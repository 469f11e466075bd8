//! Two files, and the files between them.

use super::between::{Between, fitting, ids, understood};
use super::labels::label;
use super::pair::Comparison;
use crate::analysis::compare::{Change, ChangeKind, Said};
use crate::diagnostic::number::counted;
use crate::diagnostic::{Diagnostics, SourceFile, SourceId, Sources};
use crate::expression::{Expr, Ident};
use crate::limits::Exceeded;
use crate::model::Model;
use crate::scenario::{self, Attachments, Bearing, Edit, EditKind, Override, Part, Tree};
use crate::session::case::{Case, attachments};
use crate::session::changes::Changes;
use crate::session::failure::Failure;
use crate::session::labels::Labels;
use crate::session::session::Session;

impl<'s> Comparison<'s> {
    /// Two files, of which the second was opened [beside](Session::beside) the first, both under the same changes.
    ///
    /// # Errors
    /// Everything that is wrong with the texts and the changes.
    pub fn of_files(
        before: &'s Session,
        after: &'s Session,
        changes: &Changes,
    ) -> Result<Comparison<'s>, Failure> {
        let [own, other] = [before, after].map(|one| ids(&one.document));
        let first = before.case(&fitting(changes, &own, &other, false));
        let second = after.case(&fitting(changes, &other, &own, false));
        let (first, second) = both(first, second)?;
        let files = Files::new(before, after, changes);
        let sources = &first.sources;
        let change = |edit: &Edit| change(edit, sources, [&second.model, &first.model]);
        let words = files.all.iter().filter(|one| !one.bears).map(change).collect();
        let edits = files.bearing().map(change).chain(files.swapped(sources)).collect();
        let names = [before, after].map(|one| one.file().name.clone());
        let titles = [&first, &second].map(|one| one.model.title().to_string());
        // What differs tells them apart.
        let labels = if titles[0] == titles[1] { names.clone() } else { titles };
        let (flags, between) = (changes.clone(), Box::new(files));
        Ok(Comparison { before: first, after: second, names, labels, flags, changes: edits, words, between })
    }
}

/// Both, or everything that is wrong with either.
fn both<'s>(
    first: Result<Case<'s>, Failure>,
    second: Result<Case<'s>, Failure>,
) -> Result<(Case<'s>, Case<'s>), Failure> {
    match (first, second) {
        (Ok(first), Ok(second)) => Ok((first, second)),
        (Err(Failure::No(sources, mut list)), Err(Failure::No(_, more))) => {
            list.extend(more);
            list.sort();
            Err(Failure::No(sources, list))
        }
        (Err(failure), _) | (_, Err(failure)) => Err(failure),
    }
}

fn change(edit: &Edit, sources: &Sources, models: [&Model; 2]) -> Change {
    let said = |part: &Part| Said { text: part.text.clone(), place: sources.place(part.span) };
    Change {
        address: edit.address.clone(),
        label: label(&edit.address, models),
        kind: match edit.kind {
            EditKind::Added => ChangeKind::Added,
            EditKind::Removed => ChangeKind::Removed,
            EditKind::Changed => ChangeKind::Changed,
        },
        before: edit.before.as_ref().map(said),
        after: edit.after.as_ref().map(said),
    }
}

/// Two files, the edits between them, and what flags say of both.
struct Files<'s> {
    before: &'s Session<'s>,
    after: &'s Session<'s>,
    trees: [Tree; 2],
    all: Vec<Edit>,
    bearing: Bearing,
    attachments: [Attachments; 2],
    /// Files that both name and that hold something else: in the order of their names.
    swapped: Vec<String>,
    changes: Changes,
    overrides: Vec<Override>,
    given: Vec<Expr>,
}

impl<'s> Files<'s> {
    fn new(before: &'s Session, after: &'s Session, changes: &Changes) -> Files<'s> {
        let (mut sources, mut found) = (before.sources.clone(), Diagnostics::new());
        let (overrides, given) = Labels::of(&before.document).read(changes, &mut sources, &mut found);
        let trees = [before, after].map(|one| Tree::read(one.file(), one.document.source));
        let evidence = !changes.evidence.is_empty() || changes.until.is_some();
        let bearing = Bearing { variants: changes.variants.iter().cloned().collect(), evidence };
        let all = trees[0].edits(&trees[1], &bearing);
        let attachments = [before, after].map(|one| attachments(one, &overrides));
        let swapped = swapped(before, &attachments);
        let changes = changes.clone();
        Files { before, after, trees, all, bearing, attachments, swapped, changes, overrides, given }
    }

    /// Edits of the text on which answers can depend.
    fn bearing(&self) -> impl Iterator<Item = &Edit> {
        self.all.iter().filter(|one| one.bears)
    }

    /// Files that were exchanged, as changes.
    fn swapped(&self, sources: &Sources) -> Vec<Change> {
        let said = |at: usize, name: &str| {
            let text = self.attachments[at].get(name)?.as_ref().ok()?;
            let session = [self.before, self.after][at];
            let place = session.document.attachments.get(name).map(|one| sources.place(one.span));
            let text = counted(text.lines().count() as u64, "line");
            Some(Said { text, place: place.unwrap_or_else(|| session.file().name.clone()) })
        };
        let change = |name: &String| Change {
            address: name.clone(),
            label: None,
            kind: ChangeKind::Changed,
            before: said(0, name),
            after: said(1, name),
        };
        self.swapped.iter().map(change).collect()
    }

    /// The attachments of a file between, in which some files were exchanged.
    fn attachments(&self, done: &[bool]) -> Attachments {
        let mut all = self.attachments[1].clone();
        all.extend(self.attachments[0].clone());
        for (name, _) in self.swapped.iter().zip(done).filter(|(_, is_done)| **is_done) {
            all.extend(self.attachments[1].get(name).map(|content| (name.clone(), content.clone())));
        }
        all
    }
}

/// Files that both name and that hold something else, but for the text that is quoted.
fn swapped(before: &Session, attachments: &[Attachments; 2]) -> Vec<String> {
    let quoted = before.document.header.source.text.as_ref().map(|text| &text.value);
    let own = attachments[0].iter().filter(|(name, _)| Some(*name) != quoted);
    let differs = |name: &String, text: &Result<String, String>| {
        attachments[1].get(name).is_some_and(|other| other != text)
    };
    own.filter(|(name, text)| differs(name, text)).map(|(name, _)| name.clone()).collect()
}

impl Between for Files<'_> {
    fn model(&self, done: &[bool]) -> Result<Option<Model>, Exceeded> {
        let limits = self.before.watch.limits();
        let edits: Vec<&Edit> = self.bearing().collect();
        let (own, swapped) = done.split_at(edits.len());
        let taken: Vec<&Edit> = edits.iter().zip(own).filter(|one| *one.1).map(|one| *one.0).collect();
        let text = self.trees[0].edited(&self.trees[1], &taken, &self.bearing);
        let (mut document, found) =
            scenario::parse_within(&SourceFile::new("", text), SourceId::FILE, &limits)?;
        if found.has_errors() {
            return Ok(None);
        }
        let mut chosen = Vec::new();
        for name in &self.changes.variants {
            let Ok(variant) = document.variant(&Ident { text: name.clone(), span: Default::default() })
            else {
                return Ok(None);
            };
            chosen.push(variant.clone());
        }
        let set = chosen.iter().flat_map(|one| &one.set).map(|one| one.value.clone());
        let overrides: Vec<Override> = set.chain(self.overrides.iter().cloned()).collect();
        let supposed = chosen.iter().flat_map(|one| &one.given).map(|one| one.value.clone());
        document.given = supposed.chain(self.given.iter().cloned()).collect();
        let within = (&self.before.cache, &limits);
        understood(&document, &self.attachments(swapped), &overrides, &self.changes, within)
    }
}

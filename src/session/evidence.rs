//! `--evidence all|ID…` and `--until DATE`: which items of the file's evidence count.

use super::changes::Changes;
use crate::diagnostic::{Diagnostic, Diagnostics, SourceFile, Sources, Span, did_you_mean, list};
use crate::model::{Model, Selection};

/// What stands for every item.
const ALL: &str = "all";

/// Makes those items count that the flags ask for; without any of the flags none does.
pub(super) fn select(model: &mut Model, changes: &Changes, sources: &mut Sources, found: &mut Diagnostics) {
    if changes.evidence.is_empty() && changes.until.is_none() {
        return;
    }
    if model.evidence.is_empty() {
        found.push(none());
        return;
    }
    let ids: Vec<String> = changes.evidence.iter().map(|one| one.trim().to_string()).collect();
    for id in ids.iter().filter(|id| *id != ALL && model.evidence.iter().all(|one| one.id != **id)) {
        found.push(unknown(model, id, sources));
    }
    let is_all = ids.iter().any(|id| id == ALL);
    model.select(&Selection { ids: if is_all { Vec::new() } else { ids }, until: changes.until });
    if model.evidence.iter().all(|one| !one.active) && !found.has_errors() {
        found.push(too_early(model));
    }
}

fn none() -> Diagnostic {
    Diagnostic::error("no-evidence", "the file has no evidence to learn from")
        .hint("write what was reported as `[[evidence]]`, with a date and a likelihood under each outcome")
        .hint("or learn that something holds, with --given EXPR")
}

fn unknown(model: &Model, id: &str, sources: &mut Sources) -> Diagnostic {
    let source = sources.add(SourceFile::new("--evidence", id));
    let known = || model.evidence.iter().map(|one| one.id.as_str()).chain([ALL]);
    let hint = match did_you_mean(id, known()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("write {}", list(known(), "or")),
    };
    Diagnostic::error("unknown-evidence", format!("no evidence of the file is called `{id}`"))
        .at(Span::new(source, 0..id.len()), "no `id` of an item")
        .hint(hint)
}

fn too_early(model: &Model) -> Diagnostic {
    let first = model.timeline().first().map_or(0, |at| *at);
    let first = &model.evidence[first];
    let message = "none of the evidence asked for is dated up to that day: nothing was learned";
    Diagnostic::warning("no-evidence", message)
        .at(first.span, format!("the first item, `{}`, is dated {}", first.id, first.date))
}

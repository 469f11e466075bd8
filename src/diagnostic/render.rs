//! Messages as text, in the manner of `rustc`.

use std::collections::BTreeSet;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Renderer, Snippet};

use super::number::counted;
use super::{Diagnostic, Diagnostics, Label, Severity, SourceFile, SourceId, Sources, visible};

/// With terminal colours or without.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Letters only.
    Plain,
    /// ANSI colours.
    Coloured,
}

/// One message with its places underlined, ending in a newline. What names, texts and files hold to steer a terminal is shown as
/// visible escapes.
pub fn render(diagnostic: &Diagnostic, sources: &Sources, style: Style) -> String {
    let diagnostic = &shown(diagnostic);
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let mut group = Group::with_title(level.primary_title(&diagnostic.message).id(diagnostic.code));
    for snippet in snippets(&diagnostic.labels, sources) {
        group = group.element(snippet);
    }
    for hint in &diagnostic.hints {
        group = group.element(Level::HELP.with_name("hint").message(&hint.text));
    }
    let renderer = match style {
        Style::Plain => Renderer::plain(),
        Style::Coloured => Renderer::styled(),
    };
    let mut text = renderer.decor_style(DecorStyle::Ascii).render(&[group]);
    text.push('\n');
    text
}

/// The messages that are [shown](Diagnostics::shown), a blank line between them, and how many more there are.
pub fn render_all(diagnostics: &Diagnostics, sources: &Sources, style: Style) -> String {
    let (shown, hidden) = diagnostics.shown();
    let mut texts: Vec<String> = shown.into_iter().map(|one| render(one, sources, style)).collect();
    if hidden > 0 {
        texts.push(format!("{} not shown: mend these first\n", counted(hidden as u64, "more message")));
    }
    texts.join("\n")
}

/// The message as a terminal may have it.
fn shown(diagnostic: &Diagnostic) -> Diagnostic {
    let mut shown = diagnostic.clone();
    shown.message = visible(&shown.message).into_owned();
    for label in &mut shown.labels {
        label.text = visible(&label.text).into_owned();
    }
    for hint in &mut shown.hints {
        hint.text = visible(&hint.text).into_owned();
    }
    shown
}

/// One snippet a source, the primary place's source first.
fn snippets<'a>(labels: &'a [Label], sources: &'a Sources) -> Vec<Snippet<'a, Annotation<'a>>> {
    let mut ids: Vec<_> = labels.iter().map(|label| label.span.source).collect();
    let mut seen = BTreeSet::new();
    ids.retain(|id| seen.insert(*id));
    ids.into_iter().map(|id| snippet(id, labels, sources.get(id))).collect()
}

/// The lines of one source that hold labels, so that the cost does not grow with the rest of the file.
fn snippet<'a>(id: SourceId, labels: &'a [Label], file: &'a SourceFile) -> Snippet<'a, Annotation<'a>> {
    let text = file.text.as_str();
    let place = |label: &Label| {
        let end = (label.span.end as usize).min(text.len());
        (label.span.start as usize).min(end)..end
    };
    let here = || labels.iter().enumerate().filter(move |(_, label)| label.span.source == id);
    let first = here().map(|(_, label)| place(label).start).min().unwrap_or(0);
    let last = here().map(|(_, label)| place(label).end).max().unwrap_or(0);
    let start = text[..first].rfind('\n').map_or(0, |at| at + 1);
    let end = text[last..].find('\n').map_or(text.len(), |at| last + at);
    let annotations = here().map(|(index, label)| {
        let kind = if index == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
        let place = place(label);
        kind.span(place.start - start..place.end - start).label(&label.text)
    });
    let line = text[..start].bytes().filter(|byte| *byte == b'\n').count() + 1;
    Snippet::source(&text[start..end]).line_start(line).path(visible(&file.name)).annotations(annotations)
}

//! Messages as text, in the manner of `rustc`.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::{Diagnostic, Diagnostics, Label, Severity, Sources};

/// With terminal colours or without.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Letters only.
    Plain,
    /// ANSI colours.
    Coloured,
}

/// One message with its places underlined, ending in a newline.
pub fn render(diagnostic: &Diagnostic, sources: &Sources, style: Style) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let mut group = Group::with_title(level.primary_title(&diagnostic.message).id(diagnostic.code));
    for snippet in snippets(&diagnostic.labels, sources) {
        group = group.element(snippet);
    }
    for hint in &diagnostic.hints {
        group = group.element(Level::HELP.with_name("hint").message(hint));
    }
    let renderer = match style {
        Style::Plain => Renderer::plain(),
        Style::Coloured => Renderer::styled(),
    };
    let mut text = renderer.decor_style(DecorStyle::Ascii).render(&[group]);
    text.push('\n');
    text
}

/// All messages, a blank line between them.
pub fn render_all(diagnostics: &Diagnostics, sources: &Sources, style: Style) -> String {
    diagnostics.iter().map(|one| render(one, sources, style)).collect::<Vec<_>>().join("\n")
}

/// One snippet a source, the primary place's source first.
fn snippets<'a>(
    labels: &'a [Label],
    sources: &'a Sources,
) -> Vec<Snippet<'a, annotate_snippets::Annotation<'a>>> {
    let mut ids: Vec<_> = labels.iter().map(|label| label.span.source).collect();
    let mut seen = std::collections::BTreeSet::new();
    ids.retain(|id| seen.insert(*id));
    ids.into_iter()
        .map(|id| {
            let file = sources.get(id);
            let annotations = labels.iter().enumerate().filter(|(_, label)| label.span.source == id).map(
                |(index, label)| {
                    let kind = if index == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
                    let end = (label.span.end as usize).min(file.text.len());
                    kind.span((label.span.start as usize).min(end)..end).label(&label.text)
                },
            );
            Snippet::source(&file.text).path(&file.name).annotations(annotations)
        })
        .collect()
}

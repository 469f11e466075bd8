//! `[[correlations]]`.

use super::origin;
use super::reader::Reader;
use super::sections::{Correlation, CorrelationKind};
use super::table::TomlTable;
use super::value::Located;
use crate::diagnostic::Diagnostic;

pub(super) fn read(reader: &mut Reader, root: &mut TomlTable) -> Vec<Correlation> {
    let tables = root.array(reader, "correlations");
    let tables = tables.into_iter().enumerate();
    tables.filter_map(|(at, table)| correlation(reader, at + 1, table)).collect()
}

fn correlation(reader: &mut Reader, position: usize, mut table: TomlTable) -> Option<Correlation> {
    let between = table.two_names(reader, "between");
    let strength = strength(reader, &mut table);
    let key = strength.as_ref().and_then(|(kind, _)| table.name_of(kind.key())).map(|name| name.span);
    let degrees = degrees(reader, &mut table);
    let origin = origin::read(reader, &mut table);
    table.require(reader, "between", "[\"a\", \"b\"]");
    table.finish(reader);
    let (kind, value) = strength?;
    let key = key.unwrap_or(value.span);
    Some(Correlation { position, between: between?, kind, key, value, degrees, origin })
}

/// What its numbers can't be.
pub(super) fn faults(correlation: &Correlation) -> Vec<Diagnostic> {
    let degrees = correlation.degrees.as_ref().and_then(untested);
    beyond(&correlation.value).into_iter().chain(degrees).collect()
}

/// The degrees of freedom of a t copula.
fn degrees(reader: &mut Reader, table: &mut TomlTable) -> Option<Located<f64>> {
    let given = table.number(reader, "degrees")?;
    let fault = untested(&given);
    reader.sound(given, fault)
}

/// The error of degrees of freedom that can't be. Below 1 no table of a t copula is tested; above 1000 it can't be told from
/// a Gaussian one.
fn untested(given: &Located<f64>) -> Option<Diagnostic> {
    if (1.0..=1000.0).contains(&given.value) {
        return None;
    }
    Some(
        Diagnostic::error("correlation", "`degrees` must lie between 1 and 1000")
            .at(given.span, format!("this is {}", given.value))
            .hint("give a number such as `degrees = 4` for a strong link of extremes, or leave it out for a Gaussian copula"),
    )
}

/// The one correlation that is given.
fn strength(reader: &mut Reader, table: &mut TomlTable) -> Option<(CorrelationKind, Located<f64>)> {
    let all = CorrelationKind::ALL.map(|kind| (kind, table.number(reader, kind.key())));
    let has_any = CorrelationKind::ALL.iter().any(|kind| table.has(kind.key()));
    let mut given = all.into_iter().filter_map(|(kind, value)| Some((kind, value?)));
    let Some(found) = given.next() else {
        if !has_any {
            table.require(reader, "rank", "0.5");
        }
        return None;
    };
    if let Some(other) = given.next() {
        reader.report(twice([&found, &other]));
        return None;
    }
    let fault = beyond(&found.1);
    reader.sound(found, fault)
}

fn twice([first, second]: [&(CorrelationKind, Located<f64>); 2]) -> Diagnostic {
    let [one, other] = [first, second].map(|(kind, _)| kind.key());
    Diagnostic::error("correlation", format!("a correlation is given once, not by `{one}` and by `{other}`"))
        .at(second.1.span, "the second")
        .at(first.1.span, "the first")
        .hint(
            "remove one of the two: `rank` is Spearman's, `pearson` that of the values, `kendall` that of pairs of draws, \
             `normal` that of the underlying normals",
        )
}

/// The error of a correlation that can't be.
fn beyond(found: &Located<f64>) -> Option<Diagnostic> {
    if found.value.abs() < 1.0 {
        return None;
    }
    let hint = match found.value.abs() {
        1.0 => "let one factor follow from the other in `[derived]`, or give a number such as `0.95`",
        _ => "give a number such as `0.5`, or `-0.5` where one falls as the other rises",
    };
    let error = Diagnostic::error("correlation", "a correlation must lie between -1 and 1, without the ends");
    Some(error.at(found.span, format!("this is {}", found.value)).hint(hint))
}

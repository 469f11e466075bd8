//! A page as a section of Markdown, ready to be pasted into a longer text.

use super::sheet::{Line, Sheet};
#[cfg(feature = "charts")]
use crate::report::page::NamedFigure;
use crate::report::page::{Block, Footnote, Page};
use crate::report::wrapping::plain;

/// Title, lead, body and foot, and a footnote that the first table leads to; the title, where there is no table. A
/// figure is a link to its file beside the page; tables without rows are left out.
///
/// ```
/// use foretell::report::{form::markdown, page::{Cell, Column, Page, Table}};
/// let mut table = Table::new(1, [Column::words("label", "Outcome"), Column::percent("p", "%")]);
/// table.row([Cell::from("rain"), 0.395.into()]);
/// let mut page = Page::new("The weather");
/// page.table(table);
/// let text = "## The weather\n\n| Outcome | % |\n|:--|--:|\n| rain | 39.5 |\n";
/// assert_eq!(markdown::render(&page), text.as_bytes());
/// ```
pub fn render(page: &Page) -> Vec<u8> {
    let mark = page.footnote.as_ref().map(mark).unwrap_or_default();
    let first = page.blocks.iter().position(|block| sheet(block).is_some());
    let mark_if = |here| if here { mark.as_str() } else { "" };
    let mut parts = vec![title(&page.title, mark_if(first.is_none())), sentences(&page.lead)];
    parts.extend(page.blocks.iter().enumerate().map(|(at, block)| body(block, mark_if(Some(at) == first))));
    parts.push(sentences(&page.foot));
    parts.extend(page.footnote.as_ref().map(|one| format!("{mark}: {}\n", escaped(&one.text))));
    parts.retain(|part| !part.is_empty());
    parts.join("\n").into_bytes()
}

/// What leads to the footnote.
fn mark(footnote: &Footnote) -> String {
    let name: String =
        footnote.name.chars().map(|one| if one.is_alphanumeric() { one } else { '-' }).collect();
    format!("[^foretell-{name}]")
}

fn title(text: &str, mark: &str) -> String {
    if text.is_empty() { String::new() } else { format!("## {}{mark}\n", escaped(text)) }
}

/// All in one paragraph, each with an end.
fn sentences(texts: &[String]) -> String {
    let ended =
        |text: &String| if text.ends_with(['.', '?', '!']) { text.clone() } else { format!("{text}.") };
    let texts: Vec<String> = texts
        .iter()
        .map(|text| plain(text))
        .filter(|text| !text.is_empty())
        .map(|text| ended(&text))
        .collect();
    paragraph(&texts.join(" "))
}

fn paragraph(text: &str) -> String {
    let text = escaped(text);
    if text.is_empty() { text } else { text + "\n" }
}

/// As many letters as a bar is long.
const BARS: usize = 10;

/// What is shown of a block that is a table.
fn sheet(block: &Block) -> Option<Sheet> {
    match block {
        Block::Table(table) => Sheet::of(table, BARS),
        _ => None,
    }
}

fn body(block: &Block, mark: &str) -> String {
    match block {
        Block::Sentence(text) | Block::Note(text) => paragraph(text),
        Block::Table(_) => sheet(block).map_or(String::new(), |sheet| table(&sheet, mark)),
        #[cfg(feature = "charts")]
        Block::Figure(figure) => picture(figure),
    }
}

/// A picture's file with its title in place of it; nothing of one that can't be drawn.
#[cfg(feature = "charts")]
fn picture(NamedFigure { name, figure }: &NamedFigure) -> String {
    let drawn = figure.layout().map(|picture| format!("![{}](charts/{name}.png)\n", escaped(&picture.title)));
    drawn.unwrap_or_default()
}

fn table(sheet: &Sheet, mark: &str) -> String {
    let mut headings: Vec<String> = sheet.headings.iter().map(|one| escaped(&one.text)).collect();
    if let Some(first) = headings.first_mut() {
        first.push_str(mark);
    }
    let sides: String = sheet.headings.iter().map(|one| if one.is_left { ":--|" } else { "--:|" }).collect();
    let below = sheet.lines.iter().skip(1).map(Some).chain([None]);
    let rows = sheet.lines.iter().zip(below).map(|(line, next)| match line {
        Line::Group(label) => group(label, headings.len()),
        Line::Cells { cells, is_nested: false } if is_nested(next) => heading(cells),
        Line::Cells { cells, .. } => row(cells.iter().map(|cell| escaped(cell))),
    });
    format!("{}|{sides}\n{}", row(headings.iter().cloned()), rows.collect::<String>())
}

fn is_nested(line: Option<&Line>) -> bool {
    matches!(line, Some(Line::Cells { is_nested: true, .. }))
}

/// A bold label before blank cells.
fn group(label: &str, columns: usize) -> String {
    row([bold(label)].into_iter().chain(vec![String::new(); columns.saturating_sub(1)]))
}

/// A row that others belong to, which Markdown can't indent: its label is bold.
fn heading(cells: &[String]) -> String {
    let own = cells.iter().enumerate();
    row(own.map(|(at, cell)| if at == 0 { bold(cell) } else { escaped(cell) }))
}

fn bold(label: &str) -> String {
    if label.is_empty() { String::new() } else { format!("**{}**", escaped(label)) }
}

fn row(cells: impl Iterator<Item = String>) -> String {
    let cells = cells.map(|cell| if cell.is_empty() { " |".into() } else { format!(" {cell} |") });
    format!("|{}\n", cells.collect::<String>())
}

/// Text on one line whose characters mean nothing in Markdown.
fn escaped(text: &str) -> String {
    let mut safe = String::new();
    for one in plain(text).chars() {
        if matches!(one, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '~' | '&' | '$') {
            safe.push('\\');
        }
        safe.push(one);
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::page::{Cell, Column, Table};
    use crate::statistics::Estimate;

    fn shown(page: &Page) -> String {
        String::from_utf8(render(page)).unwrap()
    }

    fn chances() -> Table {
        Table::new(1, [Column::words("label", "Out|come"), Column::probability("p", "Probability")])
    }

    #[test]
    fn a_page_from_top_to_bottom() {
        let mut table = chances();
        table.group("If *it* rains");
        table.nested([Cell::from("a | b\nc"), Estimate::exact(0.25).into()]);
        table.row([Cell::from("dry"), Cell::Number(0.0)]);
        let mut page = Page::new("What_if");
        page.lead = vec!["Will it rain?".into(), "From 2025 to 2026".into(), " ".into()];
        page.sentence("One # sentence.").table(chances()).table(table.clone()).note("A note.").table(table);
        page.foot = vec!["65 536 draws".into(), "2 of them void.".into()];
        page.footnote = Some(Footnote { name: "my file|1".into(), text: "a_b.toml · SHA-256 0".into() });
        let rows = "|:--|--:|--:|\n| **If \\*it\\* rains** | | |\n| a \\| b c | 25.0 % | exact |\n\
                    | dry | \\<0.1 % | |\n";
        let expected = [
            "## What\\_if\n\nWill it rain? From 2025 to 2026.\n\nOne \\# sentence.\n\n",
            "| Out\\|come[^foretell-my-file-1] | Probability | ± |\n",
            rows,
            "\nA note.\n\n| Out\\|come | Probability | ± |\n",
            rows,
            "\n65 536 draws. 2 of them void.\n\n[^foretell-my-file-1]: a\\_b.toml · SHA-256 0\n",
        ];
        assert_eq!(shown(&page), expected.concat());
    }

    #[test]
    fn the_title_leads_to_the_footnote_where_there_is_no_table() {
        let mut page = Page::new("Rain");
        page.table(chances());
        page.footnote = Some(Footnote { name: "中国.x".into(), text: "here".into() });
        assert_eq!(shown(&page), "## Rain[^foretell-中国-x]\n\n[^foretell-中国-x]: here\n");
    }

    #[cfg(feature = "charts")]
    #[test]
    fn a_figure_is_a_link_with_its_title() {
        use crate::chart::{Answer, AnswerRow, Wording};
        let answer = |rows: Vec<AnswerRow>| Answer {
            wording: Wording {
                title: "“A [b](c)” leads <b>\n".into(),
                subtitle: "Of each".into(),
                caption: "x.toml".into(),
            },
            rows,
            leader: None,
        };
        let row = AnswerRow {
            label: "A".into(),
            probability: 0.5,
            value: "50 %".into(),
            odds: String::new(),
            range: String::new(),
            spread: None,
        };
        let mut page = Page::default();
        page.figure("answer", answer(vec![row])).figure("nothing", answer(Vec::new()));
        assert_eq!(shown(&page), "![“A \\[b\\](c)” leads \\<b\\>](charts/answer.png)\n");
    }

    #[test]
    fn an_empty_page_is_empty() {
        assert_eq!(shown(&Page::default()), "");
        let mut page = Page::new("");
        page.lead = vec![String::new()];
        page.sentence("").table(Table::default());
        assert_eq!(shown(&page), "");
    }

    #[test]
    fn hidden_columns_and_control_characters_stay_out() {
        let mut table = Table::new(1, [Column::csv("id"), Column::quantity("mean", "Mean")]);
        table.row([Cell::from("x"), f64::NAN.into()]);
        let mut page = Page::new("a\u{1b}[1m\r\nb");
        page.table(table);
        assert_eq!(shown(&page), "## a \\[1m b\n\n| Mean |\n|--:|\n| n/a |\n");
    }
}

//! The pictures of a page, as files.

use super::output::Files;
use super::terminal::Terminal;
use crate::chart::{ChartError, draw};
use crate::report::page::{Block, NamedFigure, Page};

/// Every picture in both formats, drawn side by side; what can't be drawn is said and left out.
pub fn charts(page: &Page, terminal: &Terminal) -> Files {
    let figures = page.blocks.iter().filter_map(|block| match block {
        Block::Figure(figure) => Some(figure),
        _ => None,
    });
    let drawn: Vec<Result<Files, ChartError>> = std::thread::scope(|scope| {
        let threads: Vec<_> = figures.map(|figure| scope.spawn(move || drawn(figure))).collect();
        threads.into_iter().filter_map(|thread| thread.join().ok()).collect()
    });
    let mut files = Files::new();
    for one in drawn {
        match one {
            Ok(pair) => files.extend(pair),
            Err(error) => terminal.say(&format!("A chart was left out: {error}\n")),
        }
    }
    files
}

fn drawn(NamedFigure { name, figure }: &NamedFigure) -> Result<Files, ChartError> {
    let picture = figure.layout()?;
    let (png, svg) =
        (draw::png(&picture, &draw::Look::default())?, draw::svg(&picture, &draw::Look::default())?);
    Ok(vec![(format!("charts/{name}.png"), png), (format!("charts/{name}.svg"), svg.into_bytes())])
}

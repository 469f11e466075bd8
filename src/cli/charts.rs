//! The pictures of a page, as files.

use std::collections::BTreeSet;

use super::output::Files;
use super::terminal::Terminal;
use crate::chart::draw::{self, Look};
use crate::chart::{ChartError, Picture};
use crate::report::page::{Block, NamedFigure, Page};

/// Every picture in both formats, drawn side by side; what can't be drawn is said and left out.
pub fn charts(page: &Page, terminal: &Terminal) -> Files {
    let figures = page.blocks.iter().filter_map(|block| match block {
        Block::Figure(figure) => Some(figure),
        _ => None,
    });
    let drawn: Vec<Result<Drawn, ChartError>> = std::thread::scope(|scope| {
        let threads: Vec<_> = figures.map(|figure| scope.spawn(move || drawn(figure))).collect();
        threads.into_iter().filter_map(|thread| thread.join().ok()).collect()
    });
    let mut files = Files::new();
    let mut boxed = BTreeSet::new();
    for one in drawn {
        match one {
            Ok(one) => {
                files.extend(one.files);
                boxed.extend(one.boxed);
            }
            Err(error) => terminal.say(&format!("A chart was left out: {error}\n")),
        }
    }
    tell_boxes(&boxed, terminal);
    files
}

/// Says for which scripts a PNG has boxes.
pub fn tell_boxes(scripts: &BTreeSet<String>, terminal: &Terminal) {
    for script in scripts {
        let letters = if script == "symbols" {
            "some symbols".into()
        } else {
            format!("letters of the {script} script")
        };
        terminal.say(&format!(
            "Pictures have boxes for {letters}: no font of this machine has them. The SVG carries the text.\n"
        ));
    }
}

/// The files of one picture, and the scripts of which they show boxes.
struct Drawn {
    files: Files,
    boxed: BTreeSet<String>,
}

fn drawn(NamedFigure { name, figure }: &NamedFigure) -> Result<Drawn, ChartError> {
    let picture: Picture = figure.layout()?;
    let look = Look::default();
    let (png, svg) = (draw::png(&picture, &look)?, draw::svg(&picture, &look)?);
    let files = vec![(format!("charts/{name}.png"), png), (format!("charts/{name}.svg"), svg.into_bytes())];
    Ok(Drawn { files, boxed: picture.unshown_scripts() })
}

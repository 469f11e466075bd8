//! Every draw in memory, column by column, for one's own statistics: load, change, draw.
//!
//! ```console
//! cargo run --example draws_to_memory --no-default-features
//! ```

use std::error::Error;

use foretell::analysis::draw_table::DrawTable;
use foretell::analysis::draws::DrawColumns;
use foretell::design::Kind;
use foretell::diagnostic::SourceFile;
use foretell::session::{Changes, Session};
use foretell::simulation::{Plan, Settings};

fn main() -> Result<(), Box<dyn Error>> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/vladivostok-2023.toml");
    let source = SourceFile::new(path, std::fs::read_to_string(path)?);
    let session = Session::open(source, |name| Err(format!("{name} is not read here")))?;
    let case = session.case(&Changes { set: vec!["trade_demand=0.6".into()], ..Changes::default() })?;

    // 2^14 scrambled Sobol points from seed 1 in 8 replicates, on all threads: the same draws on any number of them.
    let study = case.study(&Settings::default());
    let columns = DrawColumns::compile(&study)?;
    let table = DrawTable::draw(&columns, &Plan::new(Kind::Sobol, 1, 1 << 14, 8, 0), study.watch)?;

    for (column, values) in columns.columns().iter().zip(&table.columns) {
        let mean = values.iter().sum::<f64>() / values.len() as f64;
        println!("{mean:>10.4}  {}: {}", column.name, column.label);
    }
    Ok(())
}

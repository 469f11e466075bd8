//! Writes a large scenario, as `benches/compile.rs` and `docs/performance.md` use it.
//!
//! ```console
//! cargo run --example large -- 2000 > large.toml
//! cargo run --example large -- 2000 betas > large.toml
//! ```

#[path = "../tests/common/large.rs"]
mod large;

fn main() -> Result<(), String> {
    let mut arguments = std::env::args().skip(1);
    let factors = arguments.next().and_then(|one| one.parse().ok()).ok_or("give a number of factors")?;
    match arguments.next().as_deref() {
        None => print!("{}", large::scenario(factors)),
        Some("betas") => print!("{}", large::betas(factors)),
        Some(other) => return Err(format!("`{other}` is no kind of scenario: `betas` is, or nothing")),
    }
    Ok(())
}

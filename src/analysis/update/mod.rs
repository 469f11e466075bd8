//! What does the file's evidence change, item by item and over time?

mod finding;
mod question;

pub use finding::{Answer, ById, Item, Point, UpdateFinding};
pub use question::Update;

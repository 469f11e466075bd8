//! What are the answers as one number of the file, or two, go from one value to another?

mod axis;
mod closest;
mod crossing;
mod finding;
mod gap;
mod levels;
mod lookout;
mod looks;
mod place;
mod question;
mod reach;
mod spot;
mod told;

pub use axis::{Also, Axis, Hold, Steps};
pub use finding::{
    Area, AxisFinding, Cell, Closest, Crossing, FacetFinding, Kind, Lead, Point, SweepFinding, Swept,
};
pub use gap::Gap;
pub use question::{DRAWS, MOST_SPOTS, Sweep};

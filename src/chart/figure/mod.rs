//! The figures, one a file: what each shows, as plain data, and how that is laid out.

mod drivers;
mod evidence_steps;
mod heat_map;
mod influence;
mod outcome_bars;
mod panel;
mod phase_map;
mod plane;
mod probability_distributions;
mod sweep_areas;
mod sweep_lines;
mod ternary;
mod theory_bars;
mod tornado;
mod variance_shares;
mod variants;
mod waterfall;

pub use drivers::{DrivenOutcome, DriverCell, DriverRow, Drivers};
pub use evidence_steps::{EvidencePanel, EvidenceStep, EvidenceSteps};
pub use heat_map::{HeatCell, HeatMap, HeatPanel, HeatRow};
pub use influence::{Influence, InfluenceArrow, InfluenceKind, InfluenceNode, InfluenceSign};
pub use outcome_bars::{OutcomeBar, OutcomeBars};
pub use phase_map::PhaseMap;
pub use plane::Along;
pub use probability_distributions::{Bin, OutcomeDistribution, ProbabilityDistributions};
pub use sweep_areas::{AreaPanel, SweepAreas};
pub use sweep_lines::{LinePanel, SweepLine, SweepLines};
pub use ternary::{Ternary, TriangleBins};
pub use theory_bars::{TheoryBars, TheoryGroup};
pub use tornado::{Tornado, TornadoPanel, TornadoRow};
pub use variance_shares::{SharesPanel, SharesRow, VarianceShares};
pub use variants::{VariantPanel, VariantRow, Variants};
pub use waterfall::{Waterfall, WaterfallEnd, WaterfallPanel, WaterfallStep};

//! Floor 3: what a scenario means.

//! Floor 5: plans, batches, threads and tallies.

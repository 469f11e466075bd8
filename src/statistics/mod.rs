//! Floor 1: mergeable accumulators and estimates with their errors.

//! Floor 1: counter-based random numbers, a pure function of a key and an index.

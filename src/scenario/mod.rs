//! Floor 2: the scenario file, read into a document full of spans.

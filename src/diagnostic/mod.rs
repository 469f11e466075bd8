//! Floor 0: source text, places in it, and messages about it.

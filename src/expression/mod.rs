//! Floor 2: the expression language.

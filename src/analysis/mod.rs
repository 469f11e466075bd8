//! Floor 6: questions put to a model, one a file.

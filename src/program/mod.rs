//! Floor 4: a model compiled to operations on columns.

//! Floor 1: the families of distributions, one a file.

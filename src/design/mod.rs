//! Floor 1: designs, the ways to lay points into the unit cube.

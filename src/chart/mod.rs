//! Floor 7: figures as plain data, and the one file that draws them.

//! Floor 7: findings as text and bytes.

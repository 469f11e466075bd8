//! The mixing of SplitMix64.

/// The odd constant nearest 2^64 divided by the golden ratio: the increment of SplitMix64.
pub(super) const GOLDEN_GAMMA: u64 = 0x9E37_79B9_7F4A_7C15;

/// Word `index` of the sequence that starts at `state`.
#[inline(always)]
pub(super) const fn nth(state: u64, index: u64) -> u64 {
    mix13(state.wrapping_add(index.wrapping_add(1).wrapping_mul(GOLDEN_GAMMA)))
}

/// Stafford's thirteenth mixer (2011), a bijection of 64-bit words.
#[inline(always)]
pub(super) const fn mix13(z: u64) -> u64 {
    let z = mixed(z);
    z ^ (z >> 31)
}

/// [`mix13`] but for its last step.
#[inline(always)]
pub(super) const fn mixed(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB)
}

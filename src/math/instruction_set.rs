//! Instruction sets: one loop, compiled for several, chosen when the program runs.
//!
//! Every set gives the same bits. The loops are ordinary Rust, which never fuses a multiplication with an addition and
//! never reorders one; a wider set only does more of the same at once.
//!
//! This is the one place of the crate with `unsafe` in it: a function compiled for an instruction set may be called only
//! where that set exists. An [`InstructionSet`] can't be made but by [`InstructionSet::best`] and [`InstructionSet::all`],
//! which ask the processor, so that holding one is the proof. `benches/kernels.rs` shows what it buys.

/// An instruction set that this machine has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct InstructionSet(Set);

/// The instruction sets. On machines that are not x86-64 there is only the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[doc(hidden)]
pub enum Set {
    /// What every machine of the target has: SSE2 on x86-64.
    Base,
    /// AVX2.
    Avx2,
    /// AVX-512 F, DQ, VL and BW.
    Avx512,
}

impl InstructionSet {
    /// What every machine has.
    pub const BASE: InstructionSet = InstructionSet(Set::Base);

    /// The widest set that this machine has.
    ///
    /// ```
    /// use foretell::math::instruction_set::InstructionSet;
    /// assert!(InstructionSet::all().contains(&InstructionSet::best()));
    /// ```
    pub fn best() -> InstructionSet {
        // The standard library asks the processor once and remembers.
        #[cfg(target_arch = "x86_64")]
        {
            let avx2 = std::is_x86_feature_detected!("avx2");
            let avx512 = std::is_x86_feature_detected!("avx512f")
                && std::is_x86_feature_detected!("avx512dq")
                && std::is_x86_feature_detected!("avx512vl")
                && std::is_x86_feature_detected!("avx512bw");
            match (avx2, avx512) {
                (true, true) => return InstructionSet(Set::Avx512),
                (true, false) => return InstructionSet(Set::Avx2),
                _ => {}
            }
        }
        InstructionSet::BASE
    }

    /// Every set that this machine has, the narrowest first.
    pub fn all() -> Vec<InstructionSet> {
        let known = [Set::Base, Set::Avx2, Set::Avx512];
        known.into_iter().map(InstructionSet).filter(|set| *set <= InstructionSet::best()).collect()
    }

    /// Its name, as in `AVX2`.
    pub fn name(self) -> &'static str {
        match self.0 {
            Set::Base => "base",
            Set::Avx2 => "AVX2",
            Set::Avx512 => "AVX-512",
        }
    }

    #[doc(hidden)]
    pub fn set(self) -> Set {
        self.0
    }
}

/// Declares a function whose body is compiled once for each set, with the set as its first argument.
///
/// ```
/// use foretell::{kernel, math::instruction_set::InstructionSet};
///
/// kernel! {
///     /// Adds `b` to `a`.
///     pub fn add(a: &mut [f64], b: &[f64]) {
///         for (a, b) in a.iter_mut().zip(b) {
///             *a += b;
///         }
///     }
/// }
/// for set in InstructionSet::all() {
///     let mut sums = [1.0, 2.0, 3.0];
///     add(set, &mut sums, &[0.5, 0.5, 0.5]);
///     assert_eq!(sums, [1.5, 2.5, 3.5]);
/// }
/// ```
#[macro_export]
macro_rules! kernel {
    ($(#[$note:meta])* $visibility:vis fn $name:ident($($argument:ident: $kind:ty),* $(,)?) $body:block) => {
        $(#[$note])*
        #[allow(unsafe_code, clippy::too_many_arguments)]
        $visibility fn $name(set: $crate::math::instruction_set::InstructionSet, $($argument: $kind),*) {
            #[inline(always)]
            fn body($($argument: $kind),*) $body

            #[cfg(target_arch = "x86_64")]
            #[target_feature(enable = "avx2")]
            fn avx2($($argument: $kind),*) {
                body($($argument),*)
            }

            #[cfg(target_arch = "x86_64")]
            #[target_feature(enable = "avx2,avx512f,avx512dq,avx512vl,avx512bw")]
            fn avx512($($argument: $kind),*) {
                body($($argument),*)
            }

            match set.set() {
                $crate::math::instruction_set::Set::Base => body($($argument),*),
                // SAFETY: an `InstructionSet` is made only by asking the processor whether it has the set.
                #[cfg(target_arch = "x86_64")]
                $crate::math::instruction_set::Set::Avx2 => unsafe { avx2($($argument),*) },
                // SAFETY: as above.
                #[cfg(target_arch = "x86_64")]
                $crate::math::instruction_set::Set::Avx512 => unsafe { avx512($($argument),*) },
                #[cfg(not(target_arch = "x86_64"))]
                _ => body($($argument),*),
            }
        }
    };
}

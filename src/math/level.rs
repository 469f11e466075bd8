//! Instruction-set levels: one loop, compiled for several, chosen when the program runs.
//!
//! Every level gives the same bits. The loops are ordinary Rust, which never fuses a multiplication with an addition and
//! never reorders one; a wider level only does more of the same at once.
//!
//! This is the one place of the crate with `unsafe` in it: a function compiled for an instruction set may be called only
//! where that set exists. A [`Level`] can't be made but by [`Level::best`] and [`Level::all`], which ask the processor, so
//! that holding one is the proof. `benches/kernels.rs` shows what it buys.

/// An instruction-set level that this machine has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Level(Set);

/// The levels. On machines that are not x86-64 there is only the first.
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

impl Level {
    /// What every machine has.
    pub const BASE: Level = Level(Set::Base);

    /// The widest level that this machine has.
    ///
    /// ```
    /// use foretell::math::level::Level;
    /// assert!(Level::all().contains(&Level::best()));
    /// ```
    pub fn best() -> Level {
        // The standard library asks the processor once and remembers.
        #[cfg(target_arch = "x86_64")]
        {
            let avx2 = std::is_x86_feature_detected!("avx2");
            let avx512 = std::is_x86_feature_detected!("avx512f")
                && std::is_x86_feature_detected!("avx512dq")
                && std::is_x86_feature_detected!("avx512vl")
                && std::is_x86_feature_detected!("avx512bw");
            match (avx2, avx512) {
                (true, true) => return Level(Set::Avx512),
                (true, false) => return Level(Set::Avx2),
                _ => {}
            }
        }
        Level::BASE
    }

    /// Every level that this machine has, the narrowest first.
    pub fn all() -> Vec<Level> {
        let known = [Set::Base, Set::Avx2, Set::Avx512];
        known.into_iter().map(Level).filter(|level| *level <= Level::best()).collect()
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

/// Declares a function whose body is compiled once for each level, with the level as its first argument.
///
/// ```
/// use foretell::{kernel, math::level::Level};
///
/// kernel! {
///     /// Adds `b` to `a`.
///     pub fn add(a: &mut [f64], b: &[f64]) {
///         for (a, b) in a.iter_mut().zip(b) {
///             *a += b;
///         }
///     }
/// }
/// for level in Level::all() {
///     let mut sums = [1.0, 2.0, 3.0];
///     add(level, &mut sums, &[0.5, 0.5, 0.5]);
///     assert_eq!(sums, [1.5, 2.5, 3.5]);
/// }
/// ```
#[macro_export]
macro_rules! kernel {
    ($(#[$note:meta])* $visibility:vis fn $name:ident($($argument:ident: $kind:ty),* $(,)?) $body:block) => {
        $(#[$note])*
        #[allow(unsafe_code, clippy::too_many_arguments)]
        $visibility fn $name(level: $crate::math::level::Level, $($argument: $kind),*) {
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

            match level.set() {
                $crate::math::level::Set::Base => body($($argument),*),
                // SAFETY: a `Level` is made only by asking the processor whether it has the set.
                #[cfg(target_arch = "x86_64")]
                $crate::math::level::Set::Avx2 => unsafe { avx2($($argument),*) },
                // SAFETY: as above.
                #[cfg(target_arch = "x86_64")]
                $crate::math::level::Set::Avx512 => unsafe { avx512($($argument),*) },
                #[cfg(not(target_arch = "x86_64"))]
                _ => body($($argument),*),
            }
        }
    };
}

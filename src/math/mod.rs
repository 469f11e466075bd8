//! Floor 0: numbers. Elementary and special functions with the same bits on every run.
//!
//! The platform's own `exp`, `ln`, `pow` and so on differ in the last bit between operating systems. Everything
//! here is built from IEEE 754 arithmetic and from `libm`, so that a result has the same bits wherever it is
//! computed.

pub mod elementary;
pub mod feasible;
pub mod instruction_set;
pub mod linear;
pub mod quadrature;
pub mod roots;
pub mod rounding;
pub mod special;

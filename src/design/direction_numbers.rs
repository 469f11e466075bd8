//! Joe & Kuo's direction numbers.

/// The packed numbers; `pack_direction_numbers.py` says how. Their licence is in `DIRECTION_NUMBERS_LICENCE.txt`.
static PACKED: &[u8] = include_bytes!("direction_numbers.bin");

/// The largest degree of a primitive polynomial in the table.
const LARGEST_DEGREE: usize = 17;

/// The number of Sobol dimensions with direction numbers. A dimension from here on is stratified in itself, and in
/// random order against all others.
pub const TABULATED_DIMENSIONS: u32 = 13_425;

/// The 32 direction numbers of a dimension from 0, or `None` beyond the table.
///
/// Number k is `m_k · 2^(31−k)` for the authors' m (S. Joe & F. Y. Kuo 2008, "Constructing Sobol sequences with better
/// two-dimensional projections", SIAM J. Sci. Comput. 30); those beyond the polynomial's degree s follow from their
/// recurrence (equation 2 there).
pub(super) fn direction_numbers(dimension: u32) -> Option<[u32; 32]> {
    let mut numbers: [u32; 32] = std::array::from_fn(|k| 1 << (31 - k));
    if dimension == 0 {
        return Some(numbers);
    }
    let (degree, mut record) = find_record(dimension as usize - 1)?;
    let polynomial = record.take(degree - 1);
    for (k, number) in numbers.iter_mut().enumerate().take(degree).skip(1) {
        *number |= record.take(k) << (32 - k);
    }
    for k in degree..32 {
        numbers[k] = numbers[k - degree] ^ (numbers[k - degree] >> degree);
        for back in (1..degree).filter(|back| (polynomial >> (degree - 1 - back)) & 1 == 1) {
            numbers[k] ^= numbers[k - back];
        }
    }
    Some(numbers)
}

/// The degree and the bits of record number `entry`, or `None` beyond the last one.
fn find_record(mut entry: usize) -> Option<(usize, Bits<'static>)> {
    let (counts, mut records) = PACKED.split_at_checked(2 * LARGEST_DEGREE)?;
    for (degree, count) in (1..).zip(counts.chunks_exact(2)) {
        let count = usize::from(u16::from_le_bytes([count[0], count[1]]));
        let size = ((degree - 1) * (degree + 2) / 2usize).div_ceil(8);
        if entry < count {
            return Some((degree, Bits { bytes: records.get(entry * size..)?, taken: 0 }));
        }
        entry -= count;
        records = records.get(count * size..)?;
    }
    None
}

/// Bits of bytes, the lowest first.
struct Bits<'a> {
    bytes: &'a [u8],
    taken: usize,
}

impl Bits<'_> {
    /// The next `count` bits as a number, `count` at most 32.
    fn take(&mut self, count: usize) -> u32 {
        let bit = |i: usize| u32::from((self.bytes[i / 8] >> (i % 8)) & 1);
        let number = (0..count).fold(0, |number, k| number | (bit(self.taken + k) << k));
        self.taken += count;
        number
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_ends_where_it_says() {
        assert!(direction_numbers(TABULATED_DIMENSIONS - 1).is_some());
        assert!(direction_numbers(TABULATED_DIMENSIONS).is_none());
        assert!(direction_numbers(u32::MAX).is_none());
    }

    #[test]
    fn unscrambled_points_are_those_of_scipy() {
        let table = include_str!("../../tests/oracles/sobol_points.csv");
        let mut lines = table.lines().skip(1);
        let dimensions: Vec<u32> = lines
            .next()
            .unwrap()
            .split(',')
            .skip(1)
            .map(|d| d["dimension_".len()..].parse().unwrap())
            .collect();
        let mut points = 0;
        for line in lines {
            let fields: Vec<u32> = line.split(',').map(|field| field.parse().unwrap()).collect();
            for (&dimension, &expected) in dimensions.iter().zip(&fields[1..]) {
                let numbers = direction_numbers(dimension).unwrap();
                let set_bits = (0..32).filter(|bit| (fields[0] >> bit) & 1 == 1);
                let point = set_bits.fold(0, |x, bit| x ^ numbers[bit]);
                assert_eq!(point, expected, "dimension {dimension}, index {}", fields[0]);
                points += 1;
            }
        }
        assert_eq!(points, 14 * dimensions.len());
    }

    #[test]
    fn every_dimension_of_the_table_is_a_permutation_of_strata() {
        // The matrix of direction numbers is unit upper triangular: bit 31 − k of number k is set, none below.
        for dimension in 0..TABULATED_DIMENSIONS {
            let numbers = direction_numbers(dimension).unwrap();
            assert!(numbers.iter().zip(0..).all(|(number, k)| number.trailing_zeros() == 31 - k));
        }
    }
}

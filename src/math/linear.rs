//! Small symmetric matrices: their triangle, their eigenvalues, and the correlation matrix nearest to them.
//!
//! A matrix is a list of rows. Sizes are those of groups of correlated factors: tens, not thousands.

/// A square matrix, row by row.
pub type Matrix = Vec<Vec<f64>>;

/// A pivot of at most this size, against a diagonal of about 1, is taken as 0: roundings make as much.
const LEAST_PIVOT: f64 = 1e-12;

/// What may be left below a pivot of 0. In a matrix without negative eigenvalues |a_ij|² ≤ a_ii a_jj, so that this goes
/// with [`LEAST_PIVOT`].
const LEAST_REST: f64 = 1e-6;

/// Rounds of [`nearest_correlation`] at most; it converges linearly.
const MOST_ROUNDS: usize = 20_000;

/// The lower triangle L with L Lᵀ = `matrix`, row by row up to the diagonal (Golub & Van Loan 2013, section 4.2); `None`
/// if the matrix has a negative eigenvalue. A pivot of 0 is allowed, and leaves its column empty (section 4.2.8).
///
/// ```
/// use foretell::math::linear::cholesky;
/// let rows = cholesky(&[vec![1.0, 0.6], vec![0.6, 1.0]]).unwrap();
/// assert_eq!(rows, [vec![1.0], vec![0.6, 0.8]]);
/// assert_eq!(cholesky(&[vec![1.0, 2.0], vec![2.0, 1.0]]), None);
/// ```
pub fn cholesky(matrix: &[Vec<f64>]) -> Option<Matrix> {
    let mut rows: Matrix = Vec::new();
    for (i, given) in matrix.iter().enumerate() {
        let mut row: Vec<f64> = Vec::new();
        for (j, above) in rows.iter().enumerate() {
            let known: f64 = row.iter().zip(above).map(|(a, b)| a * b).sum();
            let rest = given[j] - known;
            if above[j] == 0.0 && rest.abs() > LEAST_REST {
                return None;
            }
            row.push(if above[j] == 0.0 { 0.0 } else { rest / above[j] });
        }
        let pivot = given[i] - row.iter().map(|one| one * one).sum::<f64>();
        if pivot < -LEAST_PIVOT {
            return None;
        }
        row.push(if pivot <= LEAST_PIVOT { 0.0 } else { pivot.sqrt() });
        rows.push(row);
    }
    Some(rows)
}

/// A correlation matrix as L Lᵀ + d² I with the greatest d there is: L by rows, and d. In two dimensions L is one column.
///
/// ```
/// use foretell::math::linear::without_own;
/// let (rows, own) = without_own(&[vec![1.0, -0.36], vec![-0.36, 1.0]]);
/// assert!((rows[0][0] - 0.6).abs() < 1e-12 && (rows[1][0] + 0.6).abs() < 1e-12 && rows[1][1] == 0.0);
/// assert!((own - 0.8).abs() < 1e-12);
/// ```
pub fn without_own(matrix: &[Vec<f64>]) -> (Matrix, f64) {
    let (values, _) = eigen(matrix.to_vec());
    let least = values.into_iter().fold(1.0, f64::min).max(0.0);
    let mut rest = matrix.to_vec();
    (0..rest.len()).for_each(|i| rest[i][i] -= least);
    match cholesky(&rest) {
        Some(rows) => (rows, least.sqrt()),
        // Not to be had in roundings: nothing is taken off.
        None => (cholesky(matrix).unwrap_or_default(), 0.0),
    }
}

/// Eigenvalues and, as columns, eigenvectors of a symmetric matrix: cyclic rotations (Jacobi 1846; Golub & Van Loan 2013,
/// section 8.5).
///
/// ```
/// use foretell::math::linear::eigen;
/// let (mut values, _) = eigen(vec![vec![2.0, 1.0], vec![1.0, 2.0]]);
/// values.sort_by(f64::total_cmp);
/// assert!((values[0] - 1.0).abs() < 1e-15 && (values[1] - 3.0).abs() < 1e-15);
/// ```
pub fn eigen(mut matrix: Matrix) -> (Vec<f64>, Matrix) {
    let n = matrix.len();
    let mut vectors = identity(n);
    let size = norm(&matrix);
    for _ in 0..60 {
        let off: f64 =
            (0..n).flat_map(|i| (0..i).map(move |j| (i, j))).map(|(i, j)| matrix[i][j].powi(2)).sum();
        if off.sqrt() <= 1e-16 * size {
            break;
        }
        for p in 0..n {
            for q in p + 1..n {
                rotate(&mut matrix, &mut vectors, p, q);
            }
        }
    }
    ((0..n).map(|i| matrix[i][i]).collect(), vectors)
}

/// One rotation in the plane of p and q that makes their entry 0.
fn rotate(matrix: &mut Matrix, vectors: &mut Matrix, p: usize, q: usize) {
    if matrix[p][q] == 0.0 {
        return;
    }
    let theta = (matrix[q][q] - matrix[p][p]) / (2.0 * matrix[p][q]);
    let tangent = theta.signum() / (theta.abs() + (theta * theta + 1.0).sqrt());
    let cosine = 1.0 / (tangent * tangent + 1.0).sqrt();
    let sine = tangent * cosine;
    for row in matrix.iter_mut().chain(vectors.iter_mut()) {
        let (a, b) = (row[p], row[q]);
        row[p] = cosine * a - sine * b;
        row[q] = sine * a + cosine * b;
    }
    let (upper, lower) = matrix.split_at_mut(q);
    for (above, below) in upper[p].iter_mut().zip(&mut lower[0]) {
        (*above, *below) = (cosine * *above - sine * *below, sine * *above + cosine * *below);
    }
}

/// The correlation matrix nearest to a symmetric one in the sum of squared differences: projections in turn onto the
/// matrices without negative eigenvalues, with Dykstra's correction, and onto those with a unit diagonal (Higham 2002,
/// algorithm 3.3).
///
/// ```
/// use foretell::math::linear::nearest_correlation;
/// let given = [vec![1.0, 1.0, 0.0], vec![1.0, 1.0, 1.0], vec![0.0, 1.0, 1.0]];
/// let near = nearest_correlation(&given);
/// assert!((near[0][1] - 0.7607).abs() < 5e-5 && (near[0][2] - 0.1573).abs() < 5e-5); // Higham 2002, section 4
/// ```
pub fn nearest_correlation(matrix: &[Vec<f64>]) -> Matrix {
    let mut near: Matrix = matrix.to_vec();
    let mut correction = vec![vec![0.0; matrix.len()]; matrix.len()];
    for _ in 0..MOST_ROUNDS {
        let shifted = combine(&near, &correction, -1.0);
        let positive = without_negative(shifted.clone());
        correction = combine(&positive, &shifted, -1.0);
        let mut next = positive.clone();
        (0..next.len()).for_each(|i| next[i][i] = 1.0);
        let moved = norm(&combine(&next, &near, -1.0)).max(norm(&combine(&next, &positive, -1.0)));
        near = next;
        if moved <= 1e-10 * norm(&near) {
            break;
        }
    }
    near
}

/// The nearest matrix without negative eigenvalues: these are set to 0.
fn without_negative(matrix: Matrix) -> Matrix {
    let n = matrix.len();
    let (values, vectors) = eigen(matrix);
    let entry = |i: usize, j: usize| -> f64 {
        (0..n).map(|k| vectors[i][k] * values[k].max(0.0) * vectors[j][k]).sum()
    };
    (0..n).map(|i| (0..n).map(|j| entry(i.max(j), i.min(j))).collect()).collect()
}

/// a + factor × b.
fn combine(a: &[Vec<f64>], b: &[Vec<f64>], factor: f64) -> Matrix {
    let row = |(a, b): (&Vec<f64>, &Vec<f64>)| a.iter().zip(b).map(|(a, b)| a + factor * b).collect();
    a.iter().zip(b).map(row).collect()
}

/// The root of the sum of squares (Frobenius).
fn norm(matrix: &[Vec<f64>]) -> f64 {
    matrix.iter().flatten().map(|one| one * one).sum::<f64>().sqrt()
}

fn identity(n: usize) -> Matrix {
    (0..n).map(|i| (0..n).map(|j| f64::from(u8::from(i == j))).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Symmetric matrices with a unit diagonal and no further sense.
    fn examples() -> impl Iterator<Item = Matrix> {
        (2..9usize).flat_map(|n| {
            (1..6usize).map(move |seed| {
                let entry = |i: usize, j: usize| match i == j {
                    true => 1.0,
                    false => {
                        2.0 * (0.618_033_988_749 * ((i.min(j) * 17 + i.max(j)) * seed) as f64).fract() - 1.0
                    }
                };
                (0..n).map(|i| (0..n).map(|j| entry(i, j)).collect()).collect()
            })
        })
    }

    fn product(a: &Matrix, b: &Matrix) -> Matrix {
        let n = a.len();
        (0..n).map(|i| (0..n).map(|j| (0..n).map(|k| a[i][k] * b[k][j]).sum()).collect()).collect()
    }

    fn transposed(a: &Matrix) -> Matrix {
        (0..a.len()).map(|i| a.iter().map(|row| row[i]).collect()).collect()
    }

    fn distance(a: &[Vec<f64>], b: &[Vec<f64>]) -> f64 {
        norm(&combine(a, b, -1.0))
    }

    fn square(rows: &Matrix) -> Matrix {
        let n = rows.len();
        let full: Matrix = rows
            .iter()
            .map(|row| row.iter().copied().chain(std::iter::repeat(0.0)).take(n).collect())
            .collect();
        product(&full, &transposed(&full))
    }

    #[test]
    fn eigenvectors_are_orthogonal_and_give_the_matrix_back() {
        for matrix in examples() {
            let (values, vectors) = eigen(matrix.clone());
            assert!(distance(&product(&vectors, &transposed(&vectors)), &identity(matrix.len())) < 1e-13);
            let scaled: Matrix =
                vectors.iter().map(|row| row.iter().zip(&values).map(|(v, l)| v * l).collect()).collect();
            assert!(distance(&product(&scaled, &transposed(&vectors)), &matrix) < 1e-13);
        }
    }

    #[test]
    fn the_triangle_exists_exactly_if_no_eigenvalue_is_negative() {
        let mut seen = [0, 0];
        for matrix in examples() {
            let least = eigen(matrix.clone()).0.into_iter().fold(f64::INFINITY, f64::min);
            let found = cholesky(&matrix);
            assert_eq!(found.is_some(), least >= 0.0, "{matrix:?}");
            seen[usize::from(found.is_some())] += 1;
            if let Some(rows) = found {
                assert!(distance(&square(&rows), &matrix) < 1e-14);
            }
        }
        assert!(seen[0] > 3 && seen[1] > 3, "{seen:?}");
    }

    #[test]
    fn a_singular_matrix_has_a_triangle_too() {
        for matrix in [
            vec![vec![1.0, 1.0, 0.5], vec![1.0, 1.0, 0.5], vec![0.5, 0.5, 1.0]],
            vec![vec![1.0, 0.6, 0.8], vec![0.6, 1.0, 0.0], vec![0.8, 0.0, 1.0]],
        ] {
            let rows = cholesky(&matrix).unwrap();
            assert!(distance(&square(&rows), &matrix) < 1e-14);
        }
        let impossible = vec![vec![1.0, 1.0, 0.5], vec![1.0, 1.0, 0.4], vec![0.5, 0.4, 1.0]];
        assert_eq!(cholesky(&impossible), None);
    }

    /// With N nearest to A, N has a unit diagonal and no negative eigenvalue, and for some diagonal D the matrix
    /// M = A + D − N has no positive eigenvalue and M N = 0 (Higham 2002, theorem 2.4).
    #[test]
    fn the_nearest_matrix_meets_the_conditions_of_the_minimum() {
        for matrix in examples() {
            let near = nearest_correlation(&matrix);
            let n = near.len();
            let least = eigen(near.clone()).0.into_iter().fold(f64::INFINITY, f64::min);
            assert!(least > -1e-7 && (0..n).all(|i| near[i][i] == 1.0), "{least}");
            let mut normal = combine(&matrix, &near, -1.0);
            for i in 0..n {
                // M N = 0 on the diagonal gives D, as N has a unit diagonal.
                normal[i][i] = -(0..n).filter(|k| *k != i).map(|k| normal[i][k] * near[k][i]).sum::<f64>();
            }
            assert!(norm(&product(&normal, &near)) < 1e-5, "{matrix:?}");
            assert!(eigen(normal).0.into_iter().all(|value| value < 1e-6));
        }
    }

    #[test]
    fn a_correlation_matrix_is_its_own_nearest() {
        let matrix = vec![vec![1.0, 0.5, -0.3], vec![0.5, 1.0, 0.2], vec![-0.3, 0.2, 1.0]];
        assert!(distance(&nearest_correlation(&matrix), &matrix) < 1e-12);
    }
}

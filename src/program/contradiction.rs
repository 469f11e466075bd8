//! Which parts of something that can't be contradict each other.

/// As many sets are tried in search of one with fewer parts.
const TRIES: usize = 150;

/// The positions of the fewest of `count` parts that can't be together, or of some of which none can be left out where it would take too
/// long to find the fewest. All together can't be.
///
/// # Errors
/// Those of `can_be`.
pub(super) fn fewest<E>(
    count: usize,
    can_be: &mut impl FnMut(&[usize]) -> Result<bool, E>,
) -> Result<Vec<usize>, E> {
    let mut found = irreducible(count, can_be)?;
    for size in 1..found.len() {
        let sets = sets(count, size);
        if sets.len() > TRIES {
            break;
        }
        for set in sets {
            if !can_be(&set)? {
                return Ok(set);
            }
        }
    }
    found.sort_unstable();
    Ok(found)
}

/// Positions that can't be together, of which none can be left out: one after the other is found as the last that it takes (Junker 2004,
/// "QuickXplain: preferred explanations and relaxations for over-constrained problems", AAAI).
fn irreducible<E>(
    count: usize,
    can_be: &mut impl FnMut(&[usize]) -> Result<bool, E>,
) -> Result<Vec<usize>, E> {
    let mut found: Vec<usize> = Vec::new();
    let mut open = count;
    loop {
        // The fewest of the first ones that can't be with those that were found.
        let (mut possible, mut impossible) = (None, open);
        while possible.map_or(impossible > 0, |low| impossible - low > 1) {
            let middle = possible.map_or(0, |low: usize| (low + impossible) / 2);
            let tried: Vec<usize> = (0..middle).chain(found.iter().copied()).collect();
            match can_be(&tried)? {
                true => possible = Some(middle),
                false => impossible = middle,
            }
        }
        if impossible == 0 {
            return Ok(found);
        }
        open = impossible - 1;
        found.push(open);
    }
}

/// All sets of so many of the first positions, or more than can be tried.
fn sets(count: usize, size: usize) -> Vec<Vec<usize>> {
    let mut found: Vec<Vec<usize>> = vec![Vec::new()];
    for _ in 0..size {
        let longer = |one: &Vec<usize>| {
            let from = one.last().map_or(0, |last| last + 1);
            (from..count).map(|next| [&one[..], &[next]].concat()).collect::<Vec<Vec<usize>>>()
        };
        found = found.iter().flat_map(longer).take(TRIES * count + 1).collect();
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The sets that can't be, and how often was asked.
    fn told(count: usize, impossible: &[&[usize]]) -> (Vec<usize>, usize) {
        let mut asked = 0;
        let mut can_be = |some: &[usize]| {
            asked += 1;
            Ok::<bool, ()>(!impossible.iter().any(|one| one.iter().all(|at| some.contains(at))))
        };
        (fewest(count, &mut can_be).unwrap(), asked)
    }

    #[test]
    fn the_fewest_are_found() {
        assert_eq!(told(10, &[&[2, 5, 9]]).0, [2, 5, 9]);
        assert_eq!(told(10, &[&[0, 1, 2], &[3, 9]]).0, [3, 9]);
        assert_eq!(told(4, &[&[3]]).0, [3]);
        assert_eq!(told(3, &[&[0, 1, 2]]).0, [0, 1, 2]);
        assert_eq!(told(0, &[&[]]).0, Vec::<usize>::new());
    }

    #[test]
    fn of_many_it_takes_few_tries() {
        let (found, asked) = told(10_000, &[&[17, 4_000, 9_999]]);
        assert_eq!(found, [17, 4_000, 9_999]);
        // For each of the three, and to see that they suffice, as many halvings as 10,000 positions take, and one look more.
        assert!(asked <= 4 * (14 + 1), "{asked}");
    }
}

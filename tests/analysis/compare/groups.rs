//! Edits that are told together.

use super::shares::product;
use super::*;

#[test]
fn edits_that_need_each_other_are_one() {
    let after = DRAWN
        .replace("[derived.square]", "[factors.z]\nvalue = 0.7\n[derived.square]")
        .replace("y = 1", "y = 1.5, z = 2");
    let found = compared(DRAWN, &after, &settings(1 << 12, 1));
    // The factor may stand alone; the weight that uses it may not.
    let mut blocks = addresses(&found);
    blocks.sort();
    assert_eq!(blocks, [vec!["factors.z", "outcomes.up.weights.z"], vec!["outcomes.up.weights.y"]]);
    let new = found.edits.iter().find(|one| one.addresses.len() == 2).expect("a block");
    assert_eq!(new.changes[0].kind, ChangeKind::Added);
    assert_eq!(new.changes[0].before, None);
    assert!(new.changes[0].after.as_ref().expect("it is new").place.starts_with("new.toml:"));
    assert!(gap(&found) < 1e-12);
    // Back again: removed together.
    let back = compared(&after, DRAWN, &settings(1 << 12, 1));
    let mut removed = addresses(&back);
    removed.sort();
    assert_eq!(removed, blocks);
    let (one, other) = (share(&found, "factors.z", "up"), share(&back, "factors.z", "up"));
    assert!((one + other).abs() < 1e-12);
    // A factor that nothing uses needs nobody.
    let unused = DRAWN
        .replace("[derived.square]", "[factors.z]\nvalue = 0.7\n[derived.square]")
        .replace("y = 1", "y = 1.5");
    assert_eq!(compared(DRAWN, &unused, &settings(1 << 12, 1)).edits.len(), 2);
}

/// Three bases need each other, and so do two probabilities of states; these two groups have nothing to do with each other, wherever they
/// stand and whatever else is edited.
#[test]
fn groups_that_need_nothing_of_each_other_stay_apart() {
    let text = |dove: f64, bases: [f64; 3], rank: f64, mean: f64| {
        format!(
            "[factors]\nx = {{ value = 'normal({mean}, 1)' }}\ny = {{ value = 'normal(0, 1)' }}\n\
             [factors.chair]\nstates = ['dove', 'hawk']\nprobabilities = {{ dove = {dove}, hawk = {} }}\n\
             [[correlations]]\nbetween = ['x', 'y']\nrank = {rank}\n\
             [outcomes.a]\nbase = {}\nweights = {{ x = 1, chair = {{ dove = 0.5 }} }}\n\
             [outcomes.b]\nbase = {}\nweights = {{ y = 1 }}\n[outcomes.c]\nbase = {}\n",
            1.0 - dove,
            bases[0],
            bases[1],
            bases[2]
        )
    };
    let before = text(0.25, [0.5, 0.25, 0.25], -0.5, 0.0);
    for (rank, mean) in [(-0.5, 0.0), (-0.25, 0.0), (-0.25, 1.0)] {
        let after = text(0.5, [0.25, 0.5, 0.25], rank, mean);
        let found = compared(&before, &after, &settings(1 << 12, 1));
        let sizes: Vec<usize> = found.edits.iter().map(|one| one.addresses.len()).collect();
        assert!(sizes.iter().all(|size| *size <= 2), "{:?}", addresses(&found));
        let after = text(0.5, [0.25, 0.375, 0.375], rank, mean);
        let found = compared(&before, &after, &settings(1 << 12, 1));
        let mut sizes: Vec<usize> = found.edits.iter().map(|one| one.addresses.len()).collect();
        sizes.sort_unstable();
        assert_eq!(sizes[sizes.len() - 2..], [2, 3], "{:?}", addresses(&found));
    }
}

#[test]
fn shares_of_a_whole_are_one() {
    let text = |a: f64, b: f64, c: f64| {
        format!(
            "[factors.x]\nvalue = 'uniform(0, 1)'\n[outcomes.a]\nbase = {a}\nweights = {{ x = 1 }}\n[outcomes.b]\nbase = {b}\n[outcomes.c]\nbase = {c}\n"
        )
    };
    let found = compared(&text(0.5, 0.3, 0.2), &text(0.4, 0.4, 0.2), &settings(1 << 10, 1));
    assert_eq!(addresses(&found), [["outcomes.a.base", "outcomes.b.base"]]);
    let found =
        compared(&text(0.5, 0.3, 0.2), &text(0.4, 0.5, 0.1).replace("x = 1", "x = 2"), &settings(1 << 10, 1));
    assert_eq!(found.edits.len(), 2);
    assert!(gap(&found) < 1e-12);
}

#[test]
fn many_edits_are_gathered() {
    let (old, new) = (vec![0.99; 120], vec![0.985; 120]);
    let found = compared(&product(&old), &product(&new), &settings(1, 1));
    let how = found.attribution.expect("edits");
    assert!(how.gathered && found.edits.len() <= 48 && gap(&found) < 1e-12);
    let all: usize = found.edits.iter().map(|one| one.changes.len()).sum();
    assert_eq!(all, 120);
}

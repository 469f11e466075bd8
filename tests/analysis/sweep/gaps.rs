//! Where there is no answer.

use super::*;

#[test]
fn what_can_t_be_learned_is_a_gap() {
    let changes = Changes { given: texts(&["x > 0.5"]), ..Changes::default() };
    let words = Words { vary: &["x=0:1:11"], changes, ..Words::default() };
    let settings = settings(Kind::Sobol, 1, 4096);
    let found = words.found(WHOLE, &settings);
    for point in &found.points {
        let expected = (point.at <= 0.5).then_some(Gap::Impossible);
        assert_eq!(point.gap, expected, "{}", point.at);
        assert_eq!(point.leads.is_none(), expected.is_some());
    }
    assert!(found.leads.iter().all(|one| one.from >= 0.6));
    // Nowhere at all is a refusal.
    let changes = Changes { given: texts(&["x > 0.5"]), ..Changes::default() };
    let refused = Words { vary: &["x=0:0.4:3"], changes, ..Words::default() }.refused(WHOLE);
    assert!(refused.contains("no answer at any value"), "{refused}");
}

#[test]
fn what_gives_no_number_is_a_gap() {
    let text = "
        [factors.x]
        value = 'uniform(0, 1)'
        [factors.k]
        range = [0, 1]
        value = 0
        [derived.d]
        value = 'sqrt(x - k)'
        [events.e]
        probability = 'd'";
    let found = along(text, "k=0:0.5:3", &settings(Kind::Sobol, 1, 1024));
    let gaps: Vec<Option<Gap>> = found.points.iter().map(|one| one.gap).collect();
    assert_eq!(gaps, [None, Some(Gap::Void), Some(Gap::Void)]);
}

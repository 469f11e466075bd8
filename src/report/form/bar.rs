//! A probability as a bar of letters.

/// The eighths of a block, from one to seven.
const EIGHTHS: [char; 7] = ['▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/// A bar of so many columns, filled to the eighth of one and with blanks behind. What is above nothing shows, and what is
/// below everything leaves a gap.
pub fn bar(share: f64, columns: usize) -> String {
    let whole = 8 * columns;
    let filled = match (share * whole as f64).round() {
        _ if share <= 0.0 || share.is_nan() => 0,
        _ if share >= 1.0 => whole,
        eighths => (eighths as usize).clamp(1, whole.saturating_sub(1).max(1)),
    };
    let part = EIGHTHS.get((filled % 8).wrapping_sub(1));
    let blanks = columns - filled.div_ceil(8).min(columns);
    "█".repeat(filled / 8) + &part.map_or(String::new(), |one| one.to_string()) + &" ".repeat(blanks)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ends_are_kept_for_what_is_certain() {
        let shown = [0.0, 1e-9, 0.5, 0.53, 1.0 - 1e-9, 1.0, f64::NAN].map(|share| bar(share, 4));
        assert_eq!(shown, ["    ", "▏   ", "██  ", "██▏ ", "███▉", "████", "    "]);
    }

    #[test]
    fn every_bar_has_its_columns_and_more_is_never_shorter() {
        let eighth = |one: char| match one {
            '█' => 8,
            one => EIGHTHS.iter().position(|part| *part == one).map_or(0, |at| at + 1),
        };
        let mut last = 0;
        for share in (0..=1000).map(|one| f64::from(one) / 1000.0) {
            let shown = bar(share, 13);
            assert_eq!(shown.chars().count(), 13);
            let length: usize = shown.chars().map(eighth).sum();
            assert!(length >= last && length.abs_diff((share * 104.0).round() as usize) <= 1);
            last = length;
        }
    }
}

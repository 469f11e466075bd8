//! Words of estimative probability: the scale of Intelligence Community Directive 203 (2015), section D.6.e.(2)(a).

/// One step of the scale: its words and its band of probability.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Band {
    /// The words for it, the one that foretell prints first.
    pub words: &'static [&'static str],
    /// Lower end, a probability.
    pub low: f64,
    /// Upper end, a probability.
    pub high: f64,
}

impl Band {
    /// The word that foretell prints.
    pub fn word(&self) -> &'static str {
        self.words[0]
    }
}

/// The seven steps, least probable first.
pub const ICD_203: [Band; 7] = [
    Band { words: &["almost no chance", "remote"], low: 0.01, high: 0.05 },
    Band { words: &["very unlikely", "highly improbable"], low: 0.05, high: 0.20 },
    Band { words: &["unlikely", "improbable"], low: 0.20, high: 0.45 },
    Band { words: &["roughly even chance", "roughly even odds", "roughly even"], low: 0.45, high: 0.55 },
    Band { words: &["likely", "probable"], low: 0.55, high: 0.80 },
    Band { words: &["very likely", "highly probable"], low: 0.80, high: 0.95 },
    Band { words: &["almost certain", "almost certainly", "nearly certain"], low: 0.95, high: 0.99 },
];

/// The band that a word of the scale stands for.
///
/// ```
/// use foretell::expression::scale;
/// assert_eq!(scale::band("likely").map(|band| band.low), Some(0.55));
/// assert!(scale::band("maybe").is_none());
/// ```
pub fn band(word: &str) -> Option<&'static Band> {
    let plain = word.trim().to_lowercase();
    ICD_203.iter().find(|band| band.words.contains(&plain.as_str()))
}

/// The words for a probability. A band holds its lower end and not its upper one; below the lowest band and
/// above the highest, where the directive has no words, the nearest band's words stand.
///
/// ```
/// use foretell::expression::scale;
/// assert_eq!(scale::words(0.395), "unlikely");
/// assert_eq!(scale::words(0.003), "almost no chance");
/// ```
pub fn words(probability: f64) -> &'static str {
    let above = ICD_203.iter().take_while(|band| probability >= band.low).count();
    ICD_203[above.saturating_sub(1)].word()
}

/// Every word of the scale.
pub fn all_words() -> impl Iterator<Item = &'static str> {
    ICD_203.iter().flat_map(|band| band.words.iter().copied())
}

//! Axes and lines of text.

use super::squeezed;
use foretell::chart::*;

proptest::proptest! {
    #[test]
    fn ticks_rise_and_are_few(
        wild in [proptest::num::f64::ANY; 2],
        from in -1e3..1e3f64,
        exponent in -5.0..12.0f64,
    ) {
        let ticks = axis::ticks(wild[0], wild[1], 5);
        assert!(ticks.len() <= 15 && ticks.iter().all(|tick| tick.is_finite()), "{wild:?} {ticks:?}");
        let to = from + libm::pow(10.0, exponent);
        let ticks = axis::ticks(from, to, 5);
        assert!((2..=15).contains(&ticks.len()), "{from} {to} {ticks:?}");
        assert!(ticks.windows(2).all(|pair| pair[0] < pair[1]));
        let slack = 1e-6 * (to - from);
        assert!(from - slack <= ticks[0] && ticks[ticks.len() - 1] <= to + slack, "{from} {to} {ticks:?}");
    }

    #[test]
    fn wrapped_lines_fit_and_lose_no_letter(text in "[a-zé ß\u{a0}\n<-]{0,200}", width in 5.0..400.0f64) {
        let lines = wrap::wrap(&text, width, 13.0, Weight::Regular);
        let all: String = lines.iter().map(|line| squeezed(line)).collect();
        assert_eq!(all, squeezed(&text));
        for line in lines {
            assert!(text_width(&line, 13.0, Weight::Regular) <= width || line.chars().count() == 1, "{line}");
        }
    }
}

#[test]
fn ranges_known_to_hang_or_break_plotters_have_no_ticks() {
    let ulp = f64::from_bits(0.1f64.to_bits() + 1);
    for (a, b) in [
        (0.0, f64::INFINITY),
        (f64::NAN, 1.0),
        (-1e308, 1e308),
        (1e15, 1e15 + 1.0),
        (0.1, ulp),
        (1.0, 1.0),
        (1.0, 0.0),
    ] {
        assert!(axis::ticks(a, b, 5).is_empty(), "{a} {b}");
    }
}

/// Widths in font units, by HarfBuzz 14 (uharfbuzz) from the embedded faces.
#[test]
fn text_is_as_wide_as_the_font_says() {
    let table = [
        ("Probability", 10300.0, 10668.0),
        ("AVATAR Ty.", 11085.0, 11497.0),
        ("39.5\u{a0}% ± 0.01", 14242.0, 14239.0),
        ("Москва–Пхеньян", 17166.0, 17581.0),
        ("Thống đốc", 10455.0, 10621.0),
        ("Σ → ≥ ∞", 8365.0, 8275.0),
        ("", 0.0, 0.0),
    ];
    for (text, regular, bold) in table {
        assert!((text_width(text, 2048.0, Weight::Regular) - regular).abs() < 1e-9, "{text}");
        assert!((text_width(text, 2048.0, Weight::Bold) - bold).abs() < 1e-9, "{text}");
    }
}

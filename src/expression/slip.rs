//! Notations of other languages, and of everyday speech, where a token can't stand: what is written for them here.

use super::stream::Stream;
use super::token::Token;
use crate::diagnostic::Hint;

impl Stream<'_> {
    /// What to write in place of a known slip of the pen that the next token is part of; several, if several may be meant.
    pub(super) fn slip(&self) -> Vec<Hint> {
        match self.token(0) {
            Some(Token::Symbol(",")) => self.comma(),
            Some(Token::Symbol(":")) => self.odds(),
            _ => self.sign().into_iter().collect(),
        }
    }

    fn sign(&self) -> Option<Hint> {
        let symbol = |by: isize| match self.token(by) {
            Some(Token::Symbol(symbol)) => *symbol,
            _ => "",
        };
        let write = |from: isize, to: isize, new: &str| Hint::write(self.place(from, to), new);
        Some(match (symbol(-1), symbol(0), symbol(1)) {
            (_, "=", ">") => write(0, 1, ">="),
            (_, "=", "<") => write(0, 1, "<="),
            (_, "=", _) => match self.percentile() {
                Some(hint) => hint,
                None => write(0, 0, "=="),
            },
            ("<", ">", _) => write(-1, 0, "!="),
            ("*", "*", _) => write(-1, 0, "^"),
            ("|", "|", _) => write(-1, 0, "or"),
            (_, "|", "|") => write(0, 1, "or"),
            (_, "|", _) => Hint::new("one condition stands inside `P(…)`: join them with `and`")
                .edit(self.place(0, 0), "and"),
            (_, "%", _) => self.percent()?,
            _ => return self.word(),
        })
    }

    fn is_number(&self, by: isize) -> bool {
        matches!(self.token(by), Some(Token::Number(_)))
    }

    /// A sign of per cent apart from its number, before it, or twice.
    fn percent(&self) -> Option<Hint> {
        let words = "the sign of per cent stands directly behind a number, as in `35%`";
        if self.is_number(-1) && self.written(-1).ends_with('%') {
            // All that follow at once.
            let last = (1..).take_while(|by| self.written(*by) == "%").last().unwrap_or(0);
            let words = if last == 0 { "this one" } else { "these" };
            let hint = Hint::new(format!("one sign of per cent is enough: remove {words}"));
            return Some(hint.edit(self.place(0, last), ""));
        }
        if self.is_number(-1) {
            return Some(Hint::write(self.place(-1, 0), format!("{}%", self.written(-1))));
        }
        if self.is_number(1) {
            return Some(Hint::write(self.place(0, 1), format!("{}%", self.written(1))));
        }
        Some(words.into())
    }

    /// `0,7` with a decimal comma, `1,000` with a comma between thousands.
    fn comma(&self) -> Vec<Hint> {
        if !(self.is_number(-1) && self.is_number(1)) {
            return Vec::new();
        }
        let (whole, rest) = (self.written(-1), self.written(1));
        let groups = rest.chars().take_while(char::is_ascii_digit).count();
        let is_thousands = groups == 3 && (1..=3).contains(&whole.len()) && !whole.starts_with('0');
        let plain = Hint::write(self.place(-1, 1), format!("{whole}{rest}"));
        vec![if is_thousands {
            let decimal = self.points(format!("for a decimal comma write `{whole}.{rest}`, with a point"));
            return vec![
                Hint { text: format!("for a thousand {}, without a comma", plain.text), ..plain },
                decimal,
            ];
        } else if whole.contains('.') || rest.contains('.') {
            "numbers have no commas, and a point before their decimals, as in `1000.5`".into()
        } else {
            self.points(format!("write `{whole}.{rest}`, with a point"))
        }]
    }

    /// A point in place of this comma, and of all others between two numbers where no call has arguments.
    fn points(&self, words: String) -> Hint {
        let count = self.count() as isize;
        let (from, here) = (-(self.position() as isize), 0);
        let is_comma = |by: &isize| {
            let is_it = matches!(self.token(*by), Some(Token::Symbol(",")));
            is_it && self.is_number(by - 1) && self.is_number(by + 1)
        };
        let has_call =
            (from..from + count).any(|by| matches!(self.token(by), Some(Token::Symbol("(" | "["))));
        let commas = (from..from + count).filter(is_comma).filter(|by| !has_call || *by == here);
        commas.fold(Hint::new(words), |hint, by| hint.edit(self.place(by, by), "."))
    }

    /// `p97,5 = 3`, with a decimal comma in the name of a percentile.
    fn percentile(&self) -> Option<Hint> {
        let is_named = matches!(self.token(-3), Some(Token::Name(name))
            if name.strip_prefix('p').is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit())));
        let is_comma = matches!(self.token(-2), Some(Token::Symbol(",")));
        (is_named && is_comma && self.is_number(-1))
            .then(|| Hint::write(self.place(-3, -1), format!("{}.{}", self.written(-3), self.written(-1))))
    }

    /// Odds such as `3:1`.
    fn odds(&self) -> Vec<Hint> {
        if !(self.is_number(-1) && self.is_number(1)) {
            return vec!["a choice is written as in `if a > 0.5 then 1 else 2`".into()];
        }
        let (one, other) = (self.written(-1), self.written(1));
        [(one, "in favour"), (other, "against")]
            .map(|(part, side)| {
                let share = format!("{part} / ({one} + {other})");
                Hint::new(format!("for odds of {one} to {other} {side} write `{share}`"))
                    .edit(self.place(-1, 1), share)
            })
            .into()
    }

    /// Words between or behind numbers.
    fn word(&self) -> Option<Hint> {
        let word = match self.token(0)? {
            Token::Name(name) => name.as_str(),
            Token::Keyword(word) => word,
            _ => return None,
        };
        let is_out_of = word == "out" && matches!(self.token(1), Some(Token::Name(of)) if of == "of");
        let last = if is_out_of { 2 } else { 1 };
        match word {
            "in" | "out" if self.is_number(-1) && self.is_number(last) => {
                let share = format!("{} / {}", self.written(-1), self.written(last));
                Some(Hint::write(self.place(-1, last), share))
            }
            "percent" | "pct" if self.is_number(-1) => {
                Some(Hint::write(self.place(-1, 0), format!("{}%", self.written(-1))))
            }
            "per"
                if self.is_number(-1)
                    && matches!(self.token(1), Some(Token::Name(cent)) if cent == "cent") =>
            {
                Some(Hint::write(self.place(-1, 1), format!("{}%", self.written(-1))))
            }
            "mod" => Some("a remainder is written as in `a - 2 * floor(a / 2)`".into()),
            _ => None,
        }
    }
}

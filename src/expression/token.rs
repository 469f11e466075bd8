//! The words of the language.

/// One token.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    Number(f64),
    Text(String),
    Name(String),
    Keyword(&'static str),
    Symbol(&'static str),
    End,
}

/// Symbols, the longest first so that the first match is the right one.
pub(super) const SYMBOLS: [&str; 21] = [
    "->", "==", "!=", "<=", ">=", "<", ">", "=", "+", "-", "*", "/", "^", "(", ")", "[", "]", ",", "|", ":",
    "%",
];

impl Token {
    /// As it is called in a message.
    pub(super) fn describe(&self) -> String {
        match self {
            Token::Number(value) => format!("the number {value}"),
            Token::Text(text) => format!("the text \"{text}\""),
            Token::Name(name) => format!("`{name}`"),
            Token::Keyword(word) => format!("`{word}`"),
            Token::Symbol(symbol) => format!("`{symbol}`"),
            Token::End => "the end of the expression".into(),
        }
    }
}

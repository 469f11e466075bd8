//! The interchange format's grammar: text to blocks that know their places.
//!
//! ```text
//! network NAME { property …; }
//! variable NAME { type discrete [ COUNT ] { STATE, STATE, … }; property …; }
//! probability ( CHILD | PARENT, PARENT, … ) { (STATE, STATE) NUMBER, …; default NUMBER, …; table NUMBER, …; }
//! ```
//!
//! Commas and bars are separators without a meaning of their own, as the format has it: in a probability block's
//! parentheses the first name is the child.

use super::blocks::{Blocks, Entry, EntryKind, ProbabilityBlock, StateBlock, VariableBlock, Word};
use super::format::Format;
use super::token::{Cursor, Kind, Lexicon, tokens};
use crate::diagnostic::{Diagnostic, Diagnostics, SourceFile, Span};

/// Reads the blocks of a file. What can't be read is left out, with a message.
pub fn parse(file: &SourceFile) -> (Blocks, Diagnostics) {
    let (tokens, problems) = tokens(&file.text, &Lexicon::BIF);
    let mut found = Diagnostics::new();
    found.extend(problems);
    let mut parser = Parser { cursor: Cursor::new(&tokens) };
    let mut blocks = Blocks::new(Format::Bif);
    while parser.cursor.peek().kind != Kind::End {
        if let Err(problem) = parser.block(&mut blocks) {
            found.push(problem);
            parser.recover();
        }
    }
    (blocks, found)
}

const BLOCKS: [&str; 3] = ["network", "variable", "probability"];

struct Parser<'p, 't> {
    cursor: Cursor<'p, 't>,
}

impl<'t> Parser<'_, 't> {
    fn sign(&mut self, sign: char, after: &str) -> Result<Span, Diagnostic> {
        if self.cursor.is_sign(sign) {
            return Ok(self.cursor.next().span);
        }
        Err(self.unexpected(&format!("`{sign}` {after}"), &format!("write `{sign}` here")))
    }

    fn word(&mut self, what: &str) -> Result<Word, Diagnostic> {
        if self.cursor.peek().kind == Kind::Word {
            return Ok(self.cursor.next().word());
        }
        Err(self.unexpected(what, "a name that holds spaces, commas or brackets stands in \"quotes\""))
    }

    /// Every word up to the next sign or keyword of an entry.
    fn words(&mut self) -> Vec<Word> {
        let mut found = Vec::new();
        while self.cursor.peek().kind == Kind::Word {
            found.push(self.cursor.next().word());
        }
        found
    }

    fn unexpected(&self, expected: &str, hint: &str) -> Diagnostic {
        let token = self.cursor.peek();
        Diagnostic::error("network-syntax", format!("expected {expected}, found {}", token.shown()))
            .at(token.span, format!("expected {expected}"))
            .hint(hint)
    }

    /// Goes on to the next word that begins a block, past at least one token.
    fn recover(&mut self) {
        self.cursor.next();
        while self.cursor.peek().kind != Kind::End && !BLOCKS.iter().any(|word| self.cursor.peek().is(word)) {
            self.cursor.next();
        }
    }

    fn block(&mut self, blocks: &mut Blocks) -> Result<(), Diagnostic> {
        let token = self.cursor.peek().clone();
        if token.is("network") {
            self.cursor.next();
            self.network(blocks)
        } else if token.is("variable") {
            self.cursor.next();
            blocks.variables.push(self.variable()?);
            Ok(())
        } else if token.is("probability") {
            self.cursor.next();
            blocks.probabilities.push(self.probability()?);
            Ok(())
        } else {
            Err(self.unexpected(
                "`network`, `variable` or `probability`",
                "this is read as the Bayesian Interchange Format 0.15; --from names another format; text between blocks stands in // comments",
            ))
        }
    }

    fn network(&mut self, blocks: &mut Blocks) -> Result<(), Diagnostic> {
        if self.cursor.peek().kind == Kind::Word {
            let name = self.word("a name")?;
            blocks.name.get_or_insert(name);
        }
        self.sign('{', "after the network's name")?;
        while !self.cursor.is_sign('}') {
            self.property()?;
        }
        self.cursor.next();
        Ok(())
    }

    /// `property …;`: anything up to the semicolon, without a meaning for us.
    fn property(&mut self) -> Result<(), Diagnostic> {
        if !self.cursor.peek().is("property") {
            return Err(self.unexpected("`property` or `}`", "close the block with `}`"));
        }
        while !self.cursor.is_sign(';') {
            if self.cursor.peek().kind == Kind::End || self.cursor.is_sign('}') {
                return Err(self.unexpected("`;` after the property", "end the property with `;`"));
            }
            self.cursor.next();
        }
        self.cursor.next();
        Ok(())
    }

    fn variable(&mut self) -> Result<VariableBlock, Diagnostic> {
        let name = self.word("a variable's name")?;
        self.sign('{', "after the variable's name")?;
        let mut kind = None;
        while !self.cursor.is_sign('}') {
            match self.cursor.peek().is("type") && kind.is_none() {
                true => kind = Some(self.kind()?),
                false => self.property()?,
            }
        }
        let Some((count, states)) = kind else {
            return Err(self.unexpected("`type discrete`", "write `type discrete [ 2 ] { no, yes };`"));
        };
        self.cursor.next();
        let states = states.into_iter().map(StateBlock::from).collect();
        Ok(VariableBlock { name, label: None, count, states, known: None })
    }

    /// `type discrete [ COUNT ] { STATE, … };`.
    fn kind(&mut self) -> Result<(Option<Word>, Vec<Word>), Diagnostic> {
        self.cursor.next();
        if !self.cursor.peek().is("discrete") {
            return Err(self.unexpected(
                "`discrete`",
                "only discrete variables can be imported: give the variable a list of states",
            ));
        }
        self.cursor.next();
        let mut count = None;
        if self.cursor.is_sign('[') {
            self.cursor.next();
            count = Some(self.word("the number of states")?);
            self.sign(']', "after the number of states")?;
        }
        self.sign('{', "before the states")?;
        let states = self.words();
        self.sign('}', "after the states")?;
        if self.cursor.is_sign(';') {
            self.cursor.next();
        }
        Ok((count, states))
    }

    fn probability(&mut self) -> Result<ProbabilityBlock, Diagnostic> {
        self.sign('(', "after `probability`")?;
        let child = self.word("a variable's name")?;
        let parents = self.words();
        self.sign(')', "after the names")?;
        self.sign('{', "before the numbers")?;
        let mut entries = Vec::new();
        while !self.cursor.is_sign('}') {
            match self.cursor.peek().is("property") {
                true => self.property()?,
                false => entries.push(self.entry()?),
            }
        }
        self.cursor.next();
        Ok(ProbabilityBlock { child, parents, entries })
    }

    fn entry(&mut self) -> Result<Entry, Diagnostic> {
        let start = self.cursor.peek().span;
        let kind = self.entry_kind()?;
        let numbers = self.words();
        let end = self.sign(';', "after the numbers")?;
        Ok(Entry { kind, numbers, span: start.to(end) })
    }

    fn entry_kind(&mut self) -> Result<EntryKind, Diagnostic> {
        if self.cursor.peek().is("default") || self.cursor.peek().is("table") {
            let token = self.cursor.next();
            return Ok(if token.is("table") { EntryKind::ChildSlowest } else { EntryKind::Default });
        }
        if !self.cursor.is_sign('(') {
            return Err(self.unexpected(
                "`(`, `table`, `default` or `}`",
                "a line is `(STATE, STATE) 0.1, 0.9;`, `table 0.1, 0.9;` or `default 0.1, 0.9;`",
            ));
        }
        self.cursor.next();
        let states = self.words();
        self.sign(')', "after the parents' states")?;
        Ok(EntryKind::Row(states))
    }
}

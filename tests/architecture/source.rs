//! Source files as the checks see them: without comments, the text of literals, and what only tests compile.

use std::path::{Path, PathBuf};

/// One source file.
pub struct Source {
    /// From the project's root, as in `src/model/term.rs`.
    pub path: PathBuf,
    /// All of it.
    pub text: String,
    /// Its code: comments gone, literals empty, items under `#[cfg(test)]` gone.
    pub code: String,
}

impl Source {
    pub fn new(path: impl Into<PathBuf>, text: impl Into<String>) -> Source {
        let text = text.into();
        Source { path: path.into(), code: without_tests(&bare(&text)), text }
    }

    /// Its path with slashes, whatever the machine writes.
    pub fn name(&self) -> String {
        self.path.to_string_lossy().replace('\\', "/")
    }

    /// The names of the module that it holds: none for the crate's root.
    pub fn module(&self) -> Vec<String> {
        let name = self.name();
        let inner = name.trim_start_matches("src/").trim_end_matches(".rs");
        let mut names: Vec<String> = inner.split('/').map(String::from).collect();
        if names.last().is_some_and(|last| last == "mod") || names == ["lib"] {
            names.pop();
        }
        names
    }
}

/// Every source file of the crate.
pub fn sources() -> Vec<Source> {
    let mut found = Vec::new();
    collect(Path::new(env!("CARGO_MANIFEST_DIR")).join("src").as_path(), &mut found);
    assert!(found.len() > 50, "the sources were not found");
    found
}

fn collect(folder: &Path, found: &mut Vec<Source>) {
    let entries = std::fs::read_dir(folder).expect("the source folder can be read");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            collect(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let text = std::fs::read_to_string(&path).expect("a source file can be read");
            let inside = path.strip_prefix(env!("CARGO_MANIFEST_DIR")).expect("inside the project");
            found.push(Source::new(inside, text));
        }
    }
}

/// The text without comments and without what stands in literals; lines stay where they are.
fn bare(text: &str) -> String {
    let all: Vec<char> = text.chars().collect();
    let mut code = String::new();
    let mut at = 0;
    while at < all.len() {
        let end = match all[at..] {
            ['/', '/', ..] => line_end(&all, at),
            ['/', '*', ..] => comment_end(&all, at),
            ['"', ..] => quote_end(&all, at + 1),
            ['r', '"' | '#', ..] if !is_word(code.chars().last()) => raw_end(&all, at),
            ['\'', '\\', ..] => {
                (at + 3..all.len()).find(|end| all[*end] == '\'').map_or(all.len(), |end| end + 1)
            }
            ['\'', _, '\'', ..] => at + 3,
            _ => at,
        };
        if end == at {
            code.push(all[at]);
            at += 1;
            continue;
        }
        code.push(' ');
        code.extend(all[at..end].iter().filter(|one| **one == '\n'));
        at = end;
    }
    code
}

fn is_word(one: Option<char>) -> bool {
    one.is_some_and(|one| one.is_alphanumeric() || one == '_')
}

fn line_end(all: &[char], from: usize) -> usize {
    (from..all.len()).find(|at| all[*at] == '\n').unwrap_or(all.len())
}

/// Comments of this kind stand inside each other.
fn comment_end(all: &[char], from: usize) -> usize {
    let (mut at, mut depth) = (from, 0);
    while at < all.len() {
        match all[at..] {
            ['/', '*', ..] => (at, depth) = (at + 2, depth + 1),
            ['*', '/', ..] => (at, depth) = (at + 2, depth - 1),
            _ => at += 1,
        }
        if depth == 0 {
            break;
        }
    }
    at
}

fn quote_end(all: &[char], from: usize) -> usize {
    let mut at = from;
    while at < all.len() && all[at] != '"' {
        at += if all[at] == '\\' { 2 } else { 1 };
    }
    (at + 1).min(all.len())
}

/// The end of `r"…"` or `r#"…"#`; where none of these stands, as in `r#type`, the place itself.
fn raw_end(all: &[char], from: usize) -> usize {
    let marks = all[from + 1..].iter().take_while(|one| **one == '#').count();
    if all.get(from + 1 + marks) != Some(&'"') {
        return from;
    }
    let closes =
        |at: &usize| all[*at] == '"' && all[at + 1..].iter().take_while(|one| **one == '#').count() >= marks;
    (from + 2 + marks..all.len()).find(closes).map_or(all.len(), |at| at + 1 + marks)
}

/// The code without the items that follow `#[cfg(test)]`.
fn without_tests(code: &str) -> String {
    const MARK: &str = "#[cfg(test)]";
    let mut kept = String::new();
    let mut rest = code;
    while let Some(at) = rest.find(MARK) {
        kept.push_str(&rest[..at]);
        let after = &rest[at + MARK.len()..];
        let (item, left) = after.split_at(item_end(after));
        kept.extend(item.chars().filter(|one| *one == '\n'));
        rest = left;
    }
    kept + rest
}

/// Where the item ends that the text begins with: at a semicolon, or with its body, or as a field at a comma.
fn item_end(text: &str) -> usize {
    let start = text.len() - past_attributes(text).len();
    let item = &text[start..];
    let words: Vec<&str> = item.split(|one: char| !(one.is_alphanumeric() || one == '_')).collect();
    let first = words.iter().find(|word| !["", "pub", "crate", "super"].contains(*word));
    let has_no_body = first.is_some_and(|word| ["use", "const", "static", "type"].contains(word));
    let is_field = first.is_some_and(|word| {
        let after = item.find(word).map_or("", |at| item[at + word.len()..].trim_start());
        after.starts_with(':') && !after.starts_with("::")
    });
    let mut depth = 0;
    for (at, one) in item.char_indices() {
        match one {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth -= 1,
            _ => {}
        }
        let ends = match one {
            ';' => depth == 0,
            ',' => depth == 0 && is_field,
            '}' => depth < 0 || (depth == 0 && !has_no_body && !is_field),
            _ => false,
        };
        if ends {
            return start + if depth < 0 { at } else { at + 1 };
        }
    }
    text.len()
}

/// The text after further attributes.
fn past_attributes(text: &str) -> &str {
    let mut rest = text.trim_start();
    while rest.starts_with("#[") {
        let mut depth = 0;
        let closing = rest.char_indices().find(|(_, one)| {
            depth += match one {
                '[' => 1,
                ']' => -1,
                _ => 0,
            };
            *one == ']' && depth == 0
        });
        rest = closing.map_or("", |(at, _)| rest[at + 1..].trim_start());
    }
    rest
}

#[test]
fn comments_and_literals_are_passed_over() {
    let source = Source::new(
        "src/planted.rs",
        "a /* b /* c */ d */ \"e // \\\" f\" // g\n'\"' r#\"h \" i\"# '\\'' 'x j",
    );
    let words: Vec<&str> = source.code.split_whitespace().collect();
    assert_eq!(words, ["a", "'x", "j"]);
}

#[test]
fn only_what_tests_compile_is_passed_over() {
    let planted = "#[cfg(test)]\nmod tests;\nfn a() {}\n#[cfg(test)]\nuse b::{c, d};\n\
        #[cfg(test)]\n#[allow(x[0])]\nmod e { fn f() { g } }\nstruct H {\n    #[cfg(test)]\n    i: Vec<u8>,\n    j: u8,\n}\n\
        fn k() {\n    #[cfg(test)]\n    {\n        l += 1;\n    }\n    m()\n}\n#[cfg(test)]\nconst N: [u8; 1] = { [0; 1] };\nfn o() {}";
    let code = Source::new("src/planted.rs", planted).code;
    let letters: String =
        code.split(|one: char| !one.is_alphanumeric()).filter(|word| word.len() == 1).collect();
    assert_eq!(letters, "aHjkmo");
    assert_eq!(code.lines().count(), planted.lines().count());
}

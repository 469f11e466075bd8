//! Which file uses which: every path of the code, followed through re-exports to the file that defines its end.

use std::collections::{BTreeMap, BTreeSet};

use super::source::Source;

/// The names of a path, from the crate's root.
pub type Path = Vec<String>;

/// All files and what each of them names.
pub struct Crate {
    modules: BTreeMap<Path, Module>,
}

struct Module {
    /// What it calls by names of its own: absolute paths.
    aliases: BTreeMap<String, Path>,
    /// The absolute paths that it uses.
    used: BTreeSet<Path>,
}

impl Crate {
    pub fn read(sources: &[Source]) -> Crate {
        let known: BTreeSet<Path> = sources.iter().flat_map(|one| prefixes(&one.module())).collect();
        let read = |one: &Source| (one.module(), Module::read(&one.module(), &one.code, &known));
        Crate { modules: sources.iter().map(read).collect() }
    }

    /// Each file with the files that it uses, as modules.
    pub fn uses(&self) -> BTreeMap<Path, BTreeSet<Path>> {
        let of = |(path, module): (&Path, &Module)| {
            let mut used: BTreeSet<Path> = module.used.iter().map(|one| self.owner(one, 0)).collect();
            used.remove(path);
            (path.clone(), used)
        };
        self.modules.iter().map(of).collect()
    }

    /// Each module with the paths that it names, as it names them.
    pub fn named(&self) -> BTreeMap<Path, BTreeSet<Path>> {
        self.modules.iter().map(|(path, module)| (path.clone(), module.used.clone())).collect()
    }

    /// The file that defines what a path leads to.
    fn owner(&self, path: &[String], depth: usize) -> Path {
        let mut here = Path::new();
        for (at, name) in path.iter().enumerate() {
            let below: Path = here.iter().chain([name]).cloned().collect();
            if self.modules.contains_key(&below) {
                here = below;
                continue;
            }
            let alias = self.modules.get(&here).and_then(|module| module.aliases.get(name));
            return match alias {
                // A name that leads to itself is an item that some `use` brings in twice.
                Some(target) if depth < 16 && target[..] != path[..=at] => {
                    let whole: Path = target.iter().chain(&path[at + 1..]).cloned().collect();
                    self.owner(&whole, depth + 1)
                }
                _ => here,
            };
        }
        here
    }
}

/// A module and all that it stands in.
fn prefixes(path: &[String]) -> Vec<Path> {
    (0..=path.len()).map(|count| path[..count].to_vec()).collect()
}

impl Module {
    fn read(here: &Path, code: &str, known: &BTreeSet<Path>) -> Module {
        let tokens = tokens(code);
        let is_child =
            |name: &str| known.contains(&here.iter().cloned().chain([name.to_string()]).collect::<Path>());
        let mut module = Module { aliases: BTreeMap::new(), used: BTreeSet::new() };
        let mut handed_on = Vec::new();
        let mut words = BTreeSet::new();
        let mut at = 0;
        while at < tokens.len() {
            let token = tokens[at].as_str();
            if token == "use" {
                let end = (at..tokens.len()).find(|end| tokens[*end] == ";").unwrap_or(tokens.len());
                let is_public = at > 0 && (tokens[at - 1] == "pub" || is_restricted(&tokens[..at]));
                for (written, name) in leaves(&tokens[at + 1..end]) {
                    let Some(path) = absolute(here, &written, &is_child) else { continue };
                    module.aliases.insert(name.clone(), path.clone());
                    match is_public {
                        true => handed_on.push((name, path)),
                        false => drop(module.used.insert(path)),
                    }
                }
                at = end;
                continue;
            }
            let starts = is_name(token) && (at == 0 || tokens[at - 1] != "::");
            if starts {
                let length = path_length(&tokens[at..]);
                let written: Vec<String> = tokens[at..at + length].iter().step_by(2).cloned().collect();
                words.insert(written[0].clone());
                if length > 1 {
                    module.used.extend(absolute(here, &written, &is_child));
                }
                at += length;
                continue;
            }
            at += 1;
        }
        // What a face only hands on it does not use.
        let used = handed_on.into_iter().filter(|(name, _)| words.contains(name));
        module.used.extend(used.map(|(_, path)| path));
        module
    }
}

/// Whether the tokens end in `pub(…)`.
fn is_restricted(before: &[String]) -> bool {
    before.last().is_some_and(|last| last == ")")
        && before.iter().rposition(|one| one == "(").is_some_and(|open| open > 0 && before[open - 1] == "pub")
}

/// Names, `::`, and all else character by character.
fn tokens(code: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = code.trim_start();
    while let Some(first) = rest.chars().next() {
        let word = rest.find(|one: char| !(one.is_alphanumeric() || one == '_')).unwrap_or(rest.len());
        let length = match () {
            () if word > 0 => word,
            () if rest.starts_with("::") => 2,
            () => first.len_utf8(),
        };
        found.push(rest[..length].to_string());
        rest = rest[length..].trim_start();
    }
    found
}

fn is_name(token: &str) -> bool {
    token.chars().next().is_some_and(|one| one.is_alphabetic() || one == '_')
}

/// How many tokens the path has that the tokens begin with.
fn path_length(tokens: &[String]) -> usize {
    let mut length = 1;
    while tokens.get(length).is_some_and(|one| one == "::")
        && tokens.get(length + 1).is_some_and(|one| is_name(one))
    {
        length += 2;
    }
    length
}

/// The paths of a `use`, each with the name that it gets.
fn leaves(tokens: &[String]) -> Vec<(Vec<String>, String)> {
    let mut found = Vec::new();
    branch(tokens, &mut 0, &[], &mut found);
    found
}

fn branch(tokens: &[String], at: &mut usize, before: &[String], found: &mut Vec<(Vec<String>, String)>) {
    let mut path = before.to_vec();
    let mut name = None;
    while let Some(token) = tokens.get(*at).map(String::as_str) {
        match token {
            "{" => {
                loop {
                    *at += 1;
                    if tokens.get(*at).is_none_or(|one| one == "}") {
                        break;
                    }
                    branch(tokens, at, &path, found);
                    if tokens.get(*at).is_none_or(|one| one == "}") {
                        break;
                    }
                }
                *at += 1;
                return;
            }
            "," | "}" => break,
            "as" => {
                name = tokens.get(*at + 1).cloned();
                *at += 1;
            }
            "::" => {}
            "self" if !path.is_empty() => {}
            _ => path.push(token.to_string()),
        }
        *at += 1;
    }
    let name = name.or_else(|| path.last().cloned());
    found.extend(name.map(|name| (path, name)));
}

/// A path from the crate's root; `None` if it leads out of the crate, or begins with what is no module.
fn absolute(here: &Path, written: &[String], is_child: &impl Fn(&str) -> bool) -> Option<Path> {
    let mut path = here.clone();
    let mut rest = written;
    match written.first()?.as_str() {
        "crate" => {
            path.clear();
            rest = &rest[1..];
        }
        "self" => rest = &rest[1..],
        "super" => {
            while rest.first().is_some_and(|one| one == "super") {
                path.pop()?;
                rest = &rest[1..];
            }
        }
        child if is_child(child) => {}
        _ => return None,
    }
    path.extend(rest.iter().filter(|one| *one != "*").cloned());
    Some(path)
}

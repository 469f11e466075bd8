//! What can be written on the command line, as plain data: for programs that offer its verbs in words of their own.

use clap::builder::ArgAction;
use clap::{Arg, Command, CommandFactory};
use serde::Serialize;

use super::verbs::Args;

/// A verb.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Verb {
    /// What it is called.
    pub name: String,
    /// Its other names.
    pub aliases: Vec<String>,
    /// What it asks or does, in one sentence.
    pub about: String,
    /// What can be said to it: what has a place in the order of places, then flags.
    pub words: Vec<Word>,
}

/// A flag of a verb, or a word that has its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Word {
    /// Its name, without dashes.
    pub name: String,
    /// Its other long names.
    pub aliases: Vec<String>,
    /// Whether it is known by its place, not by its name.
    pub has_place: bool,
    /// Whether it must be there.
    pub is_required: bool,
    /// Whether a value follows; else it is there or not.
    pub has_value: bool,
    /// Whether it may be there several times.
    pub is_repeated: bool,
    /// What its value is called.
    pub value: String,
    /// The values that it can have, if these are few.
    pub choices: Vec<String>,
    /// Its value where it is not there.
    pub default: Option<String>,
    /// What it means, in a sentence or two.
    pub about: String,
}

/// The verbs of the command line, in the order of its help.
///
/// ```
/// let verbs = foretell::cli::verbs();
/// let sweep = verbs.iter().find(|one| one.name == "sweep").unwrap();
/// assert!(sweep.words.iter().any(|one| one.name == "vary" && one.is_repeated));
/// ```
pub fn verbs() -> Vec<Verb> {
    let mut all = Args::command();
    // What every verb takes is each verb's own only once it is built.
    all.build();
    all.get_subcommands().filter(|one| one.get_name() != "help").map(verb).collect()
}

fn verb(command: &Command) -> Verb {
    let (places, flags): (Vec<&Arg>, Vec<&Arg>) =
        command.get_arguments().filter(|one| !is_help(one)).partition(|one| one.is_positional());
    Verb {
        name: command.get_name().into(),
        aliases: command.get_visible_aliases().map(String::from).collect(),
        about: command.get_about().map(ToString::to_string).unwrap_or_default(),
        words: places.into_iter().chain(flags).map(word).collect(),
    }
}

fn is_help(word: &Arg) -> bool {
    matches!(
        word.get_action(),
        ArgAction::Help | ArgAction::HelpShort | ArgAction::HelpLong | ArgAction::Version
    )
}

fn word(word: &Arg) -> Word {
    let has_value = word.get_action().takes_values();
    let is_listed = word.get_num_args().is_some_and(|count| count.max_values() > 1);
    let values = if has_value { word.get_possible_values() } else { Vec::new() };
    let named = |names: Option<Vec<&str>>| names.unwrap_or_default().into_iter().map(String::from).collect();
    Word {
        name: word.get_long().unwrap_or(word.get_id().as_str()).into(),
        aliases: named(word.get_visible_aliases()),
        has_place: word.is_positional(),
        is_required: word.is_required_set(),
        has_value,
        is_repeated: has_value && (is_listed || matches!(word.get_action(), ArgAction::Append)),
        value: word
            .get_value_names()
            .and_then(|names| names.first())
            .map(ToString::to_string)
            .unwrap_or_default(),
        choices: values.iter().map(|one| one.get_name().to_string()).collect(),
        default: word
            .get_default_values()
            .first()
            .filter(|_| has_value)
            .map(|one| one.to_string_lossy().into_owned()),
        about: word.get_help().map(ToString::to_string).unwrap_or_default(),
    }
}

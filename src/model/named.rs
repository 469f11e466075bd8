//! What a thing is called: by the file, by people, and where there is little room.

/// The names of a thing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Named {
    /// Its name in expressions.
    pub id: String,
    /// What people call it.
    pub label: String,
    /// What pictures and narrow tables call it, if that is shorter.
    pub short: Option<String>,
}

impl Named {
    /// A thing without a label is called by its name, with spaces for underscores.
    pub fn new(id: &str, label: Option<&str>, short: Option<&str>) -> Named {
        let label = label.map_or_else(|| id.replace('_', " "), String::from);
        Named { id: id.into(), label, short: short.map(String::from) }
    }
}

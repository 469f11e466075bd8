//! "Did you mean …?"

/// The candidate nearest to what was written, if it is near enough to be a slip of the pen: a Jaro–Winkler
/// similarity of at least 0.8 (Winkler 1990) with one letter, or two of five at most, to change; or one letter added, lost, changed or exchanged with its neighbour
/// (Damerau 1964) in at least three; upper and lower case are the same. What begins or ends with blanks is a slip of the pen itself.
///
/// ```
/// use foretell::diagnostic::did_you_mean;
/// assert_eq!(did_you_mean("china_aproval", ["inertia", "china_approval"]), Some("china_approval"));
/// assert_eq!(did_you_mean("wra", ["war", "peace"]), Some("war"));
/// assert_eq!(did_you_mean("oil_price", ["inertia"]), None);
/// assert_eq!(did_you_mean("pareto", ["pert"]), None);
/// assert_eq!(did_you_mean("refuses", ["refuses "]), None);
/// ```
pub fn did_you_mean<'a>(written: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = written.to_lowercase();
    candidates
        .into_iter()
        .filter(|one| one.trim() == *one)
        .map(|one| (strsim::jaro_winkler(&wanted, &one.to_lowercase()), one))
        .filter(|(likeness, one)| {
            let one = one.to_lowercase();
            (*likeness >= 0.8 && is_near(&wanted, &one)) || is_one_slip(&wanted, &one)
        })
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, one)| one)
}

fn is_near(written: &str, candidate: &str) -> bool {
    let longest = written.chars().count().max(candidate.chars().count());
    let distance = strsim::osa_distance(written, candidate);
    distance <= 1 || 5 * distance <= 2 * longest
}

fn is_one_slip(written: &str, candidate: &str) -> bool {
    written.len() >= 3
        && candidate.len() >= 3
        && written.len().abs_diff(candidate.len()) <= 4
        && strsim::osa_distance(written, candidate) <= 1
}

/// Names in backticks with commas and a last "and" or "or": `a`, `b` or `c`.
///
/// ```
/// use foretell::diagnostic::list;
/// assert_eq!(list(["a", "b", "c"], "or"), "`a`, `b` or `c`");
/// ```
pub fn list<'a>(names: impl IntoIterator<Item = &'a str>, conjunction: &str) -> String {
    let quoted: Vec<String> = names.into_iter().map(|name| format!("`{name}`")).collect();
    match quoted.split_last() {
        None => String::new(),
        Some((only, [])) => only.clone(),
        Some((last, rest)) => format!("{} {conjunction} {last}", rest.join(", ")),
    }
}

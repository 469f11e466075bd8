//! Which share of a run a batch system wants of this process, by the variables that it sets.

use std::fmt::Write;

use crate::diagnostic::Diagnostic;
use crate::simulation::Shard;

/// A batch system, and the variables by which each of its processes knows its number.
struct System {
    name: &'static str,
    /// The number of this process.
    index: &'static str,
    /// The number of the first: a variable, or always the same.
    first: Result<&'static str, u64>,
    /// By how much one number is greater than the one before it, and the last, where a variable says so.
    steps: Option<(&'static str, &'static str)>,
    /// How many processes there are.
    count: Option<&'static str>,
}

const SYSTEMS: [System; 6] = [
    System {
        name: "Slurm",
        index: "SLURM_ARRAY_TASK_ID",
        first: Ok("SLURM_ARRAY_TASK_MIN"),
        steps: Some(("SLURM_ARRAY_TASK_STEP", "SLURM_ARRAY_TASK_MAX")),
        count: Some("SLURM_ARRAY_TASK_COUNT"),
    },
    System {
        name: "AWS Batch",
        index: "AWS_BATCH_JOB_ARRAY_INDEX",
        first: Err(0),
        steps: None,
        count: Some("AWS_BATCH_JOB_ARRAY_SIZE"),
    },
    System { name: "Kubernetes", index: "JOB_COMPLETION_INDEX", first: Err(0), steps: None, count: None },
    System { name: "GNU parallel", index: "PARALLEL_SEQ", first: Err(1), steps: None, count: None },
    System {
        name: "Open MPI",
        index: "OMPI_COMM_WORLD_RANK",
        first: Err(0),
        steps: None,
        count: Some("OMPI_COMM_WORLD_SIZE"),
    },
    System { name: "MPI", index: "PMI_RANK", first: Err(0), steps: None, count: Some("PMI_SIZE") },
];

/// The variable that says how many shares there are, where neither the flag nor the system does.
const SHARES: &str = "FORETELL_SHARDS";

/// The share of this process, and who says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The share.
    pub shard: Shard,
    /// The system.
    pub system: &'static str,
    /// The variables that tell it, as NAME=VALUE.
    pub seen: Vec<String>,
}

/// The place of this process among `total` shares, or among as many as its batch system has processes. `lookup` gives the value of a
/// variable of the environment.
///
/// # Errors
/// No system is known by its variables, several disagree, or what they say makes no share.
pub fn place(lookup: impl Fn(&str) -> Option<String>, total: Option<u64>) -> Result<Place, Diagnostic> {
    let environment = Environment { lookup: &lookup, total };
    let found = SYSTEMS.iter().filter_map(|system| environment.place(system));
    let mut found: Vec<(&System, Result<Place, Diagnostic>)> = found.collect();
    // One process of one is no share of anything.
    if found.len() > 1 {
        let is_alone = |place: &Result<Place, _>| place.as_ref().is_ok_and(|place| place.shard.count() == 1);
        let more = found.iter().filter(|(_, place)| !is_alone(place)).count();
        found.retain(|(_, place)| more == 0 || !is_alone(place));
    }
    let shard = |place: &Result<Place, _>| place.as_ref().ok().map(|place| place.shard);
    match &found[..] {
        [] => Err(nobody()),
        [(_, first), rest @ ..]
            if rest.iter().all(|(_, one)| shard(one).is_some() && shard(one) == shard(first)) =>
        {
            first.clone()
        }
        several => Err(environment.several(several.iter().map(|(system, _)| *system))),
    }
}

/// The variables of a process, and the number of shares that was asked for.
struct Environment<'a> {
    lookup: &'a dyn Fn(&str) -> Option<String>,
    total: Option<u64>,
}

impl Environment<'_> {
    /// The place that a system gives; `None` if it is not there.
    fn place<'s>(&self, system: &'s System) -> Option<(&'s System, Result<Place, Diagnostic>)> {
        (self.lookup)(system.index)?;
        let place = || {
            let index = self.number(system.index)?;
            let first = system.first.map_or_else(Ok, |name| self.number(name))?;
            let step = system.steps.filter(|(name, _)| (self.lookup)(name).is_some());
            let step = step.map_or(Ok(1), |(name, _)| self.number(name))?.max(1);
            let count = self.count(system)?;
            self.check_even(system, (first, step, count))?;
            let after = index.checked_sub(first).filter(|after| after.is_multiple_of(step));
            let number = after.map(|after| after / step + 1);
            let shard = number.and_then(|number| Shard::new(number, count));
            let shard = shard.ok_or_else(|| self.nonsense(system, count))?;
            Ok(Place { shard, system: system.name, seen: self.seen(system) })
        };
        Some((system, place()))
    }

    fn number(&self, name: &str) -> Result<u64, Diagnostic> {
        let Some(text) = (self.lookup)(name) else {
            let message = format!("`--shard auto` needs {name}, which is not set");
            return Err(Diagnostic::error("arguments", message).hint(BY_HAND));
        };
        text.trim().parse().map_err(|_| {
            let message = format!("`--shard auto` needs a whole number in {name}, which is `{text}`");
            Diagnostic::error("arguments", message).hint(BY_HAND)
        })
    }

    /// How many shares there are: as the system says, the flag, or the variable for it.
    fn count(&self, system: &System) -> Result<u64, Diagnostic> {
        let own = system.count.map(|name| self.number(name)).transpose()?;
        let wanted = match self.total {
            None if (self.lookup)(SHARES).is_some() => Some(self.number(SHARES)?),
            total => total,
        };
        match (own, wanted) {
            (Some(own), Some(wanted)) if own != wanted => Err(other_count(system, own, wanted)),
            (None, None) => Err(no_count(system)),
            (own, wanted) => Ok(own.or(wanted).unwrap_or(0)),
        }
    }

    /// Numbers with gaps, as of an array of which some tasks run once more, are no shares.
    fn check_even(&self, system: &System, (first, step, count): (u64, u64, u64)) -> Result<(), Diagnostic> {
        let last = system.steps.and_then(|(_, last)| (self.lookup)(last)?.trim().parse::<u64>().ok());
        let is_even =
            last.is_none_or(|last| last.checked_sub(first).map(|more| more / step + 1) == Some(count));
        if is_even {
            return Ok(());
        }
        let message = format!(
            "the {} tasks of the array are not numbered evenly: {}",
            system.name,
            self.seen(system).join(", ")
        );
        let hint = format!(
            "make an array without gaps, as in --array=1-16, or write `--shard \"${}/16\"`",
            system.index
        );
        Err(Diagnostic::error("arguments", message).hint(hint))
    }

    /// The variables of a system that are set.
    fn seen(&self, system: &System) -> Vec<String> {
        let steps = system.steps.map(|(step, last)| [step, last]);
        let names =
            [Some(system.index), system.first.ok()].into_iter().chain(steps.into_iter().flatten().map(Some));
        let names = names.chain([system.count]).flatten();
        names.filter_map(|name| Some(format!("{name}={}", (self.lookup)(name)?))).collect()
    }

    fn nonsense(&self, system: &System, count: u64) -> Diagnostic {
        let seen = self.seen(system).join(", ");
        let message = format!("{} gives this process no share of {count}: {seen}", system.name);
        let most = Shard::MOST;
        Diagnostic::error("arguments", message)
            .hint(format!("there are 1 to {most} shares; write the share by hand, as in `--shard 3/16`"))
    }

    fn several<'s>(&self, systems: impl Iterator<Item = &'s System>) -> Diagnostic {
        let mut told = String::new();
        for system in systems {
            let comma = if told.is_empty() { "" } else { "; " };
            let _ = write!(told, "{comma}{}, by {}", system.name, self.seen(system).join(", "));
        }
        let message = format!("`--shard auto` finds more than one batch system: {told}");
        let hint = "say which share is meant, as in `--shard \"$SLURM_ARRAY_TASK_ID/16\"`, or take the variables of one away with \
             `env -u NAME`";
        Diagnostic::error("arguments", message).hint(hint)
    }
}

const BY_HAND: &str =
    "start it as a task of the batch system, or write the share by hand, as in `--shard 3/16`";

fn nobody() -> Diagnostic {
    let names: Vec<&str> = SYSTEMS.iter().map(|system| system.index).collect();
    let message = format!("`--shard auto` finds no batch system: none of {} is set", names.join(", "));
    Diagnostic::error("arguments", message).hint(BY_HAND)
}

fn no_count(system: &System) -> Diagnostic {
    let message = format!("{} does not say how many shares there are", system.name);
    let hint = format!("write `--shard auto/N`, or set {SHARES}, the same for every process");
    Diagnostic::error("arguments", message).hint(hint)
}

fn other_count(system: &System, own: u64, wanted: u64) -> Diagnostic {
    let message = format!(
        "{} says that there are {own} shares, by {}, and {wanted} are asked for",
        system.name,
        system.count.unwrap_or_default()
    );
    let hint = format!(
        "write `--shard auto`, or of an array that makes some shares once more `--shard \"${}/{wanted}\"`",
        system.index
    );
    Diagnostic::error("arguments", message).hint(hint)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(set: &[(&str, &str)], total: Option<u64>) -> Result<String, String> {
        let lookup =
            |name: &str| set.iter().find(|(own, _)| *own == name).map(|(_, value)| value.to_string());
        let told = place(lookup, total);
        told.map(|place| format!("{} of {}", place.shard, place.system)).map_err(|error| error.message)
    }

    fn slurm(
        id: &'static str,
        least: &'static str,
        most: &'static str,
        count: &'static str,
    ) -> Vec<(&'static str, &'static str)> {
        let names =
            ["SLURM_ARRAY_TASK_ID", "SLURM_ARRAY_TASK_MIN", "SLURM_ARRAY_TASK_MAX", "SLURM_ARRAY_TASK_COUNT"];
        names.into_iter().zip([id, least, most, count]).collect()
    }

    #[test]
    fn every_system_gives_the_share() {
        assert_eq!(asked(&slurm("3", "1", "16", "16"), None), Ok("3/16 of Slurm".into()));
        assert_eq!(asked(&slurm("0", "0", "15", "16"), None), Ok("1/16 of Slurm".into()));
        let stepped = [slurm("10", "2", "14", "4"), vec![("SLURM_ARRAY_TASK_STEP", "4")]].concat();
        assert_eq!(asked(&stepped, None), Ok("3/4 of Slurm".into()));
        let aws = [("AWS_BATCH_JOB_ARRAY_INDEX", "9"), ("AWS_BATCH_JOB_ARRAY_SIZE", "10")];
        assert_eq!(asked(&aws, None), Ok("10/10 of AWS Batch".into()));
        let pod = [("JOB_COMPLETION_INDEX", "0"), ("FORETELL_SHARDS", "8")];
        assert_eq!(asked(&pod, None), Ok("1/8 of Kubernetes".into()));
        assert_eq!(asked(&pod[..1], Some(5)), Ok("1/5 of Kubernetes".into()));
        // What the flag says counts more than the variable.
        assert_eq!(asked(&pod, Some(5)), Ok("1/5 of Kubernetes".into()));
        assert_eq!(asked(&[("PARALLEL_SEQ", "8")], Some(8)), Ok("8/8 of GNU parallel".into()));
        let open = [("OMPI_COMM_WORLD_RANK", "3"), ("OMPI_COMM_WORLD_SIZE", "4")];
        assert_eq!(asked(&open, None), Ok("4/4 of Open MPI".into()));
        assert_eq!(asked(&[("PMI_RANK", "0"), ("PMI_SIZE", "4")], None), Ok("1/4 of MPI".into()));
    }

    #[test]
    fn the_shares_of_all_processes_are_all_shares() {
        for (first, step, count) in [(0, 1, 7), (1, 1, 7), (5, 3, 7)] {
            let numbers = (0..count).map(|at| {
                let text = |value: u64| value.to_string();
                let lookup = |name: &str| match name {
                    "SLURM_ARRAY_TASK_ID" => Some(text(first + at * step)),
                    "SLURM_ARRAY_TASK_MIN" => Some(text(first)),
                    "SLURM_ARRAY_TASK_MAX" => Some(text(first + (count - 1) * step)),
                    "SLURM_ARRAY_TASK_STEP" => Some(text(step)),
                    "SLURM_ARRAY_TASK_COUNT" => Some(text(count)),
                    _ => None,
                };
                place(lookup, None).unwrap().shard.number()
            });
            assert!(numbers.eq(1..=count));
        }
    }

    #[track_caller]
    fn assert_refused(set: &[(&str, &str)], total: Option<u64>, words: &[&str]) {
        let told = asked(set, total).unwrap_err();
        words.iter().for_each(|word| assert!(told.contains(word), "{word}: {told}"));
    }

    #[test]
    fn what_makes_no_share_is_refused_with_the_variables() {
        assert_refused(&[], None, &["no batch system", "SLURM_ARRAY_TASK_ID", "PMI_RANK"]);
        assert_refused(&[("JOB_COMPLETION_INDEX", "1")], None, &["Kubernetes does not say how many"]);
        assert_refused(&[("PARALLEL_SEQ", "9")], Some(8), &["no share of 8", "PARALLEL_SEQ=9"]);
        assert_refused(&[("PARALLEL_SEQ", "0")], Some(8), &["no share of 8"]);
        assert_refused(
            &[("JOB_COMPLETION_INDEX", "x")],
            Some(8),
            &["a whole number in JOB_COMPLETION_INDEX, which is `x`"],
        );
        assert_refused(
            &[("AWS_BATCH_JOB_ARRAY_INDEX", "1")],
            None,
            &["AWS_BATCH_JOB_ARRAY_SIZE, which is not set"],
        );
        assert_refused(&[("PMI_RANK", "0"), ("PMI_SIZE", "10001")], None, &["no share of 10001"]);
        assert_refused(&slurm("7", "3", "9", "4"), None, &["not numbered evenly", "SLURM_ARRAY_TASK_MAX=9"]);
        assert_refused(&slurm("7", "7", "9", "3"), Some(16), &["there are 3 shares", "16 are asked for"]);
    }

    #[test]
    fn of_two_systems_neither_is_guessed() {
        let mpi = [("PMI_RANK", "1"), ("PMI_SIZE", "4")];
        let both = [&slurm("3", "1", "16", "16")[..], &mpi].concat();
        assert_refused(
            &both,
            None,
            &["more than one", "Slurm, by SLURM_ARRAY_TASK_ID=3", "MPI, by PMI_RANK=1"],
        );
        // One process of one says nothing, and two that say the same are one.
        let alone = [&slurm("3", "1", "16", "16")[..], &[("PMI_RANK", "0"), ("PMI_SIZE", "1")]].concat();
        assert_eq!(asked(&alone, None), Ok("3/16 of Slurm".into()));
        let same = [("OMPI_COMM_WORLD_RANK", "1"), ("OMPI_COMM_WORLD_SIZE", "4"), mpi[0], mpi[1]];
        assert_eq!(asked(&same, None), Ok("2/4 of Open MPI".into()));
        // Both unusable are still two.
        assert_refused(&[("JOB_COMPLETION_INDEX", "1"), ("PARALLEL_SEQ", "1")], None, &["more than one"]);
    }
}

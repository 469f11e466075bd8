//! What a command may take of the machine, and read of it.

use std::fs;
use std::path::{Path, PathBuf};

/// What a command may take, and read.
#[derive(Clone, Debug, Default, clap::Args)]
#[command(next_help_heading = "Limits")]
pub struct Allowed {
    /// The most memory that what grows with the file may take, as in 500MB or 2GB [default: half of what the machine allows].
    #[arg(long, global = true, value_name = "SIZE", value_parser = size)]
    pub memory: Option<u64>,
    /// A folder, besides the scenario's own, from which the scenario may name files; may be repeated.
    #[arg(long, global = true, value_name = "DIR", action = clap::ArgAction::Append)]
    pub allow_path: Vec<PathBuf>,
}

impl Allowed {
    /// The most memory, in bytes.
    pub fn memory(&self) -> u64 {
        self.memory.unwrap_or_else(|| machine() / 2)
    }
}

/// A number of bytes, with the units of a thousand or of 1,024.
fn size(text: &str) -> Result<u64, String> {
    const UNITS: [(&str, f64); 9] = [
        ("KiB", 1024.0),
        ("MiB", 1_048_576.0),
        ("GiB", 1_073_741_824.0),
        ("kB", 1e3),
        ("KB", 1e3),
        ("MB", 1e6),
        ("GB", 1e9),
        ("TB", 1e12),
        ("B", 1.0),
    ];
    let bare = text.trim();
    let unit = UNITS.iter().find_map(|(unit, bytes)| bare.strip_suffix(unit).map(|number| (number, *bytes)));
    let (number, bytes) = unit.unwrap_or((bare, 1.0));
    match number.trim().parse::<f64>() {
        Ok(number) if number.is_finite() && number * bytes >= 1.0 => Ok((number * bytes) as u64),
        _ => Err("write a size such as 500MB or 2GB".into()),
    }
}

/// What the machine, or the control group that this process is in, has in bytes; more than any where neither tells.
fn machine() -> u64 {
    let whole = fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let whole = whole.lines().find_map(|line| line.strip_prefix("MemTotal:")?.trim().strip_suffix(" kB"));
    let whole = whole.and_then(|number| number.trim().parse::<u64>().ok()).map(|number| number * 1024);
    let groups = fs::read_to_string("/proc/self/cgroup").unwrap_or_default();
    let groups = groups.lines().filter_map(|line| line.rsplit(':').next()).flat_map(limits);
    whole.into_iter().chain(groups).min().unwrap_or(u64::MAX)
}

/// The limits of a control group and of those that it is in, in either version of their files.
fn limits(group: &str) -> Vec<u64> {
    let read = |path: &Path| fs::read_to_string(path).ok()?.trim().parse().ok();
    let within = Path::new(group.trim_start_matches('/'));
    let all = within.ancestors().flat_map(|group| {
        [("/sys/fs/cgroup", "memory.max"), ("/sys/fs/cgroup/memory", "memory.limit_in_bytes")]
            .map(|(root, file)| Path::new(root).join(group).join(file))
    });
    all.filter_map(|path| read(&path)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_have_units() {
        let read = ["2GB", "1.5 MiB", "500", "10kB"].map(size);
        assert_eq!(read, [Ok(2_000_000_000), Ok(1_572_864), Ok(500), Ok(10_000)]);
        for odd in ["", "GB", "-1GB", "0", "0.1", "0.01 B", "nan", "inf", "infGB", "2 gigs"] {
            assert!(size(odd).is_err(), "{odd}");
        }
    }

    #[test]
    fn the_default_is_some_of_the_machine() {
        assert!(Allowed::default().memory() > 1 << 20);
        assert_eq!(Allowed { memory: Some(5), ..Allowed::default() }.memory(), 5);
    }
}

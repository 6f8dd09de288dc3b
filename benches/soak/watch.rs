//! Memory and open files of a process, second by second, from /proc.

use std::fmt;

/// What a process held at a moment.
#[derive(Clone, Copy)]
pub(crate) struct Sample {
    /// resident memory in KB
    pub(crate) memory: u64,
    /// open file descriptors
    pub(crate) files: u64,
}

/// What a process holds now; none where it is no more.
pub(crate) fn sample(process: u32) -> Option<Sample> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let memory = status.lines().find_map(|l| l.strip_prefix("VmRSS:"))?;
    let memory = memory.trim().strip_suffix(" kB")?.parse().ok()?;
    let files = std::fs::read_dir(format!("/proc/{process}/fd")).ok()?.count() as u64;
    Some(Sample { memory, files })
}

/// Processor seconds that a process has used.
pub(crate) fn seconds(process: u32) -> Option<f64> {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    let fields: Vec<&str> = stat.rsplit(") ").next()?.split(' ').collect();
    // utime and stime, in ticks of a hundredth of a second
    let ticks: u64 = fields.get(11)?.parse::<u64>().ok()? + fields.get(12)?.parse::<u64>().ok()?;
    Some(ticks as f64 / 100.0)
}

/// The samples of a run.
#[derive(Default)]
pub(crate) struct Samples(pub(crate) Vec<Sample>);

impl Samples {
    fn median(part: &[Sample], of: impl Fn(&Sample) -> u64) -> u64 {
        let mut values: Vec<u64> = part.iter().map(of).collect();
        values.sort_unstable();
        values.get(values.len() / 2).copied().unwrap_or(0)
    }

    /// What grew from the second quarter of the run to the last.
    pub(crate) fn growth(&self) -> Vec<String> {
        let quarter = self.0.len() / 4;
        if quarter < 5 {
            return vec![format!("{} samples are too few to tell whether memory grows", self.0.len())];
        }
        let (second, last) = (&self.0[quarter..2 * quarter], &self.0[self.0.len() - quarter..]);
        let mut found = Vec::new();
        let memory = [second, last].map(|part| Self::median(part, |s| s.memory));
        // a tenth, and what an allocator may keep of one long article a thread
        if memory[1] > memory[0] + memory[0] / 10 + 4096 {
            found.push(format!("memory grows: median of {} KB, later {} KB", memory[0], memory[1]));
        }
        let files = [second, last].map(|part| part.iter().map(|s| s.files).max().unwrap_or(0));
        if files[1] > files[0] {
            found.push(format!("files stay open: at most {}, later {}", files[0], files[1]));
        }
        found
    }
}

impl fmt::Display for Samples {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = |share: usize| self.0.get((self.0.len() * share / 100).min(self.0.len().saturating_sub(1)));
        for share in [10, 50, 100] {
            if let Some(s) = at(share) {
                write!(f, "{share} %: {:.1} MB, {} files; ", s.memory as f64 / 1024.0, s.files)?;
            }
        }
        let most = self.0.iter().map(|s| s.memory).max().unwrap_or(0);
        write!(f, "most: {:.1} MB ({} samples)", most as f64 / 1024.0, self.0.len())
    }
}

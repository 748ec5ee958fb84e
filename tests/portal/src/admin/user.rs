//! User of the operating system who runs a command, for the audit log.

use std::env;

/// Returns the user as `name/uid`: who called `sudo`, else who is logged in. The name comes from the environment, which its
/// user may change; the number does not.
pub(super) fn current() -> String {
    let set = |name| env::var(name).ok().filter(|value| !value.trim().is_empty());
    let name = ["SUDO_USER", "LOGNAME", "USER"].into_iter().find_map(set);
    let name = name.unwrap_or_else(|| "unknown".to_owned());
    uid().map_or(name.clone(), |uid| format!("{name}/{uid}"))
}

/// Returns the user id under which the process runs, where the system tells it as the owner of `/proc/self`.
#[cfg(unix)]
fn uid() -> Option<u32> {
    use std::os::unix::fs::MetadataExt as _;
    std::fs::metadata("/proc/self").ok().map(|process| process.uid())
}

#[cfg(not(unix))]
fn uid() -> Option<u32> {
    None
}

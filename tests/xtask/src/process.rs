//! Runs external commands: output goes to a log file, and a long one is reported now and then while it runs.

use std::{
    fs::{self, File},
    panic,
    path::{Path, PathBuf},
    process::{Command, ExitStatus, Stdio},
    thread,
};

use anyhow::{Context, Result, bail};
use wait_timeout::ChildExt as _;
use xshell::cmd;

use crate::{
    progress::{Waiting, print_line},
    workspace::Workspace,
};

/// Number of trailing output lines shown when a command fails.
const ERROR_LINES: usize = 80;

/// Runs the command to completion. Output goes to `target/xtask/<name>.log`; the last lines are part of the error.
pub(crate) fn run_logged(workspace: &Workspace, name: &str, command: impl Into<Command>) -> Result<()> {
    let mut command = command.into();
    let folder = workspace.sh.create_dir(workspace.target().join("xtask"))?;
    let log = folder.join(name.replace(|letter: char| !letter.is_alphanumeric(), "-") + ".log");
    let file = File::create(&log).with_context(|| format!("writing {}", log.display()))?;
    let mut child = command
        .stdin(Stdio::null())
        .stdout(file.try_clone()?)
        .stderr(file)
        .spawn()
        .with_context(|| format!("starting {}", command.get_program().display()))?;
    let waiting = Waiting::start(name);
    let status = loop {
        match child.wait_timeout(waiting.interval())? {
            Some(status) => break status,
            None => waiting.report(&last_lines(&read_log(&log), 1)),
        }
    };
    drop(waiting);
    if status.success() {
        return Ok(());
    }
    let text = read_log(&log);
    bail!(
        "{}{}\n      ({}; full output in {})",
        failed_tests(&text),
        last_lines(&text, ERROR_LINES),
        describe_exit(status),
        workspace.relative(&log).display()
    )
}

/// Runs the command quietly and returns its standard output; an error has what it printed.
pub(crate) fn output(command: impl Into<Command>) -> Result<String> {
    let mut command = command.into();
    let program = command.get_program().display().to_string();
    let output = command.stdin(Stdio::null()).output().with_context(|| format!("starting {program}"))?;
    let [stdout, stderr] =
        [output.stdout, output.stderr].map(|text| String::from_utf8_lossy(&text).into_owned());
    if !output.status.success() {
        bail!("{program}: {}\n{stdout}{stderr}", describe_exit(output.status));
    }
    Ok(stdout)
}

/// Runs the command quietly; an error has what it printed.
pub(crate) fn run(command: impl Into<Command>) -> Result<()> {
    output(command).map(|_| ())
}

/// Returns the path of a program found on the `PATH`.
pub(crate) fn find_on_path(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(program)).find(|file| file.is_file())
}

/// Returns a cargo tool from the `PATH`, or installs this version of it under `target/tools`: built already, if pip has
/// it for this machine (`tests/xtask/wheels`), or else from its source.
pub(crate) fn cargo_tool(workspace: &Workspace, name: &str, version: &str) -> Result<PathBuf> {
    if let Some(found) = find_on_path(name) {
        return Ok(found);
    }
    let tools = workspace.target().join("tools");
    let built = tools.join("bin").join(name);
    if built.is_file() {
        return Ok(built);
    }
    let wheel = workspace.root.join("tests/xtask/wheels").join(name).with_extension("txt");
    if wheel.is_file() {
        // A folder of its own: pip leaves out a folder that exists, such as another tool's `bin`.
        let folder = tools.join(name);
        let installed = folder.join("bin").join(name);
        if installed.is_file() {
            return Ok(installed);
        }
        match install_wheel(workspace, &wheel, &folder) {
            Ok(()) => return Ok(installed),
            Err(error) => print_line(&format!("      {name} is built from its source: {error:#}")),
        }
    }
    let mut install = workspace.cargo(["install", name, "--locked", "--version", version, "--root"]);
    // The tool is a project of its own: this workspace's flags and features must not apply to it.
    install.arg(&tools).current_dir(workspace.target());
    run_logged(workspace, name, install)?;
    Ok(built)
}

/// Installs the Python package that a requirements file pins by version and checksum.
fn install_wheel(workspace: &Workspace, requirements: &Path, to: &Path) -> Result<()> {
    let pip = cmd!(workspace.sh, "python3 -m pip install --quiet --disable-pip-version-check --no-deps");
    run(pip
        .args(["--only-binary", ":all:", "--require-hashes", "--target"])
        .arg(to)
        .arg("-r")
        .arg(requirements))
}

/// Runs both at the same time, the second on a thread of its own, and returns both results.
pub(crate) fn side_by_side<A, B: Send>(
    here: impl FnOnce() -> A,
    beside: impl FnOnce() -> B + Send,
) -> (A, B) {
    thread::scope(|threads| {
        let beside = threads.spawn(beside);
        let here = here();
        (here, beside.join().unwrap_or_else(|panic| panic::resume_unwind(panic)))
    })
}

fn read_log(log: &Path) -> String {
    String::from_utf8_lossy(&fs::read(log).unwrap_or_default()).into_owned()
}

fn last_lines(text: &str, count: usize) -> String {
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
    lines[lines.len().saturating_sub(count)..].join("\n")
}

/// Returns the lines that name a failed test, which may stand long before the last ones, and where it failed.
fn failed_tests(text: &str) -> String {
    let names_one = |line: &&str| {
        (line.starts_with("test ") && line.ends_with("FAILED"))
            || (line.starts_with("thread '") && line.contains(" panicked at "))
    };
    text.lines().filter(names_one).fold(String::new(), |named, line| named + line + "\n")
}

fn describe_exit(status: ExitStatus) -> String {
    status.code().map_or_else(|| "ended by a signal".to_owned(), |code| format!("exit code {code}"))
}

//! Runs external commands: output goes to a log file, and a line is printed now and then while one runs.

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    process::{Command, ExitStatus, Stdio},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, bail};

use crate::{
    progress::{format_seconds, print_line},
    workspace::Workspace,
};

/// Number of trailing output lines shown when a command fails.
const ERROR_LINES: usize = 80;
/// Interval at which a running command is reported.
const PROGRESS_INTERVAL: Duration = Duration::from_secs(20);

/// Runs the command to completion. Output goes to `target/xtask/<name>.log`; the last lines are part of the error.
///
/// # Errors
/// Returns an error if the command cannot be started or fails.
pub fn run_logged(workspace: &Workspace, name: &str, mut command: Command) -> anyhow::Result<()> {
    let log = log_path(workspace, name)?;
    let file = File::create(&log).with_context(|| format!("writing {}", log.display()))?;
    let started = Instant::now();
    let mut child = command
        .stdin(Stdio::null())
        .stdout(file.try_clone()?)
        .stderr(file)
        .spawn()
        .with_context(|| format!("starting {}", command.get_program().display()))?;
    let mut last_report = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break status;
        }
        if last_report.elapsed() > PROGRESS_INTERVAL {
            last_report = Instant::now();
            let last = last_lines(&log, 1);
            print_line(&format!(
                "      … {name}, {} so far: {}",
                format_seconds(started.elapsed()),
                last.trim()
            ));
        }
        thread::sleep(Duration::from_millis(50));
    };
    if status.success() {
        return Ok(());
    }
    bail!(
        "{}\n      ({}; full output in {})",
        last_lines(&log, ERROR_LINES),
        describe_exit(status),
        workspace.relative(&log).display()
    )
}

/// Runs the command and returns its standard output.
///
/// # Errors
/// Returns an error if the command cannot be started or fails.
pub fn output(command: &mut Command) -> anyhow::Result<String> {
    let program = command.get_program().display().to_string();
    let output = command.stdin(Stdio::null()).output().with_context(|| format!("starting {program}"))?;
    if !output.status.success() {
        bail!("{program}: {}\n{}", describe_exit(output.status), String::from_utf8_lossy(&output.stderr));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Returns the path of a program found on the `PATH`.
pub fn find_on_path(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(program)).find(|file| file.is_file())
}

fn log_path(workspace: &Workspace, name: &str) -> anyhow::Result<PathBuf> {
    let folder = workspace.target().join("xtask");
    fs::create_dir_all(&folder).with_context(|| format!("making {}", folder.display()))?;
    let file: String =
        name.chars().map(|letter| if letter.is_alphanumeric() { letter } else { '-' }).collect();
    Ok(folder.join(file).with_extension("log"))
}

fn last_lines(log: &Path, count: usize) -> String {
    let text = fs::read(log).unwrap_or_default();
    let text = String::from_utf8_lossy(&text);
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
    lines[lines.len().saturating_sub(count)..].join("\n")
}

fn describe_exit(status: ExitStatus) -> String {
    status.code().map_or_else(|| "ended by a signal".to_owned(), |code| format!("exit code {code}"))
}

/// Returns a cargo tool from the `PATH`, or installs this version of it under `target/tools`.
///
/// # Errors
/// Returns an error if the tool does not build.
pub fn cargo_tool(workspace: &Workspace, name: &str, version: &str) -> anyhow::Result<PathBuf> {
    if let Some(found) = find_on_path(name) {
        return Ok(found);
    }
    let tools = workspace.target().join("tools");
    let built = tools.join("bin").join(name);
    if !built.is_file() {
        let mut install = workspace.cargo(["install", name, "--locked", "--version", version, "--root"]);
        // The tool is a project of its own: this workspace's flags and features must not apply to it.
        install.arg(&tools).current_dir(workspace.target());
        run_logged(workspace, name, install)?;
    }
    Ok(built)
}

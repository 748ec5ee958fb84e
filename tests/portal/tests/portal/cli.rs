//! The portal as a program.

use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpStream,
    path::Path,
    process::{Child, Command, Output, Stdio},
};

const PROGRAM: &str = env!("CARGO_BIN_EXE_fos-portal");

#[test]
fn the_program_prints_the_openapi_document() {
    let output = Command::new(PROGRAM).arg("openapi").output().unwrap();
    assert_eq!(String::from_utf8(output.stdout).unwrap(), fos_portal::openapi_document());
}

fn run(words: &[&str], data: &Path) -> Output {
    Command::new(PROGRAM).args(words).arg("--data").arg(data).output().unwrap()
}

/// Sends a GET request and returns the raw response.
fn call(at: &str, path: &str) -> String {
    let mut stream = TcpStream::connect(at).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nHost: {at}\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

/// Kills the program at the end of the test.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // It may have stopped by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Starts the program on `data` and returns it with its address.
fn serve(data: &Path) -> (Running, String) {
    serve_with(data, &[])
}

fn serve_with(data: &Path, arguments: &[&str]) -> (Running, String) {
    let mut portal = Command::new(PROGRAM)
        .args(["serve", "--smtp", "127.0.0.1:9", "--listen", "127.0.0.1:0", "--data"])
        .arg(data)
        .args(["--seed", concat!(env!("CARGO_MANIFEST_DIR"), "/seed")])
        .args(arguments)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(portal.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let at = line.trim().strip_prefix("listening on http://").unwrap().to_owned();
    (Running(portal), at)
}

#[cfg(unix)]
#[test]
fn the_program_prints_its_address_and_stops_on_sigterm() {
    let data = tempfile::TempDir::new().unwrap();
    let (mut portal, at) = serve(data.path());
    assert!(at.starts_with("127.0.0.1:"), "{at}");
    let status = Command::new("kill").args(["-TERM", &portal.0.id().to_string()]).status().unwrap();
    assert!(status.success());
    assert!(portal.0.wait().unwrap().success());
}

#[test]
fn a_command_of_another_process_changes_the_running_portal() {
    let data = tempfile::TempDir::new().unwrap();
    let key = run(&["config-key"], data.path()).stdout;
    let (_portal, at) = serve(data.path());
    assert_eq!(run(&["config-key"], data.path()).stdout, key);
    assert_eq!(key.len(), 65);
    assert!(call(&at, "/v1/captcha").starts_with("HTTP/1.1 200"));
    let done = run(&["maintenance", "on"], data.path());
    assert!(done.status.success());
    assert_eq!(done.stdout, b"maintenance on\n");
    assert!(call(&at, "/v1/captcha").starts_with("HTTP/1.1 503"));
    let refused = run(&["services", "open", "nothing"], data.path());
    assert!(!refused.status.success() && refused.stdout.is_empty());
    assert!(String::from_utf8(refused.stderr).unwrap().contains("no service nothing"));
}

/// Waits until the program has ended by SIGTERM and returns what it wrote to stderr.
#[cfg(unix)]
fn stop_and_read_log(mut portal: Running) -> String {
    let mut stderr = portal.0.stderr.take().unwrap();
    Command::new("kill").args(["-TERM", &portal.0.id().to_string()]).status().unwrap();
    let mut log = String::new();
    stderr.read_to_string(&mut log).unwrap();
    log
}

#[cfg(unix)]
#[test]
fn the_log_names_the_route_of_a_call_and_nothing_of_its_caller() {
    let data = tempfile::TempDir::new().unwrap();
    let (portal, at) = serve_with(data.path(), &["--log-format", "json"]);
    call(&at, "/v1/receipts/a-secret-code?ppr=0123456");
    call(&at, "/0123456");
    let log = stop_and_read_log(portal);
    let lines: Vec<serde_json::Value> = log.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let answered: Vec<_> = lines.iter().filter(|line| line["message"] == "answered").collect();
    let routes: Vec<_> = answered.iter().map(|line| line["span"]["route"].as_str().unwrap()).collect();
    assert_eq!(routes, ["/v1/receipts/{code}", "none"], "{log}");
    assert!(answered.iter().all(|line| line["status"] == 404 && line["span"]["method"] == "GET"), "{log}");
    assert!(lines.iter().any(|line| line["message"] == "refused" && line["problem"] == "NotFound"), "{log}");
    assert!(lines.iter().any(|line| line["message"] == "database migrated"), "{log}");
    assert!(
        !log.contains("0123456") && !log.contains("a-secret-code") && !log.contains("127.0.0.1"),
        "{log}"
    );
}

#[cfg(unix)]
#[test]
fn a_level_silences_the_log_and_an_unknown_one_is_refused() {
    let data = tempfile::TempDir::new().unwrap();
    let (portal, at) = serve_with(data.path(), &["--log", "error"]);
    call(&at, "/v1/captcha");
    assert_eq!(stop_and_read_log(portal), "");
    let refused = Command::new(PROGRAM).args(["openapi", "--log", "loud"]).output().unwrap();
    assert!(!refused.status.success());
}

#[test]
fn an_operator_command_is_logged_without_its_arguments() {
    let data = tempfile::TempDir::new().unwrap();
    drop(serve(data.path()));
    let output = run(&["members", "show", "0123456"], data.path());
    let log = String::from_utf8(output.stderr).unwrap();
    assert!(log.contains("operator{command=\"members\"}") && log.contains("done"), "{log}");
    assert!(!log.contains("0123456"), "{log}");
}

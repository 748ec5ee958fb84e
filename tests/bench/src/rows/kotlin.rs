//! The Kotlin peer: `OkHttp`, kotlinx.serialization and SQLite, beside the core through JNA in one JVM. The program
//! measures itself and prints its results; this module starts it with a portal.

use std::path::Path;

use anyhow::Context;
use serde::Deserialize;
use tokio::process::Command;

use super::read_face_command;
use crate::{
    bench_process::BenchProcess,
    measurement::Measurement,
    server_fixture::{FixtureConfig, ServerFixture},
};

/// One line of the peer's output.
#[derive(Deserialize)]
struct PeerMeasurement {
    row: String,
    ours: f64,
    peer: f64,
    unit: String,
    note: String,
}

/// Rows and units that the peer may print.
const ROWS: [&str; 9] = [
    "kotlin-sign-in",
    "kotlin-search",
    "ffi-nothing",
    "ffi-text",
    "ffi-record",
    "ffi-list",
    "ffi-callback",
    "ffi-async",
    "ffi-object",
];
const UNITS: [&str; 2] = ["ms", "ns"];

pub(super) async fn measure(command: Option<&Path>) -> anyhow::Result<Vec<Measurement>> {
    let command = read_face_command(command).context("the Kotlin peer")?;
    let server =
        ServerFixture::start(FixtureConfig { tls: true, services: Some(200), config: false }).await?;
    server.create_account().await?;
    let mut java = Command::new(command.program);
    java.args(command.arguments).envs(command.environment);
    java.current_dir(command.working_dir.unwrap_or_else(|| ".".into()));
    let lines = BenchProcess::spawn(java, &server.args_for("kotlin"))?.finish().await?;
    server.stop().await;
    lines.iter().map(|line| parse_line(line)).collect()
}

fn parse_line(line: &str) -> anyhow::Result<Measurement> {
    let parsed: PeerMeasurement =
        serde_json::from_str(line).with_context(|| format!("unexpected output of the peer: «{line}»"))?;
    let find_known = |names: &[&'static str], name: &str| {
        names
            .iter()
            .copied()
            .find(|find_known| *find_known == name)
            .with_context(|| format!("unknown name `{name}`"))
    };
    let (row, unit) = (find_known(&ROWS, &parsed.row)?, find_known(&UNITS, &parsed.unit)?);
    let measurement = Measurement::with_peer(row, parsed.ours, parsed.peer, unit);
    Ok(if parsed.note.is_empty() { measurement } else { measurement.note(parsed.note) })
}

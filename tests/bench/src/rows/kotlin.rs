//! The Kotlin peer: `OkHttp`, kotlinx.serialization and SQLite, beside our core through JNA, on one JVM. It measures by
//! itself and says its figures; here it gets its portal.

use std::path::Path;

use anyhow::Context;
use serde::Deserialize;
use tokio::process::Command;

use super::face_command;
use crate::{
    figure::Figure,
    measured::Measured,
    stand::{Setup, Stand},
};

/// What it says, a line each.
#[derive(Deserialize)]
struct Said {
    row: String,
    ours: f64,
    peer: f64,
    unit: String,
    note: String,
}

/// Its rows, and the units they may be in.
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

pub(super) async fn measure(command: Option<&Path>) -> anyhow::Result<Vec<Figure>> {
    let told = face_command(command).context("the Kotlin peer")?;
    let stand = Stand::begin(Setup { tls: true, services: Some(200), config: false }).await?;
    stand.open_account().await?;
    let mut java = Command::new(told.program);
    java.args(told.arguments).envs(told.environment);
    java.current_dir(told.working_dir.unwrap_or_else(|| ".".into()));
    let said = Measured::run(java, &stand.given("kotlin"))?.end().await?;
    stand.end().await;
    said.iter().map(|line| read(line)).collect()
}

fn read(line: &str) -> anyhow::Result<Figure> {
    let said: Said = serde_json::from_str(line).with_context(|| format!("the peer said «{line}»"))?;
    let known = |names: &[&'static str], name: &str| {
        names.iter().copied().find(|known| *known == name).with_context(|| format!("nobody knows `{name}`"))
    };
    let (row, unit) = (known(&ROWS, &said.row)?, known(&UNITS, &said.unit)?);
    let figure = Figure::beside(row, said.ours, said.peer, unit);
    Ok(if said.note.is_empty() { figure } else { figure.note(said.note) })
}

//! Time from the start of the Android app to its first frame with data, beside that of an empty Compose activity in the
//! same JVM.

use std::{path::Path, process::Stdio};

use anyhow::{Context, ensure};
use tokio::process::Command;

use super::{parse_milliseconds, read_face_command, run_program};
use crate::{
    measurement::{Measurement, median},
    server_fixture::{FixtureConfig, ServerFixture},
};

/// Class of the app's tests that measures both.
const CLASS: &str = "ma.fos.services.face.FirstFrameKt";

pub(super) async fn measure(core: &Path, command: Option<&Path>) -> anyhow::Result<Vec<Measurement>> {
    let mut app = read_face_command(command).context("the Android app")?;
    // In place of the class that serves the app to the runner.
    app.arguments.pop().context("the app's command has no class")?;
    app.arguments.push(CLASS.to_owned());
    let server = ServerFixture::start(FixtureConfig::default()).await?;
    server.create_account().await?;
    let args = server.args_for("phone");
    run_program(core, &["sign-in-once"], &args).await?;
    let output = Command::new(&app.program)
        .args(&app.arguments)
        .envs(app.environment.iter().map(|(name, value)| (name, value)))
        .env("FOS_DATA", &args.data)
        .env("FOS_PORTAL", &args.portal)
        .env("FOS_CONFIG_KEY", &args.key)
        .env("FOS_LANGUAGE", "ar-MA")
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .await
        .context("starting the app")?;
    server.stop().await;
    ensure!(output.status.success(), "the app: {}", output.status);
    let lines: Vec<String> = String::from_utf8_lossy(&output.stdout).lines().map(str::to_owned).collect();
    let times = parse_milliseconds(&lines);
    let of =
        |what: &str| median(times.iter().filter(|(name, _)| *name == what).map(|(_, time)| *time).collect());
    let row = Measurement::with_peer("first-frame", of("app"), of("empty"), "ms");
    Ok(vec![row.note("the core is a debug build; the first launch of each in the JVM is not counted")])
}

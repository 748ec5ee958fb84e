//! States of help, of what replaces the sign-in screen, and of an app that does not open.

use std::fs;

use anyhow::{Context, bail, ensure};
use fos_core::{Config, DiagnosticView, Fos, OpenError};
use fos_support::proxy::NetworkCondition;

use super::{
    NamedState,
    phone::{Phone, config, platform, text},
};

/// Lines of the log: those of a real one have the times of this machine.
const LOG: [&str; 2] = [
    "2026-11-24T09:00:00Z INFO  open app: opened version=0.1.0 system=android",
    "2026-11-24T09:00:02Z WARN  operation name=sign-in api::retry: retry code=NET attempt=2",
];
/// Nothing listens at this address.
const UNREACHABLE: &str = "http://127.0.0.1:9";

pub(super) async fn record(phone: &mut Phone, states: &mut Vec<NamedState>) -> anyhow::Result<()> {
    help(phone, states).await?;
    opening_failed(phone, states)?;
    blocking(phone, states).await
}

async fn help(phone: &Phone, states: &mut Vec<NamedState>) -> anyhow::Result<()> {
    let without_config = Fos::open(without_portal(phone, "without-config")?, platform(phone.language))?;
    ensure!(without_config.recheck().await.is_err(), "nothing was to answer");
    let diagnostic = |lines: Vec<String>| {
        let copied = lines.join("\n");
        DiagnosticView { lines, copied, ..phone.fos.diagnostic() }
    };
    let log = LOG.iter().cycle().take(8 * LOG.len()).map(|line| (*line).to_owned()).collect();
    states.extend([
        NamedState::new("help").view(phone.fos.help()),
        NamedState::new("help-no-contacts").view(without_config.help()),
        NamedState::new("privacy").view(phone.fos.privacy()),
        NamedState::new("licences"),
        NamedState::new("licence"),
        NamedState::new("diagnostic").view(diagnostic(log)),
        NamedState::new("diagnostic-empty").view(diagnostic(Vec::new())),
    ]);
    Ok(())
}

fn opening_failed(phone: &Phone, states: &mut Vec<NamedState>) -> anyhow::Result<()> {
    let config = without_portal(phone, "damaged")?;
    fs::write(format!("{}/vault", config.data_dir), "damaged").context("damaging the vault")?;
    let Err(OpenError::Storage { text, code }) = Fos::open(config, platform(phone.language)) else {
        bail!("the app was not to open");
    };
    let failed = |name| NamedState::new(name).problem(&text).typed("code", &code).typed("new-files", "true");
    states.extend([
        failed("opening-failed-storage"),
        failed("opening-failed-asked").confirming(),
        // There is no core that could say why.
        NamedState::new("opening-failed-library").typed("code", "0.1.0-A-O-LIBRARY"),
    ]);
    Ok(())
}

async fn blocking(phone: &mut Phone, states: &mut Vec<NamedState>) -> anyhow::Result<()> {
    let blocking = |phone: &Phone, name: &str| -> anyhow::Result<NamedState> {
        let view = phone.fos.blocking_screen().with_context(|| format!("{name}: nothing blocks"))?;
        Ok(NamedState::new(name).view(view))
    };
    phone.operator(&["maintenance", "on", "--until", "2026-11-24T12:00:00Z"]).await?;
    phone.fos.recheck().await?;
    states.extend([blocking(phone, "gate-maintenance")?, blocking(phone, "gate-looking")?.working()]);
    phone.network(NetworkCondition::Down).await?;
    let Err(offline) = phone.fos.recheck().await else { bail!("the network is down") };
    states.push(blocking(phone, "gate-offline")?.problem(&text(&offline)));
    phone.network(NetworkCondition::Up).await?;
    phone.operator(&["maintenance", "off"]).await?;
    phone.operator(&["versions", "set", "--minimum", "0.2.0", "--recommended", "0.2.0"]).await?;
    phone.fos.recheck().await?;
    states.push(blocking(phone, "gate-update")?);
    phone.operator(&["versions", "set", "--minimum", "0.1.0", "--recommended", "0.2.0"]).await?;
    phone.fos.recheck().await?;
    Ok(())
}

/// Returns the config of an app on a new folder, which reaches no portal.
fn without_portal(phone: &Phone, folder: &str) -> anyhow::Result<Config> {
    config(&phone.environment, folder, UNREACHABLE.to_owned())
}

//! Runs a program beside a portal and hands it the mail that arrives.

use std::{fs, path::Path, process::ExitCode};

use anyhow::Context;

use crate::environment::TestEnvironment;

/// Runs the program until it exits, and returns success if it did.
///
/// # Errors
/// If the environment or the program cannot be started.
pub async fn run(program: &[String]) -> anyhow::Result<ExitCode> {
    let (name, arguments) = program.split_first().context("a program to run")?;
    let environment = TestEnvironment::start(false, &[]).await?;
    let mails = environment.folder().join("mail");
    fs::create_dir_all(&mails)?;
    let mut child = tokio::process::Command::new(name)
        .args(arguments)
        .env("FOS_PORTAL", environment.portal_url())
        .env("FOS_CONFIG_KEY", environment.config_key())
        .env("FOS_MAIL_DIR", &mails)
        .env("FOS_DATA", environment.folder().join("phone"))
        .spawn()
        .with_context(|| format!("starting {name}"))?;
    let mut arrived = 0;
    let status = loop {
        tokio::select! {
            status = child.wait() => break status?,
            mail = environment.next_mail() => {
                // A timeout is no failure here: the program may take longer before it causes a mail.
                let Ok(mail) = mail else { continue };
                arrived += 1;
                deliver(&mails, arrived, &mail.text)?;
            }
        }
    };
    environment.stop().await;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Writes the file atomically (temporary file, then rename): the program may be reading the folder.
fn deliver(mails: &Path, number: usize, text: &str) -> anyhow::Result<()> {
    let partial = mails.join(format!("{number:04}.part"));
    fs::write(&partial, text)?;
    fs::rename(&partial, mails.join(format!("{number:04}.txt"))).context("delivering a mail")
}

//! The portal's command line.

use std::{error::Error, io, net::SocketAddr, path::PathBuf, sync::Arc};

use clap::{Args, Parser, Subcommand};
use fos_portal::{
    CAPTCHA_COST, MAIL_FROM, PasswordWork, Portal, PortalConfig, SystemClock, openapi_document,
};

/// The reference portal.
#[derive(Parser)]
#[command(version)]
struct Command {
    #[command(subcommand)]
    act: Act,
}

#[derive(Subcommand)]
enum Act {
    /// Serves members until it is told to stop.
    Serve(Serve),
    /// Prints the `OpenAPI` document.
    Openapi,
}

#[derive(Args)]
struct Serve {
    /// The folder of the database and the server's key.
    #[arg(long)]
    data: PathBuf,
    /// The folder with members, charter and services.
    #[arg(long)]
    seed: PathBuf,
    /// Where to listen; port 0 takes a free one.
    #[arg(long, default_value = "127.0.0.1:0")]
    listen: SocketAddr,
    /// The mail server.
    #[arg(long)]
    smtp: SocketAddr,
    /// Who letters come from.
    #[arg(long, default_value = MAIL_FROM)]
    mail_from: String,
    /// Rounds of the captcha's key derivation.
    #[arg(long, default_value_t = CAPTCHA_COST, value_parser = clap::value_parser!(u32).range(1..))]
    captcha_cost: u32,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    match Command::parse().act {
        Act::Serve(settings) => serve(settings).await,
        Act::Openapi => {
            print!("{}", openapi_document());
            Ok(())
        }
    }
}

async fn serve(settings: Serve) -> Result<(), Box<dyn Error>> {
    let portal = Portal::start(PortalConfig {
        data: settings.data,
        seed: settings.seed,
        listen: settings.listen,
        smtp: settings.smtp,
        mail_from: settings.mail_from,
        captcha_cost: settings.captcha_cost,
        password_work: PasswordWork::Full,
        clock: Arc::new(SystemClock),
    })
    .await?;
    println!("listening on {}", portal.url());
    told_to_stop().await?;
    portal.stop().await;
    Ok(())
}

#[cfg(unix)]
async fn told_to_stop() -> io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        told = tokio::signal::ctrl_c() => told,
        _ = terminate.recv() => Ok(()),
    }
}

#[cfg(not(unix))]
async fn told_to_stop() -> io::Result<()> {
    tokio::signal::ctrl_c().await
}

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
    // Listened for before it is said that the portal is there: who reads that may stop it at once.
    let stopped = told_to_stop()?;
    println!("listening on {}", portal.url());
    stopped.await?;
    portal.stop().await;
    Ok(())
}

#[cfg(unix)]
fn told_to_stop() -> io::Result<impl Future<Output = io::Result<()>>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => Ok(()),
            _ = terminate.recv() => Ok(()),
        }
    })
}

#[cfg(not(unix))]
fn told_to_stop() -> io::Result<impl Future<Output = io::Result<()>>> {
    Ok(tokio::signal::ctrl_c())
}

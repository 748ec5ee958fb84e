//! The portal's command line.

use std::{
    error::Error,
    io,
    net::{IpAddr, SocketAddr},
    path::PathBuf,
    sync::Arc,
};

use clap::{Args, Parser, Subcommand};
use fos_portal::{
    CAPTCHA_COST, MAIL_FROM, PasswordWork, Portal, PortalConfig, SystemClock, TlsFiles, config_key,
    openapi_document, operator::Act,
};

/// The reference portal.
#[derive(Parser)]
#[command(version)]
struct Command {
    /// The folder of the database and the keys.
    #[arg(long, global = true)]
    data: Option<PathBuf>,
    #[command(subcommand)]
    work: Work,
}

#[derive(Subcommand)]
enum Work {
    /// Serves members until it is told to stop.
    Serve(Serve),
    /// Prints the `OpenAPI` document.
    Openapi,
    /// Prints the public half of the key that signs the config: what the app is built with.
    ConfigKey,
    #[command(flatten)]
    Operator(Act),
}

#[derive(Args)]
struct Serve {
    /// The folder with members, charter, services and config.
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
    /// The server's certificate and those that lead to its root, in PEM: the portal speaks HTTPS.
    #[arg(long, requires = "tls_key")]
    tls_certificate: Option<PathBuf>,
    /// The certificate's private key, in PEM.
    #[arg(long, requires = "tls_certificate")]
    tls_key: Option<PathBuf>,
    /// Where the portal is reached from outside, for example `https://portail.fos.test`: receipts lead there. Without it,
    /// where it listens.
    #[arg(long)]
    public_url: Option<String>,
    /// A proxy whose `Forwarded` or `X-Forwarded-For` is believed; may stand several times.
    #[arg(long)]
    trusted_proxy: Vec<IpAddr>,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let Command { data, work } = Command::parse();
    let data = data.ok_or("--data is missing: the folder of the database and the keys");
    match work {
        Work::Serve(settings) => serve(data?, settings).await?,
        Work::Openapi => print!("{}", openapi_document()),
        Work::ConfigKey => println!("{}", config_key(&data?)?),
        Work::Operator(act) => print!("{}", act.run(&data?, &SystemClock)?),
    }
    Ok(())
}

async fn serve(data: PathBuf, settings: Serve) -> Result<(), Box<dyn Error>> {
    let tls = settings.tls_certificate.zip(settings.tls_key);
    let portal = Portal::start(PortalConfig {
        data,
        seed: settings.seed,
        listen: settings.listen,
        smtp: settings.smtp,
        mail_from: settings.mail_from,
        captcha_cost: settings.captcha_cost,
        password_work: PasswordWork::Full,
        clock: Arc::new(SystemClock),
        public_url: settings.public_url,
        tls: tls.map(|(certificate, key)| TlsFiles { certificate, key }),
        trusted_proxies: settings.trusted_proxy,
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

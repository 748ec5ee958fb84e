//! Command line of the portal: `serve`, `openapi`, `config-key` and the operator's commands.

use std::{
    error::Error,
    io,
    net::{IpAddr, SocketAddr},
    path::PathBuf,
    sync::Arc,
};

use clap::{Args, Parser, Subcommand};
use fos_portal::{
    CALLS_AT_ONCE, CAPTCHA_COST, HashCost, MAIL_FROM, Portal, PortalConfig, ProxyHeader, SmtpServer,
    SystemClock, TlsFiles,
    admin::AdminCommand,
    config_key,
    logging::{self, LogFormat},
    openapi_document,
};
use tracing::level_filters::LevelFilter;

/// The reference portal.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    /// Data folder: database and keys
    #[arg(long, global = true)]
    data: Option<PathBuf>,
    /// Finest level of the log on stderr: off, error, warn, info, debug or trace
    #[arg(long, global = true, env = "FOS_LOG", default_value = "info", value_name = "LEVEL")]
    log: LevelFilter,
    /// Format of the log
    #[arg(long, global = true, env = "FOS_LOG_FORMAT", default_value = "text", value_name = "FORMAT")]
    log_format: LogFormat,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serves the API until SIGTERM or ctrl-c
    Serve(Serve),
    /// Prints the `OpenAPI` document
    Openapi,
    /// Prints the public key that apps verify the signed config with
    ConfigKey,
    #[command(flatten)]
    Operator(AdminCommand),
}

#[derive(Args)]
struct Serve {
    /// Seed folder: members, charter, services, forms, config
    #[arg(long)]
    seed: PathBuf,
    /// Address to listen on; port 0 takes a free one
    #[arg(long, default_value = "127.0.0.1:0")]
    listen: SocketAddr,
    /// SMTP server: `smtps://[USER:PASSWORD@]HOST`, `smtp://…?tls=required` for STARTTLS, or `HOST:PORT` on this machine
    #[arg(long, env = "FOS_SMTP", hide_env_values = true)]
    smtp: SmtpServer,
    /// Sender of emails
    #[arg(long, default_value = MAIL_FROM)]
    mail_from: String,
    /// PBKDF2 rounds of the captcha
    #[arg(long, default_value_t = CAPTCHA_COST, value_parser = clap::value_parser!(u32).range(1..))]
    captcha_cost: u32,
    /// Certificate chain in PEM; the portal then serves HTTPS
    #[arg(long, requires = "tls_key")]
    tls_certificate: Option<PathBuf>,
    /// Private key of the certificate, in PEM
    #[arg(long, requires = "tls_certificate")]
    tls_key: Option<PathBuf>,
    /// A proxy that terminates TLS is in front: plain HTTP may be served to other machines
    #[arg(long)]
    behind_proxy: bool,
    /// Public base URL, for example `https://portail.fos.test`, used in receipts; defaults to the listening address
    #[arg(long)]
    public_url: Option<String>,
    /// Proxy that is trusted to tell the client's address; repeatable
    #[arg(long, requires = "proxy_header")]
    trusted_proxy: Vec<IpAddr>,
    /// Header in which these proxies write it; no other is read
    #[arg(long, value_name = "HEADER")]
    proxy_header: Option<ProxyHeader>,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let Arguments { data, log, log_format, command } = Arguments::parse();
    tracing::dispatcher::set_global_default(logging::subscriber(log, log_format, io::stderr))?;
    let data = data.ok_or("--data is missing: the folder of the database and the keys");
    match command {
        Command::Serve(settings) => serve(data?, settings).await?,
        Command::Openapi => print!("{}", openapi_document()),
        Command::ConfigKey => println!("{}", config_key(&data?)?),
        Command::Operator(act) => print!("{}", act.run(&data?, &SystemClock)?),
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
        password_hash_cost: HashCost::Full,
        clock: Arc::new(SystemClock),
        public_url: settings.public_url,
        tls: tls.map(|(certificate, key)| TlsFiles { certificate, key }),
        behind_proxy: settings.behind_proxy,
        trusted_proxies: settings.trusted_proxy,
        session_calls_at_once: CALLS_AT_ONCE,
        proxy_header: settings.proxy_header.unwrap_or(ProxyHeader::XForwardedFor),
    })
    .await?;
    // The handlers are installed before the address is printed: a reader of that line may stop the portal at once.
    let stopped = shutdown_signal()?;
    println!("listening on {}", portal.url());
    stopped.await?;
    portal.stop().await;
    Ok(())
}

#[cfg(unix)]
fn shutdown_signal() -> io::Result<impl Future<Output = io::Result<()>>> {
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
fn shutdown_signal() -> io::Result<impl Future<Output = io::Result<()>>> {
    Ok(tokio::signal::ctrl_c())
}

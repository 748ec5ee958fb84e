//! `fos-faults-portal --data DIR --mail ADDRESS --listen ADDRESS --now TIME`: the portal in a process that the runs kill.
//!
//! Writes its address to stdout. Then reads from stdin one limit for the size of its files a line, in bytes or `null`, and
//! confirms each. It stops when stdin ends.

use std::{net::SocketAddr, path::PathBuf, sync::Arc};

use anyhow::Context as _;
use clap::Parser;
use fos_faults::{line_process::Disk, portal_process::LIMITED};
use fos_portal::{Portal, PortalConfig, SettableClock};
use jiff::Timestamp;
use tokio::io::{AsyncBufReadExt as _, BufReader};

/// Portal for the fault runs.
#[derive(Parser)]
struct Args {
    /// Data folder of the portal.
    #[arg(long)]
    data: PathBuf,
    /// Address of the mail server.
    #[arg(long)]
    mail: SocketAddr,
    /// Address to listen on.
    #[arg(long)]
    listen: SocketAddr,
    /// Time at which the clock stands.
    #[arg(long)]
    now: Timestamp,
}

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() -> anyhow::Result<()> {
    let args = Args::parse();
    let disk = Disk::new()?;
    let mut config = PortalConfig::for_tests(args.data, args.mail);
    config.clock = Arc::new(SettableClock::new(args.now));
    config.listen = args.listen;
    let portal = Portal::start(config).await?;
    println!("{}", portal.url().trim_start_matches("http://"));
    let mut lines = BufReader::new(tokio::io::stdin()).lines();
    while let Some(line) = lines.next_line().await? {
        let max_bytes = serde_json::from_str(&line).with_context(|| format!("reading «{line}»"))?;
        disk.limit(max_bytes)?;
        println!("{LIMITED}");
    }
    portal.stop().await;
    Ok(())
}

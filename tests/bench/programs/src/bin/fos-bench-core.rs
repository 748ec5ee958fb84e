//! The core, called as a face calls it; one measurement a run. Results are printed one a line.

use std::{fs, io::BufRead, path::Path, time::Instant};

use anyhow::{Context, bail};
use fos_bench_programs::Args;
use fos_support::{
    headless_client::HeadlessClient,
    seed::{MEMBER, PASSWORD},
};

#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let args = Args::from_environment()?;
    match arguments.as_slice() {
        ["first-access", member] => first_access(&args, member).await,
        ["sign-in", times] => {
            for phone in args.new_phones(times.parse()?) {
                sign_in(&phone).await?;
            }
            Ok(())
        }
        ["sign-in-once"] => sign_in(&args).await,
        ["warm"] => warm(&args).await,
        ["open", times] => open(&args, times.parse()?),
        ["fetch-requests"] => {
            let client = args.open_client()?;
            client.core().requests().refresh().await?;
            let list = client.core().requests().list()?;
            anyhow::ensure!(list.empty.is_none(), "no request was fetched");
            Ok(())
        }
        ["sync"] => sync(&args).await,
        ["search", times, queries @ ..] => search(&args, times.parse()?, queries),
        other => bail!("unknown subcommand of fos-bench-core: {other:?}"),
    }
}

/// Walks the guide's eight steps without pauses, as this member in JSON.
async fn first_access(args: &Args, member: &str) -> anyhow::Result<()> {
    let client = args.open_client()?;
    let mailed_password = async {
        println!("asked");
        next_line()
    };
    client.first_access(&serde_json::from_str(member)?, mailed_password, PASSWORD).await?;
    let services = client.core().services();
    services.clone().refresh().await?;
    let first = first_open(&client)?;
    services.start(&first)?;
    println!("peak {}", peak_kilobytes()?);
    Ok(())
}

/// Opens the app, signs in, fetches the services and reads the first screen.
async fn sign_in(args: &Args) -> anyhow::Result<()> {
    let client = args.open_client()?;
    client.sign_in(MEMBER, PASSWORD).await?;
    client.refresh_services().await?;
    first_open(&client).map(|_| ())
}

/// Opens the app of a signed-in member in the services, and refreshes as the screen does.
async fn warm(args: &Args) -> anyhow::Result<()> {
    let client = args.open_client()?;
    first_open(&client)?;
    println!("open");
    next_line()?;
    client.refresh_services_if_stale().await?;
    println!("fetched");
    Ok(())
}

/// Measures opening the app up to the first screen's data, from stored data alone.
fn open(args: &Args, times: usize) -> anyhow::Result<()> {
    for _ in 0..times {
        let started = Instant::now();
        let client = args.open_client()?;
        first_open(&client)?;
        println!("opened {}", started.elapsed().as_nanos());
    }
    Ok(())
}

/// Fetches the changes after each line on stdin, and measures it.
async fn sync(args: &Args) -> anyhow::Result<()> {
    let client = args.open_client()?;
    let requests = client.core().requests();
    while !next_line()?.is_empty() {
        let started = Instant::now();
        requests.clone().refresh().await?;
        println!("synced {}", started.elapsed().as_nanos());
    }
    Ok(())
}

/// Measures one list for each keystroke, repeatedly.
fn search(args: &Args, times: usize, queries: &[&str]) -> anyhow::Result<()> {
    let client = args.open_client()?;
    let services = client.core().services();
    for _ in 0..times {
        for query in queries {
            let started = Instant::now();
            let view = services.list(query, "")?;
            let elapsed = started.elapsed().as_nanos();
            std::hint::black_box(view);
            println!("{query} {elapsed}");
        }
    }
    Ok(())
}

/// Returns the first open service in the order of the first screen.
fn first_open(client: &HeadlessClient) -> anyhow::Result<String> {
    let view = client.core().services().list("", "")?;
    let cards = view.groups.into_iter().flat_map(|group| group.services);
    cards.into_iter().find(|card| card.plus.is_some()).map(|card| card.id).context("no service is open")
}

fn next_line() -> anyhow::Result<String> {
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line)?;
    Ok(line.trim_end().to_owned())
}

/// Returns the peak memory of this process as the kernel reports it.
fn peak_kilobytes() -> anyhow::Result<u64> {
    let status = fs::read_to_string(Path::new("/proc/self/status")).context("reading /proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).context("no VmHWM")?;
    line.split_whitespace().next().and_then(|number| number.parse().ok()).context("VmHWM is not a number")
}

//! Ours: the core as a face calls it, one measured thing a run. What it found goes to its output, a line each.

use std::{fs, io::BufRead, path::Path, time::Instant};

use anyhow::{Context, bail};
use fos_bench::{
    given::{Given, MEMBER, PASSWORD},
    stand,
};
use fos_journeys::{headless_client::HeadlessClient, seed::SeedMember};

#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let given = Given::from_environment()?;
    match words.as_slice() {
        ["first-access"] => first_access(&given).await,
        ["sign-in", times] => {
            for time in 0..times.parse()? {
                // A folder of its own: each is a first sign-in on a phone that was never used.
                let data = given.data.join(format!("{time}"));
                sign_in(&Given { data, ..given.clone() }).await?;
            }
            Ok(())
        }
        ["settle"] => sign_in(&given).await,
        ["warm"] => warm(&given).await,
        ["open", times] => open(&given, times.parse()?),
        ["fetch-requests"] => {
            let phone = stand::phone(&given)?;
            phone.core().requests().refresh().await?;
            let list = phone.core().requests().list()?;
            anyhow::ensure!(list.empty.is_none(), "no request was fetched");
            Ok(())
        }
        ["sync"] => sync(&given).await,
        ["search", times, typed @ ..] => search(&given, times.parse()?, typed),
        other => bail!("fos-bench-core does not know {other:?}"),
    }
}

/// The guide's eight steps, as fast as a machine takes them.
async fn first_access(given: &Given) -> anyhow::Result<()> {
    let phone = stand::phone(given)?;
    phone.request_password(&member()).await?;
    println!("asked");
    let mailed = next_line()?;
    phone.sign_in(MEMBER, &mailed).await?;
    phone.accept_charter().await?;
    phone.set_password(PASSWORD).await?;
    let services = phone.core().services();
    services.clone().refresh().await?;
    let first = first_open(&phone)?;
    services.start(&first)?;
    println!("peak {}", peak_kilobytes()?);
    Ok(())
}

/// Opens the app, signs in, fetches the services and reads the first screen.
async fn sign_in(given: &Given) -> anyhow::Result<()> {
    let phone = stand::phone(given)?;
    phone.sign_in(MEMBER, PASSWORD).await?;
    phone.refresh_services().await?;
    first_open(&phone).map(|_| ())
}

/// Opens the app where the member left it, in the services, and asks for what is new as the screen does.
async fn warm(given: &Given) -> anyhow::Result<()> {
    let phone = stand::phone(given)?;
    first_open(&phone)?;
    println!("open");
    next_line()?;
    phone.refresh_services_if_stale().await?;
    println!("fetched");
    Ok(())
}

/// From nothing to the first screen's data, with what is stored.
fn open(given: &Given, times: usize) -> anyhow::Result<()> {
    for _ in 0..times {
        let started = Instant::now();
        let phone = stand::phone(given)?;
        first_open(&phone)?;
        println!("opened {}", started.elapsed().as_nanos());
    }
    Ok(())
}

/// Fetches what changed, each time it is told that something did.
async fn sync(given: &Given) -> anyhow::Result<()> {
    let phone = stand::phone(given)?;
    let requests = phone.core().requests();
    while !next_line()?.is_empty() {
        let started = Instant::now();
        requests.clone().refresh().await?;
        println!("synced {}", started.elapsed().as_nanos());
    }
    Ok(())
}

/// A keystroke after another, and back to the first.
fn search(given: &Given, times: usize, typed: &[&str]) -> anyhow::Result<()> {
    let phone = stand::phone(given)?;
    let services = phone.core().services();
    for _ in 0..times {
        for text in typed {
            let started = Instant::now();
            let view = services.list(text, "")?;
            let took = started.elapsed().as_nanos();
            std::hint::black_box(view);
            println!("{text} {took}");
        }
    }
    Ok(())
}

/// The first service that is open, as the first screen lists them.
fn first_open(phone: &HeadlessClient) -> anyhow::Result<String> {
    let view = phone.core().services().list("", "")?;
    let cards = view.groups.into_iter().flat_map(|group| group.services);
    cards.into_iter().find(|card| card.plus.is_some()).map(|card| card.id).context("no service is open")
}

fn member() -> SeedMember {
    SeedMember {
        kind: "active".to_owned(),
        ppr: MEMBER.to_owned(),
        cin: "AB123456".to_owned(),
        pension_number: None,
        emails: vec!["membre.essai@finances.test".to_owned()],
    }
}

fn next_line() -> anyhow::Result<String> {
    let mut line = String::new();
    std::io::stdin().lock().read_line(&mut line)?;
    Ok(line.trim_end().to_owned())
}

/// The most memory that this process ever held, as the kernel says.
fn peak_kilobytes() -> anyhow::Result<u64> {
    let status =
        fs::read_to_string(Path::new("/proc/self/status")).context("the kernel's word on this process")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).context("no VmHWM")?;
    line.split_whitespace().next().and_then(|number| number.parse().ok()).context("VmHWM is no number")
}

//! The peer: reqwest and rusqlite without the core. It sends the same requests over the same TLS, stores the same rows
//! with the same durability, and parses the same bytes into the same types.

use std::{fs, sync::Arc, time::Instant};

use altcha::SolveChallengeOptions;
use anyhow::{Context, bail};
use fos_bench_programs::Args;
use fos_support::seed::{MEMBER, PASSWORD};
use fos_wire::paths;
use reqwest::{Client, header::ETAG};
use rusqlite::{Connection, params};
use rustls::{
    ClientConfig, RootCertStore,
    crypto::ring,
    pki_types::{CertificateDer, pem::PemObject},
};
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Deserialize)]
struct Session {
    access_token: String,
    refresh_token: String,
    member: Value,
}

#[derive(Deserialize)]
struct Catalogue {
    services: Vec<Service>,
}

#[derive(Deserialize)]
struct Service {
    id: String,
    icon: String,
    title: LocalizedText,
    summary: LocalizedText,
    status: String,
    closes: Option<String>,
    paper: Option<Circular>,
}

#[derive(Deserialize)]
struct LocalizedText {
    ar: String,
    fr: String,
}

#[derive(Deserialize)]
struct Circular {
    number: String,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let args = Args::from_environment()?;
    match arguments.as_slice() {
        ["sign-in", times] => {
            for phone in args.new_phones(times.parse()?) {
                sign_in(&phone).await?;
            }
            Ok(())
        }
        ["sign-in-once"] => sign_in(&args).await,
        ["search", times, queries @ ..] => search(&args, times.parse()?, queries),
        other => bail!("unknown subcommand of fos-bench-bare: {other:?}"),
    }
}

/// Signs in, fetches the services, stores them and reads them back.
async fn sign_in(args: &Args) -> anyhow::Result<()> {
    let http = client(args)?;
    let database = database(args)?;
    let address = |path: &str| format!("{}{path}", args.portal);
    let challenge: Value = http.get(address(paths::CAPTCHA)).send().await?.json().await?;
    let solved = tokio::task::spawn_blocking(move || solve(&challenge)).await??;
    let body = json!({ "ppr": MEMBER, "password": PASSWORD, "captcha": solved, "device": "هاتف تجربة" });
    let response = http.post(address(paths::SESSIONS)).json(&body).send().await?.error_for_status()?;
    let session: Session = response.json().await?;
    store(&database, "access", session.access_token.as_bytes())?;
    store(&database, "refresh", session.refresh_token.as_bytes())?;
    store(&database, "member", session.member.to_string().as_bytes())?;
    let request = http.get(address(paths::SERVICES)).bearer_auth(&session.access_token);
    let response = request.send().await?.error_for_status()?;
    let etag = response.headers().get(ETAG).map(|etag| etag.as_bytes().to_vec()).unwrap_or_default();
    store(&database, "etag", &etag)?;
    store(&database, "services", &response.bytes().await?)?;
    let catalogue = catalogue(&database)?;
    store_search_rows(&database, &catalogue)?;
    anyhow::ensure!(catalogue.services.iter().any(|service| service.status == "open"), "no service is open");
    Ok(())
}

/// Solves the captcha with the `altcha` crate, on a thread that does not wait for the network.
fn solve(challenge: &Value) -> anyhow::Result<Value> {
    let parsed_challenge: altcha::Challenge = serde_json::from_value(challenge.clone())?;
    let solved = altcha::solve_challenge(SolveChallengeOptions::new(&parsed_challenge));
    let solution = solved.ok().flatten().context("the challenge has no solution")?;
    let solution = json!({ "counter": solution.counter, "derivedKey": solution.derived_key });
    Ok(json!({ "challenge": challenge, "solution": solution }))
}

fn client(args: &Args) -> anyhow::Result<Client> {
    let mut roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    if let Some(root) = &args.root {
        roots.add(CertificateDer::from_pem_file(root)?)?;
    }
    let mut tls = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()?
        .with_root_certificates(roots)
        .with_no_client_auth();
    tls.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(Client::builder().tls_backend_preconfigured(tls).no_proxy().build()?)
}

fn database(args: &Args) -> anyhow::Result<Connection> {
    fs::create_dir_all(&args.data)?;
    let database = Connection::open(args.data.join("bare.db"))?;
    database.pragma_update(None, "journal_mode", "WAL")?;
    database.pragma_update(None, "synchronous", "FULL")?;
    database.execute_batch(
        "CREATE TABLE IF NOT EXISTS stored (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;
         CREATE TABLE IF NOT EXISTS service (id TEXT PRIMARY KEY, icon TEXT, title TEXT, closes TEXT, words TEXT);",
    )?;
    Ok(database)
}

fn store(database: &Connection, name: &str, value: &[u8]) -> anyhow::Result<()> {
    let mut statement = database.prepare_cached("INSERT OR REPLACE INTO stored VALUES (?1, ?2)")?;
    statement.execute(params![name, value])?;
    Ok(())
}

fn catalogue(database: &Connection) -> anyhow::Result<Catalogue> {
    let body: Vec<u8> =
        database.query_row("SELECT value FROM stored WHERE name = 'services'", [], |row| row.get(0))?;
    Ok(serde_json::from_slice(&body)?)
}

/// Stores the rows that a search with LIKE reads.
fn store_search_rows(database: &Connection, catalogue: &Catalogue) -> anyhow::Result<()> {
    let transaction = database.unchecked_transaction()?;
    for service in &catalogue.services {
        let Service { title, summary, .. } = service;
        let number = service.paper.as_ref().map_or("", |paper| paper.number.as_str());
        let arguments = [&title.ar, &title.fr, &summary.ar, &summary.fr, number].join("\n");
        transaction
            .prepare_cached("INSERT OR REPLACE INTO service VALUES (?1, ?2, ?3, ?4, ?5)")?
            .execute(params![service.id, service.icon, title.ar, service.closes, arguments])?;
    }
    Ok(transaction.commit()?)
}

/// Runs one query for each keystroke, without folding letters or formatting a view.
fn search(args: &Args, times: usize, queries: &[&str]) -> anyhow::Result<()> {
    let database = database(args)?;
    for _ in 0..times {
        for query in queries {
            let started = Instant::now();
            let mut statement = database.prepare_cached(
                "SELECT id, icon, title, closes FROM service WHERE words LIKE '%' || ?1 || '%' ORDER BY closes",
            )?;
            let read =
                |row: &rusqlite::Row<'_>| -> rusqlite::Result<(String, String, String, Option<String>)> {
                    Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
                };
            let results = statement.query_map([query], read)?.collect::<Result<Vec<_>, _>>()?;
            let elapsed = started.elapsed().as_nanos();
            std::hint::black_box(results);
            println!("{query} {elapsed}");
        }
    }
    Ok(())
}

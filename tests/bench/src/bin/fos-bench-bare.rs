//! The peer: reqwest and rusqlite, and nothing of ours. The same requests over the same TLS, the same rows kept as
//! safely, the same bytes read back into the same shape.

use std::{fs, sync::Arc, time::Instant};

use altcha::SolveChallengeOptions;
use anyhow::{Context, bail};
use fos_bench::given::{Given, MEMBER, PASSWORD};
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
    title: Both,
    summary: Both,
    status: String,
    closes: Option<String>,
    paper: Option<Paper>,
}

#[derive(Deserialize)]
struct Both {
    ar: String,
    fr: String,
}

#[derive(Deserialize)]
struct Paper {
    number: String,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let given = Given::from_environment()?;
    match words.as_slice() {
        ["sign-in", times] => {
            for time in 0..times.parse()? {
                let data = given.data.join(format!("{time}"));
                sign_in(&Given { data, ..given.clone() }).await?;
            }
            Ok(())
        }
        ["settle"] => sign_in(&given).await,
        ["search", times, typed @ ..] => search(&given, times.parse()?, typed),
        other => bail!("fos-bench-bare does not know {other:?}"),
    }
}

/// Signs in, fetches the services, keeps them, reads them back.
async fn sign_in(given: &Given) -> anyhow::Result<()> {
    let http = client(given)?;
    let database = database(given)?;
    let address = |path: &str| format!("{}{path}", given.portal);
    let challenge: Value = http.get(address("/v1/captcha")).send().await?.json().await?;
    let solved = tokio::task::spawn_blocking(move || solve(&challenge)).await??;
    let body = json!({ "ppr": MEMBER, "password": PASSWORD, "captcha": solved, "device": "هاتف تجربة" });
    let answer = http.post(address("/v1/sessions")).json(&body).send().await?.error_for_status()?;
    let session: Session = answer.json().await?;
    keep(&database, "access", session.access_token.as_bytes())?;
    keep(&database, "refresh", session.refresh_token.as_bytes())?;
    keep(&database, "member", session.member.to_string().as_bytes())?;
    let asked = http.get(address("/v1/services")).bearer_auth(&session.access_token);
    let answer = asked.send().await?.error_for_status()?;
    let etag = answer.headers().get(ETAG).map(|etag| etag.as_bytes().to_vec()).unwrap_or_default();
    keep(&database, "etag", &etag)?;
    keep(&database, "services", &answer.bytes().await?)?;
    let read = catalogue(&database)?;
    keep_rows(&database, &read)?;
    anyhow::ensure!(read.services.iter().any(|service| service.status == "open"), "no service is open");
    Ok(())
}

/// The published loop of the robot check, by its own crate, off the thread that waits for the network.
fn solve(challenge: &Value) -> anyhow::Result<Value> {
    let theirs: altcha::Challenge = serde_json::from_value(challenge.clone())?;
    let solved = altcha::solve_challenge(SolveChallengeOptions::new(&theirs));
    let solution = solved.ok().flatten().context("the challenge has no solution")?;
    let solution = json!({ "counter": solution.counter, "derivedKey": solution.derived_key });
    Ok(json!({ "challenge": challenge, "solution": solution }))
}

fn client(given: &Given) -> anyhow::Result<Client> {
    let mut roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    if let Some(root) = &given.root {
        roots.add(CertificateDer::from_pem_file(root)?)?;
    }
    let mut tls = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()?
        .with_root_certificates(roots)
        .with_no_client_auth();
    tls.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(Client::builder().tls_backend_preconfigured(tls).no_proxy().build()?)
}

fn database(given: &Given) -> anyhow::Result<Connection> {
    fs::create_dir_all(&given.data)?;
    let database = Connection::open(given.data.join("bare.db"))?;
    database.pragma_update(None, "journal_mode", "WAL")?;
    database.pragma_update(None, "synchronous", "FULL")?;
    database.execute_batch(
        "CREATE TABLE IF NOT EXISTS kept (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID;
         CREATE TABLE IF NOT EXISTS service (id TEXT PRIMARY KEY, icon TEXT, title TEXT, closes TEXT, words TEXT);",
    )?;
    Ok(database)
}

fn keep(database: &Connection, name: &str, value: &[u8]) -> anyhow::Result<()> {
    let mut statement = database.prepare_cached("INSERT OR REPLACE INTO kept VALUES (?1, ?2)")?;
    statement.execute(params![name, value])?;
    Ok(())
}

fn catalogue(database: &Connection) -> anyhow::Result<Catalogue> {
    let body: Vec<u8> =
        database.query_row("SELECT value FROM kept WHERE name = 'services'", [], |row| row.get(0))?;
    Ok(serde_json::from_slice(&body)?)
}

/// The rows that a search with LIKE looks through.
fn keep_rows(database: &Connection, read: &Catalogue) -> anyhow::Result<()> {
    let writing = database.unchecked_transaction()?;
    for service in &read.services {
        let Service { title, summary, .. } = service;
        let number = service.paper.as_ref().map_or("", |paper| paper.number.as_str());
        let words = [&title.ar, &title.fr, &summary.ar, &summary.fr, number].join("\n");
        writing
            .prepare_cached("INSERT OR REPLACE INTO service VALUES (?1, ?2, ?3, ?4, ?5)")?
            .execute(params![service.id, service.icon, title.ar, service.closes, words])?;
    }
    Ok(writing.commit()?)
}

/// A keystroke after another, each a query: neither folded nor worded, as bare SQLite finds them.
fn search(given: &Given, times: usize, typed: &[&str]) -> anyhow::Result<()> {
    let database = database(given)?;
    for _ in 0..times {
        for text in typed {
            let started = Instant::now();
            let mut statement = database.prepare_cached(
                "SELECT id, icon, title, closes FROM service WHERE words LIKE '%' || ?1 || '%' ORDER BY closes",
            )?;
            let read =
                |row: &rusqlite::Row<'_>| -> rusqlite::Result<(String, String, String, Option<String>)> {
                    Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
                };
            let found = statement.query_map([text], read)?.collect::<Result<Vec<_>, _>>()?;
            let took = started.elapsed().as_nanos();
            std::hint::black_box(found);
            println!("{text} {took}");
        }
    }
    Ok(())
}

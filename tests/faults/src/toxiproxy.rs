//! The real proxy on the way to the portal, and what can be put into it. It is Shopify's toxiproxy, in a process of its
//! own, told over its HTTP API on loopback.

use std::{net::SocketAddr, path::Path, process::Stdio, time::Duration};

use anyhow::{Context, bail, ensure};
use serde_json::{Value, json};
use tokio::{
    net::TcpListener,
    process::{Child, Command},
    time::{Instant, sleep},
};

use crate::web;

/// How long it may take to start, or to count what has passed.
const PATIENCE: Duration = Duration::from_secs(20);
/// How often it is asked.
const LOOK: Duration = Duration::from_millis(5);

/// A running toxiproxy. Letting go of it ends it.
#[derive(Debug)]
pub struct Toxiproxy {
    api: String,
    http: reqwest::Client,
    _process: Child,
}

impl Toxiproxy {
    /// Starts the program on a free port.
    ///
    /// # Errors
    /// When it does not start.
    pub async fn start(program: &Path) -> anyhow::Result<Self> {
        let port = free_port().await?;
        let process = Command::new(program)
            .args(["-host", "127.0.0.1", "-port", &port.to_string(), "-proxy-metrics"])
            .env("LOG_LEVEL", "fatal")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .with_context(|| format!("starting {}", program.display()))?;
        let started =
            Self { api: format!("http://127.0.0.1:{port}"), http: web::client(), _process: process };
        let begun = Instant::now();
        while started.http.get(format!("{}/version", started.api)).send().await.is_err() {
            ensure!(begun.elapsed() < PATIENCE, "toxiproxy does not answer");
            sleep(LOOK).await;
        }
        Ok(started)
    }

    /// Opens a line to `upstream` under a name that is used once.
    ///
    /// # Errors
    /// When it refuses.
    pub async fn line(&self, name: &str, upstream: SocketAddr) -> anyhow::Result<Line> {
        let body = json!({ "name": name, "listen": "127.0.0.1:0", "upstream": upstream.to_string() });
        let told = post(&self.http, &format!("{}/proxies", self.api), &body).await?;
        let listen = told["listen"].as_str().context("toxiproxy names no port")?.parse()?;
        Ok(Line { api: self.api.clone(), http: self.http.clone(), name: name.to_owned(), listen })
    }
}

async fn free_port() -> anyhow::Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0").await?.local_addr()?.port())
}

async fn post(http: &reqwest::Client, url: &str, body: &Value) -> anyhow::Result<Value> {
    let answer = http.post(url).json(body).send().await.context("asking toxiproxy")?;
    let (status, text) = (answer.status(), answer.text().await?);
    if !status.is_success() {
        bail!("toxiproxy: {status} {text}");
    }
    Ok(serde_json::from_str(&text)?)
}

/// What is put into a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Toxic {
    /// Answers come so many milliseconds late.
    Latency(u32),
    /// Answers come at so many kilobytes a second.
    Bandwidth(u32),
    /// Answers come in pieces of about so many bytes.
    Slicer(u32),
    /// The connection is reset.
    ResetPeer,
    /// Nothing passes any more, and after so many milliseconds the connection is closed.
    Timeout(u32),
    /// After so many bytes of an answer the connection is closed.
    AnswerCut(u32),
    /// After so many bytes of what the phone sends the connection is closed.
    AskingCut(u32),
}

impl Toxic {
    fn told(self) -> Value {
        let (kind, stream, attributes) = match self {
            Self::Latency(ms) => ("latency", "downstream", json!({ "latency": ms })),
            Self::Bandwidth(rate) => ("bandwidth", "downstream", json!({ "rate": rate })),
            Self::Slicer(bytes) => (
                "slicer",
                "downstream",
                json!({ "average_size": bytes, "size_variation": bytes / 2, "delay": 200 }),
            ),
            Self::ResetPeer => ("reset_peer", "downstream", json!({ "timeout": 0 })),
            Self::Timeout(ms) => ("timeout", "downstream", json!({ "timeout": ms })),
            Self::AnswerCut(bytes) => ("limit_data", "downstream", json!({ "bytes": bytes })),
            Self::AskingCut(bytes) => ("limit_data", "upstream", json!({ "bytes": bytes })),
        };
        json!({ "type": kind, "stream": stream, "attributes": attributes })
    }
}

/// One line through it, from a phone to what stands before the portal.
#[derive(Debug, Clone)]
pub struct Line {
    api: String,
    http: reqwest::Client,
    name: String,
    listen: SocketAddr,
}

impl Line {
    /// Where the phone finds it.
    pub fn address(&self) -> SocketAddr {
        self.listen
    }

    fn url(&self) -> String {
        format!("{}/proxies/{}", self.api, self.name)
    }

    /// Puts something into it. What is under way on it is met by it too.
    ///
    /// # Errors
    /// When toxiproxy refuses.
    pub async fn put(&self, toxic: Toxic) -> anyhow::Result<()> {
        post(&self.http, &format!("{}/toxics", self.url()), &toxic.told()).await.map(|_| ())
    }

    /// Down: whatever is under way is cut, and nobody gets through.
    ///
    /// # Errors
    /// When toxiproxy refuses.
    pub async fn down(&self) -> anyhow::Result<()> {
        self.enabled(false).await
    }

    /// As if nothing had been: up, and nothing in it.
    ///
    /// # Errors
    /// When toxiproxy refuses.
    pub async fn mend(&self) -> anyhow::Result<()> {
        let toxics = self.http.get(format!("{}/toxics", self.url())).send().await?.text().await?;
        let toxics: Vec<Value> = serde_json::from_str(&toxics)?;
        for toxic in toxics.iter().filter_map(|toxic| toxic["name"].as_str()) {
            self.http.delete(format!("{}/toxics/{toxic}", self.url())).send().await?;
        }
        self.enabled(true).await
    }

    async fn enabled(&self, enabled: bool) -> anyhow::Result<()> {
        // Its port is its own for as long as it lives: without naming it, another would be drawn.
        let body = json!({ "enabled": enabled, "listen": self.listen.to_string() });
        post(&self.http, &self.url(), &body).await.map(|_| ())
    }

    /// How many bytes of answers it has handed to the phone, on connections that have ended well.
    ///
    /// # Errors
    /// When toxiproxy does not say.
    pub async fn handed_over(&self) -> anyhow::Result<u64> {
        let text = self.http.get(format!("{}/metrics", self.api)).send().await?.text().await?;
        let ours = format!("proxy=\"{}\"", self.name);
        let line = text.lines().find(|line| {
            line.starts_with("toxiproxy_proxy_sent_bytes_total")
                && line.contains("direction=\"downstream\"")
                && line.contains(&ours)
        });
        // It counts in floats. One that nothing has passed yet is not named.
        line.map_or(Ok(0), |line| bytes(line).with_context(|| format!("reading «{line}»")))
    }

    /// Waits until it has handed over so much. False when it does not.
    ///
    /// # Errors
    /// When toxiproxy does not say.
    pub async fn hands_over(&self, bytes: u64) -> anyhow::Result<bool> {
        let begun = Instant::now();
        while self.handed_over().await? < bytes {
            if begun.elapsed() > PATIENCE {
                return Ok(false);
            }
            sleep(LOOK).await;
        }
        Ok(true)
    }

    /// Takes it away.
    ///
    /// # Errors
    /// When toxiproxy does not answer.
    pub async fn close(&self) -> anyhow::Result<()> {
        self.http.delete(self.url()).send().await?;
        Ok(())
    }
}

/// `name{labels} 1.234e+06` → 1 234 000.
fn bytes(line: &str) -> Option<u64> {
    let text = line.rsplit(' ').next()?;
    let Some((digits, exponent)) = text.split_once("e+") else { return text.parse().ok() };
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let zeros = exponent.parse::<usize>().ok()?.checked_sub(part.len())?;
    format!("{whole}{part}{}", "0".repeat(zeros)).parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_count_is_read_however_it_is_written() {
        assert_eq!(bytes("sent{proxy=\"a b\"} 1024"), Some(1024));
        assert_eq!(bytes("sent{proxy=\"a\"} 1.234567e+06"), Some(1_234_567));
        assert_eq!(bytes("sent{proxy=\"a\"} 2e+06"), Some(2_000_000));
        assert_eq!(bytes("sent{proxy=\"a\"} soon"), None);
    }
}

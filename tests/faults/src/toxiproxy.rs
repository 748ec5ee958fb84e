//! Client of Shopify's toxiproxy, which runs as a process of its own and is controlled over its HTTP API on loopback.

use std::{net::SocketAddr, path::Path, process::Stdio, time::Duration};

use anyhow::{Context, bail, ensure};
use serde_json::{Value, json};
use tokio::{
    net::TcpListener,
    process::{Child, Command},
    time::{Instant, sleep},
};

use crate::http;

/// Longest wait for its start, or for bytes to be delivered.
const TIMEOUT: Duration = Duration::from_secs(20);
/// Pause between two polls.
const POLL_INTERVAL: Duration = Duration::from_millis(5);

/// Running toxiproxy. Dropping it ends the process.
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
    /// If it does not start.
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
            Self { api: format!("http://127.0.0.1:{port}"), http: http::client(), _process: process };
        let started_at = Instant::now();
        while started.http.get(format!("{}/version", started.api)).send().await.is_err() {
            ensure!(started_at.elapsed() < TIMEOUT, "toxiproxy does not respond");
            sleep(POLL_INTERVAL).await;
        }
        Ok(started)
    }

    /// Creates a proxy to `upstream` under a unique name.
    ///
    /// # Errors
    /// If toxiproxy refuses.
    pub async fn create_proxy(&self, name: &str, upstream: SocketAddr) -> anyhow::Result<Proxy> {
        let body = json!({ "name": name, "listen": "127.0.0.1:0", "upstream": upstream.to_string() });
        let created = post(&self.http, &format!("{}/proxies", self.api), &body).await?;
        let listen = created["listen"].as_str().context("toxiproxy returned no port")?.parse()?;
        Ok(Proxy { api: self.api.clone(), http: self.http.clone(), name: name.to_owned(), listen })
    }
}

async fn free_port() -> anyhow::Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0").await?.local_addr()?.port())
}

async fn post(http: &reqwest::Client, url: &str, body: &Value) -> anyhow::Result<Value> {
    let response = http.post(url).json(body).send().await.context("calling toxiproxy")?;
    let (status, text) = (response.status(), response.text().await?);
    if !status.is_success() {
        bail!("toxiproxy: {status} {text}");
    }
    Ok(serde_json::from_str(&text)?)
}

/// Toxic that can be added to a proxy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Toxic {
    /// Delays responses by this many milliseconds.
    Latency(u32),
    /// Limits responses to this many kilobytes a second.
    Bandwidth(u32),
    /// Slices responses into pieces of about this many bytes.
    Slicer(u32),
    /// Resets the connection.
    ResetPeer,
    /// Delivers nothing, and closes the connection after this many milliseconds.
    Timeout(u32),
    /// Closes the connection after this many bytes of a response.
    LimitResponse(u32),
    /// Closes the connection after this many bytes of a request.
    LimitRequest(u32),
}

impl Toxic {
    fn to_json(self) -> Value {
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
            Self::LimitResponse(bytes) => ("limit_data", "downstream", json!({ "bytes": bytes })),
            Self::LimitRequest(bytes) => ("limit_data", "upstream", json!({ "bytes": bytes })),
        };
        json!({ "type": kind, "stream": stream, "attributes": attributes })
    }
}

/// Proxy between the phone and the intercepting proxy.
#[derive(Debug, Clone)]
pub struct Proxy {
    api: String,
    http: reqwest::Client,
    name: String,
    listen: SocketAddr,
}

impl Proxy {
    /// Returns the address that the phone connects to.
    pub fn address(&self) -> SocketAddr {
        self.listen
    }

    fn url(&self) -> String {
        format!("{}/proxies/{}", self.api, self.name)
    }

    /// Adds a toxic. It affects connections in use, too.
    ///
    /// # Errors
    /// If toxiproxy refuses.
    pub async fn add_toxic(&self, toxic: Toxic) -> anyhow::Result<()> {
        post(&self.http, &format!("{}/toxics", self.url()), &toxic.to_json()).await.map(|_| ())
    }

    /// Closes all connections and refuses new ones.
    ///
    /// # Errors
    /// If toxiproxy refuses.
    pub async fn disable(&self) -> anyhow::Result<()> {
        self.set_enabled(false).await
    }

    /// Removes all toxics and accepts connections again.
    ///
    /// # Errors
    /// If toxiproxy refuses.
    pub async fn restore(&self) -> anyhow::Result<()> {
        let toxics = self.http.get(format!("{}/toxics", self.url())).send().await?.text().await?;
        let toxics: Vec<Value> = serde_json::from_str(&toxics)?;
        for toxic in toxics.iter().filter_map(|toxic| toxic["name"].as_str()) {
            self.http.delete(format!("{}/toxics/{toxic}", self.url())).send().await?;
        }
        self.set_enabled(true).await
    }

    async fn set_enabled(&self, enabled: bool) -> anyhow::Result<()> {
        // Without its address toxiproxy would pick another port.
        let body = json!({ "enabled": enabled, "listen": self.listen.to_string() });
        post(&self.http, &self.url(), &body).await.map(|_| ())
    }

    /// Returns the bytes of responses delivered to the phone, over connections that have been closed.
    ///
    /// # Errors
    /// If toxiproxy does not report them.
    pub async fn delivered_bytes(&self) -> anyhow::Result<u64> {
        let text = self.http.get(format!("{}/metrics", self.api)).send().await?.text().await?;
        let label = format!("proxy=\"{}\"", self.name);
        let line = text.lines().find(|line| {
            line.starts_with("toxiproxy_proxy_sent_bytes_total")
                && line.contains("direction=\"downstream\"")
                && line.contains(&label)
        });
        // The count is a float. Before its first connection a proxy has no line.
        line.map_or(Ok(0), |line| parse_count(line).with_context(|| format!("reading «{line}»")))
    }

    /// Waits until this many bytes were delivered; returns false on a timeout.
    ///
    /// # Errors
    /// If toxiproxy does not report them.
    pub async fn wait_until_delivered(&self, bytes: u64) -> anyhow::Result<bool> {
        let started_at = Instant::now();
        while self.delivered_bytes().await? < bytes {
            if started_at.elapsed() > TIMEOUT {
                return Ok(false);
            }
            sleep(POLL_INTERVAL).await;
        }
        Ok(true)
    }

    /// Deletes the proxy.
    ///
    /// # Errors
    /// If toxiproxy does not respond.
    pub async fn delete(&self) -> anyhow::Result<()> {
        self.http.delete(self.url()).send().await?;
        Ok(())
    }
}

/// Parses the count in `name{labels} 1.234e+06` as 1 234 000.
fn parse_count(line: &str) -> Option<u64> {
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
    fn counts_are_parsed_in_plain_and_exponent_notation() {
        assert_eq!(parse_count("sent{proxy=\"a b\"} 1024"), Some(1024));
        assert_eq!(parse_count("sent{proxy=\"a\"} 1.234567e+06"), Some(1_234_567));
        assert_eq!(parse_count("sent{proxy=\"a\"} 2e+06"), Some(2_000_000));
        assert_eq!(parse_count("sent{proxy=\"a\"} soon"), None);
    }
}

//! What surrounds a face: a portal of its own, the portal's clock, and the mail that it sends.

use std::{sync::Arc, time::Duration};

use anyhow::{Context, bail, ensure};
use fos_portal::{
    Portal, PortalConfig, SettableClock,
    mailbox::{Mail, Mailbox},
};
use serde_json::json;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// How long a mail may take from its cause to the mailbox, on a slow machine.
const MAIL: Duration = Duration::from_secs(20);

/// When every journey begins: the statuses of the services, written in dates, are the same each time.
const BEGINNING: &str = "2026-11-24T09:00:00Z";

/// The member whose letter proves that no other was sent before it: the portal's seed names them.
const WITNESS: &str = "retraite.essai@mail.test";

/// A portal and a mailbox that only one journey uses.
pub struct World {
    portal: Portal,
    mailbox: Mailbox,
    folder: tempfile::TempDir,
}

impl World {
    /// Starts both, empty.
    ///
    /// # Errors
    /// When they cannot be started.
    pub async fn begin() -> anyhow::Result<Self> {
        let folder = tempfile::tempdir().context("making the journey's folder")?;
        let mailbox = Mailbox::start().await.context("starting the mailbox")?;
        let mut config = PortalConfig::for_tests(folder.path().join("portal"), mailbox.addr());
        config.clock = Arc::new(SettableClock::new(BEGINNING.parse().context("the beginning")?));
        let portal = Portal::start(config).await.context("starting the portal")?;
        Ok(Self { portal, mailbox, folder })
    }

    /// The portal's address.
    pub fn portal(&self) -> String {
        self.portal.url()
    }

    /// The folder of this journey.
    pub fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }

    /// The next mail, whoever it is for.
    ///
    /// # Errors
    /// When none comes.
    pub async fn next_mail(&self) -> anyhow::Result<Mail> {
        self.mailbox.next(MAIL).await.with_context(|| format!("no mail within {} s", MAIL.as_secs()))
    }

    /// The password that the next mail brings to this address.
    ///
    /// # Errors
    /// When none comes, it goes to somebody else, or it has no password.
    pub async fn password_for(&self, address: &str) -> anyhow::Result<String> {
        let mail = self.next_mail().await?;
        ensure!(mail.to == [address], "the mail went to {}", mail.to.join(", "));
        mail.password().context("the mail has no line that is a password")
    }

    /// Proves that nothing was sent, without waiting for what does not come: the portal's letters leave in order, so
    /// another member asks for a password, and theirs is the first to arrive.
    ///
    /// # Errors
    /// When a mail to somebody else comes first.
    pub async fn no_mail(&self) -> anyhow::Result<()> {
        let answer = self.witness_asks().await.context("asking the portal")?;
        ensure!(answer.starts_with("HTTP/1.1 202"), "the portal answered the witness: {answer}");
        let mail = self.next_mail().await.context("the witness's own mail")?;
        if mail.to != [WITNESS] {
            bail!("a mail was sent to {}", mail.to.join(", "));
        }
        Ok(())
    }

    /// One request by hand: a client's whole weight would be carried for it.
    async fn witness_asks(&self) -> anyhow::Result<String> {
        let body = json!({
            "kind": "retired", "ppr": "0345678", "cin": "J345678", "email": WITNESS, "pension_number": "88/4521",
        })
        .to_string();
        let portal = self.portal();
        let host = portal.trim_start_matches("http://");
        let mut stream = TcpStream::connect(host).await?;
        let request = format!(
            "POST /v1/password-requests HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\n\
             Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
            body.len()
        );
        stream.write_all(request.as_bytes()).await?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await?;
        Ok(answer)
    }

    /// Stops the portal in good order.
    pub async fn end(self) {
        self.portal.stop().await;
    }
}

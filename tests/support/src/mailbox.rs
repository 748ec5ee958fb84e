//! SMTP server on loopback that stores what it receives, for tests and demonstrations.

use std::{
    io,
    net::{IpAddr, SocketAddr},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use anyhow::{Context, ensure};
use mail_parser::MessageParser;
use mailin::{Action, Handler, Response, SessionBuilder, response};
use tokio::{
    io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader},
    net::{TcpListener, TcpStream},
    sync::Notify,
    task::{JoinHandle, JoinSet},
};

/// Received email.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// Sender of the envelope.
    pub from: String,
    /// Recipients of the envelope.
    pub to: Vec<String>,
    /// Subject, decoded.
    pub subject: String,
    /// Plain text part, decoded.
    pub text: String,
    /// HTML part, decoded.
    pub html: String,
    /// Raw message.
    pub raw: Vec<u8>,
}

impl Mail {
    fn parse(from: String, to: Vec<String>, raw: Vec<u8>) -> Self {
        let parsed = MessageParser::default().parse(&raw);
        let parsed = parsed.as_ref();
        let subject = parsed.and_then(|mail| mail.subject()).unwrap_or_default().to_owned();
        let text = parsed.and_then(|mail| mail.body_text(0)).unwrap_or_default().into_owned();
        let html = parsed.and_then(|mail| mail.body_html(0)).unwrap_or_default().into_owned();
        Self { from, to, subject, text, html, raw }
    }

    /// Returns true for a notice about the account: a password was set, or a new device signed in.
    pub fn is_account_notice(&self) -> bool {
        self.subject.contains("Sécurité de votre compte")
    }

    /// Returns the password that the email carries: the line that consists of letters, digits and hyphens alone.
    pub fn password(&self) -> Option<String> {
        let is_password = |line: &&str| {
            line.len() >= 12
                && line.contains(|c: char| c.is_ascii_alphanumeric())
                && line.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
        };
        self.text.lines().map(str::trim).find(is_password).map(str::to_owned)
    }
}

#[derive(Default)]
struct MailboxState {
    mails: Vec<Mail>,
    read: usize,
}

#[derive(Default)]
struct SharedMailbox {
    state: Mutex<MailboxState>,
    arrived: Notify,
}

impl SharedMailbox {
    fn with<T>(&self, work: impl FnOnce(&mut MailboxState) -> T) -> T {
        work(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn take(&self) -> Option<Mail> {
        self.with(|state| {
            let mail = state.mails.get(state.read).cloned()?;
            state.read += 1;
            Some(mail)
        })
    }
}

/// Handle to the SMTP server, which stops when this is dropped.
pub struct Mailbox {
    addr: SocketAddr,
    inbox: Arc<SharedMailbox>,
    listening: JoinHandle<()>,
}

impl Mailbox {
    /// Listens on a free port of loopback.
    ///
    /// # Errors
    /// Fails when no port is available.
    pub async fn start() -> io::Result<Self> {
        Self::start_at(SocketAddr::from(([127, 0, 0, 1], 0))).await
    }

    /// Listens on `addr`, to replace a server that has stopped.
    ///
    /// # Errors
    /// Fails when the port is taken.
    pub async fn start_at(addr: SocketAddr) -> io::Result<Self> {
        let listener = TcpListener::bind(addr).await?;
        let addr = listener.local_addr()?;
        let inbox = Arc::new(SharedMailbox::default());
        let listening = tokio::spawn(listen(listener, Arc::clone(&inbox)));
        Ok(Self { addr, inbox, listening })
    }

    /// Address of the server.
    pub fn addr(&self) -> SocketAddr {
        self.addr
    }

    /// Returns all received emails, oldest first, read or not.
    pub fn messages(&self) -> Vec<Mail> {
        self.inbox.with(|state| state.mails.clone())
    }

    /// Returns the oldest unread email, waiting for it up to `deadline`.
    pub async fn next(&self, deadline: Duration) -> Option<Mail> {
        let waiting = async {
            loop {
                let arrived = self.inbox.arrived.notified();
                if let Some(mail) = self.inbox.take() {
                    return mail;
                }
                arrived.await;
            }
        };
        tokio::time::timeout(deadline, waiting).await.ok()
    }

    /// Returns the oldest unread email that is no notice about the account, waiting for it up to `deadline`. Notices before
    /// it count as read: they follow on what members do, and arrive at any time after it.
    pub async fn next_beside_notices(&self, deadline: Duration) -> Option<Mail> {
        loop {
            let mail = self.next(deadline).await?;
            if !mail.is_account_notice() {
                return Some(mail);
            }
        }
    }

    /// Returns the password in the oldest unread email that is no notice, waiting for it up to `deadline`.
    ///
    /// # Errors
    /// Fails when no email arrives in time, it is for another address, or it carries no password.
    pub async fn next_password_for(&self, address: &str, deadline: Duration) -> anyhow::Result<String> {
        let mail = self.next_beside_notices(deadline).await;
        let mail = mail.with_context(|| format!("no mail within {} s", deadline.as_secs()))?;
        ensure!(mail.to == [address], "the mail went to {}", mail.to.join(", "));
        mail.password().context("the mail contains no password")
    }
}

impl Drop for Mailbox {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

async fn listen(listener: TcpListener, inbox: Arc<SharedMailbox>) {
    // Dropped with this task, and every connection with it.
    let mut connections = JoinSet::new();
    while let Ok((stream, peer)) = listener.accept().await {
        let inbox = Arc::clone(&inbox);
        connections.spawn(async move {
            // The sender notices a broken connection and tries again.
            let _ = serve_connection(stream, peer.ip(), inbox).await;
        });
        while connections.try_join_next().is_some() {}
    }
}

async fn serve_connection(stream: TcpStream, peer: IpAddr, inbox: Arc<SharedMailbox>) -> io::Result<()> {
    let mut stream = BufReader::new(stream);
    let writer = SmtpHandler { inbox, from: String::new(), to: Vec::new(), raw: Vec::new() };
    let mut session = SessionBuilder::new("mailbox.test").build(peer, writer);
    stream.write_all(&session.greeting().buffer()?).await?;
    let mut line = Vec::new();
    while stream.read_until(b'\n', &mut line).await? > 0 {
        let response = session.process(&line);
        line.clear();
        if response.action != Action::NoReply {
            stream.write_all(&response.buffer()?).await?;
        }
        if response.action == Action::Close {
            break;
        }
    }
    Ok(())
}

struct SmtpHandler {
    inbox: Arc<SharedMailbox>,
    from: String,
    to: Vec<String>,
    raw: Vec<u8>,
}

impl Handler for SmtpHandler {
    fn data_start(&mut self, _domain: &str, from: &str, _is8bit: bool, to: &[String]) -> Response {
        from.clone_into(&mut self.from);
        self.to = to.to_vec();
        self.raw.clear();
        response::OK
    }

    fn data(&mut self, buf: &[u8]) -> io::Result<()> {
        self.raw.extend_from_slice(buf);
        Ok(())
    }

    fn data_end(&mut self) -> Response {
        let mail = Mail::parse(
            std::mem::take(&mut self.from),
            std::mem::take(&mut self.to),
            std::mem::take(&mut self.raw),
        );
        self.inbox.with(|state| state.mails.push(mail));
        self.inbox.arrived.notify_waiters();
        response::OK
    }
}

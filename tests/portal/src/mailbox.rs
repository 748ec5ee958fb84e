//! A mail server for loopback that keeps what it is given: where tests and demonstrations read members' mail.

use std::{
    io,
    net::{IpAddr, SocketAddr},
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use mail_parser::MessageParser;
use mailin::{Action, Handler, Response, SessionBuilder, response};
use tokio::{
    io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader},
    net::{TcpListener, TcpStream},
    sync::Notify,
    task::{JoinHandle, JoinSet},
};

/// A mail that arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// The envelope's sender.
    pub from: String,
    /// The envelope's recipients.
    pub to: Vec<String>,
    /// The subject, decoded.
    pub subject: String,
    /// The plain text part, decoded.
    pub text: String,
    /// The HTML part, decoded.
    pub html: String,
    /// The whole mail as it came.
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

    /// The password the mail carries: the line of letters, digits and hyphens that stands alone.
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
struct Kept {
    mails: Vec<Mail>,
    read: usize,
}

#[derive(Default)]
struct Inbox {
    kept: Mutex<Kept>,
    arrived: Notify,
}

impl Inbox {
    fn with<T>(&self, work: impl FnOnce(&mut Kept) -> T) -> T {
        work(&mut self.kept.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn take(&self) -> Option<Mail> {
        self.with(|kept| {
            let mail = kept.mails.get(kept.read).cloned()?;
            kept.read += 1;
            Some(mail)
        })
    }
}

/// The mail server; it stops when it is dropped.
pub struct Mailbox {
    addr: SocketAddr,
    inbox: Arc<Inbox>,
    listening: JoinHandle<()>,
}

impl Mailbox {
    /// Listens on a free port of loopback.
    ///
    /// # Errors
    /// When no port can be had.
    pub async fn start() -> io::Result<Self> {
        Self::start_at(SocketAddr::from(([127, 0, 0, 1], 0))).await
    }

    /// Listens on `addr`: where a mail server was, and comes back.
    ///
    /// # Errors
    /// When the port is taken.
    pub async fn start_at(addr: SocketAddr) -> io::Result<Self> {
        let listener = TcpListener::bind(addr).await?;
        let addr = listener.local_addr()?;
        let inbox = Arc::new(Inbox::default());
        let listening = tokio::spawn(listen(listener, Arc::clone(&inbox)));
        Ok(Self { addr, inbox, listening })
    }

    /// Where it listens.
    pub fn addr(&self) -> SocketAddr {
        self.addr
    }

    /// All mail that arrived, the oldest first, read or not.
    pub fn messages(&self) -> Vec<Mail> {
        self.inbox.with(|kept| kept.mails.clone())
    }

    /// Takes the oldest unread mail, waiting for it up to `deadline`.
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
}

impl Drop for Mailbox {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

async fn listen(listener: TcpListener, inbox: Arc<Inbox>) {
    // Dropped with this task, and every conversation with it.
    let mut conversations = JoinSet::new();
    while let Ok((stream, peer)) = listener.accept().await {
        let inbox = Arc::clone(&inbox);
        conversations.spawn(async move {
            // A line cut in the middle of a mail is the sender's to notice and to try again.
            let _ = converse(stream, peer.ip(), inbox).await;
        });
        while conversations.try_join_next().is_some() {}
    }
}

async fn converse(stream: TcpStream, peer: IpAddr, inbox: Arc<Inbox>) -> io::Result<()> {
    let mut stream = BufReader::new(stream);
    let writer = Writer { inbox, from: String::new(), to: Vec::new(), raw: Vec::new() };
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

struct Writer {
    inbox: Arc<Inbox>,
    from: String,
    to: Vec<String>,
    raw: Vec<u8>,
}

impl Handler for Writer {
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
        self.inbox.with(|kept| kept.mails.push(mail));
        self.inbox.arrived.notify_waiters();
        response::OK
    }
}

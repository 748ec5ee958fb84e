//! The email that carries the password (guide step 4).

use fos_portal::SmtpServer;
use fos_support::{
    mailbox::Mailbox,
    seed::{COLLEAGUE, MEMBER},
};
use tokio::{
    io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader},
    net::{TcpListener, TcpStream},
};

use crate::support::{PortalFixture, password_request_of};

#[tokio::test]
async fn the_password_email_is_in_both_languages() {
    let fixture = PortalFixture::new().await;
    fixture.request_password(&password_request_of(MEMBER)).await.expect(202);
    let mail = fixture.mail().await;
    let password = mail.password().unwrap();
    assert_eq!(mail.from, "ne-pas-repondre@fos.test");
    assert!(mail.subject.contains("كلمة السر") && mail.subject.contains("Mot de passe"));
    for body in [&mail.text, &mail.html] {
        assert!(body.contains("السلام عليكم") && body.contains("Bonjour"), "{body}");
        assert!(body.contains(&password));
    }
    assert!(mail.text.lines().any(|line| line.trim_end_matches('\r') == password));
    assert!(mail.html.contains("dir=\"rtl\""));
}

#[tokio::test]
async fn the_password_email_has_the_standard_headers() {
    let fixture = PortalFixture::new().await;
    fixture.request_password(&password_request_of(MEMBER)).await.expect(202);
    let raw = String::from_utf8(fixture.mail().await.raw).unwrap();
    let headers = raw.split("\r\n\r\n").next().unwrap();
    for line in
        ["Auto-Submitted: auto-generated", "Date: Tue, 24 Nov 2026 09:00:00 +0000", "MIME-Version: 1.0"]
    {
        assert!(headers.contains(line), "{line} in {headers}");
    }
    assert!(headers.contains("Message-ID: <") && headers.contains("@fos.test>\r\n"), "{headers}");
    assert!(headers.contains("Subject: =?utf-8?") && headers.contains("multipart/alternative"), "{headers}");
}

#[tokio::test]
async fn a_queued_email_survives_a_restart() {
    let fixture = PortalFixture::new().await;
    // A server that hangs up at once: when it is called, the email is in the queue.
    let unreachable_server = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let addr = unreachable_server.local_addr().unwrap();
    let mut config = fixture.config.clone();
    config.smtp = addr.into();
    let fixture = fixture.restart_as(config.clone()).await;
    fixture.request_password(&password_request_of(MEMBER)).await.expect(202);
    drop(unreachable_server.accept().await.unwrap());
    let stored = fixture.stored_bytes();
    drop(unreachable_server);

    let mailbox = Mailbox::start_at(addr).await.unwrap();
    let mut fixture = fixture.restart_as(config).await;
    fixture.mailbox = mailbox;
    let password = fixture.mail().await.password().unwrap();
    fixture.session(MEMBER, &password).await;
    let is_readable = stored.windows(password.len()).any(|bytes| bytes == password.as_bytes());
    assert!(!is_readable, "a queued email discloses its password on disk");
}

#[tokio::test]
async fn an_expired_email_is_not_sent() {
    let fixture = PortalFixture::new().await;
    let (fixture, outage) = fixture.without_mail_server().await;
    fixture.request_password(&password_request_of(MEMBER)).await.expect(202);
    outage.wait_for_call().await;
    fixture.advance_clock(24 * 60 * 60);
    let fixture = fixture.restart_as(outage.end()).await;
    fixture.mailed_password(COLLEAGUE).await;
}

/// Acts as an SMTP server that rejects the first recipient with 550. Returns the line that named the recipient.
async fn reject_recipient(stream: TcpStream) -> String {
    let mut stream = BufReader::new(stream);
    stream.write_all(b"220 mail.test\r\n").await.unwrap();
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).await.unwrap();
        if line.starts_with("RCPT") {
            stream.write_all(b"550 5.1.1 no such mailbox\r\n").await.unwrap();
            return line;
        }
        stream.write_all(b"250 ok\r\n").await.unwrap();
    }
}

#[tokio::test]
async fn a_permanently_rejected_email_does_not_block_the_next() {
    let fixture = PortalFixture::new().await;
    let server = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let mut config = fixture.config.clone();
    config.smtp = server.local_addr().unwrap().into();
    let fixture = fixture.restart_as(config).await;
    for ppr in [MEMBER, COLLEAGUE] {
        let request = password_request_of(ppr);
        fixture.request_password(&request).await.expect(202);
        let recipient = reject_recipient(server.accept().await.unwrap().0).await;
        assert!(recipient.contains(request["email"].as_str().unwrap()), "{recipient}");
    }
}

/// Acts as an SMTP server that answers with `reply` where it would accept the line beginning with `at`; an empty one is
/// the greeting. The connection is closed after that.
async fn refuse_at(stream: TcpStream, at: &str, reply: &str) {
    let mut stream = BufReader::new(stream);
    let reply = format!("{reply}\r\n");
    if at.is_empty() {
        stream.write_all(reply.as_bytes()).await.unwrap();
        return;
    }
    stream.write_all(b"220 mail.test\r\n").await.unwrap();
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).await.unwrap();
        if line.starts_with(at) {
            stream.write_all(reply.as_bytes()).await.unwrap();
            return;
        }
        let accepted = if line.starts_with("DATA") { "354 go\r\n" } else { "250 ok\r\n" };
        stream.write_all(accepted.as_bytes()).await.unwrap();
    }
}

#[tokio::test]
async fn a_refusal_about_the_server_keeps_the_email() {
    for (at, reply) in [
        ("", "554 no service for an hour"),
        ("EHLO", "550 not you"),
        ("MAIL", "550 5.7.1 sender refused"),
        ("MAIL", "550 5.1.8 bad sender"),
        ("RCPT", "550 5.7.1 relaying denied"),
        ("RCPT", "554 5.2.2 mailbox full"),
        ("DATA", "554 5.3.0 try another day"),
    ] {
        let fixture = PortalFixture::new().await;
        let server = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let mut config = fixture.config.clone();
        let mailbox = std::mem::replace(&mut config.smtp, server.local_addr().unwrap().into());
        let fixture = fixture.restart_as(config.clone()).await;
        fixture.request_password(&password_request_of(MEMBER)).await.expect(202);
        refuse_at(server.accept().await.unwrap().0, at, reply).await;
        config.smtp = mailbox;
        let fixture = fixture.restart_as(config).await;
        let password = fixture.mail().await.password().unwrap();
        fixture.session(MEMBER, &password).await;
    }
}

#[tokio::test]
async fn starttls_is_used_when_asked_for() {
    let fixture = PortalFixture::new().await;
    let server = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let mut config = fixture.config.clone();
    let url = format!("smtp://{}?tls=required", server.local_addr().unwrap());
    config.smtp = url.parse().unwrap();
    let fixture = fixture.restart_as(config).await;
    fixture.request_password(&password_request_of(MEMBER)).await.expect(202);
    let mut stream = BufReader::new(server.accept().await.unwrap().0);
    stream.write_all(b"220 mail.test\r\n").await.unwrap();
    let mut said = String::new();
    stream.read_line(&mut said).await.unwrap();
    stream.write_all(b"250-mail.test\r\n250 STARTTLS\r\n").await.unwrap();
    said.clear();
    stream.read_line(&mut said).await.unwrap();
    assert_eq!(said, "STARTTLS\r\n");
}

#[tokio::test]
async fn a_plain_mail_server_must_be_on_this_machine() {
    let fixture = PortalFixture::new().await;
    for url in [
        "192.0.2.1:25",
        "smtp://mail.fos.test",
        "smtp://mail.fos.test:25?tls=opportunistic",
        "http://a",
        "mail",
    ] {
        assert!(url.parse::<SmtpServer>().is_err(), "{url}");
    }
    for url in [
        "127.0.0.1:25",
        "[::1]:25",
        "smtp://localhost",
        "smtps://u:p@mail.fos.test",
        "smtp://mail.fos.test?tls=required",
    ] {
        assert!(url.parse::<SmtpServer>().is_ok(), "{url}");
    }
    let mut config = fixture.config.clone();
    config.data = fixture.data.path().join("another");
    config.smtp = std::net::SocketAddr::from(([192, 0, 2, 1], 25)).into();
    let refusal = fos_portal::Portal::start(config).await.err().unwrap();
    assert!(refusal.to_string().contains("TLS"), "{refusal}");
}

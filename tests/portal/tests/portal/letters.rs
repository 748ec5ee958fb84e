//! The mail that carries the password (guide step 4).

use fos_portal::mailbox::Mailbox;
use tokio::{
    io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader},
    net::{TcpListener, TcpStream},
};

use crate::support::{MEMBER, World, request_of};

#[tokio::test]
async fn the_letter_can_be_read_in_both_languages() {
    let world = World::new().await;
    world.ask(&request_of(MEMBER)).await.expect(202);
    let mail = world.mail().await;
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
async fn the_letter_says_what_machines_need_to_know() {
    let world = World::new().await;
    world.ask(&request_of(MEMBER)).await.expect(202);
    let raw = String::from_utf8(world.mail().await.raw).unwrap();
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
async fn a_letter_survives_a_restart_while_the_mail_server_is_down() {
    let world = World::new().await;
    // A mail server that hangs up at once: when it was called, the letter is in the queue.
    let down = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let addr = down.local_addr().unwrap();
    let mut config = world.config.clone();
    config.smtp = addr;
    let world = world.restart_as(config.clone()).await;
    world.ask(&request_of(MEMBER)).await.expect(202);
    drop(down.accept().await.unwrap());
    let while_waiting = world.on_disk();
    drop(down);

    let mailbox = Mailbox::start_at(addr).await.unwrap();
    let mut world = world.restart_as(config).await;
    world.mailbox = mailbox;
    let password = world.mail().await.password().unwrap();
    world.session(MEMBER, &password).await;
    let is_readable = while_waiting.windows(password.len()).any(|bytes| bytes == password.as_bytes());
    assert!(!is_readable, "a waiting letter shows its password on disk");
}

#[tokio::test]
async fn a_letter_that_waited_too_long_is_not_sent() {
    let world = World::new().await;
    let down = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let (addr, mailbox_addr) = (down.local_addr().unwrap(), world.config.smtp);
    let mut config = world.config.clone();
    config.smtp = addr;
    let world = world.restart_as(config.clone()).await;
    world.ask(&request_of(MEMBER)).await.expect(202);
    drop(down.accept().await.unwrap());
    world.later(24 * 60 * 60);
    config.smtp = mailbox_addr;
    let world = world.restart_as(config).await;
    world.mailed_password("0234567").await;
}

/// A mail server that refuses the first recipient named, for good. Gives the line that named them.
async fn refuse_for_good(stream: TcpStream) -> String {
    let mut stream = BufReader::new(stream);
    stream.write_all(b"220 mail.test\r\n").await.unwrap();
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).await.unwrap();
        if line.starts_with("RCPT") {
            stream.write_all(b"550 no such mailbox\r\n").await.unwrap();
            return line;
        }
        stream.write_all(b"250 ok\r\n").await.unwrap();
    }
}

#[tokio::test]
async fn a_letter_refused_for_good_does_not_hold_up_the_next() {
    let world = World::new().await;
    let server = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let mut config = world.config.clone();
    config.smtp = server.local_addr().unwrap();
    let world = world.restart_as(config).await;
    for ppr in [MEMBER, "0234567"] {
        let request = request_of(ppr);
        world.ask(&request).await.expect(202);
        let recipient = refuse_for_good(server.accept().await.unwrap().0).await;
        assert!(recipient.contains(request["email"].as_str().unwrap()), "{recipient}");
    }
}

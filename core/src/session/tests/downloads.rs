//! Files that arrive in more than one attempt.

use super::*;
use crate::error::Error;

const PATH: &str = "/v1/services/hajj-grant/circular";
const FILE: &str = "%PDF-1.7 the circular of the foundation";

fn head(status: &str, etag: &str, length: usize) -> String {
    format!(
        "HTTP/1.1 {status} Test\r\ncontent-type: application/pdf\r\netag: {etag}\r\ncontent-length: {length}\r\n\
         connection: close\r\n"
    )
}

fn whole(etag: &str, file: &str) -> String {
    format!("{}\r\n{file}", head("200", etag, file.len()))
}

/// The first bytes of a whole file, after which the connection is cut.
fn cut_after(count: usize) -> String {
    format!("{}\r\n{}", head("200", "\"one\"", FILE.len()), &FILE[..count])
}

fn part(start: usize, end: usize) -> String {
    let range = format!("content-range: bytes {start}-{}/{}\r\n", FILE.len() - 1, FILE.len());
    format!("{}{range}\r\n{}", head("206", "\"one\"", FILE.len() - start), &FILE[start..end])
}

/// Downloads the file from a portal that answers so, by the value of `Range`. Returns what arrived and what was asked for.
async fn download(
    answer: impl Fn(&str) -> String + Send + Sync + 'static,
) -> (Result<Vec<u8>, Error>, Vec<(String, String)>) {
    let mut portal = FakePortal::start(move |request| match request.line.as_str() {
        "GET /v1/services/hajj-grant/circular" => Reply::Raw(answer(request.header("range"))),
        _ => other_reply(request),
    })
    .await;
    let phone = Phone::signed_in(&portal.url).await;
    let result = phone.session().get_bytes(PATH).await;
    let of_file = portal.requests().into_iter().filter(|request| request.line.ends_with("/circular"));
    let asked =
        |request: PortalRequest| (request.header("range").to_owned(), request.header("if-range").to_owned());
    (result, of_file.map(asked).collect())
}

fn asked(ranges: &[&str]) -> Vec<(String, String)> {
    let tag = |range: &str| if range.is_empty() { String::new() } else { "\"one\"".to_owned() };
    ranges.iter().map(|range| ((*range).to_owned(), tag(range))).collect()
}

#[tokio::test]
async fn a_download_that_broke_continues_where_it_was_cut() {
    let (result, ranges) = download(|range| match range {
        "" => cut_after(12),
        "bytes=12-" => part(12, 20),
        _ => part(20, FILE.len()),
    })
    .await;
    assert_eq!(result.unwrap(), FILE.as_bytes());
    assert_eq!(ranges, asked(&["", "bytes=12-", "bytes=20-"]));
}

#[tokio::test]
async fn a_file_that_changed_meanwhile_is_fetched_whole() {
    let other = "%PDF-1.7 another";
    let answer = move |range: &str| if range.is_empty() { cut_after(12) } else { whole("\"two\"", other) };
    let (result, ranges) = download(answer).await;
    assert_eq!(result.unwrap(), other.as_bytes());
    assert_eq!(ranges, asked(&["", "bytes=12-"]));
}

#[tokio::test]
async fn a_part_that_does_not_continue_the_file_is_not_taken() {
    let attempts = std::sync::atomic::AtomicU32::new(0);
    let (result, ranges) =
        download(move |range| match (range, attempts.fetch_add(1, std::sync::atomic::Ordering::SeqCst)) {
            ("", 0) => cut_after(12),
            ("", _) => whole("\"one\"", FILE),
            _ => part(20, FILE.len()),
        })
        .await;
    assert_eq!(result.unwrap(), FILE.as_bytes());
    assert_eq!(ranges, asked(&["", "bytes=12-", ""]));
}

#[tokio::test]
async fn a_resource_that_is_dropped_from_memory_is_read_from_the_phone_again() {
    let portal = FakePortal::start(other_reply).await;
    let phone = Phone::signed_in(&portal.url).await;
    let session = phone.session();
    session.catalogue().fetch(&session).await.unwrap();
    assert!(session.catalogue().loaded().is_some());
    session.catalogue().invalidate();
    assert!(session.catalogue().loaded().is_none());
    assert!(session.catalogue().stored(&session).unwrap().is_some());
}

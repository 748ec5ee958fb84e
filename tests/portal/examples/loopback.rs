//! Portal on loopback for checks from outside, with a mailbox and a clock that does not move.
//!
//! Prints its address, the token of a member with full access, and the token of one in whose session charter and
//! password are due, one a line. Stops when its input ends.
#![allow(clippy::unwrap_used, reason = "a check stops at the first surprise")]

#[path = "../tests/portal/support.rs"]
#[allow(dead_code, reason = "the tests need more of it")]
mod support;

use fos_support::seed::{COLLEAGUE, MEMBER};

use support::PortalFixture;

#[tokio::main]
async fn main() {
    let fixture = PortalFixture::new().await;
    let member = fixture.member(MEMBER).await;
    let password = fixture.mailed_password(COLLEAGUE).await;
    let restricted = fixture.session(COLLEAGUE, &password).await;
    println!("{}\n{}\n{}", fixture.portal.url(), member.token(), restricted.token());
    let input = tokio::task::spawn_blocking(|| std::io::stdin().lines().count());
    input.await.unwrap();
    fixture.portal.stop().await;
}

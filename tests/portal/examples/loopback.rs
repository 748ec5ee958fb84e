//! Portal on loopback for checks from outside, with a mailbox and a clock that does not move.
//!
//! Prints its address, the token of a member with full access, and the token of one in whose session charter and
//! password are due, one a line. Stops when its input ends.
#![allow(clippy::unwrap_used, reason = "a check stops at the first surprise")]

#[path = "../tests/portal/support.rs"]
#[allow(dead_code, reason = "the tests need more of it")]
mod support;

use fos_support::seed::{COLLEAGUE, MEMBER};

use support::World;

#[tokio::main]
async fn main() {
    let world = World::new().await;
    let member = world.member(MEMBER).await;
    let password = world.mailed_password(COLLEAGUE).await;
    let restricted = world.session(COLLEAGUE, &password).await;
    println!("{}\n{}\n{}", world.portal.url(), member.token(), restricted.token());
    let input = tokio::task::spawn_blocking(|| std::io::stdin().lines().count());
    input.await.unwrap();
    world.portal.stop().await;
}

//! A member's first access in the live page, in Chromium over the Android app: once by mouse, once by keyboard alone.
//!
//! `cargo xtask test` runs it where Chromium is: `FOS_FACE_COMMAND` names the file that says how the face is started.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may stop where it stands")]

mod browser;
mod member;

use fantoccini::key::Key;
use member::Member;

/// The password that the member chooses.
const OWN: &str = "قهوة-الصباح-2026";

#[tokio::test]
#[ignore = "needs Chromium and the Android face: cargo xtask test"]
async fn a_first_access_by_mouse() {
    member::sits_down_and(by_mouse).await;
}

async fn by_mouse(member: &mut Member) {
    member.click("ask-password").await;
    member.sees("password-request").await;
    for (field, value) in [("ppr", "0123456"), ("cin", "AB123456"), ("email", "membre.essai@finances.test")] {
        member.click(field).await;
        member.page.click(&format!("//tbody//button[.='{value}']")).await;
        member.holds(field, value).await;
    }
    member.click("send").await;
    member.sees("mail-sent").await;
    member.page.waits_for("//button[@class='put']").await;
    member.click("have-password").await;
    member.sees("sign-in").await;
    member.click("password").await;
    member.page.click("//button[@class='put']").await;
    member.click("robot").await;
    member.holds("robot", "true").await;
    member.click("sign-in").await;
    member.sees("charter").await;
    while member.click_either("accept", "read-on").await != "accept" {}
    member.sees("new-password").await;
    let secret = "•".repeat(OWN.chars().count());
    for field in ["new", "again"] {
        member.click(field).await;
        member.page.types(OWN).await;
        member.holds(field, &secret).await;
    }
    member.click("change-password").await;
    member.sees("services").await;
    member.click("plus:hajj-grant").await;
    member.sees("start").await;
}

#[tokio::test]
#[ignore = "needs Chromium and the Android face: cargo xtask test"]
async fn a_first_access_by_keyboard() {
    member::sits_down_and(by_keyboard).await;
}

async fn by_keyboard(member: &mut Member) {
    // The app is the first thing on the page.
    member.page.press(Key::Tab).await;
    member.presses("ask-password").await;
    member.sees("password-request").await;
    for (field, value) in [("ppr", "0123456"), ("cin", "AB123456"), ("email", "membre.essai@finances.test")] {
        member.tabs_to(field).await;
        member.page.types(value).await;
        member.holds(field, value).await;
    }
    member.presses("send").await;
    member.sees("mail-sent").await;
    member.page.waits_for("//button[@class='put']").await;
    member.presses("have-password").await;
    member.sees("sign-in").await;
    member.tabs_to("password").await;
    member.leaves_the_app_for("put").await;
    member.page.press(Key::Enter).await;
    member.page.press(Key::F6).await;
    member.presses("robot").await;
    member.holds("robot", "true").await;
    member.presses("sign-in").await;
    member.sees("charter").await;
    while member.presses_either("accept", "read-on").await != "accept" {}
    member.sees("new-password").await;
    let secret = "•".repeat(OWN.chars().count());
    for field in ["new", "again"] {
        member.tabs_to(field).await;
        member.page.types(OWN).await;
        member.holds(field, &secret).await;
    }
    // The keyboard's own key sends, and Escape goes back.
    member.page.press(Key::Enter).await;
    member.sees("services").await;
    member.presses("card:hajj-grant").await;
    member.sees("service").await;
    member.page.press(Key::Escape).await;
    member.sees("services").await;
}

//! First access on the live page, in Chromium over the Android app: once by mouse, once by keyboard alone.
//!
//! Run by `cargo xtask test` if Chromium is installed: `FOS_FACE_COMMAND` names the face command file.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may panic")]

mod browser;
mod member;

use fantoccini::key::Key;
use member::Member;

/// Password that the member sets.
const NEW_PASSWORD: &str = "قهوة-الصباح-2026";

#[tokio::test]
#[ignore = "needs Chromium and the Android face: cargo xtask test"]
async fn a_first_access_by_mouse() {
    member::with_member(by_mouse).await;
}

async fn by_mouse(member: &mut Member) {
    member.click("ask-password").await;
    member.wait_for_screen("password-request").await;
    member.click("ppr").await;
    member.page.wait_for("//div[@id='keyboard'][not(@hidden)]").await;
    for digit in "0123456".chars() {
        member.page.click(&format!("//div[@id='keyboard']//button[.='{digit}']")).await;
    }
    member.wait_for_value("ppr", "0123456").await;
    for (field, value) in [("cin", "AB123456"), ("email", "membre.essai@finances.test")] {
        member.click(field).await;
        member.page.click(&format!("//tbody//button[.='{value}']")).await;
        member.wait_for_value(field, value).await;
    }
    member.click("send").await;
    member.wait_for_screen("mail-sent").await;
    member.page.wait_for("//button[@class='paste']").await;
    member.click("have-password").await;
    member.wait_for_screen("sign-in").await;
    member.click("password").await;
    member.page.click("//button[@class='paste']").await;
    member.click("captcha").await;
    member.wait_for_value("captcha", "true").await;
    member.click("sign-in").await;
    member.wait_for_screen("charter").await;
    while member.click_either("accept", "read-on").await != "accept" {}
    member.wait_for_screen("new-password").await;
    let secret = "•".repeat(NEW_PASSWORD.chars().count());
    for field in ["new", "again"] {
        member.click(field).await;
        member.page.type_text(NEW_PASSWORD).await;
        member.wait_for_value(field, &secret).await;
    }
    member.click("change-password").await;
    member.wait_for_screen("services").await;
    member.click("plus:hajj-grant").await;
    member.wait_for_screen("start").await;
}

#[tokio::test]
#[ignore = "needs Chromium and the Android face: cargo xtask test"]
async fn a_first_access_by_keyboard() {
    member::with_member(by_keyboard).await;
}

async fn by_keyboard(member: &mut Member) {
    // The app is the first focusable element of the page.
    member.page.press(Key::Tab).await;
    member.activate("ask-password").await;
    member.wait_for_screen("password-request").await;
    for (field, value) in [("ppr", "0123456"), ("cin", "AB123456"), ("email", "membre.essai@finances.test")] {
        member.tab_to(field).await;
        member.page.type_text(value).await;
        member.wait_for_value(field, value).await;
    }
    member.activate("send").await;
    member.wait_for_screen("mail-sent").await;
    member.page.wait_for("//button[@class='paste']").await;
    member.activate("have-password").await;
    member.wait_for_screen("sign-in").await;
    member.tab_to("password").await;
    member.leave_the_app_for("paste").await;
    member.page.press(Key::Enter).await;
    member.page.press(Key::F6).await;
    member.activate("captcha").await;
    member.wait_for_value("captcha", "true").await;
    member.activate("sign-in").await;
    member.wait_for_screen("charter").await;
    while member.activate_either("accept", "read-on").await != "accept" {}
    member.wait_for_screen("new-password").await;
    let secret = "•".repeat(NEW_PASSWORD.chars().count());
    for field in ["new", "again"] {
        member.tab_to(field).await;
        member.page.type_text(NEW_PASSWORD).await;
        member.wait_for_value(field, &secret).await;
    }
    // Enter submits the form, Escape goes back.
    member.page.press(Key::Enter).await;
    member.wait_for_screen("services").await;
    member.activate("card:hajj-grant").await;
    member.wait_for_screen("service").await;
    member.page.press(Key::Escape).await;
    member.wait_for_screen("services").await;
}

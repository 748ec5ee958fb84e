//! Client addresses: the cost of the captcha grows with the failures of an address.

use fos_support::seed::{MEMBER, PASSWORD};
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};

use crate::support::{ApiResponse, PortalFixture, solve};

async fn send_from(request: RequestBuilder, from: &str) -> ApiResponse {
    ApiResponse::read(request.header("x-forwarded-for", from).send().await.unwrap()).await
}

async fn challenge(fixture: &PortalFixture, from: &str) -> Value {
    send_from(fixture.request(Method::GET, "/v1/captcha"), from).await.expect(200)
}

async fn cost(fixture: &PortalFixture, from: &str) -> u64 {
    challenge(fixture, from).await["parameters"]["cost"].as_u64().unwrap()
}

async fn sign_in_with(fixture: &PortalFixture, from: &str, ppr: &str, captcha: &Value) -> ApiResponse {
    let body = json!({ "ppr": ppr, "password": "x", "device": "", "captcha": captcha });
    send_from(fixture.request(Method::POST, "/v1/sessions").json(&body), from).await
}

/// Fails to sign in as many members, each time with a proof.
async fn fail(fixture: &PortalFixture, from: &str, times: usize) {
    for number in 0..times {
        let captcha = solve(&challenge(fixture, from).await);
        let ppr = format!("{:07}", 5_000_000 + number);
        sign_in_with(fixture, from, &ppr, &captcha).await.expect_problem(401, "credentials");
    }
}

/// Sends one proof with a wrong key many times.
async fn forge(fixture: &PortalFixture, from: &str, times: usize) {
    let mut captcha = fixture.captcha().await;
    captcha["solution"]["derivedKey"] = "00".into();
    for _ in 0..times {
        sign_in_with(fixture, from, MEMBER, &captcha).await.expect_problem(422, "captcha");
    }
}

async fn behind_a_proxy() -> PortalFixture {
    let fixture = PortalFixture::new().await;
    let mut config = fixture.config.clone();
    config.trusted_proxies = vec!["127.0.0.1".parse().unwrap()];
    fixture.restart_as(config).await
}

#[tokio::test]
async fn failures_of_an_address_raise_the_cost_of_its_captcha() {
    let fixture = behind_a_proxy().await;
    fail(&fixture, "192.0.2.7", 128).await;
    assert_eq!(cost(&fixture, "192.0.2.7").await, 4);
    assert_eq!(cost(&fixture, "192.0.2.8").await, 1);
    fixture.advance_clock(10 * 60);
    assert_eq!(cost(&fixture, "192.0.2.7").await, 2);
}

#[tokio::test]
async fn a_member_behind_an_address_with_many_failures_can_sign_in() {
    let fixture = PortalFixture::new().await;
    fixture.member(MEMBER).await;
    fail(&fixture, "", 512).await;
    assert_eq!(cost(&fixture, "").await, 16);
    fixture.session(MEMBER, PASSWORD).await;
}

#[tokio::test]
async fn an_untrusted_forwarded_address_is_ignored() {
    let fixture = PortalFixture::new().await;
    fail(&fixture, "192.0.2.7", 64).await;
    assert_eq!(cost(&fixture, "192.0.2.8").await, 2, "both are this machine");
}

#[tokio::test]
async fn a_forged_proof_raises_no_cost() {
    let fixture = behind_a_proxy().await;
    forge(&fixture, "192.0.2.7", 2_000).await;
    assert_eq!(cost(&fixture, "192.0.2.7").await, 1);
}

#[tokio::test]
async fn a_challenge_is_as_hard_as_the_moment_and_the_address_that_spend_it() {
    let fixture = behind_a_proxy().await;
    let early = challenge(&fixture, "192.0.2.7").await;
    let elsewhere = challenge(&fixture, "192.0.2.8").await;
    fail(&fixture, "192.0.2.7", 128).await;
    for cheap in [early, elsewhere] {
        let refused = sign_in_with(&fixture, "192.0.2.7", "5999999", &solve(&cheap)).await;
        assert_eq!(refused.expect_problem(422, "captcha")["detail"], "cheap");
    }
    let due = solve(&challenge(&fixture, "192.0.2.7").await);
    sign_in_with(&fixture, "192.0.2.7", "5999999", &due).await.expect_problem(401, "credentials");
}

#[tokio::test]
async fn a_challenge_of_half_the_cost_is_accepted() {
    let fixture = behind_a_proxy().await;
    let early = solve(&challenge(&fixture, "192.0.2.7").await);
    // The cost doubles between the two calls of a member who does nothing wrong.
    fail(&fixture, "192.0.2.7", 64).await;
    sign_in_with(&fixture, "192.0.2.7", "5999999", &early).await.expect_problem(401, "credentials");
}

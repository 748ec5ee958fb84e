//! Captcha: ALTCHA proof of work, without a picture and without a third party.
//!
//! ```text
//! GET /v1/captcha ──► challenge (signed, expires in 20 min, cost grows with the failures of the client's address)
//!                       │  the app finds a counter whose derived key has the required prefix
//! POST /v1/sessions ◄──┘  { challenge, solution }
//!                       │
//!                       ├─ expired                              422 captcha, "stale"
//!                       ├─ below half of the cost due by now    422 captcha, "cheap"
//!                       ├─ forged or unsolved                   422 captcha, "wrong"
//!                       ├─ used before                          422 captcha, "spent"
//!                       └─ accepted     its hash is stored until it expires, so that it is accepted once
//! ```
//!
//! The cost is judged again when the challenge is spent: challenges fetched before the failures, or from another address,
//! would avoid it. Half of it suffices, since the cost may double between the two calls of a member who does nothing wrong.

use altcha::{
    Challenge as Altcha, ChallengeParameters as AltchaParameters, CreateChallengeOptions, HmacAlgorithm,
    VerifySolutionOptions, create_challenge, sign_challenge, verify_solution,
};
use axum::{Extension, Json, extract::State};
use fos_wire::{
    access::{Challenge, ChallengeParameters, SolvedChallenge},
    paths,
};
use serde_json::Value;

use crate::{
    app::{App, AppState},
    client_ip::ClientIp,
    problem::{Problem, ProblemType},
    secrets::{Purpose, hex, sha256},
};

const ALGORITHM: &str = "PBKDF2/SHA-256";

/// Lifetime of a challenge: enough for a slow phone and a member who is interrupted.
const LIFETIME_SECONDS: i64 = 20 * 60;

/// Returns a fresh challenge to solve before signing in (guide step 5). Its cost grows with the failed attempts from
/// the client's address.
#[utoipa::path(
    get, path = paths::CAPTCHA, tag = "access",
    responses((status = 200, description = "Challenge, not cacheable", body = Challenge)),
)]
pub(crate) async fn challenge(
    State(app): State<App>,
    Extension(client_ip): Extension<ClientIp>,
) -> Result<Json<Challenge>, Problem> {
    let options = CreateChallengeOptions {
        algorithm: ALGORITHM.to_owned(),
        cost: cost_due(&app, client_ip),
        expires_at: Some(app.now_seconds() + LIFETIME_SECONDS),
        hmac_signature_secret: Some(secret(&app)),
        ..CreateChallengeOptions::default()
    };
    create_challenge(options).ok().and_then(challenge_body).map(Json).ok_or(ProblemType::Internal.into())
}

/// Returns the cost of a challenge for this address at this moment.
fn cost_due(app: &AppState, client_ip: ClientIp) -> u32 {
    app.captcha_cost.saturating_mul(app.client_ips.difficulty_factor(client_ip, app.now()))
}

/// Verifies a solved challenge and marks it as spent. Each challenge is accepted once.
pub(crate) async fn spend(
    app: &AppState,
    client_ip: ClientIp,
    solved: Option<SolvedChallenge>,
) -> Result<(), Problem> {
    let Some(solved) = solved else {
        return Err(Problem::from(ProblemType::Captcha).with_detail("missing"));
    };
    let now = app.now_seconds();
    let parameters: ChallengeParameters =
        serde_json::from_value(Value::Object(solved.challenge.parameters.clone()))
            .map_err(|_| ProblemType::Malformed)?;
    let expires_at = parameters.expires_at;
    let id = sha256(solved.challenge.signature.as_bytes());
    if expires_at < now {
        return Err(Problem::from(ProblemType::Captcha).with_detail("stale"));
    }
    if parameters.cost.saturating_mul(2) < cost_due(app, client_ip) {
        return Err(Problem::from(ProblemType::Captcha).with_detail("cheap"));
    }
    if !is_solved(&secret(app), &parameters, &solved) {
        return Err(Problem::from(ProblemType::Captcha).with_detail("wrong"));
    }
    app.storage
        .transaction(move |db| {
            let inserted = db
                .prepare_cached("INSERT OR IGNORE INTO spent_challenges (hash, expires_at) VALUES (?1, ?2)")?
                .execute((id, expires_at))?;
            if inserted == 1 { Ok(()) } else { Err(Problem::from(ProblemType::Captcha).with_detail("spent")) }
        })
        .await
}

/// Verifies signature and solution. The crate compares the expiry with the system clock, but the portal uses its own:
/// so the signature over the parameters as issued is checked here, and the crate is given the same parameters without
/// an expiry.
fn is_solved(secret: &str, parameters: &ChallengeParameters, solved: &SolvedChallenge) -> bool {
    let mut parameters = to_altcha(parameters);
    let Some(expected) = sign(&mut parameters, secret) else { return false };
    let signature = solved.challenge.signature.as_bytes();
    if !bool::from(subtle::ConstantTimeEq::ct_eq(
        signature,
        expected.signature.unwrap_or_default().as_bytes(),
    )) {
        return false;
    }
    parameters.expires_at = None;
    let Some(challenge) = sign(&mut parameters, secret) else { return false };
    let solution = altcha::Solution {
        counter: solved.solution.counter,
        derived_key: solved.solution.derived_key.clone(),
        time: None,
    };
    verify_solution(VerifySolutionOptions::new(&challenge, &solution, secret))
        .is_ok_and(|result| result.verified)
}

fn sign(parameters: &mut AltchaParameters, secret: &str) -> Option<Altcha> {
    sign_challenge(&HmacAlgorithm::Sha256, parameters, None, secret, None).ok()
}

fn secret(app: &AppState) -> String {
    hex(&app.keys.derive(Purpose::Captcha))
}

/// Converts a challenge of the crate to the body that is sent.
fn challenge_body(challenge: Altcha) -> Option<Challenge> {
    let parameters = challenge.parameters;
    let parameters = ChallengeParameters {
        algorithm: parameters.algorithm,
        cost: parameters.cost,
        expires_at: parameters.expires_at?,
        key_length: parameters.key_length,
        key_prefix: parameters.key_prefix,
        nonce: parameters.nonce,
        salt: parameters.salt,
    };
    match serde_json::to_value(parameters).ok()? {
        Value::Object(parameters) => Some(Challenge { parameters, signature: challenge.signature? }),
        _ => None,
    }
}

fn to_altcha(parameters: &ChallengeParameters) -> AltchaParameters {
    AltchaParameters {
        algorithm: parameters.algorithm.clone(),
        cost: parameters.cost,
        data: None,
        expires_at: Some(parameters.expires_at),
        key_length: parameters.key_length,
        key_prefix: parameters.key_prefix.clone(),
        key_signature: None,
        memory_cost: None,
        nonce: parameters.nonce.clone(),
        parallelism: None,
        salt: parameters.salt.clone(),
    }
}

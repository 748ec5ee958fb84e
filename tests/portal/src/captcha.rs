//! The robot check: ALTCHA proof of work, no picture and no third party. A solved challenge is good once.

use altcha::{
    Challenge as Altcha, ChallengeParameters as AltchaParameters, CreateChallengeOptions, HmacAlgorithm,
    VerifySolutionOptions, create_challenge, sign_challenge, verify_solution,
};
use axum::{Extension, Json, extract::State};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    app::{App, Shared},
    peer::Peer,
    problem::{Problem, Slug},
    secrets::{Purpose, hex, sha256},
};

const ALGORITHM: &str = "PBKDF2/SHA-256";

/// Long enough for a slow phone and a member who is interrupted.
const LIFETIME_SECONDS: i64 = 20 * 60;

/// A challenge, to be sent back as it came.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Challenge {
    /// What to solve.
    parameters: ChallengeParameters,
    /// The portal's own signature over the parameters.
    signature: String,
}

/// What to solve: find a counter for which the key derived from nonce and counter starts with the prefix.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct ChallengeParameters {
    /// The key derivation.
    #[schema(example = "PBKDF2/SHA-256")]
    algorithm: String,
    /// Its rounds.
    cost: u32,
    /// Until when a solution is accepted, in seconds since 1970 UTC.
    expires_at: i64,
    /// Bytes to derive.
    key_length: usize,
    /// The prefix to find, in hexadecimal.
    key_prefix: String,
    /// Hexadecimal; the counter, as four bytes big-endian, is appended to it.
    nonce: String,
    /// Hexadecimal.
    salt: String,
}

/// What the app found.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(crate) struct Solution {
    /// The counter that was found.
    counter: u32,
    /// The key derived with it, in hexadecimal.
    derived_key: String,
}

/// A challenge and its solution.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Solved {
    challenge: Challenge,
    solution: Solution,
}

/// A fresh challenge to solve before signing in (guide step 5). Many wrong passwords from one address make it cost more.
#[utoipa::path(
    get, path = "/v1/captcha", tag = "access",
    responses((status = 200, description = "A challenge; never stored on the way", body = Challenge)),
)]
pub(crate) async fn challenge(
    State(app): State<App>,
    Extension(peer): Extension<Peer>,
) -> Result<Json<Challenge>, Problem> {
    let options = CreateChallengeOptions {
        algorithm: ALGORITHM.to_owned(),
        cost: app.captcha_cost.saturating_mul(app.peers.hardship(peer, app.now())),
        expires_at: Some(app.now_seconds() + LIFETIME_SECONDS),
        hmac_signature_secret: Some(secret(&app)),
        ..CreateChallengeOptions::default()
    };
    create_challenge(options).ok().and_then(Challenge::from_altcha).map(Json).ok_or(Slug::Internal.into())
}

/// Accepts a solved challenge, once.
pub(crate) async fn spend(app: &Shared, peer: Peer, solved: Option<Solved>) -> Result<(), Problem> {
    let Some(solved) = solved else {
        return Err(Problem::from(Slug::Captcha).detail("missing"));
    };
    let now = app.now_seconds();
    let expires_at = solved.challenge.parameters.expires_at;
    let id = sha256(solved.challenge.signature.as_bytes());
    if expires_at < now {
        return Err(Problem::from(Slug::Captcha).detail("stale"));
    }
    if !is_solved(&secret(app), &solved) {
        app.peers.failed(peer, app.now());
        return Err(Problem::from(Slug::Captcha).detail("wrong"));
    }
    app.store
        .transact(move |db| {
            let fresh = db
                .prepare_cached("INSERT OR IGNORE INTO spent_challenges (hash, expires_at) VALUES (?1, ?2)")?
                .execute((id, expires_at))?;
            if fresh == 1 { Ok(()) } else { Err(Problem::from(Slug::Captcha).detail("spent")) }
        })
        .await
}

/// The crate compares the expiry with the computer's clock; the portal goes by its own. So the signature over the
/// parameters as issued is checked here, and the crate is given the same parameters without an expiry.
fn is_solved(secret: &str, solved: &Solved) -> bool {
    let mut parameters = solved.challenge.parameters.to_altcha();
    let Some(issued) = sign(&mut parameters, secret) else { return false };
    let given = solved.challenge.signature.as_bytes();
    if !bool::from(subtle::ConstantTimeEq::ct_eq(given, issued.signature.unwrap_or_default().as_bytes())) {
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

fn secret(app: &Shared) -> String {
    hex(&app.keys.derive(Purpose::Captcha))
}

impl Challenge {
    fn from_altcha(challenge: Altcha) -> Option<Self> {
        let parameters = challenge.parameters;
        Some(Self {
            signature: challenge.signature?,
            parameters: ChallengeParameters {
                algorithm: parameters.algorithm,
                cost: parameters.cost,
                expires_at: parameters.expires_at?,
                key_length: parameters.key_length,
                key_prefix: parameters.key_prefix,
                nonce: parameters.nonce,
                salt: parameters.salt,
            },
        })
    }
}

impl ChallengeParameters {
    fn to_altcha(&self) -> AltchaParameters {
        AltchaParameters {
            algorithm: self.algorithm.clone(),
            cost: self.cost,
            data: None,
            expires_at: Some(self.expires_at),
            key_length: self.key_length,
            key_prefix: self.key_prefix.clone(),
            key_signature: None,
            memory_cost: None,
            nonce: self.nonce.clone(),
            parallelism: None,
            salt: self.salt.clone(),
        }
    }
}

//! Captcha: solves ALTCHA challenges, version 2 (proof of work, no picture, no third party).
//!
//! Derives keys from a counter with PBKDF2 until one begins with the prefix that the challenge demands. The loop is the
//! published one; the `altcha` crate's own cannot be cancelled. A test holds both equal.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use fos_wire::access::{Challenge, Solution, SolvedChallenge};
use pbkdf2::pbkdf2_hmac;
use sha2::Sha256;

use crate::error::Error;

/// Attempts after which a challenge is considered invalid; a phone would need an hour for them.
const MAX_ATTEMPTS: u32 = 1_000_000;

struct Parameters {
    cost: u32,
    key_length: usize,
    key_prefix: String,
    nonce: Vec<u8>,
    salt: Vec<u8>,
}

impl Parameters {
    fn parse(challenge: &Challenge) -> Option<Self> {
        let text = |name: &str| challenge.parameters.get(name)?.as_str();
        let number = |name: &str| challenge.parameters.get(name)?.as_u64();
        if !text("algorithm")?.eq_ignore_ascii_case("PBKDF2/SHA-256") {
            return None;
        }
        let key_length =
            usize::try_from(number("keyLength")?).ok().filter(|length| (1..=64).contains(length))?;
        Some(Self {
            cost: u32::try_from(number("cost")?).ok()?,
            key_length,
            key_prefix: text("keyPrefix")?.to_ascii_lowercase(),
            nonce: hex::decode(text("nonce")?).ok()?,
            salt: hex::decode(text("salt")?).ok()?,
        })
    }
}

/// Solves a challenge. Returns `None` if `stop` was set meanwhile. CPU-bound for seconds: run it on a blocking thread.
///
/// # Errors
/// [`Error::UnexpectedResponse`] for an unknown algorithm or a challenge without a solution.
fn solve(challenge: Challenge, stop: &AtomicBool) -> Result<Option<SolvedChallenge>, Error> {
    let Some(parameters) = Parameters::parse(&challenge) else {
        return Err(Error::UnexpectedResponse("a captcha of another kind".to_owned()));
    };
    let mut key = vec![0; parameters.key_length];
    let mut password = parameters.nonce.clone();
    let counter_at = password.len();
    for counter in 0..MAX_ATTEMPTS {
        if stop.load(Ordering::Relaxed) {
            return Ok(None);
        }
        password.truncate(counter_at);
        password.extend_from_slice(&counter.to_be_bytes());
        pbkdf2_hmac::<Sha256>(&password, &parameters.salt, parameters.cost, &mut key);
        let derived_key = hex::encode(&key);
        if derived_key.starts_with(&parameters.key_prefix) {
            return Ok(Some(SolvedChallenge { challenge, solution: Solution { counter, derived_key } }));
        }
    }
    Err(Error::UnexpectedResponse("a captcha that has no solution".to_owned()))
}

/// Solves a challenge on a blocking thread. Returns `None` if `stop` was set meanwhile.
///
/// # Errors
/// Those of [`solve`].
pub(crate) async fn solve_in_background(
    challenge: Challenge,
    stop: &Arc<AtomicBool>,
) -> Result<Option<SolvedChallenge>, Error> {
    let stop = Arc::clone(stop);
    let work = tokio::task::spawn_blocking(move || solve(challenge, &stop));
    work.await.unwrap_or_else(|_| Err(Error::Bug("captcha".to_owned())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn challenge() -> altcha::Challenge {
        let options = altcha::CreateChallengeOptions {
            algorithm: "PBKDF2/SHA-256".to_owned(),
            cost: 10,
            counter: Some(300),
            hmac_signature_secret: Some("secret of the test".to_owned()),
            ..Default::default()
        };
        altcha::create_challenge(options).unwrap()
    }

    fn to_wire(challenge: &altcha::Challenge) -> Challenge {
        serde_json::from_value(serde_json::to_value(challenge).unwrap()).unwrap()
    }

    #[test]
    fn the_altcha_crate_accepts_the_solution() {
        let published = challenge();
        let solved = solve(to_wire(&published), &AtomicBool::new(false)).unwrap().unwrap();
        let payload: altcha::Payload =
            serde_json::from_value(serde_json::to_value(&solved).unwrap()).unwrap();
        let options =
            altcha::VerifySolutionOptions::new(&payload.challenge, &payload.solution, "secret of the test");
        assert!(altcha::verify_solution(options).unwrap().verified);
        let reference =
            altcha::solve_challenge(altcha::SolveChallengeOptions::new(&published)).unwrap().unwrap();
        assert_eq!(reference.counter, solved.solution.counter);
    }

    #[test]
    fn setting_the_flag_cancels_the_solver() {
        assert!(solve(to_wire(&challenge()), &AtomicBool::new(true)).unwrap().is_none());
    }

    #[test]
    fn an_unknown_captcha_algorithm_asks_for_an_update() {
        let mut other = to_wire(&challenge());
        other.parameters.insert("algorithm".to_owned(), "SCRYPT".into());
        assert!(matches!(solve(other, &AtomicBool::new(false)), Err(Error::UnexpectedResponse(_))));
    }
}

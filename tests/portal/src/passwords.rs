//! Passwords: hashing, generation, verification and change (guide step 7).

use std::sync::Arc;

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHash, PasswordHasher as _, PasswordVerifier as _, SaltString},
};
use axum::{Extension, Json, extract::State};
use fos_rules::password::{MAILED_GROUP_LENGTH, normalize, normalize_mailed};
use fos_wire::{
    access::{PasswordChange, PasswordChanged},
    paths,
};
use rusqlite::{OptionalExtension as _, Transaction};
use tokio::sync::Semaphore;

use crate::{
    app::{App, AppState},
    auth::AuthSession,
    devices,
    http::JsonBody,
    mail::account_notice::AccountNotice,
    members, password_policy,
    problem::{Code, FieldProblem, Problem, ProblemType},
    secrets::{Keys, Purpose, SecretsError, hex, hmac, random},
    storage::{StorageError, audit},
    throttle::Throttle,
};

/// Cost of a password hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HashCost {
    /// OWASP's first recommendation for argon2id: 19 MiB, two passes.
    Full,
    /// Lowest cost argon2 allows, for tests.
    Minimal,
}

/// Hasher of passwords: argon2id, a few at a time, so that many sign-ins at once take time rather than all memory.
pub(crate) struct Hasher {
    argon2: Argon2<'static>,
    dummy_hash: String,
    permits: Semaphore,
}

impl Hasher {
    pub(crate) fn new(cost: HashCost) -> Result<Self, SecretsError> {
        let params = match cost {
            HashCost::Full => Params::new(19 * 1024, 2, 1, None),
            HashCost::Minimal => Params::new(Params::MIN_M_COST, 1, 1, None),
        };
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params.unwrap_or_default());
        let dummy_hash = hash(&argon2, &generate()?)?;
        let permits = std::thread::available_parallelism().map_or(2, usize::from);
        Ok(Self { argon2, dummy_hash, permits: Semaphore::new(permits) })
    }

    /// Returns the hash to store for `password`. Takes tens of milliseconds on a blocking thread.
    pub(crate) async fn hash(&self, password: String) -> Result<String, Problem> {
        let argon2 = self.argon2.clone();
        Ok(self.run_limited(move || hash(&argon2, &password)).await??)
    }

    /// Returns true if `password` matches the hash `stored`. Without one, a dummy hash is verified, so that unknown
    /// members take as long as known ones.
    pub(crate) async fn verify(&self, password: String, stored: Option<String>) -> Result<bool, Problem> {
        let argon2 = self.argon2.clone();
        let is_stored = stored.is_some();
        let stored = stored.unwrap_or_else(|| self.dummy_hash.clone());
        let same = self
            .run_limited(move || {
                PasswordHash::new(&stored)
                    .is_ok_and(|stored| argon2.verify_password(password.as_bytes(), &stored).is_ok())
            })
            .await?;
        Ok(same && is_stored)
    }

    async fn run_limited<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Problem> {
        let _permit = self.permits.acquire().await.map_err(|_| ProblemType::Unavailable)?;
        tokio::task::spawn_blocking(work).await.map_err(|_| ProblemType::Internal.into())
    }
}

fn hash(argon2: &Argon2, password: &str) -> Result<String, SecretsError> {
    let refused = |_| SecretsError::Random(getrandom::Error::UNEXPECTED);
    let salt = SaltString::encode_b64(&random::<16>()?).map_err(refused)?;
    Ok(argon2.hash_password(password.as_bytes(), &salt).map_err(refused)?.to_string())
}

/// Generates a password to mail: three groups of five characters, 72 bits, in the form to which a typed one is normalized.
///
/// Lower case only, so that no shift key is needed; no vowel, so that no word appears; none of 0/o, 1/l/i. It begins
/// with a letter, so that it stays one left-to-right run inside Arabic text (Unicode Bidi W7).
pub(crate) fn generate() -> Result<String, SecretsError> {
    const LETTERS: &[u8] = b"bcdfghjkmnpqrstvwxyz";
    const ALL: &[u8] = b"bcdfghjkmnpqrstvwxyz23456789";
    let mut password = String::with_capacity(17);
    for index in 0..15 {
        if index > 0 && index % MAILED_GROUP_LENGTH == 0 {
            password.push('-');
        }
        password.push(random_choice(if index == 0 { LETTERS } else { ALL })?.into());
    }
    Ok(password)
}

/// Returns one of `choices`, each with equal probability: bytes that would favour the first ones are rejected.
fn random_choice(choices: &[u8]) -> Result<u8, SecretsError> {
    let fair = 256 / choices.len() * choices.len();
    loop {
        let [byte] = random::<1>()?;
        if usize::from(byte) < fair {
            return Ok(choices[usize::from(byte) % choices.len()]);
        }
    }
}

/// Keyed hash of a mailed password. Its 72 random bits need no slow hash, so that it is compared at every attempt, also
/// while an account waits.
pub(crate) struct MailedHash(String);

impl MailedHash {
    /// Hashes a password as typed or as generated: both have one normal form.
    pub(crate) fn of(keys: &Keys, password: &str) -> Self {
        let key = keys.derive(Purpose::MailedPasswords);
        Self(hex(&hmac(&key, normalize_mailed(password).as_bytes())))
    }

    /// Text to store.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

/// Stored password hashes of a member.
#[derive(Clone)]
pub(crate) struct StoredPasswords {
    chosen: Option<String>,
    mailed: Option<String>,
}

/// Kind of password that was presented.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PasswordKind {
    Chosen,
    Mailed,
}

impl StoredPasswords {
    /// Loads the hashes of this payroll number, which may belong to nobody.
    pub(crate) fn find(db: &Transaction, ppr: &str, now: i64) -> Result<Self, StorageError> {
        let chosen = db
            .prepare_cached("SELECT hash FROM passwords WHERE ppr = ?1")?
            .query_row([ppr], |row| row.get(0))
            .optional()?;
        let mailed = db
            .prepare_cached("SELECT hash FROM mailed_passwords WHERE ppr = ?1 AND expires_at > ?2")?
            .query_row((ppr, now), |row| row.get(0))
            .optional()?;
        Ok(Self { chosen, mailed })
    }

    /// Returns true if the hash of this kind is unchanged in the database: hashing takes time, and another call may
    /// have replaced it meanwhile.
    pub(crate) fn is_unchanged(
        &self,
        kind: PasswordKind,
        db: &Transaction,
        ppr: &str,
        now: i64,
    ) -> Result<bool, StorageError> {
        let present = Self::find(db, ppr, now)?;
        Ok(match kind {
            PasswordKind::Chosen => self.chosen == present.chosen,
            PasswordKind::Mailed => self.mailed == present.mailed,
        })
    }

    /// Returns true for the mailed password.
    pub(crate) fn is_mailed(&self, given: &MailedHash) -> bool {
        let stored = self.mailed.as_deref().unwrap_or_default();
        bool::from(subtle::ConstantTimeEq::ct_eq(stored.as_bytes(), given.0.as_bytes()))
    }

    /// Returns the kind of password that `given` matches. The chosen one is always verified, so that the time taken
    /// discloses nothing.
    pub(crate) async fn find_match(
        self,
        app: &AppState,
        given: &str,
    ) -> Result<Option<PasswordKind>, Problem> {
        let is_mailed = self.is_mailed(&MailedHash::of(&app.keys, given));
        let is_chosen = app.hasher.verify(normalize(given), self.chosen).await?;
        Ok(match (is_chosen, is_mailed) {
            (true, _) => Some(PasswordKind::Chosen),
            (false, true) => Some(PasswordKind::Mailed),
            (false, false) => None,
        })
    }
}

/// Sets a new password. Ends every other session of the member, and the mailed password.
#[utoipa::path(
    put, path = paths::PASSWORD, tag = "access", security(("session" = [])), request_body = PasswordChange,
    responses(
        (status = 200, description = "Changed", body = PasswordChanged),
        (status = 401, description = "`session`", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "`fields`: `new` too-short, too-long, contains-identifier, common, \
            same-as-before; \
            `current` required, wrong", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "`too-many`: too many wrong passwords in a row",
            body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn change(
    State(app): State<App>,
    Extension(auth): Extension<AuthSession>,
    JsonBody(change): JsonBody<PasswordChange>,
) -> Result<Json<PasswordChanged>, Problem> {
    let now = app.now_seconds();
    let ppr = auth.ppr.clone();
    let record =
        app.storage.transaction(move |db| members::find(db, &ppr)).await?.ok_or(ProblemType::Session)?;
    let new = normalize(&change.new);
    let mut problems: Vec<_> = password_policy::check(&new, &record)
        .into_iter()
        .map(|code| FieldProblem::new("new", code))
        .collect();
    let is_compared =
        problems.is_empty() || change.current.as_deref().is_some_and(|current| !current.is_empty());
    if is_compared {
        // Each comparison costs a slow hash, also with the right password and with one that is the same as before.
        app.session_limits.password_checks.take(auth.session_id, app.now())?;
    }
    if let Err(code) = check_current(&app, &auth, change.current.as_deref(), now).await? {
        problems.push(FieldProblem::new("current", code));
    }
    if problems.is_empty() && is_same(&app, &auth, &new, now).await? {
        problems.push(FieldProblem::new("new", Code::SameAsBefore));
    }
    if !problems.is_empty() {
        return Err(Problem::fields(problems));
    }
    let hash = app.hasher.hash(new).await?;
    let charter_due = auth.charter_due;
    let state = Arc::clone(&app);
    app.storage
        .transaction(move |db| {
            replace(db, &auth, &hash, now)?;
            Ok::<_, Problem>(AccountNotice::PasswordSet.enqueue(db, &state.keys, &auth.ppr, now)?)
        })
        .await?;
    app.email_queued.notify_one();
    Ok(Json(PasswordChanged { charter_due, password_due: false }))
}

/// Verifies the present password where one is required. A stolen session must not be a way to guess it, so that wrong
/// ones are throttled as at sign-in.
async fn check_current(
    app: &App,
    auth: &AuthSession,
    current: Option<&str>,
    now: i64,
) -> Result<Result<(), Code>, Problem> {
    let Some(current) = current.filter(|current| !current.is_empty()) else {
        return Ok(if auth.password_due { Ok(()) } else { Err(Code::Required) });
    };
    let (ppr, session_id) = (auth.ppr.clone(), auth.session_id);
    let mailed_hash = MailedHash::of(&app.keys, current);
    let (stored, throttle) = app
        .storage
        .transaction(move |db| {
            let throttle = Throttle::for_session(db, &ppr, session_id)?;
            let stored = StoredPasswords::find(db, &ppr, now)?;
            if !stored.is_mailed(&mailed_hash) {
                throttle.record_attempt(db, now)?;
            }
            Ok::<_, Problem>((stored, throttle))
        })
        .await?;
    if stored.find_match(app, current).await?.is_none() {
        return Ok(Err(Code::Wrong));
    }
    app.storage.transaction(move |db| throttle.reset(db)).await?;
    Ok(Ok(()))
}

async fn is_same(app: &App, auth: &AuthSession, new: &str, now: i64) -> Result<bool, Problem> {
    let ppr = auth.ppr.clone();
    let stored = app.storage.transaction(move |db| StoredPasswords::find(db, &ppr, now)).await?;
    Ok(stored.find_match(app, new).await?.is_some())
}

fn replace(db: &Transaction, auth: &AuthSession, hash: &str, now: i64) -> Result<(), Problem> {
    let ppr = &auth.ppr;
    let is_open = db
        .prepare_cached("UPDATE sessions SET password_due = 0 WHERE id = ?1")?
        .execute([auth.session_id])?;
    if is_open == 0 {
        return Err(ProblemType::Session.into());
    }
    db.prepare_cached(
        "INSERT INTO passwords (ppr, hash, set_at) VALUES (?1, ?2, ?3)
         ON CONFLICT (ppr) DO UPDATE SET hash = excluded.hash, set_at = excluded.set_at",
    )?
    .execute((ppr, hash, now))?;
    db.execute("DELETE FROM mailed_passwords WHERE ppr = ?1", [ppr])?;
    db.execute("DELETE FROM emails WHERE ppr = ?1 AND kind = 'password'", [ppr])?;
    db.execute("DELETE FROM sessions WHERE ppr = ?1 AND id <> ?2", (ppr, auth.session_id))?;
    devices::forget_others(db, ppr, auth.session_id)?;
    Ok(audit(db, now, ppr, "password set, other sessions ended")?)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]
mod tests {
    use super::{generate, normalize_mailed};

    #[test]
    fn a_mailed_password_can_be_read_out_and_typed_on_a_phone() {
        for _ in 0..200 {
            let password = generate().unwrap();
            let groups: Vec<_> = password.split('-').collect();
            assert_eq!(groups.iter().map(|group| group.len()).collect::<Vec<_>>(), [5, 5, 5]);
            assert!(password.starts_with(|c: char| c.is_ascii_lowercase()));
            assert!(!password.contains(['0', 'o', '1', 'l', 'i']));
            assert_eq!(normalize_mailed(&password), password);
            assert!(password.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'));
        }
    }
}

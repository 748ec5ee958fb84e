//! Passwords: how they are kept, made, checked and changed (guide step 7).

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHash, PasswordHasher as _, PasswordVerifier as _, SaltString},
};
use axum::{Extension, Json, extract::State};
use rusqlite::{OptionalExtension as _, Transaction};
use serde::{Deserialize, Serialize};
use tokio::sync::Semaphore;
use unicode_normalization::UnicodeNormalization as _;
use utoipa::ToSchema;

use crate::{
    access::Signed,
    app::{App, Shared},
    devices, formats,
    guessing::Count,
    http::Body,
    members,
    new_password::check_new,
    problem::{Code, FieldProblem, Problem, Slug},
    secrets::{SecretsError, random},
    store::{StoreError, audit},
};

/// How much work one password hash is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PasswordWork {
    /// OWASP's first recommendation for argon2id: 19 MiB, two passes.
    Full,
    /// The least argon2 knows: for tests, where nobody guesses.
    Least,
}

/// argon2id, a few at a time, so that many sign-ins at once take time and not all memory.
pub(crate) struct Hasher {
    argon2: Argon2<'static>,
    dummy: String,
    turns: Semaphore,
}

impl Hasher {
    pub(crate) fn new(work: PasswordWork) -> Result<Self, SecretsError> {
        let params = match work {
            PasswordWork::Full => Params::new(19 * 1024, 2, 1, None),
            PasswordWork::Least => Params::new(Params::MIN_M_COST, 1, 1, None),
        };
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params.unwrap_or_default());
        let dummy = hash(&argon2, &generate()?)?;
        let turns = std::thread::available_parallelism().map_or(2, usize::from);
        Ok(Self { argon2, dummy, turns: Semaphore::new(turns) })
    }

    /// The hash to keep of a password.
    pub(crate) async fn hash(&self, password: String) -> Result<String, Problem> {
        let argon2 = self.argon2.clone();
        Ok(self.in_turn(move || hash(&argon2, &password)).await??)
    }

    /// Whether `password` is the one kept as `kept`. Without one, the same work is done for nothing, so that
    /// unknown members take as long as known ones.
    pub(crate) async fn verify(&self, password: String, kept: Option<String>) -> Result<bool, Problem> {
        let argon2 = self.argon2.clone();
        let is_kept = kept.is_some();
        let kept = kept.unwrap_or_else(|| self.dummy.clone());
        let same = self
            .in_turn(move || {
                PasswordHash::new(&kept)
                    .is_ok_and(|kept| argon2.verify_password(password.as_bytes(), &kept).is_ok())
            })
            .await?;
        Ok(same && is_kept)
    }

    async fn in_turn<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Problem> {
        let _turn = self.turns.acquire().await.map_err(|_| Slug::Unavailable)?;
        tokio::task::spawn_blocking(work).await.map_err(|_| Slug::Internal.into())
    }
}

fn hash(argon2: &Argon2, password: &str) -> Result<String, SecretsError> {
    let refused = |_| SecretsError::Random(getrandom::Error::UNEXPECTED);
    let salt = SaltString::encode_b64(&random::<16>()?).map_err(refused)?;
    Ok(argon2.hash_password(password.as_bytes(), &salt).map_err(refused)?.to_string())
}

/// A password to mail: three groups of five, 72 bits.
///
/// Lower case alone, so that no shift key is needed; no vowel, so that no word appears; none of 0/o, 1/l/i. It
/// begins with a letter, so that it stays one left-to-right run inside Arabic text (Unicode Bidi W7).
pub(crate) fn generate() -> Result<String, SecretsError> {
    const LETTERS: &[u8] = b"bcdfghjkmnpqrstvwxyz";
    const ALL: &[u8] = b"bcdfghjkmnpqrstvwxyz23456789";
    let mut password = String::with_capacity(17);
    for place in 0..15 {
        if place > 0 && place % 5 == 0 {
            password.push('-');
        }
        password.push(pick(if place == 0 { LETTERS } else { ALL })?.into());
    }
    Ok(password)
}

/// One of `choices`, each as likely: bytes that would favour the first ones are drawn again.
fn pick(choices: &[u8]) -> Result<u8, SecretsError> {
    let fair = 256 / choices.len() * choices.len();
    loop {
        let [byte] = random::<1>()?;
        if usize::from(byte) < fair {
            return Ok(choices[usize::from(byte) % choices.len()]);
        }
    }
}

/// A password as it is compared: NFC, never folded (design §5).
fn normal(password: &str) -> String {
    password.nfc().collect()
}

/// A mailed password as it is compared: also without what comes along when it is copied out of a mail.
fn normal_mailed(password: &str) -> String {
    normal(password).trim_matches(formats::is_noise).to_owned()
}

/// What is kept of a member's passwords.
#[derive(Clone)]
pub(crate) struct Kept {
    chosen: Option<String>,
    mailed: Option<String>,
}

/// Which of a member's passwords was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Which {
    Chosen,
    Mailed,
}

impl Kept {
    /// Reads what is kept for this payroll number, which may be nobody's.
    pub(crate) fn find(db: &Transaction, ppr: &str, now: i64) -> Result<Self, StoreError> {
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

    /// Whether the password of this kind is still the one kept: hashing takes time, and another call may have
    /// changed it meanwhile.
    pub(crate) fn still_holds(
        &self,
        which: Which,
        db: &Transaction,
        ppr: &str,
        now: i64,
    ) -> Result<bool, StoreError> {
        let present = Self::find(db, ppr, now)?;
        Ok(match which {
            Which::Chosen => self.chosen == present.chosen,
            Which::Mailed => self.mailed == present.mailed,
        })
    }

    /// Which password `given` is. Both are always tried: the time taken says nothing.
    pub(crate) async fn which(self, app: &Shared, given: &str) -> Result<Option<Which>, Problem> {
        let is_chosen = app.hasher.verify(normal(given), self.chosen).await?;
        let is_mailed = app.hasher.verify(normal_mailed(given), self.mailed).await?;
        Ok(match (is_chosen, is_mailed) {
            (true, _) => Some(Which::Chosen),
            (false, true) => Some(Which::Mailed),
            (false, false) => None,
        })
    }
}

/// The password to replace and the one to replace it with.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Change {
    /// The new password.
    #[serde(default)]
    #[schema(required = true, min_length = 12, max_length = 128)]
    new: String,
    /// The present password. May be absent in a session opened with a mailed one.
    #[schema(nullable = false)]
    current: Option<String>,
}

/// What the member still has to do.
#[derive(Serialize, ToSchema)]
pub(crate) struct Changed {
    /// The current charter is not accepted yet.
    charter_due: bool,
    /// Always false: it was just changed.
    password_due: bool,
}

/// Sets a new password; ends every other session of the member, and the mailed password.
#[utoipa::path(
    put, path = "/v1/password", tag = "access", security(("session" = [])), request_body = Change,
    responses(
        (status = 200, description = "Changed", body = Changed),
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
    Extension(signed): Extension<Signed>,
    Body(change): Body<Change>,
) -> Result<Json<Changed>, Problem> {
    let now = app.now_seconds();
    let ppr = signed.ppr.clone();
    let on_file = app.store.transact(move |db| members::find(db, &ppr)).await?.ok_or(Slug::Session)?;
    let new = normal(&change.new);
    let mut problems: Vec<_> =
        check_new(&new, &on_file).into_iter().map(|code| FieldProblem::new("new", code)).collect();
    if let Err(code) = check_current(&app, &signed, change.current.as_deref(), now).await? {
        problems.push(FieldProblem::new("current", code));
    }
    if problems.is_empty() && is_same(&app, &signed, &new, now).await? {
        problems.push(FieldProblem::new("new", Code::SameAsBefore));
    }
    if !problems.is_empty() {
        return Err(Problem::fields(problems));
    }
    let hash = app.hasher.hash(new).await?;
    let charter_due = signed.charter_due;
    app.store.transact(move |db| replace(db, &signed, &hash, now)).await?;
    Ok(Json(Changed { charter_due, password_due: false }))
}

/// Whether the present password was given where it must be. A stolen session must not be a way to guess it, so
/// wrong ones count as they do at sign-in.
async fn check_current(
    app: &App,
    signed: &Signed,
    current: Option<&str>,
    now: i64,
) -> Result<Result<(), Code>, Problem> {
    let Some(current) = current.filter(|current| !current.is_empty()) else {
        return Ok(if signed.password_due { Ok(()) } else { Err(Code::Required) });
    };
    let (ppr, session) = (signed.ppr.clone(), signed.session);
    let (kept, count) = app
        .store
        .transact(move |db| {
            let count = Count::of_session(db, &ppr, session)?;
            count.begin(db, now)?;
            Ok::<_, Problem>((Kept::find(db, &ppr, now)?, count))
        })
        .await?;
    if kept.which(app, current).await?.is_none() {
        return Ok(Err(Code::Wrong));
    }
    app.store.transact(move |db| count.succeed(db)).await?;
    Ok(Ok(()))
}

async fn is_same(app: &App, signed: &Signed, new: &str, now: i64) -> Result<bool, Problem> {
    let ppr = signed.ppr.clone();
    let kept = app.store.transact(move |db| Kept::find(db, &ppr, now)).await?;
    Ok(kept.which(app, new).await?.is_some())
}

fn replace(db: &Transaction, signed: &Signed, hash: &str, now: i64) -> Result<(), Problem> {
    let ppr = &signed.ppr;
    let is_open =
        db.prepare_cached("UPDATE sessions SET password_due = 0 WHERE id = ?1")?.execute([signed.session])?;
    if is_open == 0 {
        return Err(Slug::Session.into());
    }
    db.prepare_cached(
        "INSERT INTO passwords (ppr, hash, set_at) VALUES (?1, ?2, ?3)
         ON CONFLICT (ppr) DO UPDATE SET hash = excluded.hash, set_at = excluded.set_at",
    )?
    .execute((ppr, hash, now))?;
    db.execute("DELETE FROM mailed_passwords WHERE ppr = ?1", [ppr])?;
    db.execute("DELETE FROM letters WHERE ppr = ?1 AND kind = 'password'", [ppr])?;
    db.execute("DELETE FROM sessions WHERE ppr = ?1 AND id <> ?2", (ppr, signed.session))?;
    devices::forget_others(db, ppr, signed.session)?;
    Ok(audit(db, now, ppr, "password set, other sessions ended")?)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]
mod tests {
    use super::generate;

    #[test]
    fn a_mailed_password_can_be_read_out_and_typed_on_a_phone() {
        for _ in 0..200 {
            let password = generate().unwrap();
            let groups: Vec<_> = password.split('-').collect();
            assert_eq!(groups.iter().map(|group| group.len()).collect::<Vec<_>>(), [5, 5, 5]);
            assert!(password.starts_with(|c: char| c.is_ascii_lowercase()));
            assert!(!password.contains(['0', 'o', '1', 'l', 'i']));
            assert!(password.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'));
        }
    }
}

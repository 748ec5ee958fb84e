//! Refresh of a session. The client draws the next refresh token, keeps it, and proposes it by its SHA-256 together with the
//! present one, so that two holders of one token cannot stay unnoticed.
//!
//! ```text
//! POST /v1/sessions/refresh, present token and proposal
//!   no proposal yet              rotate: the proposal becomes the newest token
//!   the same proposal again,
//!     itself not refreshed yet   the response was lost: another access token, nothing else
//!   anything else                two hold the token: the session ends, for every holder
//!   idle for 90 days, or a year old: the session ends
//! ```

use std::sync::Arc;

use axum::{Extension, Json, extract::State};
use fos_wire::{
    access::{Refresh, SessionResponse},
    paths,
};
use rusqlite::{OptionalExtension as _, Transaction};
use tracing::warn;

use crate::{
    app::App,
    content::PublishedContent,
    http::JsonBody,
    problem::{Code, FieldProblem, Problem},
    retention::{SESSION_IDLE_TIMEOUT, SESSION_MAX_AGE},
    secrets::sha256,
    sessions::{self, NewAccess},
    storage::StorageError,
};

/// Refreshes a session. The present token is replaced by the one whose hash is proposed. Repeated with the same proposal,
/// before that one is refreshed in its turn, it is a lost response, and changes nothing. With another proposal, or
/// after that, it ends the session: the token has been copied.
#[utoipa::path(
    post, path = paths::SESSION_REFRESH, tag = "access", request_body = Refresh,
    responses(
        (status = 200, description = "Refreshed", body = SessionResponse),
        (status = 401, description = "`session`", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "`fields`: `next_refresh_token_sha256` format, also of a token that is in use",
            body = Problem, content_type = "application/problem+json"),
    ),
)]
pub(crate) async fn refresh(
    State(app): State<App>,
    Extension(content): Extension<Arc<PublishedContent>>,
    JsonBody(refresh): JsonBody<Refresh>,
) -> Result<Json<SessionResponse>, Problem> {
    let tokens = Tokens {
        present: sha256(refresh.refresh_token.as_bytes()),
        proposed: parse_hash(&refresh.next_refresh_token_sha256).ok_or_else(invalid_proposal)?,
    };
    let access = NewAccess {
        token: sessions::new_token()?,
        charter_version: content.charter.version.clone(),
        now: app.now_seconds(),
    };
    let refreshed = app.storage.transaction(move |db| refresh_session(db, &tokens, access)).await?;
    refreshed.map(Json)
}

fn parse_hash(text: &str) -> Option<[u8; 32]> {
    let mut hash = [0; 32];
    hex::decode_to_slice(text, &mut hash).ok()?;
    Some(hash)
}

fn invalid_proposal() -> Problem {
    Problem::fields(vec![FieldProblem::new("next_refresh_token_sha256", Code::Format)])
}

/// SHA-256 of the present refresh token, and the proposed one of the next.
struct Tokens {
    present: [u8; 32],
    proposed: [u8; 32],
}

/// A refusal is a value: its transaction is committed all the same, so that an ended session stays ended.
fn refresh_session(
    db: &Transaction,
    tokens: &Tokens,
    access: NewAccess,
) -> Result<Result<SessionResponse, Problem>, StorageError> {
    let now = access.now;
    let Some(token) = RefreshToken::find(db, &tokens.present)? else {
        return Ok(Err(Problem::session(sessions::is_revoked(db, &tokens.present)?)));
    };
    let session_id = token.session_id;
    if now > token.used_at + SESSION_IDLE_TIMEOUT || now > token.opened_at + SESSION_MAX_AGE {
        sessions::end(db, session_id, &token.ppr, now, "session expired")?;
        return Ok(Err(Problem::session(false)));
    }
    match token.classify(&tokens.proposed) {
        ProposalKind::Rotate if exists(db, &tokens.proposed)? => return Ok(Err(invalid_proposal())),
        ProposalKind::Rotate => rotate(db, &token, &tokens.proposed)?,
        ProposalKind::LostResponse => {}
        ProposalKind::Copied(event) => {
            warn!("refresh token reused");
            sessions::revoke(db, session_id, &token.ppr, now, event)?;
            return Ok(Err(Problem::session(true)));
        }
    }
    db.prepare_cached("UPDATE sessions SET used_at = ?2 WHERE id = ?1")?.execute((session_id, now))?;
    let body = sessions::issue_access_token(db, session_id, access)?;
    Ok(body.ok_or_else(|| Problem::session(false)))
}

fn exists(db: &Transaction, hash: &[u8; 32]) -> Result<bool, StorageError> {
    let mut statement = db.prepare_cached("SELECT EXISTS (SELECT 1 FROM refresh_tokens WHERE hash = ?1)")?;
    Ok(statement.query_row([hash], |row| row.get(0))?)
}

/// Makes the proposed token the newest of the session.
fn rotate(db: &Transaction, token: &RefreshToken, proposed: &[u8; 32]) -> Result<(), StorageError> {
    let session_id = token.session_id;
    // Of a session from before proposals, two tokens may have none. Whoever comes with the other is a second holder.
    db.prepare_cached(
        "UPDATE refresh_tokens SET successor = ?2 WHERE session_id = ?1 AND successor IS NULL",
    )?
    .execute((session_id, proposed))?;
    sessions::store_refresh_token(db, proposed, session_id, token.newest + 1)?;
    db.prepare_cached("UPDATE sessions SET generation = ?2 WHERE id = ?1")?
        .execute((session_id, token.newest + 1))?;
    Ok(())
}

/// Conclusion from a token and its proposal.
enum ProposalKind {
    /// The first proposal for this token.
    Rotate,
    /// The proposal of before, for a response that did not arrive.
    LostResponse,
    /// Two hold the token; with the line of the audit log.
    Copied(&'static str),
}

/// A stored refresh token and its session.
struct RefreshToken {
    session_id: i64,
    ppr: String,
    opened_at: i64,
    used_at: i64,
    /// Generation of the session's newest token.
    newest: i64,
    /// SHA-256 of the token that was proposed with this one, and that token's own generation.
    successor: Option<([u8; 32], i64)>,
}

impl RefreshToken {
    fn find(db: &Transaction, hash: &[u8; 32]) -> Result<Option<Self>, StorageError> {
        let found = db
            .prepare_cached(
                "SELECT id, ppr, opened_at, used_at, sessions.generation, present.successor, next.generation
                 FROM refresh_tokens AS present JOIN sessions ON id = present.session_id
                 LEFT JOIN refresh_tokens AS next ON next.hash = present.successor
                 WHERE present.hash = ?1",
            )?
            .query_row([hash], |row| {
                let (successor, generation): (Option<[u8; 32]>, Option<i64>) = (row.get(5)?, row.get(6)?);
                Ok(Self {
                    session_id: row.get(0)?,
                    ppr: row.get(1)?,
                    opened_at: row.get(2)?,
                    used_at: row.get(3)?,
                    newest: row.get(4)?,
                    successor: successor.zip(generation),
                })
            });
        Ok(found.optional()?)
    }

    fn classify(&self, proposed: &[u8; 32]) -> ProposalKind {
        match &self.successor {
            None => ProposalKind::Rotate,
            Some((_, generation)) if *generation < self.newest => {
                ProposalKind::Copied("session revoked: a used refresh token came again")
            }
            Some((successor, _)) if successor == proposed => ProposalKind::LostResponse,
            Some(_) => ProposalKind::Copied("session revoked: a refresh token came with a second successor"),
        }
    }
}

//! Tokens of the member's portal session, and the calls made with them. One refresh serves all calls that wait for it.
//!
//! ```text
//!  call ──▶ valid_token ──▶ access token valid for 30 s more? ──yes──▶ call
//!               │ no, or the portal answered 401
//!               ▼
//!         refresh (one at a time; the lock makes other calls wait)
//!               │ the next refresh token is drawn and stored in the vault; its hash is sent with the present one
//!               │ 200: the next one is the present one, stored with the new access token, then used
//!               │ 401: SessionEnded or SessionRevoked, the stage machine leads to sign-in
//!               └ no response, or killed: asked again with the same next token, also by a later process
//! ```
//!
//! The portal takes a second, different next token for theft and ends the session.
//!
//! Signing in again opens another portal session. A call that was answered in the earlier one is not repeated in the new
//! one: it fails with [`Error::SessionClosed`].

use std::sync::Arc;

use fos_wire::access::{Refresh, SessionResponse};
use fos_wire::paths;
use reqwest::Method;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use tracing::{info, warn};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::MemberSession;
use crate::api::{Cached, parse_json};
use crate::error::Error;
use crate::stage::RequiredActions;
use crate::vault::{Vault, VaultError};

const TOKENS_SECRET: &str = "session";
/// Tokens are refreshed this long before they expire, so that none expires on its way.
const EXPIRY_MARGIN_SECONDS: i64 = 30;
const REFRESH_TOKEN_BYTES: usize = 32;

#[derive(Clone, Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
struct TokenPair {
    access: String,
    /// Unix seconds. The field names are stored.
    #[serde(rename = "access_ends")]
    access_expires_at: i64,
    refresh: String,
    /// Refresh token drawn to follow the present one, from before its hash is sent until the portal has answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    next_refresh: Option<String>,
}

/// The token pair and the portal session that it belongs to.
struct TokenState {
    /// Counts the sign-ins of this process, so that a call can tell its own session from the next.
    sign_in: u64,
    pair: Option<TokenPair>,
}

/// Token store of one member: in the vault, and in memory.
pub(super) struct Tokens {
    vault: Arc<dyn Vault>,
    /// Held during a refresh: other calls wait for its result instead of refreshing too.
    state: tokio::sync::Mutex<TokenState>,
}

/// An access token and the sign-in that it comes from.
struct AccessToken {
    token: Zeroizing<String>,
    sign_in: u64,
}

/// Deletes the tokens of whoever was signed in.
pub(super) fn erase(vault: &dyn Vault) -> Result<(), VaultError> {
    match vault.erase(TOKENS_SECRET) {
        Err(_) if is_unreadable(vault) => Ok(()),
        erased => erased,
    }
}

/// Returns true if the key store refuses to read the tokens for good. Such an entry serves no later process, whatever is in
/// it: the session lasts as long as this process, and nothing is left to erase.
fn is_unreadable(vault: &dyn Vault) -> bool {
    vault.read(TOKENS_SECRET).is_err_and(|error| error.is_lost())
}

impl From<&SessionResponse> for RequiredActions {
    fn from(session: &SessionResponse) -> Self {
        Self { charter: session.charter_due, password: session.password_due }
    }
}

impl Tokens {
    /// Loads the tokens of the last process.
    pub(super) fn load(vault: Arc<dyn Vault>) -> Result<Self, VaultError> {
        // Unreadable tokens count as none: the member signs in again.
        let stored = match vault.read(TOKENS_SECRET) {
            Err(error) if error.is_lost() => None,
            stored => stored?,
        };
        let pair = stored.and_then(|stored| fos_wire::parse_json(&stored).ok());
        Ok(Self { vault, state: tokio::sync::Mutex::new(TokenState { sign_in: 0, pair }) })
    }

    /// Stores the pair of an answer, whose refresh token is this one.
    fn store(
        &self,
        state: &mut TokenState,
        body: &SessionResponse,
        refresh: String,
        now: i64,
    ) -> Result<(), Error> {
        let pair = TokenPair {
            access: body.access_token.clone(),
            access_expires_at: now + body.access_expires_in,
            refresh,
            next_refresh: None,
        };
        self.write(state, pair)
    }

    /// Returns the refresh token that follows the present one of `pair`: the one that was drawn before, or a new one, which is
    /// stored first.
    fn next_refresh(&self, state: &mut TokenState, mut pair: TokenPair) -> Result<String, Error> {
        if let Some(next) = &pair.next_refresh {
            return Ok(next.clone());
        }
        let mut drawn = Zeroizing::new([0; REFRESH_TOKEN_BYTES]);
        getrandom::fill(drawn.as_mut_slice()).map_err(VaultError::from)?;
        let next = hex::encode(drawn.as_slice());
        pair.next_refresh = Some(next.clone());
        self.write(state, pair)?;
        Ok(next)
    }

    fn write(&self, state: &mut TokenState, pair: TokenPair) -> Result<(), Error> {
        let secret = serde_json::to_vec(&pair).map_err(|_| Error::Bug("session-tokens".to_owned()))?;
        let secret = Zeroizing::new(secret);
        if let Err(error) = self.vault.write(TOKENS_SECRET, &secret) {
            if !is_unreadable(self.vault.as_ref()) {
                return Err(error.into());
            }
            warn!("tokens kept in memory only");
        }
        state.pair = Some(pair);
        Ok(())
    }

    /// Deletes the tokens.
    pub(super) async fn clear(&self) -> Result<(), Error> {
        let mut state = self.state.lock().await;
        erase(self.vault.as_ref())?;
        state.pair = None;
        Ok(())
    }
}

impl MemberSession {
    /// Stores the tokens of a new sign-in.
    pub(super) async fn store_tokens(&self, body: &SessionResponse) -> Result<(), Error> {
        let mut state = self.tokens.state.lock().await;
        let refresh = body.refresh_token.clone();
        let refresh = refresh.ok_or_else(|| Error::UnexpectedResponse("no refresh token".to_owned()))?;
        state.sign_in += 1;
        self.tokens.store(&mut state, body, refresh, self.context.now().as_second())
    }

    /// Ends the session at the portal (sign-out). A session that has ended already is no error.
    pub(crate) async fn end(&self) -> Result<(), Error> {
        let client = self.context.client();
        let end = |token: Zeroizing<String>| async move {
            client.send_idempotent(Method::DELETE, paths::SESSION_CURRENT, Some(&token), &()).await
        };
        match self.with_token(end).await {
            Ok(()) | Err(Error::SessionEnded | Error::SessionRevoked) => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// Refreshes the session now and returns the required actions.
    pub(super) async fn refresh_now(&self) -> Result<RequiredActions, Error> {
        let mut state = self.tokens.state.lock().await;
        Ok(RequiredActions::from(&self.refresh(&mut state).await?))
    }

    /// Gets a text if it changed since `etag`.
    pub(crate) async fn get_if_changed(&self, path: &str, etag: Option<&str>) -> Result<Cached, Error> {
        Ok(match self.get_bytes_if_changed(path, etag).await? {
            Cached::NotModified => Cached::NotModified,
            Cached::Modified { etag, body } => {
                let body =
                    String::from_utf8(body).map_err(|error| Error::UnexpectedResponse(error.to_string()))?;
                Cached::Modified { etag, body }
            }
        })
    }

    /// Gets bytes if they changed since `etag`.
    pub(crate) async fn get_bytes_if_changed(
        &self,
        path: &str,
        etag: Option<&str>,
    ) -> Result<Cached<Vec<u8>>, Error> {
        let client = self.context.client();
        self.with_token(|token| async move { client.get_if_changed(path, &token, etag).await }).await
    }

    /// Gets and decodes a response that is not cached.
    pub(crate) async fn get<T: DeserializeOwned>(&self, path: &str) -> Result<T, Error> {
        match self.get_bytes_if_changed(path, None).await? {
            Cached::Modified { body, .. } => parse_json(&body),
            Cached::NotModified => Err(Error::Bug(format!("{path}-unchanged"))),
        }
    }

    /// Gets a file that is not cached. A download that broke continues where it was cut, within the call.
    pub(crate) async fn get_bytes(&self, path: &str) -> Result<Vec<u8>, Error> {
        let client = self.context.client();
        self.with_token(|token| async move { client.get_file(path, &token).await }).await
    }

    /// Sends a body to an endpoint whose repetition is harmless. Retries.
    pub(crate) async fn send_idempotent<T: DeserializeOwned>(
        &self,
        method: Method,
        path: &str,
        body: &impl Serialize,
    ) -> Result<T, Error> {
        let call = |token: Zeroizing<String>| {
            let method = method.clone();
            async move { self.context.client().send_idempotent(method, path, Some(&token), body).await }
        };
        self.with_token(call).await
    }

    /// Posts with an idempotency key. Retries.
    pub(crate) async fn create<T: DeserializeOwned>(
        &self,
        path: &str,
        key: &str,
        body: &impl Serialize,
    ) -> Result<T, Error> {
        let client = self.context.client();
        self.with_token(|token| async move { client.create(path, &token, key, body).await }).await
    }

    /// Calls with a valid token; if the portal rejects it all the same, refreshes and calls once more.
    async fn with_token<T, Response: Future<Output = Result<T, Error>>>(
        &self,
        call: impl Fn(Zeroizing<String>) -> Response,
    ) -> Result<T, Error> {
        let first = self.valid_token(None).await?;
        let result = match call(first.token.clone()).await {
            Err(Error::SessionEnded) => call(self.valid_token(Some(&first)).await?.token).await,
            result => result,
        };
        match result {
            // The member signed in again meanwhile: this says nothing about the new session.
            Err(Error::SessionEnded | Error::SessionRevoked)
                if self.tokens.state.lock().await.sign_in != first.sign_in =>
            {
                Err(Error::SessionClosed)
            }
            result => result,
        }
    }

    /// Returns an access token that is valid for a while. `rejected` is a token that the portal rejected: it counts as
    /// expired.
    ///
    /// # Errors
    /// [`Error::SessionClosed`] if the member has signed in again since `rejected` was returned.
    async fn valid_token(&self, rejected: Option<&AccessToken>) -> Result<AccessToken, Error> {
        let mut state = self.tokens.state.lock().await;
        let sign_in = state.sign_in;
        if rejected.is_some_and(|rejected| rejected.sign_in != sign_in) {
            return Err(Error::SessionClosed);
        }
        let Some(current) = state.pair.as_ref() else { return Err(Error::SessionEnded) };
        let is_valid = self.context.now().as_second() + EXPIRY_MARGIN_SECONDS < current.access_expires_at;
        if is_valid && rejected.is_none_or(|rejected| *rejected.token != current.access) {
            return Ok(AccessToken { token: Zeroizing::new(current.access.clone()), sign_in });
        }
        let token = Zeroizing::new(self.refresh(&mut state).await?.access_token);
        Ok(AccessToken { token, sign_in })
    }

    async fn refresh(&self, state: &mut TokenState) -> Result<SessionResponse, Error> {
        let Some(current) = state.pair.clone() else { return Err(Error::SessionEnded) };
        let refresh_token = current.refresh.clone();
        let next = self.tokens.next_refresh(state, current)?;
        let proposal =
            Refresh { refresh_token, next_refresh_token_sha256: hex::encode(Sha256::digest(&next)) };
        // The same proposal is a lost response to the portal, however often it comes.
        let body: SessionResponse = self
            .context
            .client()
            .send_idempotent(Method::POST, paths::SESSION_REFRESH, None, &proposal)
            .await?;
        self.tokens.store(state, &body, next, self.context.now().as_second())?;
        info!("tokens refreshed");
        // An active member may have retired. The session is refreshed even if that cannot be stored.
        if let Err(error) = self.put_member(&body.member) {
            warn!(code = error.code(), "profile not stored");
        }
        Ok(body)
    }
}

//! Session tokens: stored in the vault, refreshed once however many calls wait.
//!
//! ```text
//!  call ──▶ valid_token ──▶ access token valid for 30 s more? ──yes──▶ call
//!               │ no, or the portal answered 401
//!               ▼
//!         refresh (one at a time; the lock makes other calls wait)
//!               │ 200: new pair stored in the vault, then used
//!               │ 401: SessionEnded, the stage machine leads to sign-in
//!               └ no response: asked again; the portal repeats the same pair until it is first used
//! ```

use std::sync::{Arc, Mutex, PoisonError};

use fos_wire::Member;
use fos_wire::access::{Refresh, SessionResponse};
use fos_wire::paths;
use reqwest::Method;
use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::client::{Cached, Client};
use crate::clock::CorrectedClock;
use crate::error::Error;
use crate::stage::RequiredActions;
use crate::vault::Vault;

const TOKENS_SECRET: &str = "session";
/// Tokens are refreshed this long before they expire, so that none expires on its way.
const EXPIRY_MARGIN_SECONDS: i64 = 30;

#[derive(Clone, Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
struct Tokens {
    access: String,
    /// Unix seconds. The field names are stored.
    #[serde(rename = "access_ends")]
    access_expires_at: i64,
    refresh: String,
}

/// Calls of the signed-in member.
pub(crate) struct Session {
    client: Arc<Client>,
    vault: Arc<dyn Vault>,
    clock: Arc<CorrectedClock>,
    /// Held during a refresh: other calls wait for its result instead of refreshing too.
    tokens: tokio::sync::Mutex<Option<Tokens>>,
    /// The member as the last refresh described them, until it is taken.
    refreshed_member: Mutex<Option<Member>>,
}

impl From<&SessionResponse> for RequiredActions {
    fn from(session: &SessionResponse) -> Self {
        Self { charter: session.charter_due, password: session.password_due }
    }
}

impl Session {
    /// Loads the tokens of the last process. With nobody signed in, deletes any that a killed process left.
    pub(crate) fn new(
        client: Arc<Client>,
        vault: Arc<dyn Vault>,
        clock: Arc<CorrectedClock>,
        signed_in: bool,
    ) -> Result<Self, Error> {
        if !signed_in {
            vault.erase(TOKENS_SECRET)?;
        }
        let stored = vault.read(TOKENS_SECRET)?;
        // Unreadable tokens count as none: the member signs in again.
        let tokens = stored.and_then(|stored| serde_json::from_slice(&stored).ok());
        let tokens = tokio::sync::Mutex::new(tokens);
        Ok(Self { client, vault, clock, tokens, refreshed_member: Mutex::default() })
    }

    /// Stores the tokens of a new session.
    pub(crate) async fn open(&self, body: &SessionResponse) -> Result<(), Error> {
        let mut tokens = self.tokens.lock().await;
        self.store_tokens(&mut tokens, body)
    }

    /// Deletes the tokens.
    pub(crate) async fn clear(&self) -> Result<(), Error> {
        let mut tokens = self.tokens.lock().await;
        self.vault.erase(TOKENS_SECRET)?;
        *tokens = None;
        Ok(())
    }

    /// Takes the member's description out of the last refresh, if there was one.
    pub(crate) fn take_refreshed_member(&self) -> Option<Member> {
        self.refreshed_member.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    /// Ends the session at the portal (sign-out). A session that has ended already is no error.
    pub(crate) async fn end(&self) -> Result<(), Error> {
        let token = self.valid_token(None).await?;
        let ended: Result<(), _> =
            self.client.send_idempotent(Method::DELETE, paths::SESSION_CURRENT, Some(&token), &()).await;
        match ended {
            Ok(()) | Err(Error::SessionEnded) => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// Refreshes the session now and returns the required actions.
    pub(crate) async fn refresh_now(&self) -> Result<RequiredActions, Error> {
        let mut tokens = self.tokens.lock().await;
        Ok(RequiredActions::from(&self.refresh(&mut tokens).await?))
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
        self.with_token(|token| async move { self.client.get_if_changed(path, &token, etag).await }).await
    }

    /// Sends a body to an endpoint whose repetition is harmless. Retries.
    pub(crate) async fn send_idempotent<T: serde::de::DeserializeOwned>(
        &self,
        method: Method,
        path: &str,
        body: &impl Serialize,
    ) -> Result<T, Error> {
        let call = |token: Zeroizing<String>| {
            let method = method.clone();
            async move { self.client.send_idempotent(method, path, Some(&token), body).await }
        };
        self.with_token(call).await
    }

    /// Posts with an idempotency key. Retries.
    pub(crate) async fn create<T: serde::de::DeserializeOwned>(
        &self,
        path: &str,
        key: &str,
        body: &impl Serialize,
    ) -> Result<T, Error> {
        self.with_token(|token| async move { self.client.create(path, &token, key, body).await }).await
    }

    /// Calls with a valid token; if the portal rejects it all the same, refreshes and calls once more.
    async fn with_token<T, Response: Future<Output = Result<T, Error>>>(
        &self,
        call: impl Fn(Zeroizing<String>) -> Response,
    ) -> Result<T, Error> {
        let token = self.valid_token(None).await?;
        match call(token.clone()).await {
            Err(Error::SessionEnded) => call(self.valid_token(Some(&token)).await?).await,
            result => result,
        }
    }

    /// Returns an access token that is valid for a while. `refused` is a token that the portal rejected: it counts as
    /// expired.
    async fn valid_token(&self, refused: Option<&str>) -> Result<Zeroizing<String>, Error> {
        let mut tokens = self.tokens.lock().await;
        let Some(current) = tokens.as_ref() else { return Err(Error::SessionEnded) };
        let is_valid = self.now() + EXPIRY_MARGIN_SECONDS < current.access_expires_at;
        if is_valid && refused != Some(current.access.as_str()) {
            return Ok(Zeroizing::new(current.access.clone()));
        }
        Ok(Zeroizing::new(self.refresh(&mut tokens).await?.access_token))
    }

    async fn refresh(&self, tokens: &mut Option<Tokens>) -> Result<SessionResponse, Error> {
        let Some(current) = tokens.as_ref() else { return Err(Error::SessionEnded) };
        // The portal repeats the same new pair until it is first used, so a lost response can be requested again.
        let body: SessionResponse = self
            .client
            .send_idempotent(
                Method::POST,
                paths::SESSION_REFRESH,
                None,
                &Refresh { refresh_token: current.refresh.clone() },
            )
            .await?;
        self.store_tokens(tokens, &body)?;
        *self.refreshed_member.lock().unwrap_or_else(PoisonError::into_inner) = Some(body.member.clone());
        Ok(body)
    }

    fn store_tokens(&self, tokens: &mut Option<Tokens>, body: &SessionResponse) -> Result<(), Error> {
        let new = Tokens {
            access: body.access_token.clone(),
            access_expires_at: self.now() + body.access_expires_in,
            refresh: body.refresh_token.clone(),
        };
        let secret = serde_json::to_vec(&new).map_err(|_| Error::Bug("session-tokens".to_owned()))?;
        self.vault.write(TOKENS_SECRET, &Zeroizing::new(secret))?;
        *tokens = Some(new);
        Ok(())
    }

    fn now(&self) -> i64 {
        self.clock.now().as_second()
    }
}

// HTTP to a fake portal is allowed in development builds only.
#[cfg(test)]
#[cfg(feature = "development")]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::{TcpListener, TcpStream};

    use super::*;
    use crate::clock::SystemClock;
    use crate::vault;

    const RENEWED: &str = r#"{"access_token":"new","access_expires_in":900,"refresh_token":"r2","charter_due":false,
        "password_due":false,"member":{"ppr":"0123456","kind":"active","name":{"ar":"عضو تجربة","fr":"Membre Essai"}}}"#;

    /// Portal that rejects the old token, accepts the new one and counts refreshes.
    struct Fake {
        address: String,
        renewals: Arc<AtomicUsize>,
    }

    impl Fake {
        async fn start() -> Self {
            let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
            let address = format!("http://{}", listener.local_addr().unwrap());
            let renewals = Arc::new(AtomicUsize::new(0));
            let counted = Arc::clone(&renewals);
            tokio::spawn(async move {
                while let Ok((stream, _)) = listener.accept().await {
                    tokio::spawn(answer(stream, Arc::clone(&counted)));
                }
            });
            Self { address, renewals }
        }
    }

    async fn answer(mut stream: TcpStream, renewals: Arc<AtomicUsize>) {
        let mut request = vec![0; 4096];
        let length = stream.read(&mut request).await.unwrap();
        let request = String::from_utf8_lossy(&request[..length]).to_string();
        let (status, body) = if request.contains(paths::SESSION_REFRESH) {
            renewals.fetch_add(1, Ordering::SeqCst);
            ("200 OK", RENEWED)
        } else if request.contains("Bearer new") {
            ("200 OK", "{}")
        } else {
            ("401 Unauthorized", r#"{"type":"urn:fos:problem:session","status":401}"#)
        };
        let head = format!(
            "HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
            body.len()
        );
        stream.write_all(format!("{head}{body}").as_bytes()).await.unwrap();
    }

    #[tokio::test]
    async fn concurrent_calls_with_an_expired_token_refresh_it_once() {
        let fake = Fake::start().await;
        let folder = tempfile::tempdir().unwrap();
        let vault = vault::open(folder.path()).unwrap();
        let time = Arc::new(CorrectedClock::new(Box::new(SystemClock)));
        let client = Arc::new(Client::new(&fake.address, "0", None, Arc::clone(&time)).unwrap());
        let session = Arc::new(Session::new(client, vault, time, true).unwrap());
        let mut old: SessionResponse = serde_json::from_str(RENEWED).unwrap();
        "old".clone_into(&mut old.access_token);
        session.open(&old).await.unwrap();
        let calls = (0..8).map(|_| {
            let session = Arc::clone(&session);
            tokio::spawn(async move { session.get_if_changed(paths::SERVICES, None).await.map(|_| ()) })
        });
        for call in calls.collect::<Vec<_>>() {
            call.await.unwrap().unwrap();
        }
        assert_eq!(fake.renewals.load(Ordering::SeqCst), 1);
    }
}

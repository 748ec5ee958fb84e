//! The session's two tokens: kept in the vault, renewed once however many calls wait for it.

use std::sync::{Arc, Mutex, PoisonError};

use reqwest::Method;
use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::client::{Client, Fetched};
use super::paths;
use super::wire::{Member, Refresh, SessionBody};
use crate::clock::Time;
use crate::error::Trouble;
use crate::stage::Due;
use crate::vault::Vault;

const SECRET: &str = "session";
/// Renewed this long before it would end, so that no call arrives with a dying token.
const MARGIN_SECONDS: i64 = 30;

#[derive(Clone, Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
struct Tokens {
    access: String,
    /// Unix seconds.
    access_ends: i64,
    refresh: String,
}

/// Calls on behalf of the signed-in member.
pub(crate) struct Session {
    client: Arc<Client>,
    vault: Arc<dyn Vault>,
    time: Arc<Time>,
    /// Held while a renewal is under way: the others wait for its outcome instead of asking too.
    tokens: tokio::sync::Mutex<Option<Tokens>>,
    /// The member as the last renewal named them, until someone has taken note: an active member retires one day.
    renewed_for: Mutex<Option<Member>>,
}

impl Session {
    /// With the tokens of the last run. Nobody being signed in, any that a killed run left behind go.
    pub(crate) fn new(
        client: Arc<Client>,
        vault: Arc<dyn Vault>,
        time: Arc<Time>,
        signed_in: bool,
    ) -> Result<Self, Trouble> {
        if !signed_in {
            vault.erase(SECRET)?;
        }
        let kept = vault.read(SECRET)?;
        // Tokens that do not read are as good as none: the member signs in again.
        let tokens = kept.and_then(|kept| serde_json::from_slice(&kept).ok());
        let tokens = tokio::sync::Mutex::new(tokens);
        Ok(Self { client, vault, time, tokens, renewed_for: Mutex::default() })
    }

    /// Takes the tokens of a session that has just been opened.
    pub(crate) async fn begin(&self, body: &SessionBody) -> Result<(), Trouble> {
        let mut tokens = self.tokens.lock().await;
        self.keep(&mut tokens, body)
    }

    /// Drops the tokens.
    pub(crate) async fn forget(&self) -> Result<(), Trouble> {
        let mut tokens = self.tokens.lock().await;
        self.vault.erase(SECRET)?;
        *tokens = None;
        Ok(())
    }

    /// The member as a renewal has named them since this was last asked.
    pub(crate) fn renewed_for(&self) -> Option<Member> {
        self.renewed_for.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    /// Asks the portal to end the session (sign-out).
    pub(crate) async fn end(&self) -> Result<(), Trouble> {
        let token = self.token(None).await?;
        let ended: Result<(), _> =
            self.client.act_safely(Method::DELETE, paths::SESSION_CURRENT, Some(&token), &()).await;
        match ended {
            Ok(()) | Err(Trouble::SessionEnded) => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// Renews the session now and hears what is still due.
    pub(crate) async fn standing(&self) -> Result<Due, Trouble> {
        let mut tokens = self.tokens.lock().await;
        Ok(self.renew(&mut tokens).await?.due())
    }

    /// Fetches a text unless it is still the one of `etag`.
    pub(crate) async fn fetch(&self, path: &str, etag: Option<&str>) -> Result<Fetched, Trouble> {
        Ok(match self.fetch_bytes(path, etag).await? {
            Fetched::Unchanged => Fetched::Unchanged,
            Fetched::New { etag, body } => {
                let body = String::from_utf8(body).map_err(|error| Trouble::Unreadable(error.to_string()))?;
                Fetched::New { etag, body }
            }
        })
    }

    /// Fetches a file unless it is still the one of `etag`.
    pub(crate) async fn fetch_bytes(
        &self,
        path: &str,
        etag: Option<&str>,
    ) -> Result<Fetched<Vec<u8>>, Trouble> {
        self.with_token(|token| async move { self.client.fetch(path, &token, etag).await }).await
    }

    /// Acts where twice is as good as once.
    pub(crate) async fn act_safely<T: serde::de::DeserializeOwned>(
        &self,
        method: Method,
        path: &str,
        body: &impl Serialize,
    ) -> Result<T, Trouble> {
        let call = |token: Zeroizing<String>| {
            let method = method.clone();
            async move { self.client.act_safely(method, path, Some(&token), body).await }
        };
        self.with_token(call).await
    }

    /// Creates, once however often it is asked under this key.
    pub(crate) async fn create<T: serde::de::DeserializeOwned>(
        &self,
        path: &str,
        key: &str,
        body: &impl Serialize,
    ) -> Result<T, Trouble> {
        self.with_token(|token| async move { self.client.create(path, &token, key, body).await }).await
    }

    /// Calls with a token that lives; when the portal does not take it after all, once more with its successor.
    async fn with_token<T, Answer: Future<Output = Result<T, Trouble>>>(
        &self,
        call: impl Fn(Zeroizing<String>) -> Answer,
    ) -> Result<T, Trouble> {
        let token = self.token(None).await?;
        match call(token.clone()).await {
            Err(Trouble::SessionEnded) => call(self.token(Some(&token)).await?).await,
            answer => answer,
        }
    }

    /// A token that lives; `refused` is one that the portal did not take.
    async fn token(&self, refused: Option<&str>) -> Result<Zeroizing<String>, Trouble> {
        let mut tokens = self.tokens.lock().await;
        let Some(kept) = tokens.as_ref() else { return Err(Trouble::SessionEnded) };
        let lives = self.now() + MARGIN_SECONDS < kept.access_ends;
        if lives && refused != Some(kept.access.as_str()) {
            return Ok(Zeroizing::new(kept.access.clone()));
        }
        Ok(Zeroizing::new(self.renew(&mut tokens).await?.access_token))
    }

    async fn renew(&self, tokens: &mut Option<Tokens>) -> Result<SessionBody, Trouble> {
        let Some(kept) = tokens.as_ref() else { return Err(Trouble::SessionEnded) };
        // The portal gives the same successor until it is first used: a lost answer may be asked for again.
        let body: SessionBody = self
            .client
            .act_safely(Method::POST, paths::SESSION_REFRESH, None, &Refresh { refresh_token: &kept.refresh })
            .await?;
        self.keep(tokens, &body)?;
        *self.renewed_for.lock().unwrap_or_else(PoisonError::into_inner) = Some(body.member.clone());
        Ok(body)
    }

    fn keep(&self, tokens: &mut Option<Tokens>, body: &SessionBody) -> Result<(), Trouble> {
        let new = Tokens {
            access: body.access_token.clone(),
            access_ends: self.now() + body.access_expires_in,
            refresh: body.refresh_token.clone(),
        };
        let secret = serde_json::to_vec(&new).map_err(|_| Trouble::Bug("session-tokens".to_owned()))?;
        self.vault.write(SECRET, &Zeroizing::new(secret))?;
        *tokens = Some(new);
        Ok(())
    }

    fn now(&self) -> i64 {
        self.time.now().as_second()
    }
}

// Plain HTTP to a fake needs what only a development build allows.
#[cfg(test)]
#[cfg(feature = "development")]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::{TcpListener, TcpStream};

    use super::*;
    use crate::clock::PhoneClock;
    use crate::vault;

    const RENEWED: &str = r#"{"access_token":"new","access_expires_in":900,"refresh_token":"r2","charter_due":false,
        "password_due":false,"member":{"ppr":"0123456","kind":"active","name":{"ar":"عضو تجربة","fr":"Membre Essai"}}}"#;

    /// Refuses the old token, takes the new one, and counts renewals.
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
    async fn many_calls_with_a_dead_token_renew_it_once() {
        let fake = Fake::start().await;
        let folder = tempfile::tempdir().unwrap();
        let vault = vault::of_this_machine(folder.path()).unwrap();
        let time = Arc::new(Time::new(Box::new(PhoneClock)));
        let client = Arc::new(Client::new(&fake.address, "0", None, Arc::clone(&time)).unwrap());
        let session = Arc::new(Session::new(client, vault, time, true).unwrap());
        let mut old: SessionBody = serde_json::from_str(RENEWED).unwrap();
        "old".clone_into(&mut old.access_token);
        session.begin(&old).await.unwrap();
        let calls = (0..8).map(|_| {
            let session = Arc::clone(&session);
            tokio::spawn(async move { session.fetch(paths::SERVICES, None).await.map(|_| ()) })
        });
        for call in calls.collect::<Vec<_>>() {
            call.await.unwrap().unwrap();
        }
        assert_eq!(fake.renewals.load(Ordering::SeqCst), 1);
    }
}

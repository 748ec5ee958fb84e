//! Charter (guide step 6): every member reads and accepts it before continuing.

use std::sync::{Arc, Mutex, PoisonError};

use fos_wire::charter::{Acceptance, Article, CharterBody};
use fos_wire::paths;
use reqwest::Method;

use crate::api::Cached;
use crate::context::AppContext;
use crate::error::Error;
use crate::forms::StepsView;
use crate::i18n::{ActionView, FormatArg, Identifier, today};
use crate::observe::Change;
use crate::stage::{Event, State};
use crate::storage::CachedResponse;
use crate::views::ArticleView;

/// Name of the charter among the cached responses.
const RESOURCE: &str = "charter";

/// Screen of the charter.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct CharterView {
    /// Version, the same in every language: a face shows another version from its beginning.
    pub edition: String,
    /// Title.
    pub title: String,
    /// Step of the first access; `None` when a new version is read later.
    pub steps: Option<StepsView>,
    /// Reason for reading it again: a new version is in force.
    pub intro: Option<String>,
    /// «Version 2026-1», the version that the acceptance records.
    pub version: String,
    /// Articles.
    pub articles: Vec<ArticleView>,
    /// Scrolls down a page, until the end is reached.
    pub read_on: ActionView,
    /// «Accepter»; `None` once accepted.
    pub accept: Option<ActionView>,
    /// Refuses; as easy as accepting.
    pub refuse: Option<ActionView>,
    /// Date on which this member accepted it.
    pub accepted: Option<String>,
}

pub(super) struct CharterHandler {
    context: Arc<AppContext>,
    /// Charter fetched by this process: the member accepts the one they read.
    loaded: Mutex<Option<LoadedCharter>>,
}

/// A charter, and if an acceptance was due when it was fetched: once that changes, another may be in force.
#[derive(Clone)]
struct LoadedCharter {
    charter: Arc<CharterBody>,
    due: bool,
}

impl CharterHandler {
    pub(super) fn new(context: Arc<AppContext>) -> Self {
        Self { context, loaded: Mutex::new(None) }
    }

    pub(super) async fn view(&self) -> Result<CharterView, Error> {
        let charter = self.load().await?;
        Ok(view(&charter, &self.context))
    }

    pub(super) async fn accept(&self) -> Result<(), Error> {
        self.context.ensure_sending_allowed().await?;
        // Only the version that was shown can be accepted, even if a newer one is in force.
        let charter = self.current().ok_or(Error::CharterChanged)?;
        let text = charter.charter.texts.get(self.context.language());
        let acceptance = Acceptance { version: charter.charter.version.clone(), sha256: text.sha256.clone() };
        let outcome: Result<serde_json::Value, _> =
            self.context.session.send_idempotent(Method::POST, paths::CHARTER_ACCEPTANCE, &acceptance).await;
        if let Err(Error::CharterChanged) = &outcome {
            self.clear();
            self.context.observers.notify(Change::Stage);
        }
        outcome?;
        self.clear();
        self.context.apply(Event::CharterAccepted).await
    }

    pub(super) async fn refuse(&self) -> Result<(), Error> {
        // The session expires at the portal by itself, so a failure here must not hold the member back.
        let _ended = self.context.session.end().await;
        self.clear();
        self.context.apply(Event::CharterRefused).await
    }

    fn current(&self) -> Option<Arc<CharterBody>> {
        let read = self.loaded.lock().unwrap_or_else(PoisonError::into_inner).clone();
        read.filter(|read| read.due == self.is_due()).map(|read| read.charter)
    }

    fn is_due(&self) -> bool {
        matches!(self.context.state(), State::Charter { .. })
    }

    fn clear(&self) {
        *self.loaded.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// Returns the charter: fetched once by each process, and cached for reading offline.
    async fn load(&self) -> Result<Arc<CharterBody>, Error> {
        if let Some(charter) = self.current() {
            return Ok(charter);
        }
        let (member, due) = (self.context.member()?, self.is_due());
        let cached = member.cached_response(RESOURCE)?;
        let etag = cached.as_ref().and_then(|cached| cached.etag.as_deref());
        let body = match (self.context.session.get_if_changed(paths::CHARTER, etag).await, cached) {
            (Ok(Cached::Modified { etag, body }), _) => {
                member.cache_response(RESOURCE, &CachedResponse { etag, body: body.clone() })?;
                body
            }
            (Ok(Cached::NotModified) | Err(Error::Unreachable(_)), Some(cached)) => cached.body,
            (Ok(Cached::NotModified), None) => return Err(Error::Bug("charter-unchanged".to_owned())),
            (Err(error), _) => return Err(error),
        };
        let charter: CharterBody =
            serde_json::from_str(&body).map_err(|error| Error::UnexpectedResponse(error.to_string()))?;
        let charter = Arc::new(charter);
        let read = LoadedCharter { charter: Arc::clone(&charter), due };
        *self.loaded.lock().unwrap_or_else(PoisonError::into_inner) = Some(read);
        Ok(charter)
    }
}

fn view(charter: &CharterBody, context: &AppContext) -> CharterView {
    let (state, localizer) = (context.state(), context.localizer());
    let text = charter.charter.texts.get(localizer.language());
    let version = Identifier::new(&charter.charter.version);
    let first_access = matches!(state, State::Charter { password_due: true });
    let due = matches!(state, State::Charter { .. });
    // A member with a password of their own has accepted an earlier version.
    let renewed = matches!(state, State::Charter { password_due: false });
    let accepted = charter.accepted_at.filter(|_| !due).map(|at| {
        let date = localizer.long_date(today(at));
        localizer.format("charter-accepted", &[("date", FormatArg::Text(&date))])
    });
    CharterView {
        edition: charter.charter.version.clone(),
        title: text.title.clone(),
        steps: first_access.then(|| StepsView::of_first_access(3, &localizer)),
        intro: renewed.then(|| localizer.message("error-charter-renewed")),
        version: localizer.format("charter-version", &[("version", FormatArg::Text(&version.shown))]),
        articles: text.articles.iter().map(article).collect(),
        read_on: localizer.action("read-on"),
        accept: due.then(|| localizer.action("accept")),
        refuse: due.then(|| localizer.action("refuse")),
        accepted,
    }
}

fn article(article: &Article) -> ArticleView {
    ArticleView { heading: article.heading.clone(), paragraphs: article.paragraphs.clone() }
}

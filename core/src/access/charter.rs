//! Guide step 6: every member reads the charter and accepts it before going on.

use std::sync::{Arc, Mutex, PoisonError};

use reqwest::Method;

use crate::context::Context;
use crate::error::Trouble;
use crate::forms::StepsView;
use crate::language::{ActionView, Identifier, Told, today};
use crate::portal::wire::{Acceptance, Article, Charter};
use crate::portal::{Fetched, paths};
use crate::stage::{Event, State};
use crate::store::StoredDocument;
use crate::views::ArticleView;
use crate::watch::Change;

/// The name of the charter among the member's documents.
const DOCUMENT: &str = "charter";

/// The charter to read.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct CharterView {
    /// «2026-1», in every language: another is read from its beginning.
    pub edition: String,
    /// Its title.
    pub title: String,
    /// Where in the first access this is; `None` when a new version is read later.
    pub steps: Option<StepsView>,
    /// Why it is read again: a new version has come out.
    pub intro: Option<String>,
    /// «Version 2026-1», the one that acceptance is kept with.
    pub version: String,
    /// Its articles.
    pub articles: Vec<ArticleView>,
    /// Pages down until the end is reached.
    pub read_on: ActionView,
    /// «Accepter»; none once it is accepted.
    pub accept: Option<ActionView>,
    /// Equally easy.
    pub refuse: Option<ActionView>,
    /// When this member accepted it, once they did.
    pub accepted: Option<String>,
}

pub(super) struct CharterDesk {
    context: Arc<Context>,
    /// What was fetched in this run: what the member reads is what they accept.
    read: Mutex<Option<Read>>,
}

/// A charter, and whether an answer was due when it was fetched: when that changes, another may be in force.
#[derive(Clone)]
struct Read {
    charter: Arc<Charter>,
    due: bool,
}

impl CharterDesk {
    pub(super) fn new(context: Arc<Context>) -> Self {
        Self { context, read: Mutex::new(None) }
    }

    pub(super) async fn view(&self) -> Result<CharterView, Trouble> {
        let charter = self.current().await?;
        Ok(view(&charter, &self.context))
    }

    pub(super) async fn accept(&self) -> Result<(), Trouble> {
        self.context.may_send().await?;
        // Nobody accepts what was not shown to them, were it the newer one.
        let charter = self.shown().ok_or(Trouble::CharterRenewed)?;
        let text = charter.texts.in_language(self.context.language());
        let acceptance = Acceptance { version: &charter.version, sha256: &text.sha256 };
        let outcome: Result<serde_json::Value, _> =
            self.context.session.act_safely(Method::POST, paths::CHARTER_ACCEPTANCE, &acceptance).await;
        if let Err(Trouble::CharterRenewed) = &outcome {
            self.forget();
            self.context.watchers.announce(Change::Stage);
        }
        outcome?;
        self.forget();
        self.context.apply(Event::CharterAccepted).await
    }

    pub(super) async fn refuse(&self) -> Result<(), Trouble> {
        // The portal drops the session by itself in time: out of reach, it is no reason to keep the member here.
        let _ended = self.context.session.end().await;
        self.forget();
        self.context.apply(Event::CharterRefused).await
    }

    fn shown(&self) -> Option<Arc<Charter>> {
        let read = self.read.lock().unwrap_or_else(PoisonError::into_inner).clone();
        read.filter(|read| read.due == self.is_due()).map(|read| read.charter)
    }

    fn is_due(&self) -> bool {
        matches!(self.context.state(), State::Charter { .. })
    }

    fn forget(&self) {
        *self.read.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// Fetched once a run; kept in the member's file, so that who lost the network goes on reading.
    async fn current(&self) -> Result<Arc<Charter>, Trouble> {
        if let Some(charter) = self.shown() {
            return Ok(charter);
        }
        let (member, due) = (self.context.member()?, self.is_due());
        let kept = member.document(DOCUMENT)?;
        let etag = kept.as_ref().and_then(|kept| kept.etag.as_deref());
        let body = match (self.context.session.fetch(paths::CHARTER, etag).await, kept) {
            (Ok(Fetched::New { etag, body }), _) => {
                member.put_document(DOCUMENT, &StoredDocument { etag, body: body.clone() })?;
                body
            }
            (Ok(Fetched::Unchanged) | Err(Trouble::Unreachable(_)), Some(kept)) => kept.body,
            (Ok(Fetched::Unchanged), None) => return Err(Trouble::Bug("charter-unchanged".to_owned())),
            (Err(trouble), _) => return Err(trouble),
        };
        let charter: Charter =
            serde_json::from_str(&body).map_err(|error| Trouble::Unreadable(error.to_string()))?;
        let charter = Arc::new(charter);
        let read = Read { charter: Arc::clone(&charter), due };
        *self.read.lock().unwrap_or_else(PoisonError::into_inner) = Some(read);
        Ok(charter)
    }
}

fn view(charter: &Charter, context: &Context) -> CharterView {
    let (state, words) = (context.state(), context.words());
    let text = charter.texts.in_language(words.language());
    let version = Identifier::new(&charter.version);
    let first_access = matches!(state, State::Charter { password_due: true });
    let due = matches!(state, State::Charter { .. });
    // Who has a password of their own accepted an earlier version once.
    let renewed = matches!(state, State::Charter { password_due: false });
    let accepted = charter.accepted_at.filter(|_| !due).map(|at| {
        let date = words.long_date(today(at));
        words.say_with("charter-accepted", &[("date", Told::Text(&date))])
    });
    CharterView {
        edition: charter.version.clone(),
        title: text.title.clone(),
        steps: first_access.then(|| StepsView::of_first_access(3, &words)),
        intro: renewed.then(|| words.say("error-charter-renewed")),
        version: words.say_with("charter-version", &[("version", Told::Text(&version.shown))]),
        articles: text.articles.iter().map(article).collect(),
        read_on: words.action("read-on"),
        accept: due.then(|| words.action("accept")),
        refuse: due.then(|| words.action("refuse")),
        accepted,
    }
}

fn article(article: &Article) -> ArticleView {
    ArticleView { heading: article.heading.clone(), paragraphs: article.paragraphs.clone() }
}

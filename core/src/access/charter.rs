//! Charter (guide step 6): every member reads and accepts it before continuing.

use std::sync::Arc;

use fos_wire::charter::{Acceptance, Article, CharterBody};
use fos_wire::paths;
use reqwest::Method;

use crate::error::Error;
use crate::forms::StepsView;
use crate::i18n::{ActionView, FormatArg, Identifier, Localizer, today};
use crate::observe::Change;
use crate::session::{MemberSession, SessionManager};
use crate::stage::{Event, State};
use crate::views::{ArticleView, QuestionView};

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
    /// Refuses, once `refuse_question` is confirmed; as easy as accepting.
    pub refuse: Option<ActionView>,
    /// Question before refusing.
    pub refuse_question: Option<QuestionView>,
    /// Line in place of `read_on` at the end, above which both answers stand after the text; `None` where none is due.
    pub read_through: Option<String>,
    /// Date on which this member accepted it.
    pub accepted: Option<String>,
}

pub(super) struct CharterHandler {
    sessions: Arc<SessionManager>,
}

impl CharterHandler {
    pub(super) fn new(sessions: Arc<SessionManager>) -> Self {
        Self { sessions }
    }

    pub(super) async fn view(&self, session: &MemberSession) -> Result<CharterView, Error> {
        // Fetched once, so that the member accepts the one they read; cached for reading offline.
        let charter = match session.charter().loaded() {
            Some(charter) => charter,
            None => session.charter().fetch_or_stored(session, Error::is_portal_away).await?,
        };
        Ok(view(&charter, self.sessions.state(), &session.context().localizer()))
    }

    pub(super) async fn accept(&self, session: &MemberSession) -> Result<(), Error> {
        let context = session.context();
        context.ensure_sending_allowed().await?;
        // Only the version that was shown can be accepted, even if a newer one is in force.
        let charter = session.charter().loaded().ok_or(Error::CharterChanged)?;
        let text = charter.charter.texts.get(context.language());
        let acceptance = Acceptance { version: charter.charter.version.clone(), sha256: text.sha256.clone() };
        let outcome: Result<serde_json::Value, _> =
            session.send_idempotent(Method::POST, paths::CHARTER_ACCEPTANCE, &acceptance).await;
        match outcome {
            Err(Error::CharterChanged) => {
                session.charter().invalidate();
                context.notify(Change::Stage);
                Err(Error::CharterChanged)
            }
            Err(error) => Err(error),
            Ok(_) => {
                // Read again, it has the date of the acceptance.
                session.charter().invalidate();
                self.sessions.apply(Event::CharterAccepted).await
            }
        }
    }

    pub(super) async fn refuse(&self, session: &MemberSession) -> Result<(), Error> {
        // The session expires at the portal by itself, so a failure here must not hold the member back.
        let _ended = session.end().await;
        self.sessions.apply(Event::CharterRefused).await
    }
}

fn view(charter: &CharterBody, state: State, localizer: &Localizer) -> CharterView {
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
        steps: first_access.then(|| StepsView::of_first_access(3, localizer)),
        intro: renewed.then(|| localizer.message("error-charter-renewed")),
        version: localizer.format("charter-version", &[("version", FormatArg::Text(&version.shown))]),
        articles: text.articles.iter().map(article).collect(),
        read_on: localizer.action("read-on"),
        accept: due.then(|| localizer.action("accept")),
        refuse: due.then(|| localizer.action("refuse")),
        refuse_question: due
            .then(|| QuestionView::new("refuse", &[], ("refuse-charter", "keep-reading"), localizer)),
        read_through: due.then(|| localizer.message("charter-read-through")),
        accepted,
    }
}

fn article(article: &Article) -> ArticleView {
    ArticleView { heading: article.heading.clone(), paragraphs: article.paragraphs.clone() }
}

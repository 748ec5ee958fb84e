//! Charter (guide step 6): every member reads and accepts it before continuing.

use std::sync::Arc;

use fos_wire::charter::{Acceptance, Article, CharterBody};
use fos_wire::paths;
use reqwest::Method;
use serde::{Deserialize, Serialize};

use crate::context::keys;
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
    /// Index of the article at which the member stopped reading this version ([`crate::Access::keep_charter_place`]).
    pub place: u32,
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
        let place = place(session, &charter.charter.version)?;
        Ok(CharterView { place, ..view(&charter, self.sessions.state(), &session.context().localizer()) })
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
                // A place is kept for who has not accepted yet. One that stays is no reason to call the acceptance failed.
                let _opens_there_again = context.device_db().remove(keys::CHARTER_PLACE);
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

/// Place in the charter of the member who reads it. Stored.
#[derive(Serialize, Deserialize)]
struct Place {
    member: String,
    edition: String,
    article: u32,
}

/// Stores where the member stopped reading.
pub(super) fn keep_place(session: &MemberSession, edition: &str, article: u32) -> Result<(), Error> {
    let place = Place { member: member(session), edition: edition.to_owned(), article };
    Ok(session.context().device_db().put(keys::CHARTER_PLACE, &place)?)
}

/// Returns the name of the member on this phone, which tells nobody who it is.
fn member(session: &MemberSession) -> String {
    session.context().member_pseudonyms().name(session.ppr())
}

/// Returns where the member stopped reading this version; its beginning for another one, and for another member.
fn place(session: &MemberSession, edition: &str) -> Result<u32, Error> {
    let place: Option<Place> = session.context().device_db().get(keys::CHARTER_PLACE)?;
    let place = place.filter(|place| place.member == member(session) && place.edition == edition);
    Ok(place.map_or(0, |place| place.article))
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
        place: 0,
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

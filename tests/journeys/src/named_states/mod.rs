//! Named states: the views of every screen in every situation, for previews and pictures of both faces.
//!
//! A core without a face walks over the reference portal through all of them and records what it would have a phone show.
//! So a picture shows what the portal gives and the core makes of it, and nothing that was written for the picture.
//!
//! ```text
//!  named-states.txt ──► names, screens ─┐
//!  fos-portal ◄── fos-core ──► views ───┴──► ar.json, fr.json ──► previews, pictures (Android), previews (iPhone)
//! ```
//!
//! A view is written as `uniffi` serialises it, in Base64: the generated Kotlin and Swift read it without the library.
//!
//! | Screen | Views |
//! |---|---|
//! | `sign-in` | `FormView`, `WelcomeView` |
//! | `form`, `sign-in-again` | `FormView` |
//! | `form-loading` | none |
//! | `mail-sent` | `PasswordSentView` |
//! | `charter`, `devices`, `service` | `CharterView`, `DevicesView`, `ServiceView`; none while there is none |
//! | `services`, `start`, `profile` | `ServicesView`, `StartView`, `ProfileView` |
//! | `requests`, `request`, `queued-request` | `RequestsView`, `RequestView`, `QueuedRequestView` |
//! | `sign-out`, `blocking` | `SignOutConfirmation`, `BlockingView` |
//! | `help`, `privacy`, `diagnostic` | `HelpView`, `ReadingView`, `DiagnosticView` |
//! | `licences`, `licence`, `opening-failed`, `toast` | none: the face's own |

mod access;
mod help;
mod phone;
mod requests;
mod space;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use anyhow::{Context, ensure};
use base64::{Engine, prelude::BASE64_STANDARD};
use fos_core::{Language, UniFfiTag};
use serde::Serialize;

use phone::Phone;

/// Names and screens, in order.
const LIST: &str = include_str!("../../named-states.txt");

/// All named states in one language, as a face reads them.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct NamedStates {
    /// `ar` or `fr`.
    pub language: &'static str,
    /// Every [`fos_core::Phrase`], encoded, with its text.
    pub phrases: Vec<(String, String)>,
    /// States, in the order of the list.
    pub states: Vec<NamedState>,
}

/// One screen in one situation.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct NamedState {
    /// Name, such as `services-offline`.
    pub name: String,
    /// Screen that draws it.
    pub screen: String,
    /// Views of the core, encoded; none where nothing is fetched yet.
    pub views: Vec<String>,
    /// Notices above the screen, encoded.
    pub notices: Vec<String>,
    /// Message of a failed action, or the reason for which there is no view.
    pub problem: Option<String>,
    /// True while an action is under way.
    pub working: bool,
    /// True while the question before an irreversible action is open.
    pub confirming: bool,
    /// True for what shows only once a wait is noticed.
    pub waits: bool,
    /// Secrets in the fields, and other texts that only the face holds.
    pub typed: BTreeMap<&'static str, String>,
    /// Text of the list's search; on a form the key of the field whose list of options is open.
    pub search: Option<String>,
}

impl NamedState {
    fn new(name: &str) -> Self {
        Self { name: name.to_owned(), ..Self::default() }
    }

    fn view(mut self, view: impl uniffi::Lower<UniFfiTag>) -> Self {
        self.views.push(encode(view));
        self
    }

    fn notices(self, phone: &Phone) -> Self {
        Self { notices: phone.fos.notices().into_iter().map(encode).collect(), ..self }
    }

    fn problem(self, text: &str) -> Self {
        Self { problem: Some(text.to_owned()), ..self }
    }

    fn working(self) -> Self {
        Self { working: true, ..self }
    }

    fn confirming(self) -> Self {
        Self { confirming: true, ..self }
    }

    fn waits(self) -> Self {
        Self { waits: true, ..self }
    }

    fn typed(mut self, key: &'static str, text: &str) -> Self {
        self.typed.insert(key, text.to_owned());
        self
    }

    fn search(self, text: &str) -> Self {
        Self { search: Some(text.to_owned()), ..self }
    }
}

/// Writes `ar.json` and `fr.json` into the folder, which is created if it is missing.
///
/// # Errors
/// If a state cannot be reached, is missing or is not listed, or a file cannot be written.
pub async fn write(folder: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(folder).with_context(|| format!("creating {}", folder.display()))?;
    // A walk waits more than it works.
    let (arabic, french) = tokio::try_join!(record(Language::Ar), record(Language::Fr))?;
    for states in [arabic, french] {
        let file = folder.join(format!("{}.json", states.language));
        fs::write(&file, serde_json::to_vec(&states)?)
            .with_context(|| format!("writing {}", file.display()))?;
    }
    Ok(())
}

/// Walks through all states in this language.
///
/// # Errors
/// If a state cannot be reached, is missing or is not listed.
pub async fn record(language: Language) -> anyhow::Result<NamedStates> {
    let mut recorded = Vec::new();
    let mut phone = Phone::start(language).await?;
    help::record(&mut phone, &mut recorded).await.context("help")?;
    access::record(&mut phone, &mut recorded).await.context("access")?;
    requests::record(&mut phone, &mut recorded).await.context("requests")?;
    space::record(&mut phone, &mut recorded).await.context("services and account")?;
    let mut phrases: Vec<(String, String)> =
        phone.fos.phrases().into_iter().map(|(phrase, text)| (encode(phrase), text)).collect();
    phrases.sort();
    phone.stop().await;
    Ok(NamedStates { language: phone::code(language), phrases, states: in_order(recorded)? })
}

/// Puts the states into the order of the list and gives each its screen.
fn in_order(recorded: Vec<NamedState>) -> anyhow::Result<Vec<NamedState>> {
    let count = recorded.len();
    let mut by_name: BTreeMap<String, NamedState> =
        recorded.into_iter().map(|state| (state.name.clone(), state)).collect();
    ensure!(by_name.len() == count, "a state is recorded twice");
    let mut states = Vec::new();
    for (screen, name) in listed() {
        let state = by_name.remove(name).with_context(|| format!("{name} is listed and not recorded"))?;
        states.push(NamedState { screen: screen.to_owned(), ..state });
    }
    let unlisted: BTreeSet<String> = by_name.into_keys().collect();
    ensure!(unlisted.is_empty(), "recorded and not listed: {unlisted:?}");
    Ok(states)
}

/// Returns screen and name of each listed state.
fn listed() -> impl Iterator<Item = (&'static str, &'static str)> {
    let lines = LIST.lines().filter(|line| !line.starts_with('#'));
    lines
        .filter_map(|line| line.split_once(": "))
        .flat_map(|(screen, names)| names.split_whitespace().map(move |name| (screen, name)))
}

/// Returns the value as `uniffi` serialises it, in Base64.
fn encode(value: impl uniffi::Lower<UniFfiTag>) -> String {
    let mut bytes = Vec::new();
    uniffi::Lower::<UniFfiTag>::write(value, &mut bytes);
    BASE64_STANDARD.encode(bytes)
}

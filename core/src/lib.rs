//! Core of the app: everything except the screens. Start at [`Fos`]: [`Fos::open`], then the member's [`Stage`], then
//! the features in the order in which a member meets them: [`Access`] (guide steps 1 to 7), [`Services`] (step 8),
//! [`Requests`], [`Account`].
//!
//! Faces (the Android and the iPhone app) call typed methods and draw finished views. An [`Observer`] is notified of
//! changes; an error arrives as a [`FosError`] whose text is in the member's language, that of an opening as an [`OpenError`].
//!
//! # Examples
//!
//! Opens the app in an empty folder and types a payroll number with Arabic digits. Nothing listens at this address: the core
//! works offline.
//!
//! ```
//! use fos_core::{Config, Fos, Platform, Stage};
//!
//! # let folder = tempfile::tempdir()?;
//! let config = Config {
//!     data_dir: folder.path().display().to_string(),
//!     portal: "https://127.0.0.1:9".to_owned(),
//!     app_version: "1.0.0".to_owned(),
//!     portal_key: String::new(),
//!     extra_root: None,
//!     clock_file: None,
//! };
//! let platform =
//!     Platform { device: "Phone".to_owned(), language: "fr-MA".to_owned(), system: "linux".to_owned() };
//! let fos = Fos::open(config, platform)?;
//! assert_eq!(fos.stage(), Stage::Welcome);
//!
//! let form = fos.access().sign_in();
//! form.set("ppr", "٠١٢٣٤٥٦");
//! let changes = form.blur("ppr");
//! assert_eq!(changes.fields[0].value, "0123456");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

uniffi::setup_scaffolding!();

/// Embeds a migration as the build has copied it.
macro_rules! embedded {
    ($file:literal) => {
        include_str!(concat!(env!("OUT_DIR"), "/", $file))
    };
}

mod access;
mod account;
mod api;
mod app;
mod clock;
mod context;
mod deep_link;
mod diagnostics;
mod error;
mod forms;
mod help;
mod i18n;
mod notices;
mod observe;
mod open_error;
mod planted_fault;
mod remote_config;
mod requests;
mod runtime;
mod services;
mod session;
mod stage;
mod storage;
mod tap_guard;
#[cfg(test)]
#[cfg(feature = "development")]
mod testing;
mod ui_thread;
mod vault;
mod views;

pub use access::{Access, CharterView, CountdownView, PasswordSentView, WelcomeView};
pub use account::{
    Account, DeviceView, DevicesView, ProfileView, SignOutConfirmation, ThemeView, UnsentWork,
};
pub use app::{Config, Fos, Platform};
pub use deep_link::DeepLink;
pub use error::FosError;
pub use forms::{
    AnswerSectionView, CalendarView, CaptchaState, ContentType, FieldKind, FieldView, Form, FormChanges,
    FormView, Keyboard, OptionView, ProblemLinkView, ProblemSummaryView, ReviewSectionView, ReviewView,
    RuleView, SecretInput, StepsView, StrengthView, SubmitOutcome,
};
pub use help::{ContactView, DiagnosticView, HelpView};
pub use i18n::{ActionView, Identifier, Language, Phrase};
pub use observe::{Change, Observer, Subscription};
pub use open_error::OpenError;
pub use requests::{
    DeleteDraftView, QueuedRequestView, RequestCardView, RequestGroupView, RequestTarget, RequestView,
    Requests, RequestsView,
};
pub use services::{
    CardView, DocumentView, EarlierRequestView, GroupView, ServiceView, Services, ServicesView, StartView,
    UnfinishedView,
};
pub use stage::Stage;
pub use tap_guard::TapGuard;
pub use ui_thread::mark_ui_thread;
pub use views::{
    ArticleView, BlockingView, ChipView, FactView, FileView, HintView, NoticeAction, NoticeView,
    QuestionView, ReadingView, Theme, Tone,
};

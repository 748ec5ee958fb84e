//! The app without a face. Start at [`Fos`]: [`Fos::open`], then where the member stands ([`Stage`]), then the
//! features in the order a member meets them: [`Access`] (guide steps 1 to 7), [`Services`] (step 8), [`Account`].
//!
//! Faces call typed methods and read finished views; what changes is told to a [`Watcher`]. What goes wrong is a
//! [`FosError`], already said in the member's language.

uniffi::setup_scaffolding!();

mod access;
mod account;
mod app;
mod clock;
mod context;
mod error;
mod forms;
mod gate;
mod help;
mod language;
mod notices;
mod portal;
mod requests;
mod sending;
mod services;
mod stage;
mod store;
#[cfg(test)]
#[cfg(feature = "development")]
mod testing;
mod vault;
mod views;
mod watch;

pub use access::{Access, CharterView, CountdownView, WaitingView, WelcomeView};
pub use account::{Account, DeviceView, DevicesView, LeavingView, ProfileView, ThemeView, UnsentWork};
pub use app::{Config, Fos, Platform};
pub use error::FosError;
pub use forms::{
    ContentType, FieldKind, FieldView, Form, FormChanges, FormView, Keyboard, OptionView, Robot, RuleView,
    SecretInput, StepsView, StrengthView,
};
pub use help::{ContactView, HelpView};
pub use language::{ActionView, Identifier, Language, Phrase};
pub use requests::{RequestCardView, RequestGroupView, RequestLead, RequestView, Requests, RequestsView};
pub use services::{CardView, DocumentView, GroupView, ServiceView, Services, ServicesView, StartView};
pub use stage::Stage;
pub use views::{
    ArticleView, ChipView, FactView, FileView, GateView, HintView, NoticeAct, NoticeView, ReadingView, Theme,
    Tone,
};
pub use watch::{Change, Watch, Watcher};

//! The reference portal: a real server that defines the API the app speaks.
//!
//! The foundation publishes no API. This one follows its access guide step by step: ask for a password
//! (`password_requests`), receive it by mail (`mail`), sign in (`captcha`, `sessions`), accept the charter
//! (`charter`), choose a password (`passwords`), reach the services (`catalogue`), fill in a form (`forms`) and file it (`requests`). `api` lists every
//! call.
//!
//! [`Portal::start`] runs it in-process, and [`mailbox::Mailbox`] receives its mail:
//!
//! ```no_run
//! # async fn run() -> Result<(), Box<dyn std::error::Error>> {
//! let mailbox = fos_portal::mailbox::Mailbox::start().await?;
//! let portal = fos_portal::Portal::start(fos_portal::PortalConfig::for_tests("data", mailbox.addr())).await?;
//! println!("{}", portal.url());
//! portal.stop().await;
//! # Ok(())
//! # }
//! ```

mod access;
mod addresses;
mod api;
mod app;
mod captcha;
mod catalogue;
mod charter;
mod circulars;
mod clock;
mod config;
mod desk;
mod devices;
mod family;
mod formats;
mod forms;
mod gate;
mod guessing;
mod http;
mod mail;
pub mod mailbox;
mod members;
mod new_password;
pub mod operator;
mod paper;
mod password_requests;
mod passwords;
mod peer;
mod portal;
mod problem;
mod requests;
mod retention;
mod rounds;
mod secrets;
mod seed;
mod server;
mod sessions;
mod store;
mod words;

pub use api::openapi_document;
pub use clock::{Clock, SettableClock, SystemClock};
pub use config::{CAPTCHA_COST, MAIL_FROM, PortalConfig, TlsFiles};
pub use operator::{OperatorError, operate};
pub use passwords::PasswordWork;
pub use portal::{Portal, PortalError};
pub use requests::State;
pub use secrets::{SecretsError, config_key};
pub use seed::SeedError;
pub use server::TlsError;
pub use store::StoreError;

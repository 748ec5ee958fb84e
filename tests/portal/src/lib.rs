//! Reference portal: a real server that defines the API of the app.
//!
//! The foundation publishes no API. This one follows its access guide step by step: request a password
//! (`password_requests`), receive it by email (`mail`), sign in (`captcha`, `throttle`, `sessions`), accept the charter
//! (`charter`), choose a password (`passwords`), reach the services (`catalogue`), fill in a form (`forms`) and file it
//! (`requests`). `api` lists every call, `auth` guards them, `admin` has the operator's commands.
//!
//! [`Portal::start`] runs it in-process, and a mailbox, here of the tests, receives its emails:
//!
//! ```no_run
//! # async fn run() -> Result<(), Box<dyn std::error::Error>> {
//! let mailbox = fos_support::mailbox::Mailbox::start().await?;
//! let portal = fos_portal::Portal::start(fos_portal::PortalConfig::for_tests("data", mailbox.addr())).await?;
//! println!("{}", portal.url());
//! portal.stop().await;
//! # Ok(())
//! # }
//! ```

mod addresses;
pub mod admin;
mod api;
mod app;
mod app_links;
mod auth;
mod captcha;
mod catalogue;
mod charter;
mod circulars;
mod client_ip;
mod clock;
mod config;
mod content;
mod devices;
mod family;
mod formatting;
mod forms;
mod http;
mod identifiers;
mod jobs;
pub mod logging;
mod mail;
mod mailed_passwords;
mod members;
mod password_policy;
mod password_request_queue;
mod password_requests;
mod passwords;
mod pdf;
mod portal;
mod problem;
mod remote_config;
mod requests;
mod retention;
mod secrets;
mod seed;
mod server;
mod session_limits;
mod session_refresh;
mod sessions;
mod storage;
#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic, reason = "a test stops at the first surprise")]
#[path = "../../../core/rules/golden/table.rs"]
mod table;
mod throttle;

pub use admin::{AdminError, run_admin_command};
pub use api::openapi_document;
pub use client_ip::ProxyHeader;
pub use clock::{Clock, SettableClock, SystemClock};
pub use config::{CAPTCHA_COST, MAIL_FROM, PortalConfig, TlsFiles};
pub use fos_wire::request::RequestState;
pub use mail::smtp_server::{SmtpServer, SmtpServerError};
pub use passwords::HashCost;
pub use portal::{Portal, PortalError};
pub use secrets::{SecretsError, config_key};
pub use seed::SeedError;
pub use server::TlsError;
pub use session_limits::CALLS_AT_ONCE;
pub use storage::StorageError;

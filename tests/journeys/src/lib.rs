//! Member journeys, written once, and the runner that executes them on every face.
//!
//! A journey is a text file of steps and lines. The runner starts one environment and one app per journey,
//! executes the lines in order and stops at the first that fails:
//!
//! ```text
//!  *.journey ──► journey ──► runner ──── one JSON object a line ────► face (Android, FosKit, core_face)
//!                              │                                        │
//!                              │ expect_on_screen, next_password_for    ▼
//!                              │                                     fos-core
//!                              ▼                                        │ HTTP
//!                   environment: clock, admin commands ──────►  NetworkProxy: up, down, slow, cut …
//!                        ▲                                              │
//!                        │ mail                                         ▼
//!                     mailbox ◄─────────── SMTP ───────────────────  fos-portal
//! ```
//!
//! 1. [`loader`] finds the file, [`journey`] parses it into steps of [`journey::Action`]s.
//! 2. [`environment`] starts a portal with a settable clock, a mailbox and a proxy ([`fos_support`]), and a client without a
//!    face creates the accounts named in the journey's header.
//! 3. [`face`] starts the face's process, or takes one of the [`workers`] that served an earlier journey; it connects
//!    back to the runner and speaks the [`protocol`].
//! 4. [`runner`] executes each line: an action is sent once the app is idle, an expectation is polled until it holds or
//!    the timeout passes, a change of the environment is applied directly. At the end of a step it takes a picture.
//! 5. [`logs`] of the portal and of the core are searched for the members' data.
//! 6. The face is asked to quit and the environment stops; or [`live`] takes both over and serves them as a web page.
//!
//! [`clumsy`] executes the same lines as a member does who slips, double-taps, loses the process and goes back.
//!
//! [`named_states`] walks a core without a face over the same environment, for the previews and pictures of the faces.
//!
//! [`core_face`] is the face without a screen: it drives the core and does what a phone's navigation would do.

pub mod clumsy;
pub mod core_face;
pub mod environment;
pub mod face;
pub mod host;
pub mod isolation;
pub mod journey;
pub mod live;
pub mod loader;
pub mod logs;
pub mod named_states;
pub mod protocol;
pub mod runner;
pub mod workers;

//! What breaks the app, and the proof that nothing is lost and nothing is filed twice (design §4).
//!
//! - [`script`] draws from a seed what a member does and what breaks meanwhile.
//! - [`papers`] is what they fill in, and what the portal then has on file.
//! - [`world`] is where a run takes place: the real portal, [`porter`] before it, [`toxiproxy`] before that, and the
//!   [`phone`], the core in a process that can be killed; [`words`] is what passes between it and the runner.
//! - [`step`] does one thing under one fault, [`run`] one run from its script to its end.
//! - [`evidence`] reads what the phone's file and the portal's log hold, [`cuts`] takes from it where a run was cut.
//! - [`judge`] compares what the member was promised with the portal's log, [`table`] counts.
//! - [`planted`] breaks the portal and the phone on purpose: the judge must find it.

pub mod cuts;
pub mod evidence;
pub mod judge;
pub mod papers;
pub mod phone;
pub mod planted;
pub mod porter;
pub mod run;
pub mod script;
pub mod step;
pub mod table;
pub mod toxiproxy;
pub mod web;
pub mod words;
pub mod world;

/// The member whose phone it is.
pub const MEMBER: &str = "0123456";
/// Their password.
pub const PASSWORD: &str = "قهوة-الصباح-2026";

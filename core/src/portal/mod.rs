//! The portal's HTTP API as the app speaks it. `tests/portal` defines it; `tests/portal/openapi.json` is its document.

pub(crate) mod captcha;
mod client;
pub(crate) mod config;
pub(crate) mod form;
pub(crate) mod paths;
mod problem;
pub(crate) mod request;
mod session;
mod trust;
pub(crate) mod wire;

pub(crate) use client::{Client, Fetched};
pub(crate) use session::Session;

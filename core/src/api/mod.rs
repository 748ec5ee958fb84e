//! HTTP API of the portal. `tests/portal` defines it; its document is `tests/portal/openapi.json`.

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

pub(crate) use client::{Cached, Client};
pub(crate) use session::Session;

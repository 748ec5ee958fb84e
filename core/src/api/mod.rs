//! HTTP API of the portal. `tests/portal` defines it; its document is `tests/portal/openapi.json`.

pub(crate) mod captcha_solver;
mod client;
pub(crate) mod form;
pub(crate) mod paths;
mod problem;
pub(crate) mod request;
mod retry;
pub(crate) mod signed_config;
mod trust;
pub(crate) mod wire;

pub(crate) use client::{Cached, Client};

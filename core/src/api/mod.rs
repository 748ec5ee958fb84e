//! HTTP API of the portal. `tests/portal` defines it; its document is `tests/portal/openapi.json`,
//! its paths and bodies are in `fos_wire`.

pub(crate) mod captcha_solver;
mod client;
mod partial_body;
mod problem;
mod retry;
pub(crate) mod signed_config;
mod transport_error;
mod trust;

pub(crate) use client::{Cached, Client, parse_json, parse_json_text};

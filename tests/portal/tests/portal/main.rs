//! Tests of the portal from outside: HTTP, and real email on loopback.
#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod account_notices;
mod admin;
mod api;
mod app_links;
mod audit;
mod catalogue;
mod charter;
mod cli;
mod client_address;
mod devices;
mod emails;
mod filing;
mod filing_once;
mod first_access;
mod forms;
mod limits;
mod malformed_input;
mod members;
mod migration;
mod openapi;
mod password_change;
mod password_requests;
mod pdf;
mod receipts;
mod remote_config;
mod request_decisions;
mod requests;
mod retention;
mod seed;
mod server;
mod session_refresh;
mod sign_in;
mod support;

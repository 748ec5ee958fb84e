//! What members meet at the portal, over HTTP and real mail on loopback.
#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod first_access;
mod support;

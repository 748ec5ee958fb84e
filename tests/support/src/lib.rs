//! Parts that the test crates share, each behind the cargo feature of its name.
//!
//! - [`proxy`]: the network between a phone and the portal, which can break and counts what passes.

#[cfg(feature = "proxy")]
pub mod proxy;

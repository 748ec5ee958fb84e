//! Parts that the test crates share. Those with dependencies are behind a cargo feature each, so that a crate builds
//! only what it uses: the measured programs of the benchmarks take the client and none of the portal's dependencies.
//!
//! - [`seed`]: members of the portal's seed; the feature `seed` reads them from its folder.
//! - [`files`]: copies of folders.
//! - [`mailbox`]: the SMTP server that receives the portal's mail (feature `mailbox`).
//! - [`proxy`]: the network between a phone and the portal, which can break and counts what passes (feature `proxy`).
//! - [`certificates`]: certificates for a portal on this machine, and for an impostor (feature `certificates`).
//! - [`headless_client`]: the core of a phone without a face (feature `client`).

#[cfg(feature = "certificates")]
pub mod certificates;
pub mod files;
#[cfg(feature = "client")]
pub mod headless_client;
#[cfg(feature = "mailbox")]
pub mod mailbox;
#[cfg(feature = "proxy")]
pub mod proxy;
pub mod seed;

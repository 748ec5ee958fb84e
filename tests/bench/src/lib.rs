//! What the core costs, measured beside its peers. `cargo xtask bench` builds all of it and prints the table; what
//! each row means stands in `tests/bench/README.md`.
//!
//! - [`figure`] is what a measurement says: one JSON object a line.
//! - [`stand`] is the portal that both sides speak to, in a process of its own, which no row counts.
//! - [`toll`] counts what passes between a phone and the portal, at the socket.
//! - [`given`] is what a measured program is told; [`measured`] starts it and speaks with it.
//! - [`rows`] are the measurements.

pub mod figure;
pub mod given;
pub mod measured;
pub mod rows;
mod seed;
pub mod stand;
pub mod toll;

//! Benchmarks of the core beside its peers. `cargo xtask bench` builds everything and prints the table; the rows are
//! explained in `tests/bench/README.md`.
//!
//! - [`measurement`]: one result, printed as a JSON object on a line.
//! - [`server_fixture`]: the portal that both sides talk to; it runs in this process, which no row counts. Its
//!   proxy counts the bytes at the socket.
//! - [`bench_process`]: starts a measured program (`fos-bench-programs`) and exchanges lines with it.
//! - [`rows`]: the measurements.

pub mod bench_process;
pub mod measurement;
pub mod rows;
pub mod server_fixture;
mod services;

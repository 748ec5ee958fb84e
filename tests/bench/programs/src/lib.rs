//! Measured programs of the benchmarks: `fos-bench-core`, and its peer `fos-bench-bare`. `fos-bench` starts them.
//!
//! They are built with the profile of the app, in which linking takes long: this crate depends on what the app depends
//! on, and not on the portal.

mod args;

pub use args::Args;

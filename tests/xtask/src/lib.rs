//! Library behind `cargo xtask`: one module for each sub-command, and what they share.

pub mod android;
pub mod assets;
pub mod bench;
pub mod bindings;
pub mod demo;
pub mod faults;
pub mod ios;
pub mod journeys;
pub mod mobile;
pub mod pictures;
pub mod process;
pub mod progress;
pub mod report;
pub mod rules;
pub mod setup;
mod swift;
pub mod test;
pub mod workspace;

//! The house's commands, behind `cargo xtask`.

pub mod android;
pub mod assets;
pub mod bench;
pub mod bindings;
pub mod demo;
pub mod faults;
pub mod house;
pub mod ios;
pub mod journeys;
pub mod phones;
pub mod pictures;
pub mod progress;
pub mod report;
pub mod rules;
pub mod run;
pub mod setup;
mod swift;
pub mod test;

//! The house's commands, behind `cargo xtask`.

pub mod house;
pub mod progress;
pub mod rules;

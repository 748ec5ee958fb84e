//! `cargo xtask demo|test|bindings`.

fn main() {}

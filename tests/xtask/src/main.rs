//! `cargo xtask`: the repository's commands.

fn main() -> std::process::ExitCode {
    xtask::run()
}

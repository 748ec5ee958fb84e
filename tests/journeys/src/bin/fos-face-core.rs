//! The core as a face of its own: a process that the journeys' runner starts, sends verbs to and kills like any other
//! face.

use std::process::ExitCode;

fn main() -> ExitCode {
    match fos_journeys::core_face::run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

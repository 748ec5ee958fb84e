//! Writes the named states of all screens, in both languages, into the folder that is named.

use std::{env, path::Path, process::ExitCode};

use fos_journeys::named_states;

#[tokio::main]
async fn main() -> ExitCode {
    let Some(folder) = env::args_os().nth(1) else {
        eprintln!("fos-named-states FOLDER");
        return ExitCode::from(2);
    };
    match named_states::write(Path::new(&folder)).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

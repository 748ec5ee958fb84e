//! The core as a face without a screen.
//!
//! It offers the same verbs as a phone, and on each screen only the elements that a phone shows there. A journey that
//! passes here and fails on a phone therefore fails because of the phone's face.
//!
//! ```text
//!  verb ──► phone: back stack, tab, typed secrets ──► fos-core
//!             │ taps: touch on a tag                    ▲
//!             │ tasks: async calls on a runtime ────────┘
//!             ▼         └─ outcome, applied before the next verb
//!  response ◄─ snapshot: texts, fields, tags of the current screen
//! ```

mod form;
mod phone;
mod requests;
mod snapshot;
mod space;
mod taps;
mod tasks;
mod touch;

use std::{
    collections::BTreeMap,
    env,
    io::{BufRead, BufReader, Write},
    net::TcpStream,
};

use anyhow::Context;
use fos_core::{Config, Fos, Platform};

use crate::protocol::{Hello, Response, Verb};
use phone::Phone;

/// Serves the launch that the environment describes; without `FOS_FACE_ADDRESS`, each launch described by a line of the
/// input, as a JSON object of the same variables.
///
/// # Errors
/// If a variable is missing, the runner cannot be reached or the core cannot be opened.
pub fn run() -> anyhow::Result<()> {
    if env::var_os("FOS_FACE_ADDRESS").is_some() {
        return serve(|name| env::var(name).ok());
    }
    for line in std::io::stdin().lines() {
        let variables: BTreeMap<String, String> = serde_json::from_str(&line?).context("reading a launch")?;
        serve(|name| variables.get(name).cloned())?;
    }
    Ok(())
}

/// Connects to the runner at `FOS_FACE_ADDRESS`, opens the core on `FOS_DATA` and executes verbs until `quit`.
fn serve(optional: impl Fn(&str) -> Option<String>) -> anyhow::Result<()> {
    let required = |name: &str| optional(name).with_context(|| format!("{name} is not set"));
    let config = Config {
        data_dir: required("FOS_DATA")?,
        portal: required("FOS_PORTAL")?,
        app_version: env!("CARGO_PKG_VERSION").to_owned(),
        portal_key: required("FOS_CONFIG_KEY")?,
        extra_root: optional("FOS_EXTRA_ROOT"),
        clock_file: optional("FOS_CLOCK_FILE"),
    };
    let platform = Platform {
        device: "FOS".to_owned(),
        language: required("FOS_LANGUAGE")?,
        system: "android".to_owned(),
    };
    let mut phone = Phone::new(Fos::open(config, platform).context("opening the core")?)?;
    let mut stream = TcpStream::connect(required("FOS_FACE_ADDRESS")?).context("connecting to the runner")?;
    stream.set_nodelay(true)?;
    send_line(&mut stream, &Hello { face: "core".to_owned(), system: "android".to_owned() })?;
    for line in BufReader::new(stream.try_clone()?).lines() {
        let verb: Verb = serde_json::from_str(&line?).context("reading a verb")?;
        let response = match phone.execute(&verb) {
            Ok(response) => response,
            Err(error) => Response { error: Some(error), ..Response::default() },
        };
        send_line(&mut stream, &response)?;
        if verb == Verb::Quit {
            break;
        }
    }
    Ok(())
}

fn send_line(stream: &mut TcpStream, message: &impl serde::Serialize) -> anyhow::Result<()> {
    let mut line = serde_json::to_string(message)?;
    line.push('\n');
    stream.write_all(line.as_bytes()).context("answering the runner")
}

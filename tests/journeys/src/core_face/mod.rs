//! The core as a face: no screen, and the same verbs as a phone. What it may do on a screen is what a phone offers
//! there, so a journey that passes here fails on a phone only through the phone's own fault.

mod acts;
mod form;
mod phone;
mod requests;
mod sight;
mod space;

use std::{
    env,
    io::{BufRead, BufReader, Write},
    net::TcpStream,
};

use anyhow::Context;
use fos_core::{Config, Fos, Platform};

use crate::verbs::{Answer, Hello, Verb};
use phone::Phone;

/// Finds the runner at `FOS_FACE_ADDRESS`, opens the core on `FOS_DATA` and answers until it is told to quit.
///
/// # Errors
/// When the runner cannot be found or the core does not open.
pub fn run() -> anyhow::Result<()> {
    let word = |name: &str| env::var(name).with_context(|| format!("{name} is not set"));
    let may_be = |name: &str| env::var(name).ok();
    let config = Config {
        data_dir: word("FOS_DATA")?,
        portal: word("FOS_PORTAL")?,
        app_version: env!("CARGO_PKG_VERSION").to_owned(),
        portal_key: word("FOS_CONFIG_KEY")?,
        extra_root: may_be("FOS_EXTRA_ROOT"),
        clock_file: may_be("FOS_CLOCK_FILE"),
    };
    let platform =
        Platform { device: "FOS".to_owned(), language: word("FOS_LANGUAGE")?, system: "android".to_owned() };
    let mut phone = Phone::over(Fos::open(config, platform).context("opening the core")?)?;
    let mut stream = TcpStream::connect(word("FOS_FACE_ADDRESS")?).context("finding the runner")?;
    stream.set_nodelay(true)?;
    say(&mut stream, &Hello { face: "core".to_owned(), system: "android".to_owned() })?;
    for line in BufReader::new(stream.try_clone()?).lines() {
        let verb: Verb = serde_json::from_str(&line?).context("reading a verb")?;
        let answer = match phone.obey(&verb) {
            Ok(answer) => answer,
            Err(why) => Answer { why: Some(why), ..Answer::default() },
        };
        say(&mut stream, &answer)?;
        if verb == Verb::Quit {
            break;
        }
    }
    Ok(())
}

fn say(stream: &mut TcpStream, words: &impl serde::Serialize) -> anyhow::Result<()> {
    let mut line = serde_json::to_string(words)?;
    line.push('\n');
    stream.write_all(line.as_bytes()).context("answering the runner")
}

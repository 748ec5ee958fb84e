//! The core as a face: no screen, and the same verbs as a phone. What it may do on a screen is what a phone offers
//! there, so a journey that passes here fails on a phone only through the phone's own fault.

mod acts;
mod phone;
mod sight;

use std::{
    env,
    io::{BufRead, BufReader, Write},
    net::TcpStream,
};

use anyhow::Context;

use crate::verbs::{Answer, Hello, Verb};
use phone::Phone;

/// Finds the runner at `FOS_FACE_ADDRESS`, opens the core on `FOS_DATA` and answers until it is told to quit.
///
/// # Errors
/// When the runner cannot be found or the core does not open.
pub fn run() -> anyhow::Result<()> {
    let word = |name: &str| env::var(name).with_context(|| format!("{name} is not set"));
    let mut phone = Phone::open(word("FOS_DATA")?, word("FOS_PORTAL")?, word("FOS_LANGUAGE")?)?;
    let mut stream = TcpStream::connect(word("FOS_FACE_ADDRESS")?).context("finding the runner")?;
    stream.set_nodelay(true)?;
    say(&mut stream, &Hello { face: "core".to_owned() })?;
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

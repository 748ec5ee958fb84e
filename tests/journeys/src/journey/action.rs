//! Parses the lines that act on the phone or check its screen and mail.

use std::fmt;

use super::environment::{EnvironmentChange, parse_quoted};

/// Line of a step. `{mailed}` in a text is replaced by the password of the last mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// `see SCREEN`: waits for this screen, idle.
    See(String),
    /// `read «TEXT»`: waits until this text is visible.
    Read(String),
    /// `not read «TEXT»`: waits until the app is idle and this text is not visible.
    NotRead(String),
    /// `holds FIELD «TEXT»`: waits until the field shows exactly this.
    Holds(String, String),
    /// `opened «NAME»`: waits until the last item handed to the system is this document or link.
    Opened(String),
    /// `copied «TEXT»`: waits until the clipboard holds exactly this.
    Copied(String),
    /// `type FIELD TEXT`: replaces the content of a field.
    Type(String, String),
    /// `tap TAG`: touches an element.
    Tap(String),
    /// `double tap TAG`: touches an element, and its place once more at once.
    DoubleTap(String),
    /// `tap TAG until «TEXT»`: touches it repeatedly until this text is visible.
    TapUntil(String, String),
    /// `back`: performs the back gesture.
    Back,
    /// `rotate`: rotates the phone.
    Rotate,
    /// `language ar|fr`: changes the app's language.
    Language(String),
    /// `pause`: moves the app to the background.
    Pause,
    /// `resume`: returns it to the foreground.
    Resume,
    /// `pull`: pulls the list down to refresh it.
    Pull,
    /// `picture`: takes the step's picture here instead of at its end.
    Picture,
    /// `kill …`: kills the process, optionally damages its files, and starts it again on them.
    Kill(Damage),
    /// `mail to ADDRESS`: waits for the next mail, which must go there and contain a password.
    Mail(String),
    /// `no mail`: checks that no mail was sent.
    NoMail,
    /// Change of the phone's environment.
    EnvironmentChange(EnvironmentChange),
}

/// Damage done to the phone's files while the app is not running.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Damage {
    /// No damage.
    None,
    /// `kill corrupting device|member`: every byte of the file is overwritten.
    Corrupted(DataFile),
    /// `kill losing keys`: the phone's secure store is emptied.
    KeysLost,
    /// `kill newer device|member`: the file's schema is that of a newer version of the app.
    NewerVersion(DataFile),
}

/// Database of the app.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DataFile {
    /// Database of the phone, independent of the signed-in member.
    Device,
    /// Database of each member with one on this phone.
    Member,
}

impl DataFile {
    fn keyword(self) -> &'static str {
        match self {
            Self::Device => "device",
            Self::Member => "member",
        }
    }
}

impl fmt::Display for Action {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::See(screen) => write!(out, "see {screen}"),
            Self::Read(text) => write!(out, "read «{text}»"),
            Self::NotRead(text) => write!(out, "not read «{text}»"),
            Self::Holds(field, text) => write!(out, "holds {field} «{text}»"),
            Self::Opened(name) => write!(out, "opened «{name}»"),
            Self::Copied(text) => write!(out, "copied «{text}»"),
            Self::Type(field, text) => write!(out, "type {field} {text}"),
            Self::Tap(tag) => write!(out, "tap {tag}"),
            Self::DoubleTap(tag) => write!(out, "double tap {tag}"),
            Self::TapUntil(tag, text) => write!(out, "tap {tag} until «{text}»"),
            Self::Back => write!(out, "back"),
            Self::Rotate => write!(out, "rotate"),
            Self::Language(to) => write!(out, "language {to}"),
            Self::Pause => write!(out, "pause"),
            Self::Resume => write!(out, "resume"),
            Self::Pull => write!(out, "pull"),
            Self::Picture => write!(out, "picture"),
            Self::Kill(damage) => write!(out, "kill{damage}"),
            Self::Mail(to) => write!(out, "mail to {to}"),
            Self::NoMail => write!(out, "no mail"),
            Self::EnvironmentChange(change) => write!(out, "{change}"),
        }
    }
}

impl fmt::Display for Damage {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => Ok(()),
            Self::Corrupted(file) => write!(out, " corrupting {}", file.keyword()),
            Self::KeysLost => write!(out, " losing keys"),
            Self::NewerVersion(file) => write!(out, " newer {}", file.keyword()),
        }
    }
}

/// Parses a line that begins with this keyword. The error describes the expected form.
pub(super) fn parse(word: &str, rest: &str) -> Result<Action, String> {
    let one = |example: &str| match rest.split_whitespace().collect::<Vec<_>>().as_slice() {
        [only] => Ok((*only).to_owned()),
        _ => Err(format!("`{word}` takes one word: {word} {example}")),
    };
    let pair = |example: &str| {
        let (field, text) =
            rest.split_once(' ').ok_or(format!("`{word}` takes a field and a text: {example}"))?;
        Ok::<_, String>((field.to_owned(), text.trim().to_owned()))
    };
    match (word, rest) {
        ("see", _) => one("sign-in").map(Action::See),
        ("read", _) => parse_quoted(rest).map(Action::Read),
        ("not", _) if rest.starts_with("read ") => {
            parse_quoted(rest.trim_start_matches("read ")).map(Action::NotRead)
        }
        ("opened", _) => parse_quoted(rest).map(Action::Opened),
        ("copied", _) => parse_quoted(rest).map(Action::Copied),
        ("holds", _) => {
            let (field, text) = pair("holds ppr «…»")?;
            Ok(Action::Holds(field, parse_quoted(&text)?))
        }
        ("type", _) => pair("type ppr 0123456").map(|(field, text)| Action::Type(field, text)),
        ("tap", _) => match rest.split_once(" until ") {
            Some((tag, text)) => Ok(Action::TapUntil(tag.trim().to_owned(), parse_quoted(text)?)),
            None => one("send").map(Action::Tap),
        },
        ("double", _) => match rest.split_whitespace().collect::<Vec<_>>().as_slice() {
            ["tap", tag] => Ok(Action::DoubleTap((*tag).to_owned())),
            _ => Err("`double` takes `tap` and one word: double tap next".to_owned()),
        },
        ("language", "ar" | "fr") => Ok(Action::Language(rest.to_owned())),
        ("language", _) => Err("`language ar` or `language fr`".to_owned()),
        ("mail", _) if !rest.starts_with("server") => match rest.strip_prefix("to ").map(str::trim) {
            Some(to) if to.contains('@') => Ok(Action::Mail(to.to_owned())),
            _ => Err("`mail` takes an address: mail to membre.essai@finances.test".to_owned()),
        },
        ("no", "mail") => Ok(Action::NoMail),
        ("kill", _) => parse_damage(rest).map(Action::Kill),
        _ => parse_bare(word, rest)
            .unwrap_or_else(|| EnvironmentChange::parse(word, rest).map(Action::EnvironmentChange)),
    }
}

/// Parses the keywords without arguments; `None` for any other keyword.
fn parse_bare(word: &str, rest: &str) -> Option<Result<Action, String>> {
    let action = match word {
        "back" => Action::Back,
        "rotate" => Action::Rotate,
        "pause" => Action::Pause,
        "resume" => Action::Resume,
        "pull" => Action::Pull,
        "picture" => Action::Picture,
        _ => return None,
    };
    Some(if rest.is_empty() { Ok(action) } else { Err(format!("`{word}` takes no argument")) })
}

fn parse_damage(rest: &str) -> Result<Damage, String> {
    Ok(match rest {
        "" => Damage::None,
        "corrupting device" => Damage::Corrupted(DataFile::Device),
        "corrupting member" => Damage::Corrupted(DataFile::Member),
        "losing keys" => Damage::KeysLost,
        "newer device" => Damage::NewerVersion(DataFile::Device),
        "newer member" => Damage::NewerVersion(DataFile::Member),
        _ => {
            return Err(
                "`kill`, `kill corrupting device|member`, `kill losing keys` or `kill newer device|member`"
                    .to_owned(),
            );
        }
    })
}

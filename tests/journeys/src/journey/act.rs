//! What a line of a journey may ask.

use std::fmt;

use super::around::{Around, quoted};

/// What a line may ask. `{mailed}` in a text stands for the password of the last mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// `see SCREEN`: this screen shows, sooner or later.
    See(String),
    /// `read «TEXT»`: this can be read on the screen, sooner or later.
    Read(String),
    /// `not read «TEXT»`: the app is at rest, and this cannot be read on the screen.
    NotRead(String),
    /// `holds FIELD «TEXT»`: the field shows exactly this.
    Holds(String, String),
    /// `opened «NAME»`: the last thing the app handed to the system is this document or link.
    Opened(String),
    /// `copied «TEXT»`: the clipboard holds exactly this.
    Copied(String),
    /// `type FIELD TEXT`.
    Type(String, String),
    /// `tap TAG`.
    Tap(String),
    /// `tap TAG until «TEXT»`: again and again until this can be read.
    TapUntil(String, String),
    /// `back`.
    Back,
    /// `rotate`.
    Rotate,
    /// `language ar|fr`.
    Language(String),
    /// `pause`: the app goes to the background.
    Pause,
    /// `resume`: it comes back.
    Resume,
    /// `pull`: the list is pulled down, to be fetched anew.
    Pull,
    /// `picture`: draw the screen here, and not at the step's end.
    Picture,
    /// `kill …`: the process ends at once, something may befall its files, and it starts again on them.
    Kill(Damage),
    /// `mail to ADDRESS`: the next mail goes there and carries a password.
    Mail(String),
    /// `no mail`: nothing was sent to anybody.
    NoMail,
    /// What happens around the phone.
    Around(Around),
}

/// What befalls the phone's files while the app is not running.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Damage {
    /// Nothing.
    None,
    /// `kill spoiling device|member`: the file's bytes make no sense any more.
    Spoilt(DataFile),
    /// `kill spoiling keys`: the phone's secure store forgot everything.
    KeysLost,
    /// `kill newer device|member`: a newer version of the app wrote the file.
    Newer(DataFile),
}

/// One of the app's files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DataFile {
    /// What belongs to the phone, whoever is signed in.
    Device,
    /// What belongs to a member: of every member who has one.
    Member,
}

impl DataFile {
    fn word(self) -> &'static str {
        match self {
            Self::Device => "device",
            Self::Member => "member",
        }
    }
}

impl fmt::Display for Act {
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
            Self::Around(around) => write!(out, "{around}"),
        }
    }
}

impl fmt::Display for Damage {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => Ok(()),
            Self::Spoilt(file) => write!(out, " spoiling {}", file.word()),
            Self::KeysLost => write!(out, " spoiling keys"),
            Self::Newer(file) => write!(out, " newer {}", file.word()),
        }
    }
}

/// Reads a line that begins with this word.
pub(super) fn read(word: &str, rest: &str) -> Result<Act, String> {
    let one = |what: &str| match rest.split_whitespace().collect::<Vec<_>>().as_slice() {
        [only] => Ok((*only).to_owned()),
        _ => Err(format!("`{word}` takes one word: {word} {what}")),
    };
    let pair = |what: &str| {
        let (field, text) =
            rest.split_once(' ').ok_or(format!("`{word}` takes a field and a text: {what}"))?;
        Ok::<_, String>((field.to_owned(), text.trim().to_owned()))
    };
    match (word, rest) {
        ("see", _) => one("sign-in").map(Act::See),
        ("read", _) => quoted(rest).map(Act::Read),
        ("not", _) if rest.starts_with("read ") => quoted(rest.trim_start_matches("read ")).map(Act::NotRead),
        ("opened", _) => quoted(rest).map(Act::Opened),
        ("copied", _) => quoted(rest).map(Act::Copied),
        ("holds", _) => {
            let (field, text) = pair("holds ppr «…»")?;
            Ok(Act::Holds(field, quoted(&text)?))
        }
        ("type", _) => pair("type ppr 0123456").map(|(field, text)| Act::Type(field, text)),
        ("tap", _) => match rest.split_once(" until ") {
            Some((tag, text)) => Ok(Act::TapUntil(tag.trim().to_owned(), quoted(text)?)),
            None => one("send").map(Act::Tap),
        },
        ("language", "ar" | "fr") => Ok(Act::Language(rest.to_owned())),
        ("language", _) => Err("`language ar` or `language fr`".to_owned()),
        ("mail", _) if !rest.starts_with("server") => match rest.strip_prefix("to ").map(str::trim) {
            Some(to) if to.contains('@') => Ok(Act::Mail(to.to_owned())),
            _ => Err("`mail` takes an address: mail to membre.essai@finances.test".to_owned()),
        },
        ("no", "mail") => Ok(Act::NoMail),
        ("kill", _) => damage(rest).map(Act::Kill),
        _ => alone(word, rest).unwrap_or_else(|| Around::read(word, rest).map(Act::Around)),
    }
}

/// The words that stand alone.
fn alone(word: &str, rest: &str) -> Option<Result<Act, String>> {
    let act = match word {
        "back" => Act::Back,
        "rotate" => Act::Rotate,
        "pause" => Act::Pause,
        "resume" => Act::Resume,
        "pull" => Act::Pull,
        "picture" => Act::Picture,
        _ => return None,
    };
    Some(if rest.is_empty() { Ok(act) } else { Err(format!("`{word}` stands alone")) })
}

fn damage(rest: &str) -> Result<Damage, String> {
    Ok(match rest {
        "" => Damage::None,
        "spoiling device" => Damage::Spoilt(DataFile::Device),
        "spoiling member" => Damage::Spoilt(DataFile::Member),
        "spoiling keys" => Damage::KeysLost,
        "newer device" => Damage::Newer(DataFile::Device),
        "newer member" => Damage::Newer(DataFile::Member),
        _ => {
            return Err("`kill`, `kill spoiling device|member|keys` or `kill newer device|member`".to_owned());
        }
    })
}

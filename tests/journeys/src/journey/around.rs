//! What happens around the phone: the network, the foundation's desk, the mail, the time, another phone.

use std::fmt;

use crate::road::Condition;

/// Something that a journey lets happen around the phone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Around {
    /// `operator WORDS…`: the foundation's desk does this to the portal.
    Operator(Vec<String>),
    /// `answered «TEXT»`: the desk's last command printed this.
    Answered(String),
    /// `network …`: what the road between the phone and the portal is like from now on.
    Network(Condition),
    /// `portal stops|starts`.
    Portal(Runs),
    /// `mail server down|up`.
    MailServer(Runs),
    /// `clock +16m`: this many seconds pass, for the portal and the phone.
    Clock(i64),
    /// `phone clock +1d`: the phone alone goes wrong by this many seconds.
    PhoneClock(i64),
    /// `elsewhere PPR «PASSWORD»`: the member signs in on another phone too.
    Elsewhere(String, String),
    /// `elsewhere ended`: that other phone is asked to sign in again.
    ElsewhereEnded,
}

/// Whether something runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Runs {
    /// It does.
    Yes,
    /// It does not.
    No,
}

impl Around {
    /// Reads a line that begins with this word.
    pub(super) fn read(word: &str, rest: &str) -> Result<Self, String> {
        match (word, rest) {
            ("operator", "") => Err("`operator` takes the desk's words: operator maintenance on".to_owned()),
            ("operator", _) => words(rest).map(Self::Operator),
            ("answered", _) => quoted(rest).map(Self::Answered),
            ("network", _) => condition(rest).map(Self::Network),
            ("portal", "starts") => Ok(Self::Portal(Runs::Yes)),
            ("portal", "stops") => Ok(Self::Portal(Runs::No)),
            ("portal", _) => Err("`portal stops` or `portal starts`".to_owned()),
            ("mail", "server up") => Ok(Self::MailServer(Runs::Yes)),
            ("mail", "server down") => Ok(Self::MailServer(Runs::No)),
            ("mail", _) => Err("`mail server down` or `mail server up`".to_owned()),
            ("clock", _) => span(rest).map(Self::Clock),
            ("phone", _) => match rest.strip_prefix("clock ") {
                Some(by) => span(by).map(Self::PhoneClock),
                None => Err("`phone clock +1d`".to_owned()),
            },
            ("elsewhere", "ended") => Ok(Self::ElsewhereEnded),
            ("elsewhere", _) => account(rest).map(|(ppr, password)| Self::Elsewhere(ppr, password)),
            _ => Err(format!(
                "`{word}` is no word of a journey: see, read, not read, holds, opened, copied, type, tap, back, rotate, \
                 language, pause, resume, pull, picture, kill, mail, no mail, operator, answered, network, portal, \
                 clock, phone clock, elsewhere"
            )),
        }
    }
}

impl fmt::Display for Around {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Operator(words) => {
                write!(out, "operator")?;
                for word in words {
                    if word.contains(' ') { write!(out, " «{word}»")? } else { write!(out, " {word}")? }
                }
                Ok(())
            }
            Self::Answered(text) => write!(out, "answered «{text}»"),
            Self::Network(condition) => write!(out, "network {condition}"),
            Self::Portal(Runs::Yes) => write!(out, "portal starts"),
            Self::Portal(Runs::No) => write!(out, "portal stops"),
            Self::MailServer(Runs::Yes) => write!(out, "mail server up"),
            Self::MailServer(Runs::No) => write!(out, "mail server down"),
            Self::Clock(by) => write!(out, "clock {}", spoken(*by)),
            Self::PhoneClock(by) => write!(out, "phone clock {}", spoken(*by)),
            Self::Elsewhere(ppr, password) => write!(out, "elsewhere {ppr} «{password}»"),
            Self::ElsewhereEnded => write!(out, "elsewhere ended"),
        }
    }
}

/// The text between « ».
pub(super) fn quoted(text: &str) -> Result<String, String> {
    let inner = text.trim().strip_prefix('«').and_then(|text| text.strip_suffix('»'));
    inner.map(|text| text.trim().to_owned()).ok_or_else(|| "a text to be read stands in « »".to_owned())
}

/// A PPR and a password in « ».
pub(super) fn account(rest: &str) -> Result<(String, String), String> {
    let told = "takes a PPR and a password: 0123456 «قهوة-الصباح-2026»";
    let (ppr, password) = rest.split_once(' ').ok_or(told)?;
    Ok((ppr.to_owned(), quoted(password).map_err(|_| told)?))
}

/// The words of a command; what stands in « » is one.
fn words(line: &str) -> Result<Vec<String>, String> {
    let mut words = Vec::new();
    let mut rest = line.trim();
    while !rest.is_empty() {
        let (word, after) = match rest.strip_prefix('«') {
            Some(quoted) => quoted.split_once('»').ok_or("a « has no »")?,
            None => rest.split_once(' ').unwrap_or((rest, "")),
        };
        words.push(word.trim().to_owned());
        rest = after.trim_start();
    }
    Ok(words)
}

fn condition(text: &str) -> Result<Condition, String> {
    Ok(match text {
        "up" => Condition::Up,
        "down" => Condition::Down,
        "slow" => Condition::Slow,
        "captive" => Condition::Captive,
        "silent" => Condition::Silent,
        "impostor" => Condition::Impostor,
        _ => {
            let after = text.strip_prefix("cut ").and_then(|bytes| bytes.trim().parse().ok());
            return after.map(Condition::Cut).ok_or_else(|| {
                "`network up|down|slow|captive|silent|impostor` or `network cut 100`".to_owned()
            });
        }
    })
}

/// Seconds a unit, the longest first.
const UNITS: [(char, i64); 4] = [('d', 86_400), ('h', 3_600), ('m', 60), ('s', 1)];

fn span(text: &str) -> Result<i64, String> {
    let told = || "a time that passes is written +16m, -1d, +90s or +2h".to_owned();
    let (sign, rest) = match (text.strip_prefix('+'), text.strip_prefix('-')) {
        (Some(rest), _) => (1, rest),
        (_, Some(rest)) => (-1, rest),
        _ => return Err(told()),
    };
    let (unit, seconds) = UNITS.into_iter().find(|(unit, _)| rest.ends_with(*unit)).ok_or_else(told)?;
    let count: i64 = rest.trim_end_matches(unit).parse().map_err(|_| told())?;
    count.checked_mul(sign * seconds).ok_or_else(told)
}

fn spoken(by: i64) -> String {
    let (unit, seconds) = UNITS.into_iter().find(|(_, seconds)| by % seconds == 0).unwrap_or(('s', 1));
    format!("{:+}{unit}", by / seconds)
}

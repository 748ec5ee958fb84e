//! Parses the lines that change the phone's environment: network, portal, mail server, clocks, a second device.

use std::fmt;

use fos_support::proxy::NetworkCondition;

/// Change of the environment, or a check of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EnvironmentChange {
    /// `operator WORDS…`: runs this operator command of the portal.
    Operator(Vec<String>),
    /// `printed «TEXT»`: checks that the last operator command printed this.
    Printed(String),
    /// `network …`: sets the condition of the network between the phone and the portal.
    Network(NetworkCondition),
    /// `portal stops|starts`: stops or starts the portal.
    Portal(ServiceState),
    /// `mail server down|up`: stops or starts the mail server.
    MailServer(ServiceState),
    /// `clock +16m`: moves the clocks of the portal and the phone by this many seconds.
    Clock(i64),
    /// `phone clock +1d`: moves the phone's clock alone by this many seconds.
    PhoneClock(i64),
    /// `second-device PPR «PASSWORD»`: signs the member in on a second device.
    SecondDevice(String, String),
    /// `second-device signed-out`: checks that the second device has to sign in again.
    SecondDeviceSignedOut,
}

/// State of a server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ServiceState {
    /// Accepts connections.
    Running,
    /// Does not run.
    Stopped,
}

impl EnvironmentChange {
    /// Parses a line that begins with this keyword. The error describes the expected form.
    pub(super) fn parse(word: &str, rest: &str) -> Result<Self, String> {
        match (word, rest) {
            ("operator", "") => {
                Err("`operator` takes the operator's arguments: operator maintenance on".to_owned())
            }
            ("operator", _) => split_words(rest).map(Self::Operator),
            ("printed", _) => parse_quoted(rest).map(Self::Printed),
            ("network", _) => parse_condition(rest).map(Self::Network),
            ("portal", "starts") => Ok(Self::Portal(ServiceState::Running)),
            ("portal", "stops") => Ok(Self::Portal(ServiceState::Stopped)),
            ("portal", _) => Err("`portal stops` or `portal starts`".to_owned()),
            ("mail", "server up") => Ok(Self::MailServer(ServiceState::Running)),
            ("mail", "server down") => Ok(Self::MailServer(ServiceState::Stopped)),
            ("mail", _) => Err("`mail server down` or `mail server up`".to_owned()),
            ("clock", _) => parse_duration(rest).map(Self::Clock),
            ("phone", _) => match rest.strip_prefix("clock ") {
                Some(by) => parse_duration(by).map(Self::PhoneClock),
                None => Err("`phone clock +1d`".to_owned()),
            },
            ("second-device", "signed-out") => Ok(Self::SecondDeviceSignedOut),
            ("second-device", _) => {
                parse_account(rest).map(|(ppr, password)| Self::SecondDevice(ppr, password))
            }
            _ => Err(format!(
                "`{word}` is no keyword of a journey: see, read, not read, holds, opened, copied, type, tap, back, rotate, \
                 language, pause, resume, pull, picture, kill, mail, no mail, operator, printed, network, portal, \
                 clock, phone clock, second-device"
            )),
        }
    }
}

impl fmt::Display for EnvironmentChange {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Operator(words) => {
                write!(out, "operator")?;
                for word in words {
                    if word.contains(' ') { write!(out, " «{word}»")? } else { write!(out, " {word}")? }
                }
                Ok(())
            }
            Self::Printed(text) => write!(out, "printed «{text}»"),
            Self::Network(condition) => write!(out, "network {condition}"),
            Self::Portal(ServiceState::Running) => write!(out, "portal starts"),
            Self::Portal(ServiceState::Stopped) => write!(out, "portal stops"),
            Self::MailServer(ServiceState::Running) => write!(out, "mail server up"),
            Self::MailServer(ServiceState::Stopped) => write!(out, "mail server down"),
            Self::Clock(by) => write!(out, "clock {}", format_duration(*by)),
            Self::PhoneClock(by) => write!(out, "phone clock {}", format_duration(*by)),
            Self::SecondDevice(ppr, password) => write!(out, "second-device {ppr} «{password}»"),
            Self::SecondDeviceSignedOut => write!(out, "second-device signed-out"),
        }
    }
}

/// Returns the text between « and ».
pub(super) fn parse_quoted(text: &str) -> Result<String, String> {
    let inner = text.trim().strip_prefix('«').and_then(|text| text.strip_suffix('»'));
    inner.map(|text| text.trim().to_owned()).ok_or_else(|| "a text is written in « »".to_owned())
}

/// Parses a PPR and a password in « ».
pub(super) fn parse_account(rest: &str) -> Result<(String, String), String> {
    let usage = "takes a PPR and a password: 0123456 «قهوة-الصباح-2026»";
    let (ppr, password) = rest.split_once(' ').ok_or(usage)?;
    Ok((ppr.to_owned(), parse_quoted(password).map_err(|_| usage)?))
}

/// Splits a command into words; a text in « » is one word.
fn split_words(line: &str) -> Result<Vec<String>, String> {
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

fn parse_condition(text: &str) -> Result<NetworkCondition, String> {
    Ok(match text {
        "up" => NetworkCondition::Up,
        "down" => NetworkCondition::Down,
        "slow" => NetworkCondition::Slow,
        "captive" => NetworkCondition::Captive,
        "silent" => NetworkCondition::Silent,
        "impostor" => NetworkCondition::Impostor,
        _ => {
            let after = text.strip_prefix("cut ").and_then(|bytes| bytes.trim().parse().ok());
            return after.map(NetworkCondition::Cut).ok_or_else(|| {
                "`network up|down|slow|captive|silent|impostor` or `network cut 100`".to_owned()
            });
        }
    })
}

/// Duration units with their seconds, longest first.
const UNITS: [(char, i64); 4] = [('d', 86_400), ('h', 3_600), ('m', 60), ('s', 1)];

fn parse_duration(text: &str) -> Result<i64, String> {
    let usage = || "a duration is written +16m, -1d, +90s or +2h".to_owned();
    let (sign, rest) = match (text.strip_prefix('+'), text.strip_prefix('-')) {
        (Some(rest), _) => (1, rest),
        (_, Some(rest)) => (-1, rest),
        _ => return Err(usage()),
    };
    let (unit, seconds) = UNITS.into_iter().find(|(unit, _)| rest.ends_with(*unit)).ok_or_else(usage)?;
    let count: i64 = rest.trim_end_matches(unit).parse().map_err(|_| usage())?;
    count.checked_mul(sign * seconds).ok_or_else(usage)
}

fn format_duration(by: i64) -> String {
    let (unit, seconds) = UNITS.into_iter().find(|(_, seconds)| by % seconds == 0).unwrap_or(('s', 1));
    format!("{:+}{unit}", by / seconds)
}

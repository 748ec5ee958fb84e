//! What a page says and hears: one JSON object a message; the screen's pixels come as bytes.

use fos_portal::mailbox::Mail;
use serde::{Deserialize, Serialize};

use super::{
    desk::{DeskAct, News},
    phone::{Again, Held},
};
use crate::verbs::Verb;

/// What a page asks.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum Wish {
    /// Something that a member does: one of [`Verb`]'s.
    Verb(Verb),
    /// Something that happens around the phone: `{"desk":"open"}`.
    Desk(DeskAct),
    /// The app's process starts again: `{"again":"killed"}`.
    Again {
        /// How.
        again: Again,
    },
}

impl Wish {
    /// Whether a page may ask it: what a member does with their hands. It names no file and ends no process by itself.
    pub fn allowed(&self) -> bool {
        match self {
            Self::Verb(verb) => !matches!(
                verb,
                Verb::See | Verb::Picture { .. } | Verb::Frame { .. } | Verb::Where { .. } | Verb::Quit
            ),
            Self::Desk(_) | Self::Again { .. } => true,
        }
    }
}

/// What a page is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "told", rename_all = "lowercase")]
pub enum Told<'a> {
    /// How the phone is.
    Held {
        /// All of it.
        held: &'a Held,
    },
    /// How the world around is.
    News {
        /// All of it.
        news: &'a News,
    },
    /// A wish came true; `said` is what the desk printed.
    Done {
        /// Empty when nothing was printed.
        said: String,
    },
    /// A wish that cannot be.
    Refused {
        /// Why.
        why: String,
    },
}

/// A mail, for somebody to read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Letter {
    /// Who it went to.
    pub to: String,
    /// Its subject.
    pub subject: String,
    /// Its words.
    pub text: String,
    /// The password that it carries.
    pub password: Option<String>,
}

impl From<&Mail> for Letter {
    fn from(mail: &Mail) -> Self {
        Self {
            to: mail.to.join(", "),
            subject: mail.subject.clone(),
            text: mail.text.clone(),
            password: mail.password(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wish(text: &str) -> Wish {
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn a_wish_is_known_by_its_first_word() {
        assert_eq!(wish(r#"{"verb":"back"}"#), Wish::Verb(Verb::Back));
        assert_eq!(
            wish(r#"{"desk":"maintenance","on":true}"#),
            Wish::Desk(DeskAct::Maintenance { on: true })
        );
        assert_eq!(wish(r#"{"again":"fresh"}"#), Wish::Again { again: Again::Fresh });
        assert!(serde_json::from_str::<Wish>(r#"{"verb":"fly"}"#).is_err());
    }

    #[test]
    fn a_page_names_no_file_and_ends_nothing() {
        for text in [
            r#"{"verb":"picture","file":"/x"}"#,
            r#"{"verb":"frame","since":0,"wait":0,"file":"/x"}"#,
            r#"{"verb":"quit"}"#,
        ] {
            assert!(!wish(text).allowed(), "{text}");
        }
        assert!(wish(r#"{"verb":"key","name":"Tab","shift":true}"#).allowed());
    }
}

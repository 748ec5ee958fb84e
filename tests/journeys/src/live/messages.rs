//! Messages between the page and the server: one JSON object each; pixels are sent as binary messages.

use fos_support::mailbox::Mail;
use serde::{Deserialize, Serialize};

use super::{
    environment_actor::{EnvironmentAction, EnvironmentState},
    phone_actor::{DeviceState, RestartMode},
};
use crate::protocol::Verb;

/// Request of the page.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum PageRequest {
    /// Action of the member on the phone.
    Verb(Verb),
    /// Change of the environment: `{"action":"open"}`.
    Environment(EnvironmentAction),
    /// Restart of the app's process: `{"restart":"keep-data"}`.
    Restart {
        /// Mode of the restart.
        restart: RestartMode,
    },
}

impl PageRequest {
    /// Returns true if a page may send this: actions of the member, but no verb that names a file or ends the
    /// process.
    pub fn is_allowed(&self) -> bool {
        match self {
            Self::Verb(verb) => !matches!(
                verb,
                Verb::See | Verb::Picture { .. } | Verb::Frame { .. } | Verb::Where { .. } | Verb::Quit
            ),
            Self::Environment(_) | Self::Restart { .. } => true,
        }
    }
}

/// Message to the page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub enum PageMessage<'a> {
    /// State of the device has changed.
    Device {
        /// New state.
        device: &'a DeviceState,
    },
    /// State of the environment has changed.
    Environment {
        /// New state.
        environment: &'a EnvironmentState,
    },
    /// Request was executed.
    Done {
        /// Output of the operator command; empty if there is none.
        output: String,
    },
    /// Request was refused.
    Refused {
        /// Reason.
        error: String,
    },
}

/// Mail shown on the page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ReceivedMail {
    /// Recipients.
    pub to: String,
    /// Subject.
    pub subject: String,
    /// Plain text.
    pub text: String,
    /// Password contained in the mail.
    pub password: Option<String>,
}

impl From<&Mail> for ReceivedMail {
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

    fn request(text: &str) -> PageRequest {
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn a_request_is_recognized_by_its_first_key() {
        assert_eq!(request(r#"{"verb":"back"}"#), PageRequest::Verb(Verb::Back));
        assert_eq!(
            request(r#"{"action":"maintenance","on":true}"#),
            PageRequest::Environment(EnvironmentAction::Maintenance { on: true })
        );
        assert_eq!(
            request(r#"{"restart":"wipe-data"}"#),
            PageRequest::Restart { restart: RestartMode::WipeData }
        );
        assert!(serde_json::from_str::<PageRequest>(r#"{"verb":"fly"}"#).is_err());
    }

    #[test]
    fn a_page_may_not_name_files_or_end_the_process() {
        for text in [
            r#"{"verb":"picture","file":"/x"}"#,
            r#"{"verb":"frame","since":0,"wait":0,"file":"/x"}"#,
            r#"{"verb":"quit"}"#,
        ] {
            assert!(!request(text).is_allowed(), "{text}");
        }
        assert!(request(r#"{"verb":"key","name":"Tab","shift":true}"#).is_allowed());
    }
}

//! Buttons, with the French names of the printed guide. In Arabic these stand beside the Arabic label, for a member who
//! holds the guide.

use super::{Language, Localizer};

/// A button: label, and key for tests.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ActionView {
    /// Key of the action, the same in every face and language: `sign-in`, `accept`, …
    pub key: String,
    /// Label.
    pub label: String,
    /// Name in the printed guide; in Arabic only, and only for actions that the guide names.
    pub guide_name: Option<String>,
    /// True if it files, accepts, refuses, erases or sends: [`crate::TapGuard`] is strictest with it.
    #[uniffi(default = false)]
    pub decisive: bool,
}

/// Actions that file, accept, refuse, erase or send.
const DECISIVE: [&str; 20] = [
    "accept",
    "ask-again",
    "change-password",
    "confirm-erase-work",
    "delete-draft",
    "edit-request",
    "end-device",
    "erase-draft",
    "erase-work",
    "file",
    "keep-work",
    "refuse",
    "refuse-charter",
    "send",
    "send-now",
    "share-diagnostic",
    "share-receipt",
    "sign-in",
    "sign-out",
    "start-over",
];

/// Actions that leave everything as it was.
const WAYS_BACK: [&str; 6] =
    ["close", "keep-draft", "keep-editing", "keep-reading", "leave-queued", "previous"];

impl ActionView {
    /// Returns true if it leads back, and decides nothing.
    pub(crate) fn is_way_back(&self) -> bool {
        WAYS_BACK.contains(&self.key.as_str())
    }
}

impl Localizer {
    /// Returns the button with this key.
    pub(crate) fn action(&self, key: &str) -> ActionView {
        ActionView {
            key: key.to_owned(),
            label: self.message(&format!("action-{key}")),
            guide_name: self.guide_name(key),
            decisive: DECISIVE.contains(&key),
        }
    }

    /// Returns the guide's French name of a button or box; `None` in French.
    pub(crate) fn guide_name(&self, key: &str) -> Option<String> {
        if self.language() == Language::Fr {
            return None;
        }
        let name = match key {
            "ask-password" => "Récupérer mot de Passe",
            "send" => "Envoyer",
            "captcha" => "Je ne suis pas un robot",
            "sign-in" => "Se connecter",
            "accept" => "Accepter",
            "change-password" => "Changer le mot de passe",
            _ => return None,
        };
        Some(name.to_owned())
    }
}

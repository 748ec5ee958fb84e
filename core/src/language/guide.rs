//! The guide's own French names. In Arabic they stand on their buttons beside the Arabic one: the member has the
//! printed guide in the other hand (look.md, Layout).

use super::{Language, Words};

/// A button: what it says, and the tag by which a test finds it.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ActionView {
    /// The same in every face and language: `sign-in`, `accept`, …
    pub key: String,
    /// What is written on it.
    pub label: String,
    /// What the printed guide calls it; only in Arabic, only where the guide names it.
    pub guide_name: Option<String>,
}

impl Words {
    /// The button of this key.
    pub(crate) fn action(&self, key: &str) -> ActionView {
        ActionView {
            key: key.to_owned(),
            label: self.say(&format!("action-{key}")),
            guide_name: self.guide_name(key),
        }
    }

    /// The guide's name for a button or box, for those who read Arabic.
    pub(crate) fn guide_name(&self, key: &str) -> Option<String> {
        if self.language() == Language::Fr {
            return None;
        }
        let name = match key {
            "ask-password" => "Récupérer mot de Passe",
            "send" => "Envoyer",
            "robot" => "Je ne suis pas un robot",
            "sign-in" => "Se connecter",
            "accept" => "Accepter",
            "change-password" => "Changer le mot de passe",
            _ => return None,
        };
        Some(name.to_owned())
    }
}

//! What the runner asks of a face and what the face answers: one JSON object a line, one answer to each.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Something a member does with a phone, or looks at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "verb", rename_all = "lowercase")]
pub enum Verb {
    /// Look at the screen.
    See,
    /// Type into a field, over what stands there, as a keyboard or a paste would.
    Type {
        /// The field's tag.
        field: String,
        /// What is typed.
        text: String,
    },
    /// Touch something.
    Tap {
        /// Its tag.
        on: String,
    },
    /// Go back, as the phone's own gesture does.
    Back,
    /// Turn the phone on its side, or back.
    Rotate,
    /// Choose the app's language.
    Language {
        /// `ar` or `fr`.
        to: String,
    },
    /// Leave the app for another, without ending it.
    Pause,
    /// Come back to it.
    Resume,
    /// Pull the list down, to have it fetched anew.
    Pull,
    /// Draw the screen into a PNG file.
    Picture {
        /// Where to, as an absolute path.
        file: String,
    },
    /// Leave the app, and end the process.
    Quit,
}

/// The first line a face says when it has found the runner.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Hello {
    /// The face's name.
    pub face: String,
    /// Whose phone it is on, as [`fos_core::Platform`] has it.
    #[serde(default = "android")]
    pub system: String,
}

fn android() -> String {
    "android".to_owned()
}

/// A face's answer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// Whether it could do what was asked.
    pub ok: bool,
    /// Why not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// To `picture`: this face draws none.
    #[serde(default)]
    pub skipped: bool,
    /// To `see`: what the screen shows.
    #[serde(flatten)]
    pub sight: Option<Sight>,
}

/// What a screen shows.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sight {
    /// The screen's tag.
    pub screen: String,
    /// Everything that can be read on it.
    #[serde(default)]
    pub texts: Vec<String>,
    /// What the fields hold, by their tag; a secret as one `•` for each character.
    #[serde(default)]
    pub fields: BTreeMap<String, String>,
    /// Whether the app is still at work on what the member did last.
    #[serde(default)]
    pub busy: bool,
    /// What the app handed to the system since it started, in order: a document by its file's name, a link as it is.
    #[serde(default)]
    pub opened: Vec<String>,
    /// What the clipboard holds, to the letter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub copied: Option<String>,
}

impl Sight {
    /// Whether this can be read somewhere on the screen.
    pub fn reads(&self, words: &str) -> bool {
        let words = visible(words);
        self.texts.iter().any(|text| visible(text).contains(&words))
    }
}

/// The text as a member sees it: without the marks that only turn its direction, every space alike.
pub fn visible(text: &str) -> String {
    let mark = |letter: &char| matches!(letter, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let plain = |letter| if letter == '\u{a0}' { ' ' } else { letter };
    text.chars().filter(|letter| !mark(letter)).map(plain).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_verb_is_one_flat_object() {
        let verb = Verb::Type { field: "ppr".to_owned(), text: "٠١".to_owned() };
        let line = serde_json::to_string(&verb).unwrap();
        assert_eq!(line, r#"{"verb":"type","field":"ppr","text":"٠١"}"#);
        assert_eq!(serde_json::from_str::<Verb>(r#"{"verb":"see"}"#).unwrap(), Verb::See);
    }

    #[test]
    fn a_short_answer_has_no_sight_and_a_long_one_has() {
        let answer: Answer = serde_json::from_str(r#"{"ok":true}"#).unwrap();
        assert_eq!(answer.sight, None);
        let line = r#"{"ok":true,"screen":"sign-in","texts":["a"],"fields":{"ppr":""},"busy":false}"#;
        let answer: Answer = serde_json::from_str(line).unwrap();
        assert_eq!(answer.sight.map(|sight| sight.screen), Some("sign-in".to_owned()));
    }

    #[test]
    fn marks_of_direction_are_not_read() {
        let sight = Sight { texts: vec!["رقم \u{2066}0123456\u{2069}".to_owned()], ..Sight::default() };
        assert!(sight.reads("رقم 0123456"));
        assert!(!sight.reads("0123457"));
    }
}

//! What the runner asks of a face and what the face answers: one JSON object a line, one answer to each.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Something a member does with a phone, or looks at.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
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
    /// A finger on the glass, as it goes.
    Pointer {
        /// What it does.
        phase: Phase,
        /// From the left, in px.
        x: f32,
        /// From the top, in px.
        y: f32,
    },
    /// Turn a mouse's wheel.
    Wheel {
        /// From the left, in px.
        x: f32,
        /// From the top, in px.
        y: f32,
        /// In the wheel's own steps; upwards is positive.
        by: f32,
    },
    /// Press a key of a keyboard: it goes to what has the focus.
    Key {
        /// A character, or the key's name as browsers have it: `Tab`, `Enter`, `Backspace`, `ArrowLeft`…
        name: String,
        /// Whether Shift is held.
        #[serde(default)]
        shift: bool,
    },
    /// Put text into the field that has the focus.
    Paste {
        /// The text.
        text: String,
    },
    /// Wait until the screen is not as it was at the caller's last frame, or something else is asked.
    Frame {
        /// The caller's last frame; 0 for none.
        since: u32,
        /// For how long, in ms.
        wait: u32,
        /// The file that takes the pixels, as an absolute path.
        file: String,
    },
    /// Say where something is on the screen, and leave it there.
    Where {
        /// Its tag.
        tag: String,
    },
    /// The system's dark mode.
    Dark {
        /// Whether it is on.
        on: bool,
    },
    /// The system's font size.
    Font {
        /// In per cent.
        percent: u16,
    },
    /// Another phone that shows the same.
    Size {
        /// `small`, `normal` or `large`.
        to: String,
    },
    /// The system's animations, which are off when a face starts.
    Motion {
        /// Whether they are on.
        on: bool,
    },
    /// Leave the app, and end the process.
    Quit,
}

/// What a finger does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Phase {
    /// It comes down.
    Down,
    /// It goes over the glass.
    Move,
    /// It is lifted.
    Up,
    /// The system takes it for its own.
    Cancel,
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
    /// To `frame`: the screen as it is now; left out when it is as it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub frame: Option<Frame>,
    /// To `where`: the place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// To `see`: what the screen shows.
    #[serde(flatten)]
    pub sight: Option<Sight>,
}

/// A screen that was drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Frame {
    /// Counts those that differed from the one before.
    pub number: u32,
    /// The screen's width, in px.
    pub width: u32,
    /// The screen's height, in px.
    pub height: u32,
    /// What of it is in the file: row by row, a byte each for blue, green, red and opacity.
    pub part: Part,
}

/// A part of a screen, in px.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// From the left.
    pub x: u32,
    /// From the top.
    pub y: u32,
    /// Its width.
    pub width: u32,
    /// Its height.
    pub height: u32,
}

/// Where something is, as far as it is in sight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The part of the screen that it takes.
    #[serde(flatten)]
    pub part: Part,
    /// Whether the keys go to it.
    pub focused: bool,
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

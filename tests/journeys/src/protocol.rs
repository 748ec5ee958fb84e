//! Protocol between the runner and a face: one JSON object a line, one response to each verb, in order.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// Verb that the runner sends to a face: an action of the member, or a query.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "verb", rename_all = "lowercase")]
pub enum Verb {
    /// Returns a snapshot of the screen.
    See,
    /// Types into a field and replaces its content, as a keyboard or a paste would.
    Type {
        /// Tag of the field.
        field: String,
        /// Text to type.
        text: String,
    },
    /// Touches an element.
    Tap {
        /// Tag of the element.
        #[serde(rename = "on")]
        tag: String,
        /// Time since the touch before, in ms of the app's monotonic clock.
        #[serde(default)]
        after: u32,
    },
    /// Touches again the place of the last touch, whatever is there by now.
    Again {
        /// Time since the touch before, in ms of the app's monotonic clock.
        after: u32,
    },
    /// Performs the system's back gesture.
    Back,
    /// Rotates the phone by a quarter turn, or back.
    Rotate,
    /// Changes the app's language.
    Language {
        /// `ar` or `fr`.
        to: String,
    },
    /// Moves the app to the background without ending it.
    Pause,
    /// Returns the app to the foreground.
    Resume,
    /// Pulls the list down to refresh it.
    Pull,
    /// Writes a picture of the screen into a PNG file.
    Picture {
        /// Absolute path of the file.
        file: String,
    },
    /// Sends a touch event.
    Pointer {
        /// Phase of the touch.
        phase: PointerPhase,
        /// Distance from the left edge, in px.
        x: f32,
        /// Distance from the top edge, in px.
        y: f32,
    },
    /// Turns the mouse wheel.
    Wheel {
        /// Distance from the left edge, in px.
        x: f32,
        /// Distance from the top edge, in px.
        y: f32,
        /// Steps of the wheel; positive scrolls up.
        #[serde(rename = "by")]
        steps: f32,
    },
    /// Presses a key; the focused element receives it.
    Key {
        /// Character, or the key's name in browsers: `Tab`, `Enter`, `Backspace`, `ArrowLeft`…
        name: String,
        /// True if Shift is held.
        #[serde(default)]
        shift: bool,
    },
    /// Pastes text into the focused field.
    Paste {
        /// Text to paste.
        text: String,
    },
    /// Waits until the screen differs from the caller's last frame, the time is over, or another verb arrives.
    Frame {
        /// Number of the caller's last frame; 0 for none.
        since: u32,
        /// Longest wait, in ms.
        wait: u32,
        /// Absolute path of the file that receives the pixels.
        file: String,
    },
    /// Returns the position of an element without scrolling to it.
    Where {
        /// Tag of the element.
        tag: String,
    },
    /// Switches the system's dark mode.
    Dark {
        /// True to switch it on.
        on: bool,
    },
    /// Changes the system's font size.
    Font {
        /// Size in per cent.
        percent: u16,
    },
    /// Shows the same screen on another screen size.
    Size {
        /// `small`, `normal` or `large`.
        to: String,
    },
    /// Switches the system's animations, which are off when a face starts.
    Motion {
        /// True to switch them on.
        on: bool,
    },
    /// Switches the soft keyboard, which is off when a face starts: while it is on, it takes its room as soon as a field
    /// has the focus. Its keys are the page's.
    Keyboard {
        /// True to switch it on.
        on: bool,
    },
    /// Advances the app's monotonic clock of touches, as if the member had looked at the screen for a while.
    Advance {
        /// Time in ms.
        ms: u32,
    },
    /// Ends the app and its process.
    Quit,
}

/// Phase of a touch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PointerPhase {
    /// The finger comes down.
    Down,
    /// The finger moves.
    Move,
    /// The finger is lifted.
    Up,
    /// The system takes the gesture over.
    Cancel,
}

/// First line of a face after it has connected to the runner.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Hello {
    /// Name of the face.
    pub face: String,
    /// Operating system, as in [`fos_core::Platform`].
    #[serde(default = "android")]
    pub system: String,
}

fn android() -> String {
    "android".to_owned()
}

/// Response of a face to a verb.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Response {
    /// True if the verb was executed.
    pub ok: bool,
    /// Reason of a refusal.
    #[serde(default, rename = "why", skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// Response to `picture`: true if the face cannot draw.
    #[serde(default)]
    pub skipped: bool,
    /// Response to `frame`; `None` if the screen has not changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub frame: Option<Frame>,
    /// Response to `where`.
    #[serde(default, rename = "place", skip_serializing_if = "Option::is_none")]
    pub position: Option<ElementPosition>,
    /// Response to `see`.
    #[serde(flatten)]
    pub snapshot: Option<ScreenSnapshot>,
}

/// Frame drawn by a face.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Frame {
    /// Number of the frame; increases with each change of the screen.
    pub number: u32,
    /// Width of the screen, in px.
    pub width: u32,
    /// Height of the screen, in px.
    pub height: u32,
    /// Height of the soft keyboard at the bottom of the screen, in px; 0 while there is none.
    #[serde(default)]
    pub keyboard: u32,
    /// Part of the screen in the file: row by row, four bytes a pixel (blue, green, red, alpha).
    pub part: Rect,
}

/// Rectangle on a screen, in px.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rect {
    /// Distance from the left edge.
    pub x: u32,
    /// Distance from the top edge.
    pub y: u32,
    /// Width.
    pub width: u32,
    /// Height.
    pub height: u32,
}

/// Position of an element, clipped to the visible area.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ElementPosition {
    /// Visible rectangle; empty if the element is out of sight.
    #[serde(flatten)]
    pub part: Rect,
    /// True if the element has the keyboard focus.
    pub focused: bool,
}

/// Content of a screen.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScreenSnapshot {
    /// Tag of the screen.
    pub screen: String,
    /// All visible texts.
    #[serde(default)]
    pub texts: Vec<String>,
    /// Content of the fields by tag; a secret as one `•` per character.
    #[serde(default)]
    pub fields: BTreeMap<String, String>,
    /// True while the app is still processing the member's last action.
    #[serde(default)]
    pub busy: bool,
    /// Everything handed to the system since the app started, in order: a document by its file name, a link as it is.
    #[serde(default)]
    pub opened: Vec<String>,
    /// Exact content of the clipboard.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub copied: Option<String>,
}

impl ScreenSnapshot {
    /// Returns true if one of the visible texts contains this text; direction marks are ignored.
    pub fn contains_text(&self, wanted: &str) -> bool {
        let wanted = visible_text(wanted);
        self.texts.iter().any(|text| visible_text(text).contains(&wanted))
    }
}

/// Returns the text as a member sees it: without direction marks, and with plain spaces instead of no-break spaces.
pub fn visible_text(text: &str) -> String {
    let plain_space = |character| if character == '\u{a0}' { ' ' } else { character };
    text.chars()
        .filter(|character| !fos_rules::fold::is_direction_mark(*character))
        .map(plain_space)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_verb_serializes_to_one_flat_object() {
        let verb = Verb::Type { field: "ppr".to_owned(), text: "٠١".to_owned() };
        let line = serde_json::to_string(&verb).unwrap();
        assert_eq!(line, r#"{"verb":"type","field":"ppr","text":"٠١"}"#);
        assert_eq!(serde_json::from_str::<Verb>(r#"{"verb":"see"}"#).unwrap(), Verb::See);
    }

    #[test]
    fn only_a_response_to_see_carries_a_snapshot() {
        let response: Response = serde_json::from_str(r#"{"ok":true}"#).unwrap();
        assert_eq!(response.snapshot, None);
        let line = r#"{"ok":true,"screen":"sign-in","texts":["a"],"fields":{"ppr":""},"busy":false}"#;
        let response: Response = serde_json::from_str(line).unwrap();
        assert_eq!(response.snapshot.map(|snapshot| snapshot.screen), Some("sign-in".to_owned()));
    }

    #[test]
    fn direction_marks_are_ignored_when_text_is_compared() {
        let snapshot = ScreenSnapshot {
            texts: vec!["رقم \u{2066}0123456\u{2069}".to_owned()],
            ..ScreenSnapshot::default()
        };
        assert!(snapshot.contains_text("رقم 0123456"));
        assert!(!snapshot.contains_text("0123457"));
    }
}

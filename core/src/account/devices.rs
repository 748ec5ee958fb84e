//! Where the member is signed in: seen from the profile, and ended there, when a phone is lost or lent.

use jiff::Timestamp;

use crate::language::{ActionView, Told, Words};
use crate::portal::wire::{OpenSession, SessionList};
use crate::views::{ChipView, Tone};

/// The list of devices.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct DevicesView {
    /// What it is for.
    pub text: String,
    /// The one last used first.
    pub devices: Vec<DeviceView>,
}

/// A device.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct DeviceView {
    /// What [`crate::Account::end_device`] takes.
    pub id: String,
    /// How the member knows it among theirs.
    pub name: String,
    /// When it was last used.
    pub line: String,
    /// «This phone».
    pub current: Option<ChipView>,
    /// Signs it out; none for this phone, which signs out in the profile.
    pub end: Option<ActionView>,
}

pub(super) fn view(list: &SessionList, now: Timestamp, words: &Words) -> DevicesView {
    DevicesView {
        text: words.say("devices-text"),
        devices: list.sessions.iter().map(|session| device(session, now, words)).collect(),
    }
}

fn device(session: &OpenSession, now: Timestamp, words: &Words) -> DeviceView {
    let used = words.time_near(session.used_at, now);
    DeviceView {
        id: session.id.clone(),
        name: session.device.clone(),
        line: words.say_with("device-used", &[("time", Told::Text(&used))]),
        current: session.current.then(|| ChipView::new("mobile", words.say("device-current"), Tone::Success)),
        end: (!session.current).then(|| words.action("end-device")),
    }
}

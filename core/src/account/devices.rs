//! Devices on which the member is signed in; each can be signed out from here.

use fos_wire::access::{OpenSession, OpenSessions};
use jiff::Timestamp;

use crate::i18n::{ActionView, FormatArg, Localizer};
use crate::views::{ChipView, Tone};

/// List of devices.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct DevicesView {
    /// Explanation.
    pub text: String,
    /// Devices, the last used first.
    pub devices: Vec<DeviceView>,
}

/// A device.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct DeviceView {
    /// Id for [`crate::Account::end_device`].
    pub id: String,
    /// Name of the device.
    pub name: String,
    /// Time of its last use.
    pub line: String,
    /// «This phone», for this phone.
    pub current: Option<ChipView>,
    /// Signs the device out; `None` for this phone, which signs out in the profile.
    pub end: Option<ActionView>,
}

pub(super) fn view(list: &OpenSessions, now: Timestamp, localizer: &Localizer) -> DevicesView {
    DevicesView {
        text: localizer.message("devices-text"),
        devices: list.sessions.iter().map(|session| device(session, now, localizer)).collect(),
    }
}

fn device(session: &OpenSession, now: Timestamp, localizer: &Localizer) -> DeviceView {
    let used = localizer.time_or_date(session.used_at, now);
    DeviceView {
        id: session.id.clone(),
        name: session.device.clone(),
        line: localizer.format("device-used", &[("time", FormatArg::Text(&used))]),
        current: session
            .current
            .then(|| ChipView::new("mobile", localizer.message("device-current"), Tone::Success)),
        end: (!session.current).then(|| localizer.action("end-device")),
    }
}

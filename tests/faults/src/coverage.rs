//! Records the crash points that a run hit, judged by the state on disk and not by the intended fault.

use std::collections::BTreeSet;

use crate::{
    inspect::{FiledRequest, LocalState},
    intercepting_proxy::RecordedFiling,
};

/// Crash point or other condition covered by a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CoveragePoint {
    /// The entry was in the outbox, and the request had not reached the portal.
    BeforeSend,
    /// The request was on file, and the phone had not received the whole response.
    AfterCommit,
    /// The whole response had been delivered to the phone, and the entry was still in the outbox.
    BeforeStore,
    /// The list was requested, and the refresh did not complete.
    MidRefresh,
    /// The process was killed while a form was filled in.
    KilledWhileFilling,
    /// The disk was full, and the app reported it.
    DiskFull,
    /// The member's database was damaged and quarantined.
    Quarantined,
    /// The write-ahead log of the member's database was damaged.
    LogDamaged,
    /// The key of the member's drafts and requests could not be read.
    ContentKeyFailed,
    /// The key of the member's outbox could not be read.
    DeliveryKeyFailed,
    /// The phone's clock was a day off.
    ClockShifted,
    /// The portal was restarted during a request.
    PortalRestarted,
    /// The portal was killed during a request.
    PortalKilled,
    /// The portal's disk was full, and the portal refused a call.
    PortalDiskFull,
    /// A request reached the portal a second time under the same idempotency key.
    Retried,
}

/// Crash points that enough runs must hit.
pub const REQUIRED_POINTS: [CoveragePoint; 4] = [
    CoveragePoint::BeforeSend,
    CoveragePoint::AfterCommit,
    CoveragePoint::BeforeStore,
    CoveragePoint::MidRefresh,
];

/// Other conditions, counted without a minimum.
pub const OTHER_POINTS: [CoveragePoint; 11] = [
    CoveragePoint::KilledWhileFilling,
    CoveragePoint::DiskFull,
    CoveragePoint::Quarantined,
    CoveragePoint::LogDamaged,
    CoveragePoint::ContentKeyFailed,
    CoveragePoint::DeliveryKeyFailed,
    CoveragePoint::ClockShifted,
    CoveragePoint::PortalRestarted,
    CoveragePoint::PortalKilled,
    CoveragePoint::PortalDiskFull,
    CoveragePoint::Retried,
];

impl CoveragePoint {
    /// Returns the name used in the summary.
    pub fn name(self) -> &'static str {
        match self {
            Self::BeforeSend => "before send",
            Self::AfterCommit => "after commit",
            Self::BeforeStore => "before store",
            Self::MidRefresh => "mid-refresh",
            Self::KilledWhileFilling => "killed while filling in",
            Self::DiskFull => "disk full, reported",
            Self::Quarantined => "file damaged, quarantined",
            Self::LogDamaged => "write-ahead log damaged",
            Self::ContentKeyFailed => "key of the content failed",
            Self::DeliveryKeyFailed => "key of the outbox failed",
            Self::ClockShifted => "clock a day off",
            Self::PortalRestarted => "portal restarted in a request",
            Self::PortalKilled => "portal killed in a request",
            Self::PortalDiskFull => "portal's disk full, refused",
            Self::Retried => "retried under its key",
        }
    }
}

/// Returns the crash points of the queued entries. `local_state` and `filed` must be read while nothing can change
/// them; `fully_delivered` is the key of a filing whose response was delivered to its last byte.
pub fn crash_points(
    local_state: &LocalState,
    recorded: &[RecordedFiling],
    filed: &[FiledRequest],
    fully_delivered: Option<&str>,
) -> BTreeSet<CoveragePoint> {
    let queued = local_state.outbox.iter().filter(|(_, blocked)| blocked.is_empty());
    queued
        .filter_map(|(key, _)| {
            let calls: Vec<&RecordedFiling> =
                recorded.iter().filter(|recorded| recorded.key == *key).collect();
            let is_on_file = |recorded: &&RecordedFiling| {
                recorded.committed && filed.iter().any(|filed| filed.sha256 == recorded.sha256)
            };
            if calls.iter().any(is_on_file) {
                Some(if fully_delivered == Some(key) {
                    CoveragePoint::BeforeStore
                } else {
                    CoveragePoint::AfterCommit
                })
            } else {
                (!calls.iter().any(|recorded| recorded.forwarded)).then_some(CoveragePoint::BeforeSend)
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn local_state() -> LocalState {
        LocalState { drafts: vec![], outbox: vec![("k".to_owned(), String::new())] }
    }

    fn recorded(forwarded: bool, committed: bool) -> RecordedFiling {
        RecordedFiling { key: "k".to_owned(), sha256: "h".to_owned(), forwarded, committed }
    }

    fn filed() -> FiledRequest {
        FiledRequest { number: "1".to_owned(), sha256: "h".to_owned() }
    }

    fn points(
        local_state: &LocalState,
        recorded: &[RecordedFiling],
        filed: &[FiledRequest],
        fully_delivered: Option<&str>,
    ) -> Vec<CoveragePoint> {
        crash_points(local_state, recorded, filed, fully_delivered).into_iter().collect()
    }

    #[test]
    fn crash_points_of_an_entry_are_told_apart() {
        assert_eq!(points(&local_state(), &[], &[], None), [CoveragePoint::BeforeSend]);
        assert_eq!(points(&local_state(), &[recorded(false, false)], &[], None), [CoveragePoint::BeforeSend]);
        assert_eq!(points(&local_state(), &[recorded(true, false)], &[], None), []);
        assert_eq!(
            points(&local_state(), &[recorded(true, true)], &[filed()], None),
            [CoveragePoint::AfterCommit]
        );
        assert_eq!(
            points(&local_state(), &[recorded(true, true)], &[filed()], Some("k")),
            [CoveragePoint::BeforeStore]
        );
    }

    #[test]
    fn a_response_without_an_audit_entry_is_no_crash_point() {
        assert_eq!(points(&local_state(), &[recorded(true, true)], &[], None), []);
    }

    #[test]
    fn stored_or_blocked_entries_are_no_crash_points() {
        let blocked =
            LocalState { drafts: vec![], outbox: vec![("k".to_owned(), "invalid-fields".to_owned())] };
        assert_eq!(points(&blocked, &[], &[], None), []);
        assert_eq!(points(&LocalState::default(), &[recorded(true, true)], &[filed()], None), []);
    }
}

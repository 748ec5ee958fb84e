//! Where a run was cut: by what stands on disk afterwards, not by what was meant.

use std::collections::BTreeSet;

use crate::{
    evidence::{Filed, Shelf},
    porter::Seen,
};

/// What a run met.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hit {
    /// The entry stood in the outbox, and the portal had not seen the request.
    BeforeSend,
    /// It was on file, and the phone had no answer.
    AfterAct,
    /// The whole answer had reached the phone, and its file still had the entry.
    BeforeStore,
    /// The list was asked for, and not taken in.
    MidRefresh,
    /// The process was killed while a form was filled in.
    KilledFilling,
    /// The disk was full, and the member was told.
    DiskFull,
    /// The member's file was damaged, and set aside.
    SetAside,
    /// The phone's clock was a day off.
    ClockOff,
    /// The portal was restarted in the midst of a request.
    PortalRestarted,
    /// A request met the portal a second time under its key.
    AskedAgain,
}

/// The cut points that each must be met often enough.
pub const CUTS: [Hit; 4] = [Hit::BeforeSend, Hit::AfterAct, Hit::BeforeStore, Hit::MidRefresh];

/// What else is counted.
pub const OTHERS: [Hit; 6] =
    [Hit::KilledFilling, Hit::DiskFull, Hit::SetAside, Hit::ClockOff, Hit::PortalRestarted, Hit::AskedAgain];

impl Hit {
    /// What the table calls it.
    pub fn name(self) -> &'static str {
        match self {
            Self::BeforeSend => "before send",
            Self::AfterAct => "after act",
            Self::BeforeStore => "before store",
            Self::MidRefresh => "mid-refresh",
            Self::KilledFilling => "killed while filling in",
            Self::DiskFull => "disk full, member told",
            Self::SetAside => "file damaged, set aside whole",
            Self::ClockOff => "clock a day off",
            Self::PortalRestarted => "portal restarted in a request",
            Self::AskedAgain => "sent again under its key",
        }
    }
}

/// Where filings were cut. `shelf` and `filed` were read while nothing could pass; `whole` is the key whose answer had
/// reached the phone to its last byte.
pub fn of_filings(shelf: &Shelf, seen: &[Seen], filed: &[Filed], whole: Option<&str>) -> BTreeSet<Hit> {
    let waiting = shelf.outbox.iter().filter(|(_, held)| held.is_empty());
    waiting
        .filter_map(|(key, _)| {
            let calls: Vec<&Seen> = seen.iter().filter(|seen| seen.key == *key).collect();
            let on_file = |seen: &&Seen| seen.acted && filed.iter().any(|filed| filed.sha256 == seen.sha256);
            if calls.iter().any(on_file) {
                Some(if whole == Some(key) { Hit::BeforeStore } else { Hit::AfterAct })
            } else {
                (!calls.iter().any(|seen| seen.handed_on)).then_some(Hit::BeforeSend)
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shelf() -> Shelf {
        Shelf { drafts: vec![], outbox: vec![("k".to_owned(), String::new())] }
    }

    fn seen(handed_on: bool, acted: bool) -> Seen {
        Seen { key: "k".to_owned(), sha256: "h".to_owned(), handed_on, acted }
    }

    fn filed() -> Filed {
        Filed { number: "1".to_owned(), sha256: "h".to_owned() }
    }

    fn hits(shelf: &Shelf, seen: &[Seen], filed: &[Filed], whole: Option<&str>) -> Vec<Hit> {
        of_filings(shelf, seen, filed, whole).into_iter().collect()
    }

    #[test]
    fn the_four_ways_an_entry_can_be_left_are_told_apart() {
        assert_eq!(hits(&shelf(), &[], &[], None), [Hit::BeforeSend]);
        assert_eq!(hits(&shelf(), &[seen(false, false)], &[], None), [Hit::BeforeSend]);
        assert_eq!(hits(&shelf(), &[seen(true, false)], &[], None), []);
        assert_eq!(hits(&shelf(), &[seen(true, true)], &[filed()], None), [Hit::AfterAct]);
        assert_eq!(hits(&shelf(), &[seen(true, true)], &[filed()], Some("k")), [Hit::BeforeStore]);
    }

    #[test]
    fn an_answer_that_the_log_does_not_know_counts_for_nothing() {
        assert_eq!(hits(&shelf(), &[seen(true, true)], &[], None), []);
    }

    #[test]
    fn what_is_stored_or_held_for_the_member_was_not_cut() {
        let held = Shelf { drafts: vec![], outbox: vec![("k".to_owned(), "held-fields".to_owned())] };
        assert_eq!(hits(&held, &[], &[], None), []);
        assert_eq!(hits(&Shelf::default(), &[seen(true, true)], &[filed()], None), []);
    }
}

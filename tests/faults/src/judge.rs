//! Compares the app's last confirmation of each work item with the final state: the portal's audit log, and the phone's
//! list, outbox and drafts.

use std::{collections::BTreeMap, fmt};

use crate::{
    form_data::{Revision, Service},
    inspect::FiledRequest,
};

/// Confirmation that the app showed to the member.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Confirmation {
    /// The draft is saved and can be continued later.
    DraftSaved,
    /// The request is sent, now or once the network is back.
    Sent,
    /// The request is filed.
    Filed,
}

/// Last confirmation of a work item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LastConfirmation {
    /// Confirmed revision.
    pub version: usize,
    /// Number of marked texts filled in; later ones may be of an older revision.
    pub marked_texts: usize,
    /// Confirmation shown.
    pub confirmation: Confirmation,
}

/// Work item: a form from its first value until it is filed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkItem {
    /// Service of the form.
    pub service: Service,
    /// Number of revisions; they are numbered from 1.
    pub versions: usize,
    /// Last confirmation, if there was one.
    pub last_confirmation: Option<LastConfirmation>,
    /// True if the database that held it was damaged and quarantined intact.
    pub quarantined: bool,
}

/// Record of the member's work and of the app's confirmations.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Diary {
    /// Work items; [`Revision::work`] is the index.
    pub works: Vec<WorkItem>,
}

/// State at the end of a run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FinalState {
    /// Filed requests in the portal's audit log.
    pub filed: Vec<FiledRequest>,
    /// Request numbers on the phone's list.
    pub listed: Vec<String>,
    /// Drafts and blocked outbox entries: for each the revisions of its marked texts, in the form's order.
    pub unsent: Vec<Vec<Revision>>,
}

/// Deviation between diary and final state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// Confirmed work that is found nowhere.
    Lost {
        /// Lost revision.
        revision: Revision,
        /// Confirmation given for it.
        confirmation: Confirmation,
    },
    /// Request on file that is not on the phone's list.
    MissingFromList {
        /// Number of the request.
        number: String,
    },
    /// Work item that was filed more than once.
    Duplicate {
        /// Index of the work item.
        work: usize,
        /// Numbers of the requests.
        numbers: Vec<String>,
    },
    /// Request on file with values that were never filled in.
    UnknownValues {
        /// Number of the request.
        number: String,
    },
    /// Request on the phone's list that is not on file.
    NotOnFile {
        /// Number shown on the list.
        number: String,
    },
}

impl Finding {
    /// Returns true if something was lost, or shown as filed that is not; otherwise it was filed more than once.
    pub fn is_loss(&self) -> bool {
        !matches!(self, Self::Duplicate { .. })
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Lost { revision, confirmation } => {
                let confirmed = match confirmation {
                    Confirmation::DraftSaved => "saved",
                    Confirmation::Sent => "sent",
                    Confirmation::Filed => "filed",
                };
                write!(out, "lost: {} was confirmed as {confirmed} and is nowhere", revision.mark())
            }
            Self::MissingFromList { number } => {
                write!(out, "lost: {number} is on file and not on the phone's list")
            }
            Self::Duplicate { work, numbers } => {
                write!(out, "duplicate: work {work} is on file as {}", numbers.join(", "))
            }
            Self::UnknownValues { number } => {
                write!(out, "lost: {number} is on file with values that were never filled in")
            }
            Self::NotOnFile { number } => {
                write!(out, "lost: {number} is on the phone's list and not on file")
            }
        }
    }
}

/// Compares the diary with the final state.
pub fn judge(diary: &Diary, final_state: &FinalState) -> Vec<Finding> {
    let by_hash = revisions_by_hash(diary);
    let mut findings = Vec::new();
    let mut filed_by_work: BTreeMap<usize, Vec<(&str, usize)>> = BTreeMap::new();
    for FiledRequest { number, sha256 } in &final_state.filed {
        match by_hash.get(sha256) {
            Some(revision) => {
                filed_by_work.entry(revision.work).or_default().push((number, revision.version));
            }
            None => findings.push(Finding::UnknownValues { number: number.clone() }),
        }
        if !final_state.listed.contains(number) {
            findings.push(Finding::MissingFromList { number: number.clone() });
        }
    }
    for (work, filed) in &filed_by_work {
        if filed.len() > 1 {
            let numbers = filed.iter().map(|(number, _)| (*number).to_owned()).collect();
            findings.push(Finding::Duplicate { work: *work, numbers });
        }
    }
    let not_on_file = final_state
        .listed
        .iter()
        .filter(|number| !final_state.filed.iter().any(|filed| filed.number == **number));
    findings.extend(not_on_file.map(|number| Finding::NotOnFile { number: number.clone() }));
    for (number, work) in diary.works.iter().enumerate() {
        let Some(last) = work.last_confirmation else { continue };
        let LastConfirmation { version, confirmation, .. } = last;
        let filed: Vec<usize> =
            filed_by_work.get(&number).into_iter().flatten().map(|(_, version)| *version).collect();
        let is_safe = match confirmation {
            Confirmation::Filed => filed.contains(&version),
            // A later, unconfirmed revision may have replaced the confirmed one.
            Confirmation::DraftSaved | Confirmation::Sent => {
                work.quarantined
                    || filed.iter().any(|filed| *filed >= version)
                    || final_state.unsent.iter().any(|revisions| belongs_to(revisions, number, last))
            }
        };
        if !is_safe {
            findings.push(Finding::Lost { revision: Revision { work: number, version }, confirmation });
        }
    }
    findings
}

fn revisions_by_hash(diary: &Diary) -> BTreeMap<String, Revision> {
    let mut by_hash = BTreeMap::new();
    for (number, work) in diary.works.iter().enumerate() {
        for version in 1..=work.versions {
            let revision = Revision { work: number, version };
            by_hash.insert(work.service.sha256(revision), revision);
        }
    }
    by_hash
}

/// Returns true if all texts belong to this work item, and none of the confirmed ones is older than the confirmation.
fn belongs_to(revisions: &[Revision], work: usize, last: LastConfirmation) -> bool {
    !revisions.is_empty()
        && revisions.iter().all(|revision| revision.work == work)
        && revisions.iter().take(last.marked_texts).all(|revision| revision.version >= last.version)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SERVICE: Service = Service::Travel;

    fn diary(confirmed: Option<(usize, Confirmation)>) -> Diary {
        let last_confirmation = confirmed.map(|(version, confirmation)| LastConfirmation {
            version,
            marked_texts: 2,
            confirmation,
        });
        Diary {
            works: vec![WorkItem { service: SERVICE, versions: 2, last_confirmation, quarantined: false }],
        }
    }

    fn filed(number: &str, version: usize) -> FiledRequest {
        FiledRequest { number: number.to_owned(), sha256: SERVICE.sha256(Revision { work: 0, version }) }
    }

    fn final_state(filed: Vec<FiledRequest>, unsent: &[usize]) -> FinalState {
        let listed = filed.iter().map(|filed| filed.number.clone()).collect();
        let unsent = unsent.iter().map(|version| vec![Revision { work: 0, version: *version }]).collect();
        FinalState { filed, listed, unsent }
    }

    fn lost(version: usize, confirmation: Confirmation) -> Finding {
        Finding::Lost { revision: Revision { work: 0, version }, confirmation }
    }

    #[test]
    fn a_sent_work_filed_once_gives_no_finding() {
        let diary = diary(Some((2, Confirmation::Sent)));
        assert_eq!(judge(&diary, &final_state(vec![filed("1", 2)], &[])), []);
    }

    #[test]
    fn a_sent_work_found_nowhere_is_lost() {
        let diary = diary(Some((1, Confirmation::Sent)));
        assert_eq!(judge(&diary, &final_state(vec![], &[])), [lost(1, Confirmation::Sent)]);
    }

    #[test]
    fn a_sent_work_may_be_unsent_in_its_newest_revision_only() {
        let diary = diary(Some((2, Confirmation::Sent)));
        assert_eq!(judge(&diary, &final_state(vec![], &[2])), []);
        assert_eq!(judge(&diary, &final_state(vec![], &[1])), [lost(2, Confirmation::Sent)]);
        assert_eq!(judge(&diary, &final_state(vec![filed("1", 1)], &[])), [lost(2, Confirmation::Sent)]);
        assert_eq!(judge(&diary, &final_state(vec![filed("1", 1)], &[2])), []);
    }

    #[test]
    fn a_saved_draft_found_nowhere_is_lost() {
        let diary = diary(Some((1, Confirmation::DraftSaved)));
        assert_eq!(judge(&diary, &final_state(vec![], &[])), [lost(1, Confirmation::DraftSaved)]);
        assert_eq!(judge(&diary, &final_state(vec![], &[2])), []);
    }

    #[test]
    fn fields_not_filled_in_again_may_be_older() {
        let mut diary = diary(Some((2, Confirmation::DraftSaved)));
        let of = |version| Revision { work: 0, version };
        let final_state = FinalState { unsent: vec![vec![of(2), of(1)]], ..FinalState::default() };
        assert_eq!(judge(&diary, &final_state), [lost(2, Confirmation::DraftSaved)]);
        diary.works[0].last_confirmation =
            Some(LastConfirmation { version: 2, marked_texts: 1, confirmation: Confirmation::DraftSaved });
        assert_eq!(judge(&diary, &final_state), []);
    }

    #[test]
    fn a_filed_work_must_be_on_file() {
        let diary = diary(Some((2, Confirmation::Filed)));
        assert_eq!(judge(&diary, &final_state(vec![filed("1", 1)], &[2])), [lost(2, Confirmation::Filed)]);
    }

    #[test]
    fn two_filings_of_one_work_are_duplicates_even_if_they_differ() {
        let duplicate = [Finding::Duplicate { work: 0, numbers: vec!["1".to_owned(), "2".to_owned()] }];
        let diary = diary(Some((2, Confirmation::Sent)));
        assert_eq!(judge(&diary, &final_state(vec![filed("1", 2), filed("2", 2)], &[])), duplicate);
        assert_eq!(judge(&diary, &final_state(vec![filed("1", 1), filed("2", 2)], &[])), duplicate);
    }

    #[test]
    fn unconfirmed_and_quarantined_works_are_not_lost() {
        assert_eq!(judge(&diary(None), &FinalState::default()), []);
        let mut diary = diary(Some((1, Confirmation::DraftSaved)));
        diary.works[0].quarantined = true;
        assert_eq!(judge(&diary, &FinalState::default()), []);
    }

    #[test]
    fn list_and_audit_log_must_name_the_same_requests() {
        let diary = diary(None);
        let missing = FinalState { listed: vec![], ..final_state(vec![filed("1", 1)], &[]) };
        assert_eq!(judge(&diary, &missing), [Finding::MissingFromList { number: "1".to_owned() }]);
        let not_on_file = FinalState { listed: vec!["7".to_owned()], ..FinalState::default() };
        assert_eq!(judge(&diary, &not_on_file), [Finding::NotOnFile { number: "7".to_owned() }]);
    }

    #[test]
    fn unknown_values_on_file_are_found() {
        let unknown = FiledRequest { number: "1".to_owned(), sha256: "ab".to_owned() };
        let final_state = FinalState { filed: vec![unknown], listed: vec!["1".to_owned()], unsent: vec![] };
        assert_eq!(judge(&diary(None), &final_state), [Finding::UnknownValues { number: "1".to_owned() }]);
    }
}

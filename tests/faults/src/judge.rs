//! Compares what the member was promised with what stands at the end: in the portal's log, on the phone's list, in its
//! outbox and drafts, and in the files that were set aside.

use std::{collections::BTreeMap, fmt};

use crate::{
    evidence::Filed,
    papers::{Filling, Service},
};

/// What the member was told of one filling.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Promise {
    /// It is written down and can be gone on with.
    Kept,
    /// It was sent, and leaves when it can.
    Sent,
    /// It is on file.
    Filed,
}

/// The last that the member was told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Promised {
    /// For which filling.
    pub version: usize,
    /// How many of its marked texts were filled in; those behind them may be older.
    pub texts: usize,
    /// What was said.
    pub promise: Promise,
}

/// A piece of work: a form from its first word until it is on file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Work {
    /// Its service.
    pub service: Service,
    /// How often it was filled in: its fillings are 1 to this.
    pub versions: usize,
    /// What its member was told last.
    pub promised: Option<Promised>,
    /// The file in which it stood was damaged, and is set aside whole.
    pub set_aside: bool,
}

/// What a member did and was told.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Diary {
    /// Each piece of work; a filling's `work` is its place here.
    pub works: Vec<Work>,
}

/// How things stand at the end.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct End {
    /// By the portal's log.
    pub filed: Vec<Filed>,
    /// The numbers on the phone's list.
    pub listed: Vec<String>,
    /// What stands in each draft and in each entry that waits for the member: the fillings its marked texts are of, in
    /// order.
    pub standing: Vec<Vec<Filling>>,
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Finding {
    /// Promised, and nowhere.
    Lost {
        /// What.
        filling: Filling,
        /// What was said of it.
        promise: Promise,
    },
    /// On file, and not on the phone's list.
    Unlisted {
        /// Its number.
        number: String,
    },
    /// Filed more than once for one piece of work.
    Doubled {
        /// Which.
        work: usize,
        /// Under which numbers.
        numbers: Vec<String>,
    },
    /// Values on file that nobody filled in like this.
    Foreign {
        /// Its number.
        number: String,
    },
    /// On the list, and not on file.
    Invented {
        /// Its number.
        number: String,
    },
}

impl Finding {
    /// Whether something was lost; otherwise it is filed or shown more than it should.
    pub fn is_loss(&self) -> bool {
        matches!(self, Self::Lost { .. } | Self::Unlisted { .. } | Self::Foreign { .. })
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Lost { filling, promise } => {
                let said = match promise {
                    Promise::Kept => "kept",
                    Promise::Sent => "sent",
                    Promise::Filed => "filed",
                };
                write!(out, "lost: {} was said to be {said} and is nowhere", filling.mark())
            }
            Self::Unlisted { number } => write!(out, "lost: {number} is on file and not on the phone's list"),
            Self::Doubled { work, numbers } => {
                write!(out, "doubled: work {work} is on file as {}", numbers.join(", "))
            }
            Self::Foreign { number } => {
                write!(out, "lost: {number} is on file with values that nobody filled in")
            }
            Self::Invented { number } => {
                write!(out, "doubled: {number} is on the phone's list and not on file")
            }
        }
    }
}

/// Compares.
pub fn judge(diary: &Diary, end: &End) -> Vec<Finding> {
    let by_hash = hashes(diary);
    let mut findings = Vec::new();
    let mut on_file: BTreeMap<usize, Vec<(&str, usize)>> = BTreeMap::new();
    for Filed { number, sha256 } in &end.filed {
        match by_hash.get(sha256) {
            Some(filling) => on_file.entry(filling.work).or_default().push((number, filling.version)),
            None => findings.push(Finding::Foreign { number: number.clone() }),
        }
        if !end.listed.contains(number) {
            findings.push(Finding::Unlisted { number: number.clone() });
        }
    }
    for (work, filed) in &on_file {
        if filed.len() > 1 {
            let numbers = filed.iter().map(|(number, _)| (*number).to_owned()).collect();
            findings.push(Finding::Doubled { work: *work, numbers });
        }
    }
    let invented = end.listed.iter().filter(|number| !end.filed.iter().any(|filed| filed.number == **number));
    findings.extend(invented.map(|number| Finding::Invented { number: number.clone() }));
    for (number, work) in diary.works.iter().enumerate() {
        let Some(promised) = work.promised else { continue };
        let Promised { version, promise, .. } = promised;
        let filed: Vec<usize> =
            on_file.get(&number).into_iter().flatten().map(|(_, version)| *version).collect();
        let stands = match promise {
            Promise::Filed => filed.contains(&version),
            // What was typed later, and not promised, may stand in its place.
            Promise::Kept | Promise::Sent => {
                work.set_aside
                    || filed.iter().any(|filed| *filed >= version)
                    || end.standing.iter().any(|fillings| is_of(fillings, number, promised))
            }
        };
        if !stands {
            findings.push(Finding::Lost { filling: Filling { work: number, version }, promise });
        }
    }
    findings
}

fn hashes(diary: &Diary) -> BTreeMap<String, Filling> {
    let mut by_hash = BTreeMap::new();
    for (number, work) in diary.works.iter().enumerate() {
        for version in 1..=work.versions {
            let filling = Filling { work: number, version };
            by_hash.insert(work.service.sha256(filling), filling);
        }
    }
    by_hash
}

/// All of it is this work's, and nothing of it older than what was promised.
fn is_of(fillings: &[Filling], work: usize, promised: Promised) -> bool {
    !fillings.is_empty()
        && fillings.iter().all(|filling| filling.work == work)
        && fillings.iter().take(promised.texts).all(|filling| filling.version >= promised.version)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SERVICE: Service = Service::Travel;

    fn diary(told: Option<(usize, Promise)>) -> Diary {
        let promised = told.map(|(version, promise)| Promised { version, texts: 2, promise });
        Diary { works: vec![Work { service: SERVICE, versions: 2, promised, set_aside: false }] }
    }

    fn filed(number: &str, version: usize) -> Filed {
        Filed { number: number.to_owned(), sha256: SERVICE.sha256(Filling { work: 0, version }) }
    }

    fn end(filed: Vec<Filed>, standing: &[usize]) -> End {
        let listed = filed.iter().map(|filed| filed.number.clone()).collect();
        let standing = standing.iter().map(|version| vec![Filling { work: 0, version: *version }]).collect();
        End { filed, listed, standing }
    }

    fn lost(version: usize, promise: Promise) -> Finding {
        Finding::Lost { filling: Filling { work: 0, version }, promise }
    }

    #[test]
    fn what_was_sent_and_is_on_file_once_is_well() {
        let diary = diary(Some((2, Promise::Sent)));
        assert_eq!(judge(&diary, &end(vec![filed("1", 2)], &[])), []);
    }

    #[test]
    fn what_was_sent_and_is_nowhere_is_lost() {
        let diary = diary(Some((1, Promise::Sent)));
        assert_eq!(judge(&diary, &end(vec![], &[])), [lost(1, Promise::Sent)]);
    }

    #[test]
    fn what_was_sent_and_waits_for_the_member_is_well_and_an_older_filling_of_it_is_not() {
        let diary = diary(Some((2, Promise::Sent)));
        assert_eq!(judge(&diary, &end(vec![], &[2])), []);
        assert_eq!(judge(&diary, &end(vec![], &[1])), [lost(2, Promise::Sent)]);
        assert_eq!(judge(&diary, &end(vec![filed("1", 1)], &[])), [lost(2, Promise::Sent)]);
        assert_eq!(judge(&diary, &end(vec![filed("1", 1)], &[2])), []);
    }

    #[test]
    fn a_draft_that_was_said_to_be_kept_and_is_nowhere_is_lost() {
        let diary = diary(Some((1, Promise::Kept)));
        assert_eq!(judge(&diary, &end(vec![], &[])), [lost(1, Promise::Kept)]);
        assert_eq!(judge(&diary, &end(vec![], &[2])), []);
    }

    #[test]
    fn what_was_not_filled_in_again_may_be_older() {
        let mut diary = diary(Some((2, Promise::Kept)));
        let of = |version| Filling { work: 0, version };
        let end = End { standing: vec![vec![of(2), of(1)]], ..End::default() };
        assert_eq!(judge(&diary, &end), [lost(2, Promise::Kept)]);
        diary.works[0].promised = Some(Promised { version: 2, texts: 1, promise: Promise::Kept });
        assert_eq!(judge(&diary, &end), []);
    }

    #[test]
    fn what_was_said_to_be_on_file_may_stand_nowhere_else() {
        let diary = diary(Some((2, Promise::Filed)));
        assert_eq!(judge(&diary, &end(vec![filed("1", 1)], &[2])), [lost(2, Promise::Filed)]);
    }

    #[test]
    fn two_on_file_for_one_work_are_doubled_whether_they_differ_or_not() {
        let doubled = [Finding::Doubled { work: 0, numbers: vec!["1".to_owned(), "2".to_owned()] }];
        let diary = diary(Some((2, Promise::Sent)));
        assert_eq!(judge(&diary, &end(vec![filed("1", 2), filed("2", 2)], &[])), doubled);
        assert_eq!(judge(&diary, &end(vec![filed("1", 1), filed("2", 2)], &[])), doubled);
    }

    #[test]
    fn what_nobody_promised_need_not_stand_and_what_is_set_aside_is_not_lost() {
        assert_eq!(judge(&diary(None), &End::default()), []);
        let mut diary = diary(Some((1, Promise::Kept)));
        diary.works[0].set_aside = true;
        assert_eq!(judge(&diary, &End::default()), []);
    }

    #[test]
    fn list_and_log_name_the_same_requests() {
        let diary = diary(None);
        let unlisted = End { listed: vec![], ..end(vec![filed("1", 1)], &[]) };
        assert_eq!(judge(&diary, &unlisted), [Finding::Unlisted { number: "1".to_owned() }]);
        let invented = End { listed: vec!["7".to_owned()], ..End::default() };
        assert_eq!(judge(&diary, &invented), [Finding::Invented { number: "7".to_owned() }]);
    }

    #[test]
    fn values_that_nobody_filled_in_are_found() {
        let strange = Filed { number: "1".to_owned(), sha256: "ab".to_owned() };
        let end = End { filed: vec![strange], listed: vec!["1".to_owned()], standing: vec![] };
        assert_eq!(judge(&diary(None), &end), [Finding::Foreign { number: "1".to_owned() }]);
    }
}

//! Requests: what «+» leads to. One is filed once (`create`, `answers`), with a receipt (`receipts`), decided by the
//! desk (`state`), and read by its member alone (`read`).

mod answers;
mod create;
mod read;
mod receipt_sheet;
mod receipts;
mod record;
mod state;

pub use self::state::State;
pub(crate) use self::{
    create::{__path_create, create},
    read::{__path_list, __path_show, list, show},
    receipts::{__path_receipt, __path_verify, receipt, verify},
    record::{Record, Waiting, act, count, find, leap, waiting},
    state::Act,
};

/// A request is answered within this many days (law 55-19).
const DUE_WITHIN_DAYS: i64 = 60;

/// A refusal can be appealed for this many days: an assumption, until the foundation says its own.
const APPEAL_WITHIN_DAYS: i64 = 30;

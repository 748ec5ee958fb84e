//! Requests of members (guide step 8, «+»): filed once (`create`, `idempotency`) with a receipt (`receipts`), decided
//! by the operator (`state`), and read by their member alone (`read`).

mod create;
mod idempotency;
mod read;
mod receipt_content;
mod receipts;
mod record;
mod state;

pub(crate) use self::{
    create::{__path_create, create},
    read::{__path_list, __path_show, list, show},
    receipts::{__path_receipt, __path_verify, receipt, verify},
    record::{RequestFilter, RequestRecord, apply, count, find, list_matching, skip_numbers},
    state::{RequestAction, STATES, parse as parse_state},
};

/// Number of days within which a refusal can be appealed: an assumption, until the foundation sets its own.
const APPEAL_WITHIN_DAYS: i64 = 30;

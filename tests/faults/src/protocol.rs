//! Protocol between a run and the phone's process: one JSON object a line.

use serde::{Deserialize, Serialize};

/// Command to the phone: an action of its member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PhoneCommand {
    /// Opens a service's form and fills in these fields in order.
    Fill {
        /// Id of the service.
        service: String,
        /// Field keys and values.
        values: Vec<(String, String)>,
    },
    /// Moves the app to the background, which flushes pending writes.
    Pause,
    /// Submits a service's form, section after section.
    Submit {
        /// Id of the service.
        service: String,
        /// Values that the portal should store, for the planted fault that bypasses the outbox.
        values: serde_json::Value,
    },
    /// Refreshes the requests.
    Refresh,
    /// Lists the requests.
    ListRequests,
    /// Reads the values of a service's form.
    ReadForm {
        /// Id of the service.
        service: String,
    },
    /// Takes an entry back from the outbox into its form.
    TakeBack {
        /// Idempotency key of the entry.
        key: String,
    },
    /// Discards the draft of a service.
    DiscardDraft {
        /// Id of the service.
        service: String,
    },
    /// Signs in again, after the session has ended.
    SignIn,
    /// Limits the size of files from now on; `None` removes the limit.
    LimitFileSize {
        /// Limit in bytes.
        max_bytes: Option<u64>,
    },
}

/// Response of the phone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PhoneResponse {
    /// The core is open.
    Opened {
        /// True if the app reports a quarantined file.
        quarantined: bool,
    },
    /// The command succeeded.
    Done,
    /// The form was submitted: filed, or queued until the portal can be reached.
    Submitted {
        /// Confirmation text of the core.
        text: String,
    },
    /// The requests.
    Requests(Vec<RequestCard>),
    /// The form's values by field.
    FormValues(Vec<(String, String)>),
    /// The entry is back in its form.
    TakenBack {
        /// Id of the service.
        service: String,
    },
    /// The command failed.
    Failed {
        /// Name of the error.
        error: String,
        /// Text shown to the member.
        text: String,
    },
}

/// Card on the list of requests.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RequestCard {
    /// Draft of a form.
    Draft {
        /// Id of the service.
        service: String,
    },
    /// Entry in the outbox.
    Queued {
        /// Idempotency key of the entry.
        key: String,
        /// True if it waits for the member, not for the network.
        blocked: bool,
    },
    /// Filed request.
    Filed {
        /// Number of the request.
        number: String,
    },
}

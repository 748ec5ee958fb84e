//! Mail to members: what letters say, and the queue they leave from.

mod address_letter;
pub(crate) mod letter;
mod password_letter;
pub(crate) mod queue;

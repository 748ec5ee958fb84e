//! Email to members: content and delivery queue.

mod address_changed_email;
pub(crate) mod email;
mod password_email;
pub(crate) mod queue;
pub(crate) mod smtp_server;

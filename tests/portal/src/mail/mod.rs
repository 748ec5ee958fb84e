//! Email to members: content and delivery queue.

pub(crate) mod account_notice;
mod address_changed_email;
pub(crate) mod email;
mod password_email;
pub(crate) mod queue;
pub(crate) mod smtp_server;

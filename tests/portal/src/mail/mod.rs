//! Mail to members: what a letter says, and the queue it leaves from.

pub(crate) mod letter;
pub(crate) mod queue;

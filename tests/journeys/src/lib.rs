//! The members' journeys, written once, and the runner that walks every face through them.
//!
//! - [`journey`] reads the journeys' own few words from a file.
//! - [`verbs`] is what a runner may ask of a face, and what a face answers: one JSON object a line.
//! - [`face`] starts a face's process, speaks with it, and ends it.
//! - [`road`] lies between the phone and the portal, and may be down, slow, cut, or somebody else's.
//! - [`world`] is what surrounds a face: the portal, its clock, and the member's mailbox.
//! - [`on_file`] knows the members of the portal's seed, [`other_phone`] is in the hands of one of them.
//! - [`walk`] walks a face through a journey, a line a step.
//! - [`live`] keeps a face at a page on loopback, for somebody to use it.
//! - [`core_face`] is the core as a face: it shows nothing, and does what a phone would.

pub mod core_face;
pub mod face;
pub mod journey;
pub mod live;
pub mod on_file;
pub mod other_phone;
pub mod road;
pub mod shelf;
pub mod verbs;
pub mod walk;
pub mod world;

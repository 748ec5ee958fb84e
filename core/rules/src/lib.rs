//! Rules that the app and the portal apply alike, each written once: what the app accepts, the portal accepts.
//!
//! Every rule is a pure function: no I/O, no clock, no text for members. An input is first brought to its normalized
//! form (`normalize`, `parse`), which is validated, stored and sent; the app shows another form of it where people
//! write it differently (`format`, `grouped`, `national`).
//!
//! Expected values are tables under `golden/`: from sources outside this repository (CLDR, libphonenumber, published bank
//! accounts), which the first line names, and of what members type and paste, which the tests of the app and the portal
//! read too.

pub mod bank_account;
mod characters;
pub mod day;
pub mod email;
pub mod fold;
pub mod identifiers;
pub mod instalment;
pub mod integer;
pub mod money;
pub mod password;
pub mod phone;
pub mod text;

//! Rules that the app and the portal apply alike, each written once: what the app accepts, the portal accepts.
//!
//! Every rule is a pure function: no I/O, no clock, no text for members. An input is first brought to its normalized
//! form (`normalize`, `parse`), which is validated, stored and sent; the app shows another form of it where people
//! write it differently (`format`, `grouped`, `national`).
//!
//! Expected values from sources outside this repository (CLDR, libphonenumber, published bank accounts) are tables
//! under `golden/`, whose first line names the source.

pub mod bank_account;
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

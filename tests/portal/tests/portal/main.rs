//! What members meet at the portal, over HTTP and real mail on loopback.
#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod api;
mod asking;
mod catalogue;
mod changing_password;
mod charter;
mod command;
mod deciding;
mod devices;
mod document;
mod filing;
mod first_access;
mod forms;
mod gate;
mod hostile;
mod keeping;
mod letters;
mod members;
mod operator;
mod paper;
mod receipts;
mod requests;
mod seed;
mod serving;
mod signing_in;
mod staying_signed_in;
mod support;

//! Fuzz targets: what the app and the portal read of each other never panics, and reads back what it writes.
//!
//! `cargo test` tries some thousand texts; `BOLERO_RANDOM_ITERATIONS` and `BOLERO_RANDOM_TEST_TIME_MS` raise that.

#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use fos_fuzz::{Mutation, mutate};
use fos_wire::access::{PasswordRequest, SignIn};
use fos_wire::config::ConfigPayload;
use fos_wire::form::Form;
use fos_wire::parse_json_text;
use fos_wire::problem::Problem;
use fos_wire::request::NewRequest;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Reads mutations of a body, and what is written of each that can be read.
fn read_mutations<T: DeserializeOwned + Serialize>(body: &str) {
    parse_json_text::<T>(body).unwrap();
    bolero::check!().with_type::<Vec<Mutation>>().for_each(|mutations| {
        let Ok(read) = parse_json_text::<T>(&mutate(body, mutations)) else { return };
        // A name of a newer portal is read, and never written.
        let Ok(written) = serde_json::to_string(&read) else { return };
        let again = parse_json_text::<T>(&written).unwrap();
        assert_eq!(serde_json::to_string(&again).unwrap(), written);
    });
}

#[test]
fn a_fuzzed_form_is_read_or_refused() {
    read_mutations::<Form>(include_str!("data/form.json"));
}

#[test]
fn a_fuzzed_config_is_read_or_refused() {
    read_mutations::<ConfigPayload>(
        r#"{"serial":7,"minimum_version":"0.1.0","recommended_version":"1.0.0","maintenance":{"until":
"2026-11-24T09:00:00Z","reason":{"ar":"صيانة","fr":"Entretien"}},"charter_version":"2026-1","mail_again_after_seconds":120,
"contacts":{"phone":"+212537000000","email":null,"hours":null,"address":{"ar":"الرباط","fr":"Rabat"}},"authorisation":null,
"stores":{"android":null,"ios":"https://apps.test/fos"}}"#,
    );
}

#[test]
fn a_fuzzed_problem_is_read_or_refused() {
    read_mutations::<Problem>(
        r#"{"type":"urn:fos:problem:fields","title":"Fields","status":422,"detail":"two","fields":[{"field":"ppr","code":"format"},
{"field":"cin","code":"required"}],"version":3,"reason":"revoked"}"#,
    );
}

#[test]
fn a_fuzzed_request_is_read_or_refused() {
    read_mutations::<PasswordRequest>(
        r#"{"kind":"active","ppr":"0123456","cin":"AB123456","email":"membre.essai@finances.test"}"#,
    );
    read_mutations::<SignIn>(r#"{"ppr":"0123456","password":"Rabat-2026-x","device":"Essai"}"#);
    read_mutations::<NewRequest>(
        r#"{"service":"summer-stays","version":3,"values":{"amount":"1500.50","day":"2026-12-01","wishes":["a","b"]}}"#,
    );
}

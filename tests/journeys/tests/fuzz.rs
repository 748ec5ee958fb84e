//! Fuzz target: the file of a journey is parsed or refused with its line, whatever is in it.

use fos_fuzz::{Mutation, mutate};
use fos_journeys::journey::parse;

const JOURNEY: &str = include_str!("../journeys/first-access.journey");

#[test]
fn a_fuzzed_journey_is_parsed_or_refused_with_its_line() {
    parse("first-access", JOURNEY, &|_| None).unwrap();
    bolero::check!().with_type::<Vec<Mutation>>().for_each(|mutations| {
        let text = mutate(JOURNEY, mutations);
        // A journey may include another, itself too.
        if let Err(error) = parse("first-access", &text, &|_| Some(text.clone())) {
            assert!(error.line <= text.lines().count(), "{error}");
        }
    });
}

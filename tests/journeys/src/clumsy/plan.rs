//! Draws the slips of a walk from its seed and its journey, and from nothing else: a seed repeats the walk.

use fastrand::Rng;

use super::{slip::Slip, typos::in_arabic_digits};
use crate::journey::{Action, Damage, EnvironmentChange, Journey};

/// Fewest and most slips of a walk.
const SLIPS_PER_WALK: std::ops::RangeInclusive<usize> = 4..=10;

/// Buttons that send a form, of which a member may touch one too early.
pub(super) const SENDING_BUTTONS: [&str; 4] = ["send", "sign-in", "next", "change-password"];

/// Fields that take a password.
const SECRETS: [&str; 4] = ["password", "current", "new", "again"];

/// Slip at a line of the journey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PlannedSlip {
    /// Index of the step.
    pub(super) step: usize,
    /// Index of the line in the step.
    pub(super) line: usize,
    pub(super) slip: Slip,
}

/// Line at which the member may slip.
struct Opportunity<'a> {
    step: usize,
    line: usize,
    action: &'a Action,
    is_settled: bool,
}

/// Returns the slips of the walk with this seed, at most one a line, in the order of the lines.
pub(super) fn plan(journey: &Journey, seed: u64) -> Vec<PlannedSlip> {
    let mut rng = Rng::with_seed(seed);
    let mut opportunities = opportunities(journey);
    let count = rng.usize(SLIPS_PER_WALK);
    rng.shuffle(&mut opportunities);
    opportunities.truncate(count);
    opportunities.sort_unstable_by_key(|opportunity| (opportunity.step, opportunity.line));
    opportunities
        .iter()
        .map(|opportunity| PlannedSlip {
            step: opportunity.step,
            line: opportunity.line,
            slip: choose_slip(opportunity, &mut rng),
        })
        .collect()
}

/// Returns the lines at which the member acts while the app is in the foreground. From a change of the environment to
/// the next content that is expected the walk is not settled: what the journey is about to show may depend on nothing else
/// happening in between. A screen alone proves little: it may be there before the change has had its effect.
fn opportunities(journey: &Journey) -> Vec<Opportunity<'_>> {
    let (mut found, mut paused, mut is_settled, mut searching) = (Vec::new(), false, true, false);
    for (step, lines) in journey.steps.iter().map(|step| &step.lines).enumerate() {
        for (line, action) in lines.iter().map(|line| &line.action).enumerate() {
            match action {
                Action::Pause => paused = true,
                Action::Resume | Action::Kill(Damage::None) => paused = false,
                Action::Kill(_) => (paused, is_settled) = (false, false),
                Action::EnvironmentChange(change) if !only_reads(change) => is_settled = false,
                Action::Read(_) | Action::Holds(..) | Action::Opened(_) | Action::Copied(_) => {
                    is_settled = true;
                }
                Action::Type(..)
                | Action::Tap(_)
                | Action::DoubleTap(_)
                | Action::TapUntil(..)
                | Action::Back => {
                    if !paused {
                        found.push(Opportunity { step, line, action, is_settled: is_settled && !searching });
                    }
                }
                Action::EnvironmentChange(_)
                | Action::See(_)
                | Action::Mail(_)
                | Action::NoMail
                | Action::NotRead(_)
                | Action::Rotate
                | Action::Language(_)
                | Action::Pull
                | Action::Picture => {}
            }
            // What is searched for within a field ends with the next touch.
            searching = matches!(action, Action::Type(field, _) if field.ends_with("-search"));
        }
    }
    found
}

/// Returns true if the line asks the portal and changes nothing.
fn only_reads(change: &EnvironmentChange) -> bool {
    match change {
        EnvironmentChange::Printed(_) | EnvironmentChange::SecondDeviceSignedOut => true,
        EnvironmentChange::Operator(words) => {
            words.get(1).is_some_and(|word| word == "list" || word == "show")
        }
        _ => false,
    }
}

fn choose_slip(opportunity: &Opportunity<'_>, rng: &mut Rng) -> Slip {
    let own = own_slips(opportunity.action, rng);
    if !own.is_empty() && rng.bool() {
        return own[rng.usize(..own.len())];
    }
    let letters = [100, 150, 200][rng.usize(..3)];
    let mut slips = vec![Slip::Rotate, Slip::LetterSize(letters)];
    if opportunity.is_settled {
        slips.extend([
            Slip::SwitchApps,
            Slip::Language,
            Slip::SideTrip("help"),
            Slip::SideTrip("profile"),
            Slip::Pull,
            Slip::Back,
            Slip::Back,
            Slip::Home,
            Slip::Kill,
            Slip::PauseAndKill,
        ]);
        if matches!(opportunity.action, Action::Type(..)) {
            slips.extend([Slip::SendEarly; 2]);
        }
    }
    slips[rng.usize(..slips.len())]
}

/// Returns the slips in the way of doing this line.
fn own_slips(action: &Action, rng: &mut Rng) -> Vec<Slip> {
    match action {
        Action::Tap(_) => vec![Slip::DoubleTap],
        Action::Type(field, text) => {
            let mut slips = vec![Slip::Mistype(rng.usize(..60)), Slip::Hesitate];
            // A password that the member chose is taken as it is, with what stands at its ends.
            if text == "{mailed}" || !SECRETS.contains(&field.as_str()) {
                slips.push(Slip::Paste(rng.usize(..4)));
            }
            slips.extend(in_arabic_digits(text).map(|_| Slip::ArabicDigits));
            slips
        }
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journey;

    fn journey_of(lines: &str) -> Journey {
        let text = format!("title ar تجربة\ntitle fr Essai\nstep 1 x\n{lines}");
        journey::parse("essai", &text, &|_| None).unwrap()
    }

    fn settled_lines(lines: &str) -> Vec<(usize, bool)> {
        opportunities(&journey_of(lines)).iter().map(|found| (found.line, found.is_settled)).collect()
    }

    #[test]
    fn a_seed_draws_the_same_slips_again_and_another_seed_others() {
        let journey =
            journey_of("see sign-in\ntype ppr 0123456\ntype password x y\ntap captcha\ntap sign-in\nback");
        assert_eq!(plan(&journey, 7), plan(&journey, 7));
        assert!((8..20).any(|seed| plan(&journey, seed) != plan(&journey, 7)));
    }

    #[test]
    fn slips_come_in_the_order_of_the_lines_and_at_lines_of_the_member_only() {
        let journey = journey_of("see sign-in\ntype ppr 0123456\nread «x»\ntap captcha\npause\nresume\nback");
        for seed in 0..50 {
            let lines: Vec<usize> = plan(&journey, seed).iter().map(|planned| planned.line).collect();
            assert!(lines.is_sorted() && lines.iter().all(|line| [1, 3, 6].contains(line)), "{lines:?}");
        }
    }

    #[test]
    fn a_changed_environment_is_calm_again_once_the_journey_has_seen_it() {
        assert_eq!(
            settled_lines("tap a\nnetwork down\ntap b\nread «x»\ntap c\noperator requests list\ntap d"),
            [(0, true), (2, false), (4, true), (6, true)]
        );
        assert_eq!(
            settled_lines("kill losing keys\ntap a\nsee x\ntap b\nread «x»\ntap c"),
            [(1, false), (3, false), (5, true)]
        );
    }

    #[test]
    fn nobody_slips_in_an_app_in_the_background_nor_loses_a_search() {
        assert_eq!(settled_lines("pause\ntap a\nresume\ntap b"), [(3, true)]);
        assert_eq!(
            settled_lines("type city-search x\ntap city:rabat\ntap b"),
            [(0, true), (1, false), (2, true)]
        );
    }

    #[test]
    fn a_slip_fits_its_line() {
        let journey = journey_of("type ppr 0123456\ntap a\nnetwork down\ntap b");
        for planned in (0..300).flat_map(|seed| plan(&journey, seed)) {
            let (line, slip) = (planned.line, planned.slip);
            let fits = match slip {
                Slip::DoubleTap => line > 0,
                slip if slip.replaces_line() => line == 0,
                Slip::SendEarly => line == 0,
                Slip::Rotate | Slip::LetterSize(_) => true,
                _ => line < 3,
            };
            assert!(fits, "{slip} at {line}");
        }
    }
}

//! Generates the member's actions and the faults of a run from a seed, identically on every machine.

use fastrand::Rng;

use crate::{
    form_data::{SERVICES, Service},
    inspect::{KeyFailure, MemberKey},
    intercepting_proxy::Moment,
    toxiproxy::Toxic,
};

/// Seconds a day.
const DAY: i64 = 86_400;

/// Script of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Script {
    /// Steps in order.
    pub steps: Vec<Step>,
}

/// Step of a script.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Fault before the action, while the app is idle.
    pub idle_fault: Option<IdleFault>,
    /// Action of the member.
    pub action: MemberAction,
    /// Fault during the action.
    pub fault: Fault,
}

/// Action of the member. `choice` selects among the entries of the list at that time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MemberAction {
    /// Continues a draft or begins a form, fills in a part of it and leaves it.
    FillIn {
        /// Selects the draft.
        choice: usize,
        /// Service of a form that is begun.
        service: Service,
        /// Part to fill in, in tenths of the fields.
        tenths: usize,
    },
    /// Fills in a draft or a new form and submits it.
    Submit {
        /// Selects the draft.
        choice: usize,
        /// Service of a form that is begun.
        service: Service,
        /// True to change an entry that was taken back before it is submitted again.
        change: bool,
    },
    /// Takes an entry back from the outbox.
    TakeBack {
        /// Selects the entry.
        choice: usize,
    },
    /// Refreshes the requests.
    Refresh,
}

/// Fault between two actions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IdleFault {
    /// Moves the phone's clock by this many seconds.
    ClockShift(i64),
    /// Kills the process and overwrites a part of the member's database.
    FileDamage {
        /// Offset in thousandths of the file.
        offset_permille: u64,
        /// Number of bytes.
        length: usize,
    },
    /// Kills the process and overwrites a part of the write-ahead log of the member's database. The run ends with it:
    /// what the log held is gone, and `SQLite` takes it for a shorter one.
    LogDamage {
        /// Offset in thousandths of the log.
        offset_permille: u64,
        /// Number of bytes.
        length: usize,
    },
    /// Kills the process and lets a key of the member's database fail.
    KeyFailure(MemberKey, KeyFailure),
    /// Stops the portal in order and starts it again.
    PortalRestart,
    /// Kills the portal and starts it again.
    PortalKill,
    /// Kills the process.
    Kill,
}

/// Fault during an action.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// No fault.
    None,
    /// Holds the call and injects a failure.
    AtCall {
        /// Moment at which the call is held.
        moment: Moment,
        /// Failure to inject.
        failure: CallFailure,
        /// True to keep the failure until the action is over; otherwise a retry succeeds.
        persistent: bool,
    },
    /// Delivers the response and kills the process before it has stored it.
    BeforeStore {
        /// Microseconds from delivery to the kill; `None` kills a suspended process, which cannot read the response.
        survives_micros: Option<u32>,
    },
    /// Kills the process after the action has begun.
    Kill {
        /// Microseconds until the kill.
        micros: u32,
    },
    /// Takes the network down before the action.
    LineDown,
    /// Degrades or cuts the network.
    Line(Toxic),
    /// Limits the size of files.
    DiskFull {
        /// Limit in bytes.
        max_bytes: u64,
    },
}

/// Failure injected into a held call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CallFailure {
    /// Kills the process.
    Kill,
    /// Takes the network down.
    Down,
    /// Cuts the response after this many thousandths of it.
    ResponseCut(u32),
    /// Delivers nothing, and closes the connection after this many milliseconds.
    Stall(u32),
    /// Resets the connection.
    Reset,
    /// Restarts the portal, then forwards the call.
    PortalRestart,
    /// Forwards the call, kills the portal after this many microseconds and starts it again.
    PortalKill(u32),
    /// Limits the size of the portal's files to this many bytes until the action is over, and forwards the call.
    PortalDiskFull(u64),
}

impl Script {
    /// Generates the script of one run.
    pub fn generate(seed: u64, run: usize) -> Self {
        // The runs of a seed are independent, so that any of them can be repeated alone.
        let mut rng = Rng::with_seed(seed ^ (run as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15));
        let count = rng.usize(3..=5);
        let mut steps: Vec<Step> = (0..count).map(|_| generate_step(&mut rng)).collect();
        // A run without a submission proves nothing.
        let is_submit = |step: &Step| matches!(step.action, MemberAction::Submit { .. });
        if !steps.iter().any(is_submit) {
            let fault = call_fault(&mut rng);
            steps.push(Step { idle_fault: None, action: submit(&mut rng), fault });
        }
        Self { steps }
    }
}

fn generate_step(rng: &mut Rng) -> Step {
    let action = match rng.u8(0..100) {
        0..20 => MemberAction::FillIn {
            choice: rng.usize(0..100),
            service: service(rng),
            tenths: rng.usize(3..=10),
        },
        20..65 => submit(rng),
        65..80 => MemberAction::TakeBack { choice: rng.usize(0..100) },
        _ => MemberAction::Refresh,
    };
    let idle_fault = (rng.u8(0..100) < 25).then(|| idle_fault(rng));
    let fault = match action {
        MemberAction::FillIn { .. } => filling_fault(rng),
        MemberAction::TakeBack { .. } => {
            if rng.bool() {
                Fault::None
            } else {
                Fault::Kill { micros: rng.u32(0..4_000) }
            }
        }
        MemberAction::Submit { .. } | MemberAction::Refresh => network_fault(rng),
    };
    Step { idle_fault, action, fault }
}

fn submit(rng: &mut Rng) -> MemberAction {
    MemberAction::Submit { choice: rng.usize(0..100), service: service(rng), change: rng.bool() }
}

fn service(rng: &mut Rng) -> Service {
    SERVICES[rng.usize(0..SERVICES.len())]
}

fn idle_fault(rng: &mut Rng) -> IdleFault {
    match rng.u8(0..100) {
        0..30 => IdleFault::ClockShift(if rng.bool() { DAY } else { -DAY }),
        30..40 => {
            let failure = match rng.u8(0..3) {
                0 => KeyFailure::WrongLength,
                1 => KeyFailure::Unreadable,
                _ => KeyFailure::Gone,
            };
            let key = if rng.bool() { MemberKey::Content } else { MemberKey::Delivery };
            IdleFault::KeyFailure(key, failure)
        }
        40..52 => IdleFault::FileDamage {
            offset_permille: if rng.bool() { 0 } else { rng.u64(0..1_000) },
            length: rng.usize(16..4_096),
        },
        52..58 => IdleFault::LogDamage {
            offset_permille: if rng.bool() { 0 } else { rng.u64(0..1_000) },
            length: rng.usize(16..4_096),
        },
        58..66 => IdleFault::PortalRestart,
        66..77 => IdleFault::PortalKill,
        _ => IdleFault::Kill,
    }
}

fn filling_fault(rng: &mut Rng) -> Fault {
    match rng.u8(0..100) {
        0..40 => Fault::None,
        40..75 => Fault::Kill { micros: rng.u32(0..8_000) },
        _ => disk_full(rng),
    }
}

fn network_fault(rng: &mut Rng) -> Fault {
    match rng.u8(0..100) {
        0..10 => Fault::None,
        10..22 => Fault::Kill { micros: rng.u32(0..30_000) },
        22..32 => disk_full(rng),
        32..42 => Fault::LineDown,
        42..52 => Fault::Line(degraded_line(rng)),
        _ => call_fault(rng),
    }
}

fn disk_full(rng: &mut Rng) -> Fault {
    Fault::DiskFull { max_bytes: if rng.u8(0..4) == 0 { 0 } else { rng.u64(0..200_000) } }
}

fn degraded_line(rng: &mut Rng) -> Toxic {
    match rng.u8(0..5) {
        0 => Toxic::Latency(rng.u32(1..150)),
        1 => Toxic::Bandwidth(rng.u32(8..60)),
        2 => Toxic::Slicer(rng.u32(20..400)),
        3 => Toxic::LimitResponse(rng.u32(0..1_200)),
        _ => Toxic::LimitRequest(rng.u32(0..900)),
    }
}

fn call_fault(rng: &mut Rng) -> Fault {
    if rng.u8(0..100) < 25 {
        return Fault::BeforeStore { survives_micros: rng.bool().then(|| rng.u32(0..3_000)) };
    }
    let moment = if rng.bool() { Moment::BeforeForward } else { Moment::BeforeResponse };
    let failure = match rng.u8(0..100) {
        0..28 => CallFailure::Kill,
        28..40 => CallFailure::Down,
        40..52 => CallFailure::ResponseCut(rng.u32(0..1_000)),
        52..60 => CallFailure::Stall(rng.u32(1..40)),
        60..68 => CallFailure::Reset,
        68..74 => CallFailure::PortalRestart,
        74..88 => CallFailure::PortalKill(rng.u32(0..20_000)),
        _ => CallFailure::PortalDiskFull(rng.u64(0..60_000)),
    };
    Fault::AtCall { moment, failure, persistent: rng.u8(0..3) == 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_script() {
        assert_eq!(Script::generate(7, 12), Script::generate(7, 12));
        assert_ne!(Script::generate(7, 12), Script::generate(7, 13));
        assert_ne!(Script::generate(7, 12), Script::generate(8, 12));
    }

    #[test]
    fn a_seed_gives_the_same_script_on_every_machine() {
        let first_step = format!("{:?}", Script::generate(2026, 0).steps[0]);
        assert_eq!(first_step, FIRST_STEP);
    }

    const FIRST_STEP: &str =
        "Step { idle_fault: None, action: FillIn { choice: 66, service: Travel, tenths: 9 }, fault: None }";

    #[test]
    fn every_run_submits_and_every_kind_of_cut_is_generated() {
        let scripts: Vec<Script> = (0..200).map(|run| Script::generate(1, run)).collect();
        let is_submit = |script: &Script| {
            script.steps.iter().any(|step| matches!(step.action, MemberAction::Submit { .. }))
        };
        assert!(scripts.iter().all(is_submit));
        let count = |matches: fn(&Fault) -> bool| {
            scripts.iter().flat_map(|script| &script.steps).filter(|step| matches(&step.fault)).count()
        };
        assert!(count(|fault| matches!(fault, Fault::AtCall { moment: Moment::BeforeForward, .. })) > 10);
        assert!(count(|fault| matches!(fault, Fault::AtCall { moment: Moment::BeforeResponse, .. })) > 10);
        assert!(count(|fault| matches!(fault, Fault::BeforeStore { .. })) > 10);
        assert!(count(|fault| matches!(fault, Fault::DiskFull { .. })) > 10);
        let portal_kill =
            |fault: &Fault| matches!(fault, Fault::AtCall { failure: CallFailure::PortalKill(_), .. });
        let portal_disk_full =
            |fault: &Fault| matches!(fault, Fault::AtCall { failure: CallFailure::PortalDiskFull(_), .. });
        assert!(count(portal_kill) > 10);
        assert!(count(portal_disk_full) > 10);
        let count_idle = |matches: fn(&IdleFault) -> bool| {
            let has_one = |script: &&Script| {
                script.steps.iter().any(|step| step.idle_fault.as_ref().is_some_and(matches))
            };
            scripts.iter().filter(has_one).count()
        };
        let key_failures = count_idle(|fault| matches!(fault, IdleFault::KeyFailure(..)));
        assert!((15..30).contains(&key_failures), "a run in ten: {key_failures} of 200");
        for key in [MemberKey::Content, MemberKey::Delivery] {
            let fails = |script: &&Script| {
                let fails = |fault: IdleFault| matches!(fault, IdleFault::KeyFailure(of, _) if of == key);
                script.steps.iter().any(|step| step.idle_fault.is_some_and(fails))
            };
            assert!(scripts.iter().filter(fails).count() > 4, "{key:?}");
        }
        assert!(count_idle(|fault| matches!(fault, IdleFault::LogDamage { .. })) > 4);
        assert!(count_idle(|fault| matches!(fault, IdleFault::PortalKill)) > 4);
    }
}

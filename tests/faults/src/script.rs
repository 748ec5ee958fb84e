//! What a member does in a run, and what breaks meanwhile: drawn from a seed, the same on every machine.

use fastrand::Rng;

use crate::{
    papers::{SERVICES, Service},
    porter::Moment,
    toxiproxy::Toxic,
};

/// A day, in seconds.
const DAY: i64 = 86_400;

/// A run's script.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Script {
    /// One thing after another.
    pub steps: Vec<Step>,
}

/// One thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What befalls the phone or the portal before it.
    pub before: Option<Mishap>,
    /// What the member does.
    pub intent: Intent,
    /// What breaks meanwhile.
    pub fault: Fault,
}

/// What the member does. `pick` chooses among what the list shows when it comes to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Intent {
    /// Goes on with a draft or begins a form; fills in so many of ten parts of it, and leaves it.
    Write {
        /// Chooses the draft.
        pick: usize,
        /// The service of one that is begun.
        service: Service,
        /// How much of it, in tenths.
        tenths: usize,
    },
    /// Fills in a draft, or a form that is begun, and sends it.
    Send {
        /// Chooses the draft.
        pick: usize,
        /// The service of one that is begun.
        service: Service,
        /// What was taken back is changed before it is sent again.
        change: bool,
    },
    /// Takes an entry out of the outbox.
    TakeBack {
        /// Chooses the entry.
        pick: usize,
    },
    /// Looks for what changed.
    Refresh,
}

/// What befalls between two acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mishap {
    /// The phone's clock is moved by so many seconds.
    Clock(i64),
    /// The process is killed, and some bytes of the member's file are overwritten.
    Damage {
        /// Where, in thousandths of the file; 0 is its very beginning.
        at: u64,
        /// How many.
        bytes: usize,
    },
    /// The portal is stopped and started again.
    PortalRestarted,
    /// The process is killed while it has nothing to do.
    Killed,
}

/// What breaks during an act.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Nothing.
    Nothing,
    /// The call is held, and then something breaks.
    At {
        /// Where it is held.
        moment: Moment,
        /// What breaks.
        breaks: Break,
        /// It stays broken until the act is over; otherwise the phone gets through when it tries again.
        stays: bool,
    },
    /// The answer reaches the phone, and the process dies so many microseconds after it could have read it; none: before
    /// it could.
    BeforeStore {
        /// How long it lives on.
        lives: Option<u32>,
    },
    /// The process is killed so many microseconds after the act began.
    Kill {
        /// How long it lives.
        micros: u32,
    },
    /// The line is down from the beginning.
    Down,
    /// The line is bad, or cuts whatever passes.
    Line(Toxic),
    /// No file may become larger than this.
    Full {
        /// In bytes.
        largest: u64,
    },
}

/// What breaks when a call is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Break {
    /// The process is killed.
    Kill,
    /// The line goes down.
    Down,
    /// The answer is cut after so many thousandths of it.
    AnswerCut(u32),
    /// Nothing passes any more, and after so many milliseconds the connection is closed.
    Silence(u32),
    /// The connection is reset.
    Reset,
    /// The portal is stopped and started again, and the call goes on.
    PortalRestarted,
}

impl Script {
    /// The script of one run.
    pub fn drawn(seed: u64, run: usize) -> Self {
        // Runs of one seed have nothing in common, and any one of them can be had alone.
        let mut rng = Rng::with_seed(seed ^ (run as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15));
        let count = rng.usize(3..=5);
        let mut steps: Vec<Step> = (0..count).map(|_| step(&mut rng)).collect();
        // Nothing is proved by a run in which nothing is sent.
        let sends = |step: &Step| matches!(step.intent, Intent::Send { .. });
        if !steps.iter().any(sends) {
            let fault = cut(&mut rng);
            steps.push(Step { before: None, intent: send(&mut rng), fault });
        }
        Self { steps }
    }
}

fn step(rng: &mut Rng) -> Step {
    let intent = match rng.u8(0..100) {
        0..20 => Intent::Write { pick: rng.usize(0..100), service: service(rng), tenths: rng.usize(3..=10) },
        20..65 => send(rng),
        65..80 => Intent::TakeBack { pick: rng.usize(0..100) },
        _ => Intent::Refresh,
    };
    let before = (rng.u8(0..100) < 25).then(|| mishap(rng));
    let fault = match intent {
        Intent::Write { .. } => of_writing(rng),
        Intent::TakeBack { .. } => {
            if rng.bool() {
                Fault::Nothing
            } else {
                Fault::Kill { micros: rng.u32(0..4_000) }
            }
        }
        Intent::Send { .. } | Intent::Refresh => on_the_way(rng),
    };
    Step { before, intent, fault }
}

fn send(rng: &mut Rng) -> Intent {
    Intent::Send { pick: rng.usize(0..100), service: service(rng), change: rng.bool() }
}

fn service(rng: &mut Rng) -> Service {
    SERVICES[rng.usize(0..SERVICES.len())]
}

fn mishap(rng: &mut Rng) -> Mishap {
    match rng.u8(0..100) {
        0..30 => Mishap::Clock(if rng.bool() { DAY } else { -DAY }),
        30..50 => {
            Mishap::Damage { at: if rng.bool() { 0 } else { rng.u64(0..1_000) }, bytes: rng.usize(16..4_096) }
        }
        50..75 => Mishap::PortalRestarted,
        _ => Mishap::Killed,
    }
}

fn of_writing(rng: &mut Rng) -> Fault {
    match rng.u8(0..100) {
        0..40 => Fault::Nothing,
        40..75 => Fault::Kill { micros: rng.u32(0..8_000) },
        _ => full(rng),
    }
}

fn on_the_way(rng: &mut Rng) -> Fault {
    match rng.u8(0..100) {
        0..10 => Fault::Nothing,
        10..22 => Fault::Kill { micros: rng.u32(0..30_000) },
        22..32 => full(rng),
        32..42 => Fault::Down,
        42..52 => Fault::Line(weather(rng)),
        _ => cut(rng),
    }
}

fn full(rng: &mut Rng) -> Fault {
    Fault::Full { largest: if rng.u8(0..4) == 0 { 0 } else { rng.u64(0..200_000) } }
}

fn weather(rng: &mut Rng) -> Toxic {
    match rng.u8(0..5) {
        0 => Toxic::Latency(rng.u32(1..150)),
        1 => Toxic::Bandwidth(rng.u32(8..60)),
        2 => Toxic::Slicer(rng.u32(20..400)),
        3 => Toxic::AnswerCut(rng.u32(0..1_200)),
        _ => Toxic::AskingCut(rng.u32(0..900)),
    }
}

fn cut(rng: &mut Rng) -> Fault {
    if rng.u8(0..100) < 25 {
        return Fault::BeforeStore { lives: rng.bool().then(|| rng.u32(0..3_000)) };
    }
    let moment = if rng.bool() { Moment::Asked } else { Moment::Answered };
    let breaks = match rng.u8(0..100) {
        0..35 => Break::Kill,
        35..50 => Break::Down,
        50..65 => Break::AnswerCut(rng.u32(0..1_000)),
        65..75 => Break::Silence(rng.u32(1..40)),
        75..85 => Break::Reset,
        _ => Break::PortalRestarted,
    };
    Fault::At { moment, breaks, stays: rng.u8(0..3) == 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_script() {
        assert_eq!(Script::drawn(7, 12), Script::drawn(7, 12));
        assert_ne!(Script::drawn(7, 12), Script::drawn(7, 13));
        assert_ne!(Script::drawn(7, 12), Script::drawn(8, 12));
    }

    #[test]
    fn a_seed_gives_on_every_machine_what_it_gave_here() {
        let first = format!("{:?}", Script::drawn(2026, 0).steps[0]);
        assert_eq!(first, FIRST);
    }

    const FIRST: &str =
        "Step { before: None, intent: Write { pick: 66, service: Travel, tenths: 9 }, fault: Nothing }";

    #[test]
    fn something_is_sent_in_every_run_and_every_cut_is_drawn() {
        let scripts: Vec<Script> = (0..200).map(|run| Script::drawn(1, run)).collect();
        let sends =
            |script: &Script| script.steps.iter().any(|step| matches!(step.intent, Intent::Send { .. }));
        assert!(scripts.iter().all(sends));
        let drawn = |wanted: fn(&Fault) -> bool| {
            scripts.iter().flat_map(|script| &script.steps).filter(|step| wanted(&step.fault)).count()
        };
        assert!(drawn(|fault| matches!(fault, Fault::At { moment: Moment::Asked, .. })) > 10);
        assert!(drawn(|fault| matches!(fault, Fault::At { moment: Moment::Answered, .. })) > 10);
        assert!(drawn(|fault| matches!(fault, Fault::BeforeStore { .. })) > 10);
        assert!(drawn(|fault| matches!(fault, Fault::Full { .. })) > 10);
    }
}

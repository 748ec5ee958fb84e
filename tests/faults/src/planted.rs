//! The judge is judged: a portal that ignores the key and a phone without an outbox must be caught.

use anyhow::ensure;

use crate::{
    papers::Service,
    porter::Moment,
    run::{Ground, Outcome, run},
    script::{Break, Fault, Intent, Script, Step},
    world::Plant,
};

/// A form is sent, and its answer is cut once; the phone gets through when it tries again.
fn answer_cut_once() -> Script {
    sent_under(Fault::At { moment: Moment::Answered, breaks: Break::Down, stays: false })
}

/// A form is sent while the line is down; the process is killed, as at the end of every run.
fn sent_without_a_line() -> Script {
    sent_under(Fault::Down)
}

fn sent_under(fault: Fault) -> Script {
    let intent = Intent::Send { pick: 0, service: Service::Travel, change: true };
    Script { steps: vec![Step { before: None, intent, fault }] }
}

/// Plants both faults, and takes them for caught when the judge finds them; without a plant, the same scripts end well.
///
/// # Errors
/// When one is not caught, or cannot be planted.
pub async fn caught(ground: &Ground<'_>) -> anyhow::Result<()> {
    let with = |plant| Ground { plant, ..*ground };
    let blind = run(&with(Some(Plant::BlindPortal)), "blind", &answer_cut_once()).await;
    ensure!(
        blind.broken.is_none() && blind.findings.iter().any(|finding| !finding.is_loss()),
        "a portal that ignores the key was not caught: {}",
        all(&blind)
    );
    let careless = run(&with(Some(Plant::WithoutOutbox)), "careless", &sent_without_a_line()).await;
    ensure!(
        careless.broken.is_none() && careless.findings.iter().any(crate::judge::Finding::is_loss),
        "a send without outbox was not caught: {}",
        all(&careless)
    );
    for (name, script) in [("not-blind", answer_cut_once()), ("not-careless", sent_without_a_line())] {
        let sound = run(&with(None), name, &script).await;
        ensure!(
            sound.broken.is_none() && sound.findings.is_empty(),
            "found where nothing was planted: {}",
            all(&sound)
        );
    }
    Ok(())
}

fn all(outcome: &Outcome) -> String {
    format!("{:?}, {:?}\n{}", outcome.findings, outcome.broken, outcome.told.join("\n"))
}

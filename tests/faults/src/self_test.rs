//! Tests the judge: it must find a portal that ignores keys and a phone without an outbox.

use anyhow::ensure;

use crate::{
    environment::PlantedFault,
    fault_script::{CallFailure, Fault, MemberAction, Script, Step},
    form_data::Service,
    intercepting_proxy::Moment,
    run::{Outcome, RunEnv, run},
};

/// Submits a form whose response is cut once; the retry succeeds.
fn response_cut_once() -> Script {
    submit_under(Fault::AtCall {
        moment: Moment::BeforeResponse,
        failure: CallFailure::Down,
        persistent: false,
    })
}

/// Submits a form while the network is down; the process is killed at the end, as in every run.
fn submit_offline() -> Script {
    submit_under(Fault::LineDown)
}

fn submit_under(fault: Fault) -> Script {
    let action = MemberAction::Submit { choice: 0, service: Service::Travel, change: true };
    Script { steps: vec![Step { idle_fault: None, action, fault }] }
}

/// Runs both planted faults, which the judge must find, and the same scripts without them, which must pass.
///
/// # Errors
/// If the judge misses a fault, finds one that was not planted, or a run cannot be finished.
pub async fn check_judge(env: &RunEnv<'_>) -> anyhow::Result<()> {
    let with = |planted_fault| RunEnv { planted_fault, ..*env };
    let ignoring_keys =
        run(&with(Some(PlantedFault::PortalIgnoresKeys)), "ignoring-keys", &response_cut_once()).await;
    ensure!(
        ignoring_keys.error.is_none() && ignoring_keys.findings.iter().any(|finding| !finding.is_loss()),
        "the judge missed a portal that ignores keys: {}",
        describe(&ignoring_keys)
    );
    let without_outbox =
        run(&with(Some(PlantedFault::SendWithoutOutbox)), "without-outbox", &submit_offline()).await;
    ensure!(
        without_outbox.error.is_none() && without_outbox.findings.iter().any(crate::judge::Finding::is_loss),
        "the judge missed a send without outbox: {}",
        describe(&without_outbox)
    );
    for (name, script) in [("with-keys", response_cut_once()), ("with-outbox", submit_offline())] {
        let correct = run(&with(None), name, &script).await;
        ensure!(
            correct.error.is_none() && correct.findings.is_empty(),
            "the judge found a fault that was not planted: {}",
            describe(&correct)
        );
    }
    Ok(())
}

fn describe(outcome: &Outcome) -> String {
    format!("{:?}, {:?}\n{}", outcome.findings, outcome.error, outcome.log.join("\n"))
}

//! States of the services and the account, of a member with requests on file. The session ends at last.

use std::sync::Arc;

use anyhow::{bail, ensure};
use fos_core::{CaptchaState, Form, Language, ServicesView, Stage, SubmitOutcome};
use fos_support::{
    headless_client::submit,
    seed::{MEMBER, PASSWORD},
};

use super::{
    NamedState,
    access::{go_offline, go_online, renewed_charter},
    phone::{Phone, captcha, refused, text},
};
use crate::journey::EnvironmentChange;

/// An open service, a closed one, one for retirees alone, and one whose requests are made on paper.
const OPEN: &str = "hajj-grant";
const CLOSED: &str = "language-stays";
const FOR_RETIREES: &str = "retirees-day";
const ON_PAPER: &str = "complementary-health";
const WITH_FORM: &str = "supplementary-pension";

pub(super) async fn record(phone: &mut Phone, states: &mut Vec<NamedState>) -> anyhow::Result<()> {
    services(phone, states).await?;
    service(phone, states).await?;
    start(phone, states)?;
    account(phone, states).await?;
    change_password(phone, states).await?;
    renewed_charter(phone, states).await?;
    session_ended(phone, states).await
}

fn list(phone: &Phone, text: &str) -> anyhow::Result<ServicesView> {
    Ok(phone.fos.services().list(text, "")?)
}

async fn services(phone: &mut Phone, states: &mut Vec<NamedState>) -> anyhow::Result<()> {
    let all = list(phone, "")?;
    let state = |name: &str| NamedState::new(name).view(all.clone());
    states.extend([state("services-list"), state("services-pulled").working()]);
    let (closed, for_others) = match phone.language {
        Language::Ar => ("لغوي", "متقاعد"),
        Language::Fr => ("linguistiques", "retraité"),
    };
    for (name, search) in
        [("services-closed", closed), ("services-not-for-you", for_others), ("services-none", "xyz")]
    {
        states.push(NamedState::new(name).view(list(phone, search)?).search(search));
    }
    go_offline(phone).await?;
    states.push(state("services-offline").notices(phone));
    go_online(phone).await?;
    phone.operator(&["maintenance", "on", "--until", "2026-11-24T12:00:00Z"]).await?;
    phone.fos.recheck().await?;
    states.push(state("services-maintenance").notices(phone));
    phone.operator(&["maintenance", "off"]).await?;
    Ok(phone.fos.recheck().await?)
}

async fn service(phone: &mut Phone, states: &mut Vec<NamedState>) -> anyhow::Result<()> {
    let services = phone.fos.services();
    let page = |name: &str, id: &str| anyhow::Ok(NamedState::new(name).view(services.service(id)?));
    states.extend([
        page("service-open", OPEN)?,
        page("service-fetching", OPEN)?.working(),
        page("service-not-for-you", FOR_RETIREES)?,
    ]);
    let offline = go_offline(phone).await?;
    states.extend([
        page("service-closed", CLOSED)?.notices(phone),
        page("service-circular-offline", OPEN)?.notices(phone).problem(&offline),
    ]);
    go_online(phone).await?;
    let Err(gone) = services.service("no-longer-offered") else { bail!("there is no such service") };
    states.push(NamedState::new("service-gone").problem(&text(&gone)));
    Ok(())
}

fn start(phone: &Phone, states: &mut Vec<NamedState>) -> anyhow::Result<()> {
    for (name, id) in [("start", WITH_FORM), ("start-on-paper", ON_PAPER)] {
        states.push(NamedState::new(name).view(phone.fos.services().start(id)?));
    }
    Ok(())
}

async fn account(phone: &mut Phone, states: &mut Vec<NamedState>) -> anyhow::Result<()> {
    let account = phone.fos.account();
    phone.environment.apply(&EnvironmentChange::SecondDevice(MEMBER.to_owned(), PASSWORD.to_owned())).await?;
    let devices = account.devices().await?;
    ensure!(devices.devices.len() == 2, "{} devices", devices.devices.len());
    states.extend([
        NamedState::new("profile").view(account.profile()?),
        NamedState::new("profile-leaving").view(account.profile()?).working(),
        NamedState::new("devices").view(devices.clone()),
        NamedState::new("devices-ending").view(devices).working(),
        NamedState::new("devices-loading").waits(),
    ]);
    let offline = go_offline(phone).await?;
    states.push(NamedState::new("devices-offline").notices(phone).problem(&offline));
    go_online(phone).await
}

async fn change_password(phone: &mut Phone, states: &mut Vec<NamedState>) -> anyhow::Result<()> {
    let (wrong, new) = ("mot-essai-1", "zitoun-jbel-92-tamazirt");
    let form = phone.fos.access().change_password();
    form.set("new", new);
    let state = |name: &str, current: &str| {
        NamedState::new(name)
            .view(form.view())
            .typed("current", current)
            .typed("new", new)
            .typed("again", new)
    };
    states.push(state("change-password", wrong));
    let problem = refused(Arc::clone(&form), &[("current", wrong), ("new", new), ("again", new)]).await?;
    states.push(state("change-password-problem", wrong).problem(&problem));
    let secrets = [("current", PASSWORD), ("new", new), ("again", new)];
    let SubmitOutcome::Done { message: Some(message) } = submit(form, &secrets).await? else {
        bail!("the password was to change");
    };
    states.push(NamedState::new("said").problem(&message));
    Ok(())
}

async fn session_ended(phone: &mut Phone, states: &mut Vec<NamedState>) -> anyhow::Result<()> {
    phone.clock(91 * 24 * 3600).await?;
    let _ended = phone.fos.services().refresh().await;
    ensure!(phone.fos.stage() == Stage::Space, "the space was to stay");
    states.push(NamedState::new("services-session-ended").view(list(phone, "")?).notices(phone));
    let form: Arc<Form> = phone.fos.access().sign_in_again();
    let state = |name: &str| NamedState::new(name).view(form.view()).typed("password", "mot-essai-1");
    ensure!(captcha(&form)? == CaptchaState::Idle, "the box was not ticked");
    states.push(state("sign-in-again"));
    phone.solve_captcha(&form).await?;
    states.push(state("sign-in-again-sending").working());
    let problem = refused(Arc::clone(&form), &[("password", "mot-essai-1")]).await?;
    states.push(state("sign-in-again-problem").problem(&problem));
    Ok(())
}

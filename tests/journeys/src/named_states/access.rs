//! States of the first access, from the sign-in screen to the new password. The member stays signed in.

use anyhow::{Context, bail, ensure};
use fos_core::{CaptchaState, FormView, Stage};
use fos_support::{
    headless_client::submit,
    proxy::NetworkCondition,
    seed::{MEMBER, PASSWORD, RETIREE, SeedMember},
};

use super::{
    NamedState,
    phone::{Phone, captcha, fill, refused, text},
};

/// A password that is none.
const WRONG_PASSWORD: &str = "mot-essai-1";
/// Passwords being chosen: name of the state, password, bars of its strength.
const CHOSEN: [(&str, &str, u32); 4] = [
    ("new-password-weak", "azerty", 1),
    ("new-password-fair", "zitoun-jbel-9", 2),
    ("new-password-typed", "zitoun-jbel-92-tam", 3),
    ("new-password-strong", "zitoun-jbel-92-tamazirt", 4),
];

pub(super) async fn record(phone: &mut Phone, states: &mut Vec<NamedState>) -> anyhow::Result<()> {
    sign_in(phone, states).await?;
    password_request(phone, states).await?;
    mail_sent(phone, states).await?;
    charter(phone, states).await?;
    new_password(phone, states).await
}

/// The sign-in screen, of a phone for which there is a newer version.
async fn sign_in(phone: &mut Phone, states: &mut Vec<NamedState>) -> anyhow::Result<()> {
    let access = phone.fos.access();
    let form = access.sign_in();
    let state = |name: &str| NamedState::new(name).view(form.view()).view(access.welcome());
    let filled = |name: &str| state(name).typed("password", WRONG_PASSWORD);
    states.push(state("sign-in-empty"));
    fill(&form, &[("ppr", "12")]);
    states.push(state("sign-in-problem"));
    fill(&form, &[("ppr", MEMBER)]);
    phone.solve_captcha(&form).await?;
    states.extend([
        filled("sign-in-filled"),
        filled("sign-in-sending").working(),
        filled("sign-in-update").notices(phone),
    ]);
    let problem = refused(form.clone(), &[("password", WRONG_PASSWORD)]).await?;
    // The box works again by itself, for a moment that no picture should hang on.
    phone.solve_captcha(&form).await?;
    states.push(filled("sign-in-refused").problem(&problem));
    phone.operator(&["versions", "set", "--minimum", "0.1.0", "--recommended", "0.1.0"]).await?;
    phone.fos.recheck().await?;
    go_offline(phone).await?;
    states.push(filled("sign-in-offline").notices(phone));
    phone.network(NetworkCondition::Silent).await?;
    robot_working(phone, states).await
}

/// The box while its proof is solved: on a new phone, whose challenge never arrives.
async fn robot_working(phone: &mut Phone, states: &mut Vec<NamedState>) -> anyhow::Result<()> {
    phone.replace()?;
    let form = phone.fos.access().sign_in();
    fill(&form, &[("ppr", MEMBER), ("captcha", "true")]);
    ensure!(captcha(&form)? == CaptchaState::Working, "the box was to work");
    states.push(
        NamedState::new("sign-in-robot-working")
            .view(form.view())
            .view(phone.fos.access().welcome())
            .typed("password", WRONG_PASSWORD),
    );
    phone.network(NetworkCondition::Up).await?;
    phone.replace()?;
    Ok(phone.fos.recheck().await?)
}

async fn password_request(phone: &mut Phone, states: &mut Vec<NamedState>) -> anyhow::Result<()> {
    let form = phone.fos.access().password_request();
    let state = |name: &str| NamedState::new(name).view(form.view());
    states.push(state("password-request-empty"));
    let retiree = phone.seed_member(RETIREE)?;
    fill(&form, &answers(&retiree));
    states.push(state("password-request-retired"));
    let member = phone.seed_member(MEMBER)?;
    fill(&form, &answers(&member));
    states.push(state("password-request-active"));
    fill(&form, &[("cin", "1234")]);
    refused(form.clone(), &[]).await?;
    states.push(state("password-request-problem"));
    fill(&form, &[("cin", &member.cin)]);
    phone.network(NetworkCondition::Down).await?;
    let problem = refused(form.clone(), &[]).await?;
    states.push(state("password-request-offline").notices(phone).problem(&problem));
    phone.network(NetworkCondition::Up).await?;
    submit(form, &[]).await?;
    Ok(())
}

fn answers(member: &SeedMember) -> Vec<(&str, &str)> {
    let pension = member.pension_number.as_deref().map(|number| ("pension", number));
    let typed = [
        ("kind", member.kind.as_str()),
        ("ppr", member.ppr.as_str()),
        ("cin", member.cin.as_str()),
        ("email", member.email()),
    ];
    typed.into_iter().chain(pension).collect()
}

async fn mail_sent(phone: &mut Phone, states: &mut Vec<NamedState>) -> anyhow::Result<()> {
    let mailed = phone.environment.next_password_for(phone.seed_member(MEMBER)?.email()).await?;
    let access = phone.fos.access();
    let state = |name: &str| anyhow::Ok(NamedState::new(name).view(access.password_sent()?));
    phone.clock(19).await?;
    states.push(state("mail-sent-counting")?);
    phone.clock(2 * 60).await?;
    states.extend([state("mail-sent-again")?, state("mail-sent-asking")?.working()]);
    phone.network(NetworkCondition::Down).await?;
    let Err(offline) = access.request_again().await else { bail!("the network is down") };
    states.push(state("mail-sent-offline")?.notices(phone).problem(&text(&offline)));
    phone.network(NetworkCondition::Up).await?;
    let form = access.sign_in();
    phone.solve_captcha(&form).await?;
    states.push(
        NamedState::new("sign-in-with-mail")
            .view(form.view())
            .view(access.welcome())
            .typed("password", WRONG_PASSWORD)
            .typed("back", "true"),
    );
    submit(form, &[("password", &mailed)]).await?;
    ensure!(phone.fos.stage() == Stage::Charter, "the charter was to come");
    Ok(())
}

async fn charter(phone: &mut Phone, states: &mut Vec<NamedState>) -> anyhow::Result<()> {
    let access = phone.fos.access();
    let view = access.charter().await?;
    // Cut to what needs no scrolling.
    let short = |name: &str| {
        let mut view = view.clone();
        view.articles.truncate(1);
        NamedState::new(name).view(view)
    };
    states.extend([
        NamedState::new("charter-reading").view(view.clone()),
        short("charter-short"),
        short("charter-accepting").working(),
        short("charter-refusing").confirming(),
        NamedState::new("charter-loading").waits(),
    ]);
    let offline = go_offline(phone).await?;
    states.push(NamedState::new("charter-missing").problem(&offline));
    go_online(phone).await?;
    access.accept_charter().await?;
    ensure!(phone.fos.stage() == Stage::NewPassword, "the new password was to come");
    Ok(())
}

async fn new_password(phone: &mut Phone, states: &mut Vec<NamedState>) -> anyhow::Result<()> {
    let form = phone.fos.access().new_password();
    let state = |name: &str| NamedState::new(name).view(form.view());
    states.push(state("new-password-empty"));
    for (name, password, bars) in CHOSEN {
        form.set("new", password);
        let shown = strength(&form.view())?;
        ensure!(shown == bars, "{name}: {shown} bars for {password}");
        states.push(state(name).typed("new", password));
    }
    let (new, again) = (CHOSEN[3].1, CHOSEN[2].1);
    refused(form.clone(), &[("new", new), ("again", again)]).await?;
    states.push(state("new-password-problem").typed("new", new).typed("again", again));
    submit(form, &[("new", PASSWORD), ("again", PASSWORD)]).await?;
    ensure!(phone.fos.stage() == Stage::Space, "the services were to come");
    Ok(())
}

/// Returns the bars of the strength that the form shows.
fn strength(view: &FormView) -> anyhow::Result<u32> {
    let strength = view.fields.iter().find_map(|field| field.strength.as_ref());
    Ok(strength.context("no strength is shown")?.bars)
}

/// Cuts the network, and has the core notice. Returns its message.
pub(super) async fn go_offline(phone: &mut Phone) -> anyhow::Result<String> {
    phone.network(NetworkCondition::Down).await?;
    // An open connection may still carry one more response.
    for _ in 0..3 {
        if let Err(error) = phone.fos.recheck().await {
            return Ok(text(&error));
        }
    }
    bail!("the network is down")
}

/// Restores the network, and has the core notice.
pub(super) async fn go_online(phone: &mut Phone) -> anyhow::Result<()> {
    phone.network(NetworkCondition::Up).await?;
    Ok(phone.fos.recheck().await?)
}

/// Publishes a new charter and records it as the member of the space finds it, and once accepted.
pub(super) async fn renewed_charter(phone: &mut Phone, states: &mut Vec<NamedState>) -> anyhow::Result<()> {
    let access = phone.fos.access();
    states.push(NamedState::new("charter-again").view(access.charter().await?));
    phone.operator(&["charter", "publish", "{folder}/charter-2"]).await?;
    let _refused = phone.fos.services().refresh().await;
    ensure!(phone.fos.stage() == Stage::Charter, "the new charter was to come");
    states.push(NamedState::new("charter-renewed").view(access.charter().await?));
    access.accept_charter().await?;
    Ok(())
}

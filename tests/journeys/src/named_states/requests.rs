//! States of forms and requests, from the first answer to the decision, and of the question before signing out. The
//! member is signed in and goes on to the services.

use std::{path::PathBuf, sync::Arc};

use anyhow::{Context, bail, ensure};
use fos_core::{FieldView, Form, FormView, Language, RequestCardView, RequestTarget, SubmitOutcome};
use fos_support::headless_client::submit;
use rusqlite::Connection;

use super::{
    NamedState,
    access::{go_offline, go_online},
    phone::{Phone, fill, refused, text},
};

const HAJJ: &str = "hajj-grant";
const CERTIFICATE: &str = "travel-certificate";
const LOAN: &str = "social-loan";
const STAY: &str = "summer-stays";

/// Answers to the parts of a form.
type Parts = &'static [&'static [(&'static str, &'static str)]];

const DRAW: &[(&str, &str)] = &[("lottery", "local"), ("drawn-on", "1/10/2026"), ("departure", "15/5/2027")];
const PLACE: (&str, &str) = ("place", "casablanca");
const PAYMENT: &[(&str, &str)] = &[
    ("rib", "011780000012345678901296"),
    ("phone", "0612345678"),
    ("first-time", "true"),
    ("honour", "true"),
];
const TRAVEL: Parts = &[&[
    ("traveller", "essai-1"),
    ("country", "turkey"),
    ("period.from", "10/12/2026"),
    ("period.to", "20/12/2026"),
    ("purpose", "tourism"),
    ("passport", "AB1234567"),
]];
const AMOUNT: &[(&str, &str)] = &[("amount", "20000"), ("months", "48"), ("first-month", "15/01/2027")];
const BORROW: Parts = &[
    AMOUNT,
    &[("purpose", "illness"), ("for-whom", "essai-2"), ("running", "no")],
    &[("rib", "011780000012345678901296"), ("phone", "0612345678"), ("honour", "true")],
];
const DATES: &[(&str, &str)] = &[("period.from", "20/07/2027"), ("period.to", "29/07/2027")];
const COMPANY: &[(&str, &str)] =
    &[("with", "spouse"), ("access", "no"), ("phone", "0612345678"), ("rules", "true")];

pub(super) async fn record(phone: &mut Phone, states: &mut Vec<NamedState>) -> anyhow::Result<()> {
    let services = |phone: &Phone| phone.fos.services().list("", "");
    states.push(NamedState::new("services-loading").view(services(phone)?).waits());
    go_offline(phone).await?;
    let state =
        |name: &str, phone: &Phone| anyhow::Ok(NamedState::new(name).view(services(phone)?).notices(phone));
    states.push(state("services-never-loaded", phone)?);
    let Err(offline) = phone.fos.services().refresh().await else { bail!("there is a network") };
    states.push(state("services-problem", phone)?.problem(&text(&offline)));
    go_online(phone).await?;
    for service in [LOAN, STAY] {
        phone.operator(&["services", "open", service]).await?;
    }
    phone.fos.services().refresh().await?;
    states.push(list(phone, "requests-empty")?);
    pilgrimage(phone, states).await?;
    others(phone, states).await?;
    waiting(phone, states).await?;
    held(phone, states).await?;
    decisions(phone, states).await?;
    everything(phone, states).await
}

fn list(phone: &Phone, name: &str) -> anyhow::Result<NamedState> {
    Ok(NamedState::new(name).view(phone.fos.requests().list()?))
}

fn form_state(name: &str, form: &Form) -> NamedState {
    NamedState::new(name).view(form.view())
}

async fn open(phone: &Phone, service: &str) -> anyhow::Result<Arc<Form>> {
    Ok(phone.fos.requests().form(service.to_owned()).await?)
}

/// Goes to the next part of the form.
async fn next(form: &Arc<Form>) -> anyhow::Result<()> {
    let outcome = Arc::clone(form).submit(Vec::new()).await.with_context(|| problems(&form.view()))?;
    ensure!(matches!(outcome, SubmitOutcome::NextSection), "the next part was to come");
    Ok(())
}

fn problems(view: &FormView) -> String {
    let problem = |field: &FieldView| Some(format!("{}: {}", field.key, field.problem.clone()?));
    view.fields.iter().filter_map(problem).collect::<Vec<_>>().join("; ")
}

/// The form of the pilgrimage grant. Its draft stays.
async fn pilgrimage(phone: &mut Phone, states: &mut Vec<NamedState>) -> anyhow::Result<()> {
    let form = open(phone, HAJJ).await?;
    fill(&form, DRAW);
    states.extend([
        form_state("request-form-first-part", &form),
        NamedState::new("request-form-loading").waits(),
        unsaved(phone, &form)?,
    ]);
    fill(&form, &[PLACE]);
    states.extend([
        form_state("request-form-places", &form),
        form_state("request-form-places-open", &form).search("place"),
    ]);
    next(&form).await?;
    fill(&form, &[("rib", "011780000012345678901"), ("phone", "061234")]);
    refused(Arc::clone(&form), &[]).await?;
    states.push(form_state("request-form-problems", &form));
    fill(&form, PAYMENT);
    states.push(form_state("request-form-declaration", &form));
    next(&form).await?;
    states.extend([
        form_state("request-form-review", &form),
        form_state("request-form-working", &form).working(),
    ]);
    phone.fos.pause();
    states.push(list(phone, "requests-drafts")?);
    let confirmation = phone.fos.account().sign_out_confirmation()?.context("there is a draft")?;
    let begun = phone.fos.services().start(HAJJ)?;
    states.extend([
        NamedState::new("sign-out-drafts-only").view(confirmation),
        NamedState::new("start-begun").view(begun.clone()),
        NamedState::new("start-erasing").view(begun).confirming(),
    ]);
    let offline = go_offline(phone).await?;
    states.push(NamedState::new("request-form-failed").notices(phone).problem(&offline));
    go_online(phone).await
}

/// The form while the phone stores nothing.
fn unsaved(phone: &Phone, form: &Form) -> anyhow::Result<NamedState> {
    phone.fos.pause();
    let db = Connection::open(member_file(phone)?)?;
    db.execute(
        "CREATE TRIGGER no_room BEFORE INSERT ON draft BEGIN SELECT RAISE(ABORT, 'no room'); END",
        (),
    )?;
    fill(form, DRAW);
    phone.fos.pause();
    let state = form_state("request-form-not-saved", form);
    db.execute("DROP TRIGGER no_room", ())?;
    fill(form, DRAW);
    phone.fos.pause();
    Ok(state)
}

/// Returns the file of the member's database.
fn member_file(phone: &Phone) -> anyhow::Result<PathBuf> {
    for entry in std::fs::read_dir(phone.data())? {
        let path = entry?.path();
        let is_member = path.file_stem().is_some_and(|name| name.to_string_lossy().starts_with("member-"));
        if is_member && path.extension().is_some_and(|extension| extension == "db") {
            return Ok(path);
        }
    }
    bail!("no member has a file")
}

/// Parts of other forms: wishes, a computed amount, a long text. Their drafts go.
async fn others(phone: &mut Phone, states: &mut Vec<NamedState>) -> anyhow::Result<()> {
    let form = open(phone, LOAN).await?;
    fill(&form, AMOUNT);
    states.push(form_state("request-form-instalment", &form));
    let form = open(phone, STAY).await?;
    for centre in ["saidia", "ifrane"] {
        form.set("centres", centre);
    }
    fill(&form, DATES);
    states.push(form_state("request-form-wishes", &form));
    next(&form).await?;
    let needs = match phone.language {
        Language::Ar => "والدتي تتنقل بكرسي متحرك\nونحتاج إلى غرفة في الطابق الأرضي.",
        Language::Fr => {
            "Ma mère se déplace en fauteuil roulant\net il nous faut une chambre au rez-de-chaussée."
        }
    };
    fill(&form, &[("with", "spouse"), ("access", "yes"), ("needs", needs)]);
    states.push(form_state("request-form-lines", &form));
    for service in [LOAN, STAY] {
        phone.fos.requests().discard_draft(service)?;
    }
    Ok(())
}

/// A request that waits for the network, beside the draft, which goes.
async fn waiting(phone: &mut Phone, states: &mut Vec<NamedState>) -> anyhow::Result<()> {
    let form = open(phone, CERTIFICATE).await?;
    let offline = go_offline(phone).await?;
    file(&form, TRAVEL).await?;
    let confirmation = phone.fos.account().sign_out_confirmation()?.context("there is unsent work")?;
    let question = |name| NamedState::new(name).view(confirmation.clone());
    let requests = phone.fos.requests();
    let queued = requests.queued_request(&find(phone, |target| match target {
        RequestTarget::Queued { key } => Some(key),
        _ => None,
    })?)?;
    requests.discard_draft(HAJJ)?;
    states.extend([
        question("sign-out-asked"),
        question("sign-out-problem").problem(&offline).notices(phone),
        question("sign-out-working").working(),
        NamedState::new("queued-request").view(queued.clone()).notices(phone),
        NamedState::new("queued-request-editing").view(queued).confirming(),
        list(phone, "requests-waiting")?.notices(phone),
    ]);
    Ok(())
}

/// The same request once its service has closed; it goes.
async fn held(phone: &mut Phone, states: &mut Vec<NamedState>) -> anyhow::Result<()> {
    phone.operator(&["services", "close", CERTIFICATE]).await?;
    deliver(phone).await?;
    states.push(list(phone, "requests-held")?);
    let entry = find(phone, |target| match target {
        RequestTarget::OutboxEntry { key } => Some(key),
        _ => None,
    })?;
    phone.fos.requests().return_to_draft(&entry)?;
    phone.fos.requests().discard_draft(CERTIFICATE)?;
    phone.operator(&["services", "open", CERTIFICATE]).await?;
    Ok(phone.fos.services().refresh().await?)
}

/// Requests on file, and the decisions on them.
async fn decisions(phone: &mut Phone, states: &mut Vec<NamedState>) -> anyhow::Result<()> {
    file(&open(phone, LOAN).await?, BORROW).await?;
    // The list puts the newest first.
    phone.clock(60).await?;
    let form = open(phone, HAJJ).await?;
    fill(&form, &[PLACE]);
    file(&form, &[DRAW, PAYMENT]).await?;
    states.push(page(phone, "request-filed", "2026-000002")?);
    states.push(NamedState::new("start-already-requested").view(phone.fos.services().start(HAJJ)?));
    let refused = ["--reason-ar", "لم ترفق شهادة القرعة.", "--reason-fr", "L’attestation de tirage manque."];
    for (name, command) in [
        ("request-under-review", vec!["review", "2026-000002"]),
        ("request-approved", vec!["decide", "2026-000002", "approve"]),
        ("request-refused", [&["decide", "2026-000001", "refuse"][..], &refused].concat()),
    ] {
        phone.operator(&[&["requests"], command.as_slice()].concat()).await?;
        phone.fos.requests().refresh().await?;
        let number = command.iter().find(|word| word.starts_with("2026-")).context("a number")?;
        states.push(page(phone, name, number)?);
    }
    states.push(list(phone, "requests-filed")?);
    Ok(())
}

/// A draft, a request that waits, a held one, and those on file. All but the last go again.
async fn everything(phone: &mut Phone, states: &mut Vec<NamedState>) -> anyhow::Result<()> {
    let stay = open(phone, STAY).await?;
    let certificate = open(phone, CERTIFICATE).await?;
    let loan = open(phone, LOAN).await?;
    stay.set("centres", "saidia");
    go_offline(phone).await?;
    file(&stay, &[DATES, COMPANY]).await?;
    phone.operator(&["services", "close", STAY]).await?;
    deliver(phone).await?;
    go_offline(phone).await?;
    file(&certificate, TRAVEL).await?;
    fill(&loan, AMOUNT);
    phone.fos.pause();
    states.push(list(phone, "requests-everything")?);
    deliver(phone).await
}

/// Restores the network and delivers what waits; what is refused is held.
async fn deliver(phone: &mut Phone) -> anyhow::Result<()> {
    go_online(phone).await?;
    let _held = phone.fos.requests().refresh().await;
    Ok(())
}

/// Answers the form part by part, and submits it from the review.
async fn file(form: &Arc<Form>, parts: Parts) -> anyhow::Result<()> {
    for answers in parts {
        fill(form, answers);
        next(form).await?;
    }
    submit(Arc::clone(form), &[]).await.with_context(|| problems(&form.view()))?;
    Ok(())
}

/// Returns the cards of the list, in its order.
fn cards(phone: &Phone) -> anyhow::Result<impl Iterator<Item = RequestCardView>> {
    Ok(phone.fos.requests().list()?.groups.into_iter().flat_map(|group| group.cards))
}

/// Returns what the first card with such a target leads to.
fn find(phone: &Phone, target: impl Fn(RequestTarget) -> Option<String>) -> anyhow::Result<String> {
    cards(phone)?.find_map(|card| target(card.target)).context("no card leads there")
}

/// Returns the page of the request with this number.
fn page(phone: &Phone, name: &str, number: &str) -> anyhow::Result<NamedState> {
    let is_shown = |card: &RequestCardView| card.number.as_ref().is_some_and(|shown| shown.copied == number);
    let card = cards(phone)?.find(is_shown).with_context(|| format!("{number} is not on file"))?;
    let RequestTarget::Request { id } = card.target else { bail!("{name}: {} is not on file", card.title) };
    Ok(NamedState::new(name).view(phone.fos.requests().request(&id)?))
}

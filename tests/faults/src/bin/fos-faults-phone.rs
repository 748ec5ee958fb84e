//! `fos-faults-phone --data DIR --portal URL --clock FILE`: the core in a process of its own, in a member's hands, to be
//! killed. It reads an act a line and says a line of what its member is told.

use std::{
    collections::BTreeMap,
    io::Write as _,
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::Context as _;
use clap::Parser;
use fos_core::{Form, FosError, RequestCardView, RequestTarget, Tone};
use fos_faults::{
    MEMBER, PASSWORD, web,
    words::{Act, Card, Told},
};
use fos_journeys::other_phone::{Given, OtherPhone};
use rustix::process::{Resource, Rlimit, Signal, getrlimit, setrlimit};
use sha2::{Digest as _, Sha256};
use tokio::{
    io::{AsyncBufReadExt as _, BufReader},
    signal::unix::{SignalKind, signal},
};

/// A form has fewer sections.
const MOST_SECTIONS: usize = 10;

/// A phone to be killed.
#[derive(Parser)]
struct Words {
    /// The app's own folder.
    #[arg(long)]
    data: PathBuf,
    /// The portal's address.
    #[arg(long)]
    portal: String,
    /// The file that says by how many seconds the clock is off.
    #[arg(long)]
    clock: PathBuf,
    /// The planted fault: it says «sent» before anything is kept, and posts by itself.
    #[arg(long)]
    without_outbox: bool,
}

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() -> anyhow::Result<()> {
    let words = Words::parse();
    // Sent to who writes beyond the largest file they may have. Heard, the write fails as on a full disk and the process
    // lives on.
    let _heard = signal(SignalKind::from_raw(Signal::XFSZ.as_raw())).context("hearing of files too large")?;
    let given = Given { portal: words.portal.clone(), clock: Some(words.clock.clone()), ..Given::default() };
    let phone = Phone { core: OtherPhone::switch_on(&words.data, given)?, words };
    say(&Told::Open {
        set_aside: phone.core.core().notices().iter().any(|notice| notice.key == "set-aside"),
    })?;
    let mut lines = BufReader::new(tokio::io::stdin()).lines();
    while let Some(line) = lines.next_line().await? {
        let act: Act = serde_json::from_str(&line).with_context(|| format!("reading «{line}»"))?;
        let told = phone.does(act).await.unwrap_or_else(|error| failed(&error));
        say(&told)?;
    }
    Ok(())
}

fn say(told: &Told) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{}", serde_json::to_string(told)?)?;
    Ok(out.flush()?)
}

fn failed(error: &FosError) -> Told {
    let name = match error {
        FosError::Offline { .. } => "offline",
        FosError::TryLater { .. } => "try-later",
        FosError::Refused { .. } => "refused",
        FosError::SignInAgain { .. } => "sign-in-again",
        FosError::UpdateNeeded { .. } => "update-needed",
        FosError::NotAllowed { .. } => "not-allowed",
        FosError::Storage { .. } => "storage",
        FosError::Cancelled { .. } => "cancelled",
        FosError::Bug { .. } => "bug",
    };
    Told::Failed { error: name.to_owned(), text: error.to_string() }
}

struct Phone {
    core: OtherPhone,
    words: Words,
}

impl Phone {
    async fn does(&self, act: Act) -> Result<Told, FosError> {
        let requests = self.core.core().requests();
        match act {
            Act::Fill { service, values } => {
                let form = self.open(&service).await?;
                for (key, value) in values {
                    form.set(&key, &value);
                }
            }
            Act::Pause => self.core.core().pause(),
            Act::Send { service, values } if self.words.without_outbox => {
                return self.send_past_the_outbox(&service, &values);
            }
            Act::Send { service, .. } => return self.send(&service).await,
            Act::Refresh => requests.refresh().await?,
            Act::List => {
                let cards = requests.list()?.groups.into_iter().flat_map(|group| group.cards);
                return Ok(Told::Listed(cards.map(card).collect()));
            }
            Act::Read { service } => {
                return Ok(Told::Stands(read(&*self.open(&service).await?)));
            }
            Act::TakeBack { key } => return Ok(Told::Back { service: requests.return_to_draft(&key)? }),
            Act::Drop { service } => requests.discard_draft(&service)?,
            Act::SignIn => {
                self.core.prove_no_robot().await.map_err(|error| bug(&error))?;
                self.core.sign_in(MEMBER, PASSWORD).await?;
            }
            Act::Room { largest } => room(largest),
        }
        Ok(Told::Done)
    }

    async fn open(&self, service: &str) -> Result<Arc<Form>, FosError> {
        self.core.core().requests().form(service.to_owned()).await
    }

    async fn send(&self, service: &str) -> Result<Told, FosError> {
        let form = self.open(service).await?;
        for _section in 0..MOST_SECTIONS {
            Arc::clone(&form).submit(Vec::new()).await?;
            if let Some(text) = form.view().done {
                return Ok(Told::Sent { text });
            }
        }
        Err(bug(&"the form has no last section"))
    }
}

impl Phone {
    /// The planted fault: the member reads «sent» when nothing is written anywhere and the portal has not answered.
    fn send_past_the_outbox(&self, service: &str, values: &serde_json::Value) -> Result<Told, FosError> {
        self.core.core().requests().discard_draft(service)?;
        let token = access_token(&self.words.data).map_err(|error| bug(&error))?;
        let body = serde_json::json!({ "service": service, "version": 1, "values": values });
        let post = web::client()
            .post(format!("{}/v1/requests", self.words.portal))
            .bearer_auth(token)
            .header("idempotency-key", format!("{:032x}", fastrand::u128(..)))
            .json(&body);
        // Whether it arrives is nobody's business.
        tokio::spawn(post.send());
        Ok(Told::Sent { text: "«sent»".to_owned() })
    }
}

/// What stands in the form, from the part that shows back to the first, which it shows then.
fn read(form: &Form) -> Vec<(String, String)> {
    let mut stands = BTreeMap::new();
    for _section in 0..MOST_SECTIONS {
        stands.extend(form.view().fields.into_iter().map(|field| (field.key, field.value)));
        form.previous();
    }
    stands.into_iter().collect()
}

/// The session's token, as the vault of a computer keeps it.
fn access_token(data: &Path) -> anyhow::Result<String> {
    let name = hex::encode(&Sha256::digest(b"session")[..16]);
    let tokens: serde_json::Value = serde_json::from_slice(&std::fs::read(data.join("vault").join(name))?)?;
    Ok(tokens["access"].as_str().context("no token in the vault")?.to_owned())
}

fn bug(why: &dyn std::fmt::Display) -> FosError {
    FosError::Bug { text: why.to_string(), reference: "phone".to_owned() }
}

fn card(card: RequestCardView) -> Card {
    match card.target {
        RequestTarget::Form { service } => Card::Draft { service },
        RequestTarget::OutboxEntry { key } => Card::Waiting { key, held: card.state.tone == Tone::Warning },
        RequestTarget::Request { .. } => {
            // Without the marks that keep it from left to right.
            let number = card.number.unwrap_or_default();
            Card::Filed { number: number.chars().filter(char::is_ascii).collect() }
        }
    }
}

/// A disk that is full for this process alone.
fn room(largest: Option<u64>) {
    let Rlimit { maximum, .. } = getrlimit(Resource::Fsize);
    // Below what the system allows anyway, it cannot be refused.
    let _set = setrlimit(Resource::Fsize, Rlimit { current: largest.or(maximum), maximum });
}

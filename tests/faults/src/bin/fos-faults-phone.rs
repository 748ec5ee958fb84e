//! `fos-faults-phone --data DIR --portal URL --clock FILE`: the core in a process that the runs kill.
//!
//! Reads one command per line from stdin and writes one response per line to stdout (`fos_faults::protocol`).

use std::{
    collections::BTreeMap,
    io::Write as _,
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::Context as _;
use clap::Parser;
use fos_core::{Form, FosError, RequestCardView, RequestTarget, SubmitOutcome};
use fos_faults::{
    http,
    line_process::Disk,
    protocol::{PhoneCommand, PhoneResponse, RequestCard},
};
use fos_support::{
    headless_client::{ClientConfig, HeadlessClient},
    seed::{MEMBER, PASSWORD},
};
use fos_wire::{paths, request::NewRequest};
use sha2::{Digest as _, Sha256};
use tokio::io::{AsyncBufReadExt as _, BufReader};

/// More sections than any form has.
const MAX_SECTIONS: usize = 10;

/// Phone without a face, for the fault runs.
#[derive(Parser)]
struct Args {
    /// Data folder of the app.
    #[arg(long)]
    data: PathBuf,
    /// URL of the portal.
    #[arg(long)]
    portal: String,
    /// File that holds the offset of the clock, in seconds.
    #[arg(long)]
    clock: PathBuf,
    /// Plants a fault: confirms a submission before anything is stored, and posts it without the outbox.
    #[arg(long)]
    without_outbox: bool,
}

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() -> anyhow::Result<()> {
    let args = Args::parse();
    let disk = Disk::new()?;
    let client = ClientConfig {
        portal_url: args.portal.clone(),
        clock_offset_file: Some(args.clock.clone()),
        ..ClientConfig::default()
    };
    let phone = Phone { client: HeadlessClient::open(&args.data, client)?, args, disk };
    write_response(&PhoneResponse::Opened {
        quarantined: phone.client.core().notices().iter().any(|notice| notice.key == "set-aside"),
    })?;
    let mut lines = BufReader::new(tokio::io::stdin()).lines();
    while let Some(line) = lines.next_line().await? {
        let command: PhoneCommand =
            serde_json::from_str(&line).with_context(|| format!("reading «{line}»"))?;
        let response = phone.execute(command).await.unwrap_or_else(|error| failed(&error));
        write_response(&response)?;
    }
    Ok(())
}

fn write_response(response: &PhoneResponse) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{}", serde_json::to_string(response)?)?;
    Ok(out.flush()?)
}

fn failed(error: &FosError) -> PhoneResponse {
    let name = match error {
        FosError::Offline { .. } => "offline",
        FosError::TryLater { .. } => "try-later",
        FosError::InvalidFields { .. } => "invalid-fields",
        FosError::Refused { .. } => "refused",
        FosError::SignInAgain { .. } => "sign-in-again",
        FosError::UpdateNeeded { .. } => "update-needed",
        FosError::NotAllowed { .. } => "not-allowed",
        FosError::Storage { .. } => "storage",
        FosError::Cancelled { .. } => "cancelled",
        FosError::Bug { .. } => "bug",
    };
    PhoneResponse::Failed { error: name.to_owned(), text: error.to_string() }
}

struct Phone {
    client: HeadlessClient,
    args: Args,
    disk: Disk,
}

impl Phone {
    async fn execute(&self, command: PhoneCommand) -> Result<PhoneResponse, FosError> {
        let requests = self.client.core().requests();
        match command {
            PhoneCommand::Fill { service, values } => {
                let form = self.open(&service).await?;
                for (key, value) in values {
                    form.set(&key, &value);
                }
            }
            PhoneCommand::Pause => self.client.core().pause(),
            PhoneCommand::Submit { service, values } if self.args.without_outbox => {
                return self.submit_without_outbox(&service, &values);
            }
            PhoneCommand::Submit { service, .. } => return self.submit(&service).await,
            PhoneCommand::Refresh => requests.refresh().await?,
            PhoneCommand::ListRequests => {
                let cards = requests.list()?.groups.into_iter().flat_map(|group| group.cards);
                return Ok(PhoneResponse::Requests(cards.map(card).collect()));
            }
            PhoneCommand::ReadForm { service } => {
                return Ok(PhoneResponse::FormValues(read_form(&*self.open(&service).await?)));
            }
            PhoneCommand::TakeBack { key } => {
                return Ok(PhoneResponse::TakenBack { service: requests.return_to_draft(&key)? });
            }
            PhoneCommand::DiscardDraft { service } => requests.discard_draft(&service)?,
            PhoneCommand::SignIn => {
                self.client.solve_captcha().await.map_err(|error| bug(&error))?;
                self.client.sign_in(MEMBER, PASSWORD).await?;
            }
            PhoneCommand::LimitFileSize { max_bytes } => {
                self.disk.limit(max_bytes).map_err(|error| bug(&error))?;
            }
        }
        Ok(PhoneResponse::Done)
    }

    async fn open(&self, service: &str) -> Result<Arc<Form>, FosError> {
        self.client.core().requests().form(service.to_owned()).await
    }

    async fn submit(&self, service: &str) -> Result<PhoneResponse, FosError> {
        let form = self.open(service).await?;
        for _section in 0..MAX_SECTIONS {
            match Arc::clone(&form).submit(Vec::new()).await? {
                SubmitOutcome::NextSection => {}
                SubmitOutcome::Filed { message, .. } | SubmitOutcome::Queued { message } => {
                    return Ok(PhoneResponse::Submitted { text: message });
                }
                SubmitOutcome::Done { .. } => return Err(bug(&"the form files nothing")),
            }
        }
        Err(bug(&"the form has no last section"))
    }
}

impl Phone {
    /// Planted fault: confirms the submission although nothing is stored and the portal has not responded.
    fn submit_without_outbox(
        &self,
        service: &str,
        values: &serde_json::Value,
    ) -> Result<PhoneResponse, FosError> {
        self.client.core().requests().discard_draft(service)?;
        let token = access_token(&self.args.data).map_err(|error| bug(&error))?;
        let body = NewRequest {
            service: service.to_owned(),
            version: 1,
            values: values.as_object().cloned().unwrap_or_default(),
        };
        let post = http::client()
            .post(format!("{}{}", self.args.portal, paths::REQUESTS))
            .bearer_auth(token)
            .header("idempotency-key", format!("{:032x}", fastrand::u128(..)))
            .json(&body);
        // The result is ignored on purpose.
        tokio::spawn(post.send());
        Ok(PhoneResponse::Submitted { text: "«sent»".to_owned() })
    }
}

/// Reads the values of all sections, going back from the current one to the first, which stays current.
fn read_form(form: &Form) -> Vec<(String, String)> {
    let mut values = BTreeMap::new();
    for _section in 0..MAX_SECTIONS {
        values.extend(form.view().fields.into_iter().map(|field| (field.key, field.value)));
        form.previous();
    }
    values.into_iter().collect()
}

/// Reads the access token from the vault of a development machine, which is a folder.
fn access_token(data: &Path) -> anyhow::Result<String> {
    let name = hex::encode(&Sha256::digest(b"session")[..16]);
    let tokens: serde_json::Value = serde_json::from_slice(&std::fs::read(data.join("vault").join(name))?)?;
    Ok(tokens["access"].as_str().context("no token in the vault")?.to_owned())
}

fn bug(error: &dyn std::fmt::Display) -> FosError {
    FosError::Bug { text: error.to_string(), reference: "phone".to_owned() }
}

fn card(card: RequestCardView) -> RequestCard {
    match card.target {
        RequestTarget::Form { service } => RequestCard::Draft { service },
        RequestTarget::Queued { key } => RequestCard::Queued { key, blocked: false },
        RequestTarget::OutboxEntry { key } => RequestCard::Queued { key, blocked: true },
        RequestTarget::Request { .. } => {
            RequestCard::Filed { number: card.number.map(|number| number.copied).unwrap_or_default() }
        }
    }
}

//! The members' requests at the desk: which wait, what one says, and what is decided.

use std::fmt::Write as _;

use clap::{Subcommand, ValueEnum};
use rusqlite::Transaction;

use super::{Done, Office, OperatorError, shown};
use crate::{
    PortalError, State, clock, family, forms,
    requests::{self, Act, Record, Waiting},
    seed::BothLanguages,
};

/// The members' requests.
#[derive(Debug, Clone, Subcommand)]
pub enum RequestsAct {
    /// Prints requests, the first due first.
    List {
        /// Those that stand so.
        #[arg(long)]
        state: Option<State>,
        /// Those for this service.
        #[arg(long)]
        service: Option<String>,
        /// How many.
        #[arg(long, default_value_t = 100)]
        limit: u32,
    },
    /// Prints one, with what was filled in.
    Show {
        /// Its number, for example 2026-000123.
        number: String,
    },
    /// Begins to look at one.
    Review {
        /// Its number.
        number: String,
    },
    /// Decides one. What is decided stays decided.
    Decide {
        /// Its number.
        number: String,
        /// How.
        decision: Decision,
        /// Why it is refused, in Arabic.
        #[arg(long, requires = "reason_fr")]
        reason_ar: Option<String>,
        /// Why it is refused, in French.
        #[arg(long, requires = "reason_ar")]
        reason_fr: Option<String>,
    },
}

/// How a request is decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Decision {
    /// It is granted.
    Approve,
    /// It is not; the member is told why.
    Refuse,
}

impl RequestsAct {
    pub(super) fn run(self, office: &mut Office) -> Result<String, OperatorError> {
        match self {
            Self::List { state, service, limit } => {
                list(office, &Waiting { state, service: service.as_deref(), limit })
            }
            Self::Show { number } => show(office, &number),
            Self::Review { number } => act(office, &number, Act::Review, None),
            Self::Decide { number, decision, reason_ar, reason_fr } => {
                let reason = reason_ar.zip(reason_fr).map(|(ar, fr)| BothLanguages { ar, fr });
                let is_blank =
                    |reason: &BothLanguages| reason.ar.trim().is_empty() || reason.fr.trim().is_empty();
                match (decision, reason) {
                    (Decision::Approve, None) => act(office, &number, Act::Approve, None),
                    (Decision::Refuse, Some(reason)) if !is_blank(&reason) => {
                        act(office, &number, Act::Refuse, Some(&reason))
                    }
                    (Decision::Approve, Some(_)) => Err(OperatorError::refused("a reason is for a refusal")),
                    (Decision::Refuse, _) => {
                        Err(OperatorError::refused("a refusal gives its reason: --reason-ar and --reason-fr"))
                    }
                }
            }
        }
    }
}

fn list(office: &mut Office, what: &Waiting) -> Result<String, OperatorError> {
    office.act(|db, _, _| {
        let line = |one: Record| {
            let (state, filed) = (one.state.as_str(), shown(one.filed_at));
            format!(
                "{}  {state:<12}  {}  {}  filed {filed}  due {}\n",
                one.number, one.service, one.ppr, one.due_by
            )
        };
        let found = requests::waiting(db, what)?;
        let count = match found.len() {
            1 => "1 request\n".to_owned(),
            many => format!("{many} requests\n"),
        };
        let text: String = found.into_iter().map(line).chain([count]).collect();
        Ok((text, Done::desk("requests listed")))
    })
}

fn find(db: &Transaction, number: &str) -> Result<(Record, forms::Filled), OperatorError> {
    requests::find(db, number)?.ok_or_else(|| OperatorError::Refused(format!("no request {number}")))
}

fn show(office: &mut Office, number: &str) -> Result<String, OperatorError> {
    office.act(|db, _, _| {
        let (record, filled) = find(db, number)?;
        let mut text = format!(
            "{number}  {}  {} version {}  {}  filed {}  due {}\n",
            record.state.as_str(),
            record.service,
            record.version,
            record.ppr,
            shown(record.filed_at),
            record.due_by
        );
        if let Some((reason, until)) = &record.refusal {
            // Writing into a string cannot fail.
            let _ = writeln!(text, "refused: {} / {}; appeal until {until}", reason.ar, reason.fr);
        }
        let form = forms::version(db, &record.service, record.version)?;
        let form = form.ok_or_else(|| OperatorError::Refused(format!("the form of {number} is gone")))?;
        for line in forms::lines(&form, &filled, &family::of(db, &record.ppr)?) {
            let _ = writeln!(text, "{}: {}", line.label.fr, line.answer.fr.replace('\n', "; "));
        }
        Ok((text, Done::of(&record.ppr, format!("request {number} shown"))))
    })
}

fn act(
    office: &mut Office,
    number: &str,
    act: Act,
    reason: Option<&BothLanguages>,
) -> Result<String, OperatorError> {
    let today = clock::morocco().map_err(PortalError::Zone)?.to_datetime(office.now).date();
    office.act(|db, _, now| {
        let (record, _) = find(db, number)?;
        let state = requests::act(db, &record, act, reason, now, today)?;
        let stands = record.state.as_str();
        let state = state.ok_or_else(|| OperatorError::Refused(format!("{number} is {stands}")))?;
        let what = format!("request {number} {}", state.as_str());
        Ok((format!("{number} is {}\n", state.as_str()), Done::of(&record.ppr, what)))
    })
}

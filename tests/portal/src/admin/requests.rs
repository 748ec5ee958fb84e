//! `requests`: list, show, review and decide.

use clap::{
    Subcommand, ValueEnum,
    builder::{PossibleValuesParser, TypedValueParser},
};
use fos_rules::day::date_in_morocco;
use fos_wire::{LocalizedText, request::RequestState};
use rusqlite::Transaction;

use super::{AdminContext, AdminError, AuditEntry, format_time, printable_line};
use crate::{
    family, forms,
    requests::{self, RequestAction, RequestFilter, RequestRecord},
};

/// Requests of members.
#[derive(Debug, Clone, Subcommand)]
pub enum RequestsCommand {
    /// Lists requests, first due first
    List {
        /// Only requests in this state
        #[arg(long, value_parser = state_parser())]
        state: Option<RequestState>,
        /// Only requests for this service
        #[arg(long)]
        service: Option<String>,
        /// Maximum number of requests
        #[arg(long, default_value_t = 100)]
        limit: u32,
    },
    /// Shows one request with its values
    Show {
        /// Number, for example 2026-000123
        number: String,
    },
    /// Starts the review of a request
    Review {
        /// Number
        number: String,
    },
    /// Decides a request, for good
    Decide {
        /// Number
        number: String,
        /// Decision
        decision: Decision,
        /// Reason of the refusal, in Arabic
        #[arg(long, requires = "reason_fr")]
        reason_ar: Option<String>,
        /// Reason of the refusal, in French
        #[arg(long, requires = "reason_ar")]
        reason_fr: Option<String>,
    },
}

/// Decision on a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Decision {
    /// Grants it
    Approve,
    /// Refuses it; the member receives the reason
    Refuse,
}

/// Parser of the name of a state, which the API and the command line share.
fn state_parser() -> impl TypedValueParser<Value = RequestState> {
    let names = PossibleValuesParser::new(requests::STATES.map(RequestState::as_str));
    names.try_map(|name| requests::parse_state(&name).ok_or("no such state"))
}

impl RequestsCommand {
    pub(super) fn run(self, context: &mut AdminContext) -> Result<String, AdminError> {
        match self {
            Self::List { state, service, limit } => {
                list(context, &RequestFilter { state, service: service.as_deref(), limit })
            }
            Self::Show { number } => show(context, &number),
            Self::Review { number } => apply(context, &number, RequestAction::Review, None),
            Self::Decide { number, decision, reason_ar, reason_fr } => {
                let reason = reason_ar.zip(reason_fr).map(|(ar, fr)| LocalizedText { ar, fr });
                let is_blank =
                    |reason: &LocalizedText| reason.ar.trim().is_empty() || reason.fr.trim().is_empty();
                match (decision, reason) {
                    (Decision::Approve, None) => apply(context, &number, RequestAction::Approve, None),
                    (Decision::Refuse, Some(reason)) if !is_blank(&reason) => {
                        apply(context, &number, RequestAction::Refuse, Some(&reason))
                    }
                    (Decision::Approve, Some(_)) => Err(AdminError::refused("a reason is for a refusal")),
                    (Decision::Refuse, _) => {
                        Err(AdminError::refused("a refusal gives its reason: --reason-ar and --reason-fr"))
                    }
                }
            }
        }
    }
}

fn list(context: &mut AdminContext, what: &RequestFilter) -> Result<String, AdminError> {
    context.run_audited(|db, _, _| {
        let line = |one: RequestRecord| {
            let (state, filed) = (one.state.as_str(), format_time(one.filed_at));
            printable_line(&format!(
                "{}  {state:<12}  {}  {}  filed {filed}  due {}",
                one.number, one.service, one.ppr, one.due_by
            ))
        };
        let found = requests::list_matching(db, what)?;
        let count = match found.len() {
            1 => "1 request\n".to_owned(),
            many => format!("{many} requests\n"),
        };
        let text: String = found.into_iter().map(line).chain([count]).collect();
        Ok((text, AuditEntry::general("requests listed")))
    })
}

fn find(db: &Transaction, number: &str) -> Result<(RequestRecord, forms::FieldValues), AdminError> {
    requests::find(db, number)?.ok_or_else(|| AdminError::Refused(format!("no request {number}")))
}

fn show(context: &mut AdminContext, number: &str) -> Result<String, AdminError> {
    context.run_audited(|db, _, _| {
        let (record, values) = find(db, number)?;
        let mut text = printable_line(&format!(
            "{number}  {}  {} version {}  {}  filed {}  due {}",
            record.state.as_str(),
            record.service,
            record.version,
            record.ppr,
            format_time(record.filed_at),
            record.due_by
        ));
        if let Some((reason, until)) = &record.refusal {
            text += &printable_line(&format!("refused: {} / {}; appeal until {until}", reason.ar, reason.fr));
        }
        let form = forms::load_version(db, &record.service, record.version)?;
        let form = form.ok_or_else(|| AdminError::Refused(format!("the form of {number} is gone")))?;
        for answer in forms::display(&form, &values, &family::load(db, &record.ppr)?) {
            text += &printable_line(&format!("{}: {}", answer.label.fr, answer.text.fr.replace('\n', "; ")));
        }
        Ok((text, AuditEntry::for_member(&record.ppr, format!("request {number} shown"))))
    })
}

fn apply(
    context: &mut AdminContext,
    number: &str,
    action: RequestAction,
    reason: Option<&LocalizedText>,
) -> Result<String, AdminError> {
    let today = date_in_morocco(context.now);
    context.run_audited(|db, _, now| {
        let (record, _) = find(db, number)?;
        let state = requests::apply(db, &record, action, reason, now, today)?;
        let current = record.state.as_str();
        let state = state.ok_or_else(|| AdminError::Refused(format!("{number} is {current}")))?;
        let what = format!("request {number} {}", state.as_str());
        Ok((format!("{number} is {}\n", state.as_str()), AuditEntry::for_member(&record.ppr, what)))
    })
}

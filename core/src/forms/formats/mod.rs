//! Formats of typed values: identifiers, amounts, days, telephone numbers, bank accounts. Each has a form for display
//! and one for the wire; a text that is neither stays as typed.

mod bank_account;
mod day;
mod identifiers;
mod money;
mod phone;

pub(crate) use bank_account::BankAccount;
pub(crate) use day::{format_day, parse_day};
pub(crate) use identifiers::{is_cin, is_email, is_pension, is_ppr};
pub(crate) use money::{format_money, parse_money};
pub(crate) use phone::Phone;

use crate::i18n::{fold_digits, is_invisible};

/// Converts digits to Western ones and removes spaces and invisible characters.
fn strip(typed: &str) -> String {
    fold_digits(typed).chars().filter(|c| !c.is_whitespace() && !is_invisible(*c)).collect()
}

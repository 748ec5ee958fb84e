//! What members type beside words: identifiers, amounts, days, telephone numbers, bank accounts. Each has one form that is shown once
//! the field is left, and one that is sent; a text that is neither stays as it was typed.

mod bank_account;
mod day;
mod identifiers;
mod money;
mod phone;

pub(crate) use bank_account::BankAccount;
pub(crate) use day::{show_day, typed_day};
pub(crate) use identifiers::{is_cin, is_email, is_pension, is_ppr};
pub(crate) use money::{show_money, typed_money};
pub(crate) use phone::Phone;

use crate::language::{fold_digits, is_invisible};

/// Without spaces and marks that come along with pasted text, digits Western.
fn bare(typed: &str) -> String {
    fold_digits(typed).chars().filter(|c| !c.is_whitespace() && !is_invisible(*c)).collect()
}

//! Forms: the questions that a service asks (guide step 8, «+»).
//!
//! The operator writes a form as TOML (`parse`), the app reads and draws it (`published`), the values sent back are
//! validated against it (`validate`), and the receipt shows them (`display`).

use fos_wire::form::{Field, FieldKind, Form};
mod day_limit;
mod display;
mod parse;
mod published;
mod validate;
mod value;

pub(crate) use self::{
    display::{Answer, display},
    parse::{parse_all, parse_file},
    published::{
        __path_form, CurrentForm, form, insert_missing, latest_version, load_current, load_version, publish,
    },
    validate::{FieldValues, ValidationContext, validate},
};

/// Returns the fields of a form in order.
pub(crate) fn fields(form: &Form) -> impl Iterator<Item = &Field> {
    form.sections.iter().flat_map(|section| &section.fields)
}

/// True if a field asks for a beneficiary.
pub(crate) fn asks_for_family(form: &Form) -> bool {
    fields(form).any(|field| matches!(&field.kind, FieldKind::Beneficiary { .. }))
}

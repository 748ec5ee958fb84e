//! Publishing a form.

use std::path::Path;

use super::{Done, Office, OperatorError};
use crate::{
    catalogue,
    forms::{self, Form},
};

/// A version is one form for ever: a request is read by the one it was filled in.
pub(super) fn publish(office: &mut Office, file: &Path) -> Result<String, OperatorError> {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let form = forms::read(file.parent().unwrap_or(Path::new("")), &name)?;
    office.act(|db, _, now| {
        let Form { service, version, .. } = &form;
        if !catalogue::all(db)?.iter().any(|entry| entry.id == *service) {
            return Err(OperatorError::Refused(format!("no service {service}")));
        }
        let newest = forms::newest(db, service)?;
        if newest.is_some_and(|newest| *version <= newest) {
            return Err(OperatorError::refused("there was this version already, or a newer one"));
        }
        forms::publish(db, &form, now)?;
        let what = format!("form {service} version {version}");
        Ok((format!("{what} is in force\n"), Done::desk(format!("{what} published"))))
    })
}

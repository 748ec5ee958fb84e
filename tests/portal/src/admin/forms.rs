//! `forms publish`.

use std::path::Path;

use fos_wire::form::Form;

use super::{AdminContext, AdminError, AuditEntry};
use crate::{catalogue, forms};

/// Publishes a form. A version never changes: a request is read with the one it was filled in.
pub(super) fn publish(context: &mut AdminContext, file: &Path) -> Result<String, AdminError> {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let form = forms::parse_file(file.parent().unwrap_or(Path::new("")), &name)?;
    context.run_audited(|db, _, now| {
        let Form { service, version, .. } = &form;
        if !catalogue::load_all(db)?.iter().any(|entry| entry.id == *service) {
            return Err(AdminError::Refused(format!("no service {service}")));
        }
        let newest = forms::latest_version(db, service)?;
        if newest.is_some_and(|newest| *version <= newest) {
            return Err(AdminError::refused("this version or a newer one exists already"));
        }
        forms::publish(db, &form, now)?;
        let what = format!("form {service} version {version}");
        Ok((format!("{what} is in force\n"), AuditEntry::general(format!("{what} published"))))
    })
}

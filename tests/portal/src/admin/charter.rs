//! `charter publish`.

use std::path::Path;

use super::{AdminContext, AdminError, AuditEntry};
use crate::charter::CharterSource;

/// Publishes a charter. A version never changes its text: members have accepted those words.
pub(super) fn publish(context: &mut AdminContext, folder: &Path) -> Result<String, AdminError> {
    let edition = CharterSource::read(folder, "")?;
    context.run_audited(|db, _, _| {
        let editions = CharterSource::load_all(db)?;
        if editions.first() == Some(&edition) {
            return Err(AdminError::refused("this charter is in force already"));
        }
        if editions.iter().any(|one| one.version == edition.version) {
            let reason =
                format!("a charter {} exists already: give the new one its own version", edition.version);
            return Err(AdminError::Refused(reason));
        }
        edition.publish(db)?;
        let text = format!("charter {} is in force; every member accepts it again\n", edition.version);
        Ok((text, AuditEntry::general(format!("charter {} published", edition.version))))
    })
}

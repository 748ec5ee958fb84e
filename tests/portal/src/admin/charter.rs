//! `charter publish`.

use std::path::Path;

use super::{AdminContext, AdminError, AuditEntry};
use crate::charter::CharterSource;

/// Publishes a charter. A version never changes its text: members have accepted those words.
pub(super) fn publish(context: &mut AdminContext, folder: &Path) -> Result<String, AdminError> {
    let charter = CharterSource::read(folder, "")?;
    context.run_audited(|db, _, _| {
        let charters = CharterSource::load_all(db)?;
        if charters.first() == Some(&charter) {
            return Err(AdminError::refused("this charter is in force already"));
        }
        if charters.iter().any(|earlier| earlier.version == charter.version) {
            let reason =
                format!("a charter {} exists already: give the new one its own version", charter.version);
            return Err(AdminError::Refused(reason));
        }
        charter.publish(db)?;
        let text = format!("charter {} is in force; every member accepts it again\n", charter.version);
        Ok((text, AuditEntry::general(format!("charter {} published", charter.version))))
    })
}

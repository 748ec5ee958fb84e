//! Publishing a charter.

use std::path::Path;

use super::{Done, Office, OperatorError};
use crate::charter::Edition;

/// A version is one text for ever: who accepted it accepted those words.
pub(super) fn publish(office: &mut Office, folder: &Path) -> Result<String, OperatorError> {
    let edition = Edition::read(folder, "")?;
    office.act(|db, _, _| {
        let editions = Edition::all(db)?;
        if editions.first() == Some(&edition) {
            return Err(OperatorError::refused("this charter is in force already"));
        }
        if editions.iter().any(|one| one.version == edition.version) {
            let reason =
                format!("there was a charter {} already: give the new one its own version", edition.version);
            return Err(OperatorError::Refused(reason));
        }
        edition.publish(db)?;
        let text = format!("charter {} is in force; every member accepts it again\n", edition.version);
        Ok((text, Done::desk(format!("charter {} published", edition.version))))
    })
}

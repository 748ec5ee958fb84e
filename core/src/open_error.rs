//! [`OpenError`]: the reason for which the app does not open, with a code for the help desk.

use std::sync::Arc;

use crate::app::{Config, Platform};
use crate::error::Error;
use crate::i18n::{Language, Localizer};
use crate::storage::DISK_FULL;

/// Failure to open the app. `text` is finished and in the phone's language; `code` names the failure to the help desk and
/// contains nothing about the member.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, uniffi::Error)]
pub enum OpenError {
    /// The phone's files or its key store fail for a reason that lasts: [`crate::Fos::open_with_new_files`] does without the files.
    #[error("{text} ({code})")]
    Storage {
        /// Message for the member.
        text: String,
        /// Code such as `1.4.0-A-O-DATABASE`: version, system, `O`, kind of the error.
        code: String,
    },
    /// No room, a key store that is locked for the moment, or a wrong [`Config`]: opening again would not help.
    #[error("{text} ({code})")]
    Other {
        /// Message for the member.
        text: String,
        /// Code, as in [`OpenError::Storage`].
        code: String,
    },
}

/// Facts of an opening that its error reports.
pub(crate) struct OpenErrorReport {
    code: String,
    localizer: Arc<Localizer>,
}

impl OpenErrorReport {
    pub(crate) fn new(config: &Config, platform: &Platform) -> Self {
        let system = platform.system.chars().next().unwrap_or('x').to_ascii_uppercase();
        let code = format!("{}-{system}-O", config.app_version);
        let localizer = Localizer::for_language(Language::from_device_tag(&platform.language));
        Self { code, localizer }
    }

    pub(crate) fn convert(&self, error: &Error) -> OpenError {
        let kind = match error {
            Error::Storage(kind, _) => kind.to_ascii_uppercase(),
            error => error.code().to_owned(),
        };
        let code = format!("{}-{kind}", self.code);
        match error {
            Error::Storage(kind, _) if *kind != DISK_FULL => {
                OpenError::Storage { text: self.localizer.message("error-opening"), code }
            }
            error => OpenError::Other { text: error.localize(&self.localizer).into_text(), code },
        }
    }
}

#[cfg(test)]
#[cfg(feature = "development")]
mod tests {
    use super::*;
    use crate::testing::{NO_PORTAL, config, platform};

    #[test]
    fn an_opening_without_room_or_with_a_wrong_config_has_a_code_and_no_new_beginning() {
        let folder = tempfile::tempdir().unwrap();
        let report = OpenErrorReport::new(&config(folder.path(), NO_PORTAL), &platform());
        for (error, kind) in [
            (Error::Storage(DISK_FULL, String::new()), "DISK-FULL"),
            (Error::KeyStoreProtected, "KEY"),
            (Error::Bug("portal".to_owned()), "BUG"),
        ] {
            let OpenError::Other { text, code } = report.convert(&error) else { panic!("{error}") };
            assert!(!text.is_empty());
            assert_eq!(code, format!("0.1.0-L-O-{kind}"));
        }
    }
}

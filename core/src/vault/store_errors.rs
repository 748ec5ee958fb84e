//! Errors of the phones' key stores, one by one: which of them mean that a secret is only protected for the moment.
//!
//! | store | its error | arrives as | meaning |
//! |---|---|---|---|
//! | Android | `JniError`, `JavaExceptionThrow`: `KeyStoreException`, `ProviderException`, `KeyPermanentlyInvalidatedException` and every other exception | `PlatformFailure` without a status | lost |
//! | Android | `CorruptedData`: `MissingIvLen`, `InvalidIvLen`, `DataTooSmall`; `DecryptionFailure` after its key was replaced | `BadDataFormat` | lost |
//! | Android | «Encryption key not found», «Encryption key already exists», «Invalid configuration» | `BadStoreFormat` | lost |
//! | Android | another configuration than the store was made with | `Invalid` | lost |
//! | Apple | -25300 `errSecItemNotFound` | `NoEntry` | absent (not an error of the vault) |
//! | Apple | -25291 `errSecNotAvailable`, -25292 `errSecReadOnly` | `NoStorageAccess` | protected |
//! | Apple | -25308 `errSecInteractionNotAllowed`: locked until the phone is unlocked | `PlatformFailure` | protected |
//! | Apple | -25293 `errSecAuthFailed`, -128 `errSecUserCanceled` | `PlatformFailure` | protected |
//! | Apple | -34018 `errSecMissingEntitlement`: the build, not the secret | `PlatformFailure` | protected |
//! | Apple | -26275 `errSecDecode` and every other status | `PlatformFailure` | lost |
//! | Apple | more than one match | `Ambiguous` | lost |
//!
//! «Lost» loses nothing by mistake: the entry stays, and the file gets another ([`crate::storage`]). Android's store does
//! not name its exceptions, so a busy key store is distinguished from a broken one by trying twice.

use keyring_core::Error;
use keyring_core::error::PlatformError;

/// Statuses of Apple's Security framework after which the same call may work later.
const PROTECTED_STATUSES: [&str; 4] = ["-25308", "-25293", "-128", "-34018"];

/// Returns true if the secret is protected for the moment.
pub(super) fn is_protected(error: &Error) -> bool {
    match error {
        Error::NoStorageAccess(_) => true,
        Error::PlatformFailure(reason) => {
            apple_status(reason).is_some_and(|status| PROTECTED_STATUSES.contains(&status.as_str()))
        }
        _ => false,
    }
}

/// Returns the status of an error of Apple's: `Error { code: -25308, message: "…" }`. Its type is another crate's, which is
/// built for Apple's systems only.
fn apple_status(reason: &PlatformError) -> Option<String> {
    let text = format!("{reason:?}");
    let status = text.split_once("code: ")?.1;
    Some(status.chars().take_while(|character| matches!(character, '-' | '0'..='9')).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Stands for `security_framework::base::Error`, whose `Debug` is this.
    #[derive(Debug, thiserror::Error)]
    #[error("status {code}")]
    struct AppleError {
        code: i32,
    }

    /// Stands for the Android store's errors, which have no status.
    #[derive(Debug, thiserror::Error)]
    #[error("Java exception was thrown")]
    struct JavaExceptionThrow;

    fn apple(code: i32) -> Error {
        Error::PlatformFailure(Box::new(AppleError { code }))
    }

    #[test]
    fn each_error_of_the_stores_is_protected_or_lost() {
        let unreadable = |reason: &str| Error::BadDataFormat(vec![1, 2, 3], reason.into());
        for (error, protected) in [
            (Error::PlatformFailure(Box::new(JavaExceptionThrow)), false),
            (unreadable("IV length not specified on entry"), false),
            (unreadable("Verification of data signature/MAC failed"), false),
            (Error::BadStoreFormat("Encryption key not found".to_owned()), false),
            (Error::Invalid("name".to_owned(), "another one".to_owned()), false),
            (Error::NoStorageAccess(Box::new(AppleError { code: -25291 })), true),
            (Error::NoStorageAccess(Box::new(AppleError { code: -25292 })), true),
            (apple(-25308), true),
            (apple(-25293), true),
            (apple(-128), true),
            (apple(-34018), true),
            (apple(-26275), false),
            (apple(-25299), false),
            (Error::Ambiguous(Vec::new()), false),
        ] {
            assert_eq!(is_protected(&error), protected, "{error:?}");
        }
    }
}

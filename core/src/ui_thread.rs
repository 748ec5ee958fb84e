//! The thread that draws the screens. A development build panics where it would read a file or a secret on it, so that every
//! journey proves that no screen waits for the disk.

#[cfg(feature = "development")]
thread_local! {
    static IS_UI_THREAD: std::cell::Cell<bool> = const { std::cell::Cell::new(false) };
}

/// Marks the calling thread as the one that draws the screens. A development build then panics on it at every read of a
/// file or a secret; a release build ignores the call. Call once, when the core is
/// open: the first call of a process loads the library.
#[uniffi::export]
pub fn mark_ui_thread() {
    #[cfg(feature = "development")]
    IS_UI_THREAD.set(true);
}

/// Panics on the marked thread of a development build. Called wherever a file or the key store is used.
#[inline]
pub(crate) fn assert_not_ui_thread() {
    #[cfg(feature = "development")]
    assert!(!IS_UI_THREAD.get(), "a file or a secret is used on the UI thread");
}

#[cfg(test)]
#[cfg(feature = "development")]
mod tests {
    use super::mark_ui_thread;
    use crate::testing::open_app;
    use crate::{Fos, Language};

    /// Returns true if this call is refused on a marked thread.
    fn is_refused(fos: &Fos, call: impl Fn(&Fos) + Sync) -> bool {
        let marked = || {
            mark_ui_thread();
            call(fos);
        };
        std::thread::scope(|scope| scope.spawn(marked).join().is_err())
    }

    #[test]
    fn what_uses_the_disk_is_refused_on_the_ui_thread_and_a_keystroke_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let fos = open_app(folder.path());
        let form = fos.access().password_request();
        assert!(is_refused(&fos, |fos| fos.set_language(Language::Fr).unwrap()));
        assert!(is_refused(&fos, |fos| {
            fos.access().password_request().set("ppr", "0345678");
            fos.pause();
        }));
        assert!(is_refused(&fos, |_| drop(open_app(folder.path()))));
        assert!(!is_refused(&fos, |fos| {
            form.set("cin", "AB123456");
            form.blur("cin");
            form.view();
            let (_, _, _) = (fos.stage(), fos.help(), fos.access().password_sent().is_err());
            fos.resume();
        }));
    }
}

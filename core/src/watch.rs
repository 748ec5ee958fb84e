//! Telling faces that something changed: an invalidation, not data. The face reads again the one view it shows.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// What may look different now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum Change {
    /// Where the member stands.
    Stage,
    /// The lines under the header.
    Notices,
    /// Every text.
    Language,
    /// Light or dark.
    Theme,
    /// The services.
    Catalogue,
    /// A form, by itself: the robot check got done.
    Form,
    /// What the member fills in, has sent, or has on file.
    Requests,
}

impl Change {
    const ALL: [Self; 7] = [
        Self::Stage,
        Self::Notices,
        Self::Language,
        Self::Theme,
        Self::Catalogue,
        Self::Form,
        Self::Requests,
    ];
}

/// What a face registers.
#[uniffi::export(with_foreign)]
pub trait Watcher: Send + Sync {
    /// Called from one thread of the core's own, never the face's main thread, with no lock held.
    fn changed(&self, change: Change);
}

enum News {
    Changed(Change),
    /// A new watcher hears of everything once, so that it starts from what is.
    Joined(Arc<dyn Watcher>),
}

type List = Arc<Mutex<Vec<(u64, Arc<dyn Watcher>)>>>;

/// Everyone who watches.
pub(crate) struct Watchers {
    list: List,
    news: Sender<News>,
    next: AtomicU64,
}

impl Watchers {
    /// Starts the thread that tells. It ends when this is dropped.
    pub(crate) fn start() -> std::io::Result<Self> {
        let (news, told) = channel();
        let list = List::default();
        let hearing = Arc::clone(&list);
        std::thread::Builder::new().name("fos-watch".to_owned()).spawn(move || tell(&told, &hearing))?;
        Ok(Self { list, news, next: AtomicU64::new(0) })
    }

    pub(crate) fn announce(&self, change: Change) {
        self.send(News::Changed(change));
    }

    pub(crate) fn join(&self, watcher: Arc<dyn Watcher>) -> Watch {
        let id = self.next.fetch_add(1, Ordering::Relaxed);
        lock(&self.list).push((id, Arc::clone(&watcher)));
        self.send(News::Joined(watcher));
        Watch { id, list: Arc::clone(&self.list) }
    }

    /// The thread outlives this sender, so nothing can be lost.
    fn send(&self, news: News) {
        let _always_received = self.news.send(news);
    }
}

fn tell(told: &Receiver<News>, list: &List) {
    while let Ok(news) = told.recv() {
        match news {
            News::Joined(watcher) => {
                for change in Change::ALL {
                    watcher.changed(change);
                }
            }
            News::Changed(change) => {
                let everyone: Vec<_> = lock(list).iter().map(|(_, watcher)| Arc::clone(watcher)).collect();
                for watcher in everyone {
                    watcher.changed(change);
                }
            }
        }
    }
}

fn lock(list: &List) -> MutexGuard<'_, Vec<(u64, Arc<dyn Watcher>)>> {
    list.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A registration.
#[derive(uniffi::Object)]
pub struct Watch {
    id: u64,
    list: List,
}

#[uniffi::export]
impl Watch {
    /// Stops telling this watcher. A change already on its way may still arrive. (Not `close`: every object has one in
    /// Kotlin, which lets go of it.)
    pub fn stop(&self) {
        lock(&self.list).retain(|(id, _)| *id != self.id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    struct Heard(Sender<Change>);
    impl Watcher for Heard {
        fn changed(&self, change: Change) {
            self.0.send(change).unwrap();
        }
    }

    #[test]
    fn who_joins_hears_everything_once_then_what_changes_until_it_leaves() {
        let watchers = Watchers::start().unwrap();
        let (sender, heard) = channel();
        let watch = watchers.join(Arc::new(Heard(sender)));
        let next = || heard.recv_timeout(Duration::from_secs(10)).unwrap();
        for change in Change::ALL {
            assert_eq!(next(), change);
        }
        watchers.announce(Change::Catalogue);
        assert_eq!(next(), Change::Catalogue);
        watch.stop();
        watchers.announce(Change::Stage);
        // The second watcher is greeted after that change was told: what the first heard by then is all it hears.
        let (sender, second) = channel();
        let _second = watchers.join(Arc::new(Heard(sender)));
        second.recv_timeout(Duration::from_secs(10)).unwrap();
        assert!(heard.try_recv().is_err());
    }
}

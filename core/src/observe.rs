//! Change notifications for faces. A change is an invalidation without data: the face reads again the view that it
//! shows.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};

use parking_lot::Mutex;

/// Part of the app that may look different now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Enum)]
pub enum Change {
    /// The member's stage.
    Stage,
    /// The notices under the header.
    Notices,
    /// Every text.
    Language,
    /// Light or dark.
    Theme,
    /// The catalogue of services.
    Catalogue,
    /// A form changed without input: the captcha is solved, or a draft could not be stored.
    Form,
    /// Drafts, outbox or filed requests.
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

/// Callback that a face registers with [`crate::Fos::observe`].
#[uniffi::export(with_foreign)]
pub trait Observer: Send + Sync {
    /// Called on a thread of the core, never on the face's main thread, with no lock held.
    fn on_change(&self, change: Change);
}

enum Message {
    Changed(Change),
    /// A new observer is notified of every change once, so that it starts from the present state.
    Subscribed(Arc<dyn Observer>),
}

type List = Arc<Mutex<Vec<(u64, Arc<dyn Observer>)>>>;

/// Registered observers, and the thread that notifies them.
pub(crate) struct Observers {
    list: List,
    events: Sender<Message>,
    next_id: AtomicU64,
}

impl Observers {
    /// Starts the notifying thread, which ends when this is dropped.
    pub(crate) fn start() -> std::io::Result<Self> {
        let (message, receiver) = channel();
        let list = List::default();
        let dispatched = Arc::clone(&list);
        std::thread::Builder::new()
            .name("fos-observers".to_owned())
            .spawn(move || dispatch(&receiver, &dispatched))?;
        Ok(Self { list, events: message, next_id: AtomicU64::new(0) })
    }

    pub(crate) fn notify(&self, change: Change) {
        self.send(Message::Changed(change));
    }

    pub(crate) fn subscribe(&self, observer: Arc<dyn Observer>) -> Subscription {
        let id = self.next_id.fetch_add(1, Ordering::Relaxed);
        self.list.lock().push((id, Arc::clone(&observer)));
        self.send(Message::Subscribed(observer));
        Subscription { id, list: Arc::clone(&self.list) }
    }

    /// Sends to the notifying thread. That thread outlives this sender, so nothing is lost.
    fn send(&self, message: Message) {
        let _always_received = self.events.send(message);
    }
}

fn dispatch(receiver: &Receiver<Message>, list: &List) {
    while let Ok(message) = receiver.recv() {
        match message {
            Message::Subscribed(observer) => {
                for change in Change::ALL {
                    observer.on_change(change);
                }
            }
            Message::Changed(change) => {
                let observers: Vec<_> =
                    list.lock().iter().map(|(_, observer)| Arc::clone(observer)).collect();
                for observer in observers {
                    observer.on_change(change);
                }
            }
        }
    }
}

/// Registration of an [`Observer`].
#[derive(uniffi::Object)]
pub struct Subscription {
    id: u64,
    list: List,
}

#[uniffi::export]
impl Subscription {
    /// Ends the registration. A change already being delivered may still arrive. (Not named `close`, which every Kotlin
    /// object has for releasing it.)
    pub fn stop(&self) {
        self.list.lock().retain(|(id, _)| *id != self.id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    struct ChannelObserver(Sender<Change>);
    impl Observer for ChannelObserver {
        fn on_change(&self, change: Change) {
            self.0.send(change).unwrap();
        }
    }

    #[test]
    fn an_observer_gets_every_change_once_then_new_ones_until_it_stops() {
        let observers = Observers::start().unwrap();
        let (sender, received) = channel();
        let subscription = observers.subscribe(Arc::new(ChannelObserver(sender)));
        let next = || received.recv_timeout(Duration::from_secs(10)).unwrap();
        for change in Change::ALL {
            assert_eq!(next(), change);
        }
        observers.notify(Change::Catalogue);
        assert_eq!(next(), Change::Catalogue);
        subscription.stop();
        observers.notify(Change::Stage);
        // The second observer's first notification follows that change: the first observer has received everything by then.
        let (sender, second) = channel();
        let _second = observers.subscribe(Arc::new(ChannelObserver(sender)));
        second.recv_timeout(Duration::from_secs(10)).unwrap();
        assert!(received.try_recv().is_err());
    }
}
